"""What the settings for large tables cost and gain: histograms column by column, and the fraud preset on very many rows.

Histograms: the same rounds on the same made-up table, as we grow them and by LightGBM's other way, row by row; the trees must
be the same text. Preset: from 200,000 rows on, the fraud preset takes longer steps and shows each tree half of the columns.
Both ways learn on the same payments of the Fraud Detection Handbook's published simulation (rounds by the last fifth of
them) and are tried on the payments that follow. Seconds are of this process on one thread, whatever else the machine does.

Quick: a smaller table and no payments, so no claim on the preset.
"""

from __future__ import annotations

import time
from dataclasses import replace

import lightgbm
import numpy as np

from benchmarks import cardfraud
from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_if_here
from tandem.learn.training.boosting import BoostingSettings, boosting_presets, fit_boosting, try_boosting
from tandem.learn.training.metrics import auc, average_precision

_SEED = 20261129
_LEARNED, _TRIED = 300_000, 120_000


def run(quick: bool) -> list[Claim]:
    size = (20_000, 40, 4) if quick else (200_000, 200, 6)
    claims = [one for bins in ((4095,) if quick else (4095, 255)) for one in _histograms(*size, bins)]
    return claims if quick else [*claims, *_many_rows()]


def _histograms(rows: int, columns: int, rounds: int, bins: int) -> list[Claim]:
    random = np.random.default_rng(_SEED)
    matrix = random.normal(size=(rows, columns))
    bad = (random.random(rows) < 1 / (1 + np.exp(4 - matrix[:, :5].sum(axis=1)))).astype(np.float64)
    settings = replace(boosting_presets("fraud", 1)[0], max_bin=bins)
    seconds, texts = {}, {}
    for name, by_column in (("column", True), ("row", False)):
        parameters = settings.parameters(_SEED) | {"force_col_wise": by_column, "force_row_wise": not by_column}
        table = lightgbm.Dataset(matrix, bad, params=parameters).construct()
        booster = lightgbm.Booster(parameters, table)
        started = time.process_time()
        for _ in range(rounds):
            booster.update()
        seconds[name] = (time.process_time() - started) / rounds
        texts[name] = booster.model_to_string().partition("\nparameters:")[0]
    protocol = f"{rows:,} made-up rows, {columns} columns, {rounds} trees, one thread"
    name, peer = f"boosting.{bins}_bins", "LightGBM row by row"
    column, row = (round(seconds[one], 3) for one in ("column", "row"))
    same = float(texts["column"] == texts["row"])
    return [
        claim(f"{name}.tree", column, "s of processor", peer=peer, peer_value=row, protocol=protocol),
        claim(f"{name}.same_trees", same, "", "== 1", peer=peer, protocol="the models' texts, parameters apart"),
    ]


def _many_rows() -> list[Claim]:
    names = [f"boosting.fraud_preset.{figure}" for figure in ("average_precision", "auc", "seconds")]
    folder = data_if_here("fraud_handbook_sim")
    if folder is None:
        return [claim(name, None, "", protocol=absent("fraud_handbook_sim")) for name in names]
    stream = cardfraud.load(folder, "2018-06-01", "2018-08-25")
    begin = int(np.flatnonzero(stream.day >= stream.day[0] + 37)[0])
    learn, test = (slice(begin + one, begin + other) for one, other in ((0, _LEARNED), (_LEARNED, _LEARNED + _TRIED)))
    many, few = (boosting_presets("fraud", rows)[0] for rows in (_LEARNED, 1))
    ours, theirs = (_tried(stream, learn, test, settings) for settings in (many, few))
    protocol = (
        f"{_LEARNED:,} payments of the published simulation, our features, the next {_TRIED:,}; rate {many.learning_rate:g} and "
        f"{many.feature_fraction:g} of the columns a tree, {ours[3]} trees, beside {few.learning_rate:g} and all of them, {theirs[3]} trees"
    )
    return [
        claim(
            name, round(mine, 4), unit, peer="the preset of fewer rows", peer_value=round(other, 4), protocol=protocol
        )
        for name, unit, mine, other in zip(names, ("", "", "s of processor"), ours, theirs, strict=False)
    ]


def _tried(
    stream: cardfraud.Stream, learn: slice, test: slice, settings: BoostingSettings
) -> tuple[float, float, float, int]:
    """Average precision, AUC, seconds and trees."""
    matrix, fraud = stream.features[learn], stream.fraud[learn]
    last = np.arange(fraud.size) >= fraud.size * 4 // 5
    started = time.process_time()
    trial = try_boosting(matrix, fraud, ((np.flatnonzero(~last), np.flatnonzero(last)),), settings, seed=_SEED)
    booster = fit_boosting(matrix, fraud, settings, trial.rounds, seed=_SEED)
    seconds = time.process_time() - started
    odds = np.asarray(booster.predict(stream.features[test], raw_score=True))
    return average_precision(stream.fraud[test], odds), auc(stream.fraud[test], odds), seconds, trial.rounds
