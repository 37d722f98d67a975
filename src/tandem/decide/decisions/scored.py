"""What a model said of late: its scores over recorded decisions, and what moved them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
import numpy as np

from tandem.decide.decisions.hits import newest_decisions
from tandem.decide.decisions.live import document_of
from tandem.decide.decisions.records import personal_of
from tandem.decide.decisions.types import KeptScore
from tandem.decide.experiments import Assigned
from tandem.decide.models import Model
from tandem.decide.policy import parse_policy
from tandem.decide.policy.types import ModelStage
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.observe.journal import Journal, Record

__all__ = ["RecordedScores", "ScoreBand", "recorded_scores", "stages_calling"]

_BANDS: Final = 20
_EXPLAINED: Final = 400


class ScoreBand(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions with a probability of ``low`` to below ``high``, by outcome."""

    low: float
    high: float
    count: int
    outcomes: dict[str, int]


class RecordedScores(msgspec.Struct, frozen=True, kw_only=True):
    """A model over the newest decisions.

    Attributes:
        looked_at: decisions looked through; ``scored`` of which this version was asked; ``since`` the oldest of those.
        mean: of the probabilities; None without any.
        bands: equal widths over the probabilities that occurred.
        explained: decisions whose contributions were computed anew from what was recorded.
        weights: mean absolute contribution of each input over these, in log-odds, largest first.
    """

    looked_at: int
    scored: int
    since: Micros | None
    mean: float | None
    bands: tuple[ScoreBand, ...]
    explained: int
    weights: tuple[tuple[str, float], ...]


class _Trail(msgspec.Struct):
    release: Digest
    policy_digest: Digest
    outcome: str
    scores: dict[str, KeptScore]
    arms: tuple[Assigned, ...] = ()


class _Body(msgspec.Struct):
    trail: _Trail


_DECODE = msgspec.json.Decoder(_Body).decode


def stages_calling(name: str, artefacts: Iterable[Artefact]) -> dict[Digest, str]:
    """By the digest of each policy among ``artefacts`` the stage in which it asks the model ``name``, the first of several.

    A decision records scores by stage, and a stage may be called otherwise than the model.
    """
    found: dict[Digest, str] = {}
    for artefact in artefacts:
        if artefact.kind != "policy":
            continue
        for stage in parse_policy(document_of(artefact)).flow:
            if isinstance(stage, ModelStage) and stage.uses == name:
                found.setdefault(artefact.digest, stage.name)
    return found


def recorded_scores(
    journal: Journal, stages: Mapping[Digest, str], model: Model, releases: Collection[Digest], *, last: int
) -> RecordedScores:
    """The scores of ``model``, as it was in ``releases``, among the newest ``last`` decisions.

    Where an experiment asked another in its place, it said nothing.

    Contributions are computed from the recorded inputs; of persons who were erased there are none any more.

    Args:
        stages: where policies ask it; see ``stages_calling``.
    """
    looked_at, since = 0, None
    scores: list[float] = []
    outcomes: list[str] = []
    totals = np.zeros(len(model.inputs))
    explained = 0
    for record in newest_decisions(journal, last):
        looked_at += 1
        trail = _DECODE(record.clear).trail
        score = trail.scores.get(stages.get(trail.policy_digest, ""))
        replaced = any(model.document.metadata.name in one.models for one in trail.arms)
        if score is None or replaced or trail.release not in releases:
            continue
        since = record.recorded_at
        scores.append(score.probability)
        outcomes.append(trail.outcome)
        if explained < _EXPLAINED and (added := _contributions(journal, record, model)) is not None:
            totals += np.abs(added)
            explained += 1
    weights = sorted(zip(model.inputs, totals / max(explained, 1), strict=True), key=lambda one: -one[1])
    return RecordedScores(
        looked_at=looked_at,
        scored=len(scores),
        since=since,
        mean=float(np.mean(scores)) if scores else None,
        bands=_bands(scores, outcomes),
        explained=explained,
        weights=tuple((input_name, float(weight)) for input_name, weight in weights) if explained else (),
    )


def _contributions(journal: Journal, record: Record, model: Model) -> tuple[float, ...] | None:
    used = personal_of(record, journal)
    if used is None or not set(model.inputs) <= used.inputs.keys():
        return None
    return model.contributions([used.inputs[name] for name in model.inputs])


def _bands(scores: list[float], outcomes: list[str]) -> tuple[ScoreBand, ...]:
    if not scores:
        return ()
    low, high = min(scores), max(scores)
    width = (high - low) / _BANDS or 1.0
    counted: list[Counter[str]] = [Counter() for _ in range(_BANDS)]
    for score, outcome in zip(scores, outcomes, strict=True):
        counted[min(_BANDS - 1, int((score - low) / width))][outcome] += 1
    return tuple(
        ScoreBand(low=low + at * width, high=low + (at + 1) * width, count=one.total(), outcomes=dict(one))
        for at, one in enumerate(counted)
    )
