"""The collections desk: it follows the accounts, does the day's automatic work, and serves people; for the faces.

Everything it sends is wanted of the governor and leaves by the outbox; everything people write goes into the book.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

import msgspec

from tandem.act.books import Draft, Request
from tandem.act.collections import automatic, reminding
from tandem.act.collections.book import open_book
from tandem.act.collections.changes import (
    SYSTEM,
    Change,
    Known,
    PointAdded,
    Sealed,
    decode_change,
    decode_sealed,
    encode_sealed,
)
from tandem.act.collections.channels import Outlet
from tandem.act.collections.conduct import Blocked, judge, next_allowed
from tandem.act.collections.file import DebtorFile, PointId, Wanted
from tandem.act.collections.folding import Files, Offer, Work
from tandem.act.collections.governor import AgainstOffer, Governor
from tandem.act.collections.outgoing import Outgoing
from tandem.act.collections.queue import WorkItem, ordered, worth
from tandem.act.collections.reaching import Reach, normal
from tandem.act.collections.report import Report, report
from tandem.act.collections.rulebook import Rulebook
from tandem.act.collections.situations import paid_since, situation_of
from tandem.act.collections.tending import Tended, Tending
from tandem.act.collections.types import Action, Choice, ExpectedRecovery, Situation
from tandem.act.lending import Account, LendingDesk
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import NotFound, TandemError, Unavailable
from tandem.kernel.identity import EntityKind, Entropy, Pseudonym, SystemEntropy
from tandem.kernel.time import DAY, Clock, Micros

__all__ = ["CollectionsDesk", "Customer", "Happened", "Option", "Tended"]

_LOG: Final = logging.getLogger(__name__)
_LOOK_EVERY_S: Final = 15.0
_DEFAULT_COUNTRY: Final = "CN"
_HISTORY_MAX: Final = 300
T = TypeVar("T")


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """One record of an account's history; ``erased``: what was sealed went with the person."""

    seq: int
    at: Micros
    change: Change
    sealed: Sealed | None = None
    erased: bool = False


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A contact a person might make now, with what stands against it.

    Attributes:
        script: what is said, filled in; None where there is no template.
    """

    action: Action
    point: PointId | None
    verdict: Blocked | None
    until: Micros | None
    subject: str | None
    script: str | None


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a collector sees of one account, on one screen.

    Attributes:
        others: accounts of the same debtor that are in collections.
    """

    account: Account
    work: Work
    file: DebtorFile
    situation: Situation
    choice: Choice
    options: tuple[Option, ...]
    history: tuple[Happened, ...]
    others: tuple[str, ...]
    values: dict[PointId, Sealed]


class CollectionsDesk:
    """Safe to call from several threads. It works by itself between ``start`` and ``stop`` of ``running``, else when asked.

    Args:
        process: the one writer; stays open when the desk stops.
        outlets: ways out. What is chosen is chosen among their channels; while there is none at all, contacts wait.
        expected: a model of response.
        against_offer: what stands against an offer to a customer who is not late; without it none leaves.
    """

    def __init__(
        self,
        process: DecisionProcess,
        lending: LendingDesk,
        *,
        clock: Clock,
        entropy: Entropy | None = None,
        outlets: Sequence[Outlet] = (),
        expected: ExpectedRecovery | None = None,
        against_offer: AgainstOffer | None = None,
    ) -> None:
        self._process = process
        self.lending = lending
        self.clock = clock
        self.entropy = SystemEntropy() if entropy is None else entropy
        self.rulebook = Rulebook(process, clock, expected=expected)
        self.book = open_book(process, clock)
        self.governor = Governor(
            process,
            self.book,
            self.rulebook.rules_for,
            clock=clock,
            entropy=self.entropy,
            against_offer=against_offer,
        )
        self.outgoing = Outgoing(self.book, self.governor, outlets, clock=clock)
        self._turn = threading.Lock()
        self._tending = Tending(
            process, self.book, self.governor, self.outgoing, self.rulebook, lending, clock=clock, reach=self._reach,
            named=self._named,
        )  # fmt: skip
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # -- running by itself -----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Working in a thread of its own, and stopped at the end, with a snapshot left for the next start."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="collections-desk", daemon=True)
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._thread.join()
            self._thread = None
            self.book.keep()

    def tend(self) -> Tended:
        """Follow the accounts, settle promises, do what is due, and send what waits. Done again it does nothing twice.

        Raises:
            Unavailable: the journal does not take it now; the next call goes on.
        """
        with self._turn:
            return self._tending.round()

    # -- reading -----------------------------------------------------------------------------------------------------

    def today(self) -> Day:
        """The day, in UTC, as accounts count."""
        return self.clock.now() // DAY

    def look(self, see: Callable[[Files], T]) -> T:
        """What ``see`` makes of everything; nothing moves meanwhile, so it must not keep it.

        Raises:
            Unavailable: the journal does not answer.
        """
        with self.book.lock:
            return see(self.book.now)

    def work(self, account_id: str) -> Work:
        """The account's place in collections.

        Raises:
            NotFound: it never was there.
        """
        with self.book.lock:
            found = self.book.now.work.get(account_id)
        if found is None:
            raise _unknown(account_id)
        return found

    def queue(self, *, by: str) -> list[WorkItem]:
        """What ``by`` may take, the most valuable hour first."""
        items, day, now = [], self.today(), self.clock.now()
        with self.book.lock:
            files = self.book.now
            open_ones = [
                one for one in files.work.values() if one.is_in and one.proposal is not None and one.agency is None
            ]
        for work in open_ones:
            account = self.lending.account(work.account)
            picker = self.rulebook.picker_for(work.product)
            if picker is None or work.proposal is None:
                continue
            with self.book.lock:
                file = files.file(work.debtor)
                situation = situation_of(account, work, file, day)
                expected, assumed, per_hour = worth(work.proposal, situation, picker.strategy)
                blocked, until = self._against(files, work, file, work.proposal.action, now)
            items.append(
                WorkItem(
                    work=work, situation=situation, choice=work.proposal, expected_minor=expected, assumed=assumed,
                    per_hour_minor=per_hour, blocked_by=None if blocked is None else blocked.first.rule, until=until,
                )
            )  # fmt: skip
        return ordered(items, by=by)

    def customer(self, account_id: str) -> Customer:
        """Everything a collector needs of one account.

        Raises:
            NotFound: it never was in collections.
        """
        work, account, now = self.work(account_id), self.lending.account(account_id), self.clock.now()
        picker, rules = self.rulebook.picker_for(work.product), self.rulebook.rules_for(work.product)
        with self.book.lock:
            files = self.book.now
            file = files.file(work.debtor)
            situation = situation_of(account, work, file, self.today())
            choice, options = Choice(action=Action(step="wait"), chosen_by="ladder"), []
            leaves = self.outgoing.leaves
            if picker is not None:
                choice = (
                    work.proposal
                    or automatic.look(files, work, account, picker, rules, now, self._named, leaves).choice
                )
                segment = picker.segment_of(situation)
                steps = [] if segment is None else picker.actions(segment, situation)
                seen = [one for one in steps if one.channel is not None and leaves(one.channel)]
                for channel in picker.strategy.costs:
                    if leaves(channel) and all(one.channel != channel for one in seen):
                        seen.append(picker.action("soft" if situation.days_past_due else "reminder", channel))
                options = [self._option(files, work, account, file, situation, one, now) for one in seen]
            places = {point: files.point_places[work.debtor, point] for point in file.points}
            seqs = sorted(set(work.seqs))[-_HISTORY_MAX:]
            others = tuple(
                one for one in files.accounts_of.get(work.debtor, ()) if one != account_id and files.work[one].is_in
            )
        return Customer(
            account=account, work=work, file=file, situation=situation, choice=choice, options=tuple(options),
            history=tuple(self.history(seqs)), others=others,
            values={point: self._sealed_at(place) for point, place in places.items()},
        )  # fmt: skip

    def history(self, seqs: Sequence[int]) -> list[Happened]:
        """The records at these places, newest first, opened where they can be."""
        found = []
        for record in self._process.journal.at(seqs):
            secret = self._process.journal.open_secret(record)
            opened = decode_sealed(secret) if isinstance(secret, bytes) else None
            erased = record.sealed is not None and opened is None
            change = decode_change(record.clear)
            found.append(Happened(seq=record.seq, at=record.recorded_at, change=change, sealed=opened, erased=erased))
        return sorted(found, key=lambda one: -one.seq)

    def report(self, first: Day, last: Day) -> Report:
        """The supervisor's figures from ``first`` to ``last``, both in."""

        def paid(account_id: str, start: Day, end: Day) -> int:
            return paid_since(self.lending.account(account_id), start, end)

        return self.look(lambda files: report(files, first, last, paid))

    # -- what people change is in ``people``; this is what both need ---------------------------------------------------

    def add_point(self, debtor: Pseudonym, reach: Reach, *, by: str, country: str = _DEFAULT_COUNTRY) -> PointId:
        """Know a number or an address of a debtor; known before, it stays as it is.

        Raises:
            InvalidInput: it is none.
        """
        value = normal(reach.kind, reach.value, country)
        point = PointId(self._process.vault.pseudonym(EntityKind(reach.kind), value))
        sealed = Sealed(value=value, name=reach.name, relation=reach.relation)

        def drafts(files: Files, _now: Micros) -> list[Draft[Change]]:
            if point in files.file(debtor).points:
                return []
            change = PointAdded(debtor=debtor, by=by, point=point, kind=reach.kind, whose=reach.whose)
            return [Draft(change=change, owner=debtor, secret=encode_sealed(sealed))]

        self.book.write(drafts)
        return point

    def know(self, account: Account) -> DebtorFile:
        """The file of the owner of ``account``, who need not be late: its application's contact details are taken, once.

        Raises:
            Unavailable: it may not have been written; asking again finds out.
        """

        def drafts(files: Files, now: Micros) -> list[Draft[Change]]:
            if account.account_id in files.work:
                return []
            change = Known(
                debtor=account.owner, by=SYSTEM, account=account.account_id, owner_kind=account.owner_kind,
                product=account.product, currency=account.currency, day=now // DAY,
            )  # fmt: skip
            return [Draft(change=change, owner=account.owner)]

        written = self.book.write(drafts)
        if written or not self.look(lambda files: files.file(account.owner).points):
            self._tending.reach(account)
        return self.look(lambda files: files.file(account.owner))

    def carry_out(self, offer: Offer) -> None:
        """Do now what was agreed: the tending does it too, should it fall over here.

        Raises:
            NotOwed, NotAllowed: an account does not take it. Unavailable: the next round goes on.
        """
        self._tending.carry_out(offer)

    def remind(self, account_id: str, *, key: str) -> reminding.Reminded:
        """Want a reminder of an account that is soon due, because somebody else of the house asks for it; once under ``key``.

        Raises:
            NotFound: no such account. Unavailable: it may not have been written; asking again finds out.
        """
        account = self.lending.account(account_id)
        picker, rules = self.rulebook.picker_for(account.product), self.rulebook.rules_for(account.product)
        own = f"own:{key}"
        known = self.governor.wanted_under(own)
        if known is not None:
            return reminding.told(known)
        with self.book.lock:
            found = reminding.wish(
                self.book.now, account, picker, rules, self.clock.now(), self._named, self.outgoing.leaves
            )
        return found if isinstance(found, reminding.Reminded) else reminding.make(self.governor, found, key=own)

    def ask(self, key: str, asked: object, draft: Callable[[Files, Micros], Draft[Change]]) -> Change:
        """Write what a person asks for, once.

        Raises:
            Conflict: the key was used for something else. Anything that ``draft`` raises.
        """
        return self.book.ask(Request(key=f"asked:{key}", asked=asked, draft=draft)).change

    # -- inside ------------------------------------------------------------------------------------------------------

    def _reach(self, account: Account, reach: Reach) -> PointId:
        return self.add_point(account.owner, reach, by=SYSTEM, country=self.country_of(account.product))

    def country_of(self, product: str) -> str:
        """Where numbers without a country's code are from."""
        rules = self.rulebook.rules_for(product)
        return _DEFAULT_COUNTRY if rules is None else rules.country

    def _against(
        self, files: Files, work: Work, file: DebtorFile, action: Action, now: Micros
    ) -> tuple[Blocked | None, Micros | None]:
        if action.channel is None:
            return None, None
        point = automatic.point_for(file, action.channel)
        if point is None:
            return None, None
        wanted = Wanted(
            debtor=work.debtor, account=work.account, channel=action.channel, point=point, step=action.step,
            purpose="collection" if work.late else "service", language=file.language,
        )  # fmt: skip
        rules, at_point = self.rulebook.rules_for(work.product), files.at_point.get(point, ())
        verdict = judge(wanted, file, at_point, rules, now)
        if not isinstance(verdict, Blocked):
            return None, None
        return verdict, next_allowed(wanted, file, at_point, rules, now)

    def _option(
        self,
        files: Files,
        work: Work,
        account: Account,
        file: DebtorFile,
        situation: Situation,
        action: Action,
        now: Micros,
    ) -> Option:
        picker = self.rulebook.picker_for(work.product)
        assert picker is not None
        assert action.channel is not None
        blocked, until = self._against(files, work, file, action, now)
        subject = script = None
        with contextlib.suppress(TandemError):
            subject, script = automatic.text_for(picker, account, situation, action, file, self._named)
        point = automatic.point_for(file, action.channel)
        return Option(action=action, point=point, verdict=blocked, until=until, subject=subject, script=script)

    def _named(self, product: str, language: str) -> str:
        found = self.lending.shelf.products.get(product)
        if found is None:
            return product
        title = found.product.title
        return title.zh if language == "zh-CN" else title.en

    def _sealed_at(self, place: int) -> Sealed:
        record = next(iter(self._process.journal.at([place])), None)
        secret = None if record is None else self._process.journal.open_secret(record)
        return decode_sealed(secret) if isinstance(secret, bytes) else Sealed()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                done = self.tend()
                if done.wanted or done.sent or done.entered:
                    _LOG.info(
                        "Collections: %d came in, %d contacts wanted, %d sent", done.entered, done.wanted, done.sent
                    )
            except Unavailable:
                _LOG.info("The journal takes no contacts now; it is tried again in a moment")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Collections could not be tended; it is tried again in a moment")
            self._stopping.wait(_LOOK_EVERY_S)


def _unknown(account_id: str) -> NotFound:
    return NotFound("This account is not in collections.", code="not_in_collections", field="account", value=account_id)
