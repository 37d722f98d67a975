"""Accounts with a random life: draws, payments early, late and back-dated, refunds, waivers, new schedules, reversals."""

from __future__ import annotations

from hypothesis import strategies as st
from till_product import FIRST_DAY, till

from tandem.act.lending import (
    Account,
    AccountChange,
    AccountId,
    Accounts,
    NotAllowed,
    NotOwed,
    Paid,
    PlanTerms,
    Refunded,
    Rescheduled,
    Waived,
    WrittenOff,
    draw,
    happen,
    open_account,
    reverse,
)
from tandem.act.products import ScheduleRule, scheduled
from tandem.act.statements import Heard
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import DAY, Micros

LAST_DAY = FIRST_DAY + 400
"""Nothing happens later than this."""


class Life:
    """An account that lives: changes are made as the desk makes them, and folded."""

    def __init__(self, number: int = 1) -> None:
        self.accounts = Accounts()
        self.history: list[Heard] = []
        self.account_id = AccountId(f"acc_{number}")
        self._take(
            open_account(
                self.account_id, till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym(f"{number:032x}"),
                day=FIRST_DAY, by="ann", limit_minor=5_000_000,
            ),
            FIRST_DAY,
        )  # fmt: skip

    @property
    def account(self) -> Account:
        """As it is."""
        found = self.accounts.get(self.account_id)
        assert found is not None
        return found

    def draw(self, plan: str, terms: PlanTerms, *, heard: int | None = None) -> bool:
        """Draw; whether it could be."""
        try:
            self._take(draw(self.account, plan, terms, by="shop"), terms.drawn_on if heard is None else heard)
        except NotAllowed:
            return False
        return True

    def happen(self, plan: str, fact, *, heard: int | None = None, fact_id: str | None = None) -> bool:
        """Let something happen, heard of on a day; whether it could."""
        name = fact_id or f"fact-{len(self.history)}"
        try:
            self._take(happen(self.account, plan, name, fact, by="bank"), fact.day if heard is None else heard)
        except (NotAllowed, NotOwed, NotFound):
            return False
        return True

    def reverse(self, plan: str, fact_id: str, *, heard: int) -> bool:
        """Take something back; whether that could be."""
        try:
            self._take(reverse(self.account, plan, fact_id, by="bank"), heard)
        except (NotAllowed, NotFound, NotOwed):
            return False
        return True

    def _take(self, change: AccountChange, day: int) -> None:
        seq = len(self.history) + 1
        at = Micros(max(day * DAY, self.history[-1].at + 1 if self.history else 0))
        self.accounts.apply(change, seq)
        self.history.append(Heard(seq=seq, at=at, change=change))


@st.composite
def terms_of_plans(draw_of) -> PlanTerms:
    rule = ScheduleRule(
        method=draw_of(st.sampled_from(["equal_instalment", "equal_principal", "bullet"])),
        every=draw_of(st.sampled_from(["month", "fortnight", "week"])),
        roll=draw_of(st.sampled_from(["none", "following", "preceding"])),
        calendar="CN",
        day_count=draw_of(st.sampled_from(["periods", "actual_365", "thirty_360"])),
    )
    principal, rate = draw_of(st.integers(1_000, 1_000_000)), draw_of(st.integers(0, 3_600))
    start = FIRST_DAY + draw_of(st.integers(0, 120))
    instalments = scheduled(
        rule, principal_minor=principal, rate_bps=rate, start=start, count=draw_of(st.integers(1, 8)),
        fee_minor=draw_of(st.sampled_from([0, 0, 150])),
    )  # fmt: skip
    return PlanTerms(
        principal_minor=principal, drawn_on=start, rate_bps=rate, rule=rule, instalments=instalments,
        overdue_bps_per_day=draw_of(st.sampled_from([0, 5])), grace_days=draw_of(st.integers(0, 4)),
        early_fee_bps=draw_of(st.sampled_from([0, 100])), fees_to_come=draw_of(st.booleans()), fewer=draw_of(st.booleans()),
        order=tuple(draw_of(st.permutations(["fee", "penalty", "interest", "principal"]))),
    )  # fmt: skip


@st.composite
def lives(draw_of) -> Life:
    """An account with up to two plans and up to ten facts, some of them heard of late, some taken back."""
    life = Life()
    plans = {}
    for name in ("tv", "sofa")[: draw_of(st.integers(1, 2))]:
        terms = draw_of(terms_of_plans())
        if life.draw(name, terms, heard=FIRST_DAY + 120):
            plans[name] = terms
    heard, known = FIRST_DAY + 120, []
    for number in range(draw_of(st.integers(0, 10))):
        name = draw_of(st.sampled_from(sorted(plans)))
        heard += draw_of(st.integers(0, 25))
        if known and draw_of(st.integers(0, 5)) == 0:
            plan, fact_id = known.pop(draw_of(st.integers(0, len(known) - 1)))
            life.reverse(plan, fact_id, heard=heard)
            continue
        day = max(plans[name].drawn_on, heard - draw_of(st.sampled_from([0, 0, 0, 3, 40])))
        amount = draw_of(st.integers(1, plans[name].principal_minor // 2 + 2_000))
        fact = draw_of(
            st.sampled_from(
                [
                    Paid(day=day, amount_minor=amount),
                    Paid(day=day, amount_minor=amount, early=True),
                    Refunded(day=day, amount_minor=amount),
                    Waived(day=day, interest_minor=draw_of(st.integers(0, 40))),
                    Waived(day=day, rest=True),
                    Rescheduled(day=day, count=draw_of(st.integers(1, 6)), rate_bps=1_200),
                    WrittenOff(day=day),
                ]
            )
        )
        if life.happen(name, fact, heard=heard, fact_id=f"fact-{number}"):
            known.append((name, f"fact-{number}"))
    return life
