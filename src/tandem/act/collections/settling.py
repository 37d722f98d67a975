"""What follows from the account's payments: who is in collections, which promises were kept, which offers were met. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from tandem.act.collections.changes import (
    SYSTEM,
    Entered,
    Left,
    OfferEnded,
    OfferOutcome,
    PromiseEnded,
    PromiseOutcome,
    WhyLeft,
)
from tandem.act.collections.folding import Files, Offer, Promise
from tandem.act.collections.situations import paid_on, paid_since
from tandem.act.lending import Account, Desk, Fact, LendingDesk, Rescheduled, Waived
from tandem.act.products import Day

__all__ = ["OWN", "carried_out", "ended", "entering", "key_of", "lapsed", "leaving", "met", "outcome_of", "settled"]

OWN: Final[Desk] = "collections"
"""Whom the facts are told to be of that this desk writes on accounts."""
TOLD_LATE: Final = 7
"""Days after the last one of an agreed offer on which a bank may still tell what was paid in time."""


def entering(files: Files, accounts: Iterable[Account], day: Day) -> Iterator[Entered]:
    """Of ``accounts``, which are late or soon due, those that come in; and those in already that are late by now."""
    for account in accounts:
        work = files.work.get(account.account_id)
        oldest = account.oldest_due()
        late = oldest < day
        is_in = work is not None and work.is_in
        if is_in and not (late and work is not None and not work.late):
            continue
        yield Entered(
            debtor=account.owner, by=SYSTEM, account=account.account_id, owner_kind=account.owner_kind,
            product=account.product, currency=account.currency, day=day, oldest_due=oldest if late else None,
        )  # fmt: skip


def leaving(files: Files, gone: Mapping[str, Account], day: Day) -> Iterator[Left]:
    """Of ``gone``, accounts by id that are neither late nor soon due, those that are in collections."""
    for account_id, account in gone.items():
        work = files.work.get(account_id)
        if work is None or not work.is_in:
            continue
        why: WhyLeft = "paid"
        if account.state == "written_off":
            why = "written_off"
        elif account.oldest_due() < day:
            why = "closed"  # late, and still not among those that a strategy collects
        paid = paid_since(account, work.entered, day)
        yield Left(debtor=work.debtor, by=SYSTEM, account=account_id, why=why, day=day, paid_minor=paid)


def outcome_of(promise: Promise, account: Account, day: Day) -> tuple[PromiseOutcome, int] | None:
    """What became of a promise by ``day``, with what was paid of it; None while it may still be kept.

    What the account knew of when the promise was made does not count, on its own day either.
    """
    paid = paid_since(account, promise.made, promise.due, without=promise.paid_before)
    if paid >= promise.amount_minor:
        return "kept", paid
    if day <= promise.due:
        return None
    return ("partly" if paid else "broken"), paid


def settled(files: Files, accounts: Mapping[str, Account], day: Day) -> Iterator[PromiseEnded]:
    """The promises that are over by ``day``; of two for one account the older is counted first."""
    for promise in list(files.open_promises.values()):
        if promise.account not in accounts:
            continue
        found = outcome_of(promise, accounts[promise.account], day)
        if found is not None:
            outcome, paid = found
            yield PromiseEnded(
                debtor=promise.debtor, by=SYSTEM, promise=promise.promise, outcome=outcome, paid_minor=paid, day=day
            )


def met(offer: Offer, account: Account, day: Day) -> bool:
    """Whether what was asked to settle was paid by ``day`` and by the last day it was offered for.

    What was paid before the offer does not count, on its own day either; what bounced since has to be paid again.
    """
    if offer.kind != "settlement" or offer.outcome != "accepted" or offer.amount_minor is None:
        return False
    last = offer.until
    since = paid_on(account, offer.plans, offer.made, last)
    more = paid_on(account, offer.plans, None, last) - offer.paid_minor
    return day >= offer.made and min(since, more) >= offer.amount_minor


def lapsed(files: Files, day: Day) -> Iterator[OfferEnded]:
    """Offers that nobody answered in time, and agreed ones of which nothing came in time."""
    for offer in list(files.open_offers.values()):
        outcome: OfferOutcome | None = None
        if offer.outcome is None and day > offer.until:
            outcome = "lapsed"
        elif offer.outcome == "accepted" and day > offer.until + TOLD_LATE:
            outcome = "missed"
        if outcome is not None:
            yield ended(files, offer, outcome, day)


def ended(files: Files, offer: Offer, outcome: OfferOutcome, day: Day) -> OfferEnded:
    """That ``offer`` came to ``outcome``, by itself."""
    debtor = files.work[offer.account].debtor
    return OfferEnded(debtor=debtor, by=SYSTEM, offer=offer.offer, outcome=outcome, day=day)


def carried_out(offer: Offer, account: Account, day: Day) -> dict[str, Fact]:
    """What has yet to happen to the plans of an accepted offer, by plan: the rest waived, or another schedule."""
    found: dict[str, Fact] = {}
    for name in offer.plans:
        draw = account.draws.get(name)
        if (
            draw is None
            or draw.plan.closed
            or draw.plan.lost
            or LendingDesk.fact_id(OWN, key_of(offer, name)) in draw.facts
        ):
            continue
        on = max(day, draw.plan.day)
        if offer.kind == "settlement":
            found[name] = Waived(day=on, rest=True)
        elif offer.count is not None:
            rate = draw.plan.rate_bps if offer.rate_bps is None else min(offer.rate_bps, draw.plan.rate_bps)
            found[name] = Rescheduled(day=on, count=offer.count, rate_bps=rate)
    return found


def key_of(offer: Offer, plan: str) -> str:
    """Of the fact that carries ``offer`` out on ``plan``, among those of this desk."""
    return f"{offer.kind}:{offer.offer}:{plan}"
