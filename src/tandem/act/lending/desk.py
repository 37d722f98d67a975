"""The lending desk: what was decided is signed, drawn, paid and aged; for the faces."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.lending import moving
from tandem.act.lending.accounts import Account, Accounts
from tandem.act.lending.book import AccountBook, Done, Request
from tandem.act.lending.changes import AccountChange, AccountId, Opened, decode_change
from tandem.act.lending.draw_decisions import carried_by, check_none_needed
from tandem.act.lending.errors import NotAllowed
from tandem.act.lending.facts import Fact
from tandem.act.lending.keys import Desk, asked_key, check_callers, former_key, own_key
from tandem.act.lending.monitoring import Monitor
from tandem.act.lending.offers import Offer, offer_of, offered
from tandem.act.lending.servicing import check_machine_reverses
from tandem.act.lending.servicing_desk import ServicingDesk
from tandem.act.lending.spreading import spread
from tandem.act.products import Day, Quote, Shelf, quote
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import NotFound, TandemError, Unavailable, near_match
from tandem.kernel.identity import Digest, Entropy, EventTypeName, Pseudonym, SystemEntropy, new_id
from tandem.kernel.time import DAY, Clock, days_to_date

__all__ = ["LendingDesk"]

_LOG = logging.getLogger(__name__)
_LOOK_EVERY_S: Final = 60.0
T = TypeVar("T")


class LendingDesk:
    """Safe to call from several threads. It ages accounts between ``start`` and ``stop``, once a day and after a start.

    Args:
        process: the one writer; stays open when the desk stops.
        shelf: the products that can be had; its own attribute, for the faces.

    Attributes:
        servicing: what people do to the same accounts.
        monitoring: what decisions on what owners do say of the same accounts.
    """

    def __init__(self, process: DecisionProcess, shelf: Shelf, *, clock: Clock, entropy: Entropy | None = None) -> None:
        self._process = process
        self.shelf = shelf
        self._clock = clock
        self._entropy = SystemEntropy() if entropy is None else entropy
        self._book = AccountBook(process, clock)
        self.servicing = ServicingDesk(process, self._book, shelf, clock=clock, entropy=self._entropy)
        self.monitoring = Monitor(process, self._book, shelf)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._aged: Day | None = None

    # -- running by itself -----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Aging every day and following decisions in threads of its own, stopped at the end; a snapshot is left for the next start."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="lending-desk", daemon=True)
        self._thread.start()
        try:
            with self.monitoring.running():
                yield
        finally:
            self._stopping.set()
            self._thread.join()
            self._thread = None
            self._book.keep()

    def age(self, day: Day | None = None) -> int:
        """Move every account that is in another bucket on ``day``, today by default; how many moved.

        Raises:
            Unavailable: the journal does not take it now; the next call goes on.
        """
        return self._book.age(self.today() if day is None else day)

    def accrue(self, day: Day | None = None) -> int:
        """Post what all accounts have earned by ``day``, today by default; in how many currencies there was something.

        Raises:
            Unavailable: the journal does not take it now; the next call goes on.
        """
        return self._book.accrue(self.today() if day is None else day)

    # -- reading -----------------------------------------------------------------------------------------------------

    def today(self) -> Day:
        """The day, in UTC."""
        return self._clock.now() // DAY

    def account(self, account_id: str) -> Account:
        """The account with that id.

        Raises:
            NotFound: there is none.
        """
        return self._book.account(account_id)

    def look(self, see: Callable[[Accounts], T]) -> T:
        """What ``see`` makes of all accounts; nothing moves meanwhile, so it must not keep them.

        Raises:
            Unavailable: the journal does not answer.
        """
        with self._book.lock:
            return see(self._book.accounts)

    def done_under(self, own: Desk, key: str) -> AccountChange | None:
        """What the desk ``own`` did under ``key``; None if nothing. What was done may have been taken back since.

        What stands under the key that it wrote under once may be a caller's: whoever asks looks whether it is what they did.

        Raises:
            Unavailable: the journal does not answer.
        """
        former = former_key(own, key)
        with self._book.lock:
            _ = self._book.accounts  # a journal that broke is mended by that, before it is asked
            known = self._process.journal.find_with_receipt("account", own_key(own, key))
            if known is None and former is not None:
                known = self._process.journal.find_with_receipt("account", asked_key(former))
        if known is None:
            return None
        record, receipt = known
        if receipt is not None:
            receipt.wait()
        return decode_change(record.clear)

    def offer(self, decision_id: str, product: str | None = None) -> Offer:
        """What a decision offers now.

        Raises:
            NotFound: no such decision. NotAllowed: nothing can be signed on it.
        """
        answer = self._process.archive.find(decision_id)["answer"]
        return offer_of(answer, self.shelf.products, self._clock.now(), product)

    # -- changing ----------------------------------------------------------------------------------------------------

    def accept(
        self,
        decision_id: str,
        *,
        term: int,
        by: str,
        amount_minor: int | None = None,
        product: str | None = None,
        disclosure: Digest | None = None,
    ) -> Done:
        """Sign what a decision offers: the account is opened, and what is no limit is paid out at once.

        A decision is signed once. Asked again it gives the same account; asked for something else it is refused.

        Args:
            amount_minor: of a loan, how much of what is offered; of a limit, the limit. None: all of it.
            disclosure: digest of the table of costs that was confirmed before signing; it stands with the opening.

        Raises:
            NotFound: no such decision. NotAllowed: nothing can be signed on it, or not so much.
            OutsideProduct: the product has no such term or amount. Conflict: it was signed for something else.
            Unavailable: it may not have been written; asking again finds out.
        """
        found = self._process.archive.find(decision_id)
        asked = {
            "decision": found["answer"]["decision_id"],
            "term": term,
            "amount_minor": amount_minor,
            "product": product,
            **({} if disclosure is None else {"disclosure": disclosure}),
        }
        key = f"accept:{asked['decision']}"
        try:
            offer = offer_of(found["answer"], self.shelf.products, self._clock.now(), product)
            signed = self._signed(offer, term, amount_minor)
        except TandemError as error:  # what was signed before has been signed, whatever is on the shelf by now
            return self._book.write(Request(key=key, asked=asked, change=_raising(error)))
        kind, owner = self._owner(found["trail"])
        account = AccountId(new_id("acc", self._clock, self._entropy))
        limited = offer.product.limit_minor is not None
        opening = Request(
            key=key,
            asked=asked,
            change=lambda _: moving.open_account(
                account, offer.product, offer.terms, owner_kind=kind, owner=owner, day=self.today(), by=by,
                limit_minor=signed.amount_minor if limited else None, decision=offer.decision, disclosure=disclosure,
            ),
        )  # fmt: skip
        if limited:
            return self._book.write(opening)
        drawing = Request(
            key=f"{key}:draw",
            asked=asked,
            change=lambda accounts: moving.draw(
                next(one for one in accounts.of(owner) if one.decision == offer.decision),
                "loan", moving.terms_of(offer.product, signed), by=by, decision=offer.decision,
            ),
        )  # fmt: skip
        first, second = self._book.write_all([opening, drawing])
        for one in (first, second):
            if isinstance(one, TandemError):
                raise one
        assert isinstance(second, Done)
        return second

    def opening(self, decision_id: str) -> Opened | None:
        """How the account was opened that was signed on a decision; None where none was."""
        record = self._process.journal.find("account", f"accept:{decision_id}")
        found = None if record is None else decode_change(record.clear)
        return found if isinstance(found, Opened) else None

    def draw(
        self,
        account_id: str,
        plan: str,
        *,
        key: str,
        amount_minor: int,
        term: int,
        by: str,
        decision_id: str | None = None,
        own: Desk | None = None,
    ) -> Done:
        """Draw on a limit, for a purchase for example; at the rate of the decision that gave the limit.

        Args:
            decision_id: of the decision on this draw; needed where the product names a policy for draws, as it is sold now.
            own: as for ``happen``.

        Raises:
            NotFound: no such account or decision. OutsideProduct: no such term.
            NotAllowed: it is not open, has no such room, or the decision does not carry it.
            Conflict: the key was used for something else. Unavailable: asking again finds out.
        """
        asked: dict[str, object] = {"account": account_id, "plan": plan, "amount_minor": amount_minor, "term": term}
        if decision_id is not None:
            asked["decision"] = decision_id

        def change(accounts: Accounts, account: Account) -> AccountChange:
            product = self.shelf.signed(account.terms)
            on_shelf = self.shelf.products.get(account.product)
            policy = (product if on_shelf is None else on_shelf.product).policies.draw
            check_none_needed(policy, decision_id)
            decision = None
            if policy is not None and decision_id is not None:
                found = self._process.archive.find(decision_id)
                decision = carried_by(
                    found["answer"], self._owner(found["trail"]), policy=policy, account=account,
                    all_of_owner=accounts.of(account.owner), amount_minor=amount_minor, now=self._clock.now(),
                )  # fmt: skip
            rate = self._rate_of(account)
            signed = quote(product, amount_minor=amount_minor, term=term, on=self.today(), rate_bps=rate)
            return moving.draw(account, plan, moving.terms_of(product, signed), by=by, decision=decision)

        return self._write_of(account_id, key, asked, change, own)

    @staticmethod
    def fact_id(own: Desk, key: str) -> str:
        """What a fact is known by that the desk ``own`` writes under ``key``."""
        return own_key(own, key)

    @staticmethod
    def fact_ids(own: Desk, key: str) -> tuple[str, ...]:
        """``fact_id``, and what such a fact was known by once; under the latter a caller's may stand."""
        former = former_key(own, key)
        return (own_key(own, key),) if former is None else (own_key(own, key), former)

    def happen(self, account_id: str, plan: str, fact: Fact, *, key: str, by: str, own: Desk | None = None) -> Done:
        """Something happened to a plan: it was paid, refunded, waived. ``key`` is also what it can be reversed by.

        Args:
            own: the desk that writes it of itself: its keys are no caller's, and the fact is known by ``fact_id``.

        Raises:
            NotFound: no such account or plan. NotOwed, NotAllowed: it does not hold, or the key is one of a desk's.
            Conflict: the key was used for something else. Unavailable: asking again finds out.
        """
        self._check_happened(fact.day)
        asked = {"account": account_id, "plan": plan, "fact": msgspec.to_builtins(fact)}
        fact_id = key if own is None else self.fact_id(own, key)
        return self._write(account_id, key, asked, lambda one: moving.happen(one, plan, fact_id, fact, by=by), own)

    def pay(self, account_id: str, amount_minor: int, *, day: Day, early: bool, key: str, by: str) -> Done:
        """A payment that names no plan: parted among all of the account's by their due dates, written together or not at all.

        Args:
            early: what is over repays principal now; else it waits for what falls due next.
            key: also what each part is known by, on its plan.

        Raises:
            As ``happen``; OutOfOrder: something happened after that day, so a back-dated payment names its plan.
        """
        self._check_happened(day)
        asked = {"account": account_id, "paid_minor": amount_minor, "day": day, "early": early}

        def change(_: Accounts, account: Account) -> tuple[AccountChange, ...]:
            parts = spread(account, amount_minor, day=day, early=early)
            return tuple(moving.happen(account, one.plan, key, one.fact, by=by) for one in parts)

        return self._write_of(account_id, key, asked, change, None)

    def refund(
        self, account_id: str, plan: str, amount_minor: int, *, key: str, by: str, own: Desk | None = None
    ) -> Done:
        """The merchant gives back all or part of what was bought by a draw, counted from today; ``key`` as for ``happen``.

        Args:
            own: as for ``happen``.

        Raises:
            As ``happen``; NotAllowed: together with what was given back before it is more than was drawn (``above_purchase``).
        """
        asked = {"account": account_id, "plan": plan, "refunded_minor": amount_minor}
        fact_id = key if own is None else self.fact_id(own, key)
        return self._write(
            account_id,
            key,
            asked,
            lambda one: moving.refund(one, plan, fact_id, amount_minor, day=self.today(), by=by),
            own,
        )

    def reverse(
        self, account_id: str, plan: str | None, fact_id: str, *, key: str, by: str, own: Desk | None = None
    ) -> Done:
        """A payment, a refund or money that went back had not happened.

        Args:
            plan: None: on whichever plans it stands, as a payment does that was parted; all of it or nothing.
            own: as for ``happen``.

        Raises:
            As ``happen``; NotFound: nothing of that id has happened. NotAllowed: a person did it, so two take it back.
        """
        asked = {"account": account_id, "plan": plan, "reversed": fact_id}

        def change(_: Accounts, account: Account) -> tuple[AccountChange, ...]:
            plans = (
                [plan] if plan is not None else [one for one, draw in account.draws.items() if fact_id in draw.facts]
            )
            if not plans:
                known = [one for draw in account.draws.values() for one in draw.facts]
                raise NotFound(
                    "Nothing of this id has happened.", code="unknown_fact", field="reversed_id", value=fact_id,
                    hint=near_match(fact_id, known),
                )  # fmt: skip
            for one in plans:
                check_machine_reverses(account, one, fact_id)
            return tuple(moving.reverse(account, one, fact_id, by=by) for one in plans)

        return self._write_of(account_id, key, asked, change, own)

    def move_reviewed(
        self, account_id: str, *, review: str, from_minor: int, to_minor: int, freeze: bool, by: str
    ) -> Done:
        """Do what a review of limits asks for, once: move the limit, or let nothing be drawn.

        Args:
            from_minor: the limit that it was asked about.
            freeze: nothing may be drawn; the limit stays.

        Raises:
            NotFound: no such account. NotAllowed: it is not open, or has another limit by now.
            Unavailable: it may not have been written; asking again finds out.
        """

        def change(accounts: Accounts) -> AccountChange:
            account = accounts.get(account_id)
            if account is None:
                raise NotFound("No account has this id.", code="unknown_account", field="account", value=account_id)
            if account.state != "open" or account.limit_minor != from_minor:
                raise NotAllowed(
                    "This account is not as it was reviewed.", code="changed_since", field="account", value=account_id,
                    hint=f"it is {account.state} with a limit of {account.limit_minor}",
                )  # fmt: skip
            if freeze:
                return msgspec.structs.replace(moving.freeze(account, frozen=True, by=by), review=review)
            return msgspec.structs.replace(moving.move_limit(account, to_minor, by=by), review=review)

        asked = {"account": account_id, "review": review, "from": from_minor, "to": to_minor, "freeze": freeze}
        return self._book.write(Request(key=f"limits:{review}:{account_id}", asked=asked, change=change))

    # -- inside ------------------------------------------------------------------------------------------------------

    def _write(
        self, account_id: str, key: str, asked: object, move: Callable[[Account], AccountChange], own: Desk | None
    ) -> Done:
        return self._write_of(account_id, key, asked, lambda _, account: move(account), own)

    def _check_happened(self, day: Day) -> None:
        if day > self.today() + 1:  # east of Greenwich it may be tomorrow already
            raise NotAllowed(
                "That has not happened yet.", code="in_future", field="on", value=days_to_date(day).isoformat()
            )

    def _write_of(
        self,
        account_id: str,
        key: str,
        asked: object,
        move: Callable[[Accounts, Account], AccountChange | tuple[AccountChange, ...]],
        own: Desk | None,
    ) -> Done:
        def change(accounts: Accounts) -> AccountChange | tuple[AccountChange, ...]:
            if own is None:
                check_callers(key)  # here, for what a caller did under such a key before may be asked again
            account = accounts.get(account_id)
            if account is None:
                raise NotFound("No account has this id.", code="unknown_account", field="account", value=account_id)
            return move(accounts, account)

        if own is None:
            return self._book.write(Request(key=asked_key(key), asked=asked, change=change))
        former = former_key(own, key)
        former = None if former is None else asked_key(former)
        return self._book.write(Request(key=own_key(own, key), asked=asked, change=change, former=former))

    def _signed(self, offer: Offer, term: int, amount_minor: int | None) -> Quote:
        amount = offered(offer, amount_minor)
        return quote(offer.product, amount_minor=amount, term=term, on=self.today(), rate_bps=offer.rate_bps)

    def _rate_of(self, account: Account) -> int | None:
        if account.decision is None:
            return None
        rate = self._process.archive.find(account.decision)["answer"].get("price", {}).get("rate_bps")
        return None if rate is None else round(rate)

    def _owner(self, trail: dict[str, Any]) -> tuple[str, Pseudonym]:
        """Whom the decided event is about: kind and pseudonym."""
        live = self._process.live
        event_type = None if live is None else live.reader.event_types.get(EventTypeName(trail["event_type"]))
        subject = None if event_type is None else event_type.subject
        entity = trail["entities"].get(subject)
        if event_type is None or entity is None:
            raise NotAllowed(
                "Nobody is known to sign this.", code="no_subject", field="decision_id", value=trail["decision_id"],
                hint="the event type needs a subject, and the event its value",
            )  # fmt: skip
        kind = next(field.entity for field in event_type.fields if field.name == subject)
        return str(kind), Pseudonym(entity)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                day = self.today()
                if day != self._aged:
                    moved = self.age(day)
                    self._book.accrue(day)
                    self._aged = day
                    _LOG.info("%d accounts are in another bucket of days past due", moved)
            except Unavailable:
                _LOG.info("The journal takes no ageing now; it is tried again in a minute")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Accounts could not be aged; it is tried again in a minute")
            self._stopping.wait(_LOOK_EVERY_S)


def _raising(error: TandemError) -> Callable[[Accounts], AccountChange]:
    def change(_: Accounts) -> AccountChange:
        raise error

    return change
