"""A day of rows: good days pass, every fault is refused for its own reason, drift only warns."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, Micros
from tandem.learn.gates import (
    FeedLayout,
    FeedLimits,
    FeedProfile,
    extend_profile,
    judge_feed,
    profile_feed,
)
from tests.learn.gates.conftest import LAYOUT, LEARNED, ROWS, START, judged_at, loans

MATURE = FeedLimits(age_most=Micros(31 * DAY + DAY // 2))
NEXT = LEARNED


def judge(profile, table, *, day=NEXT, late=0, **more):
    return judge_feed(profile, table, at=Micros(judged_at(day) + late), limits=MATURE, **more)


def put(table, name, values):
    return table.set_column(table.column_names.index(name), name, values)


def scaled(table, name, factor):
    return put(table, name, pc.multiply(pc.cast(table[name], pa.float64()), factor))


def labels(table, change, seed=1):
    bad = table["bad"].to_numpy()
    return put(table, "bad", pa.array(change(bad, np.random.default_rng(seed))))


def moved(array, micros):
    return pa.array(pc.cast(array, pa.int64()).to_numpy() + micros, pa.timestamp("us"))


def first_code(report):
    assert report.hard, "the day passed"
    return report.hard[0].code


def test_days_like_the_accepted_ones_pass_without_a_word(profile):
    for day in range(NEXT, NEXT + 20):
        report = judge(profile, loans(day), day=day)
        assert report.passed, report.hard


FAULTS = {
    "column_missing": lambda t: t.drop_columns(["income"]),
    "type_changed": lambda t: put(t, "amount", pc.cast(t["amount"], pa.string())),
    "missing_jump": lambda t: put(t, "income", pa.array([None if row % 3 == 0 else v for row, v in enumerate(t["income"].to_pylist())])),
    "frozen_column": lambda t: put(t, "income", pa.array([5000.0] * t.num_rows)),
    "duplicate_keys": lambda t: pa.concat_tables([t, t.slice(0, 60)]),
    "truncated": lambda t: t.slice(0, 250),
    "sign_changed": lambda t: scaled(t, "income", -1.0),
    "scale_changed": lambda t: scaled(t, "amount", 3.3),
    "shifted": lambda t: put(t, "utilisation", pc.add(t["utilisation"], 5.0)),
    "out_of_range": lambda t: put(t, "income", pa.array(np.where(np.arange(t.num_rows) % 10 == 0, 1e9, 6000.0 + np.arange(t.num_rows)))),
    "category_vocabulary": lambda t: put(t, "channel", pc.utf8_upper(t["channel"])),
    "category_recoded": lambda t: put(t, "channel", pa.array([{"app": "shop", "shop": "app"}.get(v, v) for v in t["channel"].to_pylist()])),
    "currency_mixed": lambda t: put(t, "currency", pa.array(["USD" if row % 20 == 0 else "CNY" for row in range(t.num_rows)])),
    "known_after_event": lambda t: put(t, "bureau_at", moved(t["at"], DAY)),
    "label_arrival": lambda t: put(t, "bad", pa.array([None if row % 2 else v for row, v in enumerate(t["bad"].to_pylist())])),
    "label_before_event": lambda t: put(t, "known_at", moved(t["at"], -DAY)),
    "label_vocabulary": lambda t: put(t, "bad", pa.array([2 if row % 9 == 0 else v for row, v in enumerate(t["bad"].to_pylist())])),
    "labels_flipped": lambda t: labels(t, lambda bad, _: 1 - bad),
    "labels_poisoned": lambda t: labels(t, lambda bad, rng: np.where(rng.random(bad.size) < 0.6, rng.permutation(bad), bad)),
    "too_good": lambda t: put(t, "utilisation", pa.array(np.where(t["bad"].to_numpy() == 1, 0.9, 0.2) + np.arange(t.num_rows) * 1e-5)),
}  # fmt: skip


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_is_refused_for_its_own_reason(profile, code):
    report = judge(profile, FAULTS[code](loans(NEXT)))

    assert first_code(report) == code
    finding = report.hard[0]
    assert finding.en
    assert any("\u4e00" <= letter <= "\u9fff" for letter in finding.zh)


def another_kind(table, seed=1):
    """As many bads as there were, but those of large loans from the shop: nobody ranked them before."""
    amounts, shop = table["amount"].to_numpy(), np.asarray(table["channel"].to_pylist()) == "shop"
    risk = (
        np.argsort(np.argsort(amounts)) / amounts.size
        + 2.0 * shop
        + np.random.default_rng(seed).normal(0, 0.3, amounts.size)
    )
    return labels(table, lambda bad, _: (risk >= np.sort(risk)[-int(bad.sum())]).astype(np.int64))


def test_bads_of_a_new_kind_are_told_and_learned_from(profile):
    report = judge(profile, another_kind(loans(NEXT)))

    assert report.passed, report.hard
    finding = next(one for one in report.warnings if one.code == "bads_of_a_new_kind")
    assert finding.value < finding.limit


@pytest.mark.parametrize("share", [0.5, 0.75, 1.0])
@pytest.mark.parametrize("seed", range(5))
def test_labels_that_are_drawn_are_no_new_kind(profile, share, seed):
    drawn = labels(
        loans(NEXT), lambda bad, rng: np.where(rng.random(bad.size) < share, rng.permutation(bad), bad), seed
    )

    assert "bads_of_a_new_kind" not in {one.code for one in judge(profile, drawn).findings}


def test_a_profile_that_was_made_before_days_were_learned_from_within_forgives_nothing(profile):
    days = [
        msgspec.structs.replace(day, label=msgspec.structs.replace(day.label, learned=None)) for day in profile.days
    ]
    older = msgspec.structs.replace(profile, days=tuple(days))

    assert first_code(judge(older, another_kind(loans(NEXT)))) == "labels_poisoned"


@pytest.mark.parametrize(("column", "factor"), [("amount", 100.0), ("amount", 0.01), ("term", 30.0), ("term", 30.4375)])
def test_a_factor_of_units_is_named(profile, column, factor):
    report = judge(profile, scaled(loans(NEXT), column, factor))

    assert first_code(report) == "unit_changed"
    assert report.hard[0].column == column
    assert report.hard[0].value == pytest.approx(factor, rel=0.02)


def test_two_units_in_one_column_are_told_from_odd_values(profile):
    table = loans(NEXT)
    amounts = np.where(np.arange(ROWS) % 5 == 0, table["amount"].to_numpy() * 1000.0, table["amount"].to_numpy())

    assert first_code(judge(profile, put(table, "amount", pa.array(amounts)))) == "unit_mixed"


def test_a_unit_that_the_feed_declares_is_held_to(profile):
    table = loans(NEXT)
    field = pa.field("amount", pa.int64(), metadata={b"unit": b"USD cents"})
    table = table.set_column(table.column_names.index("amount"), field, table["amount"])

    assert first_code(judge(profile, table)) == "unit_changed"


def test_a_day_fed_twice_is_known_in_any_order_of_rows(profile):
    again = loans(4).take(pa.array(np.random.default_rng(1).permutation(ROWS)))

    report = judge(profile, again)

    assert report.codes == ("day_fed_twice",)


def test_keys_of_an_earlier_day_are_known_though_nothing_of_them_was_kept(profile):
    table = loans(NEXT)
    keys = [*loans(3)["id"].to_pylist()[:150], *table["id"].to_pylist()[150:]]

    assert first_code(judge(profile, put(table, "id", pa.array(keys)))) == "keys_seen_before"
    assert b"L3-7" not in msgspec.json.encode(profile)


def test_rows_from_the_future_and_stale_days_are_refused(profile):
    table = loans(NEXT)
    ahead = np.where(np.arange(ROWS) % 50 == 0, 60 * DAY, 0)

    assert first_code(judge(profile, put(table, "at", moved(table["at"], ahead)))) == "future_rows"
    assert first_code(judge(profile, table, late=3 * DAY)) == "stale_day"


@pytest.mark.parametrize("kind", [pa.null(), pa.timestamp("us")])
def test_a_day_without_times_is_refused(profile, kind):
    assert first_code(judge(profile, put(loans(NEXT), "at", pa.nulls(ROWS, kind)))) == "undated_rows"


def test_a_time_that_cannot_be_read_is_a_reason_and_no_crash(profile):
    def written(day):
        return put(
            loans(day), "at", pa.array([one.strftime("%Y-%m-%d %H:%M:%S") for one in loans(day)["at"].to_pylist()])
        )

    texts = profile_feed([written(day) for day in range(6)], LAYOUT)

    assert first_code(judge(profile, written(NEXT))) == "type_changed"
    assert first_code(judge(texts, put(loans(NEXT), "at", pa.array(["soon"] * ROWS)))) == "unreadable"


def test_columns_of_every_type_are_taken():
    def odd(day):
        rng = np.random.default_rng(day)
        return pa.table(
            {
                "coded": pa.array(rng.choice(["a", "b"], 200)).dictionary_encode(),
                "exact": pa.array(rng.integers(1, 9999, 200)).cast(pa.decimal128(20, 0)),
                "date": pa.array(rng.integers(20000, 20030, 200).astype(np.int32), pa.date32()),
                "list": pa.array([[1, 2]] * 200),
                "nothing": pa.nulls(200),
                "bytes": pa.array([b"x"] * 200),
                "large": pa.array(rng.integers(2**63, 2**64 - 1, 200, dtype=np.uint64)),
                "endless": pa.array(np.where(rng.random(200) < 0.02, np.inf, rng.random(200))),
            }
        )

    made = profile_feed([odd(day) for day in range(8)], FeedLayout())

    assert judge_feed(made, odd(8), at=Micros(START)).passed
    assert judge_feed(made, odd(3), at=Micros(START)).codes == ("day_fed_twice",)


def test_an_empty_day_is_refused(profile):
    assert judge(profile, loans(NEXT).slice(0, 0)).codes == ("no_rows",)


def test_labels_that_were_known_otherwise_are_counted(profile):
    table = loans(NEXT)
    earlier = table.select(["id", "bad"])
    changed = labels(table, lambda bad, _: np.where(np.arange(bad.size) % 15 == 0, 1 - bad, bad))

    assert judge(profile, table, earlier=earlier).passed
    report = judge(profile, changed, earlier=earlier)
    assert "labels_revised" in report.codes
    assert report.hard[-1].value == pytest.approx(1 / 15, abs=0.001)


def test_drift_warns_and_stops_nothing(profile):
    table = loans(NEXT)
    income = np.asarray(table["income"].to_numpy(zero_copy_only=False), dtype=float)
    richer = np.fmax(income, np.random.default_rng(2).permutation(income))
    drifted = put(table, "income", pa.array(richer, from_pandas=True))

    report = judge(profile, drifted)

    assert report.passed, report.hard
    assert ("drift", "income") in [(one.code, one.column) for one in report.warnings]


def test_a_nudge_is_no_drift_however_many_rows_there_are(profile):
    many = loans(NEXT, 20 * ROWS)
    nudged = put(many, "income", pc.multiply(many["income"], 1.03))

    assert "drift" not in [one.code for one in judge(profile, nudged).findings]


def test_a_season_that_accepted_days_had_is_no_fault():
    sizes = [600 if day % 7 < 5 else 300 for day in range(35)]
    days = [loans(day, rows) for day, rows in enumerate(sizes)]
    seasoned = profile_feed(days[:21], LAYOUT)

    for day in range(21, 35):
        assert judge(seasoned, days[day], day=day).passed
    assert first_code(judge(seasoned, loans(21, 120), day=21)) == "too_few_rows"


def test_a_new_column_warns(profile):
    report = judge(profile, loans(NEXT).append_column("score", pa.array([1.0] * ROWS)))

    assert report.passed
    assert [one.code for one in report.warnings] == ["column_new"]


def test_a_profile_is_plain_data_and_the_same_days_give_the_same_one(profile):
    again = profile_feed([loans(day) for day in range(LEARNED)], LAYOUT)
    read = msgspec.json.decode(msgspec.json.encode(profile), type=FeedProfile)

    assert again.digest == profile.digest
    assert read == profile
    assert judge(read, loans(NEXT)) == judge(profile, loans(NEXT))


def test_a_profile_grows_by_accepted_days_and_forgets_the_oldest(profile):
    grown = profile
    for day in range(NEXT, NEXT + 50):
        grown = extend_profile(grown, loans(day, 60))

    assert len(grown.days) == 60
    assert grown.rulers == profile.rulers
    assert grown.days[0] == profile.days[2]


def test_a_feed_without_key_time_or_label_is_judged_by_what_it_has():
    days = [loans(day).select(["amount", "income", "channel"]) for day in range(LEARNED + 1)]
    bare = profile_feed(days[:LEARNED], FeedLayout())

    assert judge_feed(bare, days[-1], at=Micros(START)).passed
    assert judge_feed(bare, days[3], at=Micros(START)).codes == ("day_fed_twice",)
    assert judge_feed(bare, scaled(days[-1], "income", 12.0), at=Micros(START)).codes == ("unit_changed",)


def test_a_layout_that_names_what_is_not_there_is_refused():
    with pytest.raises(InvalidInput) as raised:
        profile_feed([loans(0)], FeedLayout(key=("loan_id",)))
    assert raised.value.code == "unknown_column"

    with pytest.raises(InvalidInput):
        profile_feed([], LAYOUT)
