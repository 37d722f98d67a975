"""What came of an offer by the end of its days: the same count for who was told it and who was told nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from tandem.act.lending import Account, Paid
from tandem.act.offers.changes import SYSTEM, Answer, Closed, Decided, Outcome
from tandem.act.products import Day

__all__ = ["closing"]


def closing(decided: Decided, answer: Answer | None, account: Account, others: Iterable[Account], day: Day) -> Closed:
    """What came of ``decided``, whose days are over on ``day``.

    A reminder is met by what is paid in its days, a suggestion by what is paid early, an instalment offer by an account of its
    product. What a payment would have been without the offer is what the held out say.

    Args:
        answer: that the customer gave, if they gave one.
        others: accounts of the same owner.
    """
    payments = [
        fact
        for draw in account.draws.values()
        for fact in draw.facts.values()
        if isinstance(fact, Paid) and decided.day <= fact.day <= decided.until
    ]
    paid = sum(one.amount_minor for one in payments)
    share, met = 0.0, False
    if decided.kind == "instalment_offer":
        plan = decided.subject.plan
        met = plan is not None and any(
            one.product == plan.product and decided.day <= one.opened_on <= decided.until for one in others
        )
        share = float(met)
    else:
        counted = paid if decided.kind == "reminder" else sum(one.amount_minor for one in payments if one.early)
        share = min(counted / decided.stake_minor, 1.0) if decided.stake_minor > 0 else 0.0
        met = share >= 1.0 if decided.kind == "reminder" else counted > 0
    outcome: Outcome = "nothing"
    if met:
        outcome = "took" if decided.kind == "instalment_offer" else "paid"
    elif answer == "refused":
        outcome = "refused"
    return Closed(
        offer=decided.offer, owner=decided.owner, by=SYSTEM, outcome=outcome, share=round(share, 9), paid_minor=paid,
        late=account.days_past_due(decided.until) > 0, day=day,
    )  # fmt: skip
