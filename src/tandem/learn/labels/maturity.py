"""The label of one decided event, as known at a place of the journal and an instant: the file a sceptic reads first.

Two questions are kept apart. *What was told?* Of everything recorded up to place S about the event, what was corrected since
and what happened outside the performance window is left out; of the rest, what was recorded last counts. *Is it trusted?*
From ``matures`` after the event on, and where the definition names no such time, as soon as something was told. Instants are
of processing time where they say what we knew (S, T), and of event time where they say what happened (event, telling, window).

In this order, the state is

    excluded     an exclusion is true of the event: never labelled
    declined     nothing was told, and it was declined: nobody will ever know
    mature       T is at or past maturity and something was told, or silence means good and it was approved
    unknown      nothing was told that would settle it, and T is at or past maturity or nobody said when that is
    provisional  before maturity, and something was told already, or the early sign was
    immature     before maturity, and nothing was told at all

Only ``mature`` teaches. A bad that is told before maturity is not taken early either: where the bads of a month come in first and
its goods later, a set that took both as they come would learn that recent months are worse than they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from tandem.kernel.time import Micros
from tandem.learn.labels.definitions import OutcomeDefinition

__all__ = ["Asked", "DecidedEvent", "Label", "LabelState", "Terms", "Told", "label_of"]

_APPROVED: Final = "approve"
_DECLINED: Final = "decline"


class LabelState(StrEnum):
    """What a label is worth; see above."""

    IMMATURE = "immature"
    PROVISIONAL = "provisional"
    MATURE = "mature"
    EXCLUDED = "excluded"
    DECLINED = "declined"
    UNKNOWN = "unknown"


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The times of a definition, in microseconds. None: no window; mature once told."""

    window: int | None = None
    matures: int | None = None
    good_when_silent: bool = False
    early_window: int | None = None

    @classmethod
    def of(cls, definition: OutcomeDefinition) -> Terms:
        """Those of ``definition``; an early sign counts until the label is mature where it names no window."""
        sign = definition.provisional
        return cls(
            window=definition.window_us,
            matures=definition.matures_us,
            good_when_silent=definition.good_when_silent,
            early_window=definition.matures_us if sign is None or sign.window_us is None else sign.window_us,
        )


class DecidedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """The event that is labelled.

    Attributes:
        decision: what was answered; None where it was recorded without a decision, which counts as approved: a book of
            loans that was taken in was lent.
        excluded: why it is never labelled, if so.
    """

    seq: int
    occurred_at: Micros
    decision: str | None = None
    excluded: str | None = None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One event that tells of it.

    Attributes:
        seq, received_at: when we learned of it, in the journal and in processing time.
        occurred_at: when it happened.
        bad: whether it went badly; None where it tells nothing.
        supersedes: id of the event that it corrects.
        early: it is the early sign and not the outcome.
    """

    seq: int
    event_id: str
    received_at: Micros
    occurred_at: Micros
    bad: bool | None
    supersedes: str | None = None
    early: bool = False


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """As of when: everything up to place ``seq``, seen at ``at`` (processing time)."""

    seq: int
    at: Micros


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What is known.

    Attributes:
        bad: what was told, or what silence means; None where nothing did. Trust it only where the state is mature.
        known_at: when this label came to stand as it does: the telling's processing time, and not before maturity.
        reason: of an exclusion.
    """

    state: LabelState
    bad: bool | None = None
    known_at: Micros | None = None
    reason: str = ""


def label_of(event: DecidedEvent, told: Iterable[Told], terms: Terms, asked: Asked) -> Label:
    """The label of ``event`` as of ``asked``.

    Args:
        told: everything that ever told of it, in any order; what came after ``asked`` is not looked at. A correction that
            tells of another event by now is among it too, with ``bad`` unknown: it takes back what was told of this one.
    """
    if event.excluded is not None:
        return Label(state=LabelState.EXCLUDED, reason=event.excluded)
    known = [one for one in told if one.seq <= asked.seq]
    corrected = {one.supersedes for one in known}
    standing = [one for one in known if one.event_id not in corrected and one.bad is not None]
    last = _last(event, [one for one in standing if not one.early], terms.window)
    if last is None and event.decision == _DECLINED:
        return Label(state=LabelState.DECLINED)
    ripe = _ripe_at(event, last, terms)
    if ripe is None or asked.at < ripe:
        early = last or _last(event, [one for one in standing if one.early], terms.early_window)
        if early is None:
            return Label(state=LabelState.IMMATURE if terms.matures is not None else LabelState.UNKNOWN)
        return Label(state=LabelState.PROVISIONAL, bad=early.bad, known_at=early.received_at)
    if last is not None:
        return Label(state=LabelState.MATURE, bad=last.bad, known_at=Micros(max(ripe, last.received_at)))
    if terms.good_when_silent and event.decision in {None, _APPROVED}:
        return Label(state=LabelState.MATURE, bad=False, known_at=ripe)
    return Label(state=LabelState.UNKNOWN)


def _last(event: DecidedEvent, told: Iterable[Told], window: int | None) -> Told | None:
    """What was recorded last, of what happened within the window."""
    inside = [one for one in told if window is None or 0 <= one.occurred_at - event.occurred_at <= window]
    return max(inside, key=lambda one: one.seq, default=None)


def _ripe_at(event: DecidedEvent, last: Told | None, terms: Terms) -> Micros | None:
    """From when on the label is trusted; None where nothing was told and nobody said when."""
    if terms.matures is not None:
        return Micros(event.occurred_at + terms.matures)
    return None if last is None else last.received_at
