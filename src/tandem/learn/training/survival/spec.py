"""What a person asks for when they train a model of when; everything has a default but the two columns."""

from __future__ import annotations

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.spec import Points, ReasonText, TrainSpec

__all__ = ["SurvivalSpec"]


class SurvivalSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to train a hazard on a table with one row per account.

    Attributes:
        event: column that says whether the account went bad in its last observed period; two values.
        duration: column of the periods it was observed, whole, at least 1.
        positive: the value of ``event`` that counts as bad; guessed only where it cannot be mistaken.
        horizon: periods to learn and to predict; None: as long as at least ``FEWEST_AT_RISK`` accounts were watched.
        unit: what a period is, for words: ``month``.
        time, id, forbid, test_share, folds, seed, points, reasons, threads, name: as in ``TrainSpec``.
    """

    event: str
    duration: str
    positive: str | None = None
    horizon: int | None = None
    unit: str = "month"
    time: str | None = None
    id: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    test_share: float = 0.2
    folds: int | None = None
    seed: int = 20261124
    points: Points = Points()
    reasons: dict[str, ReasonText] = msgspec.field(default_factory=dict)
    threads: int = 2
    name: str = "term"

    def __post_init__(self) -> None:
        if self.horizon is not None and not 1 <= self.horizon <= 600:
            raise InvalidInput(
                "Outside 1 to 600.", code="out_of_range", field="horizon", value=self.horizon, hint="see --help"
            )
        _ = self.plain

    @property
    def plain(self) -> TrainSpec:
        """The same as far as an ordinary training is asked for; checks names and ranges."""
        return TrainSpec(
            target=self.event, positive=self.positive, time=self.time, id=self.id, forbid=self.forbid,
            test_share=self.test_share, folds=self.folds, seed=self.seed, points=self.points, reasons=self.reasons,
            threads=self.threads, name=self.name, families=("lightgbm",),
        )  # fmt: skip
