"""Offers as the fold of their changes: where each stands, what everybody was told lately, and who wants no more. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from tandem.act.offers.changes import Answered, Blocked, Closed, Decided, OfferChange, OfferId, Told
from tandem.act.products import Day
from tandem.kernel.errors import IntegrityError, NotFound
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Offer", "OfferState", "Offers"]

OfferState: TypeAlias = Literal["held_out", "nothing", "waiting", "told", "blocked", "accepted", "refused", "closed"]
"""Held out; drawn to be told nothing; to be told; told; stopped by a rule; as the customer answered; over."""


class Offer(msgspec.Struct, kw_only=True):
    """One decision to offer something, or nothing.

    Attributes:
        contact: that told it; blocked: the rule that stopped it.
    """

    decided: Decided
    at: Micros
    contact: str | None = None
    blocked: str | None = None
    answered: Answered | None = None
    closed: Closed | None = None

    @property
    def state(self) -> OfferState:
        """Where it stands."""
        if self.closed is not None:
            return "closed"
        if self.answered is not None:
            return self.answered.answer
        if self.decided.channel is None:
            return "held_out" if self.decided.arm == "held_out" else "nothing"
        if self.blocked is not None:
            return "blocked"
        return "waiting" if self.contact is None else "told"

    @property
    def counts(self) -> bool:
        """Whether it counts towards what a person is told: on its way it does, stopped it does not."""
        return self.decided.channel is not None and self.blocked is None

    @property
    def answerable(self) -> bool:
        """Whether the customer may answer: it was told, nobody answered, and its days are not over."""
        return self.contact is not None and self.counts and self.answered is None and self.closed is None


class Offers:
    """All offers of a workspace; ``apply`` changes in journal order, then ask.

    Attributes:
        open: not closed, by id, oldest first; waiting: to be told.
        refused: the day on which somebody last refused a programme; never: who wants it never again.
    """

    def __init__(self) -> None:
        self._offers: dict[OfferId, Offer] = {}
        self._of_owner: dict[Pseudonym, list[Offer]] = {}
        self._last: dict[tuple[str, str], Offer] = {}
        self.open: dict[OfferId, Offer] = {}
        self.waiting: dict[OfferId, Offer] = {}
        self.refused: dict[tuple[Pseudonym, str], Day] = {}
        self.never: set[tuple[Pseudonym, str]] = set()

    def __iter__(self) -> Iterator[Offer]:
        return iter(self._offers.values())

    def __len__(self) -> int:
        return len(self._offers)

    def newest(self) -> Iterator[Offer]:
        """The newest first."""
        return reversed(self._offers.values())

    def named(self, offer: str) -> Offer:
        """The offer of that id.

        Raises:
            NotFound: there is none.
        """
        found = self._offers.get(OfferId(offer))
        if found is None:
            raise NotFound("No offer has this id.", code="unknown_offer", field="offer", value=offer)
        return found

    def of(self, owner: Pseudonym) -> list[Offer]:
        """Those to one person, oldest first."""
        return self._of_owner.get(owner, [])

    def last_of(self, programme: str, account: str) -> Offer | None:
        """The last one that a programme decided for an account."""
        return self._last.get((programme, account))

    def told(self, owner: Pseudonym, day: Day, days: int) -> int:
        """How many offers one person was told, by all programmes, on ``day`` and the days right before it, ``days`` in all."""
        return sum(one.counts and day - days < one.decided.day for one in self.of(owner))

    def apply(self, change: OfferChange, seq: int, at: Micros) -> None:
        """Take in ``change``.

        Raises:
            IntegrityError: it is about what never was.
        """
        if isinstance(change, Decided):
            self._decided(change, at)
            return
        found = self._offers.get(change.offer)
        if found is None:
            raise IntegrityError("What was changed never was.", code="unknown_offer", at=f"record {seq}")
        if isinstance(change, Told):
            found.contact = change.contact
            self.waiting.pop(change.offer, None)
        elif isinstance(change, Blocked):
            found.blocked = change.why
            self.waiting.pop(change.offer, None)
        elif isinstance(change, Answered):
            found.answered = change
            if change.answer == "refused":
                self.refused[change.owner, found.decided.programme] = change.day
            if change.never:
                self.never.add((change.owner, found.decided.programme))
        else:
            found.closed = change
            self.open.pop(change.offer, None)
            self.waiting.pop(change.offer, None)

    def _decided(self, change: Decided, at: Micros) -> None:
        found = Offer(decided=change, at=at)
        self._offers[change.offer] = self.open[change.offer] = found
        self._of_owner.setdefault(change.owner, []).append(found)
        self._last[change.programme, change.account] = found
        if change.channel is not None:
            self.waiting[change.offer] = found
