"""From real decisions in a lake to a watched model, and what the register says of it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from http_face import application
from scored_workspace import MODELS, scored_process

from tandem.kernel.errors import NotFound
from tandem.kernel.time import DAY, Micros, SystemClock
from tandem.learn.monitoring import (
    comparable_inputs,
    hidden_inputs,
    read_watched,
    scored_event,
    segment_fields,
    take_model_inventory,
    watch,
)
from tandem.observe.lake import Lake

DECISIONS = 24


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    one = scored_process(tmp_path_factory.mktemp("scored"))
    for number in range(DECISIONS):
        more = {"income_minor": None} if number % 6 == 5 else {"income_minor": 300_000 + 20_000 * number}
        document = application(f"w-{number}", age=25 + number, **more)
        document["values"] = {name: value for name, value in document["values"].items() if value is not None}
        one.decide_now(document)
    yield one
    one.close()


@pytest.fixture(scope="module")
def lake(process, tmp_path_factory):
    found = Lake(tmp_path_factory.mktemp("lake"), clock=SystemClock())
    found.project(process.journal, process.live.reader)
    return found


def test_every_decision_is_read_with_its_score_its_month_and_its_release(process, lake):
    event = scored_event(lake, process.live, "trees")

    rows = read_watched(lake, process.live, "trees", event, None)

    assert event == "application"
    assert rows.rows == DECISIONS
    asked = ~np.isnan(rows.probability)
    assert asked.any()
    assert ((rows.probability[asked] > 0) & (rows.probability[asked] < 1)).all()
    assert set(rows.missing) == set(process.live.models["trees"].inputs)
    assert set(rows.groups["release"]) == {str(process.live.digest)[:12]}
    assert all(len(text) == 7 for text in rows.groups["month"])
    assert (rows.took_us > 0).all()
    assert np.isnan(rows.bad).all()


def test_inputs_are_those_that_were_recorded_with_the_decision(process, lake):
    rows = read_watched(lake, process.live, "trees", "application", None)

    incomes = rows.inputs["income_minor"].values
    assert set(rows.inputs) == {"age", "amount_minor", "term_months", "income_minor"}
    assert sorted(rows.inputs["age"].values.tolist()) == [25 + number for number in range(DECISIONS)]
    assert (np.isnan(incomes) == rows.missing["income_minor"]).all()
    assert sorted(incomes[~np.isnan(incomes)])[:2] == [300_000, 320_000]


def test_an_input_that_names_somebody_is_not_compared(process):
    live = process.live
    reads = SimpleNamespace(inputs=("age", "person", "mobile_phone"))
    seen = SimpleNamespace(reader=live.reader, context_for=live.context_for, models={"trees": reads})

    assert hidden_inputs(seen, "trees", "application") == ("person", "mobile_phone")
    assert set(comparable_inputs(seen, "trees", "application")) == {"age"}


def test_outcomes_count_only_where_they_are_mature(process, lake):
    import pyarrow as pa

    labels = pa.table(
        {
            "event_id": ["w-0", "w-1", "w-2", "other"],
            "label_state": ["mature", "provisional", "mature", "mature"],
            "bad": [True, True, False, True],
        }
    )
    rows = read_watched(lake, process.live, "trees", "application", labels)

    assert sorted(rows.bad[~np.isnan(rows.bad)].tolist()) == [0.0, 1.0]


def test_what_is_read_can_be_watched(process, lake):
    rows = read_watched(lake, process.live, "card", "application", None)

    found = watch(rows, model="card", owner="ann", by="month")

    assert found.rows + found.reference_rows == DECISIONS
    assert watch(replace(rows, missing={}), model="card", owner="ann").groups[0].figures


def test_a_model_that_is_not_live_or_was_never_asked_is_said_to_be(process, lake, tmp_path):
    with pytest.raises(NotFound) as unknown:
        scored_event(lake, process.live, "tree")
    assert unknown.value.code == "unknown_model"
    with pytest.raises(NotFound) as never:
        scored_event(Lake(tmp_path / "empty", clock=SystemClock()), process.live, "trees")
    assert never.value.code == "never_scored"


def test_segments_are_fields_that_name_nobody(process):
    event_type = next(one for name, one in process.live.reader.event_types.items() if str(name) == "application")

    for name in segment_fields(event_type):
        field = next(one for one in event_type.fields if one.name == name)
        assert field.entity is None
        assert not field.data_class.is_personal


def test_the_inventory_names_every_live_model_and_policy_with_its_review(process):
    now = SystemClock().now()
    found = take_model_inventory(process.state.register, now=now)

    assert [one.name for one in found if one.kind == "model"] == sorted(MODELS)
    assert [one.kind for one in found] == sorted((one.kind for one in found), key=("model", "policy").index)
    for one in found:
        assert one.owner
        assert one.live_since <= now
        assert one.next_review == one.live_since + 365 * DAY
        assert not one.overdue
    later = take_model_inventory(process.state.register, now=Micros(now + 400 * DAY))
    assert all(one.overdue for one in later)
