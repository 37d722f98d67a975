"""What a programme did: everybody it might have told something beside everybody it held out, drawn by lot, with intervals. Pure.

Who was drawn to be told nothing, or was stopped by a rule at the last moment, counts among those it might have told: leaving them out
would compare people whom something other than the lot has told apart. A person's rows go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from tandem.act.offers.folding import Offer
from tandem.act.trials import Measured, compared
from tandem.kernel.identity import Pseudonym

__all__ = ["OfferEffect", "effect_of"]

_NAMES: Final = ("came", "share", "paid_minor", "late")
"""Shares of decisions that came to a payment or a plan, and of what was at stake; what was paid; shares that ended late."""


class OfferEffect(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a programme, of decisions whose days are over.

    Attributes:
        people, held_people: in either arm; decisions, held_decisions: of them. told: of the former, those that were told something.
        open: decisions whose days are not over.
    """

    people: int
    held_people: int
    decisions: int
    held_decisions: int
    told: int
    open: int
    figures: tuple[Measured, ...]


def effect_of(offers: Iterable[Offer]) -> OfferEffect:
    """The effect over ``offers``, which are of one programme and in one currency."""
    every = list(offers)
    closed = [one for one in every if one.closed is not None]
    treated = [one for one in closed if one.decided.arm == "treated"]
    held = [one for one in closed if one.decided.arm == "held_out"]
    ours, theirs = _by_person(treated), _by_person(held)
    return OfferEffect(
        people=len(ours[0]), held_people=len(theirs[0]), decisions=len(treated), held_decisions=len(held),
        told=sum(one.contact is not None and one.counts for one in treated), open=len(every) - len(closed),
        figures=compared(ours, theirs, _NAMES, _figures),
    )  # fmt: skip


def _by_person(offers: Sequence[Offer]) -> list[npt.NDArray[np.float64]]:
    """How many rows each person has, and their sums of each figure."""
    rows: dict[Pseudonym, list[float]] = {}
    for one in offers:
        closed = one.closed
        assert closed is not None, "only these are counted"
        sums = rows.setdefault(one.decided.owner, [0.0] * (1 + len(_NAMES)))
        came = closed.outcome in {"paid", "took"}
        for at, value in enumerate((1, came, closed.share, closed.paid_minor, closed.late)):
            sums[at] += value
    table = np.asarray(list(rows.values()), dtype=np.float64).reshape(-1, 1 + len(_NAMES))
    return [table[:, at] for at in range(table.shape[1])]


def _figures(columns: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.float64]:
    count = float(columns[0].sum())
    return np.asarray([float(one.sum()) / count for one in columns[1:]], dtype=np.float64)
