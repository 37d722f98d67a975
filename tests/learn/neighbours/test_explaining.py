"""Shares of a score by link and hop: exact, and put where the columns looked."""

from __future__ import annotations

import lightgbm
import numpy as np
import pytest

from tandem.decide.models import Metadata, ModelInput, from_lightgbm, load_model
from tandem.learn.neighbours import LinkedRows, neighbour_shares, stream_features


@pytest.fixture(scope="module")
def scored():
    rng = np.random.default_rng(1)
    count = 600
    device = rng.integers(0, 20, count)
    bad = (rng.random(count) < np.where(device < 5, 0.8, 0.1)).astype(np.float64)
    occurred_at = np.arange(count) * 60_000_000
    links = {"device": device, "phone": rng.integers(0, 50, count)}
    table = stream_features(LinkedRows(occurred_at, rng.random(count), links, bad, occurred_at), ("1h",))
    names = ("amount", *table.names)
    values = np.column_stack([rng.random(count), table.values])
    parameters = {"objective": "binary", "num_leaves": 7, "max_depth": 4, "num_threads": 1, "verbosity": -1}
    booster = lightgbm.train(parameters, lightgbm.Dataset(values, bad), 20)
    inputs = [ModelInput(name=name) for name in names]
    model = load_model(from_lightgbm(booster, Metadata(name="m", target="bad"), inputs))
    return model, values, table


def test_shares_add_up_to_the_margin(scored):
    model, values, table = scored
    for row in values[[50, 300, 599]].tolist():
        plain = [None if np.isnan(value) else value for value in row]
        shares = neighbour_shares(model, plain, table.columns)
        total = sum(share.log_odds for share in shares)
        assert total == pytest.approx(model.score(plain).margin - model.expected, abs=1e-9)


def test_the_link_that_matters_is_named_first(scored):
    model, values, table = scored
    firsts = []
    for row in values[300:].tolist():
        first = neighbour_shares(model, [None if np.isnan(value) else value for value in row], table.columns)[0]
        firsts.append((first.link, first.known_bad))
    assert firsts.count(("device", True)) > len(firsts) / 2


def test_what_is_no_neighbour_column_is_the_rows_own(scored):
    model, values, table = scored
    plain = [None if np.isnan(value) else value for value in values[400].tolist()]
    own = [share for share in neighbour_shares(model, plain, table.columns) if share.link == "own"]
    assert [(share.hop, share.known_bad) for share in own] == [(0, False)]
