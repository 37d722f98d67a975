"""What random policies rarely meet: each case decided as a table and row by row, and that it matters is asserted too."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tandem.decide.policy.set_based import OUTCOMES, compile_set_based, score_column
from tests.decide.policy.conftest import COLUMNS, IncomeModel
from tests.decide.policy.test_set_based import table_of

LISTS = {"blocked": {"bad"}, "friends": {"good", "d2"}}
APPROVE = {"decide": "end", "then": "approve"}
ROWS: list[dict[str, Any]] = [
    {
        "person": person, "device": f"d{n % 3}", "age": 15 + 3 * n, "income": income, "debt": None if n % 4 == 0 else 10.0 * n,
        "months": None if n % 5 == 0 else n - 3, "home": (None, "owner", "rent", "x")[n % 4], "student": n % 2 == 0,
        "applied_on": 20_000 + n, "applied_at": 1_700_000_000_000_000 + n * 3_600_000_000, "rate": Decimal(n) / 4,
    }
    for n, (person, income) in enumerate(
        [("bad", 100.0), ("good", None), (None, 2500.0), ("p", 3500.0), ("q", 0.0), ("bad", None), ("r", 900.5), ("s", 4e3)] * 3
    )
]  # fmt: skip


def facts() -> pa.Table:
    model = IncomeModel()
    return table_of(
        ROWS, columns=COLUMNS, lists=LISTS, models={"income_model": model, "other_model": model}, inputs=model.inputs
    )


@pytest.fixture
def agree(compiled):
    """Decides a flow both ways; the outcomes, of which there must be several unless ``same``."""

    def decided(*flow: Any, same: bool = False, by_row: bool = False) -> list[dict[str, Any]]:
        policy = compiled(*flow, when_missing="review")
        whole = compile_set_based(policy)
        assert (whole.by_row is not None) is by_row, whole.by_row
        result = whole.decide(facts(), whole=True)
        told = [result.told(at) for at in range(len(ROWS))]
        for at, row in enumerate(ROWS):
            one = policy.run(row, LISTS)
            assert told[at]["outcome"] == one.outcome, row
            assert told[at]["limit_minor"] == one.limit_minor, row
            assert told[at]["price"] == one.price, row
            assert (told[at]["fired"], told[at]["path"]) == (one.fired, one.path), row
            assert (told[at]["missing"], told[at]["actions"]) == (one.missing, one.actions), row
            assert told[at]["reasons"] in {None, tuple(reason.code for reason in one.reasons)}, row
        if not same:
            assert len({str((one["outcome"], one["limit_minor"], one["price"])) for one in told}) > 1
        return told

    return decided


def rules(*conditions: str, hit: str = "all", **more: Any) -> dict[str, Any]:
    outcomes = ["decline", "review"]
    return {
        "rules": "some",
        hit: [
            {"rule": f"r{n}", "when": when, "then": outcomes[n % 2], "reason": "AB"[n % 2], "when_missing": "skip"}
            for n, when in enumerate(conditions)
        ],
        **more,
    }


@pytest.mark.parametrize(
    "when",
    [
        "applied_on >= DATE '2024-10-10'",
        "applied_at > TIMESTAMP '2023-11-15 00:00:00'",
        "extract(dow from applied_on) = 3",
        "rate * 2 >= 3.50",
        "rate = 1.25",
        "in_list(person, 'blocked') OR in_list(device, 'friends')",
        "income / NULLIF(debt, 0) > 20",
        "student IS NOT TRUE AND home LIKE '%e%'",
        "CASE WHEN months IS NULL THEN age > 30 ELSE months % 2 = 0 END",
        "exp(income / 1000) > 20",
        "ln(income) > 7 AND in_list(person, 'blocked') IS NOT TRUE",
    ],
)
def test_every_kind_of_expression(agree, when):
    if when.startswith("ln"):
        agree(rules(when), APPROVE, by_row=True)  # Python's logarithm and a list in one expression
    else:
        agree(rules(when), APPROVE)


def test_what_is_computed_outside_the_database_is_named(compiled):
    whole = compile_set_based(compiled(rules("exp(income / 1000) > 20"), APPROVE, when_missing="review"))
    assert whole.outside == ("exp(income / 1000) > 20",)


@pytest.mark.parametrize("aggregate", ["sum", "min", "max"])
@pytest.mark.parametrize("values", [(1, 20, 300), (0.1, 0.2, 0.3), ("= age + 1", "= age * 2", 40)])
def test_tables_that_collect_numbers(agree, aggregate, values):
    rows = [[">= 18", "-", values[0]], ["< 60", "missing", values[1]], [">= 30", "[0..4000)", values[2]]]
    table = {"table": "points", "hit": "collect", "aggregate": aggregate, "columns": ["age", "income"],
             "outputs": ["got"], "rows": rows, "when_missing": "skip"}  # fmt: skip
    agree(table, {"decide": "end", "then": "approve", "price": {"got": "got"}})


def test_a_sum_that_could_leave_64_bits_is_decided_row_by_row(compiled):
    huge = 9_000_000_000_000_000_000
    table = {"table": "points", "hit": "collect", "aggregate": "sum", "columns": ["age"], "outputs": ["got"],
             "rows": [[">= 18", huge], [">= 40", huge], [">= 60", -huge]], "default": [0]}  # fmt: skip
    policy = compiled(table, {"decide": "end", "then": "approve", "price": {"got": "got"}})
    result = compile_set_based(policy).decide(facts(), whole=True)
    assert 0 < result.by_row < len(ROWS) or result.by_row == sum(row["age"] >= 18 for row in ROWS)
    for at, row in enumerate(ROWS):
        assert result.price_of(at) == policy.run(row, LISTS).price


@pytest.mark.parametrize("hit", ["first", "unique", "priority"])
def test_tables_over_every_type_of_column(agree, hit):
    rows = [
        [">= 2024-10-12", "-", "true", "approve", "A", 100],
        ["-", "< 2", "-", "decline", "B", 200],
        ["-", ">= 2", "false", "review", "A", "= age * 10"],
    ]
    if hit == "unique":
        rows = [["-", "< 2", "-", "decline", "B", 200], ["-", ">= 2", "false", "review", "A", "= age * 10"]]
    agree(
        {"table": "some", "hit": hit, "columns": ["applied_on", "rate", "student"], "outputs": ["outcome", "reason", "limit"],
         "rows": rows, "default": ["approve", "A", 5]},
        APPROVE,
    )  # fmt: skip


@pytest.mark.parametrize("missing", ["skip", "decline", "review"])
@pytest.mark.parametrize(
    "cell", ["missing", "present", "< 2000 or missing", "not in [0, 100]", "!= 0", "if debt > income"]
)
def test_cells_that_meet_a_missing_value(agree, cell, missing):
    agree(
        {"table": "some", "columns": ["income", "months"], "outputs": ["outcome", "reason"],
         "rows": [[cell, "> 2", "decline", "B"], ["-", "missing", "review", "A"]], "default": ["approve", "A"],
         "when_missing": missing if missing == "skip" else {"then": missing, "reason": "M"}},
        APPROVE,
    )  # fmt: skip


def test_a_rule_that_stops_keeps_later_rules_from_firing_and_from_being_missed(agree):
    flow = {
        "rules": "some",
        "all": [
            {"rule": "a", "when": "age > 40", "then": "review", "reason": "A", "stop": True},
            {"rule": "b", "when": "income > 1000", "then": "decline", "reason": "B", "when_missing": {"then": "review", "reason": "M"}},
            {"rule": "c", "when": "months > 3", "cap": 50, "stop": True, "then": "review", "reason": "C", "when_missing": "skip"},
            {"rule": "d", "when": "student", "then": "decline", "reason": "D"},
        ],
    }  # fmt: skip
    told = agree(flow, {"decide": "end", "then": "approve", "limit": "age * 10"})
    assert {len(one["fired"]) for one in told} >= {1, 2}


def test_variables_set_by_rules_are_read_by_the_next_rule(agree):
    flow = {
        "rules": "some",
        "all": [
            {"rule": "a", "when": "age > 30", "set": [{"x": "1"}]},
            {"rule": "b", "when": "x = 1", "set": [{"x": "x + 1"}], "cap": "age", "when_missing": "skip"},
            {"rule": "c", "when": "x = 2 AND student", "then": "decline", "reason": "C", "when_missing": "skip"},
        ],
    }
    agree(flow, {"decide": "end", "then": "approve", "limit": "1000", "price": {"x": "COALESCE(x, 0)"}})


def test_prices_of_different_types_keep_their_types(agree):
    flow = {
        "rules": "some",
        "all": [
            {"rule": "a", "when": "age > 20", "price": {"rate": "100"}},
            {"rule": "b", "when": "age > 30", "price": {"rate": "income * 0.5"}},
            {"rule": "c", "when": "age > 50", "price": {"rate": "rate + 1.00"}},
        ],
    }
    told = agree(flow, APPROVE)
    kinds = {type(one["price"].get("rate")) for one in told}
    assert kinds >= {int, float, Decimal}


def test_limits_are_capped_by_the_smallest_cap_and_never_negative(agree):
    flow = {
        "rules": "some",
        "all": [
            {"rule": "a", "when": "age > 20", "cap": "age * 3", "limit": "500"},
            {"rule": "b", "when": "age > 30", "cap": "months", "when_missing": "skip"},
            {"rule": "c", "when": "age > 40", "limit": "months * 10 - 100"},
        ],
    }
    told = agree(flow, APPROVE)
    assert {0, None} < {one["limit_minor"] for one in told}


@pytest.mark.parametrize("where", ["person", "device"])
def test_switches_and_splits_with_what_their_branches_leave_behind(agree, where):
    agree(
        {"switch": "size", "cases": [
            {"case": "young", "when": "age < 30", "flow": [{"set": "s", "values": [{"x": "1"}]}]},
            {"case": "rich", "when": "income > 2000", "flow": [{"model": "m", "uses": "income_model", "probability": "pd"},
                                                             {"set": "t", "values": [{"x": "2"}]}], "when_missing": "skip"}]},
        {"split": "trial", "by": where, **({"when_missing": "a"} if where == "person" else {}), "arms": [
            {"arm": "a", "share": 50, "flow": []},
            {"arm": "b", "share": 50, "flow": [{"decide": "early", "then": "review", "reason": "A"}]}]},
        rules("x = 1", "pd > 0.2", hit="first", stop_on=["decline"]),
        {"decide": "end", "then": "approve", "limit": "COALESCE(x, 7)"},
    )  # fmt: skip


def test_scorecards_add_like_python(agree):
    card = {
        "scorecard": "standing", "base": 0.1, "characteristics": [
            {"characteristic": "age", "bins": [["< 30", 0.2], [">= 30", 0.7]]},
            {"characteristic": "income", "bins": [["<= 1000", 0.3], ["missing", 1]], "otherwise": 5, "reason": "B"},
            {"characteristic": "home", "bins": [["in [owner, rent]", 1.1], ["missing", 2]], "otherwise": 0.1}],
    }  # fmt: skip
    agree(card, {"decide": "end", "cases": [
        {"case": "low", "when": "standing < 2.2", "then": "decline", "reason": "A"},
        {"otherwise": "rest", "then": "approve", "price": {"standing": "standing"}}]})  # fmt: skip


def test_a_row_without_the_score_it_needs_is_not_decided(compiled):
    policy = compiled(
        rules("student"), {"model": "m", "uses": "income_model", "probability": "pd"},
        {"decide": "end", "cases": [{"case": "bad", "when": "pd > 0.4 AND age > 20", "then": "decline", "reason": "A"},
                                   {"otherwise": "rest", "then": "approve"}]},
    )  # fmt: skip
    whole = compile_set_based(policy)
    table = facts()
    half = pa.array(
        [
            None if at % 2 else value
            for at, value in enumerate(table[score_column("income_model", "margin")].to_pylist())
        ]
    )
    table = table.set_column(
        table.column_names.index(score_column("income_model", "margin")), score_column("income_model", "margin"), half
    )
    result = whole.decide(table)
    assert [at for at, outcome in enumerate(result.outcome) if outcome < 0] == list(range(1, len(ROWS), 2))
    assert result.unscored["m"].sum() == len(ROWS) // 2
    decided = list(whole.one_by_one(table, range(len(ROWS))))
    assert [one is None for one in decided] == [outcome < 0 for outcome in result.outcome]
    assert all(one is None or OUTCOMES.index(one.outcome) == result.outcome[at] for at, one in enumerate(decided))


def test_a_chain_too_long_for_one_statement_is_decided_row_by_row(agree):
    values = [{"x0": "age"}, *({f"x{n}": f"x{n - 1} + 1"} for n in range(1, 320))]
    agree({"set": "chain", "values": values}, rules("x319 > 350"), APPROVE, by_row=True)


def test_an_interrupted_query_says_so(compiled):
    values = [{"x0": "age"}, *({f"x{n}": f"x{n - 1} + 1"} for n in range(1, 320))]
    whole = compile_set_based(compiled({"set": "chain", "values": values}, rules("x319 > 350"), APPROVE))
    with pytest.raises(duckdb.InterruptException):
        whole.decide(facts(), going=lambda: False)


def test_no_rows_give_no_rows(compiled):
    result = compile_set_based(compiled(rules("student"), APPROVE)).decide(facts().slice(0, 0), whole=True)
    assert len(result.outcome) == 0
