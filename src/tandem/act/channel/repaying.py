"""Repaying: what is owed, what everything would cost now, and paying it, with the provider's number on record."""

from __future__ import annotations

import msgspec

from tandem.act.channel.core import Core
from tandem.act.channel.paying import Collected, PaymentProvider
from tandem.act.lending import Account, Done, Draw, Fact, LendingDesk, NotAllowed, Paid
from tandem.act.products import Day
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.prove.access import Customer

__all__ = ["Payment", "Payoff", "Repaying"]


class Payoff(msgspec.Struct, frozen=True, kw_only=True):
    """What pays everything of a plan today.

    Attributes:
        payoff_minor: in all; of it ``principal_minor`` is not yet due, and ``fee_minor`` are fees of the running period and for
            paying early.
        planned_minor: what would still be paid if every instalment were paid when due; saved_minor: less that.
    """

    plan: str
    on: Day
    payoff_minor: int
    principal_minor: int
    fee_minor: int
    planned_minor: int
    saved_minor: int


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that was made."""

    done: Done
    collected: Collected


class Repaying:
    """Safe to call from several threads.

    Args:
        provider: takes the money; None: payments come in by the firm's own systems.
    """

    def __init__(self, core: Core, provider: PaymentProvider | None) -> None:
        self._core = core
        self.provider = provider

    def payoff(self, customer: Customer, account_id: str, plan: str) -> Payoff:
        """What pays everything of ``plan`` today.

        Raises:
            NotFound: they have no such account or plan.
        """
        draw = _plan(self._core.account(customer, account_id), plan)
        today = max(self._core.lending.today(), draw.plan.day)
        found = draw.plan.on(today)
        owed = found.standing()
        lines = found.lines
        planned = sum(one.fee + found.penalty_of(one) + one.interest + one.principal for one in lines)
        planned = max(planned - found.totals.waiting, 0)
        interest = min(owed.accrued, owed.payoff)
        early = owed.payoff + found.totals.waiting - owed.due - owed.to_come - interest
        return Payoff(
            plan=plan,
            on=today,
            payoff_minor=owed.payoff,
            principal_minor=owed.to_come,
            fee_minor=max(early, 0),
            planned_minor=planned,
            saved_minor=max(planned - owed.payoff, 0),
        )

    def pay(
        self, customer: Customer, account_id: str, *, payment_id: str, plan: str, amount_minor: int, early: bool
    ) -> Payment:
        """Pay; the same id again pays nothing more.

        Args:
            early: what is left after everything due repays principal now.

        Raises:
            NotFound: they have no such account or plan.
            NotAllowed: it is more than is owed, the bank refuses, or the lender's channel takes no payments (``no_provider``).
            Conflict: the id was used for another payment.
        """
        account = self._core.account(customer, account_id)
        draw = _plan(account, plan)
        if self.provider is None:
            raise NotAllowed(
                "Payments are not taken here.",
                code="no_provider",
                hint="pay as your contract says; it counts all the same",
            )
        if amount_minor <= 0:
            raise InvalidInput("An amount is above zero.", code="not_owed", field="amount_minor", value=amount_minor)
        key = f"{customer.pseudonym}:{account_id}:{payment_id}"
        day = max(self._core.lending.today(), draw.plan.day)
        known = _paid(draw, self.provider.number(key), amount_minor, early=early)
        if known is None:
            most = draw.plan.owed(day).payoff
            if amount_minor > most:
                raise NotAllowed(
                    "That is more than you owe.", code="above_payoff", field="amount_minor", value=amount_minor,
                    hint=f"at most {most}",
                )  # fmt: skip
        collected = self.provider.collect(key, amount_minor, account.currency)
        fact = Paid(day=day if known is None else known.day, amount_minor=amount_minor, early=early)
        by = f"customer:{customer.pseudonym}"
        done = self._core.lending.happen(account_id, plan, fact, key=collected.number, by=by, own="channel")
        return Payment(done=done, collected=collected)


def _paid(draw: Draw, number: str, amount_minor: int, *, early: bool) -> Fact | None:
    """The payment of that number; one that stands as a caller's would, from before, only where it is the same payment."""
    own, *before = LendingDesk.fact_ids("channel", number)
    if own in draw.facts:
        return draw.facts[own]
    found = [one for one in map(draw.facts.get, before) if isinstance(one, Paid)]
    return next((one for one in found if (one.amount_minor, one.early) == (amount_minor, early)), None)


def _plan(account: Account, plan: str) -> Draw:
    found = account.draws.get(plan)
    if found is None:
        raise NotFound(
            "You have no such plan.",
            code="unknown_plan",
            field="plan",
            value=plan,
            hint=near_match(plan, account.draws),
        )
    return found
