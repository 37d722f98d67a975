"""Why a condition did or did not fire: every comparison with its value, its threshold and its verdict.

All values of a trace come from one compiled function, so tracing a rule costs little more than evaluating its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec

from tandem.kernel.expressions.compiling import ListMembers, compile_row
from tandem.kernel.expressions.nodes import Call, ColumnRef, Expression, Literal, Node, walk
from tandem.kernel.expressions.wording import shown_value, source_of
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["ConditionTrace", "TracedValue", "trace"]

_NO_LISTS: Final[ListMembers] = {}
_MEMBERS_SHOWN: Final = 20
_JUNCTIONS: Final = frozenset({"and", "or", "not", "is_boolean"})


class TracedValue(msgspec.Struct, frozen=True):
    """An operand as written, its type, and its value for this row; instants and dates as ISO text, unknown as null."""

    text: str
    type: SqlType
    value: Value
    constant: bool = False


class ConditionTrace(msgspec.Struct, frozen=True):
    """What became of one condition.

    Attributes:
        text: the condition as written.
        operator: ``and``, ``or``, ``not``, a comparison sign, ``between``, ``in``, ``in_list``, ``like`` ...; ``value``
            for an expression that is not a condition.
        verdict: true, false, or null for unknown (and for a plain value).
        operands: of a comparison, the value and then the threshold(s); of a long IN, the first twenty.
        missing: if the verdict is unknown, the columns that were unknown. Empty where a computation had no result
            (a division by zero): its operand is null then.
        parts: the conditions it is made of.
    """

    text: str
    operator: str
    verdict: bool | None
    operands: tuple[TracedValue, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[ConditionTrace, ...] = ()


def trace(expression: Expression, row: Row, lists: ListMembers = _NO_LISTS) -> ConditionTrace:
    """The verdicts and values of ``expression`` for ``row``; encodes to JSON as it is."""
    return _tracer(expression).run(row, lists)


class _Step(msgspec.Struct, frozen=True):
    """What is known of one condition before any row is: where its values stand in the tuple of all values."""

    text: str
    operator: str
    verdict_at: int | None
    operands: tuple[tuple[str, Node, int], ...]
    columns: tuple[str, ...]
    parts: tuple[_Step, ...]


class _Tracer:
    def __init__(self, expression: Expression) -> None:
        self._wanted: list[Node] = []
        self._root = self._step(expression.tree)
        self._compute = compile_row([Expression("", node) for node in self._wanted], fast_path=False)

    def _step(self, node: Node) -> _Step:
        text = source_of(node)
        columns = tuple(dict.fromkeys(item.name for item in walk(node) if isinstance(item, ColumnRef)))
        if node.type is not SqlType.BOOLEAN:
            return _Step(text, "value", None, (self._operand(node),), columns, ())
        verdict_at = self._want(node)
        if not isinstance(node, Call):
            return _Step(text, "is", verdict_at, (self._operand(node),), columns, ())
        operator = str(node.details[0]) if node.operator == "compare" else node.operator
        if node.operator in _JUNCTIONS:
            return _Step(text, operator, verdict_at, (), columns, tuple(self._step(arg) for arg in node.args))
        operands = [self._operand(arg) for arg in node.args if arg.type is not SqlType.BOOLEAN]
        if node.operator in {"in", "in_list", "like"}:
            shown = [detail for detail in node.details if detail is not None][:_MEMBERS_SHOWN]
            operands += [self._detail(node, detail) for detail in shown]
        parts = tuple(self._step(arg) for arg in node.args if arg.type is SqlType.BOOLEAN)
        return _Step(text, operator, verdict_at, tuple(operands), columns, parts)

    def _operand(self, node: Node) -> tuple[str, Node, int]:
        return source_of(node), node, self._want(node)

    def _detail(self, node: Call, detail: Value) -> tuple[str, Node, int]:
        kind = SqlType.TEXT if node.operator != "in" else node.args[0].type
        return self._operand(Literal(detail, kind))

    def _want(self, node: Node) -> int:
        self._wanted.append(node)
        return len(self._wanted) - 1

    def run(self, row: Row, lists: ListMembers) -> ConditionTrace:
        return self._traced(self._root, self._compute(row, lists), row)

    def _traced(self, step: _Step, values: tuple[Value, ...], row: Mapping[str, Value]) -> ConditionTrace:
        verdict = None if step.verdict_at is None else values[step.verdict_at]
        assert verdict is None or isinstance(verdict, bool)
        operands = tuple(
            TracedValue(text, node.type or SqlType.TEXT, shown_value(values[at], node.type), isinstance(node, Literal))
            for text, node, at in step.operands
        )
        missing = () if verdict is not None else tuple(name for name in step.columns if row.get(name) is None)
        parts = tuple(self._traced(part, values, row) for part in step.parts)
        return ConditionTrace(step.text, step.operator, verdict, operands, missing, parts)


@lru_cache(maxsize=4096)
def _tracer(expression: Expression) -> _Tracer:
    return _Tracer(expression)
