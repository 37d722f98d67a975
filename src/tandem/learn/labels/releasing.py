"""The labels that a release carries: held against its event types before it goes live, and found by name or by event."""

from __future__ import annotations

from tandem.decide.decisions import LiveRelease, document_of
from tandem.kernel.errors import DefinitionError, NotFound, near_match
from tandem.learn.labels.conditions import LabelConditions, conditions_of
from tandem.learn.labels.definitions import OutcomeDefinition, parse_outcome

__all__ = ["check_outcomes", "label_named", "labels_of", "outcome_for"]


def labels_of(live: LiveRelease) -> list[OutcomeDefinition]:
    """Every label of a release, by name."""
    found = [parse_outcome(document_of(one)) for one in live.carried if one.kind == "outcome"]
    return sorted(found, key=lambda one: one.name)


def check_outcomes(live: LiveRelease) -> None:
    """Hold every label of a release against its event types.

    Raises:
        DefinitionError: one of them names what is not there.
    """
    for definition in labels_of(live):
        try:
            _conditions(live, definition)
        except DefinitionError as error:
            error.at = f"outcome/{definition.name}"
            raise


def outcome_for(live: LiveRelease, event_type: str) -> OutcomeDefinition | None:
    """The label that decisions on events of that type are judged by; None where nobody wrote one.

    Several may be about one type: the one called like it comes first, else the first by name.
    """
    about = [one for one in labels_of(live) if one.decided == event_type]
    return min(about, key=lambda one: (one.name != event_type, one.name), default=None)


def label_named(live: LiveRelease, name: str) -> LabelConditions:
    """The label of that name, ready to be read.

    Raises:
        NotFound: the release has none.
    """
    labels = {one.name: one for one in labels_of(live)}
    if name not in labels:
        raise NotFound(
            "The release has no such label.",
            code="unknown_label",
            field="label",
            value=name,
            hint=near_match(name, labels) or f"write outcomes/{name}.yaml and release it",
        )
    return _conditions(live, labels[name])


def _conditions(live: LiveRelease, definition: OutcomeDefinition) -> LabelConditions:
    return conditions_of(definition, {str(name): one for name, one in live.reader.event_types.items()})
