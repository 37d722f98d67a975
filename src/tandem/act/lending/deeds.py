"""Deeds of an account: what a change says that a person did or proposed, and what became of it: pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tandem.act.lending.acts import Act, Close, Deed, Freeze, MoveLimit, Reschedule, Reverse, Unfreeze, Waive, WriteOff
from tandem.act.lending.changes import (
    AccountChange,
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
from tandem.act.lending.facts import Rescheduled, Waived, WrittenOff
from tandem.act.lending.postings import LedgerAccount
from tandem.kernel.time import Micros

__all__ = ["BY_PEOPLE", "SETTLING", "cost_of", "deed_of", "settle"]

BY_PEOPLE: Final = (Waived, Rescheduled, WrittenOff)
"""Facts that come of what people do."""
SETTLING: Final = (Agreed, Declined, Withdrawn)
"""Changes by which a proposal is settled."""

_GIVEN_UP = (LedgerAccount.WAIVERS, LedgerAccount.LOSSES)


def cost_of(change: AccountChange) -> int:
    """What the lender gives up by ``change``, in minor units: waived or lost; below zero where that is taken back."""
    posted = change.posted if isinstance(change, Happened | Reversed) else ()
    given = sum(one.amount_minor for one in posted if one.debit in _GIVEN_UP)
    return given - sum(one.amount_minor for one in posted if one.credit in _GIVEN_UP)


def deed_of(change: AccountChange, seq: int, at: Micros) -> Deed | None:
    """The deed that ``change``, recorded at place ``seq``, is by itself; None where no person does such a thing.

    Args:
        at: when it was recorded.
    """
    if isinstance(change, Proposed):
        return Deed(
            act=change.act, by=change.by, at=at, seq=seq, reason=change.reason, fact_id=change.fact_id,
            cost_minor=change.cost_minor, state="open", proposal=change.proposal,
        )  # fmt: skip
    act = _act_of(change)
    if act is None:
        return None
    assert isinstance(change, Happened | Reversed | LimitMoved | Frozen | Closed)
    fact_id = change.fact_id if isinstance(change, Happened) else ""
    cost = cost_of(change)
    return Deed(act=act, by=change.by, at=at, seq=seq, reason=change.reason, fact_id=fact_id, cost_minor=cost)


def settle(deeds: Iterable[Deed], change: Agreed | Declined | Withdrawn, seq: int, at: Micros) -> None:
    """Write down in the deed among ``deeds`` what became of its proposal."""
    deed = next(one for one in deeds if one.proposal == change.proposal)
    assert deed.state == "open", "a proposal is settled once"
    deed.settled_by, deed.settled_at, deed.settled_seq = change.by, at, seq
    if isinstance(change, Agreed):
        deed.state, deed.cost_minor = "agreed", cost_of(change.made)
    else:
        deed.state = "declined" if isinstance(change, Declined) else "withdrawn"


def _act_of(change: AccountChange) -> Act | None:
    if isinstance(change, Happened):
        fact = change.fact
        if isinstance(fact, Waived):
            return Waive(
                plan=change.plan, fee_minor=fact.fee_minor, penalty_minor=fact.penalty_minor,
                interest_minor=fact.interest_minor, rest=fact.rest,
            )  # fmt: skip
        if isinstance(fact, Rescheduled):
            return Reschedule(plan=change.plan, count=fact.count, rate_bps=fact.rate_bps)
        return WriteOff(plan=change.plan) if isinstance(fact, WrittenOff) else None
    if isinstance(change, Reversed):
        return Reverse(plan=change.plan, fact_id=change.fact_id)
    if isinstance(change, LimitMoved):
        return MoveLimit(limit_minor=change.limit_minor)
    if isinstance(change, Frozen):
        return Freeze() if change.frozen else Unfreeze()
    return Close() if isinstance(change, Closed) else None
