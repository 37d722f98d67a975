"""Accounts as documents: what is owed today, what is open, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, cast

from tandem.act.lending import Account, Accounts, Draw, Fact, LedgerAccount, LendingDesk, ShownState, bucket_of
from tandem.act.products import Day
from tandem.faces.api.shapes.accounts import (
    AccountDetail,
    AccountPage,
    AccountShown,
    FactShown,
    LedgerBook,
    LedgerPage,
    LineShown,
    MonitoredAccount,
    OwedShown,
    PlanShown,
    StandingShown,
)
from tandem.kernel.time import days_to_date, format_instant

__all__ = ["account_detail", "account_fields", "account_page", "ledger_page", "monitored_account"]


def account_page(desk: LendingDesk, state: str, owner: str | None, before: int | None, limit: int) -> AccountPage:
    """The page of accounts before the number ``before``, the newest first."""
    today = desk.today()
    standing = None if state in {"any", "late"} else cast("ShownState", state)
    late_on = today if state == "late" else None

    def see(accounts: Accounts) -> tuple[list[Account], int]:
        numbers = accounts.newest(before=before, state=standing, late_on=late_on, owner=owner)
        count = accounts.count(state=standing, late_on=late_on, owner=owner)
        return [accounts.numbered(number) for number in islice(numbers, limit + 1)], count

    found, count = desk.look(see)
    return AccountPage(
        accounts=[AccountShown(**account_fields(one, today)) for one in found[:limit]],
        count=count,
        next=found[limit - 1].number if len(found) > limit else None,
    )


def account_fields(account: Account, today: Day) -> dict[str, Any]:
    """The fields of an ``AccountShown``."""
    late = account.days_past_due(today)
    return {
        "account_id": account.account_id,
        "number": account.number,
        "owner_kind": account.owner_kind,
        "owner": account.owner,
        "product": account.product,
        "terms": account.terms,
        "currency": account.currency,
        "opened_on": _date(account.opened_on),
        "state": account.shown_state,
        "limit_minor": account.limit_minor,
        "available_minor": account.available_minor,
        "principal_minor": account.principal_minor,
        "due_minor": sum(draw.plan.owed(max(today, draw.plan.day)).due for draw in account.draws.values()),
        "days_past_due": late,
        "bucket": bucket_of(late),
    }


def account_detail(account: Account, today: Day) -> AccountDetail:
    """``account`` as it is at the end of ``today``."""
    return AccountDetail(**_detail_fields(account, today))


def monitored_account(account: Account, today: Day) -> MonitoredAccount:
    """``account`` as it is at the end of ``today``, with what monitoring says of it: for the lender's own people."""
    standing = account.standing
    shown = None
    if standing is not None:
        shown = StandingShown(
            grade=standing.grade,
            before=standing.before,
            flags=list(standing.flags),
            since=format_instant(standing.since),
            decision_id=standing.decision,
            policy=standing.policy,
        )
    return MonitoredAccount(**_detail_fields(account, today), standing=shown)


def _detail_fields(account: Account, today: Day) -> dict[str, Any]:
    plans = [_plan(name, draw, max(today, draw.plan.day)) for name, draw in account.draws.items()]
    return {
        **account_fields(account, today),
        "version": account.version,
        "decision_id": account.decision,
        "plans": plans,
    }


def _plan(name: str, draw: Draw, day: Day) -> PlanShown:
    plan = draw.plan.on(day)
    owed = plan.standing()
    anew = draw.rescheduled
    given_up = draw.given_up()
    return PlanShown(
        plan=name,
        drawn_on=_date(plan.terms.drawn_on),
        drawn_minor=plan.terms.principal_minor,
        rate_bps=plan.rate_bps,
        instalments=len(plan.terms.instalments) if anew is None else anew.count,
        rescheduled_on=None if anew is None else _date(anew.day),
        state="written_off" if plan.lost else "repaid" if plan.closed else "open",
        owed=OwedShown(
            fee_minor=owed.fee,
            penalty_minor=owed.penalty,
            interest_minor=owed.interest,
            principal_minor=owed.principal,
            due_minor=owed.due,
            to_come_minor=owed.to_come,
            accrued_minor=owed.accrued,
            payoff_minor=owed.payoff,
            waiting_minor=plan.totals.waiting,
            days_past_due=owed.days_past_due,
            next_due=None if owed.next_due is None else _date(owed.next_due),
            next_minor=owed.next_minor,
        ),
        lines=[
            LineShown(
                number=line.number,
                due=_date(line.span.due),
                fee_minor=line.fee,
                penalty_minor=plan.penalty_of(line),
                interest_minor=line.interest,
                principal_minor=line.principal,
            )
            for line in plan.lines
        ],
        facts=[_fact(one, fact, given_up.get(one)) for one, fact in draw.facts.items()],
    )


def _fact(fact_id: str, fact: Fact, given_up_minor: int | None) -> FactShown:
    tag = type(fact).__struct_config__.tag
    amount = getattr(fact, "amount_minor", given_up_minor)
    return FactShown(id=fact_id, what=str(tag), on=_date(fact.day), amount_minor=amount)


def ledger_page(parts: Iterable[Mapping[str, Mapping[LedgerAccount, int]]]) -> LedgerPage:
    """The books: those of accounts, banks and provisions together, each by currency."""
    sums: dict[str, dict[str, int]] = {}
    for part in parts:
        for currency, book in part.items():
            summed = sums.setdefault(currency, {})
            for name, amount in book.items():
                summed[str(name)] = summed.get(str(name), 0) + amount
    books = [LedgerBook(currency=one, balances_minor=dict(sorted(book.items()))) for one, book in sorted(sums.items())]
    return LedgerPage(books=books)


def _date(day: Day) -> str:
    return days_to_date(day).isoformat()
