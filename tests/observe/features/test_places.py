"""Distance and the other aggregates of sequences and habits: what they say, and what they refuse."""

import math
import random

import feature_oracle
import feature_streams as streams
import numpy as np
import pytest
from feature_runs import KERNELS, online

from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import HOUR, SECOND
from tandem.observe.features import compile_plan, parse_feature_set
from tandem.observe.features.places import distance, distances, speed

SHANGHAI, BEIJING = (31_230_416, 121_473_701), (39_904_200, 116_407_396)


def between(one, other):
    return distance(one[0], other[0], one[1], other[1])


def test_the_distance_of_two_cities_is_the_great_circle():
    assert between(SHANGHAI, BEIJING) == between(BEIJING, SHANGHAI) == pytest.approx(1_067_300, abs=500)


def test_the_way_across_the_date_line_is_the_short_one():
    assert between((0, 179_999_999), (0, -179_999_999)) == 0
    assert between((0, 0), (0, 180_000_000)) == round(math.pi * 6_371_008.8)


@pytest.mark.parametrize("place", [(90_000_001, 0), (0, -180_000_001), (None, 0), (0, None)])
def test_what_is_no_place_has_no_distance(place):
    assert between(place, SHANGHAI) is None
    assert between(SHANGHAI, place) is None


def test_columns_and_single_places_give_the_same_and_the_machine_s_trigonometry_agrees():
    rng = random.Random(1)
    places = [
        (rng.randint(-90_000_000, 90_000_000), rng.randint(-90_000_000, 90_000_000),
         rng.randint(-180_000_000, 180_000_000), rng.randint(-180_000_000, 180_000_000))
        for _ in range(500)
    ]  # fmt: skip
    places += [(a, a + 1, b, b + 1) for a, _, b, _ in places[:100]]
    columns, known = distances(*(np.array(one, dtype=np.float64) for one in zip(*places, strict=True)))
    single = [distance(*one) for one in places]
    assert [int(one) if there else None for one, there in zip(columns, known, strict=True)] == single
    for one, got in zip(places, single, strict=True):
        right = feature_oracle.metres_between(*one)
        assert (got is None) == (right is None)
        assert got is None or abs(got - right) <= 1


def test_less_than_a_second_counts_as_one():
    assert speed(300, 0) == speed(300, SECOND) == 300.0
    assert speed(300, 2 * SECOND) == 150.0
    assert speed(None, SECOND) is None


def device(**feature):
    one = {"name": "f", **feature}
    return parse_feature_set({"name": "d", "entity": "device", "events": ["loan_application"], "features": [one]})


def read(compiled, feature, *rows):
    """What each event reads; rows are (time, values)."""
    plan = compile_plan([device(**feature)], streams.EVENT_TYPES)
    empty = dict.fromkeys(field.name for field in streams.EVENT_TYPES[streams.APPLICATION].fields)
    key = streams.pseudonym("device", 1)
    events = [
        streams.event(number, streams.APPLICATION, streams.START + t, {**empty, "device": key, **values})
        for number, (t, values) in enumerate(rows)
    ]
    return [row[0] for row in online(plan, events, compiled)]


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_value_is_new_once(compiled):
    rows = [(number, {"channel": one}) for number, one in enumerate(["web", "web", "shop", None, "web"])]
    feature = {"aggregate": "novelty", "field": "channel", "window": "1h"}
    assert read(compiled, feature, *rows) == [1, 0, 1, 0, 0]
    assert read(compiled, {**feature, "cap": 2}, *rows) == [1, 0, 1, None, None]


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_habit_is_the_share_of_the_same_before(compiled):
    rows = [(number, {"channel": one}) for number, one in enumerate(["web", "web", "shop", None, "web"])]
    repeats = {"aggregate": "repeats", "field": "channel", "window": "1h"}
    assert read(compiled, repeats, *rows) == [0, 1, 0, None, 2]
    habit = {"aggregate": "profile_distance", "field": "channel", "window": "1h"}
    assert read(compiled, habit, *rows) == [None, 0.0, 1.0, None, 1 - 2 / 3]


@pytest.mark.parametrize("compiled", KERNELS)
def test_one_thing_without_the_other_is_seen_until_the_other_comes(compiled):
    rows = [(0, {"channel": "shop"}), (1, {"channel": "web"}), (2, {"channel": None}), (2, {"channel": "shop"}),
            (2 * HOUR, {"channel": None})]  # fmt: skip
    feature = {"aggregate": "without", "window": "1h", "of": {"where": "channel = 'web'"},
               "but_not": {"where": "channel = 'shop'"}}  # fmt: skip
    assert read(compiled, feature, *rows) == [0, 1, 1, 0, 0]


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_place_is_compared_with_the_last_one_known(compiled):
    rows = [
        (0, {"latitude": SHANGHAI[0], "longitude": SHANGHAI[1]}),
        (HOUR // 2, {"latitude": SHANGHAI[0], "longitude": None}),
        (HOUR, {"latitude": BEIJING[0], "longitude": BEIJING[1]}),
    ]
    feature = {"aggregate": "distance", "latitude": "latitude", "longitude": "longitude", "window": "1d"}
    metres = between(SHANGHAI, BEIJING)
    assert read(compiled, feature, *rows) == [None, None, metres]
    assert read(compiled, {**feature, "aggregate": "speed"}, *rows) == [None, None, metres / 3600]


@pytest.mark.parametrize(
    ("feature", "field"),
    [
        ({"aggregate": "repeats", "field": "channel", "window": "lifetime"}, "features[0].window"),
        ({"aggregate": "elapsed", "window": "1h"}, "features[0].aggregate"),
        (
            {"aggregate": "novelty", "field": "channel", "window": "1h", "include_self": False},
            "features[0].include_self",
        ),
        ({"aggregate": "distance", "latitude": "latitude", "window": "1h"}, "features[0].longitude"),
        ({"aggregate": "without", "of": {"where": "is_web"}, "window": "1h"}, "features[0].but_not"),
        ({"aggregate": "distance", "latitude": "score", "longitude": "rate", "window": "1h"}, "d.f"),
        ({"aggregate": "repeats", "field": "score", "window": "1h"}, "d.f"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(feature, field):
    with pytest.raises(DefinitionError) as caught:
        compile_plan([device(**feature)], streams.EVENT_TYPES)
    assert caught.value.field == field
