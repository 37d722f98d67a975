"""Tables and scorecards as columns.

A row of a table is one condition, and SQL's AND is already what the interpreter does with its cells: false if one is
false, else unknown if one is unknown. The first row that holds is a CASE; what stands in it is looked up in a constant
list by its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tandem.decide.policy.closing import hit_of
from tandem.decide.policy.plan import BoundCharacteristic, BoundRow, BoundScorecard, BoundTable
from tandem.decide.policy.set_based_layers import (
    FALSE,
    NULL,
    TRUE,
    Term,
    all_of,
    any_of,
    inverse,
    literal_list,
    reads_of,
    when,
)
from tandem.decide.policy.set_based_reading import constant, equals
from tandem.decide.policy.set_based_state import ByRow, PlanWriter
from tandem.kernel.expressions import Expression, compile_row
from tandem.kernel.values import SqlType, Value

__all__ = ["write_scorecard", "write_table"]

_CHAIN: Final = 200
"""Additions in one expression; a longer sum goes on in the next layer, because SQL counts the depth of its brackets."""
_EXACT_WHOLE: Final = 2**53
"""Whole numbers below it are the same in binary64."""
_SAFE_SUM: Final = 2**62
_TYPES: Final = {
    SqlType.BOOLEAN: "BOOLEAN",
    SqlType.INTEGER: "BIGINT",
    SqlType.DOUBLE: "DOUBLE",
    SqlType.TEXT: "VARCHAR",
    SqlType.DATE: "DATE",
    SqlType.TIMESTAMP: "TIMESTAMP",
}


def write_table(writer: PlanWriter, table: BoundTable) -> None:
    """Match the rows, then act."""
    _Table(writer, table).write()


class _Table:
    def __init__(self, writer: PlanWriter, table: BoundTable) -> None:
        self.writer = writer
        self.table = table
        self.rows = [table.rows[index] for index in table.order]
        self.active = writer.active
        self.fails = table.missing is not None and table.missing.then != "skip"
        self.values: list[Term] = []
        self.explicit: list[Term] = []

    def write(self) -> None:
        self._check()
        writer, table = self.writer, self.table
        conditions = [one for row in table.rows for one in row.conditions if one is not None]
        writer.ask([*table.columns, *conditions, *self._formulas()], self.active)
        self.values = [writer.keep(writer.reading.term(column)) for column in table.columns]
        matches = [self._matches(row) for row in self.rows]
        if table.hit == "collect":
            self._collect(matches, conditions)
        else:
            self._first(matches, conditions)
        writer.stop_on(table.stop_on)

    def _check(self) -> None:
        """A table that reads what it sets reads it at a moment, and a column has none."""
        own = {output.name for output in self.table.outputs}
        read = [*self.table.columns, *(one for row in self.table.rows for one in row.conditions), *self._formulas()]
        if any(own & set(one.columns) for one in read if one is not None):
            raise ByRow(f"the table {self.table.name!r} reads a variable that it sets itself")

    def _formulas(self) -> list[Expression]:
        entries = (*self.table.rows, *([self.table.default] if self.table.default else []))
        return [
            value
            for row in entries
            for value in (*row.values, row.effect.limit, row.effect.cap, *(v for _, v in row.effect.price))
            if isinstance(value, Expression)
        ]

    def _matches(self, row: BoundRow) -> Term:
        cells = []
        for test, condition, value, of in zip(row.tests, row.conditions, self.values, self.table.columns, strict=True):
            if condition is not None:
                cells.append(self.writer.keep(self.writer.reading.term(condition)))
            else:
                cells.append(self.writer.reading.cell(test, value, of))
        return all_of(*cells)

    def _named(self, row: BoundRow) -> Term:
        """Whether the row matched by naming the missing value in a word."""
        found = []
        for test, value in zip(row.tests, self.values, strict=True):
            if test.explicit:
                found.append(TRUE if value == NULL else Term(f"({value} IS NULL)", value.reads))
        return any_of(found)

    def _lacking(self, undecided: Term, named: Term, conditions: Sequence[Expression]) -> Term:
        """Where a missing value stands in the way; told and acted upon."""
        if not self.fails:
            return FALSE
        lacking = self.writer.keep(all_of(self.active, undecided, inverse(named)))
        self.writer.note(lacking, [*self.table.columns, *conditions])
        self.writer.failed(self.table.name, "table", self.table.missing, lacking)
        return lacking

    # -- one row

    def _first(self, matches: Sequence[Term], conditions: Sequence[Expression]) -> None:
        writer, count = self.writer, len(self.rows)
        picks = [Term(f"WHEN {match} THEN {index}", match.reads) for index, match in enumerate(matches)]
        pick = writer.keep(Term(f"CASE {' '.join(map(str, picks))} ELSE {count} END", reads_of(picks)))
        lacking = FALSE
        if self.fails:
            # The first row that is not plainly false: is it unknown?
            doubts = [Term(f"WHEN {one} IS DISTINCT FROM FALSE THEN {one} IS NULL", one.reads) for one in matches]
            undecided = Term(f"CASE {' '.join(map(str, doubts))} ELSE FALSE END", reads_of(doubts))
            explicit = [(index, self._named(row)) for index, row in enumerate(self.rows)]
            named = any_of(all_of(equals(pick, index), one) for index, one in explicit if one != FALSE)
            lacking = self._lacking(undecided, named, conditions)
        taken = all_of(self.active, inverse(lacking))
        entries = list(self.rows)
        if self.table.default is None:
            taken = all_of(taken, Term(f"({pick} < {count})", pick.reads))
        else:
            entries.append(self.table.default)
        at = writer.keep(when(taken, pick))
        writer.hits_at(at, [hit_of(writer.plan, self.table.name, row.name, row.effect) for row in entries])
        for position, output in enumerate(self.table.outputs):
            cells = [row.values[position] for row in entries]
            writer.assign(output.name, self.active, self._chosen(at, cells, output.type, output.name))
        self._terms(at, entries)

    def _terms(self, at: Term, entries: Sequence[BoundRow]) -> None:
        writer = self.writer
        caps = [row.effect.cap for row in entries]
        limits = [row.effect.limit for row in entries]
        if any(cell is not None for cell in caps):
            writer.cap(self._chosen(at, caps, SqlType.INTEGER))
        if any(cell is not None for cell in limits):
            writer.limit(self._chosen(at, limits, SqlType.INTEGER))
        for part in dict.fromkeys(part for row in entries for part, _ in row.effect.price):
            cells = [dict(row.effect.price).get(part) for row in entries]
            for kind in dict.fromkeys(cell.type for cell in cells if cell is not None):
                mine = [cell if cell is not None and cell.type is kind else None for cell in cells]
                scale = max(cell.scale for cell in mine if cell is not None)
                writer.price(part, kind, scale, self._chosen(at, mine, kind, scale=scale))

    def _chosen(
        self, at: Term, cells: Sequence[Value | Expression], kind: SqlType, variable: str = "", *, scale: int = 0
    ) -> Term:
        """The cell at position ``at``."""
        scale = self.writer.plan.variables[variable].scale if variable else scale
        constants: list[Value] = []
        formulas: dict[int, Expression] = {}
        for index, cell in enumerate(cells):
            if isinstance(cell, Expression) and (cell.columns or cell.lists):
                formulas[index] = cell
                constants.append(None)
            else:
                constants.append(compile_row([cell])({}, {})[0] if isinstance(cell, Expression) else cell)
        found = NULL
        if any(value is not None for value in constants):
            found = self._looked_up(at, constants, kind, scale)
        if not formulas:
            return found
        cases = []
        for index, formula in formulas.items():
            term = self._shaped(self.writer.reading.term(formula), kind, scale)
            cases.append(Term(f"WHEN {index} THEN {term}", term.reads))
        return Term(f"CASE {at} {' '.join(map(str, cases))} ELSE {found} END", at.reads | found.reads | reads_of(cases))

    def _looked_up(self, at: Term, constants: Sequence[Value], kind: SqlType, scale: int) -> Term:
        known = {value for value in constants if value is not None}
        if len(known) == 1 and None not in constants:
            return when(Term(f"({at} IS NOT NULL)", at.reads), constant(constants[0], kind, scale))
        items = ["NULL" if value is None else constant(value, kind, scale).sql for value in constants]
        name = f"DECIMAL(38,{scale})" if kind is SqlType.DECIMAL else _TYPES[kind]
        return Term(f"{literal_list(items, name)}[{at} + 1]", at.reads)

    @staticmethod
    def _shaped(term: Term, kind: SqlType, scale: int) -> Term:
        return Term(f"CAST({term} AS DECIMAL(38,{scale}))", term.reads) if kind is SqlType.DECIMAL else term

    # -- all rows

    def _collect(self, matches: Sequence[Term], conditions: Sequence[Expression]) -> None:
        writer = self.writer
        kept = [writer.keep(match) for match in matches]
        fired = [writer.keep(all_of(self.active, _sure(match))) for match in kept]
        if self.fails:
            undecided = any_of(Term(f"({match} IS NULL)", match.reads) for match in kept if match not in (TRUE, FALSE))
            named = any_of(all_of(_sure(match), self._named(row)) for match, row in zip(kept, self.rows, strict=True))
            self._lacking(undecided, named, conditions)
        entries = list(zip(self.rows, fired, strict=True))
        if self.table.default is not None:
            none = writer.keep(all_of(self.active, *(inverse(one) for one in fired)))
            entries.append((self.table.default, none))
        for row, mask in entries:
            writer.hit(mask, hit_of(writer.plan, self.table.name, row.name, row.effect))
        for position, output in enumerate(self.table.outputs):
            collected = [(mask, row.values[position]) for row, mask in entries]
            writer.assign(output.name, self.active, self._joined(collected, output.type))
        for row, mask in entries:
            effect = row.effect
            if effect.limit is not None:
                writer.limit(when(mask, writer.reading.term(effect.limit)))
            if effect.cap is not None:
                writer.cap(when(mask, writer.reading.term(effect.cap)))
            for part, value in effect.price:
                writer.price(part, value.type, value.scale, when(mask, writer.reading.term(value)))

    def _joined(self, collected: Sequence[tuple[Term, Value | Expression]], kind: SqlType) -> Term:
        terms = []
        for mask, cell in collected:
            value = self.writer.reading.term(cell) if isinstance(cell, Expression) else constant(cell, kind)
            if cell is not None:
                terms.append(self.writer.keep(when(mask, value)))
        if not terms:
            return NULL
        if self.table.aggregate in {"min", "max"}:
            name = "LEAST" if self.table.aggregate == "min" else "GREATEST"
            return Term(f"{name}({', '.join(map(str, terms))})", reads_of(terms))
        there = any_of(Term(f"({term} IS NOT NULL)", term.reads) for term in terms)
        if kind is SqlType.DOUBLE:
            # -0.0 is what changes nothing when it is added, 0.0 is not.
            parts = [Term(f"COALESCE({term}, CAST('-0.0' AS DOUBLE))", term.reads) for term in terms]
            return when(there, self._summed(Term("CAST('-0.0' AS DOUBLE)"), parts))
        return when(there, self._whole(terms))

    def _whole(self, terms: Sequence[Term]) -> Term:
        """Whole numbers; where a partial sum could leave 64 bits, the row is decided by itself."""
        wide = [Term(f"COALESCE(CAST({term} AS HUGEINT), 0)", term.reads) for term in terms]
        sizes = [Term(f"abs({term})", term.reads) for term in wide]
        zero = Term("CAST(0 AS HUGEINT)")
        size = self.writer.keep(self._summed(zero, sizes))
        unsafe = all_of(self.active, Term(f"({size} > {_SAFE_SUM})", size.reads))
        written = self.writer.written
        written.careful = any_of([written.careful, unsafe])
        total = self.writer.keep(self._summed(zero, wide))
        return Term(f"CASE WHEN {size} <= {_SAFE_SUM} THEN CAST({total} AS BIGINT) END", size.reads | total.reads)

    def _summed(self, start: Term, parts: Sequence[Term]) -> Term:
        """From left to right, as Python adds."""
        total = start
        for begin in range(0, len(parts), _CHAIN):
            text, some = total.sql, parts[begin : begin + _CHAIN]
            for part in some:
                text = f"({text} + {part})"
            total = Term(text, total.reads | reads_of(some))
            total = self.writer.keep(total)
        return total


def _sure(match: Term) -> Term:
    return match if match in (TRUE, FALSE) else Term(f"({match} IS TRUE)", match.reads)


def write_scorecard(writer: PlanWriter, card: BoundScorecard) -> None:
    """The points of every characteristic, added up.

    Raises:
        ByRow: whole points so large that binary64 or 64 bits would not hold their sum.
    """
    active = writer.active
    writer.ask([one.of for one in card.characteristics], active)
    whole = card.output.type is not SqlType.DOUBLE
    largest = [max(map(abs, (*one.points, one.otherwise or 0))) for one in card.characteristics]
    if abs(card.base) + sum(largest) >= _EXACT_WHOLE:
        raise ByRow(f"the points of {card.name!r} add up to more than binary64 counts in whole numbers")
    kind = "BIGINT" if whole else "DOUBLE"
    parts = [_points(writer, one, kind) for one in card.characteristics]
    total = " + ".join([f"CAST('{card.base!r}' AS {kind})", *map(str, parts)])
    writer.assign(card.output.name, active, Term(f"({total})", reads_of(parts)))


def _points(writer: PlanWriter, one: BoundCharacteristic, kind: str) -> Term:
    value = writer.keep(writer.reading.term(one.of))
    cases = []
    for test, points in zip(one.tests, one.points, strict=True):
        cell = writer.reading.cell(test, value, one.of)
        cases.append(Term(f"WHEN {cell} THEN CAST('{points!r}' AS {kind})", cell.reads))
    otherwise = "NULL" if one.otherwise is None else f"CAST('{one.otherwise!r}' AS {kind})"
    return writer.keep(Term(f"CASE {' '.join(map(str, cases))} ELSE {otherwise} END", reads_of(cases)))
