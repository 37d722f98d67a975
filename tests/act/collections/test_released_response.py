"""A released model of response: strategies that name it ask it, and a release with one that cannot be asked does not go live."""

from __future__ import annotations

import lightgbm
import msgspec
import numpy as np
import pytest
from arrears_house import House, artefacts
from small_workspace import go_live

from tandem.act.collections import Action, ResponseModel, Situation, decode_change
from tandem.act.trials import RESPONSE_TARGET
from tandem.decide.models import Metadata, ModelInput, from_lightgbm, load_model
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError
from tandem.learn.uplift import NOTHING, contacts_tried

SMS, EMAIL = (Action(step="soft", channel=channel) for channel in ("sms", "email"))


def situation(**changes):
    known = {"account": "acc_1", "day": 20_700, "currency": "CNY", "days_past_due": 5, "due_minor": 40_000}
    return Situation(**{**known, "balance_minor": 120_000, **changes})


def document(name="collection_response", column="by_sms", target=RESPONSE_TARGET):
    """Messages add a fifth of what is due, everything else nothing."""
    rng = np.random.default_rng(1)
    rows = rng.integers(0, 2, (2_000, 2)).astype(float)
    settings = {"objective": "cross_entropy", "verbosity": -1, "num_leaves": 2, "learning_rate": 0.5, "num_threads": 1}
    data = lightgbm.Dataset(rows, 0.5 + 0.1 * rows[:, 0], feature_name=[column, "days_past_due"])
    inputs = [ModelInput(name=one, reason="MASS_APPLICATION") for one in (column, "days_past_due")]
    return from_lightgbm(lightgbm.train(settings, data, 30), Metadata(name=name, target=target), inputs)


def released(*documents, asks="collection_response"):
    models = [Artefact.of("model", one.metadata.name, msgspec.to_builtins(one)) for one in documents]
    rest = [
        Artefact.of(one.kind, one.name, {**one.body, "response": asks}) if one.kind == "collection_strategy" else one
        for one in artefacts()
    ]
    return (*rest, *models)


def test_a_model_of_response_says_what_an_action_adds():
    model = ResponseModel(load_model(document()))
    assert model(situation(), SMS) == pytest.approx(8_000, abs=80)
    assert model(situation(), EMAIL) == pytest.approx(0, abs=80)
    assert model(situation(due_minor=4_000_000), SMS) == pytest.approx(800_000, abs=8_000)
    assert model(situation(), Action(step="write_off")) == 0


def test_a_strategy_asks_the_released_model_that_it_names(tmp_path):
    house = House(tmp_path / "home")
    try:
        assert (
            house.desk.rulebook.picker_for("cash_loan").pick(situation(account="acc_7"), lambda _: None).chosen_by
            == "ladder"
        )
        go_live(house.process, *released(document()))
        chosen = [
            house.desk.rulebook.picker_for("cash_loan").pick(situation(account=f"acc_{number}"), lambda _: None)
            for number in range(40)
        ]
        assert {one.chosen_by for one in chosen} == {"model", "exploration", "hold_out"}
        assert {one.action.channel for one in chosen if one.chosen_by == "model"} == {"sms"}
    finally:
        house.close()


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ((document("another_response"),), "unknown_model"),
        ((document(target="bad"),), "no_response"),
        ((document(column="habit_sms"),), "unknown_column"),
    ],
)
def test_a_release_whose_model_of_response_cannot_be_asked_does_not_go_live(tmp_path, documents, code):
    house = House(tmp_path / "home")
    try:
        with pytest.raises(DefinitionError) as caught:
            go_live(house.process, *released(*documents))
        assert code in str(caught.value.code) or code in repr(caught.value)
    finally:
        house.close()


def test_whom_the_lot_leaves_alone_is_on_record_once_a_day_beside_whom_it_has_contacted(tmp_path):
    house = House(tmp_path / "home")
    try:
        tried = {"trying": {"hold_out": 0.0, "exploration": 1.0}, "response": "collection_response"}
        go_live(
            house.process,
            *(
                Artefact.of(one.kind, one.name, {**one.body, **tried}) if one.kind == "collection_strategy" else one
                for one in released(document())
            ),
        )
        for number in range(12):
            house.reachable(house.customer(number), email=f"p{number}@example.com", phone=f"138001380{number:02d}")
        house.at("2026-12-03T10:00:00+08:00")
        house.desk.tend()
        house.close()
        house = House(tmp_path / "home", fresh=False, clock=house.clock)  # another start on the same day
        house.desk.tend()
        records = [decode_change(one.clear) for one in house.process.journal.read(kinds=["contact"])]
        spared = [one for one in records if type(one).__name__ == "Spared"]
        wanted = [one for one in records if type(one).__name__ == "ContactWanted"]
        assert len(spared) + len(wanted) == 12
        assert len({one.account for one in spared}) == len(spared) > 0
        assert {one.choice.action.step for one in spared} == {"wait"}
        assert all(0 < one.choice.propensity < 1 for one in spared)
        found = contacts_tried(
            [one.clear for one in house.process.journal.read(kinds=["contact"])],
            [one.clear for one in house.process.journal.read(kinds=["account"])],
            today=house.desk.today() + 20,
        )
        assert (int((found.tried.action == NOTHING).sum()), len(found.tried)) == (len(spared), 12)
    finally:
        house.close()
