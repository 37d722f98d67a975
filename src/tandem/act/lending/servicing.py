"""What a person may do to an account, what takes a second person, and what becomes of a proposal: pure.

Nothing moves by a proposal. As it is agreed to, it is made anew from the account as it stands then, so it either holds
and does what the second person saw, or says why it does not.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.lending import moving
from tandem.act.lending.accounts import Account, change_account
from tandem.act.lending.acts import (
    Act,
    Close,
    Deed,
    Freeze,
    MoveLimit,
    ProposalId,
    Reason,
    Reschedule,
    Reverse,
    Unfreeze,
    Waive,
    WriteOff,
)
from tandem.act.lending.changes import (
    Agreed,
    Closed,
    Declined,
    Frozen,
    Happened,
    LimitMoved,
    Proposed,
    Reversed,
    Withdrawn,
)
from tandem.act.lending.deeds import cost_of
from tandem.act.lending.errors import NotAllowed
from tandem.act.lending.facts import Fact, FellDue, Paid, Refunded, Rescheduled, Returned, Waived, WrittenOff
from tandem.act.products import Day, Product, Servicing
from tandem.kernel.errors import Refused
from tandem.kernel.time import DAY

__all__ = [
    "Made",
    "SecondFor",
    "after",
    "agree",
    "check_machine_reverses",
    "decline",
    "make",
    "propose",
    "second_for",
    "withdraw",
]

Made: TypeAlias = Happened | Reversed | LimitMoved | Frozen | Closed
SecondFor: TypeAlias = Literal["waives_more", "reschedules", "writes_off", "raises_limit", "takes_back"]
"""Why an act takes two people."""
_YEAR: Final = 365
_ALL_BY_TWO: Final = Servicing()


def make(
    account: Account, act: Act, *, product: Product | None, day: Day, by: str, reason: Reason, fact_id: str
) -> Made:
    """The change that ``act`` is on ``day``.

    Args:
        product: as it is sold now; None where it is not.
        fact_id: what a fact that comes of it is known by.

    Raises:
        NotAllowed, NotOwed, NotFound: the account as it is does not take it, or nothing would change.
    """
    change: Made
    if isinstance(act, Waive):
        fact = Waived(
            day=day, fee_minor=act.fee_minor, penalty_minor=act.penalty_minor, interest_minor=act.interest_minor,
            rest=act.rest,
        )  # fmt: skip
        change = _happen(account, act.plan, fact, fact_id, by)
        if not change.posted:
            raise NotAllowed("Nothing would be waived.", field="act", hint="say how much of what is due, or rest: true")
    elif isinstance(act, Reschedule):
        _check_reschedule(account, act)
        fact_of = Rescheduled(day=day, count=act.count, rate_bps=act.rate_bps)
        change = _happen(account, act.plan, fact_of, fact_id, by)
    elif isinstance(act, WriteOff):
        change = _happen(account, act.plan, WrittenOff(day=day), fact_id, by)
    elif isinstance(act, MoveLimit):
        change = moving.move_limit(account, act.limit_minor, by=by)
        _check_limit(account, act, product)
    elif isinstance(act, Freeze | Unfreeze):
        change = moving.freeze(account, frozen=isinstance(act, Freeze), by=by)
        if account.frozen == change.frozen:
            raise NotAllowed("It is so already.", field="act", value="freeze" if change.frozen else "unfreeze")
    elif isinstance(act, Close):
        change = moving.close(account, by=by)
        if account.ended:
            raise NotAllowed("It is closed already.", field="act", value="close")
    else:
        _check_reversed(account, act)
        change = moving.reverse(account, act.plan, act.fact_id, by=by)
    return msgspec.structs.replace(change, reason=reason)


def second_for(account: Account, act: Act, change: Made, rules: Servicing | None, day: Day) -> SecondFor | None:
    """Why ``act``, which comes to ``change``, takes a second person; None where one is enough.

    Args:
        rules: of the product; None: whatever may take two people does.
    """
    if isinstance(act, Waive):
        since = (day - _YEAR) * DAY
        before = sum(
            one.cost_minor
            for one in account.deeds
            if one.state == "done" and one.at > since and isinstance(one.act, Waive)
        )
        alone = (rules or _ALL_BY_TWO).waive_alone_minor
        return "waives_more" if before + cost_of(change) > alone else None
    if isinstance(act, MoveLimit):
        return "raises_limit" if act.limit_minor > (account.limit_minor or 0) else None
    if isinstance(act, Reschedule):
        return "reschedules"
    if isinstance(act, WriteOff):
        return "writes_off"
    return "takes_back" if isinstance(act, Reverse) else None


def propose(
    account: Account, act: Act, change: Made, *, proposal: ProposalId, by: str, reason: Reason, fact_id: str
) -> Proposed:
    """Ask another person for ``act``, which would be ``change`` today.

    Raises:
        NotAllowed: the same is proposed already.
    """
    for one in account.deeds:
        if one.state == "open" and one.act == act:
            raise NotAllowed(
                "The same is proposed already.", code="already_proposed", field="act", value=one.proposal,
                hint="somebody agrees to it or declines it; whoever proposed it may withdraw it",
            )  # fmt: skip
    return Proposed(
        account=account.account_id, by=by, proposal=proposal, act=act, reason=reason, fact_id=fact_id,
        cost_minor=cost_of(change),
    )  # fmt: skip


def agree(account: Account, deed: Deed, *, version: int, product: Product | None, day: Day, by: str) -> Agreed:
    """Agree to what was proposed, and do it.

    Args:
        version: of the account, as whoever agrees saw it.

    Raises:
        Refused: they proposed it themselves. NotAllowed: it is settled, or the account is another one by now.
        NotAllowed, NotOwed, NotFound: it does not hold any more.
    """
    proposal = _open(deed)
    if by == deed.by:
        raise Refused(
            "Whoever proposed it does not agree to it.",
            code="same_person",
            field="by",
            value=by,
            hint="ask somebody else, or withdraw it",
        )
    if account.version != version:
        raise NotAllowed(
            "The account has changed since you looked.",
            code="account_changed",
            field="version",
            value=version,
            hint=f"look at what it comes to now; the account is at version {account.version}",
        )
    made = make(
        account, deed.act, product=product, day=day, by=deed.by, reason=deed.reason or "other", fact_id=deed.fact_id
    )
    assert isinstance(made, Happened | Reversed | LimitMoved | Frozen), "nobody proposes the others"
    return Agreed(account=account.account_id, by=by, proposal=proposal, made=made)


def decline(account: Account, deed: Deed, *, by: str) -> Declined:
    """Do not agree to what another person proposed.

    Raises:
        Refused: they proposed it themselves. NotAllowed: it is settled.
    """
    proposal = _open(deed)
    if by == deed.by:
        raise Refused(
            "Whoever proposed it withdraws it.", code="same_person", field="by", value=by, hint="withdraw it instead"
        )
    return Declined(account=account.account_id, by=by, proposal=proposal)


def withdraw(account: Account, deed: Deed, *, by: str) -> Withdrawn:
    """Do not ask for it any more.

    Raises:
        Refused: another person proposed it. NotAllowed: it is settled.
    """
    proposal = _open(deed)
    if by != deed.by:
        raise Refused(
            "Only whoever proposed it withdraws it.", code="not_yours", field="by", value=by, hint="decline it instead"
        )
    return Withdrawn(account=account.account_id, by=by, proposal=proposal)


def after(account: Account, change: Made) -> Account:
    """A copy of ``account`` after ``change``, which was made of it."""
    found = msgspec.structs.replace(account, draws=dict(account.draws))
    change_account(found, change)
    return found


def check_machine_reverses(account: Account, plan: str, fact_id: str) -> None:
    """Refuse to take back what a person did where no person is asked: money that came or went is all a bank reports.

    Raises:
        NotAllowed: a person did it.
    """
    draw = account.draws.get(plan)
    fact = None if draw is None else draw.facts.get(fact_id)
    if fact is not None and not isinstance(fact, Paid | Refunded | Returned):
        raise NotAllowed(
            "This was no payment.", code="needs_second", field="reversed_id", value=fact_id,
            hint="propose to reverse it: POST /v1/accounts/{account_id}/acts; another person agrees",
        )  # fmt: skip


def _happen(account: Account, plan: str, fact: Fact, fact_id: str, by: str) -> Happened:
    draw = account.draws.get(plan)
    if draw is not None and fact.day < draw.plan.day:  # east of Greenwich something may have happened tomorrow
        fact = msgspec.structs.replace(fact, day=draw.plan.day)
    return moving.happen(account, plan, fact_id, fact, by=by)


def _check_reschedule(account: Account, act: Reschedule) -> None:
    draw = account.draws.get(act.plan)
    if draw is not None and act.rate_bps > draw.plan.rate_bps:
        raise NotAllowed(
            "A new schedule costs no more than the old one.", field="rate_bps", value=act.rate_bps,
            hint=f"at most {draw.plan.rate_bps}",
        )  # fmt: skip


def _check_reversed(account: Account, act: Reverse) -> None:
    draw = account.draws.get(act.plan)
    if draw is not None and isinstance(draw.facts.get(act.fact_id), FellDue):
        raise NotAllowed(
            "What fell due fell due.", field="fact_id", value=act.fact_id, hint="waive it, or schedule anew"
        )


def _check_limit(account: Account, act: MoveLimit, product: Product | None) -> None:
    if act.limit_minor == account.limit_minor:
        raise NotAllowed("That is the limit already.", field="limit_minor", value=act.limit_minor)
    if act.limit_minor < (account.limit_minor or 0):
        return
    if product is None or product.limit_minor is None:
        raise NotAllowed(
            "Nothing more is lent on this product.", field="limit_minor", value=act.limit_minor,
            hint="it is not in the live release",
        )  # fmt: skip
    if act.limit_minor > product.limit_minor.most_minor:
        raise NotAllowed(
            f"{product.name} has no such limit.", field="limit_minor", value=act.limit_minor,
            hint=f"at most {product.limit_minor.most_minor}",
        )  # fmt: skip


def _open(deed: Deed) -> ProposalId:
    if deed.state != "open" or deed.proposal is None:
        raise NotAllowed(
            f"This was {deed.state} already.", code="settled", field="proposal", value=deed.proposal,
            hint=f"by {deed.settled_by}" if deed.settled_by else None,
        )  # fmt: skip
    return deed.proposal
