"""What follows from the account's payments: who is in collections, which promises were kept, which offers were met. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tandem.act.collections.changes import (
    SYSTEM,
    Change,
    Entered,
    Left,
    OfferEnded,
    PromiseEnded,
    PromiseOutcome,
    WhyLeft,
)
from tandem.act.collections.folding import Files, Offer, Promise
from tandem.act.collections.situations import paid_since
from tandem.act.lending import Account
from tandem.act.products import Day

__all__ = ["entering", "lapsed", "leaving", "met", "outcome_of", "settled"]


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
    """What became of a promise by ``day``, with what was paid of it; None while it may still be kept."""
    paid = paid_since(account, promise.made, promise.due)
    if paid >= promise.amount_minor:
        return "kept", paid
    if day <= promise.due:
        return None
    return ("partly" if paid else "broken"), paid


def settled(files: Files, accounts: Mapping[str, Account], day: Day) -> Iterator[PromiseEnded]:
    """The promises that are over by ``day``; of two for one account the older is counted first."""
    for promise in files.promises.values():
        if promise.outcome is not None or promise.account not in accounts:
            continue
        found = outcome_of(promise, accounts[promise.account], day)
        if found is not None:
            outcome, paid = found
            yield PromiseEnded(
                debtor=promise.debtor, by=SYSTEM, promise=promise.promise, outcome=outcome, paid_minor=paid, day=day
            )


def met(offer: Offer, account: Account, day: Day) -> bool:
    """Whether what was asked to settle was paid by ``day`` and by the last day it was offered for."""
    if offer.kind != "settlement" or offer.outcome != "accepted" or offer.amount_minor is None:
        return False
    return paid_since(account, offer.made, min(day, offer.until)) >= offer.amount_minor


def lapsed(files: Files, day: Day) -> Iterator[Change]:
    """Offers that nobody answered in time."""
    for offer in files.offers.values():
        if offer.outcome is None and day > offer.until:
            yield OfferEnded(
                debtor=files.work[offer.account].debtor, by=SYSTEM, offer=offer.offer, outcome="lapsed", day=day
            )
