"""The desk's own work, round by round: who came in and who is out, promises and offers settled, the day's contacts.

A round done again does nothing twice: what it writes follows from the book, or has a key. It ends anywhere and goes on.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

import msgspec

from tandem.act.books import Book, Draft, Request
from tandem.act.collections import automatic, settling
from tandem.act.collections.agenda import Agenda
from tandem.act.collections.changes import SYSTEM, Change, Entered, Proposed, Spared
from tandem.act.collections.folding import Files, Offer
from tandem.act.collections.governor import Governor
from tandem.act.collections.outgoing import Outgoing
from tandem.act.collections.reaching import Reach, reach_of_event
from tandem.act.collections.rulebook import Rulebook
from tandem.act.collections.types import AUTOMATIC
from tandem.act.lending import Account, Accounts, LendingDesk
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, TandemError, Unavailable
from tandem.kernel.identity import EventTypeName, Pseudonym
from tandem.kernel.time import DAY, HOUR, Clock, Micros

__all__ = ["Tended", "Tending"]

_AT_ONCE: Final = 500
_LOG: Final = logging.getLogger(__name__)


class Tended(msgspec.Struct, kw_only=True):
    """What one round did, in numbers."""

    entered: int = 0
    left: int = 0
    promises: int = 0
    wanted: int = 0
    proposed: int = 0
    sent: int = 0


class Tending:
    """One round after the other; one thread at a time.

    Args:
        reach: takes the contact details of an application, for an account that came in.
        named: how products are called.
    """

    def __init__(
        self,
        process: DecisionProcess,
        book: Book[Files, Change],
        governor: Governor,
        outgoing: Outgoing,
        rulebook: Rulebook,
        lending: LendingDesk,
        *,
        clock: Clock,
        reach: Callable[[Account, Reach], object],
        named: automatic.Naming,
    ) -> None:
        self._process = process
        self._book = book
        self._governor = governor
        self._outgoing = outgoing
        self._rulebook = rulebook
        self._lending = lending
        self._clock = clock
        self._add = reach
        self._named = named
        self._agenda = Agenda()
        self._weighed: set[str] = set()

    def round(self) -> Tended:
        """Everything that is due now.

        Raises:
            Unavailable: the journal does not take it now; the next round goes on.
        """
        done, day = Tended(), self._clock.now() // DAY
        if not self._rulebook.now.by_product:
            return done  # nobody is collected from without a strategy
        through = False
        try:
            self._go_through(done, day)
            through = True
        finally:
            self._agenda.ended(through=through)
        done.sent = self._outgoing.send()
        return done

    # -- inside --------------------------------------------------------------------------------------------------

    def _go_through(self, done: Tended, day: Day) -> None:
        accounts, everything = self._to_read(day)
        near = {name: one for name, one in accounts.items() if self._is_near(one, day)}
        self._enter(done, near, day)
        self._leave(done, {name: one for name, one in accounts.items() if name not in near}, day)
        self._settle(done, accounts, day, everything=everything)
        self._work(done, near)

    def _to_read(self, day: Day) -> tuple[dict[str, Account], bool]:
        """The accounts that this round is about, by id, and whether these are all that are late, soon due or in collections."""
        in_force, agenda = self._rulebook.now, self._agenda
        moved = self._lending.look(agenda.moved)
        with self._book.lock:
            files = self._book.now
            told = [account for debtor in agenda.told(files) for account in files.accounts_of.get(debtor, ())]
            begins = agenda.begins(day, in_force)
            known = [one.account for one in files.work.values() if one.is_in] if begins else []
        late_on = day + max(one.days_before for one in in_force.by_product.values()) + 1
        found = (
            self._numbered(self._lending.look(lambda accounts: [*accounts.newest(late_on=late_on)])) if begins else {}
        )
        again = self._numbered(moved)
        agenda.note([*found, *known], again=False)
        agenda.note([*again, *told], again=True)
        found.update(again)
        rest = [one for one in agenda.noted(self._clock.now()) if one not in found]
        return found | self._accounts(rest), begins

    def _numbered(self, numbers: Sequence[int]) -> dict[str, Account]:
        """These accounts, by id; a few at a time, for whoever pays meanwhile does not wait for all of them."""
        found: dict[str, Account] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            found.update((one.account_id, one) for one in self._lending.look(partial(_read, some)))
        return found

    def _is_near(self, account: Account, day: Day) -> bool:
        """Whether it is late on ``day``, or a strategy reminds of its due date."""
        strategy = self._rulebook.now.by_product.get(account.product)
        if strategy is None or account.state in {"written_off", "closed"}:
            return False
        return account.oldest_due() < day or account.oldest_due() - day <= strategy.days_before

    def _enter(self, done: Tended, near: dict[str, Account], day: Day) -> None:
        def drafts(files: Files, _now: Micros) -> list[Draft[Change]]:
            return [Draft(change=one, owner=one.debtor) for one in settling.entering(files, near.values(), day)]

        with self._book.lock:
            if next(settling.entering(self._book.now, near.values(), day), None) is None:
                return
        written = self._book.write(drafts)
        done.entered += len(written)
        for one in written:
            assert isinstance(one.change, Entered)
            with _one_alone("account", one.change.account):
                self.reach(near[one.change.account])

    def reach(self, account: Account) -> None:
        """Take the contact details of the application that an account was opened on."""
        live = self._process.live
        if account.decision is None or live is None:
            return
        try:
            trail = self._process.archive.find(account.decision)["trail"]
        except TandemError:
            return
        record = next(iter(self._process.journal.at([trail["event_seq"]])), None)
        secret = None if record is None else self._process.journal.open_secret(record)
        if not isinstance(secret, bytes):
            return
        values: dict[str, Any] = msgspec.json.decode(secret, type=dict[str, Any])
        event_type = live.reader.event_types.get(EventTypeName(trail["event_type"]))
        for reach in reach_of_event(event_type, values):
            try:
                self._add(account, reach)
            except TandemError as error:  # no number at all, or no place for it now: a person adds what is missing
                _LOG.info("A contact detail of an application cannot be used: %s", error.code)

    def _leave(self, done: Tended, gone: dict[str, Account], day: Day) -> None:
        def drafts(files: Files, _now: Micros) -> list[Draft[Change]]:
            return [Draft(change=one, owner=one.debtor) for one in settling.leaving(files, gone, day)]

        with self._book.lock:
            if next(settling.leaving(self._book.now, gone, day), None) is None:
                return
        done.left += len(self._book.write(drafts))

    def _settle(self, done: Tended, accounts: dict[str, Account], day: Day, *, everything: bool) -> None:
        """End what promises and offers came to: of the accounts of this round, of what is over by its day, of new answers."""
        with self._book.lock:
            files = self._book.now
            promised = [one.account for one in files.open_promises.values() if everything or one.due < day]
            offered = [
                one
                for one in files.open_offers.values()
                if one.outcome == "accepted"
                and (
                    everything or one.account in accounts or one.offer not in self._weighed or one.kind == "restructure"
                )
            ]
            self._weighed &= files.open_offers.keys()
        missing = {*promised, *(one.account for one in offered)} - accounts.keys()
        accounts = accounts | self._accounts(missing)
        for offer in offered:
            account = accounts.get(offer.account)
            if account is None:
                continue
            if offer.kind == "restructure" or settling.met(offer, account, day):
                with _one_alone("offer", offer.offer):
                    self.carry_out(offer)
            self._weighed.add(offer.offer)

        def found(files: Files) -> Iterator[Change]:
            yield from settling.settled(files, accounts, day)
            yield from settling.lapsed(files, day)

        def drafts(files: Files, _now: Micros) -> Iterator[Draft[Change]]:
            return (Draft(change=one, owner=one.debtor) for one in found(files))

        with self._book.lock:
            due = next(found(self._book.now), None) is not None
        if due:
            done.promises += len(self._book.write(drafts))

    def carry_out(self, offer: Offer) -> None:
        """Do what was agreed, and say so, so that it ends: a crash between leaves it to the next round.

        Raises:
            NotOwed, NotAllowed: an account does not take it. Unavailable: the next round goes on.
        """
        day = self._clock.now() // DAY
        todo = settling.carried_out(offer, self._lending.account(offer.account), day)
        for plan, fact in todo.items():
            try:
                self._lending.happen(
                    offer.account, plan, fact, key=settling.key_of(offer, plan), by=offer.by, own=settling.OWN
                )
            except Conflict as error:
                if error.code != "key_reused":  # it was done, and somebody took it back: that stands
                    raise

        def drafts(files: Files, _now: Micros) -> list[Draft[Change]]:
            if offer.offer not in files.open_offers:
                return []
            change = settling.ended(files, offer, "met", day)
            return [Draft(change=change, owner=change.debtor)]

        self._book.write(drafts)

    def _accounts(self, ids: Iterable[str]) -> dict[str, Account]:
        found = {}
        for one in ids:
            with _one_alone("account", one):
                found[one] = self._lending.account(one)
        return found

    def _work(self, done: Tended, near: dict[str, Account]) -> None:
        for account in near.values():
            if self._agenda.is_looked(account.account_id):
                continue
            now = self._clock.now()
            again_at: Micros | None = Micros(now + HOUR)  # should this one fail
            with _one_alone("account", account.account_id):
                again_at = self._work_on(done, account, now)
            self._agenda.looked(account.account_id, again_at)

    def _work_on(self, done: Tended, account: Account, now: Micros) -> Micros | None:
        picker, rules = self._rulebook.picker_for(account.product), self._rulebook.rules_for(account.product)
        with self._book.lock:
            files = self._book.now
            work = files.work.get(account.account_id)
            if work is None or picker is None or work.agency is not None or work.taken_by is not None:
                return None
            looked = automatic.look(files, work, account, picker, rules, now, self._named, self._outgoing.leaves)
        action = looked.choice.action
        if action.step == "wait":
            self._spare(work.debtor, account, looked)
            if looked.first_blocked is not None and looked.first_blocked.channel in AUTOMATIC:
                automatic.want(
                    self._governor, files, work, account, picker, looked, looked.first_blocked, self._named
                )  # it is blocked, and on record with its rule
            return looked.again_at
        if action.channel in AUTOMATIC:
            done.wanted += automatic.want(self._governor, files, work, account, picker, looked, action, self._named)
        elif work.proposal is None or work.proposal.action != action:
            change = Proposed(
                debtor=work.debtor, by=SYSTEM, account=work.account, choice=looked.choice, day=looked.situation.day
            )
            done.proposed += len(self._book.write(lambda _files, _now: [Draft(change=change, owner=work.debtor)]))
        return None

    def _spare(self, debtor: Pseudonym, account: Account, looked: automatic.Looked) -> None:
        """Put on record that a lot, which might have fallen otherwise, left an account alone today; once a day."""
        choice, situation = looked.choice, looked.situation
        if choice.chosen_by not in {"exploration", "model"} or choice.propensity >= 1 or not choice.ranked:
            return
        change = Spared(debtor=debtor, by=SYSTEM, account=account.account_id, choice=choice, situation=situation)
        key = f"spared:{account.account_id}:{situation.day}"
        self._book.ask(Request(key=key, asked=key, draft=lambda _, __: Draft(change=change, owner=debtor)))


def _read(numbers: Sequence[int], accounts: Accounts) -> list[Account]:
    return [accounts.numbered(one) for one in numbers]


@contextlib.contextmanager
def _one_alone(what: str, name: str) -> Iterator[None]:
    """What one account or offer does not take stops none of the others; only a journal that does not answer stops the round."""
    try:
        yield
    except Unavailable:
        raise
    except TandemError as error:
        _LOG.warning("Collections leave the %s %s as it is: %s (%s)", what, name, error, error.code)
