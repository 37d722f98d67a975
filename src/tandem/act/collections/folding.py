"""Collections as the fold of their changes: files of debtors, contacts by number, and the accounts that are worked on.

``Files.apply`` takes changes in journal order and judges nothing: whether something might be done was asked before it was
written.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import Final

import msgspec

from tandem.act.collections.changes import (
    Change,
    ContactBlocked,
    ContactEnded,
    ContactSent,
    ContactWanted,
    Described,
    Disputed,
    DisputeEnded,
    Entered,
    Known,
    Left,
    Marked,
    Offered,
    OfferEnded,
    OfferId,
    OfferKind,
    OfferOutcome,
    Placed,
    PointAdded,
    PointMoved,
    Promised,
    PromiseEnded,
    PromiseId,
    PromiseOutcome,
    Proposed,
    Recalled,
    Taken,
    WhyLeft,
)
from tandem.act.collections.file import ContactId, DebtorFile, Past, Point, PointId
from tandem.act.collections.types import STEPS, WAIT, Choice, Step
from tandem.act.products import Day
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, Micros

__all__ = ["BlockedOnce", "Dispute", "Files", "FilesKept", "Offer", "Placement", "Promise", "Work"]

_BLOCKED_KEPT: Final = 2_000


class Promise(msgspec.Struct, kw_only=True):
    """A promise to pay; ``outcome`` None: its day has not come. ``seq``: place of the record that notes it.

    Attributes:
        paid_before: payments that stood in the account when it was made, of its day or a later one.
    """

    promise: PromiseId
    debtor: Pseudonym
    account: str
    amount_minor: int
    due: Day
    made: Day
    by: str
    outcome: PromiseOutcome | None = None
    paid_minor: int = 0
    seq: int = 0
    paid_before: tuple[tuple[str, str], ...] = ()


class Offer(msgspec.Struct, kw_only=True):
    """What the lender would take; ``outcome`` None: the debtor has not said.

    Attributes:
        plans: what it is about, by name; paid_minor: what had been paid on them before.
    """

    offer: OfferId
    account: str
    kind: OfferKind
    amount_minor: int | None
    count: int | None
    rate_bps: int | None
    until: Day
    made: Day
    by: str
    plans: tuple[str, ...] = ()
    paid_minor: int = 0
    outcome: OfferOutcome | None = None


class Dispute(msgspec.Struct, kw_only=True):
    """Something the debtor does not agree to; ``upheld`` None: it is looked into."""

    dispute: str
    account: str
    day: Day
    upheld: bool | None = None
    ended: Day | None = None


class Placement(msgspec.Struct, kw_only=True):
    """An account with an agency; ``recalled`` None: it is there now."""

    account: str
    agency: str
    day: Day
    owed_minor: int
    recalled: Day | None = None
    paid_minor: int = 0


class Work(msgspec.Struct, kw_only=True):
    """An account in collections, or that once was.

    Attributes:
        entered: when this time; left, why_left: None while it is in.
        late: whether something was late this time, or is only soon due; times_late: how often that was so.
        taken_by: who works on it.
        proposal: what the strategy would do and a person has to; None: nothing.
        agency: that collects it.
        blocked_today: how many contacts were blocked on ``blocked_day``.
        seqs: places of all its records.
    """

    account: str
    debtor: Pseudonym
    owner_kind: str
    product: str
    currency: str
    entered: Day
    late: bool = False
    times_late: int = 0
    left: Day | None = None
    why_left: WhyLeft | None = None
    paid_minor: int = 0
    taken_by: str | None = None
    proposal: Choice | None = None
    agency: str | None = None
    blocked_day: Day = -1
    blocked_today: int = 0
    contacts: list[Past] = []
    promises: list[Promise] = []
    offers: list[Offer] = []
    disputes: list[Dispute] = []
    seqs: list[int] = []

    @property
    def is_in(self) -> bool:
        """Whether it is in collections now."""
        return self.left is None

    def these(self) -> Iterator[Past]:
        """The contacts of these arrears that were made or are on their way; offers are about something else."""
        return (
            one
            for one in self.contacts
            if one.state != "withdrawn" and one.step != "offer" and one.at // DAY >= self.entered
        )

    @property
    def furthest(self) -> Step:
        """The furthest step of the ladder in these arrears."""
        return max((one.step for one in self.these()), key=STEPS.index, default=WAIT.step)

    @property
    def open_promise(self) -> Promise | None:
        """The one whose day has not come."""
        return next((one for one in self.promises if one.outcome is None), None)


class BlockedOnce(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that was not made, as lists show it."""

    seq: int
    at: Micros
    change: ContactBlocked


class FilesKept(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a workspace's collections, each thing once.

    Attributes:
        files: without their contacts, which stand in ``work``, as promises, offers and objections do.
        contacts, promises, offers, disputes: ids, in the order they came.
        made_by, place_of: of each contact, in that order.
        handed: ids, in the order they left.
    """

    files: list[DebtorFile]
    work: list[Work]
    contacts: list[ContactId]
    made_by: list[ContactWanted]
    place_of: list[int]
    minutes: dict[ContactId, float]
    promises: list[str]
    offers: list[str]
    disputes: list[str]
    placements: list[Placement]
    point_places: list[tuple[Pseudonym, PointId, int]]
    blocked_by: dict[str, int]
    blocked: list[BlockedOnce]
    handed: list[ContactId]
    withdrawn: dict[ContactId, str]
    told: dict[Pseudonym, int]


class Files:
    """Everything of a workspace's collections; ``apply`` changes in journal order, then ask.

    Attributes:
        files, accounts_of: by debtor; work: by account; contacts, promises, offers, disputes: by id.
        open_promises: whose day has not come; open_offers: that nobody answered, or that were accepted and are not carried out.
        at_point: contacts to a number, whoever they were about.
        blocked_by: how often each rule stood first against a contact; blocked: the last of these.
        blocked_ids: of every contact that was blocked.
        withdrawn: contacts that never left, with the rule that stood against them by then.
        waiting: contacts on their way out, in order; handed: those that left and nothing was heard of.
        told: by debtor, the place of the last change of their file but contacts; in the order of these.
    """

    def __init__(self) -> None:
        self.files: dict[Pseudonym, DebtorFile] = {}
        self.accounts_of: dict[Pseudonym, list[str]] = {}
        self.work: dict[str, Work] = {}
        self.contacts: dict[ContactId, Past] = {}
        self.made_by: dict[ContactId, ContactWanted] = {}
        self.place_of: dict[ContactId, int] = {}
        self.minutes: dict[ContactId, float] = {}
        self.promises: dict[str, Promise] = {}
        self.offers: dict[str, Offer] = {}
        self.open_promises: dict[str, Promise] = {}
        self.open_offers: dict[str, Offer] = {}
        self.disputes: dict[str, Dispute] = {}
        self.placements: list[Placement] = []
        self.at_point: dict[PointId, list[Past]] = {}
        self.point_places: dict[tuple[Pseudonym, PointId], int] = {}
        self.blocked_by: Counter[str] = Counter()
        self.blocked: deque[BlockedOnce] = deque(maxlen=_BLOCKED_KEPT)
        self.waiting: dict[ContactId, Past] = {}
        self.handed: dict[ContactId, Past] = {}
        self.told: dict[Pseudonym, int] = {}
        self.withdrawn: dict[ContactId, str] = {}

    def __len__(self) -> int:
        return len(self.contacts) + len(self.files)

    def kept(self) -> FilesKept:
        """Everything as it is, for a snapshot, which is encoded before anything moves."""
        return FilesKept(
            files=[msgspec.structs.replace(one, contacts=[]) for one in self.files.values()],
            work=list(self.work.values()),
            contacts=list(self.contacts),
            made_by=list(self.made_by.values()),
            place_of=list(self.place_of.values()),
            minutes=self.minutes,
            promises=list(self.promises),
            offers=list(self.offers),
            disputes=list(self.disputes),
            placements=self.placements,
            point_places=[(debtor, point, seq) for (debtor, point), seq in self.point_places.items()],
            blocked_by=self.blocked_by,
            blocked=list(self.blocked),
            handed=list(self.handed),
            withdrawn=self.withdrawn,
            told=self.told,
        )

    @classmethod
    def restored(cls, kept: FilesKept) -> Files:
        """What ``kept`` was taken of: a contact that stands in several places is one contact again."""
        found = cls()
        found.files = {one.debtor: one for one in kept.files}
        for one in kept.work:
            found.work[one.account] = one
            found.accounts_of.setdefault(one.debtor, []).append(one.account)
        contacts = {one.contact: one for work in kept.work for one in work.contacts}
        for name, made in zip(kept.contacts, kept.made_by, strict=True):
            past = found.contacts[name] = contacts[name]
            found.made_by[name] = made
            found.files[past.debtor].contacts.append(past)
            found.at_point.setdefault(past.point, []).append(past)
            if past.state == "wanted":
                found.waiting[name] = past
        found.place_of = dict(zip(kept.contacts, kept.place_of, strict=True))
        found.minutes, found.placements = kept.minutes, kept.placements
        found.withdrawn, found.told = kept.withdrawn, kept.told
        promises = {str(one.promise): one for work in kept.work for one in work.promises}
        offers = {str(one.offer): one for work in kept.work for one in work.offers}
        disputes = {one.dispute: one for work in kept.work for one in work.disputes}
        found.promises = {name: promises[name] for name in kept.promises}
        found.offers = {name: offers[name] for name in kept.offers}
        found.disputes = {name: disputes[name] for name in kept.disputes}
        found.open_promises = {name: one for name, one in found.promises.items() if one.outcome is None}
        found.open_offers = {name: one for name, one in found.offers.items() if one.outcome in {None, "accepted"}}
        found.point_places = {(debtor, point): seq for debtor, point, seq in kept.point_places}
        found.blocked_by.update(kept.blocked_by)
        found.blocked.extend(kept.blocked)
        found.handed = {name: found.contacts[name] for name in kept.handed}
        return found

    def file(self, debtor: Pseudonym) -> DebtorFile:
        """The file of ``debtor``; an empty one where nothing is known."""
        return self.files.get(debtor) or DebtorFile(debtor=debtor)

    def disputes_of(self, debtor: Pseudonym) -> Iterator[Dispute]:
        """Every objection of ``debtor``, about whichever account."""
        return (one for account in self.accounts_of.get(debtor, ()) for one in self.work[account].disputes)

    def apply(self, change: Change, seq: int, at: Micros) -> None:
        """Move by one change.

        Raises:
            IntegrityError: it is about what never was.
        """
        try:
            self._apply(change, seq, at)
        except KeyError as error:
            raise IntegrityError(
                "What was changed never was.", code="unknown_in_collections", value=str(error), at=f"record {seq}"
            ) from None
        account = getattr(change, "account", None) or getattr(getattr(change, "about", None), "account", None)
        if account is not None and account in self.work:
            self.work[account].seqs.append(seq)

    # -- inside --------------------------------------------------------------------------------------------------

    def _own(self, debtor: Pseudonym) -> DebtorFile:
        if debtor not in self.files:
            self.files[debtor] = DebtorFile(debtor=debtor)
        return self.files[debtor]

    def _tell(self, debtor: Pseudonym, seq: int) -> None:
        self.told.pop(debtor, None)
        self.told[debtor] = seq

    def _apply(self, change: Change, seq: int, at: Micros) -> None:
        if isinstance(change, ContactWanted | ContactBlocked | ContactSent | ContactEnded):
            self._contact(change, seq, at)
        elif isinstance(change, PointAdded | PointMoved | Described | Marked):
            self._file(change, seq, at)
        elif isinstance(change, Promised | PromiseEnded | Disputed | DisputeEnded | Offered | OfferEnded):
            self._agreement(change, seq, at)
        else:
            self._work(change)

    def _contact(
        self, change: ContactWanted | ContactBlocked | ContactSent | ContactEnded, seq: int, at: Micros
    ) -> None:
        if isinstance(change, ContactWanted):
            about = change.about
            past = Past(
                contact=change.contact, debtor=change.debtor, account=about.account, at=at, channel=about.channel,
                point=about.point, whose=about.whose, purpose=about.purpose, step=about.step,
            )  # fmt: skip
            self.contacts[change.contact] = self.waiting[change.contact] = past
            self.made_by[change.contact], self.place_of[change.contact] = change, seq
            self._own(change.debtor).contacts.append(past)
            self.at_point.setdefault(about.point, []).append(past)
            self.work[about.account].contacts.append(past)
        elif isinstance(change, ContactBlocked):
            work = self.work[change.about.account]
            day = at // DAY
            work.blocked_today = work.blocked_today + 1 if work.blocked_day == day else 1
            work.blocked_day = day
            self.blocked_by[change.rule] += 1
            self.blocked.append(BlockedOnce(seq=seq, at=at, change=change))
        elif isinstance(change, ContactSent):
            past = self.contacts[change.contact]
            past.state, past.at = "sent", at
            self.waiting.pop(change.contact, None)
            self.handed[change.contact] = past
        else:
            past = self.contacts[change.contact]
            past.state = change.state
            if change.state == "withdrawn":
                self.withdrawn[change.contact] = change.why
            self.minutes[change.contact] = self.minutes.get(change.contact, 0.0) + change.minutes
            self.waiting.pop(change.contact, None)
            self.handed.pop(change.contact, None)
            self.work[past.account].seqs.append(seq)

    def _file(self, change: PointAdded | PointMoved | Described | Marked, seq: int, at: Micros) -> None:
        file = self._own(change.debtor)
        self._tell(change.debtor, seq)
        if isinstance(change, PointAdded):
            file.points[change.point] = Point(point=change.point, kind=change.kind, whose=change.whose)
            self.point_places[change.debtor, change.point] = seq
        elif isinstance(change, PointMoved):
            point = file.points[change.point]
            for name in ("invalid", "opted_out", "refused"):
                value = getattr(change, name)
                if value is not None:
                    setattr(point, name, value)
        elif isinstance(change, Described):
            file.zone, file.language, file.agreed_hours = change.zone, change.language, change.agreed_hours
            file.off, file.consents = set(change.off), set(change.consents)
        elif change.on:
            file.marks.setdefault(change.mark, at)
        else:
            file.marks.pop(change.mark, None)
        for account in self.accounts_of.get(change.debtor, ()):
            self.work[account].seqs.append(seq)

    def _agreement(
        self, change: Promised | PromiseEnded | Disputed | DisputeEnded | Offered | OfferEnded, seq: int, at: Micros
    ) -> None:
        if isinstance(change, Promised):
            promise = Promise(
                promise=change.promise, debtor=change.debtor, account=change.account, amount_minor=change.amount_minor,
                due=change.due, made=change.day, by=change.by, seq=seq, paid_before=change.paid_before,
            )  # fmt: skip
            self.promises[change.promise] = self.open_promises[change.promise] = promise
            self.work[change.account].promises.append(promise)
        elif isinstance(change, PromiseEnded):
            promise = self.promises[change.promise]
            promise.outcome, promise.paid_minor = change.outcome, change.paid_minor
            self.open_promises.pop(change.promise, None)
            self.work[promise.account].seqs.append(seq)
        elif isinstance(change, Disputed):
            dispute = Dispute(dispute=change.dispute, account=change.account, day=change.day)
            self.disputes[change.dispute] = dispute
            self.work[change.account].disputes.append(dispute)
            self._own(change.debtor).marks.setdefault("dispute", at)
            self._tell(change.debtor, seq)
        elif isinstance(change, DisputeEnded):
            dispute = self.disputes[change.dispute]
            dispute.upheld, dispute.ended = change.upheld, change.day
            self.work[dispute.account].seqs.append(seq)
            if not any(one.upheld is None for one in self.disputes_of(change.debtor)):
                self._own(change.debtor).marks.pop("dispute", None)
                self._tell(change.debtor, seq)
        elif isinstance(change, Offered):
            offer = Offer(
                offer=change.offer, account=change.account, kind=change.kind, amount_minor=change.amount_minor,
                count=change.count, rate_bps=change.rate_bps, until=change.until, made=change.day, by=change.by,
                plans=change.plans, paid_minor=change.paid_minor,
            )  # fmt: skip
            self.offers[change.offer] = self.open_offers[change.offer] = offer
            self.work[change.account].offers.append(offer)
        else:
            offer = self.offers[change.offer]
            offer.outcome = change.outcome
            if change.outcome != "accepted":
                self.open_offers.pop(change.offer, None)
            self.work[offer.account].seqs.append(seq)

    def _work(self, change: Change) -> None:
        if isinstance(change, Entered):
            self._entered(change)
        elif isinstance(change, Known):
            self._known(change)
        elif isinstance(change, Left):
            work = self.work[change.account]
            work.left, work.why_left, work.paid_minor = change.day, change.why, work.paid_minor + change.paid_minor
            work.proposal = work.taken_by = None
        elif isinstance(change, Proposed):
            self.work[change.account].proposal = change.choice
        elif isinstance(change, Placed):
            work = self.work[change.account]
            work.agency, work.proposal = change.agency, None
            self.placements.append(
                Placement(account=change.account, agency=change.agency, day=change.day, owed_minor=change.owed_minor)
            )
        elif isinstance(change, Recalled):
            self.work[change.account].agency = None
            placed = next(one for one in reversed(self.placements) if one.account == change.account)
            placed.recalled, placed.paid_minor = change.day, change.paid_minor
        elif isinstance(change, Taken):
            self.work[change.account].taken_by = change.to

    def _known(self, change: Known) -> None:
        self._own(change.debtor).owner_kind = change.owner_kind
        if change.account in self.work:
            return
        self.accounts_of.setdefault(change.debtor, []).append(change.account)
        self.work[change.account] = Work(
            account=change.account, debtor=change.debtor, owner_kind=change.owner_kind, product=change.product,
            currency=change.currency, entered=change.day, left=change.day - 1,  # it was in on no day
        )  # fmt: skip

    def _entered(self, change: Entered) -> None:
        late = change.oldest_due is not None
        known = self.work.get(change.account)
        self._own(change.debtor).owner_kind = change.owner_kind
        if known is None:
            self.accounts_of.setdefault(change.debtor, []).append(change.account)
            self.work[change.account] = Work(
                account=change.account, debtor=change.debtor, owner_kind=change.owner_kind, product=change.product,
                currency=change.currency, entered=change.day, late=late, times_late=int(late),
            )  # fmt: skip
            return
        if not known.is_in:
            known.entered, known.left, known.why_left, known.late = change.day, None, None, False
        known.times_late += late and not known.late
        known.late = late
