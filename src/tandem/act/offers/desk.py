"""The desk of offers: it decides who is told what, has it told through the one door, takes answers, and counts what came of it.

A decision is on record before anything is told, and its id is the key of the contact; so whatever ends in between is found again,
and nobody is told anything twice.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

from tandem.act.books import Book, Draft, Request
from tandem.act.lending import Account, LendingDesk
from tandem.act.offers.changes import (
    SYSTEM,
    Answer,
    Answered,
    Blocked,
    Closed,
    Decided,
    OfferChange,
    Told,
    decided,
    decode_change,
    encode_change,
)
from tandem.act.offers.deciding import Candidate, against_alone, against_person, message_of
from tandem.act.offers.door import Door
from tandem.act.offers.effect import OfferEffect, effect_of
from tandem.act.offers.errors import NotOpen
from tandem.act.offers.folding import Offer, Offers
from tandem.act.offers.guarding import history_bars
from tandem.act.offers.outcomes import closing
from tandem.act.offers.programmes import InForce, Programmes
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, NotFound, TandemError, Unavailable
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, MINUTE, Clock, Micros

__all__ = ["OfferDesk", "Rounded"]

_LOG: Final = logging.getLogger(__name__)
_LOOK_EVERY_S: Final = 30.0
_DECIDE_EVERY: Final = 10 * MINUTE
_AT_ONCE: Final = 500
T = TypeVar("T")


class Rounded(msgspec.Struct, kw_only=True):
    """What one round did, in numbers.

    Attributes:
        why_not: by programme, why accounts of its products were not decided on.
    """

    decided: int = 0
    told: int = 0
    blocked: int = 0
    closed: int = 0
    why_not: dict[str, Counter[str]] = {}


class OfferDesk:
    """Safe to call from several threads. It works by itself while ``running``, else when asked.

    Args:
        process: the one writer; stays open when the desk stops.
        lending: whose customers are told.
        door: the way out, and what is known of who agreed to offers.
    """

    def __init__(self, process: DecisionProcess, lending: LendingDesk, door: Door, *, clock: Clock) -> None:
        self._process = process
        self._lending = lending
        self._door = door
        self._clock = clock
        self.programmes = Programmes(process)
        self._book: Book[Offers, OfferChange] = Book(
            process, clock, kind="offer", empty=Offers, encode=encode_change, decode=decode_change
        )
        self._turn = threading.Lock()
        self._last_pass: tuple[object, Micros] | None = None
        self._why_not: Mapping[str, Mapping[str, int]] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # -- reading -----------------------------------------------------------------------------------------------------

    def today(self) -> Day:
        """The day, in UTC."""
        return self._clock.now() // DAY

    def look(self, see: Callable[[Offers], T]) -> T:
        """What ``see`` makes of all offers; nothing moves meanwhile, so it must not keep them."""
        with self._book.lock:
            return see(self._book.now)

    @property
    def why_not(self) -> Mapping[str, Mapping[str, int]]:
        """By programme, why accounts of its products were told nothing in the last pass of this process."""
        return self._why_not

    def effect(self, programme: str) -> OfferEffect:
        """What a programme did by now.

        Raises:
            NotFound: no such programme.
        """
        self.programmes.named(programme)
        return self.look(lambda offers: effect_of(one for one in offers if one.decided.programme == programme))

    def why(self, account_id: str) -> dict[str, str | None]:
        """By programme of the account's product, why it would be told nothing now; None: it qualifies. Nothing is recorded.

        Raises:
            NotFound: no such account.
        """
        account = self._lending.account(account_id)
        others = self._of(account.owner)
        found: dict[str, str | None] = {}
        for name, programme in self.programmes.all.items():
            if account.product in programme.programme.products:
                looked = self._candidate(programme, account, others, self.today(), known_only=True)
                found[name] = looked if isinstance(looked, str) else None
        return found

    def mine(self, owner: Pseudonym) -> list[Offer]:
        """What one customer was told and may still answer, or has answered, newest first; nothing that they were not told."""
        return self.look(
            lambda offers: [
                msgspec.structs.replace(one)
                for one in reversed(offers.of(owner))
                if one.contact is not None and one.counts and one.closed is None
            ]
        )

    # -- changing ----------------------------------------------------------------------------------------------------

    def answer(
        self, owner: Pseudonym, offer: str, answer: Answer, *, never: bool, by: str, proven: bool = True
    ) -> Offer:
        """Take down what a customer says to an offer of theirs; the same again is the same.

        Args:
            never: they want this programme never again; only with a refusal.
            proven: they proved who they are; nobody else has any offer.

        Raises:
            NotFound: they have no such offer. NotOpen: it is over. Conflict: they have said otherwise before.
        """
        if not proven or not any(
            one.decided.offer == offer for one in self.look(lambda offers: list(offers.of(owner)))
        ):
            raise NotFound("You have no such offer.", code="unknown_offer", field="offer", value=offer)

        def draft(offers: Offers, _: Micros) -> Draft[OfferChange]:
            found = offers.named(offer)
            if not found.answerable:
                raise NotOpen("This offer is over.", field="offer", value=offer, hint="look at what stands open")
            change = Answered(
                offer=found.decided.offer, owner=owner, by=by, answer=answer, day=self.today(),
                never=never and answer == "refused",
            )  # fmt: skip
            return Draft(change=change, owner=owner)

        self._book.ask(Request(key=f"{offer}:answer", asked=["answer", offer, answer, never], draft=draft))
        return self.look(lambda offers: msgspec.structs.replace(offers.named(offer)))

    def round(self) -> Rounded:
        """Close what is over, tell what waits, decide what is due, and tell that. Done again it does nothing twice.

        Raises:
            Unavailable: the journal does not take it now; the next round goes on.
        """
        with self._turn:
            done = self._follow()
            self._decide(done)
            return done

    # -- running by itself -------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Working in a thread of its own, and stopped at the end."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="offer-desk", daemon=True)
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._thread.join()
            self._thread = None

    # -- inside ------------------------------------------------------------------------------------------------------

    def _of(self, owner: Pseudonym) -> list[Account]:
        return self._lending.look(lambda accounts: accounts.of(owner))

    def _follow(self) -> Rounded:
        done, day = Rounded(), self.today()
        self._close(done, day)
        self._tell(done, day)
        self._see_stopped(done)
        return done

    def _close(self, done: Rounded, day: Day) -> None:
        over = self.look(lambda offers: [one for one in offers.open.values() if one.decided.until < day])
        requests: list[Request[Offers, OfferChange]] = []
        for one in over:
            try:
                account = self._lending.account(one.decided.account)
            except NotFound:  # a journal that was restored from a backup
                continue
            others = self._of(account.owner)
            answer = None if one.answered is None else one.answered.answer
            change = closing(one.decided, answer, account, others, day)
            requests.append(_request(f"{change.offer}:closed", ["closed", change.offer], change))
        for start in range(0, len(requests), _AT_ONCE):
            made = self._book.ask_all(requests[start : start + _AT_ONCE])
            done.closed += sum(not isinstance(one, TandemError) and not one.again for one in made)

    def _tell(self, done: Rounded, day: Day) -> None:
        """What was decided and is not on its way: of this round, or left by a crash."""
        waiting = self.look(lambda offers: [one.decided for one in offers.waiting.values()])
        for one in waiting:
            if self._stopping.is_set():
                return
            change = self._told(one, day)
            self._book.ask(_request(f"{one.offer}:told", ["told", one.offer], change))
            if isinstance(change, Blocked):
                done.blocked += 1
            else:
                done.told += 1

    def _told(self, one: Decided, day: Day) -> Told | Blocked:
        found = self.programmes.all.get(one.programme)
        why = "stale_day" if one.day != day else None if found is not None else "programme_ended"
        if why is None and found is not None and one.channel is not None:
            try:
                account = self._lending.account(one.account)
                reach = self._door.reach(account)
                message = message_of(
                    found.programme, one, one.subject, one.channel, reach.language, self._lending.shelf.products,
                    currency=one.currency,
                )  # fmt: skip
                sent = self._door.tell(message, key=one.offer)
            except Unavailable:
                raise
            except Conflict:  # it was told before a crash, in other words: once is enough
                return Told(offer=one.offer, owner=one.owner, by=SYSTEM, contact="unclear")
            except TandemError as error:
                why = error.code
            else:
                if sent.blocked is None:
                    return Told(offer=one.offer, owner=one.owner, by=SYSTEM, contact=sent.contact)
                why = sent.blocked
        return Blocked(offer=one.offer, owner=one.owner, by=SYSTEM, why=why or "no_channel")

    def _see_stopped(self, done: Rounded) -> None:
        """What a rule stopped as it was to leave."""
        told = self.look(
            lambda offers: [
                (one.decided, one.contact) for one in offers.open.values() if one.contact is not None and one.counts
            ]
        )
        for one, contact in told:
            why = self._door.stopped(contact)
            if why is not None:
                change = Blocked(offer=one.offer, owner=one.owner, by=SYSTEM, why=why)
                self._book.ask(_request(f"{one.offer}:stopped", ["stopped", one.offer], change))
                done.blocked += 1

    def _decide(self, done: Rounded) -> None:
        in_force, day = self.programmes.all, self.today()
        self._last_pass = (self._process.live, self._clock.now())
        if not in_force:
            self._why_not = {}
            return
        wanted = {product for one in in_force.values() for product in one.programme.products}
        owned: dict[Pseudonym, list[Account]] = {}
        for account in list(
            self._lending.look(lambda accounts: accounts.as_now())
        ):  # read while they are changed there
            owned.setdefault(account.owner, []).append(account)
        for name, found in in_force.items():
            tally = done.why_not[name] = Counter()
            ready: list[Candidate] = []
            for others in owned.values():
                for account in others:
                    if (
                        account.product not in wanted
                        or account.product not in found.programme.products
                        or account.ended
                    ):
                        continue
                    looked = self._candidate(found, account, others, day)
                    if isinstance(looked, str):
                        tally[looked] += 1
                    else:
                        ready.append(looked)
            self._draw(done, found, ready, day, tally)
            self._tell(done, day)
        self._why_not = {name: dict(tally) for name, tally in done.why_not.items()}

    def _candidate(
        self, found: InForce, account: Account, others: Sequence[Account], day: Day, *, known_only: bool = False
    ) -> Candidate | str:
        shelf, caps = self._lending.shelf.products, self.programmes.caps
        with self._book.lock:
            alone = against_alone(found, account, others, self._book.now, caps, shelf, day)
        if isinstance(alone, str):
            return alone
        row, subject = alone
        if found.programme.purpose == "marketing" and not self._door.agreed(account.owner):
            return "no_consent"
        try:
            reach = self._door.known(account) if known_only else self._door.reach(account)
            if reach is None:
                return "not_looked_at"
            return against_person(found, account, row, subject, reach, self._door, shelf)
        except Unavailable:
            raise
        except TandemError as error:  # one account stops none of the others
            _LOG.warning("Nothing is offered about the account %s: %s", account.account_id, error.code)
            return error.code

    def _draw(self, done: Rounded, found: InForce, ready: Sequence[Candidate], day: Day, tally: Counter[str]) -> None:
        programme, caps = found.programme, self.programmes.caps

        def request(one: Candidate) -> Request[Offers, OfferChange]:
            account = one.account
            chosen = found.chooser.choose(account.owner, account.account_id, one.row, day, one.channels)
            change = decided(
                programme.name, programme.kind, found.digest, owner=account.owner, account=account.account_id,
                product=account.product, currency=account.currency, day=day, until=day + programme.answer_days,
                chosen=chosen, subject=one.subject, facts=one.row,
            )  # fmt: skip

            def draft(offers: Offers, _: Micros) -> Draft[OfferChange]:
                barred = history_bars(offers, programme, caps, account, day)
                if barred is not None:  # something was decided meanwhile
                    raise NotOpen("Something stands against it by now.", code=barred)
                return Draft(change=change, owner=account.owner)

            return Request(key=change.offer, asked=["decided", change.offer], draft=draft)

        for start in range(0, len(ready), _AT_ONCE):
            for made in self._book.ask_all([request(one) for one in ready[start : start + _AT_ONCE]]):
                if isinstance(made, TandemError):
                    tally[made.code] += 1
                else:
                    done.decided += not made.again

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._turn:
                    done = self._follow()
                    if self._is_time():
                        self._decide(done)
                if done.decided or done.told or done.closed:
                    _LOG.info("Offers: %d decided, %d told, %d closed", done.decided, done.told, done.closed)
            except Unavailable:
                _LOG.info("The journal takes no offers now; it is tried again in a moment")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Offers could not be made; it is tried again in a moment")
            self._stopping.wait(_LOOK_EVERY_S)

    def _is_time(self) -> bool:
        """Whether all accounts are to be looked at again: every ten minutes, and under another release at once."""
        if self._last_pass is None or self._last_pass[0] is not self._process.live:
            return True
        return self._clock.now() - self._last_pass[1] >= _DECIDE_EVERY


def _request(key: str, asked: object, change: Told | Blocked | Closed) -> Request[Offers, OfferChange]:
    return Request(key=key, asked=asked, draft=lambda _, __: Draft(change=change, owner=change.owner))
