"""Learning what a contact brings above doing nothing, from randomised exploration.

The first half of an X-learner (Künzel, Sekhon, Bickel, Yu 2019), which is the whole of it where chance alone decided who was
contacted. A booster learns what is paid where nothing was done; what contacted customers paid above that is one draw of the
contact's effect, from which a second booster, which also sees the action, learns its mean. Both are LightGBM's, held to shallow
trees with many rows a leaf, because effects are small beside chance.

The effect lies between -1 and 1. It is learnt as the probability ``(1 + effect) / 2``, so that it is a model document like any
other and is served, signed and released like one (``documents``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.uplift.encoding import action_matrix, names_of, situation_matrix
from tandem.learn.uplift.types import NOTHING, FloatArray, IntArray, Offered, Tried

__all__ = ["Response", "fit_response"]

_LEAST_ROWS: Final = 500
_COMMON: Final = {
    "objective": "cross_entropy", "num_threads": 1, "deterministic": True, "force_col_wise": True, "verbosity": -1,
    "bagging_freq": 1, "bagging_fraction": 0.7, "feature_fraction": 0.7, "max_bin": 63,
}  # fmt: skip
_PAYS: Final = {"num_leaves": 15, "learning_rate": 0.08, "min_data_in_leaf": 100, "lambda_l2": 10.0}
_EFFECT: Final = {"num_leaves": 6, "max_depth": 3, "learning_rate": 0.05, "min_data_in_leaf": 200, "lambda_l2": 20.0}
_ROUNDS_PAYS: Final = 80
_ROUNDS_EFFECT: Final = 120


@dataclass(frozen=True, slots=True)
class Response:
    """What was learnt.

    Attributes:
        offers: what may be offered; ``gains`` has a column for each.
        situation, action: names of the columns of a row.
        pays: what is paid where nothing is done; effect: what a contact adds, as ``(1 + effect) / 2``.
    """

    offers: tuple[Offered, ...]
    situation: tuple[str, ...]
    action: tuple[str, ...]
    pays: Any
    effect: Any
    rows: int

    def share(self, columns: dict[str, FloatArray]) -> FloatArray:
        """The share of what is due that is expected to be paid where nothing is done."""
        found: FloatArray = np.asarray(self.pays.predict(situation_matrix(columns, self.situation), num_threads=1))
        return found

    def gains(self, columns: dict[str, FloatArray]) -> FloatArray:
        """What each offer is expected to add to that share: a row a customer, a column an offer."""
        situation = situation_matrix(columns, self.situation)
        rows = [np.hstack([situation, action_matrix(columns, self.action, one)]) for one in self.offers]
        found: FloatArray = 2 * np.asarray(self.effect.predict(np.vstack(rows), num_threads=1)) - 1
        return found.reshape(len(self.offers), -1).T

    def among(self, places: Sequence[int]) -> Response:
        """The same, offering only these of its offers."""
        return replace(self, offers=tuple(self.offers[one] for one in places))


def fit_response(tried: Tried, offers: Sequence[Offered], *, seed: int) -> Response:
    """A model of response from what was tried.

    Args:
        tried: rows of exploration; ``action`` counts in ``offers``.
        offers: everything that was drawn from.
        seed: of the samples that trees see.

    Raises:
        InvalidInput: too few rows with or without a contact to learn from.
    """
    contacted = tried.action != NOTHING
    for name, count in (("contacted", int(contacted.sum())), ("left alone", int((~contacted).sum()))):
        if count < _LEAST_ROWS:
            raise InvalidInput(
                f"Too few rows that were {name} to learn a response from.",
                code="too_few_tried", field="rows", value=count, hint=f"explore until there are {_LEAST_ROWS}",
            )  # fmt: skip
    situation, action = names_of(list(tried.columns), offers)
    alone = situation_matrix({name: one[~contacted] for name, one in tried.columns.items()}, situation)
    pays = _grown(alone, tried.outcome[~contacted], _PAYS, _ROUNDS_PAYS, situation, seed, None)
    rows = np.flatnonzero(contacted)
    known = tried.only(rows)
    matrix = situation_matrix(known.columns, situation)
    beyond = known.outcome - np.asarray(pays.predict(matrix, num_threads=1))
    full = np.hstack([matrix, _drawn_actions(known, action, offers)])
    # Every offer counts alike, however often it was drawn.
    weight = 1 / known.propensity
    effect = _grown(
        full,
        np.clip((1 + beyond) / 2, 0, 1),
        _EFFECT,
        _ROUNDS_EFFECT,
        (*situation, *action),
        seed,
        weight / weight.mean(),
    )
    return Response(tuple(offers), situation, action, pays, effect, len(tried))


def _drawn_actions(tried: Tried, names: Sequence[str], offers: Sequence[Offered]) -> FloatArray:
    found = np.empty((len(tried), len(names)))
    for place, offer in enumerate(offers):
        of: IntArray = np.flatnonzero(tried.action == place)
        found[of] = action_matrix({name: one[of] for name, one in tried.columns.items()}, names, offer)
    return found


def _grown(
    matrix: FloatArray, target: FloatArray, settings: dict[str, float], rounds: int, names: Sequence[str], seed: int,
    weight: FloatArray | None,
) -> Any:  # fmt: skip
    import lightgbm

    data = lightgbm.Dataset(matrix, target, weight=weight, feature_name=list(names), free_raw_data=True)
    return lightgbm.train({**_COMMON, **settings, "seed": seed}, data, rounds)
