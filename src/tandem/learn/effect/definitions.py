"""Which event tells how a decision turned out: a tiny artefact, one per type of event that is decided.

name: loan_application          # the event type that is decided
event: loan_outcome             # the event that tells
refers: application             # its field with the id of the decided event
bad: bad                        # its field that is true where it went badly
amount: amount_minor            # field of the decided event: what is at stake, in minor units
currency: TWD
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tandem.decide.decisions import LiveRelease, document_of
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType

__all__ = ["OutcomeDefinition", "check_outcomes", "outcome_for", "parse_outcome"]


class OutcomeDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a decided event turns out.

    Attributes:
        name: the type of event that is decided.
        event: the type of event that tells; a later one for the same decision replaces an earlier one.
        refers: its TEXT field with the id of the decided event.
        bad: its BOOLEAN field, true where it went badly.
        amount: INTEGER field of the decided event, in minor units: what is at stake. None: nothing is added up.
        currency: of ``amount``, ISO 4217.
        simulated: the outcomes are made up; said wherever they are counted.
        description: one line for people.
    """

    name: str
    event: str
    refers: str
    bad: str
    amount: str | None = None
    currency: str = ""
    simulated: bool = False
    description: str = ""


def parse_outcome(document: Mapping[str, Any]) -> OutcomeDefinition:
    """The definition a document holds.

    Raises:
        DefinitionError: it is not one.
    """
    try:
        found = msgspec.convert(document, OutcomeDefinition)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        raise DefinitionError(f"{words}.", code="wrong_shape", field=place.rstrip("`").removeprefix("$.")) from None
    if found.amount is not None and not found.currency:
        raise DefinitionError(
            "An amount has a currency.", code="no_currency", field="currency", hint="add currency: with its ISO code"
        )
    if found.currency and found.currency not in CURRENCY_EXPONENTS:
        raise DefinitionError(
            "Unknown currency.",
            code="unknown_currency",
            field="currency",
            value=found.currency,
            hint=near_match(found.currency, CURRENCY_EXPONENTS),
        )
    return found


def check_outcomes(live: LiveRelease) -> None:
    """Hold every outcome definition of a release against its event types.

    Raises:
        DefinitionError: one of them names what is not there.
    """
    types = {str(name): one for name, one in live.reader.event_types.items()}
    for definition in _definitions(live):
        try:
            decided = _type_of(definition.name, types, "name")
            tells = _type_of(definition.event, types, "event")
            _field(tells, definition.refers, SqlType.TEXT, "refers")
            _field(tells, definition.bad, SqlType.BOOLEAN, "bad")
            if definition.amount is not None:
                _field(decided, definition.amount, SqlType.INTEGER, "amount")
        except DefinitionError as error:
            error.at = f"outcome/{definition.name}"
            raise


def outcome_for(live: LiveRelease, event_type: str) -> OutcomeDefinition | None:
    """The definition for decisions on events of that type; None where nobody wrote one."""
    return next((one for one in _definitions(live) if one.name == event_type), None)


def _definitions(live: LiveRelease) -> Iterable[OutcomeDefinition]:
    return [parse_outcome(document_of(one)) for one in live.carried if one.kind == "outcome"]


def _type_of(name: str, types: Mapping[str, EventType], field: str) -> EventType:
    if name not in types:
        raise DefinitionError(
            "There is no such event type.", code="unknown_event_type", field=field, value=name,
            hint=near_match(name, types),
        )  # fmt: skip
    return types[name]


def _field(event_type: EventType, name: str, kind: SqlType, field: str) -> None:
    fields = {one.name: one for one in event_type.fields}
    if name not in fields:
        raise DefinitionError(
            f"{event_type.name} has no such field.", code="unknown_field", field=field, value=name,
            hint=near_match(name, fields),
        )  # fmt: skip
    if fields[name].type is not kind:
        raise DefinitionError(f"A field of type {kind.value} is needed.", code="wrong_type", field=field, value=name)
