"""Reviews of limits as the fold of their changes: where each stands, and when the limit of each account moved last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from tandem.act.limits.changes import (
    Agreed,
    Asked,
    DrawnUp,
    Ended,
    Line,
    LineState,
    Listed,
    Moved,
    ReviewChange,
    ReviewId,
    Settled,
)
from tandem.act.limits.errors import NotOpen
from tandem.act.products import Day
from tandem.kernel.errors import NotFound
from tandem.kernel.time import Micros

__all__ = ["Review", "ReviewLine", "Reviews"]

_WAITING: Final = frozenset({"proposed", "noticed", "offered", "due"})


class ReviewLine(msgspec.Struct, kw_only=True):
    """A line and where it stands.

    Attributes:
        since: the day it came there; on: the day it counts from, or its offer lapses after.
        why: where it lapsed.
    """

    line: Line
    state: LineState = "proposed"
    since: Day | None = None
    on: Day | None = None
    why: str = ""

    @property
    def due_from(self) -> Day | None:
        """The first day on which it is to be carried out, or lapses for want of an answer; None: nothing waits for a day."""
        if self.on is None:
            return None
        return self.on + 1 if self.state == "offered" else self.on  # offered until that day, itself included


class Review(msgspec.Struct, kw_only=True):
    """A review and where it stands.

    Attributes:
        number: reviews count from 1. by: who asked for it; agreed_by: who let it go ahead, ended_by: or not.
    """

    number: int
    drawn_up: DrawnUp
    at: Micros
    lines: dict[str, ReviewLine]
    agreed: Agreed | None = None
    ended: Ended | None = None

    @property
    def state(self) -> str:
        """``proposed``, ``declined``, ``going`` while anything waits, or ``done``."""
        if self.ended is not None:
            return "declined"
        if self.agreed is None:
            return "proposed"
        return "going" if any(one.state in _WAITING for one in self.lines.values()) else "done"


class Reviews:
    """All reviews of a workspace; ``apply`` changes in journal order, then ask."""

    def __init__(self) -> None:
        self._reviews: dict[ReviewId, Review] = {}
        self._of_account: dict[str, list[ReviewId]] = {}
        self._by_day: dict[Day, dict[tuple[ReviewId, str], None]] = {}

    def __iter__(self) -> Iterator[Review]:
        return iter(self._reviews.values())

    def get(self, review_id: str) -> Review | None:
        """The review of that id."""
        return self._reviews.get(ReviewId(review_id))

    def named(self, review_id: str) -> Review:
        """The review of that id.

        Raises:
            NotFound: there is none.
        """
        found = self.get(review_id)
        if found is None:
            raise NotFound(
                "No review of limits has this id.", code="unknown_limit_review", field="review", value=review_id
            )
        return found

    def line(self, review_id: str, account_id: str) -> ReviewLine:
        """What that review asks of that account.

        Raises:
            NotFound: no such review, or it asks nothing of the account.
        """
        found = self.named(review_id).lines.get(account_id)
        if found is None:
            raise NotFound(
                "This review moves no such account.", code="unknown_account", field="account", value=account_id
            )
        return found

    def of_account(self, account_id: str) -> list[Review]:
        """Reviews that ask something of that account, oldest first."""
        return [self._reviews[one] for one in self._of_account.get(account_id, ())]

    def due(self, day: Day) -> list[tuple[ReviewId, str]]:
        """What is due by ``day``, as reviews and accounts, that of the earliest day first; what is not costs no look."""
        return [one for due in sorted(self._by_day) if due <= day for one in self._by_day[due]]

    def pending(self, account_id: str) -> bool:
        """Whether a review still has something open with it."""
        return any(one.ended is None and one.lines[account_id].state in _WAITING for one in self.of_account(account_id))

    def apply(self, change: ReviewChange, seq: int, at: Micros) -> None:
        """Take in ``change``.

        Raises:
            NotFound: of a review or account that is not there. NotOpen: it is past that.
        """
        del seq
        if isinstance(change, DrawnUp):
            self._reviews[change.review] = Review(number=len(self._reviews) + 1, drawn_up=change, at=at, lines={})
        elif isinstance(change, Listed):
            review = self.named(change.review)
            for line in change.lines:
                review.lines[line.account] = ReviewLine(line=line)
                self._of_account.setdefault(line.account, []).append(change.review)
        elif isinstance(change, Agreed | Ended):
            self._agree_or_end(change)
        else:
            self._move_line(change)

    def _agree_or_end(self, change: Agreed | Ended) -> None:
        review = self.named(change.review)
        if review.state != "proposed":
            raise _past(review.state, "review", change.review)
        if isinstance(change, Ended):
            review.ended = change
            for one in review.lines.values():
                one.state = "dropped"
            return
        review.agreed = change
        for one in review.lines.values():
            one.since, kind = change.day, one.line.kind
            if kind == "decrease":
                one.state, one.on = "noticed", change.decreases_on
            elif kind == "increase" and change.offered_until is not None:
                one.state, one.on = "offered", change.offered_until
            else:
                one.state, one.on = "due", change.day
            self._await(change.review, one, None)

    def _await(self, review: ReviewId, one: ReviewLine, before: Day | None) -> None:
        """Keep it under the day from which it is due, and no more under the day ``before``."""
        place = review, one.line.account
        if before is not None:
            del self._by_day[before][place]
            if not self._by_day[before]:
                del self._by_day[before]
        if one.due_from is not None:
            self._by_day.setdefault(one.due_from, {})[place] = None

    def _move_line(self, change: Asked | Moved | Settled) -> None:
        one = self.line(change.review, change.account)
        before = one.due_from
        if isinstance(change, Asked):
            if one.state != "offered":
                raise _past(one.state, "account", change.account)
            if one.on is not None and change.day > one.on:
                raise _past("lapsed", "account", change.account)
            one.state, one.on = ("due", change.day) if change.consents else ("declined", None)
        elif isinstance(change, Moved):
            if one.state not in {"due", "noticed"} or one.on is None or change.day < one.on:
                raise _past(one.state, "account", change.account)
            one.state, one.on = "moved", None
        else:
            if one.state not in _WAITING:
                raise _past(one.state, "account", change.account)
            one.state, one.on, one.why = "lapsed", None, change.why
        one.since = change.day
        self._await(change.review, one, before)


def _past(state: str, field: str, value: str) -> NotOpen:
    return NotOpen(f"This is {state}.", field=field, value=value, hint="look at where it stands first")
