"""Assignment: from who is decided on to an arm. Pure; the same on every machine and in every year.

By a keyed hash of the unit, salted with the experiment: sticky (a unit stays where it is) and monotone (when the challenger
grows, nobody who was in it leaves it). Two experiments divide independently.
"""

from __future__ import annotations

import msgspec

from tandem.decide.experiments.definitions import Experiment
from tandem.decide.policy import Splitter
from tandem.kernel.identity import Pseudonym

__all__ = ["Assigned", "Assigner"]


class Assigned(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The arm that a decision was taken in, as it is recorded with it.

    Attributes:
        experiment, arm: by name.
        unit: whom the assignment is by; None where the event names nobody of that kind, who gets the champion.
        member: of a cluster: who was decided on.
        models: models that the arm asked others for, by name.
        merged: of a cluster: others that parts of it were assigned by before it became one.
    """

    experiment: str
    arm: str
    unit: Pseudonym | None = None
    models: dict[str, str] = {}
    member: Pseudonym | None = None
    merged: tuple[Pseudonym, ...] = ()


class Assigner:
    """Assigns the units of one experiment to its arms."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self._splitter = Splitter.between([(one.arm, one.share) for one in experiment.arms], experiment.salted)

    def arm_of(self, unit: Pseudonym | None) -> str:
        """The arm of ``unit``; nobody gets the champion."""
        return self._splitter.arm_of(unit)
