"""Where an account stands by a strategy: its grade, its band, the steps that rules leave it, the limit that it can afford."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from tandem.act.limits.types import LimitStrategy
from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column, Expression, Hits, compile_conditions, compile_row, parse
from tandem.kernel.values import Row, SqlType

__all__ = ["Sorted", "Sorter"]

_AMOUNTS: Final = frozenset({SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL})


class Sorted(NamedTuple):
    """What a strategy makes of an account.

    Attributes:
        grade, band: their places in the strategy.
        lowest, highest: places of the steps that rules leave.
        rules: places of those that bound it.
        affordable_minor: the highest limit; None: not known, so none above today's.
    """

    grade: int
    band: int
    lowest: int
    highest: int
    rules: tuple[int, ...]
    affordable_minor: int | None


class Sorter:
    """A strategy's expressions, compiled.

    Raises:
        DefinitionError: an expression does not hold together; the error names its place.
    """

    def __init__(self, strategy: LimitStrategy, schema: Mapping[str, Column]) -> None:
        self._strategy = strategy
        places = {one.step: at for at, one in enumerate(strategy.steps)}
        self._grades = compile_conditions(
            [_read(one.when, schema, f"grades.{one.grade}.when") for one in strategy.grades if one.when is not None],
            hits=Hits.FIRST,
        )
        self._bands = compile_conditions(
            [_read(one.when, schema, f"bands.{one.band}.when") for one in strategy.bands if one.when is not None],
            hits=Hits.FIRST,
        )
        self._rules = compile_conditions([_read(one.when, schema, f"rules.{one.rule}.when") for one in strategy.rules])
        self._most = [len(places) - 1 if one.at_most is None else places[one.at_most] for one in strategy.rules]
        self._least = [0 if one.at_least is None else places[one.at_least] for one in strategy.rules]
        affordable = _read(strategy.constraints.affordability, schema, "constraints.affordability")
        if affordable.type not in _AMOUNTS:
            raise DefinitionError(
                f"A limit is an amount, and this is {affordable.type.name}.", code="invalid_limit_strategy",
                field="constraints.affordability", value=affordable.text, hint="minor units of the product's currency",
            )  # fmt: skip
        self._affordable = compile_row([affordable])

    def sort(self, row: Row) -> Sorted:
        """Where the account with these facts stands. Of rules that contradict each other the lower step counts."""
        grade, band, fired = self._grades(row, {}), self._bands(row, {}), self._rules(row, {})
        highest = min((self._most[one] for one in fired), default=len(self._strategy.steps) - 1)
        lowest = min(max((self._least[one] for one in fired), default=0), highest)
        (most,) = self._affordable(row, {})
        return Sorted(
            grade=grade[0] if grade else len(self._strategy.grades) - 1,
            band=band[0] if band else len(self._strategy.bands) - 1,
            lowest=lowest,
            highest=highest,
            rules=tuple(fired),
            affordable_minor=None if most is None else max(int(most), 0),
        )


def _read(text: str, schema: Mapping[str, Column], field: str) -> Expression:
    try:
        return parse(text, schema)
    except DefinitionError as error:
        error.field = field
        raise
