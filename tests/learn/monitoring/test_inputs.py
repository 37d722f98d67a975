"""Inputs that moved: seen where they did, in the segment where they did, and no oftener than promised where they did not."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.kernel.time import DAY
from tandem.learn.monitoring import InputValues, WatchedRows, watch

START = 1_754_006_400_000_000


def decisions(rows=6000, seed=1, **inputs):
    """Sixty days of decisions with an amount, a channel and a flag that stay as they are."""
    rng = np.random.default_rng(seed)
    steady = {
        "amount": InputValues(rng.lognormal(5, 1, rows)),
        "channel": InputValues(rng.choice(4, rows, p=[0.5, 0.3, 0.19, 0.01]).astype(float), category=True),
        "flag": InputValues((rng.random(rows) < 0.2).astype(float), category=True),
    }
    values = {**steady, **inputs}
    return WatchedRows(
        at=START + np.arange(rows) * (60 * DAY // rows),
        probability=np.full(rows, np.nan),
        bad=np.full(rows, np.nan),
        took_us=np.full(rows, np.nan),
        missing={name: np.isnan(one.values) for name, one in values.items()},
        inputs=values,
        groups={"shop": rng.choice(["a", "b"], rows).tolist()},
    )


def csi(found, group=0):
    return {one.name: one for one in found.groups[group].figures if one.name.startswith("csi.")}


def asked(rows, by=None):
    return watch(rows, model="risk", owner="ann", by=by)


def test_each_input_has_its_index_with_its_rows_and_a_limit():
    figures = csi(asked(decisions()))

    assert sorted(figures) == ["csi.amount", "csi.channel", "csi.flag"]
    for one in figures.values():
        assert one.n == 4000
        assert one.limit == pytest.approx(0.1)  # with so many rows, practice asks for more than chance does
        assert not one.beyond


def test_an_amount_that_rose_is_named_with_its_owner():
    rows = decisions()
    late = np.arange(rows.rows) > 2500
    amount = rows.inputs["amount"].values

    found = asked(decisions(amount=InputValues(np.where(late, amount * 2, amount))))

    assert [(one.figure, one.owner) for one in found.alerts] == [("csi.amount", "ann")]


@pytest.mark.parametrize("kind", ["a text", "a number that never varied"])
def test_a_new_value_is_seen(kind):
    rows = decisions()
    late = np.arange(rows.rows) > 3000
    before = rows.inputs["channel"].values if kind == "a text" else np.zeros(rows.rows)

    found = asked(decisions(channel=InputValues(np.where(late, 9.0, before), category=kind == "a text")))

    assert [one.figure for one in found.alerts] == ["csi.channel"]


def test_only_the_segment_that_moved_is_named():
    rows = decisions()
    own = (np.asarray(rows.groups["shop"]) == "b") & (np.arange(rows.rows) > 2500)
    amount = rows.inputs["amount"].values

    found = asked(decisions(amount=InputValues(np.where(own, amount * 2.5, amount))), "shop")

    assert ("csi.amount", "shop", "b") in {(one.figure, one.by, one.value) for one in found.alerts}
    assert ("csi.amount", "shop", "a") not in {(one.figure, one.by, one.value) for one in found.alerts}


def test_values_that_went_missing_are_no_move_of_the_values():
    rows = decisions()
    gone = (np.arange(rows.rows) > 3000) & (np.arange(rows.rows) % 2 == 0)
    amount = np.where(gone, np.nan, rows.inputs["amount"].values)

    found = asked(decisions(amount=InputValues(amount)))

    assert {one.figure for one in found.alerts} == {"missing.amount"}


def test_few_rows_have_a_wider_limit_and_fewer_than_fifty_none_at_all():
    assert csi(asked(decisions(rows=240)))["csi.amount"].limit > 0.2
    assert csi(asked(decisions(rows=120))) == {}


def test_where_nothing_moved_nearly_nobody_is_called():
    called = sum(bool(asked(decisions(rows=300, seed=seed)).alerts) for seed in range(300))

    assert called <= 3  # one of a thousand by the law, over all inputs together; it is rough at a hundred rows
