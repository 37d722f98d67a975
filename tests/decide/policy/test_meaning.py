"""What a policy means: outcomes, precedence, missing facts, tables, scorecards, models, switches."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from tandem.decide.policy import Outcome

END = {"decide": "end", "then": "approve"}


def rules(*parts, hit="all", name="checks", **keys):
    named = [{"rule": f"r{i}", **part} for i, part in enumerate(parts)]
    return {"rules": name, hit: named, **keys}


@pytest.fixture
def decide(compiled, row, lists):
    """Run a flow on the whole application with a few facts changed; the trace must say the same."""

    def run(flow, **facts):
        policy = compiled(*flow)
        changed = {**row, **facts}
        result = policy.run(changed, lists)
        assert policy.trace(changed, lists).result == result
        return result

    return run


def codes(result):
    return [reason.code for reason in result.reasons]


class TestOutcomes:
    def test_the_strongest_outcome_wins_whatever_the_order(self, decide):
        review = {"when": "age > 1", "then": "review", "reason": "A"}
        decline = {"when": "age > 2", "then": "decline", "reason": "B"}
        for parts in ((review, decline), (decline, review)):
            result = decide([rules(*parts), END])
            assert result.outcome is Outcome.DECLINE
            assert codes(result) == ["B"]
            assert set(result.fired) == {"checks.r0", "checks.r1", "end.always"}

    def test_the_file_may_state_another_precedence(self, compiled, row, lists):
        flow = [rules({"when": "age > 1", "then": "decline", "reason": "A"}), END]
        policy = compiled(*flow, precedence=["approve", "review", "decline"])
        assert policy.run(row, lists).outcome is Outcome.APPROVE

    def test_stop_ends_the_flow_but_never_overrides(self, decide):
        stop = {"when": "age > 1", "then": "approve", "reason": "A", "stop": True}
        later = rules({"when": "age > 1", "then": "decline", "reason": "B"}, name="later")
        assert decide([rules(stop), later, END]).outcome is Outcome.APPROVE
        earlier = rules({"when": "age > 1", "then": "decline", "reason": "C"}, name="earlier")
        result = decide([earlier, rules(stop), later, END])
        assert result.outcome is Outcome.DECLINE
        assert codes(result) == ["C"]
        assert result.path == ("earlier", "checks")

    def test_stop_on_ends_the_flow_after_the_stage(self, decide):
        first = rules(
            {"when": "age > 1", "then": "decline", "reason": "A"},
            {"when": "age > 1", "then": "review", "reason": "B"},
            stop_on="decline",
        )
        result = decide([first, END])
        assert result.path == ("checks",)
        assert result.fired == ("checks.r0", "checks.r1")

    def test_an_allow_list_short_circuits_only_where_it_is_written(self, decide):
        gate = {"lists": "gate", "when_missing": "skip", "checks": [
            {"list": "blocked", "of": "person", "then": "decline", "reason": "A"},
            {"list": "friends", "of": "person", "then": "approve", "reason": "B", "stop": True},
        ]}  # fmt: skip
        later = rules({"when": "age > 1", "then": "decline", "reason": "C"}, name="later")
        assert codes(decide([gate, later, END], person="good")) == ["B"]
        assert codes(decide([gate, later, END], person="bad")) == ["A", "C"]
        assert codes(decide([gate, later, END], person="p")) == ["C"]


class TestReasons:
    def test_reasons_come_by_severity_then_order_at_most_four_each_once(self, decide):
        parts = [
            {"when": "age > 1", "then": "decline", "reason": code, "severity": severity}
            for code, severity in [("A", 0), ("B", 5), ("B", 9), ("C", 5), ("D", 0), ("E", 0)]
        ]
        assert codes(decide([rules(*parts), END])) == ["B", "C", "A", "D"]

    def test_a_model_explains_the_outcome_it_led_to_after_the_rules(self, decide):
        model = {"model": "risk", "uses": "income_model", "probability": "pd"}
        end = {"decide": "end", "cases": [
            {"case": "risky", "when": "pd > 0.2", "then": "decline", "reason": "A"},
            {"otherwise": "fine", "then": "approve"},
        ]}  # fmt: skip
        result = decide([model, end])
        assert codes(result) == ["A", "LOW_INCOME", "SHORT_HISTORY"]
        assert [reason.source for reason in result.reasons] == ["rule", "model", "model"]
        assert result.reasons[1].feature == "income"
        assert not decide([model, end], income=5000.0).reasons

    def test_a_model_behind_a_derived_value_still_explains(self, decide):
        flow = [
            {"model": "risk", "uses": "income_model", "probability": "pd"},
            {"set": "derived", "values": [{"loss": "pd * 100"}]},
            {"decide": "end", "cases": [
                {"case": "costly", "when": "loss > 20", "when_missing": "review", "then": "decline"},
                {"otherwise": "fine", "then": "approve"},
            ]},
        ]  # fmt: skip
        assert codes(decide(flow)) == ["LOW_INCOME", "SHORT_HISTORY"]

    def test_a_model_that_did_not_lead_there_does_not_explain(self, decide):
        flow = [
            {"model": "risk", "uses": "income_model", "probability": "pd"},
            rules(
                {"when": "pd > 0.2", "then": "review", "reason": "A"},
                {"when": "age > 1", "then": "decline", "reason": "B"},
            ),
            END,
        ]
        assert codes(decide(flow)) == ["B"]

    def test_a_scorecard_explains_by_the_points_it_cost(self, decide):
        card = {"scorecard": "points", "base": 0, "characteristics": [
            {"characteristic": "age", "bins": [["< 40", 5], [">= 40", 30]], "reason": "A"},
            {"characteristic": "home", "bins": [["owner", 20], ["missing", 0]], "otherwise": 0, "reason": "B"},
            {"characteristic": "months", "bins": [["< 36", 0], [">= 36", 80], ["missing", 0]], "reason": "C"},
        ]}  # fmt: skip
        end = {"decide": "end", "cases": [
            {"case": "low", "when": "points < 100", "then": "decline"},
            {"otherwise": "fine", "then": "approve"},
        ]}  # fmt: skip
        result = decide([card, end])
        assert result.variables["points"] == 25
        assert [(r.code, r.weight, r.source) for r in result.reasons] == [
            ("C", 80.0, "scorecard"),
            ("A", 25.0, "scorecard"),
        ]


POOR = {"when": "income < 1000", "then": "decline", "reason": "A"}


class TestMissing:
    @pytest.mark.parametrize(
        ("clause", "outcome", "reasons"),
        [
            ("review", "review", ["M"]),
            ("decline", "decline", ["M"]),
            ({"then": "review", "reason": "B"}, "review", ["B"]),
            ("skip", "approve", []),
        ],
    )
    def test_a_condition_without_an_answer_takes_its_missing_branch(self, decide, clause, outcome, reasons):
        result = decide([rules({**POOR, "when_missing": clause}), END], income=None)
        assert (result.outcome, codes(result), result.missing) == (outcome, reasons, ("income",))

    def test_the_nearest_clause_counts(self, decide):
        stage = rules({**POOR, "when_missing": "skip"}, POOR, when_missing="decline")
        result = decide([stage, END], income=None)
        assert result.fired == ("checks.r1?missing", "end.always")

    def test_what_is_decided_without_the_missing_fact_is_decided(self, decide):
        flow = [rules({**POOR, "when": "age < 40 OR income < 1000", "when_missing": "review"}), END]
        assert decide(flow, income=None).outcome is Outcome.DECLINE
        flow = [rules({**POOR, "when": "age > 40 AND income < 1000", "when_missing": "review"}), END]
        assert decide(flow, income=None).outcome is Outcome.APPROVE

    def test_a_division_by_zero_is_no_answer_either(self, decide):
        flow = [rules({**POOR, "when": "debt / income > 0.5", "when_missing": "review"}), END]
        result = decide(flow, income=0.0)
        assert result.outcome is Outcome.REVIEW
        assert result.missing == ("debt / income > 0.5",)

    def test_a_missing_derived_value_is_traced_to_its_fact(self, decide):
        flow = [
            {"set": "derived", "values": [{"gap": "income - debt"}]},
            rules({**POOR, "when": "gap < 0", "when_missing": "review"}),
            END,
        ]
        assert decide(flow, debt=None).missing == ("debt",)

    def test_first_hit_stops_at_a_rule_that_cannot_be_answered(self, decide):
        later = {"when": "age > 1", "then": "approve", "reason": "B"}
        flow = [rules({**POOR, "when_missing": "review"}, later, hit="first"), END]
        assert decide(flow, income=None).fired == ("checks.r0?missing", "end.always")
        flow = [rules({**POOR, "when_missing": "skip"}, later, hit="first"), END]
        assert decide(flow, income=None).fired == ("checks.r1", "end.always")

    def test_an_absent_key_is_a_missing_fact(self, compiled, row, lists):
        policy = compiled(rules({**POOR, "when_missing": "review"}), END)
        del row["income"]
        assert policy.run(row, lists).missing == ("income",)

    def test_an_entity_that_is_missing_is_in_no_list_and_says_so(self, decide):
        check = {"list": "blocked", "of": "person", "then": "decline", "reason": "A", "when_missing": "review"}
        result = decide([{"lists": "gate", "checks": [check]}, END], person=None)
        assert (result.outcome, result.missing) == (Outcome.REVIEW, ("person",))


class TestTables:
    def table(self, hit, rows, outputs=("outcome", "reason"), columns=("age",), **keys):
        return {"table": "t", "hit": hit, "columns": list(columns), "outputs": list(outputs), "rows": rows, **keys}

    def test_first_takes_the_first_row(self, decide):
        rows = [[">= 28", "decline", "C"], [">= 25", "review", "B"], [">= 20", "approve", "A"]]
        flow = [self.table("first", rows, default=["review", "D"]), END]
        assert decide(flow).fired == ("t.row_1", "end.always")
        assert decide(flow, age=26).fired == ("t.row_2", "end.always")
        assert decide(flow, age=10).fired == ("t.default", "end.always")

    def test_priority_takes_the_row_of_strongest_outcome(self, decide):
        rows = [["< 40", "approve", "A"], ["[25..50)", "review", "B"], [">= 28", "decline", "C"]]
        flow = [self.table("priority", rows), END]
        assert decide(flow).fired == ("t.row_3", "end.always")
        assert decide(flow, age=26).fired == ("t.row_2", "end.always")
        assert decide(flow, age=20).fired == ("t.row_1", "end.always")

    def test_collect_takes_every_row_and_joins_numbers(self, decide):
        rows = [[">= 20", 3, "mail"], [">= 25", 5, "call, mail"], [">= 90", 100, "visit"]]
        for aggregate, total in (("sum", 8), ("min", 3), ("max", 5)):
            flow = [self.table("collect", rows, outputs=("points", "actions"), aggregate=aggregate), END]
            result = decide(flow)
            assert result.variables["points"] == total
            assert result.actions == ("mail", "call")
        result = decide(flow, age=1)
        assert result.variables["points"] is None
        assert result.fired == ("end.always",)

    def test_outputs_may_be_formulas_and_terms(self, decide):
        rows = [[">= 20", "= CAST(income AS BIGINT) * 2", 900, "= age * 10"], ["-", 0, None, 5]]
        outputs = ("limit", "price.rate_bps", "factor")
        flow = [self.table("first", rows, outputs=outputs), END]
        result = decide(flow)
        assert (result.limit_minor, result.price, result.variables["factor"]) == (4000, {"rate_bps": 900}, 300)
        result = decide(flow, age=1)
        assert (result.limit_minor, result.price, result.variables["factor"]) == (0, {}, 5)

    def test_a_row_that_names_the_missing_value_answers_before_when_missing(self, decide):
        rows = [[">= 1000", "approve", "A"], ["missing", "decline", "B"], ["-", "review", "C"]]
        table = self.table("first", rows, columns=["income"], when_missing={"then": "review", "reason": "D"})
        assert decide([table, END], income=None).fired == ("t.row_2", "end.always")

    def test_without_one_the_first_undecided_row_takes_the_missing_branch(self, decide):
        rows = [[">= 1000", "-", "approve", "A"], ["-", "-", "review", "C"]]
        table = self.table("first", rows, columns=["income", "age"], when_missing={"then": "decline", "reason": "D"})
        assert decide([table, END], income=None).fired == ("t.table?missing", "end.always")

    def test_a_row_that_does_not_need_the_missing_value_is_taken(self, decide):
        rows = [["-", ">= 20", "approve", "A"], [">= 1000", "-", "review", "B"], ["-", "-", "decline", "C"]]
        table = self.table("first", rows, columns=["income", "age"], when_missing={"then": "decline", "reason": "D"})
        assert decide([table, END], income=None).fired == ("t.row_1", "end.always")

    def test_skip_lets_the_rows_that_hold_decide(self, decide):
        rows = [[">= 1000", "approve", "A"], ["-", "review", "C"]]
        table = self.table("first", rows, columns=["income"], when_missing="skip")
        assert decide([table, END], income=None).fired == ("t.row_2", "end.always")

    def test_columns_of_every_type(self, decide):
        columns = ["student", "home", "applied_on", "applied_at", "rate", "income - debt"]
        cells = ["false", "in [owner, rent]", ">= 2020-01-01", "< 2030-01-01T00:00:00Z", "<= 0.10", "> 1499.5"]
        rows = [[*cells, "decline", "A"], *[["-"] * 6 + ["review", "B"]]]
        flow = [self.table("first", rows, columns=columns, when_missing="skip"), END]
        assert decide(flow).fired == ("t.row_1", "end.always")
        for change in ({"student": True}, {"home": "x"}, {"applied_on": 0}, {"rate": 1}, {"debt": 501.0}):
            assert decide(flow, **change).fired == ("t.row_2", "end.always"), change

    def test_a_compiled_table_meets_every_boundary_exactly(self, decide):
        cells = ["< 3", "3", "(3..5)", "[5..7]", "> 7"]
        rows = [[cell, index] for index, cell in enumerate(cells)]
        below, above = math.nextafter(3.0, 0.0), math.nextafter(3.0, 9.0)
        places = [(below, 0), (3.0, 1), (above, 2), (4.5, 2), (5.0, 3), (7.0, 3), (math.nextafter(7.0, 9.0), 4)]
        flow = [self.table("first", rows, outputs=["place"], columns=["income"], when_missing="skip"), END]
        assert [decide(flow, income=value).variables["place"] for value, _ in places] == [place for _, place in places]
        flow = [self.table("first", rows, outputs=["place"], columns=["rate"]), END]
        for value, place in (("2.99", 0), ("3.00", 1), ("3.01", 2), ("5", 3), ("7.00", 3), ("7.01", 4)):
            assert decide(flow, rate=Decimal(value)).variables["place"] == place, value

    def test_an_if_cell_takes_any_expression(self, decide):
        rows = [["if income > 3 * debt", "decline", "A"], ["-", "review", "B"]]
        table = self.table("first", rows, when_missing={"then": "decline", "reason": "D"})
        assert decide([table, END]).fired == ("t.row_1", "end.always")
        assert decide([table, END], debt=1000.0).fired == ("t.row_2", "end.always")
        assert decide([table, END], debt=None).fired == ("t.table?missing", "end.always")


class TestTerms:
    def test_the_smallest_cap_bounds_the_last_limit(self, decide):
        parts = [
            {"when": "age > 1", "cap": 700},
            {"when": "age > 1", "cap": "age * 10"},
            {"when": "age > 1", "limit": 900},
        ]
        end = {"decide": "end", "then": "approve", "limit": 800}
        assert decide([rules(*parts), end]).limit_minor == 300
        assert decide([rules(*parts), END]).limit_minor == 300
        assert decide([rules(parts[0]), END]).limit_minor is None

    def test_a_limit_is_never_negative_and_a_declined_application_has_no_terms(self, decide):
        end = {"decide": "end", "then": "approve", "limit": "age - 100", "price": {"rate_bps": 500}}
        assert decide([end]).limit_minor == 0
        result = decide([rules({"when": "age > 1", "then": "decline", "reason": "A"}), end])
        assert (result.limit_minor, result.price) == (None, {})


MODEL = {"model": "risk", "uses": "income_model", "probability": "pd", "points": "score"}


class TestModels:
    def test_a_model_is_scored_only_when_something_needs_it_and_once(self, decide, model):
        use = rules(
            {"when": "pd > 0.2", "then": "review", "reason": "A"},
            {"when": "score < 0", "then": "review", "reason": "A"},
        )
        stop = rules({"when": "age < 18", "then": "decline", "reason": "B", "stop": True}, name="young")
        flow = [MODEL, stop, use, END]
        result = decide(flow)
        assert result.scores["risk"].probability == 0.3
        assert model.scored == 2  # once by the run, once by the trace
        result = decide(flow, age=10)
        assert result.scores == {}
        assert result.variables["pd"] is None
        assert model.scored == 2

    def test_branches_may_score_by_different_models_into_one_variable(self, decide):
        flow = [
            {"switch": "segment", "cases": [
                {"case": "young", "when": "age < 25", "flow": [{**MODEL, "model": "one"}]},
                {"otherwise": "old", "flow": [{**MODEL, "model": "two", "uses": "other_model"}]},
            ]},
            rules({"when": "pd > 0.2", "then": "review", "reason": "A"}),
            END,
        ]  # fmt: skip
        assert list(decide(flow).scores) == ["two"]
        assert list(decide(flow, age=20).scores) == ["one"]


class TestSwitches:
    def test_the_first_case_that_holds_is_taken(self, decide):
        flow = [
            {"switch": "segment", "cases": [
                {"case": "young", "when": "age < 25", "flow": [{"decide": "young_end", "then": "review", "reason": "A"}]},
                {"case": "rich", "when": "income > 3000", "when_missing": "review",
                 "flow": [{"set": "s", "values": [{"factor": 2}]}]},
            ]},
            {"decide": "end", "then": "approve", "limit": "COALESCE(factor, 1) * 100"},
        ]  # fmt: skip
        assert decide(flow).path == ("segment", "end")
        assert decide(flow, age=20).path == ("segment:young", "young_end")
        result = decide(flow, income=9000.0)
        assert (result.path, result.limit_minor) == (("segment:rich", "s", "end"), 200)
        assert decide(flow, income=None).fired == ("segment.rich?missing", "end.always")


def test_the_same_application_gets_the_same_result_from_a_policy_compiled_twice(compiled, row, lists):
    flow = [rules({"when": "income < 9000", "then": "review", "reason": "A", "when_missing": "skip"}), END]
    first, second = compiled(*flow), compiled(*flow)
    assert first.run(row, lists) == second.run(row, lists) == first.run(row, lists)


def test_a_trace_says_why_a_rule_did_not_fire(compiled, row, lists):
    policy = compiled(
        rules({"when": "age < 18 AND income < 1000", "then": "decline", "reason": "A", "when_missing": "skip"}), END
    )
    stage = policy.trace(row, lists).stages[0]
    rule = stage.conditions[0]
    assert rule.verdict == "not_fired"
    below = rule.steps["parts"][0]
    assert (below["operator"], below["verdict"], [one["value"] for one in below["operands"]]) == ("<", False, [30, 18])
