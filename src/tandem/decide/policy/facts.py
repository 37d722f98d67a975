"""The facts of examples: as people write them, and as the types of their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from tandem.decide.policy.plan import Plan
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.time import parse_date, parse_instant
from tandem.kernel.values import Row, SqlType, Value

if TYPE_CHECKING:
    from tandem.decide.policy.scope import Workbench

__all__ = ["check_example_names", "facts_of"]


def check_example_names(plan: Plan, bench: Workbench) -> None:
    """Find what examples name and the policy does not know."""
    policy, context = plan.policy, bench.context
    for at, given in [
        ("example_defaults", policy.example_defaults),
        *((f"examples[{i}].given", one.given) for i, one in enumerate(policy.examples)),
    ]:
        try:
            facts_of(given, plan.facts)
        except DefinitionError as error:
            field = str(error.field).removeprefix("given")
            bench.error(error.code, f"{at}{field}", error.detail, error.hint)
    for i, one in enumerate(policy.examples):
        at = f"examples[{i}]"
        for name in one.lists:
            if name not in context.lists:
                hint = near_match(name, context.lists)
                bench.error("unknown_list", f"{at}.lists", f"There is no list {name!r}.", hint)
        for name in one.scores:
            if name not in context.models:
                hint = near_match(name, context.models)
                bench.error("unknown_model", f"{at}.scores", f"There is no model {name!r}.", hint)
        for code in one.expect.reasons or ():
            bench.reason(code, f"{at}.expect.reasons")


def facts_of(given: Row, facts: Mapping[str, Column]) -> Row:
    """Facts as an example writes them, as the types of their columns: dates and instants from text, numbers widened.

    Raises:
        DefinitionError: an unknown fact, or a value of another type.
    """
    row: Row = {}
    for name, value in given.items():
        column = facts.get(name)
        if column is None:
            raise DefinitionError(
                "There is no such fact.",
                code="unknown_column",
                field=f"given.{name}",
                value=value,
                hint=near_match(name, facts),
            )
        try:
            row[name] = None if value is None else _TYPED[column.type](value)
        except (InvalidInput, InvalidOperation, ValueError, TypeError):
            raise DefinitionError(
                f"Not a value of type {column.type.value}.", code="wrong_type", field=f"given.{name}", value=value
            ) from None
    return row


def _boolean(value: Value) -> Value:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _integer(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _double(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)


def _decimal(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    return Decimal(str(value))


def _text(value: Value) -> Value:
    if not isinstance(value, str):
        raise TypeError
    return value


def _date(value: Value) -> Value:
    return parse_date(value) if isinstance(value, str) else _integer(value)


def _instant(value: Value) -> Value:
    return parse_instant(value) if isinstance(value, str) else _integer(value)


_TYPED: Final[dict[SqlType, Callable[[Value], Value]]] = {
    SqlType.BOOLEAN: _boolean,
    SqlType.INTEGER: _integer,
    SqlType.DOUBLE: _double,
    SqlType.DECIMAL: _decimal,
    SqlType.TEXT: _text,
    SqlType.DATE: _date,
    SqlType.TIMESTAMP: _instant,
}
