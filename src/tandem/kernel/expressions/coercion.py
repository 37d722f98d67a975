"""Bringing operands to one type: what meets what, and what it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from sqlglot import expressions as exp

from tandem.kernel.expressions.building import call, decimal_literal, double_literal, to_double
from tandem.kernel.expressions.calendar import text_to_date, text_to_timestamp
from tandem.kernel.expressions.nodes import Literal, Node
from tandem.kernel.expressions.problems import Problems
from tandem.kernel.time import DAY
from tandem.kernel.values import SqlType

__all__ = ["NUMERIC", "Coercion", "Interval", "Operand"]

NUMERIC = frozenset({SqlType.INTEGER, SqlType.DECIMAL, SqlType.DOUBLE})
_TIMES = frozenset({SqlType.DATE, SqlType.TIMESTAMP})


@dataclass(frozen=True, slots=True)
class Interval:
    """A constant length of time: whole months, or whole days, or microseconds. It exists only while names are bound."""

    months: int = 0
    days: int = 0
    micros: int | None = None

    def negated(self) -> Interval:
        return Interval(-self.months, -self.days, None if self.micros is None else -self.micros)


Operand: TypeAlias = Node | Interval


class Coercion:
    """The rules of meeting types, with errors that point into the text."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def double(self, node: Node, source: exp.Expr) -> Node:
        """A number as DOUBLE."""
        if node.type not in NUMERIC:
            raise self._problems.type_mismatch("A number is needed here", source, node)
        result = to_double(node)
        if result is None:
            raise self._problems.error("The number is too large for DOUBLE.", "number_too_large", source)
        return result

    def settled(self, node: Node, source: exp.Expr) -> Node:
        """A number with a point that met nothing exact is DOUBLE."""
        return self.double(node, source) if isinstance(node, Literal) and node.adaptive else node

    def exact(self, node: Node, source: exp.Expr) -> Node:
        """A number with a point that meets something exact is DECIMAL."""
        if not (isinstance(node, Literal) and node.adaptive):
            return node
        assert isinstance(node.value, Decimal)
        result = decimal_literal(node.value)
        if result is None:
            raise self._problems.error(
                "The number has more digits than DECIMAL keeps.",
                "number_too_long",
                source,
                hint="at most 18 digits; or CAST the other side AS DOUBLE",
            )
        return result

    def comparable(self, operands: Sequence[Operand], source: exp.Expr) -> list[Node]:
        """Operands that can be compared with each other, converted where that is needed."""
        nodes = [self._without_interval(operand, operands, source) for operand in operands]
        kinds = {node.type for node in nodes if node.type is not None}
        if kinds and kinds <= NUMERIC:
            return self._comparable_numbers(nodes, source)
        if kinds & _TIMES and kinds <= _TIMES | {SqlType.TEXT}:
            return self._comparable_times(nodes, SqlType.TIMESTAMP in kinds, source)
        if len(kinds) > 1:
            raise self._problems.type_mismatch(
                "These cannot be compared", source, *nodes, hint="CAST one side to the type of the other"
            )
        return nodes

    def unified(self, operands: Sequence[Operand], source: exp.Expr) -> tuple[list[Node], SqlType, int]:
        """Operands brought to one type and scale, for an operator that gives one of them."""
        nodes = self.comparable(self._without_loose_numbers(operands, source), source)
        kinds = {node.type for node in nodes if node.type is not None}
        if not kinds:
            raise self._problems.error(
                "Every value here is NULL, so there is no type.", "no_type", source, hint="CAST(NULL AS INTEGER)"
            )
        if len(kinds) == 1:
            (kind,) = kinds
        else:
            kind = SqlType.DECIMAL
        scale = max(node.scale for node in nodes) if kind is SqlType.DECIMAL else 0
        return [self._of_type(node, kind, scale) for node in nodes], kind, scale

    def _without_loose_numbers(self, operands: Sequence[Operand], source: exp.Expr) -> list[Operand]:
        if any(not isinstance(item, Interval) and _is_firm(item, SqlType.DECIMAL) for item in operands):
            return list(operands)
        return [item if isinstance(item, Interval) else self.settled(item, source) for item in operands]

    def _without_interval(self, operand: Operand, others: Sequence[Operand], source: exp.Expr) -> Node:
        if not isinstance(operand, Interval):
            return operand
        against_seconds = any(not isinstance(other, Interval) and other.type is SqlType.DOUBLE for other in others)
        if operand.months or not against_seconds:
            raise self._problems.error(
                "An interval can be added to a date or instant, or compared with a difference of two instants.",
                "misplaced_interval",
                source,
                hint="intervals of months have no fixed length" if operand.months else None,
            )
        seconds = double_literal(Decimal(operand.days * DAY + (operand.micros or 0)) / 1_000_000)
        assert seconds is not None, "intervals are limited"
        return seconds

    def _comparable_numbers(self, nodes: list[Node], source: exp.Expr) -> list[Node]:
        if any(_is_firm(node, SqlType.DOUBLE) for node in nodes):
            return [node if node.type is None else self.double(node, source) for node in nodes]
        return [self.exact(node, source) for node in nodes]

    def _comparable_times(self, nodes: list[Node], with_instants: bool, source: exp.Expr) -> list[Node]:  # noqa: FBT001
        result: list[Node] = []
        for node in nodes:
            if node.type is SqlType.TEXT:
                result.append(self._text_as_time(node, with_instants=with_instants, source=source))
            elif node.type is SqlType.DATE and with_instants:
                result.append(call("date_to_timestamp", node, type=SqlType.TIMESTAMP))
            else:
                result.append(node)
        return result

    def _text_as_time(self, node: Node, *, with_instants: bool, source: exp.Expr) -> Node:
        if not isinstance(node, Literal):
            raise self._problems.type_mismatch(
                "A text cannot be compared with a date or instant", source, node, hint="CAST it AS DATE or TIMESTAMP"
            )
        text = str(node.value)
        days = text_to_date(text)
        if with_instants:
            instant = days * DAY if days is not None else text_to_timestamp(text)
            if instant is not None:
                return Literal(instant, SqlType.TIMESTAMP)
        elif days is not None:
            return Literal(days, SqlType.DATE)
        raise self._problems.error(
            "The text is not a date." if not with_instants else "The text is not an instant.",
            "invalid_date",
            source,
            value=text,
            hint="write '2026-11-24'" + (" or '2026-11-24 06:38:00'" if with_instants else ""),
        )

    @staticmethod
    def _of_type(node: Node, kind: SqlType, scale: int) -> Node:
        if node.type is None:
            return Literal(None, kind, scale)
        if kind is not SqlType.DECIMAL or (node.type is kind and node.scale == scale):
            return node
        operator = "integer_to_decimal" if node.type is SqlType.INTEGER else "decimal_to_decimal"
        details = () if node.type is SqlType.INTEGER else (scale,)
        return call(operator, node, type=kind, scale=scale, details=details)


def _is_firm(node: Node, kind: SqlType) -> bool:
    return node.type is kind and not (isinstance(node, Literal) and node.adaptive)
