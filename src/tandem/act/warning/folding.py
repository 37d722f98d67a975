"""All warnings as their changes add up: pure, in journal order."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.warning.changes import (
    Acted,
    Dismissed,
    Escalated,
    Labelled,
    Left,
    Outcome,
    Pursued,
    Raised,
    Said,
    Settled,
    Taken,
    WarningChange,
    Worsened,
)
from tandem.act.warning.rules import SEVERITIES, Action, Severity
from tandem.kernel.identity import EventId, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["EarlyWarning", "Happened", "State", "Warnings", "WarningsKept"]

State: TypeAlias = Literal["open", "taken", "acted", "dismissed", "settled"]
_KEPT: Final = 200
"""Changes told of one warning, the newest."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A change, where it stands and when it was recorded."""

    change: WarningChange
    seq: int
    at: Micros


@dataclass(slots=True)
class EarlyWarning:
    """One warning as it is.

    Attributes:
        said: the decision that raised it; latest: the one that says most.
        ends_at: in the time of events: until then it may come true.
        due_at, raised_at: in the time of the house.
        pursued: what was begun for it, by what was asked for: the ids of cases, contacts, proposals.
        left: why what was asked for was left to people, by what was asked for.
        outcome: whether it came true; None while nobody knows. It is settled by what happens, dismissed or not.
        known_at: when that happened, in the time of events; None where no event says so.
        round: settlements so far; labelled_round: the one that stands in the journal as an event.
    """

    warning_id: str
    rule: str
    entity_kind: str
    entity: Pseudonym
    subject: Pseudonym | None
    severity: Severity
    owner: str
    action: Action
    due_at: Micros
    ends_at: Micros
    said: Said
    latest: Said
    raised_at: Micros
    assignee: str | None = None
    acted: bool = False
    dismissed: bool = False
    escalated: bool = False
    pursued: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    outcome: Outcome | None = None
    settled_at: Micros | None = None
    known_at: Micros | None = None
    rolled_at: Micros | None = None
    lead_days: int | None = None
    round: int = 0
    labelled_round: int = 0
    label: EventId | None = None
    history: list[Happened] = field(default_factory=list)

    @property
    def flags(self) -> tuple[str, ...]:
        """What was flagged by the decisions that raised it and that say most, each once."""
        return tuple(dict.fromkeys((*self.said.flags, *self.latest.flags)))

    @property
    def owner_of_secret(self) -> Pseudonym:
        """Whose key seals what people write about it."""
        return self.subject or self.entity

    @property
    def state(self) -> State:
        """What has become of it; settled above all."""
        if self.outcome is not None:
            return "settled"
        if self.dismissed:
            return "dismissed"
        if self.acted:
            return "acted"
        return "open" if self.assignee is None else "taken"

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in {"open", "taken"}

    def copy(self) -> EarlyWarning:
        """As it is now, for whoever looks longer than the lock is held."""
        found = copy(self)
        found.pursued, found.left, found.history = dict(self.pursued), dict(self.left), list(self.history)
        return found


class WarningsKept(msgspec.Struct, frozen=True, kw_only=True):
    """All warnings, in the order they were raised; the others name what is among them, in the order it came there."""

    considered: int
    warnings: list[EarlyWarning]
    unsettled: list[str]
    unlabelled: list[str]
    unpursued: list[str]


class Warnings:
    """The fold; ``considered`` is how far the journal has been looked through for what warns and what settles.

    What there is still to do is kept by what it is, so that finding it costs nothing for all the warnings that are over.
    """

    def __init__(self) -> None:
        self.considered = 0
        self._by_id: dict[str, EarlyWarning] = {}
        self._last: dict[tuple[str, Pseudonym], EarlyWarning] = {}
        self._unsettled: dict[str, EarlyWarning] = {}
        self._unlabelled: dict[str, EarlyWarning] = {}
        self._unpursued: dict[str, EarlyWarning] = {}

    def __len__(self) -> int:
        return len(self._by_id)

    def kept(self) -> WarningsKept:
        """All of them as they are, for a snapshot, which is encoded before anything moves."""
        return WarningsKept(
            considered=self.considered,
            warnings=list(self._by_id.values()),
            unsettled=list(self._unsettled),
            unlabelled=list(self._unlabelled),
            unpursued=list(self._unpursued),
        )

    @classmethod
    def restored(cls, kept: WarningsKept) -> Warnings:
        """The warnings that ``kept`` was taken of."""
        found = cls()
        found.considered = kept.considered
        found._by_id = {one.warning_id: one for one in kept.warnings}
        found._last = {(one.entity_kind, one.entity): one for one in kept.warnings}
        found._unsettled = {one: found._by_id[one] for one in kept.unsettled}
        found._unlabelled = {one: found._by_id[one] for one in kept.unlabelled}
        found._unpursued = {one: found._by_id[one] for one in kept.unpursued}
        return found

    def __iter__(self) -> Iterator[EarlyWarning]:
        return iter(self._by_id.values())

    @property
    def unsettled(self) -> list[EarlyWarning]:
        """Those that may come true still, dismissed or not."""
        return list(self._unsettled.values())

    @property
    def unlabelled(self) -> list[EarlyWarning]:
        """Those settled whose last settlement is no label yet."""
        return list(self._unlabelled.values())

    @property
    def unpursued(self) -> list[EarlyWarning]:
        """Those that wait for somebody, and what they ask for was not begun."""
        return list(self._unpursued.values())

    def get(self, warning_id: str) -> EarlyWarning | None:
        """The warning with that id."""
        return self._by_id.get(warning_id)

    def last_about(self, kind: str, entity: Pseudonym) -> EarlyWarning | None:
        """The newest about that entity, settled or not."""
        return self._last.get((kind, entity))

    def apply(self, change: WarningChange, seq: int, at: Micros) -> EarlyWarning:
        """Take in ``change``."""
        if isinstance(change, Raised):
            found = _raised(change, at)
            self._by_id[change.warning] = self._last[change.entity_kind, change.entity] = found
            self.considered = max(self.considered, change.said.decision_seq)
        else:
            found = self._by_id[change.warning]
            _moved(found, change, at)
            if isinstance(change, Worsened):
                self.considered = max(self.considered, change.said.decision_seq)
            elif isinstance(change, Settled) and change.event_seq is not None:
                self.considered = max(self.considered, change.event_seq)
        found.history.append(Happened(change, seq, at))
        del found.history[:-_KEPT]
        _keep(self._unsettled, found, belongs=found.outcome is None)
        _keep(self._unlabelled, found, belongs=found.round > found.labelled_round)
        _keep(self._unpursued, found, belongs=found.waits and found.action not in {*found.pursued, *found.left})
        return found


def louder(severity: Severity) -> Severity:
    """The next severity up; the loudest stays."""
    return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]


def _keep(some: dict[str, EarlyWarning], one: EarlyWarning, *, belongs: bool) -> None:
    if belongs:
        some[one.warning_id] = one
    else:
        some.pop(one.warning_id, None)


def _raised(change: Raised, at: Micros) -> EarlyWarning:
    return EarlyWarning(
        warning_id=change.warning,
        rule=change.rule,
        entity_kind=change.entity_kind,
        entity=change.entity,
        subject=change.subject,
        severity=change.severity,
        owner=change.owner,
        action=change.action,
        due_at=change.due_at,
        ends_at=change.ends_at,
        said=change.said,
        latest=change.said,
        raised_at=at,
    )


def _moved(found: EarlyWarning, change: WarningChange, at: Micros) -> None:
    match change:
        case Worsened():
            found.rule, found.severity, found.owner = change.rule, change.severity, change.owner
            found.action, found.due_at, found.latest = change.action, change.due_at, change.said
            found.acted = found.dismissed = found.escalated = False  # what was done was done about less
            found.left = {}
        case Taken():
            found.assignee = change.to
        case Escalated():
            found.severity, found.owner, found.due_at = change.severity, change.owner, change.due_at
            found.escalated, found.assignee = True, None
        case Pursued() | Left():
            _begun(found, change)
        case Acted():
            found.acted = True
        case Dismissed():
            found.dismissed = True
        case Settled():
            _settle(found, change, at)
        case Labelled():
            found.labelled_round, found.label = found.round, change.event_id or found.label
        case Raised():  # pragma: no cover - a warning is raised once
            raise AssertionError(change.warning)


def _begun(found: EarlyWarning, change: Pursued | Left) -> None:
    if isinstance(change, Pursued):
        found.pursued[change.action] = change.ref
    else:
        found.left[change.action] = change.why


def _settle(found: EarlyWarning, change: Settled, at: Micros) -> None:
    found.outcome, found.settled_at, found.round = change.outcome, at, found.round + 1
    found.known_at = change.occurred_at
    found.rolled_at = change.occurred_at if change.outcome == "came_true" else None
    found.lead_days = change.lead_days
