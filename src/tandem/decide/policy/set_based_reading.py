"""Expressions and cells of a policy as terms over columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Final

from tandem.decide.policy.cells import Cut, Span, Test
from tandem.decide.policy.set_based_layers import FALSE, NULL, TRUE, Layers, Term, any_of
from tandem.kernel.expressions import Call, ColumnRef, Dialect, Expression, Literal, Node, to_sql
from tandem.kernel.values import SqlType, Value

__all__ = ["Reading", "constant", "equals", "inexact", "nodes"]

_INEXACT: Final = frozenset({"exp", "power", "ln", "log10"})
"""Operators whose last bit a database's mathematics library may round otherwise than Python's."""


def nodes(node: Node) -> Iterator[Node]:
    """``node`` and everything below it."""
    yield node
    if isinstance(node, Call):
        for arg in node.args:
            yield from nodes(arg)


def inexact(expression: Expression) -> bool:
    """Whether the database might come to another last bit than Python."""
    return any(isinstance(node, Call) and node.operator in _INEXACT for node in nodes(expression.tree))


def constant(value: Value, kind: SqlType, scale: int = 0) -> Term:
    """A typed constant."""
    return Term(to_sql(Expression("", _literal(value, kind, scale)), Dialect.DUCKDB))


def equals(term: Term, number: int) -> Term:
    """``term = number``."""
    return Term(f"({term} = {number})", term.reads)


def _literal(value: Value, kind: SqlType, scale: int = 0) -> Literal:
    if isinstance(value, Decimal):
        scale = max(-int(value.as_tuple().exponent), 0)
    return Literal(value, kind, scale)


class Reading:
    """Resolves names where an expression stands.

    Args:
        layers: where columns are kept.
        value_of: the term of a fact or variable, as it is at this point of the flow.
        list_of: the column that holds, row by row, the members of a list.
        computed: the column of an expression that is computed outside the database.
    """

    def __init__(
        self,
        layers: Layers,
        value_of: Callable[[str], Term],
        list_of: Callable[[str], Term],
        computed: Callable[[Expression], Term],
    ) -> None:
        self._layers = layers
        self._value_of = value_of
        self._list_of = list_of
        self._computed = computed

    def term(self, expression: Expression) -> Term:
        """The value of ``expression``; a bare name or constant as it is, anything else as a column of its own."""
        if inexact(expression):
            return self._computed(expression)
        tree = expression.tree
        if isinstance(tree, ColumnRef):
            return self._value_of(tree.name)
        term = self._written(tree)
        return term if isinstance(tree, Literal) else self._layers.keep(term)

    def _written(self, tree: Node) -> Term:
        reads: set[str] = set()
        resolved = self._resolved(tree, reads)
        return Term(to_sql(Expression("", resolved), Dialect.DUCKDB), frozenset(reads))

    def _resolved(self, node: Node, reads: set[str]) -> Node:
        if isinstance(node, Literal):
            return node
        if isinstance(node, ColumnRef):
            return self._column(self._value_of(node.name), node.type, node.scale, reads)
        if node.operator == "in_list":
            member = self._layers.keep(self._written(node.args[0]))
            found = self._membership(member, self._list_of(str(node.details[0])))
            return self._column(self._layers.keep(found), SqlType.BOOLEAN, 0, reads)
        args = tuple(self._resolved(arg, reads) for arg in node.args)
        return Call(node.operator, args, node.type, node.scale, node.nullable, node.details)

    def _column(self, term: Term, kind: SqlType, scale: int, reads: set[str]) -> Node:
        if term == NULL:
            return Literal(None, kind, scale)
        kept = self._layers.keep(term)
        if kept in (TRUE, FALSE):
            return Literal(kept == TRUE, SqlType.BOOLEAN)
        reads |= kept.reads
        return ColumnRef(kept.sql, kind, scale)

    def _membership(self, member: Term, members: Term) -> Term:
        if member == NULL:
            return NULL
        found = f"CASE WHEN {member} IS NOT NULL THEN COALESCE(list_contains({members}, {member}), FALSE) END"
        return Term(found, member.reads | members.reads)

    # -- cells

    def cell(self, test: Test, value: Term, of: Expression) -> Term:
        """Whether ``value`` passes ``test``: unknown where it is missing and the test does not speak of that."""
        if test.any:
            return TRUE
        absent = Term(f"({value} IS NULL)", value.reads)
        if value == NULL:
            return TRUE if test.missing else NULL if test.spans else FALSE
        if not test.spans:
            return absent if test.missing else FALSE
        within = self._within(test.spans, value, of.type, of.scale)
        return any_of([absent, within]) if test.missing else within

    def _within(self, spans: tuple[Span, ...], value: Term, kind: SqlType, scale: int) -> Term:
        if kind is SqlType.BOOLEAN:
            return _either(spans, value)
        kept = self._layers.keep(value)
        if not kept.reads:  # a constant column of a table, which nobody writes; the database folds it
            kept = value
        parts: list[str] = []
        points: list[str] = []
        for low, high in spans:
            point = _point(low, high)
            if point is not None and kind is SqlType.DECIMAL:
                parts.append(self._compared(kept, "=", point, kind, scale))
                continue
            if point is not None:
                points.append(constant(point, kind, scale).sql)
                continue
            ends = []
            if low[0] == 0:
                ends.append(self._compared(kept, ">=" if low[2] == 0 else ">", low[1], kind, scale))
            if high[0] == 0:
                ends.append(self._compared(kept, "<" if high[2] == 0 else "<=", high[1], kind, scale))
            parts.append("(" + " AND ".join(ends) + ")" if ends else f"CASE WHEN {kept} IS NOT NULL THEN TRUE END")
        if points:
            parts.append(f"({kept} IN ({', '.join(points)}))" if len(points) > 1 else f"({kept} = {points[0]})")
        return Term("(" + " OR ".join(parts) + ")", kept.reads)

    def _compared(self, value: Term, sign: str, bound: Value, kind: SqlType, scale: int) -> str:
        if not value.reads:
            return f"({value} {sign} {constant(bound, kind, scale)})"
        call = Call("compare", (ColumnRef(value.sql, kind, scale), _literal(bound, kind, scale)), SqlType.BOOLEAN)
        call = Call(call.operator, call.args, call.type, details=(sign,))
        return to_sql(Expression("", call), Dialect.DUCKDB)


def _either(spans: tuple[Span, ...], value: Term) -> Term:
    """The spans of truth values."""
    true, false = (any(low <= (0, one, 0) < high for low, high in spans) for one in (True, False))
    if true == false:
        return Term(f"CASE WHEN {value} IS NOT NULL THEN {'TRUE' if true else 'FALSE'} END", value.reads)
    return Term(f"({value} = {'TRUE' if true else 'FALSE'})", value.reads)


def _point(low: Cut, high: Cut) -> Value:
    """The only value between two cuts, None where there are more."""
    if low[0] != 0 or high[0] != 0 or low[2] != 0:
        return None
    first: Any = low[1]
    same = first == high[1] and high[2] == 1
    following = isinstance(first, int) and not isinstance(first, bool) and high[2] == 0 and high[1] == first + 1
    return first if same or following else None
