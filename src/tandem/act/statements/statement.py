"""A statement: an account over a period, every movement by the day it counts from and when we heard of it.

It is made of the account's records alone, as far as they were known at an instant. So the statement that was sent last month
can be made again as it was then, and a payment that is heard of late shows in a new one of the same period.
"""

from __future__ import annotations

from collections.abc import Sequence

from tandem.act.lending import Agreed, Drawn, Happened, LimitMoved, Opened, PlanTerms, Reversed, Totals
from tandem.act.products import Day
from tandem.act.statements.errors import NotAPeriod
from tandem.act.statements.history import Heard
from tandem.act.statements.types import Balances, Movement, OpenLine, PlanStatement, Statement, TakenBack
from tandem.act.statements.walking import KnownFact, Walk, amount_of, balances_of, moved_between
from tandem.kernel.errors import NotFound
from tandem.kernel.time import Micros, days_to_date

__all__ = ["statement_of"]


class _Known:
    """An account as far as it was known: how it was opened, its plans, the facts that stood, those that were taken back."""

    def __init__(self, history: Sequence[Heard], known_at: Micros) -> None:
        self.opened: Opened | None = None
        self.limit_minor: int | None = None
        self.plans: dict[str, tuple[Heard, PlanTerms]] = {}
        self.facts: dict[str, dict[str, KnownFact]] = {}
        self.taken_back: list[TakenBack] = []
        for heard in history:
            if heard.at > known_at:
                break
            self._take(heard)

    def _take(self, heard: Heard) -> None:
        # What a second person agreed to carries what was made of it; that is what happened.
        change = heard.change.made if isinstance(heard.change, Agreed) else heard.change
        if isinstance(change, Opened):
            self.opened, self.limit_minor = change, change.limit_minor
        elif isinstance(change, LimitMoved):
            self.limit_minor = change.limit_minor
        elif isinstance(change, Drawn):
            self.plans[change.plan] = heard, change.terms
            self.facts[change.plan] = {}
        elif isinstance(change, Happened):
            known = KnownFact(fact_id=change.fact_id, fact=change.fact, heard=heard.at, by=change.by)
            self.facts[change.plan][change.fact_id] = known
        elif isinstance(change, Reversed):
            gone = self.facts[change.plan].pop(change.fact_id)
            self.taken_back.append(
                TakenBack(
                    plan=change.plan, fact_id=gone.fact_id, what=str(type(gone.fact).__struct_config__.tag),
                    day=gone.fact.day, amount=amount_of(gone.fact), heard=gone.heard, taken_back=heard.at,
                )
            )  # fmt: skip


def statement_of(history: Sequence[Heard], *, since: Day, until: Day, known_at: Micros) -> Statement:
    """The statement of an account from ``since`` to ``until``, both included, as it was known at ``known_at``.

    Args:
        history: all of its records, in journal order.

    Raises:
        NotFound: the account was not known then.
        NotAPeriod: it ends before it begins, or before the account was opened.
    """
    known = _Known(history, known_at)
    opened = known.opened
    if opened is None:
        raise NotFound("No account was known by this id then.", code="unknown_account", field="account")
    if until < max(since, opened.day):
        raise NotAPeriod(
            "A statement ends when it begins or later, and when the account was opened or later.",
            field="to",
            value=days_to_date(until).isoformat(),
            hint=f"not before {days_to_date(max(since, opened.day)).isoformat()}",
        )
    plans = [
        _plan_statement(name, heard, terms, list(known.facts[name].values()), since, until)
        for name, (heard, terms) in known.plans.items()
        if terms.drawn_on <= until
    ]
    return Statement(
        account_id=opened.account,
        owner_kind=opened.owner_kind,
        owner=opened.owner,
        product=opened.product,
        terms=opened.terms,
        currency=opened.currency,
        opened_on=opened.day,
        limit_minor=known.limit_minor,
        since=since,
        until=until,
        known_at=known_at,
        plans=tuple(plans),
        taken_back=tuple(one for one in known.taken_back if since <= one.day <= until),
    )


def _plan_statement(
    name: str, drawn: Heard, terms: PlanTerms, facts: list[KnownFact], since: Day, until: Day
) -> PlanStatement:
    walk = Walk(terms, facts)
    opening, moved_before = Balances(), Totals()
    movements: list[Movement] = []
    if terms.drawn_on < since:
        for _ in walk.to(since - 1):
            pass
        opening, moved_before = balances_of(walk.plan), walk.plan.copy().totals
    else:
        movements.append(walk.drawing(drawn.at, drawn.change.by))
    movements += walk.to(until)
    plan, closing = walk.plan, balances_of(walk.plan)
    owed = plan.standing()
    return PlanStatement(
        plan=name,
        drawn_on=terms.drawn_on,
        drawn_minor=terms.principal_minor,
        rate_bps=plan.rate_bps,
        opening=opening,
        movements=tuple(movements),
        closing=closing,
        charged=sum((one.effect for one in movements if one.what == "charged"), Balances()),
        moved=moved_between(moved_before, plan.totals),
        open_lines=tuple(
            OpenLine(
                number=line.number, due=line.span.due, principal=line.principal, interest=line.interest, fee=line.fee,
                penalty=plan.penalty_of(line),
            )
            for line in plan.lines
        ),
        days_past_due=owed.days_past_due,
        next_due=owed.next_due,
        next_minor=owed.next_minor,
        lost=plan.lost,
    )  # fmt: skip
