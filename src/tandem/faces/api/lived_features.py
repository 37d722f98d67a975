"""How features did on recorded decisions: who had a value, how values spread, whether they drifted, what they moved.

Read from the journal of decisions beside the decision path, at most once in thirty seconds, and shared by all who ask. The
newest decisions are halved in time: the newer half is compared with the older one. A value is told as it was used, so
a feature that nobody reads has no figures, and says so by having none.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np

from tandem.decide.decisions import DecisionProcess, LiveRelease, RecordedInputs, recorded_inputs
from tandem.decide.models import Model
from tandem.kernel.time import SECOND, Clock, Micros

__all__ = ["FeatureFigures", "LivedFeatures", "ValueBand", "WeightInModel"]

_REFRESH: Final = 30 * SECOND
_LOOKED_AT: Final = 5_000
_EXPLAINED: Final = 200
_BANDS: Final = 12
_HALF_MIN: Final = 100
"""Fewer values on either side say nothing about drift."""


class ValueBand(msgspec.Struct, frozen=True, kw_only=True):
    """Recorded values from ``low`` to below ``high`` (the last band holds its end), or of one ``text``."""

    low: float | None
    high: float | None
    text: str | None
    count: int


class WeightInModel(msgspec.Struct, frozen=True, kw_only=True):
    """Mean absolute contribution in log-odds over ``explained`` decisions, exact; ``place`` 1 moved the score most."""

    model: str
    weight: float
    share: float
    place: int
    explained: int


class FeatureFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One feature over the newest decisions that looked at it.

    Attributes:
        recorded: decisions that looked at it; ``known`` of them had a value. since: the oldest of them.
        mean: of the values that are numbers; with ``minimum``, ``median`` and ``maximum``.
        bands: how the values spread; texts by the most frequent.
        before, after: values in the older and the newer half.
        psi: between these; None where a half has fewer than a hundred. critical: what chance alone stays below 99
            times in 100 with so many values. drifted: above both that and 0.10.
    """

    recorded: int
    known: int
    since: Micros | None
    mean: float | None = None
    minimum: float | None = None
    median: float | None = None
    maximum: float | None = None
    bands: tuple[ValueBand, ...] = ()
    before: int = 0
    after: int = 0
    psi: float | None = None
    critical: float | None = None
    drifted: bool | None = None


class LivedFeatures:
    """Figures of all features of the live release, kept for half a minute.

    Args:
        process: whose journal and release.
        clock: tells how old the figures are.
    """

    def __init__(self, process: DecisionProcess, clock: Clock) -> None:
        self._process = process
        self._clock = clock
        self._lock = threading.Lock()
        self._taken_at: Micros | None = None
        self._of: LiveRelease | None = None
        self._inputs = RecordedInputs(rows=(), looked_at=0, erased=0)
        self._figures: dict[str, FeatureFigures] = {}
        self._weights: dict[str, list[WeightInModel]] = {}

    def look(self, live: LiveRelease) -> tuple[RecordedInputs, Mapping[str, FeatureFigures]]:
        """What was looked through, and the figures of each feature of ``live``."""
        with self._lock:
            self._refresh(live)
            return self._inputs, self._figures

    def weights(self, live: LiveRelease, name: str) -> list[WeightInModel]:
        """What ``name`` moved in each live model that takes it; the first look at a model takes its time."""
        with self._lock:
            self._refresh(live)
            found = []
            for model_name, model in sorted(live.models.items()):
                if name not in model.inputs:
                    continue
                if model_name not in self._weights:
                    self._weights[model_name] = _weights(model_name, model, self._inputs)
                place = model.inputs.index(name)
                if self._weights[model_name]:
                    found.append(self._weights[model_name][place])
            return found

    def _refresh(self, live: LiveRelease) -> None:
        now = self._clock.now()
        if self._of is live and self._taken_at is not None and now - self._taken_at < _REFRESH:
            return
        self._inputs = recorded_inputs(self._process.journal, _LOOKED_AT)
        self._figures = {name: _figures(name, self._inputs) for name in live.plan.names}
        self._weights = {}
        self._of, self._taken_at = live, now


def _figures(name: str, inputs: RecordedInputs) -> FeatureFigures:
    found = [(at, row[name]) for at, row in inputs.rows if name in row]
    known = [value for _, value in found if value is not None]
    since = found[-1][0] if found else None
    if not known:
        return FeatureFigures(recorded=len(found), known=0, since=since)
    if any(isinstance(value, str) for value in known):
        texts = Counter(str(value) for value in known).most_common(_BANDS)
        bands = tuple(ValueBand(low=None, high=None, text=text, count=count) for text, count in texts)
        return FeatureFigures(recorded=len(found), known=len(known), since=since, bands=bands)
    every = np.array([math.nan if value is None else _number(value) for _, value in found])
    numbers = every[~np.isnan(every)]
    half = len(every) // 2
    after, before = every[:half], every[half:]
    figures = FeatureFigures(
        recorded=len(found),
        known=len(known),
        since=since,
        mean=float(numbers.mean()),
        minimum=float(numbers.min()),
        median=float(np.median(numbers)),
        maximum=float(numbers.max()),
        bands=_bands(numbers),
        before=len(before),
        after=len(after),
    )
    return figures if half < _HALF_MIN else _with_drift(figures, before, after)


def _with_drift(figures: FeatureFigures, before: Any, after: Any) -> FeatureFigures:
    from tandem.learn.training import psi_of_values  # loads scipy: only where there is something to compare

    found = psi_of_values(before, after)
    return msgspec.structs.replace(figures, psi=found.psi, critical=found.critical, drifted=bool(found.drifted))


def _number(value: Any) -> float:
    """A recorded value as a number: booleans as 0 and 1, instants as seconds."""
    return float(value.timestamp()) if hasattr(value, "timestamp") else float(value)


def _bands(numbers: Any) -> tuple[ValueBand, ...]:
    different = np.unique(numbers)
    if len(different) <= _BANDS:
        return tuple(
            ValueBand(low=float(one), high=float(one), text=None, count=int((numbers == one).sum()))
            for one in different
        )
    counts, edges = np.histogram(numbers, bins=_BANDS)
    return tuple(
        ValueBand(low=float(edges[at]), high=float(edges[at + 1]), text=None, count=int(count))
        for at, count in enumerate(counts)
    )


def _weights(name: str, model: Model, inputs: RecordedInputs) -> list[WeightInModel]:
    """What each input of ``model`` moved, in the order of its inputs; nothing where no decision has them all."""
    wanted: Sequence[str] = model.inputs
    rows = [row for _, row in inputs.rows if all(one in row for one in wanted)][:_EXPLAINED]
    if not rows:
        return []
    totals = np.zeros(len(wanted))
    for row in rows:
        totals += np.abs(model.contributions([row[one] for one in wanted]))
    means = totals / len(rows)
    whole = float(means.sum()) or 1.0
    order = {int(at): place for place, at in enumerate(np.argsort(-means, kind="stable"), 1)}
    return [
        WeightInModel(model=name, weight=float(one), share=float(one) / whole, place=order[at], explained=len(rows))
        for at, one in enumerate(means)
    ]
