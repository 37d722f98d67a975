"""What a person says in the wizard, and the ``TrainSpec`` that it means."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.learn.training import BOOSTED, FAMILIES, BinEdit, Family, TrainSpec, installed_families
from tandem.learn.training_runs.sources import Source

__all__ = ["Explain", "Goal", "TrainingAsked", "spec_of", "usual_families"]

Goal: TypeAlias = Literal["credit", "fraud"]
Explain: TypeAlias = Literal["strictly", "balanced", "strongest"]

_FAMILIES: Final[dict[Explain, tuple[Family, ...]]] = {
    "strictly": ("scorecard",),
    "balanced": FAMILIES,
    "strongest": ("scorecard", "ebm", "lightgbm", "blend"),
}
_THREADS: Final = 2


class TrainingAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to train on, and how.

    Attributes:
        source: the table.
        target: column that says what happened; positive: its bad value, where its words do not tell.
        time: column to order rows by; the test is then out of time.
        id: columns that name a row; forbid: columns that may not be used.
        goal: of what kind the risk is: few bad ones among many are fraud.
        explain: ``strictly``: a scorecard and nothing else; ``balanced``: trees may win, held to the trends that the
            scorecard is sure of; ``strongest``: trees are free, and explainable boosting competes where it is installed.
        families: competes instead of what ``explain`` says; empty: as it says.
        monotone: ``auto`` or ``none``; None: as ``explain`` says.
        tune, test_share, folds, seed, bin_edits: see ``TrainSpec``.
        name: of the model, lower_snake.
    """

    source: Source
    target: str
    positive: str | None = None
    time: str | None = None
    id: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    goal: Goal = "credit"
    explain: Explain = "balanced"
    families: tuple[Family, ...] = ()
    monotone: Literal["auto", "none"] | None = None
    tune: int = 0
    test_share: float = 0.2
    folds: int | None = None
    seed: int = 20261124
    bin_edits: tuple[BinEdit, ...] = ()
    name: str = "model"


def usual_families() -> dict[Explain, tuple[Family, ...]]:
    """What competes where only ``explain`` was said: of its families those that are installed."""
    here = installed_families()
    return {explain: tuple(one for one in families if one in here) for explain, families in _FAMILIES.items()}


def spec_of(asked: TrainingAsked) -> TrainSpec:
    """What ``asked`` means.

    Raises:
        InvalidInput: a value outside its range, or a name that is none.
    """
    held = asked.monotone or ("auto" if asked.explain == "balanced" else "none")
    families = asked.families or usual_families()[asked.explain]
    boosted = not set(BOOSTED).isdisjoint(families)
    return TrainSpec(
        target=asked.target,
        positive=asked.positive,
        time=asked.time,
        id=asked.id,
        forbid=asked.forbid,
        preset=asked.goal,
        monotone=held if boosted else "none",
        families=families,
        tune=asked.tune if boosted else 0,
        bin_edits=asked.bin_edits,
        test_share=asked.test_share,
        folds=asked.folds,
        seed=asked.seed,
        name=asked.name,
        threads=_THREADS,
    )
