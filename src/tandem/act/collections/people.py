"""What people do at the desk: take an account, call, write, note a promise, an objection, an offer. Each thing once per key.

Whoever calls gets the number only with a permit of the governor, and says afterwards what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

from tandem.act.books import Draft
from tandem.act.collections.changes import (
    Change,
    Described,
    Disputed,
    DisputeEnded,
    DisputeId,
    Ending,
    Marked,
    Noted,
    Offered,
    OfferEnded,
    OfferId,
    OfferKind,
    OfferOutcome,
    Placed,
    PointMoved,
    Promised,
    PromiseEnded,
    PromiseId,
    Recalled,
    Sealed,
    Taken,
    encode_sealed,
)
from tandem.act.collections.conduct import Blocked, judge_placing
from tandem.act.collections.desk import CollectionsDesk
from tandem.act.collections.errors import NotPossible, RuleForbids
from tandem.act.collections.file import AgreedHours, ContactId, DebtorFile, Past, PointId, Wanted
from tandem.act.collections.folding import Files, Offer, Promise, Work
from tandem.act.collections.governor import Judged
from tandem.act.collections.local_time import hours_hold
from tandem.act.collections.reaching import Reach
from tandem.act.collections.rules import Mark
from tandem.act.collections.situations import due_and_balance, owed_on, paid_on, paid_since, payments_from
from tandem.act.collections.strategy import Limits
from tandem.act.collections.types import AUTOMATIC, Channel, Purpose, Step
from tandem.act.products import Day
from tandem.kernel.errors import InvalidInput, NotFound, Refused
from tandem.kernel.identity import new_id
from tandem.kernel.time import Micros, days_to_date

__all__ = ["TEXT_MAX", "Collectors", "Dialled"]

TEXT_MAX: Final = 2_000
"""Characters of a note or a message."""
T = TypeVar("T")


class Dialled(msgspec.Struct, frozen=True, kw_only=True):
    """What came of wanting to call: a number to dial now, or the rules that stand against it."""

    contact: ContactId
    address: str | None = None
    blocked: Blocked | None = None


class Collectors:
    """People's side of ``desk``. Safe to call from several threads."""

    def __init__(self, desk: CollectionsDesk) -> None:
        self._desk = desk

    # -- the work itself -------------------------------------------------------------------------------------------

    def take(self, account: str, *, by: str, to: str | None, key: str) -> Work:
        """Give an account to ``to``, or back to the queue.

        Raises:
            NotFound: it is not in collections. NotPossible: another person has it.
        """

        def draft(files: Files, _now: Micros) -> Change:
            work = _in(files, account)
            if work.taken_by not in {None, by} and to is not None:
                raise NotPossible(
                    "Somebody else has it.", field="account", value=account, hint="ask them to give it back"
                )
            return Taken(debtor=work.debtor, by=by, account=account, to=to)

        self._ask(key, ["take", account, to], draft)
        return self._desk.work(account)

    def dial(
        self,
        account: str,
        channel: Channel,
        point: PointId,
        *,
        step: Step,
        by: str,
        key: str,
        agency: str | None = None,
    ) -> Dialled:
        """Ask for a number to call, or an address to write to or visit: given only if the rules let it be used now.

        Raises:
            NotFound: it is not in collections. InvalidInput: a channel that needs no person.
        """
        if channel in AUTOMATIC:
            raise InvalidInput("This channel needs no person.", code="no_person", field="channel", value=channel)
        work = self._desk.work(account)
        wanted = Wanted(
            debtor=work.debtor, account=account, channel=channel, point=point, step=step, agency=agency,
            purpose="collection" if work.late else "service",
        )  # fmt: skip
        judged = self._desk.governor.want(wanted, key=f"asked:{key}", by=by, choice=work.proposal)
        if isinstance(judged.verdict, Blocked):
            return Dialled(contact=judged.contact, blocked=judged.verdict)
        permit = self._desk.governor.release(judged.contact, by=by)
        if isinstance(permit, Blocked):
            return Dialled(contact=judged.contact, blocked=permit)
        permit.take(channel, self._desk.clock.now())
        return Dialled(contact=judged.contact, address=permit.address)

    def write(
        self,
        account: str,
        channel: Channel,
        point: PointId,
        text: str,
        *,
        step: Step,
        by: str,
        key: str,
        subject: str | None = None,
        template: str | None = None,
    ) -> Judged:
        """Write to a debtor in one's own words or a template's; it leaves by the outbox unless rules stand against it.

        Raises:
            NotFound: it is not in collections. InvalidInput: no text, one too long, or a channel that takes none.
        """
        if channel not in AUTOMATIC:
            raise InvalidInput("Nothing is written by this channel.", code="no_text", field="channel", value=channel)
        _check_text(text)
        work = self._desk.work(account)
        language = self._desk.look(lambda files: files.file(work.debtor).language)
        wanted = Wanted(
            debtor=work.debtor, account=account, channel=channel, point=point, step=step,
            purpose="collection" if work.late else "service", text=f"{subject or ''}\n{text}".strip(), language=language,
        )  # fmt: skip
        judged = self._desk.governor.want(wanted, key=f"asked:{key}", by=by, subject=subject, template=template)
        if not isinstance(judged.verdict, Blocked) and not judged.again:
            self._desk.outgoing.send()
        return judged

    def outcome(
        self, contact: ContactId, state: Ending, *, by: str, why: str = "", minutes: float = 0.0, invalid: bool = False
    ) -> Past:
        """Say what came of a contact.

        Raises:
            NotFound: there is none of this id. Conflict: it never left.
        """
        return self._desk.governor.end(contact, state, by=by, why=why, minutes=minutes, invalid=invalid)

    # -- what was agreed -------------------------------------------------------------------------------------------

    def promise(
        self, account: str, amount_minor: int, due: Day, *, by: str, key: str, contact: ContactId | None = None
    ) -> Promise:
        """Note a promise to pay.

        Raises:
            NotFound: it is not in collections.
            NotPossible: a day that is past or too far, more than is owed, or a promise that stands already.
        """
        balance = self._owed(account)[1]
        paid_before = payments_from(self._desk.lending.account(account), self._desk.today())
        promise = PromiseId(self._id("prm"))
        today, limits = self._desk.today(), self._limits(account)

        def draft(files: Files, _now: Micros) -> Change:
            work = _in(files, account)
            if not today <= due <= today + limits.promise_days:
                raise NotPossible(
                    "A promise is for one of the next days.", code="promise_day", field="due",
                    value=days_to_date(due).isoformat(),
                    hint=f"{days_to_date(today).isoformat()} to {days_to_date(today + limits.promise_days).isoformat()}",
                )  # fmt: skip
            if not 0 < amount_minor <= balance:
                raise NotPossible(
                    "A promise is for something that is owed.", code="promise_amount", field="amount_minor",
                    value=amount_minor, hint=f"up to {balance}",
                )  # fmt: skip
            if work.open_promise is not None:
                raise NotPossible("A promise stands.", code="promise_open", field="account", value=account,
                                  hint="let it end, or withdraw it")  # fmt: skip
            return Promised(
                debtor=work.debtor, by=by, promise=promise, account=account, amount_minor=amount_minor, due=due, day=today,
                contact=contact, paid_before=paid_before,
            )  # fmt: skip

        made = self._ask(key, ["promise", account, amount_minor, due, contact], draft)
        assert isinstance(made, Promised)
        return self._desk.look(lambda files: files.promises[made.promise])

    def withdraw_promise(self, promise: str, *, by: str, key: str) -> Promise:
        """A promise is no longer meant, such as after an objection.

        Raises:
            NotFound: there is none. NotPossible: it is over.
        """
        today = self._desk.today()

        def draft(files: Files, _now: Micros) -> Change:
            found = files.promises.get(promise)
            if found is None:
                raise _unknown("promise", promise)
            if found.outcome is not None:
                raise NotPossible("This promise is over.", field="promise", value=promise)
            return PromiseEnded(
                debtor=found.debtor, by=by, promise=found.promise, outcome="withdrawn", paid_minor=0, day=today
            )

        self._ask(key, ["withdraw", promise], draft)
        return self._desk.look(lambda files: files.promises[promise])

    def dispute(self, account: str, text: str, *, by: str, key: str) -> str:
        """The debtor objects: nothing is collected until somebody looked into it. Its id.

        Raises:
            NotFound: it is not in collections. InvalidInput: no words.
        """
        _check_text(text)
        dispute, today = DisputeId(self._id("dsp")), self._desk.today()

        def draft(files: Files, _now: Micros) -> Change:
            work = _in(files, account)
            if any(one.upheld is None for one in work.disputes):
                raise NotPossible("An objection is looked into already.", field="account", value=account)
            return Disputed(debtor=work.debtor, by=by, dispute=dispute, account=account, day=today)

        made = self._ask(key, ["dispute", account, self._desk.governor.hidden(text)], draft, Sealed(text=text.strip()))
        assert isinstance(made, Disputed)
        return made.dispute

    def end_dispute(self, dispute: str, *, upheld: bool, text: str, by: str, key: str) -> None:
        """It was looked into; why it ended so is sealed.

        Raises:
            NotFound: there is none. NotPossible: it is over.
        """
        _check_text(text)
        today = self._desk.today()

        def draft(files: Files, _now: Micros) -> Change:
            found = files.disputes.get(dispute)
            if found is None:
                raise _unknown("dispute", dispute)
            if found.upheld is not None:
                raise NotPossible("It was looked into.", field="dispute", value=dispute)
            debtor = files.work[found.account].debtor
            return DisputeEnded(debtor=debtor, by=by, dispute=DisputeId(dispute), upheld=upheld, day=today)

        self._ask(
            key, ["end_dispute", dispute, upheld, self._desk.governor.hidden(text)], draft, Sealed(text=text.strip())
        )

    def offer(
        self,
        account: str,
        kind: OfferKind,
        *,
        by: str,
        key: str,
        amount_minor: int | None = None,
        count: int | None = None,
        rate_bps: int | None = None,
    ) -> Offer:
        """Offer to take less at once, or another schedule, within what the strategy lets people offer.

        Raises:
            NotFound: it is not in collections. NotPossible: less, or longer, than the strategy allows.
        """
        balance = self._owed(account)[1]
        offer, today, limits = OfferId(self._id("off")), self._desk.today(), self._limits(account)
        found = self._desk.lending.account(account)
        plans = tuple(name for name, draw in found.draws.items() if not draw.plan.closed and not draw.plan.lost)
        until = today + limits.offer_days
        if kind == "settlement":
            least = -(-balance * round(limits.settle_least_share * 10_000) // 10_000)
            if amount_minor is None or not least <= amount_minor <= balance:
                raise NotPossible(
                    "The strategy does not let people settle for this.", code="offer_amount", field="amount_minor",
                    value=amount_minor, hint=f"from {least} to {balance}",
                )  # fmt: skip
            count = rate_bps = None
        else:
            if count is None or not 1 <= count <= limits.restructure_most:
                raise NotPossible(
                    "The strategy has no such schedule.", code="offer_count", field="count", value=count,
                    hint=f"1 to {limits.restructure_most} instalments",
                )  # fmt: skip
            most = max((found.draws[name].plan.rate_bps for name in plans), default=0)
            lowest = limits.restructure_least_bps
            lowest = most if lowest is None else min(lowest, most)
            rate_bps = most if rate_bps is None else rate_bps
            if not lowest <= rate_bps <= most:
                raise NotPossible(
                    "A new schedule costs no more than the old one, and no less than the strategy says.", code="offer_rate",
                    field="rate_bps", value=rate_bps, hint=f"from {lowest} to {most}",
                )  # fmt: skip
            amount_minor = None

        def draft(files: Files, _now: Micros) -> Change:
            work = _in(files, account)
            stands = next((one for one in work.offers if one.outcome in {None, "accepted"}), None)
            if stands is not None:
                raise NotPossible(
                    "An offer stands." if stands.outcome is None else "An accepted offer is being carried out.",
                    code="offer_open", field="account", value=account,
                    hint="another can be made once it is declined, lapses, is met or is missed",
                )  # fmt: skip
            return Offered(
                debtor=work.debtor, by=by, offer=offer, account=account, kind=kind, until=until, day=today,
                amount_minor=amount_minor, count=count, rate_bps=rate_bps, plans=plans,
                paid_minor=paid_on(found, plans, None, until),
            )  # fmt: skip

        made = self._ask(key, ["offer", account, kind, amount_minor, count, rate_bps], draft)
        assert isinstance(made, Offered)
        return self._desk.look(lambda files: files.offers[made.offer])

    def answer_offer(self, offer: str, *, accepted: bool, by: str, key: str) -> Offer:
        """The debtor answers. A new schedule begins at once; a settlement when its amount is paid.

        A yes costs the lender money, and nobody but whoever notes it heard it: so it is noted by another person than the one who
        made the offer, or said by the customer themselves. A no costs nothing.

        Raises:
            NotFound: there is none. NotPossible: it lapsed, or was answered. NotOwed: nothing is owed any more.
            Refused: ``by`` made the offer.
        """
        today = self._desk.today()

        def draft(files: Files, _now: Micros) -> Change:
            found = files.offers.get(offer)
            if found is None:
                raise _unknown("offer", offer)
            if found.outcome is not None or today > found.until:
                raise NotPossible("This offer stands no longer.", code="offer_over", field="offer", value=offer)
            if accepted and by == found.by:
                raise Refused(
                    "Whoever made the offer does not say yes to it.", code="same_person", field="by", value=by,
                    hint="another person hears the customer's yes and notes it",
                )  # fmt: skip
            debtor = files.work[found.account].debtor
            outcome: OfferOutcome = "accepted" if accepted else "declined"
            return OfferEnded(debtor=debtor, by=by, offer=OfferId(offer), outcome=outcome, day=today)

        self._ask(key, ["answer", offer, accepted], draft)
        found = self._desk.look(lambda files: files.offers[offer])
        if found.kind == "restructure" and found.outcome == "accepted":
            self._desk.carry_out(found)
        return found

    # -- what is so about a debtor -----------------------------------------------------------------------------------

    def mark(self, account: str, mark: Mark, *, on: bool, by: str, key: str, text: str = "") -> DebtorFile:
        """Something is so about the debtor, such as hardship, or no longer.

        Raises:
            NotFound: it is not in collections. NotPossible: an objection is looked into, which lifts its mark as it ends.
        """
        sealed = Sealed(text=text.strip()) if text.strip() else None

        def draft(files: Files, _now: Micros) -> Change:
            debtor = _known(files, account).debtor
            if mark == "dispute" and not on and any(one.upheld is None for one in files.disputes_of(debtor)):
                raise NotPossible(
                    "An objection is looked into.", code="dispute_open", field="mark", value=mark,
                    hint="end it, with what was found: POST /v1/collections/disputes/{dispute_id}/end",
                )  # fmt: skip
            return Marked(debtor=debtor, by=by, mark=mark, on=on)

        self._ask(key, ["mark", account, mark, on, self._desk.governor.hidden(text)], draft, sealed)
        return self._file(account)

    def describe(
        self,
        account: str,
        *,
        by: str,
        key: str,
        zone: str | None,
        language: str,
        agreed_hours: AgreedHours | None,
        off: tuple[Channel, ...],
        consents: tuple[Purpose, ...],
    ) -> DebtorFile:
        """How a debtor is to be dealt with.

        Raises:
            NotFound: it is not in collections. InvalidInput: no such time zone, or no such hours.
        """
        _check_zone(zone, agreed_hours)

        def draft(files: Files, _now: Micros) -> Change:
            return Described(
                debtor=_known(files, account).debtor, by=by, zone=zone, agreed_hours=agreed_hours, off=tuple(sorted(off)),
                language="en" if language == "en" else "zh-CN", consents=tuple(sorted(consents)),
            )  # fmt: skip

        asked = ["describe", account, zone, language, msgspec.to_builtins(agreed_hours), sorted(off), sorted(consents)]
        self._ask(key, asked, draft)
        return self._file(account)

    def add_point(self, account: str, reach: Reach, *, by: str) -> PointId:
        """Know another number or address of the owner of an account, late or not.

        Raises:
            NotFound: there is no such account. InvalidInput: it is none.
        """
        found = self._desk.lending.account(account)
        self._desk.know(found)
        return self._desk.add_point(found.owner, reach, by=by, country=self._desk.country_of(found.product))

    def move_point(
        self, account: str, point: PointId, *, by: str, key: str, invalid: bool | None, opted_out: bool | None
    ) -> DebtorFile:
        """A number is invalid, or not to be used; or it is again.

        Raises:
            NotFound: no such account or number.
        """

        def draft(files: Files, _now: Micros) -> Change:
            work = _known(files, account)
            if point not in files.file(work.debtor).points:
                raise _unknown("point", point)
            return PointMoved(debtor=work.debtor, by=by, point=point, invalid=invalid, opted_out=opted_out)

        self._ask(key, ["point", account, point, invalid, opted_out], draft)
        return self._file(account)

    # -- agencies, notes ---------------------------------------------------------------------------------------------

    def place(self, account: str, agency: str, *, by: str, key: str) -> Work:
        """Let an agency collect, if it is approved and rated, and nothing about the debtor stands against it.

        Raises:
            NotFound: it is not in collections. RuleForbids: with the rule.
        """
        owed, today = self._owed(account)[0], self._desk.today()

        def draft(files: Files, now: Micros) -> Change:
            work = _in(files, account)
            if work.agency is not None:
                raise NotPossible("An agency has it.", field="agency", value=work.agency, hint="recall it first")
            verdict = judge_placing(agency, files.file(work.debtor), self._desk.rulebook.rules_for(work.product), now)
            if isinstance(verdict, Blocked):
                raise RuleForbids(verdict.first, field="agency", value=agency)
            return Placed(debtor=work.debtor, by=by, account=account, agency=agency, day=today, owed_minor=owed)

        self._ask(key, ["place", account, agency], draft)
        return self._desk.work(account)

    def recall(self, account: str, *, by: str, key: str) -> Work:
        """Collect again oneself.

        Raises:
            NotFound: it is not in collections. NotPossible: no agency has it.
        """
        today, found = self._desk.today(), self._desk.lending.account(account)

        def draft(files: Files, _now: Micros) -> Change:
            work = _known(files, account)
            placed = next((one for one in reversed(files.placements) if one.account == account), None)
            if work.agency is None or placed is None:
                raise NotPossible("No agency has it.", field="account", value=account)
            paid = paid_since(found, placed.day, today)
            return Recalled(debtor=work.debtor, by=by, account=account, day=today, paid_minor=paid)

        self._ask(key, ["recall", account], draft)
        return self._desk.work(account)

    def note(self, account: str, text: str, *, by: str, key: str) -> None:
        """Write something down.

        Raises:
            NotFound: it is not in collections. InvalidInput: no words, or too many.
        """
        _check_text(text)

        def draft(files: Files, _now: Micros) -> Change:
            return Noted(debtor=_known(files, account).debtor, by=by, account=account)

        self._ask(key, ["note", account, self._desk.governor.hidden(text)], draft, Sealed(text=text.strip()))

    # -- inside ------------------------------------------------------------------------------------------------------

    def _ask(
        self, key: str, asked: object, change: Callable[[Files, Micros], Change], sealed: Sealed | None = None
    ) -> Change:
        def draft(files: Files, now: Micros) -> Draft[Change]:
            made = change(files, now)
            return Draft(change=made, owner=made.debtor, secret=None if sealed is None else encode_sealed(sealed))

        return self._desk.ask(key, asked, draft)

    def _id(self, prefix: str) -> str:
        return new_id(prefix, self._desk.clock, self._desk.entropy)

    def _file(self, account: str) -> DebtorFile:
        return self._desk.look(lambda files: files.file(files.work[account].debtor))

    def _owed(self, account: str) -> tuple[int, int]:
        self._desk.work(account)
        found = self._desk.lending.account(account)
        return due_and_balance(owed_on(found, self._desk.today()))

    def _limits(self, account: str) -> Limits:
        strategy = self._desk.rulebook.now.by_product.get(self._desk.work(account).product)
        return Limits() if strategy is None else strategy.limits


def _known(files: Files, account: str) -> Work:
    found = files.work.get(account)
    if found is None:
        raise NotFound("This account is not in collections.", code="not_in_collections", field="account", value=account)
    return found


def _in(files: Files, account: str) -> Work:
    found = _known(files, account)
    if not found.is_in:
        raise NotPossible("Nothing is late on this account any more.", code="not_late", field="account", value=account)
    return found


def _check_text(text: str) -> None:
    if not text.strip():
        raise InvalidInput("It says nothing.", code="empty_text", field="text", hint="write it down")
    if len(text) > TEXT_MAX:
        raise InvalidInput(
            f"At most {TEXT_MAX:,} characters.", code="text_too_long", field="text", value=len(text), hint="shorten"
        )


def _check_zone(zone: str | None, hours: AgreedHours | None) -> None:
    try:
        hours_hold(Micros(0), zone or "UTC", *(("00:00", "00:01") if hours is None else (hours.starts, hours.ends)))
    except (KeyError, ValueError, OSError):
        raise InvalidInput(
            "No such time zone or hours.",
            code="invalid_zone",
            field="zone",
            value=zone,
            hint="Asia/Shanghai, 21:00, 23:00",
        ) from None


def _unknown(what: str, value: str) -> NotFound:
    return NotFound(f"There is no such {what}.", code=f"unknown_{what}", field=what, value=value)
