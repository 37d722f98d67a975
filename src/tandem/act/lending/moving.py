"""What may be done to an account, and when not: pure. Each function gives the change to be written, or says why not."""

from __future__ import annotations

import msgspec

from tandem.act.lending.accounts import Account, Draw, moved
from tandem.act.lending.changes import AccountId, Closed, Drawn, Frozen, Happened, LimitMoved, Opened, Reversed
from tandem.act.lending.errors import NotAllowed, NotOwed
from tandem.act.lending.facts import Fact, Paid, PlanTerms, Refunded, Returned, Waived
from tandem.act.lending.postings import postings
from tandem.act.lending.totals import Totals
from tandem.act.products import Day, Product, Quote
from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.identity import DecisionId, Digest, Pseudonym

__all__ = ["close", "draw", "freeze", "happen", "move_limit", "open_account", "reverse", "terms_of"]


def terms_of(product: Product, quote: Quote) -> PlanTerms:
    """What is agreed when ``quote`` is signed."""
    price = product.price
    return PlanTerms(
        principal_minor=quote.amount_minor,
        drawn_on=quote.on,
        rate_bps=quote.rate_bps,
        rule=product.schedule,
        instalments=quote.instalments,
        order=product.order,
        overdue_bps_per_day=price.overdue.bps_per_day,
        grace_days=price.overdue.grace_days,
        early_fee_bps=price.early.fee_bps,
        fees_to_come=price.early.fees_to_come == "due",
        fewer=price.early.rest == "fewer_instalments",
    )


def open_account(
    account_id: AccountId,
    product: Product,
    terms: Digest,
    *,
    owner_kind: str,
    owner: Pseudonym,
    day: int,
    by: str,
    limit_minor: int | None = None,
    decision: DecisionId | None = None,
    disclosure: Digest | None = None,
) -> Opened:
    """A new account of ``product``.

    Args:
        terms: digest of the product version.

    Raises:
        NotAllowed: a limit that the product does not have, or none where it has one.
    """
    bounds = product.limit_minor
    if bounds is None and limit_minor is not None:
        raise NotAllowed(f"{product.name} has no limit.", field="limit_minor", value=limit_minor, hint="leave it out")
    if bounds is not None and (limit_minor is None or not bounds.least_minor <= limit_minor <= bounds.most_minor):
        raise NotAllowed(
            f"{product.name} has no such limit.",
            field="limit_minor",
            value=limit_minor,
            hint=f"from {bounds.least_minor} to {bounds.most_minor}",
        )
    return Opened(
        account=account_id, by=by, owner_kind=owner_kind, owner=owner, product=product.name, terms=terms,
        currency=product.currency, day=day, limit_minor=limit_minor, decision=decision, disclosure=disclosure,
    )  # fmt: skip


def draw(
    account: Account,
    plan: str,
    terms: PlanTerms,
    *,
    by: str,
    merchant: Pseudonym | None = None,
    decision: DecisionId | None = None,
    elsewhere: bool = False,
) -> Drawn:
    """Money goes out.

    Args:
        elsewhere: another system let them draw it and paid it out; no limit binds it backwards, and nobody pays it again.

    Raises:
        NotAllowed: the account is not open, has no such room, has had its one draw, or a plan of this name.
    """
    if account.state != "open":
        raise NotAllowed(
            f"Nothing is drawn on an account that is {account.state}.", field="account", value=account.account_id
        )
    if plan in account.draws:
        raise NotAllowed("There is a plan of this name.", field="plan", value=plan, hint="give it another one")
    if account.limit_minor is None and account.draws:
        raise NotAllowed("This product is drawn once.", field="account", value=account.account_id)
    if account.limit_minor is not None and not elsewhere and terms.principal_minor > account.available_minor:
        raise NotAllowed(
            "That is more than the limit leaves.",
            field="amount_minor",
            value=terms.principal_minor,
            hint=f"at most {account.available_minor}",
        )
    change = Drawn(
        account=account.account_id, by=by, plan=plan, terms=terms, merchant=merchant, decision=decision,
        elsewhere=elsewhere,
    )  # fmt: skip
    posted = tuple(postings(Totals(), moved(account, change).plan.totals))
    return msgspec.structs.replace(change, posted=posted)


def happen(account: Account, plan: str, fact_id: str, fact: Fact, *, by: str) -> Happened:
    """Something happens to a plan.

    Raises:
        NotFound: no such plan. NotOwed: it does not hold. NotAllowed: it has an id that is taken, or an amount of nothing.
    """
    found = _plan(account, plan)
    if fact_id in found.facts:
        raise NotAllowed("Something of this id has happened.", field="fact_id", value=fact_id)
    if fact.day < found.plan.terms.drawn_on:
        raise NotOwed("That was before anything was drawn.", field="day", value=fact.day)
    if isinstance(fact, Paid | Refunded | Returned) and fact.amount_minor <= 0:
        raise NotAllowed("An amount is above zero.", field="amount_minor", value=fact.amount_minor)
    change = Happened(account=account.account_id, by=by, plan=plan, fact_id=fact_id, fact=fact)
    posted = tuple(postings(found.plan.totals, moved(account, change).plan.totals))
    return msgspec.structs.replace(change, posted=posted)


def refund(account: Account, plan: str, fact_id: str, amount_minor: int, *, day: Day, by: str) -> Happened:
    """A merchant gives back so much of what was bought by a draw.

    Raises:
        As ``happen``; NotAllowed: all that was given back would be more than was drawn.
    """
    draw = _plan(account, plan)
    before = sum(one.amount_minor for one in draw.facts.values() if isinstance(one, Refunded))
    left = draw.plan.terms.principal_minor - before
    if amount_minor > left:
        raise NotAllowed(
            "That is more than was bought.", code="above_purchase", field="amount_minor", value=amount_minor,
            hint=f"at most {left}",
        )  # fmt: skip
    return happen(account, plan, fact_id, Refunded(day=day, amount_minor=amount_minor), by=by)


def reverse(account: Account, plan: str, fact_id: str, *, by: str) -> Reversed:
    """Something had not happened.

    Raises:
        NotFound: no such plan or fact. NotOwed: a later fact does not hold without it.
        NotAllowed: without this money a waiver of the rest would give up more than somebody meant it to.
    """
    found = _plan(account, plan)
    if fact_id not in found.facts:
        raise NotFound(
            "Nothing of this id has happened.",
            code="unknown_fact",
            field="fact_id",
            value=fact_id,
            hint=near_match(fact_id, found.facts),
        )
    change = Reversed(account=account.account_id, by=by, plan=plan, fact_id=fact_id)
    after = moved(account, change)
    if isinstance(found.facts[fact_id], Paid | Refunded):
        _check_gives_up_no_more(found, after, fact_id)
    posted = tuple(postings(found.plan.totals, after.plan.totals))
    return msgspec.structs.replace(change, posted=posted)


def move_limit(account: Account, limit_minor: int, *, by: str, decision: DecisionId | None = None) -> LimitMoved:
    """Another limit; below what is drawn nothing more may be drawn, and nothing is called in.

    Raises:
        NotAllowed: it is closed, or has no limit.
    """
    if account.limit_minor is None or account.ended:
        raise NotAllowed("This account has no limit to move.", field="account", value=account.account_id)
    if limit_minor < 0:
        raise NotAllowed("A limit is not below zero.", field="limit_minor", value=limit_minor)
    return LimitMoved(account=account.account_id, by=by, limit_minor=limit_minor, decision=decision)


def freeze(account: Account, *, frozen: bool, by: str) -> Frozen:
    """Nothing may be drawn from now on, or again.

    Raises:
        NotAllowed: it is closed.
    """
    if account.ended:
        raise NotAllowed("A closed account stays closed.", field="account", value=account.account_id)
    return Frozen(account=account.account_id, by=by, frozen=frozen)


def close(account: Account, *, by: str) -> Closed:
    """Nothing is owed and nothing will be drawn.

    Raises:
        NotAllowed: something is owed, or waits to go back to the customer.
    """
    for name, one in account.draws.items():
        if not one.plan.closed or one.plan.totals.waiting:
            raise NotAllowed("Something is still open.", field="plan", value=name, hint="repaid, or given back, first")
    return Closed(account=account.account_id, by=by)


def _check_gives_up_no_more(before: Draw, after: Draw, fact_id: str) -> None:
    """A settlement: they paid part, the rest was waived. If that part comes back, "the rest" must not become all of it.

    What other waivers give up is an amount of its own, so a difference is what those of the rest give up.
    """
    more = after.plan.totals.waived - before.plan.totals.waived
    if more <= 0:
        return
    waivers = [one for one, fact in before.facts.items() if isinstance(fact, Waived) and fact.rest]
    raise NotAllowed(
        f"What was still owed after this was waived; without it {more} more would be.",
        code="waived_since",
        field="fact_id",
        value=fact_id,
        hint=f"take the waiver back first: {', '.join(waivers)}",
    )


def _plan(account: Account, plan: str) -> Draw:
    found = account.draws.get(plan)
    if found is None:
        raise NotFound(
            "This account has no such plan.",
            code="unknown_plan",
            field="plan",
            value=plan,
            hint=near_match(plan, account.draws),
        )
    return found
