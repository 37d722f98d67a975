from __future__ import annotations

import re
from pathlib import Path

import pytest

from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound
from tandem.kernel.time import parse_instant
from tandem.observe.metrics import MetricCentre, compile_sql, parse_metric

SHARE = {
    "name": "approval_rate",
    "title": {"en": "Approval rate", "zh": "通过率"},
    "description": "Share of applications approved.",
    "table": "application",
    "expression": "count(*) filter (where approved) / count(*)",
    "time": "occurred_at",
    "dimensions": ["channel"],
    "unit": "share",
    "owner": "credit",
}


def metric(**changes):
    return parse_metric({**SHARE, **changes})


@pytest.fixture
def measure(lake):
    def measure(expression, *, by=(), between=None, grain=None, where=None, **changes):
        centre = MetricCentre(lake, [metric(expression=expression, **changes)])
        return centre.value("approval_rate", by=by, between=between, grain=grain, where=where)

    return measure


def values(result):
    return [point.value for point in result.points]


# numbers


def test_a_metric_is_one_number_with_its_unit_and_version(lake):
    declared = metric()
    result = MetricCentre(lake, [declared]).value("approval_rate")
    assert values(result) == [0.5]
    assert (result.unit, result.digest) == ("share", declared.digest)
    assert MetricCentre(lake, [declared]).number("approval_rate") == 0.5


def test_amounts_are_exact(measure):
    assert values(measure("sum(amount_minor)", table="application_full")) == [9_007_199_254_741_593]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("count(*)", 4),
        ("count(distinct channel)", 2),
        ("count(score)", 3),
        ("avg(score)", 0.5),
        ("max(score) - min(score)", 0.5),
        ("median(score)", 0.5),
        ("quantile_cont(score, 0.25)", 0.375),
        ("sum(case when approved then 1 else 0 end)", 2),
        ("count_if(channel = 'web')", 2),
        ("sum(score) / sum(0)", None),
        ("count(*) / count(*) filter (where channel = 'none')", None),
        ("count(*) filter (where channel in ('web', 'app') and not approved)", 1),
        ("round(100.0 * sum(score) / count(*), 1)", 37.5),
        ("avg(score) filter (where channel = 'none')", None),
        ("coalesce(sum(score) / sum(score - score), -1)", -1),
        ("coalesce(sum(score) % sum(score - score), -1)", -1),
        ("coalesce(sum(score) filter (where channel = 'none'), 0)", 0),
    ],
)
def test_expressions_give_what_they_say(measure, expression, value):
    assert values(measure(expression)) == [value]


def test_a_filter_says_which_rows_count(measure):
    assert values(measure("count(*)", filter="score > 0.3 or score is null")) == [3]


def test_a_metric_is_broken_down_by_dimension(measure):
    result = measure("count(*)", by=["channel"])
    assert [(point.by, point.value) for point in result.points] == [
        ({"channel": "app"}, 1),
        ({"channel": "web"}, 2),
        ({"channel": None}, 1),
    ]


def test_a_metric_is_broken_down_by_time(measure):
    result = measure("count(*)", grain="day")
    assert [(point.period, point.value) for point in result.points] == [
        (parse_instant("2026-01-01"), 2),
        (parse_instant("2026-01-02"), 1),
        (parse_instant("2026-02-03"), 1),
    ]
    both = measure("count(*)", grain="month", by=["channel"])
    assert [(point.by["channel"], point.value) for point in both.points] == [("app", 1), ("web", 2), (None, 1)]


def test_the_stretch_includes_its_start_and_not_its_end(measure):
    first, second = parse_instant("2026-01-01T11:00:00Z"), parse_instant("2026-01-02")
    assert values(measure("count(*)", between=(first, second))) == [1]
    assert values(measure("count(*)", between=(None, second))) == [2]
    assert values(measure("count(*)", between=(second, None))) == [2]


def test_dimensions_filter_by_value_and_by_absence(measure):
    assert values(measure("count(*)", where={"channel": "web"})) == [2]
    assert values(measure("count(*)", where={"channel": None})) == [1]
    assert values(measure("count(*)", where={"channel": "' or 1=1 --"})) == [0]


# questions that cannot be answered


def test_names_nobody_knows_are_answered_with_the_near_match(lake, measure):
    centre = MetricCentre(lake, [metric()])
    for ask, near in (
        (lambda: centre.value("aproval_rate"), "approval_rate"),
        (lambda: centre.value("approval_rate", by=["chanel"]), "channel"),
        (lambda: centre.value("approval_rate", where={"chanel": 1}), "channel"),
        (lambda: centre.value("approval_rate", grain="dya"), "day"),
        (lambda: measure("sum(scor)"), "score"),
        (lambda: measure("count(*)", filter="scor > 1"), "score"),
        (lambda: measure("count(*)", time="ocurred_at"), "occurred_at"),
        (lambda: measure("count(*)", table="aplication"), "application"),
    ):
        with pytest.raises((InvalidInput, NotFound)) as caught:
            ask()
        assert near in caught.value.hint


def test_a_metric_is_not_broken_down_by_a_personal_value(measure):
    for change in ({"dimensions": ["city"]}, {"time": "amount_minor"}):
        with pytest.raises(InvalidInput) as caught:
            measure("count(*)", table="application_full", **change)
        assert caught.value.code == "personal_dimension"


@pytest.mark.parametrize("expression", ["min(city)", "max(channel)"])
def test_a_result_that_is_no_number_is_refused(measure, expression):
    with pytest.raises(InvalidInput) as caught:
        measure(expression, table="application_full")
    assert caught.value.code == "not_a_number"


def test_two_metrics_of_one_name_are_refused(lake):
    with pytest.raises(DefinitionError):
        MetricCentre(lake, [metric(), metric()])


# definitions


def test_the_version_changes_with_every_word():
    versions = {metric().digest, metric(owner="x").digest, metric(expression="count(*)").digest, metric(unit="").digest}
    assert len(versions) == 4
    assert metric().digest == metric().digest


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("score", "not_aggregate"),
        ("1", "not_aggregate"),
        ("count(*) + score", "loose_column"),
        ("count(*", "invalid_sql"),
        ("", "invalid_sql"),
        ("count(*); drop table x", "invalid_sql"),
        ("count(application.score)", "invalid_sql"),
        ("(select max(score) from application)", "operator_not_allowed"),
        ("select 1", "operator_not_allowed"),
        ("list(city)", "operator_not_allowed"),
        ("string_agg(city, ',')", "operator_not_allowed"),
        ("any_value(city)", "operator_not_allowed"),
        ("first(city)", "operator_not_allowed"),
        ("arg_max(city, score)", "operator_not_allowed"),
        ("mode(city)", "operator_not_allowed"),
        ("histogram(city)", "operator_not_allowed"),
        ("sum(ascii(city))", "operator_not_allowed"),
        ("sum(score) over ()", "operator_not_allowed"),
        ("count(*) filter (where score > (select 1))", "operator_not_allowed"),
        ("sum(getenv('HOME'))", "operator_not_allowed"),
        ("count($x)", "operator_not_allowed"),
        ("sum(" * 2000 + ")" * 2000, "too_long"),
        ("sum(" + "(" * 900 + "1" + ")" * 900 + ")", "invalid_sql"),
    ],
)
def test_what_is_not_an_aggregate_of_known_operators_is_refused(expression, code):
    with pytest.raises(DefinitionError) as caught:
        metric(expression=expression)
    assert caught.value.code == code
    assert caught.value.field == "expression"


@pytest.mark.parametrize("condition", ["count(*) > 1", "score in (select 1)", "score >", "1; 2"])
def test_a_filter_is_a_condition_on_rows(condition):
    with pytest.raises(DefinitionError):
        metric(filter=condition)


def test_an_unknown_key_is_named_with_its_near_match():
    with pytest.raises(DefinitionError) as caught:
        parse_metric({**SHARE, "dimesions": []}, path="m.yaml")
    assert (caught.value.field, "dimensions" in caught.value.hint) == ("m.yaml.dimesions", True)


@pytest.mark.parametrize(
    "change", [{"name": "Rate"}, {"time": "a b"}, {"dimensions": ["x;"]}, {"table": None}, {"unit": 3}]
)
def test_malformed_definitions_are_refused(change):
    with pytest.raises(DefinitionError):
        metric(**change)


def test_values_are_parameters_and_names_are_quoted():
    compiled = compile_sql(metric(), by=["channel"], between=(0, 1), grain="day", where={"channel": "it's"})
    assert "it's" not in compiled.sql
    assert compiled.parameters["value_0"] == "it's"
    assert set(compiled.parameters) == {"start_at", "end_at", "value_0"}
    assert '"channel"' in compiled.sql


def test_the_metric_of_the_reference_holds_together():
    text = (Path(__file__).parents[3] / "docs/reference/metrics.md").read_text(encoding="utf-8")
    declared = parse_yaml(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0], "metrics.md")
    assert parse_metric(declared).title.zh == "通过率"
