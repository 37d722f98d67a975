"""What people do to accounts, as documents: what it comes to, what was proposed, what became of it."""

from __future__ import annotations

from tandem.act.lending import Account, Deed, Done, Effect, Proposed, ServicingDesk
from tandem.act.products import Day
from tandem.faces.api.control.account_documents import account_detail, account_fields
from tandem.faces.api.shapes.accounts import AccountShown
from tandem.faces.api.shapes.servicing import AccountStanding, ActDone, ActEffect, ActShown, ProposalShown
from tandem.faces.api.shapes.vocabulary import Fault
from tandem.kernel.errors import TandemError
from tandem.kernel.time import days_to_date, format_instant

__all__ = ["act_shown", "done_shown", "effect_shown", "proposal_shown"]


def effect_shown(effect: Effect, today: Day) -> ActEffect:
    """What an act comes to on ``today``."""
    return ActEffect(
        version=effect.before.version,
        before=_standing(effect.before, today),
        after=_standing(effect.after, today),
        cost_minor=effect.cost_minor,
        second=effect.second,
    )


def act_shown(deed: Deed, desk: ServicingDesk, *, notes: bool) -> ActShown:
    """What a person did or proposed; with what they wrote about it only where ``notes`` may be seen."""
    return ActShown(
        act=deed.act,
        state=deed.state,
        by=deed.by,
        at=format_instant(deed.at),
        reason=deed.reason,
        note=desk.note_at(deed.seq) if notes else None,
        fact_id=deed.fact_id or None,
        cost_minor=deed.cost_minor,
        proposal_id=deed.proposal,
        settled_by=deed.settled_by,
        settled_at=None if deed.settled_at is None else format_instant(deed.settled_at),
        settled_note=desk.note_at(deed.settled_seq) if notes else None,
    )


def proposal_shown(account: Account, deed: Deed, desk: ServicingDesk, today: Day, *, notes: bool) -> ProposalShown:
    """What was proposed, and what agreeing would come to."""
    effect = desk.effect_of(account, deed)
    return ProposalShown(
        proposal=act_shown(deed, desk, notes=notes),
        account=AccountShown(**account_fields(account, today)),
        effect=effect_shown(effect, today) if isinstance(effect, Effect) else None,
        fails=_fault(effect) if isinstance(effect, TandemError) else None,
    )


def done_shown(done: Done, today: Day) -> ActDone:
    """What came of an act."""
    proposal = done.change.proposal if isinstance(done.change, Proposed) else None
    return ActDone(
        account=account_detail(done.account, today),
        proposed=proposal is not None,
        proposal_id=proposal,
        again=done.again,
    )


def _standing(account: Account, today: Day) -> AccountStanding:
    owed = [draw.plan.owed(max(today, draw.plan.day)) for draw in account.draws.values()]
    following = min((one.next_due for one in owed if one.next_due is not None), default=None)
    return AccountStanding(
        state=account.shown_state,
        due_minor=sum(one.due for one in owed),
        payoff_minor=sum(one.payoff for one in owed),
        principal_minor=account.principal_minor,
        limit_minor=account.limit_minor,
        available_minor=account.available_minor,
        days_past_due=account.days_past_due(today),
        instalments=sum(len(draw.plan.lines) for draw in account.draws.values()),
        next_due=None if following is None else days_to_date(following).isoformat(),
        next_minor=sum(one.next_minor for one in owed if following is not None and one.next_due == following),
    )


def _fault(error: TandemError) -> Fault:
    value = None if error.value is None else str(error.value)
    return Fault(code=error.code, detail=error.detail, field=error.field, value=value, hint=error.hint)
