"""Documents to definitions and plan: shorthand, refusals that name field, value and remedy, and one digest."""

import feature_streams as streams
import pytest

from tandem.kernel.errors import DefinitionError, NotFound
from tandem.kernel.time import HOUR
from tandem.kernel.values import SqlType
from tandem.observe.features import BaseKind, compile_plan, features_by_field, parse_feature_set

COUNT = {"name": "n", "aggregate": "count", "window": "1h"}


def document(*features, **changes):
    made = {"name": "velocity", "entity": "device", "events": ["loan_application"], "features": list(features)}
    return {key: value for key, value in (made | changes).items() if value is not None}


def plan_of(*features, **changes):
    return compile_plan([parse_feature_set(document(*features, **changes))], streams.EVENT_TYPES)


def refused(*features, **changes):
    with pytest.raises(DefinitionError) as caught:
        plan_of(*features, **changes)
    return caught.value


def test_window_variants_become_features_of_one_template():
    made = parse_feature_set(
        document({"name": "n_{window}", "aggregate": "count", "windows": ["1h", "7d", "lifetime"]})
    )
    assert [feature.name for feature in made.features] == ["n_1h", "n_7d", "n_lifetime"]
    assert {feature.template for feature in made.features} == {"n_{window}"}
    assert [feature.operands[0].window for feature in made.features] == [HOUR, 168 * HOUR, None]


def test_a_trend_is_a_ratio_of_rates_and_a_share_a_ratio_of_filtered_to_all():
    trend, share = parse_feature_set(
        document(
            {"name": "t", "aggregate": "trend", "of": "count", "recent": "1d", "window": "4d"},
            {"name": "s", "aggregate": "share", "where": "is_web", "window": "1d"},
        )
    ).features
    assert trend.factor == 4.0
    assert [base.where for base in share.operands] == ["is_web", None]


def test_time_since_looks_before_the_event_and_names_its_unit():
    one = parse_feature_set(document({"name": "gap_seconds", "aggregate": "time_since", "window": "1d"})).features[0]
    assert not one.operands[0].include_self
    assert "gap_seconds" in refused({"name": "gap", "aggregate": "time_since", "window": "1d"}).hint


def test_a_z_score_compares_with_history_without_the_event():
    one = parse_feature_set(document({"name": "z", "aggregate": "zscore", "field": "amount_minor", "window": "1d"}))
    kinds = [(base.kind, base.include_self) for base in one.features[0].operands]
    assert kinds == [(BaseKind.CURRENT, True), (BaseKind.MEAN, False), (BaseKind.STD, False)]


@pytest.mark.parametrize(
    ("feature", "field", "hint"),
    [
        ({"name": "n", "aggregate": "cuont", "window": "1h"}, "features[0].aggregate", "count"),
        ({"name": "n", "aggregate": "count"}, "features[0].window", "lifetime"),
        ({"name": "n", "aggregate": "count", "window": "400d"}, "features[0].window", None),
        ({"name": "n", "aggregate": "count", "window": "30s"}, "features[0].window", None),
        ({"name": "n", "aggregate": "count", "window": "soon"}, "features[0].window", "10m"),
        ({"name": "N!", "aggregate": "count", "window": "1h"}, "features[0].name", "device"),
        ({"name": "n", "aggregate": "count", "windows": ["1h"]}, "features[0].name", "{window}"),
        ({"name": "n", "aggregate": "count", "window": "1h", "field": "rate"}, "features[0].field", None),
        ({"name": "n", "aggregate": "sum", "window": "1h"}, "features[0].field", None),
        ({"name": "n", "aggregate": "count", "window": "1h", "filter": "x"}, "features[0].filter", None),
        ({"name": "n", "aggregate": "count", "window": "1h", "wehre": "x"}, "features[0].wehre", "where"),
        ({"name": "n", "aggregate": "count", "window": "1h", "cap": 3}, "features[0].cap", None),
        ({"name": "n", "aggregate": "count", "window": "1h", "mode": "rough"}, "features[0].mode", "tiled"),
        ({"name": "n", "aggregate": "count", "window": "1h", "hop": "2h"}, "features[0].hop", None),
        ({"name": "n", "aggregate": "distinct", "field": "person", "window": "1h", "hop": "5m"}, "features[0].mode", "cap"),
        ({"name": "n", "aggregate": "ratio", "of": "m", "to": "m", "window": "1h"}, "features[0].of", "aggregate"),
        ({"name": "n", "aggregate": "share", "window": "1h"}, "features[0].where", None),
        ({"name": "n", "aggregate": "trend", "of": "count", "recent": "2d", "window": "1d"}, "features[0].recent", "7d"),
        ({"name": "n", "aggregate": "count", "window": "1h", "events": ["card_payment"]}, "features[0].events", "loan"),
        ({"name": "n", "aggregate": "count", "window": "1h", "include_self": "yes"}, "features[0].include_self", None),
        ({"name": "n", "aggregate": "sum", "field": "amuont_minor", "window": "1h"}, "velocity.n", "amount_minor"),
        ({"name": "n", "aggregate": "sum", "field": "channel", "window": "1h"}, "velocity.n", "integer"),
        ({"name": "n", "aggregate": "distinct", "field": "score", "window": "1h"}, "velocity.n", "text"),
        ({"name": "n", "aggregate": "count", "where": "chanel = 'web'", "window": "1h"}, "velocity.n", "channel"),
        ({"name": "n", "aggregate": "count", "where": "amount_minor + 1", "window": "1h"}, "velocity.n", "integer"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_a_remedy(feature, field, hint):
    error = refused(feature)
    assert error.field == field
    if hint is not None:
        assert hint in (error.hint or "")


@pytest.mark.parametrize(
    ("changes", "field", "hint"),
    [
        ({"events": ["loan_aplication"]}, "velocity.events", "loan_application"),
        ({"entity": "divice"}, "velocity.entity", "device"),
        ({"entity": ["device", "device"]}, "velocity.keys.loan_application", "keys"),
        ({"entity": ["device", "person", "merchant"]}, "entity", None),
        ({"lateness": "91d"}, "lateness", "90d"),
        ({"keys": {"loan_application": ["person"]}}, "velocity.keys.loan_application", None),
        ({"features": []}, "features", "list"),
        ({"events": None}, "events", None),
        ({"colour": "red"}, "$.colour", None),
    ],
)
def test_a_wrong_header_is_named_with_a_remedy(changes, field, hint):
    error = refused(COUNT, **changes)
    assert error.field == field
    if hint is not None:
        assert hint in (error.hint or "")


def test_a_name_may_stand_once_in_a_plan():
    other = parse_feature_set(document(COUNT, name="other"))
    with pytest.raises(DefinitionError, match="one name"):
        compile_plan([parse_feature_set(document(COUNT)), other], streams.EVENT_TYPES)


def test_every_feature_has_a_column_and_may_be_missing():
    plan = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
    assert tuple(plan.columns) == plan.names
    assert all(column.nullable for column in plan.columns.values())
    assert plan.columns["rate_sum"].type is SqlType.DECIMAL
    assert plan.columns["rate_sum"].scale == 4
    assert plan.columns["first_1d"].type is SqlType.TEXT
    assert plan.columns["gap_seconds"].type is SqlType.INTEGER
    assert plan.columns["trend"].type is SqlType.DOUBLE


class TestDigest:
    def test_words_do_not_change_it(self):
        assert plan_of(COUNT).digest == plan_of(COUNT | {"description": {"en": "How often"}, "reason": "Often"}).digest

    def test_an_event_type_that_only_reads_does_not_change_it(self):
        only = {streams.APPLICATION: streams.EVENT_TYPES[streams.APPLICATION]}
        assert compile_plan([parse_feature_set(document(COUNT))], only).digest == plan_of(COUNT).digest

    def test_the_order_of_the_sets_does_not_change_it(self):
        sets = streams.every_operator()
        assert compile_plan(sets, streams.EVENT_TYPES).digest == compile_plan(sets[::-1], streams.EVENT_TYPES).digest

    @pytest.mark.parametrize(
        "change",
        [
            {"window": "2h"}, {"where": "is_web"}, {"include_self": False}, {"hop": "10m"}, {"name": "m"},
            {"aggregate": "distinct", "field": "person"}, {"aggregate": "distinct", "field": "person", "cap": 5},
        ],
    )  # fmt: skip
    def test_anything_that_can_change_a_number_changes_it(self, change):
        assert plan_of(COUNT | change).digest != plan_of(COUNT).digest

    def test_lateness_changes_it(self):
        assert plan_of(COUNT, lateness="2d").digest != plan_of(COUNT).digest


def test_a_plan_says_what_a_feature_means_in_both_languages():
    plan = plan_of(COUNT | {"where": "channel = 'web'"}, COUNT | {"name": "m", "description": {"zh": "申请次数"}})
    assert plan.describe("n") == (
        "Number of loan_application events of the same device in the last 1h, this event included, where channel = 'web'."
    )
    assert plan.describe("m", "zh") == "申请次数"
    assert "最近 1h" in plan.describe("n", "zh")
    with pytest.raises(NotFound):
        plan.describe("nn")


def test_a_field_names_the_features_that_stand_on_it():
    plan = plan_of(
        COUNT,
        {"name": "total", "aggregate": "sum", "field": "amount_minor", "window": "1d"},
        {"name": "web", "aggregate": "share", "where": "is_web", "window": "1d"},
    )
    assert features_by_field(plan, "loan_application") == {
        "amount_minor": ("total",),
        "device": ("n", "total", "web"),
        "is_web": ("web",),
    }
