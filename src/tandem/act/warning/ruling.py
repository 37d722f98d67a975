"""The warning rules that hold now: those of the live release, read once per release and checked before it goes live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from tandem.act.warning.reading import parse_warning_rules
from tandem.act.warning.rules import NO_RULES, WarningRules
from tandem.decide.decisions import DecisionProcess, LiveReading, LiveRelease, document_of
from tandem.decide.policy import Marks, marks_in
from tandem.kernel.errors import DefinitionError, TandemError
from tandem.kernel.expressions import Expression, compile_row
from tandem.kernel.time import Micros
from tandem.kernel.values import Row, Value

__all__ = ["Ruling", "Rulings"]

_KIND: Final = "warning_rules"


class Ruling(msgspec.Struct, frozen=True):
    """The rules of one release, their conditions compiled.

    Attributes:
        performing, rolled, over: type of an event to its condition: TRUE, FALSE or None where it is unknown.
    """

    rules: WarningRules
    performing: dict[str, Callable[[Row, Micros], bool | None]]
    rolled: dict[str, Callable[[Row, Micros], bool | None]]
    over: dict[str, Callable[[Row, Micros], bool | None]]

    @property
    def telling(self) -> set[str]:
        """Types of events that settle warnings."""
        return {*self.rolled, *self.over}


class Rulings:
    """Knows the rules in force; refuses a release whose rules do not hold together."""

    def __init__(self, process: DecisionProcess) -> None:
        self._live = LiveReading(
            process, lambda live: _compiled(_rules_of(live)), nothing=_compiled(NO_RULES),
            otherwise="The warning rules of the live release cannot be used, so nobody is warned",
        )  # fmt: skip

    @property
    def now(self) -> Ruling:
        """Of the live release; no rules where it has none."""
        return self._live.now


def _rules_of(live: LiveRelease) -> WarningRules:
    found = [artefact for artefact in live.carried if artefact.kind == _KIND]
    if not found:
        return NO_RULES
    if len(found) > 1:
        raise DefinitionError(
            "A workspace has one set of warning rules.",
            code="two_warning_rules",
            field=_KIND,
            value=", ".join(one.name for one in found),
            hint="put all warnings into one file",
        )
    try:
        return parse_warning_rules(document_of(found[0]), live.reader.event_types, _sayings(live))
    except TandemError as error:
        error.at = str(found[0].key)
        raise


def _sayings(live: LiveRelease) -> dict[str, Marks]:
    return {name: marks_in(one.policy) for name, one in live.policies.items()}


def _compiled(rules: WarningRules) -> Ruling:
    return Ruling(
        rules,
        {one.event: _condition(one.performing) for one in rules.follow if one.performing is not None},
        {one.event: _condition(one.rolled) for one in rules.follow if one.rolled is not None},
        {one.event: _condition(one.over) for one in rules.follow if one.over is not None},
    )


def _condition(expression: Expression) -> Callable[[Row, Micros], bool | None]:
    run = compile_row([expression])

    def holds(values: Row, occurred_at: Micros) -> bool | None:
        row: dict[str, Value] = {**values, "occurred_at": values.get("occurred_at", occurred_at)}
        (found,) = run(row, {})
        return None if found is None else bool(found)

    return holds
