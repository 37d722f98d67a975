"""Who of the performing accounts will be 30 days late, seen before it happens: beside utilisation and last status.

On an alert month every performing account gets a score; the tenth with the highest is alerted, and the months that follow
say who rolled to 30 or more days past due. Whatever scores has learned only from other accounts (in the card panel, other
persons) and only from what was known by the alert month: labels that came later are cut off. Two models of the platform
compete: boosted trees for "rolls within the horizon", and a discrete-time hazard that also learns from accounts that were
not watched for so long; the mean of their log-odds is a third way. Which one is taken is decided on accounts held back
before the alert month, never on the test; the months right before it are asked there too, as far as was seen by then, since
only they have about as much of a past as the test has. The baseline is a logistic regression on utilisation and last status
(a level each), on the same rows and folds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from scipy.stats import rankdata

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent
from benchmarks.kept_parts import Part, code_digest, kept
from benchmarks.warning_panels import Panel, card_panel, taiwan_panel
from tandem.decide.models import load_model
from tandem.learn.training import TrainSpec, auc, fit_logistic, score_table, train
from tandem.learn.training.survival import SurvivalSpec, train_survival

SEED = 20261130
_ALERTED = 0.10
_WAYS = ("boosted", "hazard", "blended")
_FOLDS = 2
_HELD_BACK = 0.3
_RESAMPLES = 1_000
_MADE_BY = (
    "src/tandem/learn/training",
    "benchmarks/warning.py",
    "benchmarks/warning_panels.py",
    "benchmarks/warning_features.yaml",
)

Score: TypeAlias = Callable[[Panel], np.ndarray]
"""Log-odds per row, so that the mean of two is one again."""


@dataclass(frozen=True)
class Trial:
    """How a panel is asked: the alert month, months ahead, and the months between rows that teach."""

    month: int
    horizon: int
    stride: int
    words: str


@dataclass(frozen=True)
class Alerts:
    """Everybody's scores of the accounts at the alert month; out of account and out of time.

    Attributes:
        rolled: whether it rolled within the horizon; scores: by name.
        picked: per fold, the name of the model that its fold chose on accounts held back.
    """

    panel: Panel
    rolled: np.ndarray
    scores: dict[str, np.ndarray]
    picked: dict[int, str]


TRIALS = {
    "taiwan": Trial(
        7,
        2,
        1,
        "Taiwan 2005: alerts in July on what April to July say, rolls to 2 or more months overdue in August or September",
    ),
    "cards": Trial(
        55, 3, 3, "card panel: alerts five months before its end, rolls to 30 days or more past due in the next three"
    ),
}


def run(quick: bool) -> list[Claim]:
    claims = _claims(measure(taiwan_panel(12 if quick else 1), TRIALS["taiwan"]), TRIALS["taiwan"])
    cards = card_panel(12 if quick else 1)
    if cards is None:
        return [*claims, claim("warning.cards.recall_gain", None, "%", ">= 20", protocol=absent("card_approval_panel"))]
    return [*claims, *_claims(measure(cards, TRIALS["cards"]), TRIALS["cards"])]


def measure(panel: Panel, trial: Trial) -> Alerts:
    """Score the accounts of the alert month by models of other accounts and earlier months."""
    order = np.random.default_rng(SEED).permutation(np.unique(panel.group))
    fold_of = dict(zip(order.tolist(), (np.arange(order.size) % _FOLDS).tolist(), strict=True))
    fold = np.array([fold_of[one] for one in panel.group.tolist()])
    at = panel.month == trial.month
    asked = panel.take(np.flatnonzero(at))
    scores = {name: np.zeros(asked.month.size) for name in ("baseline", *_WAYS, "ours")}
    picked = {}
    for number in range(_FOLDS):
        others, test = panel.take(np.flatnonzero(fold != number)), fold[at] == number
        here = asked.take(np.flatnonzero(test))
        said, reached = _learned(others, here, trial, number)
        for name, score in said.items():
            scores[name][test] = score
        picked[number] = max(reached, key=lambda name: reached[name])
        scores["baseline"][test] = fitted("baseline", others, trial.month, trial)(here)
        scores["ours"][test] = scores[picked[number]][test]
        print(f"{panel.name} fold {number}: recall on those held back {reached}", file=sys.stderr, flush=True)
    ranked = {name: _ranks(score, fold[at]) for name, score in scores.items()}  # each fold has a model of its own
    return Alerts(asked, _label(asked, trial.horizon), ranked, picked)


def _learned(others: Panel, here: Panel, trial: Trial, number: int) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """What each way that learned of ``others`` says of ``here``, and its recall on those of ``others`` it has not seen."""
    groups = np.unique(others.group)
    back = set(np.random.default_rng(SEED + number).permutation(groups)[: int(_HELD_BACK * groups.size)].tolist())
    held = np.array([one in back for one in others.group.tolist()])
    teach, judge = others.take(np.flatnonzero(~held)), others.take(np.flatnonzero(held))
    judge = known_by(judge, trial.month, trial, whole=False)
    digest = code_digest(_MADE_BY, ("lightgbm",))

    def part(name: str) -> Part:
        def measure_it() -> Part:
            score = fitted(name, teach, trial.month, trial)
            return Part({"here": score(here), "held_back": score(judge)}, {})

        return kept(f"warning.{here.name}.{here.month.size}.{number}.{name}", digest, measure_it)

    parts = {name: part(name).arrays for name in ("boosted", "hazard")}
    said, held_back = ({name: one[of] for name, one in parts.items()} for of in ("here", "held_back"))
    for each in (said, held_back):
        each["blended"] = (each["boosted"] + each["hazard"]) / 2
    return said, {name: recall_at(judge.rolls_in > 0, score) for name, score in held_back.items()}


def _ranks(score: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Each score as its share of lower ones within its fold; equal ones stay equal."""
    found = np.zeros(score.size)
    for number in np.unique(fold):
        rows = np.flatnonzero(fold == number)
        found[rows] = rankdata(score[rows]) / rows.size
    return found


def recall_at(rolled: np.ndarray, score: np.ndarray, weight: np.ndarray | None = None) -> float:
    """The share of rolls among the alerted tenth; where equal scores straddle its border, of each the same share."""
    return float(_alerted(rolled, score, weight)[0])


def _alerted(rolled: np.ndarray, score: np.ndarray, weight: np.ndarray | None = None) -> tuple[float, float]:
    """Recall and precision of the alerted tenth."""
    weight = np.ones(rolled.size) if weight is None else weight
    _, place = np.unique(-score, return_inverse=True)
    rows, bads = np.bincount(place, weight), np.bincount(place, weight * rolled)
    alerts = _ALERTED * rows.sum()
    share = np.clip((alerts - (np.cumsum(rows) - rows)) / np.maximum(rows, 1e-12), 0, 1)
    hits = float((share * bads).sum())
    return hits / float(bads.sum()), float(hits / alerts)


def _gains(alerts: Alerts) -> tuple[float, float, float]:
    """How much more our recall is than the baseline's, in percent, with a paired 95 % interval over accounts or persons."""
    groups, of = np.unique(alerts.panel.group, return_inverse=True)
    rng, found = np.random.default_rng(SEED), []
    for _ in range(_RESAMPLES):
        weight = np.bincount(rng.integers(0, groups.size, groups.size), minlength=groups.size)[of].astype(float)
        ours, theirs = (recall_at(alerts.rolled, alerts.scores[name], weight) for name in ("ours", "baseline"))
        if theirs > 0:  # a resample without a single hit of the baseline has no ratio; it would only raise ours
            found.append(100 * (ours / theirs - 1))
    ours, theirs = (recall_at(alerts.rolled, alerts.scores[name]) for name in ("ours", "baseline"))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(100 * (ours / theirs - 1)), float(low), float(high)


def _claims(alerts: Alerts, trial: Trial) -> list[Claim]:
    panel, name = alerts.panel, alerts.panel.name
    recalls = {one: _alerted(alerts.rolled, score) for one, score in alerts.scores.items()}
    gain, low, high = _gains(alerts)
    top = alerts.scores["ours"] > 1 - _ALERTED
    leads = panel.rolls_in[top & (panel.rolls_in > 0)]
    protocol = (
        f"{trial.words}; {panel.month.size:,} performing accounts, {int(alerts.rolled.sum()):,} rolls, so a perfect ranking"
        f" would reach {min(1.0, _ALERTED / float(alerts.rolled.mean())):.2f}; {_FOLDS} folds by"
        f" {'person' if name == 'cards' else 'account'}; learned from other accounts and what was known by then; the model"
        f" chosen on {_HELD_BACK:.0%} of the learners held back: {', '.join(alerts.picked[one] for one in sorted(alerts.picked))}"
    )
    peer = "logistic regression on last status" + (
        " and utilisation" if name == "taiwan" else "; the panel has no limits"
    )
    return [
        claim(f"warning.{name}.recall", recalls["ours"][0], "of rolls", peer=peer, peer_value=recalls["baseline"][0],
              protocol=protocol),
        claim(f"warning.{name}.recall_gain", gain, "%", ">= 20", protocol=f"recall at 10 % alerts above the peer's;"
              f" 95 % {low:.1f} to {high:.1f}, {_RESAMPLES:,} paired resamples"),
        claim(f"warning.{name}.recall_gain.low", low, "%", ">= 0", protocol="lower end of that interval"),
        claim(f"warning.{name}.precision", recalls["ours"][1], "of alerts", peer=peer, peer_value=recalls["baseline"][1],
              protocol=f"alerts that rolled within {trial.horizon} months"),
        claim(f"warning.{name}.recall.boosted", recalls["boosted"][0], "of rolls", protocol="boosted trees alone"),
        claim(f"warning.{name}.recall.hazard", recalls["hazard"][0], "of rolls", protocol="the discrete-time hazard alone"),
        claim(f"warning.{name}.recall.blended", recalls["blended"][0], "of rolls", protocol="the mean of their log-odds"),
        claim(f"warning.{name}.auc", auc(alerts.rolled.astype(float), alerts.scores["ours"]), "AUC", peer=peer,
              peer_value=auc(alerts.rolled.astype(float), alerts.scores["baseline"]), protocol="of the whole ranking"),
        claim(f"warning.{name}.lead", float(np.mean(leads)), "months", protocol="mean lead time: from the alert to the first"
              " month of 30 days or more past due, of alerted accounts that rolled by the end of the panel: "
              + ", ".join(f"{int((leads == one).sum())} after {one}" for one in np.unique(leads))),
    ]  # fmt: skip


def _label(panel: Panel, horizon: int) -> np.ndarray:
    return (panel.rolls_in > 0) & (panel.rolls_in <= horizon)


def known_by(panel: Panel, month: int, trial: Trial, *, whole: bool) -> Panel:
    """What may teach at ``month``: rows before it with what was seen of them by then; ``whole`` horizons only or any."""
    at_most = month - (trial.horizon if whole else 1)
    teaches = (panel.month <= at_most) & ((at_most - panel.month) % trial.stride == 0) & (panel.watched > 0)
    rows = panel.take(np.flatnonzero(teaches))
    seen = np.minimum(month - rows.month, trial.horizon)
    rolled = (rows.rolls_in > 0) & (rows.rolls_in <= seen)
    kept = np.flatnonzero(rolled | (rows.watched >= (trial.horizon if whole else 1)))
    rows, seen, rolled = rows.take(kept), seen[kept], rolled[kept]
    watched = np.where(rolled, rows.rolls_in, np.minimum(rows.watched, seen))
    return Panel(**{**rows.__dict__, "rolls_in": np.where(rolled, rows.rolls_in, 0), "watched": watched})


def baseline(learn: Panel, horizon: int) -> Score:
    """Logistic regression on utilisation and last status."""
    levels = sorted(set(learn.status.tolist()))

    def columns(panel: Panel) -> np.ndarray:
        used = np.clip(np.nan_to_num(panel.used), -0.5, 1.5)
        found = [used, used**2, *((panel.status == level).astype(float) for level in levels[1:])]
        return np.column_stack(found)

    fit = fit_logistic(columns(learn), _label(learn, horizon).astype(float))
    return lambda panel: fit.log_odds(columns(panel))


def boosted(learn: Panel, horizon: int) -> Score:
    """Boosted trees for "rolls within the horizon"."""
    table = learn.table.append_column("rolled", pa.array(_label(learn, horizon).astype(np.int64)))
    spec = TrainSpec(target="rolled", positive="1", families=("lightgbm",), folds=3, test_share=0.05, seed=SEED)
    model = load_model(train(table, spec).document)
    return lambda panel: score_table(model, panel.table)


def hazard(learn: Panel, horizon: int) -> Score:
    """The log-odds of having rolled by the horizon, from hazards of single months."""
    table = learn.table.append_column("rolled", pa.array((learn.rolls_in > 0).astype(np.int64)))
    table = table.append_column("watched", pa.array(learn.watched))
    spec = SurvivalSpec(
        event="rolled", duration="watched", positive="1", horizon=horizon, folds=3, test_share=0.05, seed=SEED
    )
    model = load_model(train_survival(table, spec).document)

    def score(panel: Panel) -> np.ndarray:
        stays = np.ones(panel.month.size)
        for month in range(1, horizon + 1):
            asked = panel.table.append_column("period", pa.array(np.full(panel.month.size, month)))
            stays *= 1 - 1 / (1 + np.exp(-score_table(model, asked)))
        return np.log1p(-stays) - np.log(stays)

    return score


def fitted(name: str, panel: Panel, month: int, trial: Trial) -> Score:
    """A model of what ``panel`` shows by ``month``."""
    learn = known_by(panel, month, trial, whole=name != "hazard")
    return {"baseline": baseline, "boosted": boosted, "hazard": hazard}[name](learn, trial.horizon)
