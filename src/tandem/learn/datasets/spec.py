"""What a person asks for when they build a training set, and what was resolved of it."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import Micros
from tandem.learn.labels import OutcomeDefinition

__all__ = ["DatasetSpec", "check_name"]

_NAME: Final = re.compile(r"^[a-z][a-z0-9_]{0,79}$")


class DatasetSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A training set: every decided event of one type with what was known then, and its label as of a place of the journal.

    Attributes:
        label: the definition, whole, so that the set can be built again when the live one has moved on.
        seq, at: as of when: everything up to this place of the journal, seen at this instant (processing time).
        since, until: only events that happened from, and before, these instants.
        features: names of feature sets and graphs; None for all that can be known of the event.
        explored: ``STAGE:ARM`` of a split that lets some through whom the policy would decline; its share is the chance.
        forbid: columns that may not be used in training; carried to whoever trains.
    """

    label: OutcomeDefinition
    seq: int
    at: Micros
    since: Micros | None = None
    until: Micros | None = None
    features: tuple[str, ...] | None = None
    explored: str = ""
    forbid: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise InvalidInput(
                "The stretch of time is empty.", code="empty_period", field="until", value=self.until,
                hint="give a --to that lies after --from",
            )  # fmt: skip
        if self.explored and not re.match(r"^[^:]+:[^:]+$", self.explored):
            raise InvalidInput(
                "It does not name the arm of a split.", code="wrong_shape", field="explored", value=self.explored,
                hint="write STAGE:ARM, as in try_some:yes",
            )  # fmt: skip


def check_name(name: str) -> str:
    """A name for a set.

    Raises:
        InvalidInput: it is not one.
    """
    if _NAME.match(name) is None:
        raise InvalidInput(
            "Not a name for a training set.", code="invalid_name", field="name", value=name,
            hint="lower case letters, digits and _, beginning with a letter, at most 80",
        )  # fmt: skip
    return name
