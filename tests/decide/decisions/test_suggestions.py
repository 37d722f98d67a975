"""What would have changed a decision, by properties: it flips, nothing in it is superfluous, and nobody is asked for the impossible."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from told_workspace import EVERYTHING, GOOD, STATEMENTS, policy

from tandem.decide.decisions import Facts, assemble, judge
from tandem.decide.decisions.book import BOOK_LEAST, book_of
from tandem.decide.decisions.counterfactual import find_counterfactuals
from tandem.decide.reasons import adverse_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.time import SystemClock
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

RANKS = {"decline": 0, "review": 1, "approve": 2}
SEEN = [
    {
        "amount_minor": 10_000 + 4_000 * n,
        "income_minor": 20_000 + 6_000 * n,
        "debt_minor": 3_000 * n,
        "job_years": n % 12,
    }
    for n in range(BOOK_LEAST)
]
FACTS = st.fixed_dictionaries(
    {
        "amount_minor": st.integers(1_000, 300_000),
        "income_minor": st.integers(1_000, 400_000),
        "debt_minor": st.integers(0, 200_000),
        "job_years": st.integers(0, 40),
        "age": st.integers(16, 80),
    }
)
BURDEN = {
    "rule": "burden",
    "when": "amount_minor + debt_minor > 2 * income_minor",
    "then": "decline",
    "reason": "SCORE_LOW",
}
NEW_JOB = {"rule": "new_job", "when": "job_years < 2 AND amount_minor > 60000", "then": "review", "reason": "NEW_JOB"}
SMALL = {"rule": "small", "when": "amount_minor < 5000", "then": "review", "reason": "CAPPED"}


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A release with the rules above, a monotone scorecard, and a price over the best one for middling risks."""
    keys = SqliteSubjectKeys(tmp_path_factory.mktemp("keys") / "keys.sqlite")
    vault = Vault(MasterKey(b"m" * 32), keys, "test", clock=SystemClock(), entropy=SeededEntropy(1))
    dear = policy(BURDEN, NEW_JOB, SMALL, price={"rate_bps": "CASE WHEN pd > 0.1 THEN 1200 ELSE 900 END"})
    known = {one.key: one for one in (*EVERYTHING, dear)}
    return assemble(known.values(), Digest("0" * 64), vault)


class Asked:
    """A search, and the decision it is about."""

    def __init__(self, live, row, book=None):
        self.live, self.row = live, row
        self.policy = live.policy_for("application")
        self.before = self.decide({})
        self.answer = find_counterfactuals(
            Facts(row=row, members=self.nobody()), self.policy, live, "application", "d", book
        )

    def nobody(self):
        return dict.fromkeys(self.policy.lists, frozenset())

    def decide(self, changes):
        return judge(Facts(row={**self.row, **changes}, members=self.nobody()), self.policy)

    def better(self, changes):
        """Whether the decision on the changed facts is better, or fewer terms speak against the applicant."""
        after = self.decide(changes)
        if after.outcome is not self.before.outcome:
            return RANKS[after.outcome] > RANKS[self.before.outcome]
        row = {**self.row, **changes}
        was = set(adverse_of(self.before, self.policy, self.row, self.live.vocabulary))
        return set(adverse_of(after, self.policy, row, self.live.vocabulary)) < was


def changes_of(one):
    return {move.field: move.now for move in one.moves}


@given(facts=FACTS)
@settings(max_examples=40, deadline=None)
def test_every_suggestion_really_changes_the_decision_for_the_better(live, facts):
    asked = Asked(live, facts)
    for one in asked.answer.found:
        assert asked.better(changes_of(one))
        assert str(asked.decide(changes_of(one)).outcome) == one.outcome
        assert all(facts[move.field] == move.then != move.now for move in one.moves)


@given(facts=FACTS)
@settings(max_examples=40, deadline=None)
def test_without_any_one_of_its_moves_a_suggestion_changes_nothing(live, facts):
    asked = Asked(live, facts)
    for one in asked.answer.found:
        for left_out in one.moves:
            rest = {move.field: move.now for move in one.moves if move is not left_out}
            assert not rest or not asked.better(rest)


@given(facts=FACTS)
@settings(max_examples=40, deadline=None)
def test_nothing_moves_that_may_not_nor_the_wrong_way_nor_too_far(live, facts):
    book = book_of(SEEN)
    for one in Asked(live, facts, book).answer.found:
        for move in one.moves:
            assert move.field not in {"age", "person", "device"}
            assert (move.now > move.then) == (move.field in {"income_minor", "job_years"})
            low, high = book.ranges[move.field]
            assert min(low, move.then) <= move.now <= max(high, move.then)
            if move.field == "job_years":
                assert move.now - move.then <= 2, "two years are the horizon"


@given(facts=FACTS)
@settings(max_examples=40, deadline=None)
def test_no_suggestion_worsens_another_condition(live, facts):
    asked = Asked(live, facts)
    rules = ("law.burden", "law.new_job", "law.small", "law.too_young")
    weights = {"law.burden": 2, "law.too_young": 2, "law.new_job": 1, "law.small": 1}
    was = max((weights[one] for one in rules if one in asked.before.fired), default=0)
    for one in asked.answer.found:
        after = asked.decide(changes_of(one))
        assert max((weights[rule] for rule in rules if rule in after.fired), default=0) <= was


@given(facts=FACTS)
@settings(max_examples=40, deadline=None)
def test_where_the_model_is_monotone_a_single_move_is_the_smallest_there_is(live, facts):
    asked = Asked(live, facts)
    for one in asked.answer.found:
        if len(one.moves) != 1 or one.moves[0].field not in {"income_minor", "debt_minor"}:
            continue
        (move,) = one.moves
        assert one.monotone
        step = 1 if move.now > move.then else -1
        assert not asked.better({move.field: move.now - step}), "one unit less is not enough"


@given(facts=FACTS)
@settings(max_examples=40, deadline=None)
def test_suggestions_are_few_different_and_sorted_by_their_size(live, facts):
    found = Asked(live, facts).answer.found
    assert len(found) <= 5
    assert len({frozenset(changes_of(one)) for one in found}) == len(found)
    assert all(len(one.moves) <= 3 for one in found)
    assert [one.cost for one in found] == sorted(one.cost for one in found)


def test_a_book_that_has_seen_too_little_rules_nothing_out(live):
    facts = {**GOOD, "income_minor": 50_000, "debt_minor": 90_000}
    few = book_of(SEEN[: BOOK_LEAST - 1])
    assert Asked(live, facts, few).answer == Asked(live, facts).answer
    assert Asked(live, facts, book_of(SEEN)).answer.book == BOOK_LEAST


def test_facts_are_told_by_their_names_with_amounts_and_time_written_out(live):
    facts = {**GOOD, "amount_minor": 60_000, "income_minor": 80_000, "debt_minor": 60_000}
    found = Asked(live, facts).answer.found
    sentences = {one.moves[0].field: one for one in found if len(one.moves) == 1}
    income = sentences["income_minor"]
    assert income.en == (
        "Had income a month been CNY 1,000.00 instead of CNY 800.00, the outcome would have been approve. "
        "It would take about 3 months."
    )
    assert income.zh == "若月收入为人民币1,000.00元（而非人民币800.00元），结果将为通过。约需3个月。"
    assert income.takes_days == 90


def test_an_approval_that_is_too_dear_is_told_how_it_would_have_been_cheaper(live):
    found = Asked(live, {**GOOD, "income_minor": 60_000}).answer.found
    assert found[0].outcome == "approve"
    assert "approve on better terms." in found[0].en
    assert "结果将为通过，且条件更优。" in found[0].zh


def test_what_takes_longer_than_the_horizon_is_held_still(tmp_path):
    body = copy.deepcopy(STATEMENTS.body)
    body["method"] = {"horizon_days": 30}
    known = {one.key: one for one in (*EVERYTHING, Artefact.of("statements", "customers", body))}
    keys = SqliteSubjectKeys(tmp_path / "keys.sqlite")
    vault = Vault(MasterKey(b"m" * 32), keys, "test", clock=SystemClock(), entropy=SeededEntropy(1))
    hurried = assemble(known.values(), Digest("0" * 64), vault)
    asked = Asked(hurried, {**GOOD, "income_minor": 50_000, "debt_minor": 90_000, "amount_minor": 95_000})
    held = {one.field: one.because for one in asked.answer.held}
    assert held["income_minor"] == held["debt_minor"] == "takes_too_long"
    assert set(asked.answer.moved) == {"amount_minor"}


def test_a_suggestion_reads_the_same_each_time(live):
    facts = {**GOOD, "income_minor": 50_000, "debt_minor": 90_000, "amount_minor": 95_000}
    one, other = Asked(live, facts).answer, Asked(live, facts).answer
    assert one == other
    assert replace(one, found=()) != one
