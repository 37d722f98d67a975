"""Tables and scorecards in the generated function: look-ups by bisection, rows as constants."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from tandem.decide.policy.cells import DISCRETE
from tandem.decide.policy.closing import Hit, hit_of
from tandem.decide.policy.collecting import COLLECTORS
from tandem.decide.policy.indexing import TableIndex, plain_cuts, point_cuts
from tandem.decide.policy.plan import BoundCharacteristic, BoundRow, BoundScorecard, BoundTable
from tandem.decide.policy.regions import Column, cut_column
from tandem.decide.policy.writing import Writer, append, assign, call, constant, method, name, never_none
from tandem.kernel.expressions import Expression, compile_row
from tandem.kernel.values import SqlType, Value

__all__ = ["TableWriter", "score_points"]


class TableWriter:
    """Writes tables, and the three terms of a decision.

    Args:
        writer: of the function.
    """

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    # -- terms

    def set_limit(self, value: ast.expr) -> list[ast.stmt]:
        """``limit = value``, where there is one."""
        return self._where_known(value, lambda known: [assign("limit", known)])

    def lower_cap(self, value: ast.expr) -> list[ast.stmt]:
        """``cap = min(cap, value)``, where there is one."""

        def lower(known: ast.expr) -> list[ast.stmt]:
            first = ast.Compare(name("cap"), [ast.Is()], [constant(None)])
            lower = ast.Compare(known, [ast.Lt()], [name("cap")])
            return [ast.If(ast.BoolOp(ast.Or(), [first, lower]), [assign("cap", known)], [])]

        return self._where_known(value, lower)

    def set_price(self, part: str, value: ast.expr) -> list[ast.stmt]:
        """``price[part] = value``, where there is one."""
        return self._where_known(
            value, lambda known: [ast.Assign([ast.Subscript(name("price"), constant(part), ast.Store())], known)]
        )

    def _where_known(self, value: ast.expr, then: Any) -> list[ast.stmt]:
        if isinstance(value, ast.Constant):
            return [] if value.value is None else then(value)
        local = self.writer.fresh()
        known = ast.Compare(name(local), [ast.IsNot()], [constant(None)])
        return [assign(local, value), ast.If(known, then(name(local)), [])]

    # -- tables

    def table(self, table: BoundTable, lacking: list[ast.stmt]) -> list[ast.stmt]:
        """The statements of a table; ``lacking`` are those of its missing branch."""
        rows = [table.rows[index] for index in table.order]
        fails = table.missing is not None and table.missing.then != "skip"
        collects = table.hit == "collect"
        kinds = [column.type for column in table.columns]
        index = TableIndex(kinds, [row.tests for row in rows], fails=fails, collects=collects)
        mask = self.writer.fresh()
        body = [assign(self.writer.variable(output.name), constant(None)) for output in table.outputs]
        body += self._matching(table, rows, index, mask, lacking)
        entries = [*rows, table.default] if table.default is not None else [*rows, None]
        apply = self._collect(table, entries, mask) if collects else self._first(table, entries, mask)
        if not fails or collects:
            return [*body, *apply]
        found = ast.Compare(name(mask), [ast.GtE()], [constant(0)])
        return [*body, ast.If(found, apply, [])]

    def _matching(
        self, table: BoundTable, rows: Sequence[BoundRow], index: TableIndex, mask: str, lacking: list[ast.stmt]
    ) -> list[ast.stmt]:
        """Statements that leave the mask of matching rows in ``mask``; below 0 when the missing branch was taken."""
        body: list[ast.stmt] = []
        values: list[ast.expr] = []
        for column in table.columns:
            local = self.writer.fresh()
            body.append(assign(local, self.writer.value(column)))
            values.append(name(local))
        certain, unsure, conditions = self._conditions(rows)
        body += conditions
        parts = [
            _lookup(self.writer, column, column.masks, value)
            for column, value in zip(index.columns, values, strict=True)
        ]
        if conditions:
            parts.insert(0, certain)
        combined = parts[0]
        for part in parts[1:]:
            combined = ast.BinOp(combined, ast.BitAnd(), part)
        quick: list[ast.stmt] = [assign(mask, combined)]
        nullable = [value for value, column in zip(values, table.columns, strict=True) if column.nullable]
        doubts: list[ast.expr] = [never_none(nullable)] if nullable else []
        if conditions:
            doubts.append(unsure)
        if not doubts:
            return body + quick
        lacks = self.writer.fresh()
        found = method(self.writer.keep(index), "careful", ast.Tuple(values, ast.Load()), certain, unsure)
        target = ast.Tuple([ast.Name(mask, ast.Store()), ast.Name(lacks, ast.Store())], ast.Store())
        refused = lacking if index.collects else [*lacking, assign(mask, constant(-1))]
        slow: list[ast.stmt] = [ast.Assign([target], found), ast.If(name(lacks), refused, [])]
        doubt = doubts[0] if len(doubts) == 1 else ast.BoolOp(ast.Or(), doubts)
        return [*body, ast.If(doubt, slow, quick)]

    def _conditions(self, rows: Sequence[BoundRow]) -> tuple[ast.expr, ast.expr, list[ast.stmt]]:
        """Masks of rows whose ``if`` cells hold, and of those without an answer."""
        plain = sum(1 << i for i, row in enumerate(rows) if not any(row.conditions))
        everything = (1 << len(rows)) - 1
        if plain == everything:
            return constant(everything), constant(0), []
        certain, unsure = self.writer.fresh(), self.writer.fresh()
        body: list[ast.stmt] = [assign(certain, constant(plain)), assign(unsure, constant(0))]
        for i, row in enumerate(rows):
            conditions = [condition for condition in row.conditions if condition is not None]
            if not conditions:
                continue
            bit = constant(1 << i)
            hold = [self.writer.truth(condition) for condition in conditions]
            fail = [self.writer.falsity(condition) for condition in conditions]
            add = ast.AugAssign(ast.Name(certain, ast.Store()), ast.BitOr(), bit)
            doubt = ast.AugAssign(ast.Name(unsure, ast.Store()), ast.BitOr(), bit)
            maybe: list[ast.stmt] = []
            if any(condition.nullable for condition in conditions):
                false = fail[0] if len(fail) == 1 else ast.BoolOp(ast.Or(), fail)
                maybe = [ast.If(ast.UnaryOp(ast.Not(), false), [doubt], [])]
            body.append(ast.If(hold[0] if len(hold) == 1 else ast.BoolOp(ast.And(), hold), [add], maybe))
        return name(certain), name(unsure), body

    def _first(self, table: BoundTable, entries: Sequence[BoundRow | None], mask: str) -> list[ast.stmt]:
        at = self.writer.fresh()
        # The lowest bit is the first row; without any, -1: the entry of the default.
        lowest = ast.BinOp(name(mask), ast.BitAnd(), ast.UnaryOp(ast.USub(), name(mask)))
        place = ast.BinOp(method(lowest, "bit_length"), ast.Sub(), constant(1))
        return [assign(at, place), *self._take(table, entries, at, collect=False)]

    def _collect(self, table: BoundTable, entries: Sequence[BoundRow | None], mask: str) -> list[ast.stmt]:
        at = self.writer.fresh()
        low = self.writer.fresh()
        lowest = ast.BinOp(name(mask), ast.BitAnd(), ast.UnaryOp(ast.USub(), name(mask)))
        place = ast.BinOp(method(name(low), "bit_length"), ast.Sub(), constant(1))
        return [
            ast.While(
                constant(True),
                [
                    assign(low, lowest),
                    assign(at, place),
                    *self._take(table, entries, at, collect=True),
                    ast.AugAssign(ast.Name(mask, ast.Store()), ast.BitXor(), name(low)),
                    ast.If(ast.UnaryOp(ast.Not(), name(mask)), [ast.Break()], []),
                ],
                [],
            )
        ]

    def _take(self, table: BoundTable, entries: Sequence[BoundRow | None], at: str, *, collect: bool) -> list[ast.stmt]:
        """Apply the row at index ``at``: its hit, its variables, its terms."""
        hits = [self._hit(table, row) for row in entries]
        body: list[ast.stmt] = []
        if any(hit is not None for hit in hits):
            local = self.writer.fresh()
            body.append(assign(local, _at(self.writer.keep(hits), at)))
            add = append("hits", name(local))
            if all(hit is not None for hit in hits):
                body.append(add)
            else:
                body.append(ast.If(ast.Compare(name(local), [ast.IsNot()], [constant(None)]), [add], []))
        for position, output in enumerate(table.outputs):
            cells = [None if row is None else row.values[position] for row in entries]
            prepared, value = self._cell(cells, at)
            body += prepared
            target = self.writer.variable(output.name)
            if collect:
                join = self.writer.keep(COLLECTORS[table.aggregate])
                value = call(join, name(target), value)
            body.append(assign(target, value))
        return body + self._terms(entries, at)

    def _terms(self, entries: Sequence[BoundRow | None], at: str) -> list[ast.stmt]:
        body: list[ast.stmt] = []
        effects = [None if row is None else row.effect for row in entries]
        limits = [None if effect is None else effect.limit for effect in effects]
        caps = [None if effect is None else effect.cap for effect in effects]
        for cells, then in ((limits, self.set_limit), (caps, self.lower_cap)):
            if any(cell is not None for cell in cells):
                prepared, value = self._cell(cells, at)
                body += [*prepared, *then(value)]
        parts = dict.fromkeys(part for effect in effects if effect is not None for part, _ in effect.price)
        for part in parts:
            cells = [None if effect is None else dict(effect.price).get(part) for effect in effects]
            prepared, value = self._cell(cells, at)
            body += [*prepared, *self.set_price(part, value)]
        return body

    def _hit(self, table: BoundTable, row: BoundRow | None) -> Hit | None:
        return None if row is None else hit_of(self.writer.plan, table.name, row.name, row.effect)

    def _cell(self, cells: Sequence[Value | Expression], at: str) -> tuple[list[ast.stmt], ast.expr]:
        """The value of one output in row ``at``: a constant by position, or a formula by its number."""
        constants: list[Value] = []
        formulas: dict[str, Expression] = {}
        numbers: list[int] = []
        for cell in cells:
            computed = isinstance(cell, Expression) and bool(cell.columns or cell.lists)
            constants.append(None if computed else _constant_of(cell))
            if isinstance(cell, Expression) and computed:
                formulas.setdefault(cell.text, cell)
                numbers.append(list(formulas).index(cell.text) + 1)
            else:
                numbers.append(0)
        value = _at(self.writer.keep(constants), at)
        if not formulas:
            return [], value
        local, number = self.writer.fresh(), self.writer.fresh()
        body = [assign(local, value), assign(number, _at(self.writer.keep(numbers), at))]
        for index, formula in enumerate(formulas.values(), start=1):
            chosen = ast.Compare(name(number), [ast.Eq()], [constant(index)])
            body.append(ast.If(chosen, [assign(local, self.writer.value(formula))], []))
        return body, name(local)


def _constant_of(cell: Value | Expression) -> Value:
    if isinstance(cell, Expression):
        return compile_row([cell])({}, {})[0]
    return cell


def _at(values: ast.expr, index: str) -> ast.expr:
    return ast.Subscript(values, name(index), ast.Load())


def _lookup(writer: Writer, column: Column, payload: Sequence[Any], value: ast.expr) -> ast.expr:
    """The payload of the region that holds ``value``, which is not None."""
    if len(column.cuts) == 1:
        return constant(payload[0])
    if column.kind is SqlType.BOOLEAN:
        both = writer.keep(tuple(payload))
        return ast.Subscript(both, value, ast.Load())
    numbers = plain_cuts(column.cuts, column.kind)
    if numbers is not None:
        place = call(writer.keep(bisect_right), writer.keep(numbers), value)
        return ast.Subscript(writer.keep(tuple(payload)), place, ast.Load())
    points = point_cuts(column.cuts) if column.kind not in DISCRETE else None
    if points is not None and len(set(payload[0::2])) == 1:
        known = writer.keep(dict(zip(points, payload[1::2], strict=True)))
        return method(known, "get", value, constant(payload[0]))
    place = call(
        writer.keep(bisect_right),
        writer.keep(list(column.cuts)),
        ast.Tuple([constant(0), value, constant(0)], ast.Load()),
    )
    before = ast.BinOp(place, ast.Sub(), constant(1))
    return ast.Subscript(writer.keep(tuple(payload)), before, ast.Load())


def score_points(writer: Writer, card: BoundScorecard) -> list[ast.stmt]:
    """The statements of a scorecard: points by characteristic, and their sum."""
    body: list[ast.stmt] = []
    total: ast.expr = constant(card.base)
    locals_: list[ast.expr] = []
    for one in card.characteristics:
        column = cut_column(one.tests, one.of.type)
        payload = [_points_of(one, mask) for mask in column.masks]
        value = writer.fresh()
        body.append(assign(value, writer.value(one.of)))
        got = _lookup(writer, column, payload, name(value))
        if one.of.nullable:
            absent = ast.Compare(name(value), [ast.Is()], [constant(None)])
            got = ast.IfExp(absent, constant(_points_of(one, column.missing)), got)
        local = writer.fresh()
        body.append(assign(local, got))
        locals_.append(name(local))
        total = ast.BinOp(total, ast.Add(), name(local))
    if card.output.type is SqlType.DOUBLE:
        total = ast.BinOp(total, ast.Mult(), constant(1.0))
    body.append(assign(writer.variable(card.output.name), total))
    parts = ast.Tuple(locals_, ast.Load())
    body.append(ast.Assign([ast.Subscript(name("points"), constant(card.name), ast.Store())], parts))
    return body


def _points_of(one: BoundCharacteristic, mask: int) -> int | float | None:
    """Points of the first bin in ``mask``."""
    return one.points[(mask & -mask).bit_length() - 1] if mask else one.otherwise
