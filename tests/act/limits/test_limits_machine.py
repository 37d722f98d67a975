"""Whatever the order of reviews, approvals, answers, retries and starts: a limit moves as it was agreed, once, and never too far."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from limit_house import STRATEGY, account_id, opened_house, owner, reopened
from till_product import TILL

from tandem.act.lending import Frozen, LimitMoved, decode_change
from tandem.act.limits import Arms, parse_limit_strategy
from tandem.kernel.errors import TandemError
from tandem.kernel.time import DAY

_ACCOUNTS = 20
_STRATEGY = parse_limit_strategy({**STRATEGY, "name": "till_limits"})
_HELD_OUT = {account_id(one) for one in range(_ACCOUNTS) if Arms(_STRATEGY).of(owner(one)) == "held_out"}


def refusal(do):
    """The code of why not; None where it was done."""
    try:
        do()
    except TandemError as error:
        return error.code
    return None


class Limits(RuleBasedStateMachine):
    """People, customers, time and interruptions, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()

    @initialize()
    def open(self) -> None:
        self.house = opened_house(Path(self.folder.name) / "home", accounts=_ACCOUNTS)

    def teardown(self) -> None:
        self.house.process.close()
        self.folder.cleanup()

    def reviews(self):
        return self.house.limits.look(lambda every: [one.drawn_up.review for one in every])

    @rule(by=st.sampled_from(["ann", "cat"]))
    def propose(self, by):
        self.house.limits.propose("till_limits", by=by)

    @precondition(lambda self: self.reviews())
    @rule(data=st.data(), by=st.sampled_from(["ann", "bob"]))
    def agree(self, data, by):
        review = data.draw(st.sampled_from(self.reviews()))
        author = self.house.limits.look(lambda every: every.named(review).drawn_up.by)
        said = refusal(lambda: self.house.limits.agree(review, by=by))
        assert said in {None, "author_is_approver", "not_open", "key_reused"}
        assert author != by or said is not None

    @precondition(lambda self: self.reviews())
    @rule(data=st.data())
    def decline(self, data):
        review = data.draw(st.sampled_from(self.reviews()))
        assert refusal(lambda: self.house.limits.end(review, by="bob", note="no")) in {None, "not_open"}

    @precondition(lambda self: self.reviews())
    @rule(data=st.data(), consents=st.booleans())
    def answer(self, data, consents):
        review = data.draw(st.sampled_from(self.reviews()))
        account = data.draw(st.sampled_from([account_id(one) for one in range(_ACCOUNTS)]))
        said = refusal(lambda: self.house.limits.answer(review, account, consents=consents, by="app"))
        assert said in {None, "not_open", "key_reused", "unknown_account"}

    @rule(days=st.sampled_from([1, 10, 21, 31, 61]))
    def wait(self, days):
        self.house.clock.day += days

    @rule()
    def carry_out(self):
        self.house.limits.carry_out()
        assert self.house.limits.carry_out() == 0

    @rule()
    def start_anew(self):
        self.house = reopened(self.house.process, self.house.clock)

    # -- what holds --------------------------------------------------------------------------------------------------

    @invariant()
    def a_limit_moves_once_for_a_review_as_it_was_agreed_and_nobody_held_out_moves(self):
        moved = [
            (decode_change(record.clear), record.recorded_at // DAY)
            for record in self.house.process.journal.read(kinds=["account"])
        ]
        moved = [(one, day) for one, day in moved if isinstance(one, LimitMoved | Frozen)]
        assert max(Counter((one.review, one.account) for one, _ in moved).values(), default=0) <= 1
        last: dict[str, int] = {}
        for one, day in moved:
            assert one.account not in _HELD_OUT
            line, agreed = self.house.limits.look(
                lambda every, one=one: (every.line(one.review, one.account).line, every.named(one.review).agreed)
            )
            assert agreed is not None
            if isinstance(one, Frozen):
                assert line.kind == "freeze"
                continue
            assert one.limit_minor == line.to_minor <= TILL["limit_minor"]["most_minor"]
            if line.kind == "increase":
                assert line.most_minor is not None
                assert one.limit_minor <= line.most_minor
                assert day <= agreed.offered_until
                wait = _STRATEGY.cool_down.increase
            else:
                assert day >= agreed.decreases_on
                wait = _STRATEGY.cool_down.decrease
            reviewed = self.house.limits.look(lambda every, one=one: every.named(one.review).drawn_up.day)
            if one.account in last:
                assert reviewed - last[one.account] >= wait
            last[one.account] = day

    @invariant()
    def what_is_kept_as_due_is_what_a_look_at_every_line_finds(self):
        def scanned(every, day):
            return {
                (review.drawn_up.review, account)
                for review in every
                for account, line in review.lines.items()
                if (line.state in {"due", "noticed"} and line.on <= day) or (line.state == "offered" and line.on < day)
            }

        for later in (0, 1, 20, 21, 400):
            day = self.house.limits.today() + later
            kept = self.house.limits.look(lambda every, day=day: every.due(day))
            assert len(kept) == len(set(kept))
            assert set(kept) == self.house.limits.look(lambda every, day=day: scanned(every, day))

    @invariant()
    def the_loss_budget_is_kept_or_said_to_be_out_of_reach(self):
        for one in self.house.limits.look(list):
            totals, budget = one.drawn_up.totals, _STRATEGY.constraints.loss_budget_bps / 10_000
            (kept,) = [each.kept for each in one.drawn_up.solver.bindings if each.constraint == "loss_budget"] or [True]
            if kept:
                assert totals.loss_minor <= totals.balance_minor * budget + totals.accounts
            assert totals.limit_minor <= totals.held_limit_minor * 1.2 + 1

    @invariant()
    def what_reviews_moved_is_what_accounts_have(self):
        for number in range(_ACCOUNTS):
            account = self.house.lending.account(account_id(number))
            lines = self.house.limits.look(
                lambda every, one=account.account_id: [
                    each.lines[one] for each in every.of_account(one) if each.lines[one].state == "moved"
                ]
            )
            limits = [300_000, *(one.line.to_minor for one in lines)]
            assert account.limit_minor == limits[-1]
            assert account.frozen == any(one.line.kind == "freeze" for one in lines)


TestLimits = Limits.TestCase
TestLimits.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
