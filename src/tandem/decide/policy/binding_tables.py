"""Decision tables and scorecards: cells typed, outputs unified, and the analysis of ``analysis`` turned into findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tandem.decide.policy.analysis import TableAnalysis, analyse_table
from tandem.decide.policy.cells import Test, parse_cell
from tandem.decide.policy.outputs import bind_outputs, bind_values
from tandem.decide.policy.plan import BoundCharacteristic, BoundRow, BoundScorecard, BoundTable, Output
from tandem.decide.policy.scope import Scope, Workbench
from tandem.decide.policy.types import Characteristic, Outcome, ScorecardStage, TableStage
from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column, Expression
from tandem.kernel.values import SqlType

__all__ = ["bind_scorecard", "bind_table"]


def bind_table(stage: TableStage, at: str, scope: Scope, bench: Workbench) -> BoundTable:
    """The table, typed; a table in error comes back without rows."""
    columns = [bench.expression(column.of, f"{at}.columns[{i}]", scope) for i, column in enumerate(stage.columns)]
    names = tuple(column.column for column in stage.columns)
    typed = [column for column in columns if column is not None]
    kinds = bind_outputs(stage, at, scope, bench)
    if len(typed) < len(columns) or kinds is None:
        scope.broken.update(stage.outputs)
        return _empty(stage, at)
    rows = _rows(stage, at, typed, scope, bench, kinds)
    if rows is None:
        scope.broken.update(stage.outputs)
        return _empty(stage, at)
    conditions = [condition for row in rows for condition in row.conditions if condition is not None]
    read = [name for expression in (*typed, *conditions) for name in expression.columns]
    sources = scope.sources_of(read)
    clause = stage.missing or bench.policy.missing
    can_miss = any(column.nullable for column in typed) or any(condition.nullable for condition in conditions)
    order = _order(stage, rows, bench)
    analysis = _analysed(names, typed, [rows[index] for index in order], order)
    table = BoundTable(
        name=stage.name,
        at=at,
        hit=stage.hit,
        aggregate=stage.aggregate,
        names=names,
        columns=tuple(typed),
        outputs=tuple(Output(name, column.type) for name, column in kinds.items()),
        rows=tuple(_sourced(row, sources) for row in rows),
        order=order,
        default=_default(stage, at, scope, bench, kinds, sources),
        missing=bench.resolved(clause, at) if clause is not None and can_miss else None,
        stop_on=stage.stop_on,
        sources=sources,
        analysis=analysis,
    )
    _check_reasons(table, bench)
    _report(stage, table, analysis, conditions, bench)
    sure = stage.default is not None or (analysis.complete and not analysis.gaps)
    sure = sure and (table.missing is None or table.missing.then == "skip")
    for name, column in kinds.items():
        typed_column = column if sure else replace(column, nullable=True)
        bench.assign(name, typed_column, f"{at}.outputs", scope, sure=True, sources=sources, read=read)
    return table


def _analysed(
    names: Sequence[str], columns: Sequence[Expression], tried: Sequence[BoundRow], order: Sequence[int]
) -> TableAnalysis:
    """Gaps, overlaps and unreachable rows; row indices are those of the file."""
    found = analyse_table(
        names,
        [column.type for column in columns],
        [column.nullable for column in columns],
        [row.tests for row in tried],
    )
    return TableAnalysis(
        gaps=found.gaps,
        missing_gaps=found.missing_gaps,
        overlaps=tuple(
            type(one)(first=order[one.first], second=order[one.second], place=one.place) for one in found.overlaps
        ),
        unreachable=tuple((order[index], place) for index, place in found.unreachable),
        complete=found.complete,
    )


def _empty(stage: TableStage, at: str) -> BoundTable:
    nothing = TableAnalysis()
    return BoundTable(
        stage.name, at, stage.hit, stage.aggregate, (), (), (), (), (), None, None, stage.stop_on, (), nothing
    )


def _rows(
    stage: TableStage,
    at: str,
    columns: Sequence[Expression],
    scope: Scope,
    bench: Workbench,
    kinds: dict[str, Column],
) -> list[BoundRow] | None:
    rows = []
    broken = False
    known: dict[tuple[int, str], Test] = {}  # the same few cells stand in row after row
    for r, row in enumerate(stage.rows):
        tests: list[Test] = []
        conditions: list[Expression | None] = []
        for c, text in enumerate(row.when):
            place = f"{at}.rows[{r}].when[{c}]"
            try:
                test = known.get((c, text)) or parse_cell(text, columns[c].type, place)
            except DefinitionError as error:
                bench.error(error.code, place, f"{error.detail} ({error.value})", error.hint)
                broken = True
                continue
            known[c, text] = test
            condition = None
            if test.expression is not None:
                condition = bench.expression(test.expression, place, scope, "boolean")
                broken |= condition is None
            tests.append(test)
            conditions.append(condition)
        bound = bind_values(stage, row.then, f"{at}.rows[{r}].then", scope, bench, kinds)
        broken |= bound is None
        if not broken and bound is not None:
            effect, values = bound
            rows.append(BoundRow(row.row, tuple(tests), tuple(conditions), effect, values))
    return None if broken else rows


def _default(
    stage: TableStage,
    at: str,
    scope: Scope,
    bench: Workbench,
    kinds: dict[str, Column],
    sources: tuple[str, ...],
) -> BoundRow | None:
    if stage.default is None:
        return None
    bound = bind_values(stage, stage.default, f"{at}.default", scope, bench, kinds)
    if bound is None:
        return None
    return _sourced(BoundRow("default", (), (), bound[0], bound[1]), sources)


def _sourced(row: BoundRow, sources: tuple[str, ...]) -> BoundRow:
    return replace(row, effect=replace(row.effect, sources=sources))


def _order(stage: TableStage, rows: Sequence[BoundRow], bench: Workbench) -> tuple[int, ...]:
    """Row indices as they are tried: by strength of outcome under ``priority``, else as written."""
    if stage.hit != "priority":
        return tuple(range(len(rows)))
    precedence = [*bench.policy.precedence, None]
    return tuple(sorted(range(len(rows)), key=lambda i: (precedence.index(rows[i].effect.then), i)))


def _check_reasons(table: BoundTable, bench: Workbench) -> None:
    for row in (*table.rows, *([table.default] if table.default else [])):
        needs = row.effect.then in (Outcome.DECLINE, Outcome.REVIEW)
        if needs and row.effect.reason is None and not row.effect.sources:
            bench.error(
                "no_reason",
                table.at,
                f"{table.name}.{row.name} leads to {row.effect.then} and gives no reason.",
                "add an output column 'reason'",
            )


def _report(
    stage: TableStage,
    table: BoundTable,
    analysis: TableAnalysis,
    conditions: Sequence[Expression],
    bench: Workbench,
) -> None:
    at = table.at
    if table.missing is None and (stage.missing or bench.policy.missing) is None:
        _report_missing(table, analysis, conditions, bench)
    if stage.default is None and stage.hit != "collect":
        for place in analysis.gaps:
            message = f"No row of {table.name!r} covers {place.words}."
            if table.outputs:
                bench.error("table_gap", f"{at}.rows", message, "add a row, or a default:", place.example)
            else:
                bench.warning("table_gap", f"{at}.rows", message, "add a row, or a default:", place.example)
    if stage.hit == "unique":
        for overlap in analysis.overlaps:
            first, second = table.rows[overlap.first].name, table.rows[overlap.second].name
            bench.error(
                "table_overlap",
                f"{at}.rows[{overlap.second}]",
                f"{first} and {second} both match where {overlap.place.words}, and the hit policy is unique.",
                "narrow one of them, or use hit: first",
                overlap.place.example,
            )
    for index, place in () if stage.hit == "collect" else analysis.unreachable:
        bench.error(
            "unreachable_row",
            f"{at}.rows[{index}]",
            f"{table.rows[index].name} can never be the row that is taken: rows tried before it cover all of it.",
            "delete it, or move it up",
            place.example,
        )
    if not analysis.complete:
        bench.warning(
            "analysis_incomplete",
            at,
            f"{table.name!r} is too entangled to be analysed fully; gaps and unreachable rows may be hidden.",
            "split the table",
        )


def _report_missing(
    table: BoundTable, analysis: TableAnalysis, conditions: Sequence[Expression], bench: Workbench
) -> None:
    for place in analysis.missing_gaps:
        bench.error(
            "missing_branch",
            f"{table.at}.rows",
            f"No row of {table.name!r} names the missing value where {place.words}.",
            "add a row with 'missing' in that column, or 'when_missing: review' to the table",
            place.example,
        )
    for condition in conditions:
        if condition.nullable:
            bench.error(
                "missing_branch",
                f"{table.at}.rows",
                f"{condition.text!r} may have no answer, and nothing says what happens then.",
                "add 'when_missing: review' to the table",
            )


def bind_scorecard(stage: ScorecardStage, at: str, scope: Scope, bench: Workbench) -> BoundScorecard:
    """The scorecard, typed; each characteristic must give points to every value, and to the missing one by name."""
    found = []
    for i, one in enumerate(stage.characteristics):
        bound = _characteristic(one, f"{at}.characteristics[{i}]", scope, bench)
        if bound is not None:
            found.append(bound)
    every = [stage.base, *(p for one in stage.characteristics for p in (*(b.points for b in one.bins), one.otherwise))]
    whole = all(isinstance(points, int) for points in every if points is not None)
    output = Output(stage.output, SqlType.INTEGER if whole else SqlType.DOUBLE)
    sources = {stage.name, *(s for one in found for s in scope.sources_of(one.of.columns))}
    bench.assign(stage.output, Column(output.type, nullable=False), at, scope, sure=True, sources=sources)
    return BoundScorecard(stage.name, at, output, stage.base, tuple(found))


def _characteristic(one: Characteristic, at: str, scope: Scope, bench: Workbench) -> BoundCharacteristic | None:
    bench.reason(one.reason, f"{at}.reason")
    of = bench.expression(one.of, f"{at}.of", scope)
    if of is None:
        return None
    try:
        tests = tuple(parse_cell(line.test, of.type, f"{at}.bins[{i}]") for i, line in enumerate(one.bins))
    except DefinitionError as error:
        bench.error(error.code, error.field or at, f"{error.detail} ({error.value})", error.hint)
        return None
    if any(test.expression is not None for test in tests):
        bench.error("invalid_cell", at, "A bin has no 'if'.", "set the expression as 'of:' and test its value")
        return None
    analysis = analyse_table([one.characteristic], [of.type], [of.nullable], [(test,) for test in tests])
    _report_bins(one, analysis, at, bench)
    points = tuple(line.points for line in one.bins)
    every = points if one.otherwise is None else (*points, one.otherwise)
    return BoundCharacteristic(one.characteristic, of, tests, points, one.otherwise, max(every, default=0), one.reason)


def _report_bins(one: Characteristic, analysis: TableAnalysis, at: str, bench: Workbench) -> None:
    for place in analysis.missing_gaps:
        bench.error(
            "missing_branch",
            f"{at}.bins",
            f"{one.characteristic!r} may be missing, and no bin names that.",
            "add a line [missing, points]",
            place.example,
        )
    if one.otherwise is None:
        for place in analysis.gaps:
            bench.error(
                "scorecard_gap",
                f"{at}.bins",
                f"No bin covers {place.words}.",
                "add a bin, or otherwise:",
                place.example,
            )
    for overlap in analysis.overlaps:
        bench.error(
            "scorecard_overlap",
            f"{at}.bins[{overlap.second}]",
            f"Bins {overlap.first + 1} and {overlap.second + 1} both cover {overlap.place.words}.",
            "write half-open ranges such as [18..25)",
            overlap.place.example,
        )
