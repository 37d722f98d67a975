"""Stages that ask: a fact that nobody asked for cannot be read, all executors agree, and "settled" is a proof."""

from __future__ import annotations

from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.decide.policy import PolicyContext, draw, in_words, parse_policy, parts_in_words, validate
from tandem.decide.policy.binding import bind
from tandem.decide.policy.compiled import CompiledPolicy, compile_policy
from tandem.decide.policy.set_based import compile_set_based
from tandem.decide.policy.settling import Wanted, what_to_ask
from tandem.decide.policy.types import AskStage
from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType
from tests.decide.policy.test_run_agrees_with_trace import COLUMNS, CONTEXT, HARMLESS, LISTS, MODELS, Author
from tests.decide.policy.test_set_based import table_of

ANSWERS = {"a_score": Column(SqlType.INTEGER), "b_score": Column(SqlType.DOUBLE)}
ASKED = PolicyContext(
    columns={**COLUMNS, **ANSWERS},
    lists=CONTEXT.lists,
    models=CONTEXT.models,
    reasons=CONTEXT.reasons,
    connectors={"bureau": ("a_score",), "telco": ("b_score",)},
)
END = {"decide": "end", "then": "approve"}


class AskingAuthor(Author):
    """Writes random policies that ask two connectors, at the start, one after the other, or in a branch."""

    def policy(self) -> dict[str, Any]:
        front = self.flow(1)[:2]
        if self.random.random() < 0.5:
            asks = [{"ask": "third", "of": ["bureau", "telco"], "stake": "age * 100"}]
            self.numbers += ["a_score", "b_score"] * 3
            flow = [*front, *asks, *self.flow(2)]
        else:
            self.numbers += ["a_score"] * 3
            first = [*front, {"ask": "bureau"}, *self.flow(1)]
            self.numbers += ["b_score"] * 3
            flow = [*first, {"ask": "telco"}, *self.flow(1)]
        cases = [
            {"case": f"k{i}", "when": self.condition(), **self.effect(final=True), **self.missing()} for i in range(2)
        ]
        last = {"decide": "end", "cases": [*cases, {"otherwise": "rest", **self.effect(final=True)}]}
        precedence = self.random.sample(["decline", "review", "approve"], 3)
        return {"policy": "random", "event": "e", "precedence": precedence, "missing_reason": "M", "when_missing": "review",
                "flow": [*flow, last]}  # fmt: skip

    def answers(self) -> dict[str, Any]:
        random = self.random.random
        return {
            "a_score": None if random() < 0.3 else self.random.randint(-1, 11),
            "b_score": None if random() < 0.3 else self.random.choice([0.0, 1.0, 2.5, 7.0, 10.0, 11.0]),
        }


def written(seed: int) -> tuple[AskingAuthor, CompiledPolicy] | None:
    author = AskingAuthor(seed)
    plan, findings = bind(parse_policy(author.policy()), ASKED)
    wrong = {one.code for one in findings if one.severity == "error"} - HARMLESS
    if wrong:
        assert wrong <= {"unknown_column", "missing_branch", "type_change", "mixed_output"}, findings
        return None
    return author, CompiledPolicy(plan, MODELS)


def prove(seed: int) -> tuple[int, int]:
    """(times it was settled, times somebody was wanted) on one random policy."""
    found = written(seed)
    if found is None:
        return 0, 0
    author, policy = found
    settled = wanted = 0
    for _ in range(4):
        row = author.row()
        answered = author.random.choice([(), ("bureau",), ("telco",)])
        given_answers = author.answers()
        if "bureau" in answered:
            row["a_score"] = given_answers["a_score"]
        if "telco" in answered:
            row["b_score"] = given_answers["b_score"]
        found_out = what_to_ask(policy.plan, row, LISTS, MODELS, answered)
        open_answers = [name for name in ANSWERS if name not in row]
        ways = []
        for _ in range(12):
            drawn = author.answers()
            ways.append(policy.run({**row, **{name: drawn[name] for name in open_answers}}, LISTS))
        if found_out.settled:
            settled += 1
            come = {(one.outcome, one.limit_minor, tuple(sorted(one.price.items())), one.actions) for one in ways}
            assert len(come) == 1, (seed, row, answered)
        elif answered == ():
            wanted += 1
        for one in found_out.wanted:
            stage = "third" if "third" in ways[0].path or _names_third(policy) else one.connector
            assert all(stage in way.path for way in ways), (seed, row, one)
    return settled, wanted


def _names_third(policy: CompiledPolicy) -> bool:
    return any(isinstance(stage, AskStage) and stage.name == "third" for stage in policy.policy.flow)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_what_is_settled_no_answer_changes_and_who_is_wanted_is_reached_whatever_is_answered(seed):
    prove(seed)


def test_both_happen_often_enough_to_mean_something():
    found = [prove(seed) for seed in range(100)]
    assert sum(settled for settled, _ in found) > 30
    assert sum(wanted for _, wanted in found) > 15


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_on_three_thousand_random_policies_settled_is_settled():
    for seed in range(3000):
        prove(seed)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_compiled_interpreted_and_set_based_read_answers_alike(seed):
    found = written(seed)
    if found is None:
        return
    author, policy = found
    rows = [{**author.row(), **author.answers()} for _ in range(8)]
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        table = table_of(rows, columns={**COLUMNS, **ANSWERS})
        result = compile_set_based(policy).decide(table, connection=connection, whole=True)
    for at, row in enumerate(rows):
        ran, traced = policy.run(row, LISTS), policy.trace(row, LISTS).result
        assert (ran.outcome, ran.path, ran.fired, ran.missing, ran.limit_minor, ran.price, ran.actions) == (
            traced.outcome, traced.path, traced.fired, traced.missing, traced.limit_minor, traced.price, traced.actions
        )  # fmt: skip
        told = result.told(at)
        assert (told["outcome"], told["path"], told["fired"], told["missing"], told["limit_minor"]) == (
            ran.outcome, ran.path, ran.fired, ran.missing, ran.limit_minor
        )  # fmt: skip


def policy_of(*flow: Any, **keys: Any) -> dict[str, Any]:
    return {"policy": "p", "event": "e", "missing_reason": "M", "when_missing": "review", "flow": list(flow), **keys}


def compiled(*flow: Any) -> CompiledPolicy:
    return compile_policy(parse_policy(policy_of(*flow)), ASKED, MODELS)


def codes(*flow: Any) -> list[str]:
    return [one.code for one in validate(parse_policy(policy_of(*flow)), ASKED) if one.code != "outcome_unreachable"]


DECLINE_LOW = {
    "rules": "bureau_rules",
    "all": [{"rule": "low", "when": "a_score < 3", "then": "decline", "reason": "A"}],
}


def test_an_answer_is_read_only_behind_the_stage_that_asks():
    assert codes(DECLINE_LOW, END) == ["not_asked"]
    assert codes({"ask": "bureau"}, DECLINE_LOW, END) == []


def test_a_branch_that_did_not_ask_leaves_the_answer_missing_behind_it():
    ask_old = {"switch": "who", "cases": [{"case": "old", "when": "age > 5", "flow": [{"ask": "bureau"}]}]}
    policy = compiled(ask_old, DECLINE_LOW, END)
    assert policy.run({"age": 1}, LISTS).missing == ("a_score",)


def test_a_model_may_read_an_answer_only_behind_the_stage_that_asks():
    signature = {"m1": type(CONTEXT.models["m1"])(name="m1", inputs=("a_score", "debt"), digest="x")}
    context = PolicyContext(**{name: getattr(ASKED, name) for name in ("columns", "reasons", "connectors")}, models=signature)  # fmt: skip
    model = {"model": "m1", "probability": "pd"}
    early = validate(parse_policy(policy_of(model, {"ask": "bureau"}, END)), context)
    late = validate(parse_policy(policy_of({"ask": "bureau"}, model, END)), context)
    assert [[one.code for one in found if one.severity == "error"] for found in (early, late)] == [["not_asked"], []]


def test_a_connector_that_does_not_exist_is_named_with_its_near_match():
    finding = validate(parse_policy(policy_of({"ask": "bureaux"}, END)), ASKED)[0]
    assert (finding.code, "bureau" in (finding.hint or "")) == ("unknown_connector", True)


def test_asking_the_same_twice_is_odd():
    assert codes({"ask": "bureau"}, {"ask": "again", "of": ["bureau"]}, END) == ["asked_before"]


@pytest.mark.parametrize("stage", [{"ask": "x", "of": []}, {"ask": "x", "of": ["a", "a"]}, {"ask": "x", "off": ["a"]}])
def test_a_stage_that_asks_nobody_or_somebody_twice_is_refused(stage):
    with pytest.raises(DefinitionError):
        parse_policy(policy_of(stage, END))


def test_whoever_is_declined_anyway_is_not_asked_about():
    knocked_out = {"rules": "young", "all": [{"rule": "young", "when": "age < 5", "then": "decline", "reason": "A"}]}
    policy = compiled(knocked_out, {"ask": "bureau"}, DECLINE_LOW, END)
    young = what_to_ask(policy.plan, {"age": 3}, LISTS, MODELS, ())
    grown = what_to_ask(policy.plan, {"age": 9}, LISTS, MODELS, ())
    assert (young.settled, young.wanted) == (True, ())
    assert (grown.settled, grown.wanted) == (False, (Wanted("bureau", None),))


def test_the_second_is_not_wanted_once_the_first_has_settled_it():
    either = {"rules": "either", "all": [{"rule": "low", "when": "a_score < 3 OR b_score < 3", "then": "decline", "reason": "A"}]}  # fmt: skip
    policy = compiled({"ask": "third", "of": ["bureau", "telco"], "stake": "age * 100"}, either, END)
    both = what_to_ask(policy.plan, {"age": 9}, LISTS, MODELS, ())
    assert both.wanted == (Wanted("bureau", 900), Wanted("telco", 900))
    assert what_to_ask(policy.plan, {"age": 9, "a_score": 1}, LISTS, MODELS, {"bureau"}).settled
    rest = what_to_ask(policy.plan, {"age": 9, "a_score": 8}, LISTS, MODELS, {"bureau"})
    assert rest.wanted == (Wanted("telco", 900),)


def test_a_limit_that_depends_on_the_answer_is_not_settled():
    policy = compiled({"ask": "bureau"}, {"decide": "end", "then": "approve", "limit": "COALESCE(a_score, 0) * 100"})
    assert not what_to_ask(policy.plan, {"age": 9}, LISTS, MODELS, ()).settled


def test_a_stage_that_asks_stands_in_the_drawing_and_in_the_words():
    policy = parse_policy(policy_of({"ask": "third", "of": ["bureau", "telco"]}, END))
    node = next(one for one in draw(policy).nodes if one.kind == "ask")
    assert (node.name, node.uses) == ("third", "bureau, telco")
    assert any(line.startswith("Ask bureau, telco") for line in in_words(policy))
    assert any("查询 bureau, telco" in one.words for one in parts_in_words(policy, "zh-CN"))


def test_a_random_generator_that_is_fixed_keeps_these_tests_the_same():
    assert AskingAuthor(7).policy() == AskingAuthor(7).policy()
    assert isinstance(AskingAuthor(7).random, Random)
