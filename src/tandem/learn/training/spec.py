"""What a person asks for when they train a model; everything has a default but the target."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.binning.edits import BinEdit

__all__ = ["BOOSTED", "FAMILIES", "MANY_ROWS", "ORDER", "BoostedFamily", "Family", "Points", "ReasonText", "TrainSpec"]

BoostedFamily: TypeAlias = Literal["lightgbm", "xgboost", "catboost"]
Family: TypeAlias = Literal["scorecard", "logistic", "ebm", "lightgbm", "xgboost", "catboost", "network", "blend"]
_NAME = re.compile(r"^[a-z][a-z0-9_]{0,79}$")
MANY_ROWS = 20_000
"""From here on rows are plentiful: fewer inner folds, stronger regularisation."""
FAMILIES: tuple[Family, ...] = ("scorecard", "lightgbm", "blend")
"""Those that compete unless told otherwise: all but the ones that need an extra or much more time."""
ORDER: tuple[Family, ...] = ("scorecard", "logistic", "ebm", "lightgbm", "xgboost", "catboost", "network", "blend")
"""Every family, the simplest first."""
BOOSTED: tuple[BoostedFamily, ...] = ("lightgbm", "xgboost", "catboost")
"""The families of boosted trees."""


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The scale of a scorecard (Siddiqi 2006, ch. 6).

    Attributes:
        base_points: points given at ``base_odds``.
        base_odds: good to bad odds at ``base_points``.
        double: points that double the odds (PDO).
    """

    base_points: float = 600.0
    base_odds: float = 50.0
    double: float = 20.0


class ReasonText(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why a score is what it is, in words safe to show a customer, for one input."""

    code: str
    en: str
    zh: str


class TrainSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to train on a table.

    Attributes:
        target: column that says what happened; two values.
        positive: the target value that counts as bad (the event), as text; guessed only where it cannot be mistaken.
        time: column to order rows by; with it the test is out of time, without it a random hold-out.
        id: columns that identify a row or a person and never explain it.
        forbid: columns that may not be used, by law or choice; other columns are checked for standing in for them.
        bin_edits: changes of the scorecard's bins, in order, each with a name and a reason.
        act_together: groups of columns that may interact; those in no group act alone. Empty: all may.
        preset: ``credit``, or ``fraud`` (fine bins, because a handful of amounts or counts matter).
        monotone: ``auto`` holds boosted trees and tables to the confident trends of the scorecard's bins; ``none``
            leaves them free.
        families: the models that compete; ``ebm``, ``xgboost`` and ``catboost`` need the extras of these names, ``network`` the extra
            ``deep``.
        tune: sets of settings to try beside the preset, for each family of boosted trees; 0 keeps to the preset.
        test_share: share of rows kept for the test, 0.05 to 0.5.
        folds: inner folds for choosing, 2 to 10; None: 5, or 3 from ``MANY_ROWS`` training rows on.
        seed: of every random choice; same data, same seed, same digest.
        points: the scorecard's scale.
        reasons: reason per input, where the generated one will not do.
        threads: boosters grown at once, each on one thread; results do not depend on it.
        name: of the model artefacts, lower_snake.
    """

    target: str
    positive: str | None = None
    time: str | None = None
    id: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    preset: Literal["credit", "fraud"] = "credit"
    monotone: Literal["auto", "none"] = "none"
    families: tuple[Family, ...] = FAMILIES
    bin_edits: tuple[BinEdit, ...] = ()
    act_together: tuple[tuple[str, ...], ...] = ()
    tune: int = 0
    test_share: float = 0.2
    folds: int | None = None
    seed: int = 20261124
    points: Points = Points()
    reasons: dict[str, ReasonText] = msgspec.field(default_factory=dict)
    name: str = "model"
    threads: int = 2

    def __post_init__(self) -> None:
        _within("test_share", self.test_share, 0.05, 0.5)
        _within("folds", 5 if self.folds is None else self.folds, 2, 10)
        _within("threads", self.threads, 1, 256)
        _within("seed", self.seed, 0, 2**31 - 1)
        _within("tune", self.tune, 0, 1_000)
        _within("points.base_odds", self.points.base_odds, 1e-6, 1e9)
        _within("points.double", self.points.double, 1e-3, 1e6)
        if _NAME.match(self.name) is None:
            raise InvalidInput(
                "Not a name for a model.",
                code="invalid_name",
                field="name",
                value=self.name,
                hint="lower case letters, digits and _, beginning with a letter, at most 80",
            )
        if not self.families or (self.families == ("blend",)):
            raise InvalidInput(
                "Nothing to train.",
                code="no_family",
                field="families",
                value=list(self.families),
                hint=f"give one or more of {', '.join(ORDER[:-1])}; a blend is of two or more of them",
            )

        if "network" in self.families and (self.act_together or self.monotone == "auto"):
            raise InvalidInput(
                "A network can be held neither to signs nor to groups of columns.",
                code="network_not_held",
                field="act_together" if self.act_together else "monotone",
                value="network",
                hint="leave the network out of families, or leave the models free",
            )

    def fold_count(self, rows: int) -> int:
        """Inner folds for ``rows`` training rows."""
        return self.folds if self.folds is not None else 3 if rows >= MANY_ROWS else 5


def _within(field: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InvalidInput(
            f"Outside {low:g} to {high:g}.", code="out_of_range", field=field, value=value, hint="see --help"
        )
