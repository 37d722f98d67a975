"""Neighbour features of a stream against a slow, plain reading of the same rows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import HOUR, MINUTE
from tandem.learn.neighbours import NEVER, LinkedRows, stream_features
from tandem.learn.neighbours.stream import PRIOR, WEIGHT

_BOTH = (("device", "card"), ("card", "device"))


def rows_of(seed: int) -> LinkedRows:
    rng = np.random.default_rng(seed)
    count = 250
    occurred_at = np.cumsum(rng.integers(0, 6, count)) * MINUTE
    links = {"device": rng.integers(-1, 15, count), "card": rng.integers(0, 40, count)}
    bad = (rng.random(count) < 0.3).astype(np.float64)
    known_at = np.where(rng.random(count) < 0.6, occurred_at + rng.integers(0, 200, count) * MINUTE, NEVER)
    return LinkedRows(occurred_at, rng.integers(1, 500, count).astype(np.float64), links, bad, known_at)


def plain(rows: LinkedRows, row: int, name: str) -> float:
    """One feature of one row, by looking at every other row."""
    kind = name.split("_", maxsplit=1)[0]
    now, code = rows.occurred_at[row], rows.links[kind][row]
    same = [other for other in range(rows.count) if code >= 0 and rows.links[kind][other] == code]
    earlier = [other for other in same if other < row]
    known = [other for other in same if rows.known_at[other] < now]
    lately = [other for other in known if rows.known_at[other] > now - HOUR]
    amounts = [rows.amount[other] for other in earlier]
    bads, recent = (sum(rows.bad[other] for other in part) for part in (known, lately))
    other_kind = "card" if kind == "device" else "device"
    match name.removeprefix(f"{kind}_"):
        case "rows_lifetime":
            return len(earlier) + 1.0 if code >= 0 else math.nan
        case "amount_mean_lifetime":
            return float(np.mean(amounts)) if amounts else math.nan
        case "amount_max":
            return max(amounts, default=math.nan)
        case "since_seconds":
            return (now - rows.occurred_at[earlier[-1]]) / 1e6 if earlier else math.nan
        case "bad_lifetime":
            return bads
        case "good_lifetime":
            return len(known) - bads
        case "bad_rate_lifetime":
            return (bads + WEIGHT * PRIOR) / (len(known) + WEIGHT)
        case "bad_rate_1h":
            return (recent + WEIGHT * PRIOR) / (len(lately) + WEIGHT)
        case "card_bad_rate" | "device_bad_rate":
            seen = [plain(rows, other, f"{other_kind}_bad_rate_lifetime") for other in earlier]
            return float(np.mean(seen)) if seen else math.nan
        case "card_new_1h" | "device_new_1h" | "card_past_lifetime" | "device_past_lifetime":
            within = [other for other in (*earlier, row) if rows.occurred_at[other] > now - HOUR or "1h" not in name]
            pasts = [plain(rows, other, f"{other_kind}_rows_lifetime") for other in within if code >= 0]
            given = [past for past in pasts if not math.isnan(past)]
            told = [past == 1 for past in given] if "_new_" in name else np.log2(given)
            return float(np.mean(told)) if given else math.nan
        case _:
            raise AssertionError(name)


@pytest.mark.parametrize(
    "feature",
    [
        "rows_lifetime",
        "amount_mean_lifetime",
        "amount_max",
        "since_seconds",
        "bad_lifetime",
        "good_lifetime",
        "bad_rate_lifetime",
        "bad_rate_1h",
        "OTHER_bad_rate",
        "OTHER_new_1h",
        "OTHER_past_lifetime",
    ],
)
@pytest.mark.parametrize("kind", ["device", "card"])
def test_a_feature_is_what_a_plain_reading_says(kind, feature):
    rows = rows_of(7)
    name = f"{kind}_{feature}".replace("OTHER", "card" if kind == "device" else "device")
    table = stream_features(rows, ("1h",), newcomers=_BOTH)
    found = table.values[:, table.names.index(name)]
    expected = [plain(rows, row, name) for row in range(rows.count)]
    assert np.allclose(found, expected, rtol=1e-9, atol=1e-12, equal_nan=True)


def test_columns_say_what_they_looked_at():
    table = stream_features(rows_of(1), ("1h",))
    by_name = {column.name: column for column in table.columns}
    assert len(by_name) == table.values.shape[1]
    assert (by_name["device_rows_1h"].hop, by_name["device_rows_1h"].reads_labels) == (1, False)
    assert (by_name["device_bad_rate_1h"].direction, by_name["device_good_1h"].direction) == (1, -1)
    assert (by_name["card_device_bad_rate"].hop, by_name["card_device_bad_rate"].link) == (2, "card")


def test_one_kind_of_link_has_no_second_rates():
    rows = rows_of(1)
    alone = LinkedRows(rows.occurred_at, rows.amount, {"device": rows.links["device"]}, rows.bad, rows.known_at)
    assert {column.hop for column in stream_features(alone, ("1h",)).columns} == {1}


def test_newcomers_tell_a_wave_of_new_accounts_from_a_busy_day_of_old_ones():
    old, new = list(range(8)), list(range(8, 16))
    source = np.array([*old, *old, *old, *new])
    target = np.array([0] * 16 + [1] * 8 + [2] * 8)
    count = source.size
    links = {"source": source, "target": target}
    rows = LinkedRows(np.arange(count) * MINUTE, np.ones(count), links, np.full(count, np.nan), np.full(count, NEVER))
    table = stream_features(rows, ("1h",), newcomers=[("target", "source")])
    share = table.values[:, table.names.index("target_source_new_1h")]
    assert (share[23], share[31]) == (0.0, 1.0)


def test_newcomers_read_no_label_and_come_without_second_rates_too():
    table = stream_features(rows_of(1), ("1h",), second=False, newcomers=[("card", "device")])
    second = [column for column in table.columns if column.hop == 2]
    assert [column.name for column in second] == [
        f"card_device_{what}_{span}" for span in ("1h", "lifetime") for what in ("new", "past")
    ]
    assert not any(column.reads_labels or column.direction for column in second)


@pytest.mark.parametrize("pair", [("card", "card"), ("card", "phone")])
def test_newcomers_need_two_kinds_of_link_that_the_rows_have(pair):
    with pytest.raises(InvalidInput) as refused:
        stream_features(rows_of(1), ("1h",), newcomers=[pair])
    assert (refused.value.field, refused.value.value) == ("newcomers", pair)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"occurred_at": np.array([2, 1])}, "occurred_at"),
        ({"known_at": np.array([0, NEVER])}, "known_at"),
        ({"bad": np.array([np.nan, 0.0])}, "bad"),
        ({"amount": np.array([1.0])}, "amount"),
        ({"links": {}}, "links"),
    ],
)
def test_rows_that_cannot_be_are_refused(change, field):
    good = {
        "occurred_at": np.array([1, 2]),
        "amount": np.array([1.0, 2.0]),
        "links": {"device": np.array([0, 0])},
        "bad": np.array([0.0, 1.0]),
        "known_at": np.array([1, NEVER]),
    }
    with pytest.raises(InvalidInput) as refused:
        LinkedRows(**(good | change))
    assert refused.value.field == field
