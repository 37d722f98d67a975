"""A model of response that a strategy names is released with it, and its choices are followed as far as the rules let them."""

from __future__ import annotations

import lightgbm
import msgspec
import numpy as np
from arrears_house import House, artefacts
from small_workspace import go_live

from tandem.act.trials import RESPONSE_TARGET
from tandem.decide.models import Metadata, from_lightgbm
from tandem.kernel.artefacts import Artefact


def email_is_answered():
    """A model for which an e-mail brings a third of what is due, and nothing else brings anything."""
    rows = np.array([[float(number % 2)] for number in range(400)])
    brings = np.array([1.0 if number % 6 in (1, 3) else 0.0 if number % 2 else number % 4 / 2 for number in range(400)])
    data = lightgbm.Dataset(rows, brings, feature_name=["by_email"])
    options = {
        "objective": "binary",
        "num_leaves": 2,
        "verbose": -1,
        "min_data_in_leaf": 5,
        "deterministic": True,
        "num_threads": 1,
    }
    grown = lightgbm.train(options, data, num_boost_round=60)
    metadata = Metadata(name="response", target=RESPONSE_TARGET, rows=400)
    document = from_lightgbm(grown, metadata)
    inputs = tuple(msgspec.structs.replace(one, reason="BLOCKED") for one in document.inputs)  # every model says why
    return Artefact.of("model", "response", msgspec.to_builtins(msgspec.structs.replace(document, inputs=inputs)))


def test_the_desk_writes_by_the_channel_that_the_released_model_expects_most_of(tmp_path):
    house = House(tmp_path / "home", fresh=False)
    trying = {"hold_out": 0.0, "exploration": 0.0}
    go_live(house.process, email_is_answered(), *artefacts(response="response", trying=trying))
    account = house.customer()
    house.reachable(account)
    house.at("2026-12-03T10:00:00+08:00")
    assert house.desk.tend().wanted == 1
    (contact,) = house.desk.work(account).contacts
    made = house.desk.look(lambda files: files.made_by[contact.contact])
    assert contact.channel == "email", "by the ladder it would be a text message"
    assert made.about.choice.chosen_by == "model"
    assert made.about.choice.expected_minor > made.about.choice.action.cost_minor
    house.close()
