"""Reading the stages that hold no flow of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from tandem.decide.policy.effects import EFFECT_KEYS, read_effect, read_missing, read_stop_on
from tandem.decide.policy.limits import MAX_ASKED, MAX_COLUMNS, MAX_ROWS
from tandem.decide.policy.reading import Reader, refuse
from tandem.decide.policy.types import (
    AskStage,
    Bin,
    Case,
    Characteristic,
    Check,
    DecideStage,
    ListsStage,
    ModelStage,
    Rule,
    RulesStage,
    ScorecardStage,
    SetStage,
    Stage,
    TableColumn,
    TableRow,
    TableStage,
)
from tandem.kernel.errors import TooLarge
from tandem.kernel.values import Value

__all__ = ["STAGE_READERS"]


def _lists(document: Any, path: str) -> ListsStage:
    reader = Reader(document, path, {"lists", "checks", "when_missing", "stop_on", "note"})
    checks = []
    for at, item in reader.items("checks"):
        check = Reader(item, at, EFFECT_KEYS | {"list", "of", "when_missing"})
        checks.append(
            Check(
                list=check.name("list"),
                of=check.text("of"),
                effect=read_effect(check),
                missing=read_missing(check),
            )
        )
    return ListsStage(
        name=reader.name("lists"),
        checks=tuple(checks),
        missing=read_missing(reader),
        stop_on=read_stop_on(reader),
        note=reader.text("note", ""),
    )


def _rules(document: Any, path: str) -> RulesStage:
    reader = Reader(document, path, {"rules", "all", "first", "when_missing", "stop_on", "note"})
    if reader.has("all") == reader.has("first"):
        refuse(
            "A rules stage lists its rules under 'all' or under 'first'.",
            path,
            reader.document["rules"],
            code="no_hit_policy",
            hint="all: every rule that holds fires; first: only the first one",
        )
    hit = "all" if reader.has("all") else "first"
    rules = []
    for at, item in reader.items(hit):
        rule = Reader(item, at, EFFECT_KEYS | {"rule", "when", "when_missing", "note"})
        rules.append(
            Rule(
                rule=rule.name("rule"),
                when=rule.expression("when"),
                effect=read_effect(rule),
                missing=read_missing(rule),
                note=rule.text("note", ""),
            )
        )
    return RulesStage(
        name=reader.name("rules"),
        hit=cast("Any", hit),
        rules=tuple(rules),
        missing=read_missing(reader),
        stop_on=read_stop_on(reader),
        note=reader.text("note", ""),
    )


def _columns(reader: Reader) -> tuple[TableColumn, ...]:
    columns = []
    for at, item in reader.items("columns"):
        if isinstance(item, str):
            columns.append(TableColumn(column=item, of=Reader.expression_of(item, at)))
        else:
            column = Reader(item, at, {"column", "of"})
            columns.append(TableColumn(column=column.text("column"), of=column.expression("of")))
    if not 1 <= len(columns) <= MAX_COLUMNS:
        raise TooLarge(f"A table has 1 to {MAX_COLUMNS} input columns.", field=reader.at("columns"), value=len(columns))
    return tuple(columns)


def _cell(value: Any, path: str) -> str:
    """A condition cell as text; a bare number, truth value or date stands for equality, an empty one for any."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value.strip() or "-"
    if isinstance(value, list):
        return "in [" + ", ".join(_cell(item, path) for item in value) + "]"
    if isinstance(value, int | float):
        return repr(Reader.number_of(value, path))
    return str(value)


def _row(document: Any, path: str, index: int, inputs: int, outputs: int) -> TableRow:
    name = f"row_{index + 1}"
    note = ""
    if isinstance(document, dict):
        reader = Reader(document, path, {"row", "when", "then", "note"})
        name = reader.name("row", name)
        note = reader.text("note", "")
        cells = [item for _, item in reader.items("when")]
        values = [item for _, item in reader.items("then")]
    elif isinstance(document, list | tuple):
        cells, values = list(document[:inputs]), list(document[inputs:])
    else:
        refuse("A row is a list of cells.", path, document, hint='for example [">= 30", "-", approve]')
    if len(cells) != inputs or len(values) != outputs:
        refuse(
            f"A row of this table has {inputs} conditions and {outputs} outputs.",
            path,
            f"{len(cells)} conditions and {len(values)} outputs",
            code="row_width",
            hint="write - for any value",
        )
    return TableRow(
        row=name,
        when=tuple(_cell(cell, path) for cell in cells),
        then=tuple(_output(value, path) for value in values),
        note=note,
    )


def _output(value: Any, path: str) -> Value:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return Reader.scalar_of(value, path)


def _table(document: Any, path: str) -> TableStage:
    reader = Reader(
        document,
        path,
        {"table", "hit", "aggregate", "columns", "outputs", "rows", "default", "when_missing", "stop_on", "note"},
    )
    columns = _columns(reader)
    outputs = reader.texts("outputs")
    if not outputs or len(outputs) > MAX_COLUMNS or len(set(outputs)) != len(outputs):
        refuse(f"A table has 1 to {MAX_COLUMNS} outputs, each once.", reader.at("outputs"), ", ".join(outputs))
    rows = [_row(item, at, i, len(columns), len(outputs)) for i, (at, item) in enumerate(reader.items("rows"))]
    if not 1 <= len(rows) <= MAX_ROWS:
        raise TooLarge(f"A table has 1 to {MAX_ROWS} rows.", field=reader.at("rows"), value=len(rows))
    names: set[str] = set()
    for index, row in enumerate(rows):
        if row.row in names:
            refuse("Two rows have this name.", f"{reader.at('rows')}[{index}]", row.row, code="duplicate_name")
        names.add(row.row)
    default = None
    if reader.has("default"):
        default = tuple(_output(item, at) for at, item in reader.items("default"))
        if len(default) != len(outputs):
            refuse("The default has one value per output.", reader.at("default"), len(default), code="row_width")
    return TableStage(
        name=reader.name("table"),
        hit=cast("Any", reader.choice("hit", ("first", "unique", "priority", "collect"), "first")),
        columns=columns,
        outputs=outputs,
        rows=tuple(rows),
        aggregate=cast("Any", reader.choice("aggregate", ("sum", "min", "max", "list"), "list")),
        default=default,
        missing=read_missing(reader),
        stop_on=read_stop_on(reader),
        note=reader.text("note", ""),
    )


def _bin(document: Any, path: str) -> Bin:
    if not isinstance(document, list | tuple) or len(document) != 2:
        refuse("A bin is a test and its points.", path, document, hint='for example ["< 25", 10]')
    return Bin(test=_cell(document[0], path), points=Reader.number_of(document[1], path))


def _scorecard(document: Any, path: str) -> ScorecardStage:
    reader = Reader(document, path, {"scorecard", "output", "base", "characteristics", "note"})
    found = []
    for at, item in reader.items("characteristics"):
        one = Reader(item, at, {"characteristic", "of", "bins", "otherwise", "reason"})
        name = one.name("characteristic")
        found.append(
            Characteristic(
                characteristic=name,
                of=one.expression("of") if one.has("of") else name,
                bins=tuple(_bin(line, place) for place, line in one.items("bins")),
                otherwise=one.number("otherwise") if one.has("otherwise") else None,
                reason=one.text("reason") if one.has("reason") else None,
            )
        )
    if not 1 <= len(found) <= MAX_COLUMNS:
        raise TooLarge(f"A scorecard has 1 to {MAX_COLUMNS} characteristics.", field=path, value=len(found))
    return ScorecardStage(
        name=reader.name("scorecard"),
        output=reader.name("output", reader.name("scorecard")),
        base=reader.number("base", 0),
        characteristics=tuple(found),
        note=reader.text("note", ""),
    )


def _model(document: Any, path: str) -> ModelStage:
    reader = Reader(document, path, {"model", "uses", "probability", "points", "margin", "note"})
    name = reader.name("model")
    outputs = {key: reader.name(key) for key in ("probability", "points", "margin") if reader.has(key)}
    if not outputs:
        refuse("A model stage names at least one output.", path, name, hint="add probability: pd")
    return ModelStage(name=name, uses=reader.text("uses", name), note=reader.text("note", ""), **outputs)


def _ask(document: Any, path: str) -> AskStage:
    reader = Reader(document, path, {"ask", "of", "stake", "note"})
    name = reader.name("ask")
    of = reader.texts("of") if reader.has("of") else (name,)
    if not 1 <= len(of) <= MAX_ASKED or len(set(of)) != len(of):
        refuse(f"A stage asks 1 to {MAX_ASKED} connectors, each once.", reader.at("of"), ", ".join(of))
    return AskStage(name=name, of=of, stake=reader.optional_expression("stake"), note=reader.text("note", ""))


def _set(document: Any, path: str) -> SetStage:
    reader = Reader(document, path, {"set", "values", "note"})
    values = tuple((name, Reader.expression_of(value, at)) for at, name, value in reader.pairs("values", ordered=True))
    return SetStage(name=reader.name("set"), values=values, note=reader.text("note", ""))


def _decide(document: Any, path: str) -> DecideStage:
    reader = Reader(document, path, EFFECT_KEYS | {"decide", "cases", "when_missing", "note"})
    name = reader.name("decide")
    if not reader.has("cases"):
        only = Case(case="always", when=None, effect=read_effect(reader))
        return DecideStage(name=name, cases=(only,), missing=None, note=reader.text("note", ""))
    stray = sorted(EFFECT_KEYS & reader.document.keys())
    if stray:
        refuse("A decide stage has either cases or one effect.", reader.at(stray[0]), hint="move it into a case")
    cases: list[Case] = []
    for at, item in reader.items("cases"):
        if cases and cases[-1].when is None:
            refuse("Nothing may follow the otherwise.", at, code="after_otherwise", hint="move otherwise to the end")
        case = Reader(item, at, EFFECT_KEYS | {"case", "otherwise", "when", "when_missing"})
        otherwise = case.has("otherwise")
        cases.append(
            Case(
                case=case.name("otherwise" if otherwise else "case"),
                when=None if otherwise else case.expression("when"),
                effect=read_effect(case),
                missing=read_missing(case),
            )
        )
    if not cases or cases[-1].when is not None:
        refuse(
            "The last case of a decide stage has no condition.",
            reader.at("cases"),
            code="no_otherwise",
            hint="end it with '- otherwise: offer'",
        )
    return DecideStage(name=name, cases=tuple(cases), missing=read_missing(reader), note=reader.text("note", ""))


STAGE_READERS: Final[dict[str, Callable[[Any, str], Stage]]] = {
    "lists": _lists,
    "rules": _rules,
    "table": _table,
    "scorecard": _scorecard,
    "model": _model,
    "ask": _ask,
    "set": _set,
    "decide": _decide,
}
