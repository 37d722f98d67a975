"""What would have changed a decision: found on the policy's own thresholds, decided anew, never claimed otherwise."""

from __future__ import annotations

from contextlib import suppress

import pytest
from small_workspace import APPLICATION, BLOCKED, EVERYTHING, REASONS, VELOCITY, application, go_live

from tandem.decide.decisions import Facts, counterfactuals_of, judge
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, NotFound


def policy(*rules, **stages):
    return Artefact.of(
        "policy",
        "application",
        {
            "event": "application",
            "when_missing": "review",
            "flow": [
                {"rules": "checks", "all": [
                    {"rule": f"rule_{number}", "when": when, "then": then, "reason": "BLOCKED", **stages}
                    for number, (when, then) in enumerate(rules)
                ]},
                {"decide": "end", "then": "approve", "limit": "amount_minor"},
            ],
        },
    )  # fmt: skip


def with_fields(**fields):
    body = {**APPLICATION.body}
    body["fields"] = [*body["fields"], *({"name": name, **one} for name, one in fields.items())]
    return Artefact.of("event_type", "application", body)


NUMBER = {"type": "integer"}


@pytest.fixture
def asked(process):
    """Put a policy in force, decide on an application, and ask what would have changed it."""

    def ask(the_policy, *artefacts, number=1, **values):
        known = {one.key: one for one in (*EVERYTHING, the_policy, *artefacts)}
        with suppress(Conflict):  # it is live already
            go_live(process, *known.values())
        answer = process.decide_now(application(number, **values))
        return counterfactuals_of(answer.decision_id, process.archive, process.journal)

    return ask


def test_the_nearest_amount_below_a_threshold_is_found(asked):
    found = asked(policy(("amount_minor > 731", "decline")), amount_minor=1000).found
    assert [(move.field, move.then, move.now) for one in found for move in one.moves] == [("amount_minor", 1000, 731)]
    assert found[0].outcome == "approve"
    assert found[0].limit_minor == 731
    assert found[0].en == "Had amount_minor been 731 instead of 1000, the outcome would have been approve."
    assert found[0].zh == "若 amount_minor 为 731（而非 1000），结果将为通过。"


def test_a_threshold_on_a_computed_value_is_found_to_the_unit(asked):
    found = asked(policy(("amount_minor * 3 > 2000", "decline")), amount_minor=1000).found
    assert found[0].moves[0].now == 666


def test_two_facts_are_moved_where_one_is_not_enough(asked):
    kinds = with_fields(income_minor=NUMBER)
    answer = asked(
        policy(("amount_minor > 600", "decline"), ("income_minor < 300", "decline")),
        kinds,
        amount_minor=1000,
        income_minor=100,
    )
    assert [(move.field, move.now) for move in answer.found[0].moves] == [("amount_minor", 600), ("income_minor", 300)]


def test_of_two_ways_the_smaller_comes_first(asked):
    kinds = with_fields(income_minor=NUMBER)
    answer = asked(policy(("amount_minor > income_minor + 900", "decline")), kinds, amount_minor=1000, income_minor=50)
    assert [one.moves[0].field for one in answer.found] == ["amount_minor", "income_minor"]
    assert answer.found[0].cost < answer.found[1].cost


def test_a_protected_fact_never_moves(asked):
    answer = asked(policy(("age < 40", "decline")), age=30)
    assert answer.found == ()
    assert ("age", "protected") in {(one.field, one.because) for one in answer.held}


@pytest.mark.parametrize(("way", "found"), [("down", 1), ("up", 0), ("never", 0), ("either", 1)])
def test_a_definition_says_which_way_a_fact_may_move(asked, way, found):
    kinds = with_fields(debt_minor={**NUMBER, "changeable": way})
    answer = asked(policy(("debt_minor > 50", "decline")), kinds, debt_minor=100)
    assert len(answer.found) == found


def test_a_truth_value_moves_only_where_its_definition_says_so(asked):
    free, held = {"type": "boolean", "changeable": "either"}, {"type": "boolean"}
    answer = asked(policy(("guarantor = FALSE", "review")), with_fields(guarantor=free), guarantor=False)
    assert [(move.field, move.now) for move in answer.found[0].moves] == [("guarantor", True)]
    answer = asked(policy(("guarantor = FALSE", "review")), with_fields(guarantor=held), number=2, guarantor=False)
    assert answer.found == ()


def test_a_fact_that_a_feature_in_use_counts_is_held_still(asked):
    answer = asked(policy(("device_amount_1d > 500", "decline")), amount_minor=1000)
    assert answer.found == ()
    answer = asked(policy(("device_amount_1d > 500 AND amount_minor > 10", "decline")), number=2, amount_minor=1000)
    assert ("amount_minor", "counted_by_feature") in {(one.field, one.because) for one in answer.held}
    assert answer.tried == 0
    assert answer.en.startswith("None of the facts")


def test_nothing_is_found_where_nothing_that_may_move_decides(asked):
    answer = asked(policy(("amount_minor > 0", "decline")), amount_minor=1000)
    assert answer.found == ()
    assert answer.complete
    assert answer.tried > 10
    assert "was found" in answer.en


def test_a_review_can_become_an_approval_and_an_approval_nothing_better(asked):
    assert asked(policy(("amount_minor > 900", "review")), amount_minor=1000).found[0].outcome == "approve"
    best = asked(policy(("amount_minor > 900", "review")), number=2, amount_minor=100)
    assert (best.outcome, best.found, best.tried) == ("approve", (), 0)


def test_everything_that_is_told_is_what_the_policy_decides(asked, process):
    kinds = with_fields(income_minor=NUMBER, debt_minor=NUMBER)
    rules = policy(
        ("amount_minor > 4 * (income_minor - debt_minor)", "decline"),
        ("amount_minor > 700 AND debt_minor > 20", "review"),
    )
    answer = asked(rules, kinds, amount_minor=1000, income_minor=150, debt_minor=60)
    live = process.live
    compiled = live.policy_for("application")
    explained = process.archive.explain(answer.decision_id)
    row = {name: one["value"] for name, one in explained["inputs"].items()}
    assert answer.found
    for one in answer.found:
        changed = {**row, **{move.field: move.now for move in one.moves}}
        result = judge(Facts(row=changed, members=dict.fromkeys(compiled.lists, frozenset())), compiled)
        assert str(result.outcome) == one.outcome != answer.outcome


def test_of_an_erased_person_nothing_is_told(asked, process):
    answer = asked(policy(("amount_minor > 731", "decline")), amount_minor=1000)
    record = process.journal.find("decision", answer.decision_id)
    process.journal.erase(record.subject).wait()
    erased = counterfactuals_of(answer.decision_id, process.archive, process.journal)
    assert erased.erased
    assert (erased.found, erased.held) == ((), ())


def test_an_unknown_decision_is_not_found(process):
    go_live(process, APPLICATION, VELOCITY, BLOCKED, REASONS, policy(("amount_minor > 731", "decline")))
    with pytest.raises(NotFound):
        counterfactuals_of("dec_none", process.archive, process.journal)
