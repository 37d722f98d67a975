"""A training set knows what was known: rows, labels and features as of a place of the journal, the same whenever it is built."""

from __future__ import annotations

import msgspec
import pyarrow as pa
import pytest
from lender_month import SOME_LET_THROUGH
from small_workspace import START, VELOCITY, go_live

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.time import DAY, Micros, format_instant
from tandem.learn.datasets import DatasetStore, as_of, traffic, verify


def day(number):
    return Micros(START + int(number * DAY))


def ids(table):
    return table["row_id"].to_pylist()


def test_only_what_is_mature_teaches_and_everything_else_is_counted(month):
    built = month.build(format_instant(day(17)))
    assert ids(built.rows) == ["app-0", "app-1"]
    assert built.rows["label_bad"].to_pylist() == [False, True]
    counts = built.manifest.counts
    assert (counts.mature, counts.bad, counts.unknown, counts.declined) == (2, 1, 1, 1)
    assert (counts.immature, counts.provisional, counts.excluded) == (0, 1, {"pensioner": 1})
    assert counts.events == 6


def test_what_was_declined_lies_beside_the_set_with_all_that_was_known_of_it(month):
    built = month.build()
    assert ids(built.declined) == ["app-3"]
    assert built.declined["label_bad"].to_pylist() == [None]
    assert built.declined["age"].to_pylist() == [17]
    assert built.declined["decision_outcome"].to_pylist() == ["decline"]


def test_as_of_an_earlier_instant_the_set_is_what_it_would_have_been_then(month):
    then = month.build(format_instant(day(12)))
    assert ids(then.rows) == ["app-0"]
    assert then.manifest.counts.provisional == 1  # the late one: told, and two days too young
    assert then.manifest.counts.events == 5


def test_a_set_as_of_then_is_the_same_bytes_whatever_came_later(month):
    then = month.build(format_instant(day(14)))
    place = then.manifest.spec.seq
    month.tell(0, day=9.5, days_late=200, known=20)
    month.decide(6, day=21, device="d1")
    again = month.build(format_instant(day(14)))
    assert again.manifest.digest == then.manifest.digest
    assert again.manifest.spec.seq == place
    assert month.build().manifest.digest != then.manifest.digest


def test_a_correction_replaces_what_was_told_from_when_we_learned_of_it(month):
    month.tell(1, day=10, days_late=3, known=20, supersedes="out-1-10-120")
    assert month.build().rows["label_bad"].to_pylist()[:2] == [False, False]
    assert month.build(format_instant(day(19))).rows["label_bad"].to_pylist()[:2] == [False, True]


def test_features_are_what_the_decision_recorded_and_computed_again_where_it_did_not(month):
    month.decide(7, day=13.1, device="d5")
    month.decide(8, day=13.2, device="d5")
    for number in (7, 8):
        month.tell(number, day=14, days_late=0)
    month.decide(9, day=30)
    built = month.build()
    rows = {row["row_id"]: row for row in built.rows.to_pylist()}
    assert [rows[f"app-{n}"]["device_applications_1d"] for n in (5, 7, 8)] == [1, 2, 3]
    assert [rows[f"app-{n}"]["device_amount_1d"] for n in (5, 7, 8)] == [1005, 2012, 3020]
    sources = {one.name: one for one in built.manifest.columns}
    # The policy reads the count and not the sum.
    assert (sources["device_applications_1d"].computed, sources["device_amount_1d"].recorded) == (0, 0)
    assert sources["device_applications_1d"].differs == 0


def test_chosen_feature_sets_only_and_a_wrong_name_says_what_there_is(month):
    assert "device_amount_1d" not in month.build(features=()).rows.column_names
    with pytest.raises(NotFound) as refused:
        month.build(features=("device_velocty",))
    assert refused.value.code == "unknown_features"
    assert "device_velocity" in str(refused.value.hint)


def test_a_stretch_of_time_takes_what_happened_in_it(month):
    built = month.build(since=day(1), until=day(3))
    assert ids(built.rows) == ["app-1"]
    assert built.manifest.counts.events == 2


def test_another_definition_of_the_label_is_another_set(month):
    built = month.build()
    strict = msgspec.structs.replace(built.manifest.spec.label, bad="days_late >= 0")
    other = month.build(label=strict)
    assert other.manifest.digest != built.manifest.digest
    assert other.manifest.counts.bad == 2
    worded = month.build(label=msgspec.structs.replace(built.manifest.spec.label, description="in words"))
    assert worded.manifest.digest == built.manifest.digest


def test_a_kept_set_is_found_by_name_and_by_digest_and_verified_by_building_it_again(month, tmp_path):
    store = DatasetStore(tmp_path / "datasets")
    built = month.build()
    store.put(built.manifest, built.rows, built.declined, "first")
    kept = store.find("first")
    assert kept == store.find(built.manifest.digest[:8]) == built.manifest
    assert store.rows(kept).equals(built.rows)
    assert verify(month.beside(), month.lake, store, kept, clock=month.clock) == []
    with pytest.raises(NotFound) as unknown:
        store.find("frist")
    assert "first" in str(unknown.value.hint)


def test_rows_that_were_changed_on_disk_are_told(month, tmp_path):
    store = DatasetStore(tmp_path / "datasets")
    built = month.build()
    flipped = built.rows.set_column(
        built.rows.column_names.index("label_bad"), "label_bad", pa.array([False] * built.rows.num_rows)
    )
    store.put(built.manifest, flipped, built.declined)
    faults = verify(month.beside(), month.lake, store, store.find(built.manifest.digest), clock=month.clock)
    assert [one.code for one in faults] == ["rows_differ"]


def test_an_erased_person_is_in_no_set_and_a_kept_one_is_told_to_go(month, tmp_path):
    store = DatasetStore(tmp_path / "datasets")
    built = month.build()
    store.put(built.manifest, built.rows, built.declined)
    month.process.journal.erase(month.process.vault.pseudonym("person", "p1"))
    after = month.build(str(built.manifest.spec.seq))
    assert "app-1" not in ids(after.rows)
    assert after.manifest.counts.erased == 1
    faults = verify(month.beside(), month.lake, store, built.manifest, clock=month.clock)
    assert [one.code for one in faults] == ["erased_since"]


def test_features_that_are_defined_otherwise_by_now_are_told(month, tmp_path):
    store = DatasetStore(tmp_path / "datasets")
    built = month.build()
    store.put(built.manifest, built.rows, built.declined)
    body = {**VELOCITY.body, "features": [{**one, "window": "2d"} for one in VELOCITY.body["features"]]}
    go_live(month.process, Artefact.of("feature_set", "device_velocity", body))
    faults = verify(month.beside(), month.lake, store, built.manifest, clock=month.clock)
    assert "features_changed" in [one.code for one in faults]


@pytest.mark.parametrize("text", ["0", "999999", "2020-01-01T00:00:00Z"])
def test_as_of_a_place_that_is_not_there_says_what_there_is(month, text):
    with pytest.raises(InvalidInput) as refused:
        as_of(month.beside(), text)
    assert (refused.value.code, refused.value.field) == ("out_of_range", "as_of")


def test_the_traffic_of_a_stretch_is_everybody_whatever_their_label_is_worth(month):
    month.decide(7, day=14, age=None)  # a fact the policy needs is missing: for a person to look at
    spec = month.build().manifest.spec
    everybody = traffic(month.beside(), month.lake, msgspec.structs.replace(spec, since=day(3)))
    assert ids(everybody) == ["app-3", "app-4", "app-5", "app-7"]
    assert everybody["decision_outcome"].to_pylist() == ["decline", "approve", "approve", "review"]
    assert everybody["device_applications_1d"].to_pylist() == [1, 1, 1, 1]
    assert everybody.column_names == month.build().rows.column_names


def test_a_column_that_is_forbidden_is_carried_along_and_a_wrong_one_refused(month):
    manifest = month.build(forbid=("age",)).manifest
    assert "age" in manifest.forbid
    assert "age" not in manifest.inputs
    assert "person" not in manifest.inputs
    with pytest.raises(InvalidInput):
        month.build(forbid=("agee",))


def test_whom_chance_let_through_carries_the_chance_that_the_policy_of_then_gave(month):
    go_live(month.process, SOME_LET_THROUGH)
    for number in range(20, 60):
        month.decide(number, day=13 + number / 100, age=25 if number % 2 else 40)
    for number in range(20, 60):
        month.tell(number, day=14, days_late=0)
    month.decide(99, day=40)
    go_live(month.process, Artefact.of("policy", "application", {**SOME_LET_THROUGH.body, "when_missing": "decline"}))
    built = month.build(explored="try_some:yes")
    rows = [row for row in built.rows.to_pylist() if row["age"] == 25 and row["decision_outcome"] == "approve"]
    assert {row["decision_propensity"] for row in rows} == {0.4}
    assert 0 < len(rows) < 20
    grown = [row for row in built.rows.to_pylist() if row["age"] == 40]
    assert {row["decision_propensity"] for row in grown} == {None}
    with pytest.raises(NotFound) as refused:
        month.build(explored="try_some:maybe")
    assert refused.value.code == "unknown_arm"
