"""How late the bad ones come: the share of the eventual bads that is known some days after the decision.

Young decisions have not had the time to turn out badly, so a plain count of delays would look faster than life: it holds only
those that were quick. Here every decision is at risk of being told of as bad for as long as it has been watched, and no longer
(product-limit estimate, Kaplan and Meier 1958): with ``S(d)`` the share not told of as bad within ``d`` days, and ``D`` the last
day that is looked at, the share known after ``d`` days is ``(1 - S(d)) / (1 - S(D))``. Intervals are of 400 draws of whole
decisions with replacement (Efron 1981), by seed.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from tandem.kernel.time import DAY

__all__ = ["ArrivalCurve", "ArrivalPoint", "arrival_curve"]

_Array = npt.NDArray[np.float64]
_DRAWS: Final = 400
_FEWEST_AT_RISK: Final = 20
_DAYS_MAX: Final = 3_660
_SHOWN: Final = 40


class ArrivalPoint(msgspec.Struct, frozen=True, kw_only=True):
    """``share`` of the eventual bads is known ``days`` after the decision, with its 95 % interval.

    ``watched`` decisions were watched at least so long.
    """

    days: int
    share: float
    low: float
    high: float
    watched: int


class ArrivalCurve(msgspec.Struct, frozen=True, kw_only=True):
    """How late the bads come.

    Attributes:
        decisions, bads: looked at; ``young`` of the decisions were watched for less than ``days``.
        days: the last day looked at: the window, or as far as enough decisions were watched.
        points: of the curve, where it rises; at most forty.
        trust_after_days: the first day by which ``trusted_share`` is known; ``trust_after_days_high`` by which its lower
            bound is. None where there are no bads.
    """

    decisions: int
    bads: int
    young: int
    days: int
    points: tuple[ArrivalPoint, ...]
    trusted_share: float
    trust_after_days: int | None
    trust_after_days_high: int | None


def arrival_curve(
    watched_us: npt.NDArray[Any],
    told_after_us: npt.NDArray[Any],
    *,
    window_us: int | None = None,
    trusted_share: float = 0.95,
    seed: int = 20261124,
) -> ArrivalCurve:
    """The curve of decisions that were each watched for ``watched_us`` and told of as bad ``told_after_us`` later.

    Args:
        watched_us: from the decision to when one looks, in microseconds.
        told_after_us: from the decision to when it was told of as bad; NaN where it was not.
        window_us: what happens later does not count.
    """
    told = ~np.isnan(told_after_us)
    watched = np.floor(np.maximum(watched_us, 0) / DAY)
    at = np.where(told, np.floor(np.maximum(np.nan_to_num(told_after_us), 0) / DAY), watched)
    last = _last_day(at, window_us)
    inside = told & (at < last)
    day = np.minimum(at, last).astype(np.int64)
    bads = np.bincount(day[inside], minlength=last + 1)[None, :]
    others = np.bincount(day[~inside], minlength=last + 1)[None, :]
    share = _share_known(bads, others)[0]
    drawn = _drawn(np.concatenate([bads[0], others[0]]), seed)
    low, high = np.quantile(_share_known(drawn[:, : last + 1], drawn[:, last + 1 :]), (0.025, 0.975), axis=0)
    at_risk = _at_risk(bads, others)[0]
    trusted = np.flatnonzero(share >= trusted_share - 1e-12)
    surely = np.flatnonzero(low >= trusted_share - 1e-12)
    return ArrivalCurve(
        decisions=int(at.size),
        bads=int(inside.sum()),
        young=int((watched < last).sum()),
        days=last,
        points=tuple(
            ArrivalPoint(
                days=int(d) + 1, share=float(share[d]), low=float(low[d]), high=float(high[d]), watched=int(at_risk[d])
            )
            for d in (_shown(share, last) if inside.any() else ())
        ),
        trusted_share=trusted_share,
        trust_after_days=int(trusted[0]) + 1 if inside.any() else None,
        trust_after_days_high=int(surely[0]) + 1 if inside.any() else None,
    )


def _last_day(at: _Array, window_us: int | None) -> int:
    """The window, but no longer than enough decisions were watched, nor than ten years."""
    most = _DAYS_MAX if window_us is None else max(1, -(-window_us // DAY))
    if not at.size:
        return 1
    # One bad among the last few would lift the whole curve's end, so the end is where a twentieth was watched.
    fewest = max(_FEWEST_AT_RISK, at.size // 20)
    enough = int(np.sort(at)[::-1][min(fewest, at.size) - 1])
    return max(1, min(most, enough + 1))


def _at_risk(bads: npt.NDArray[Any], others: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """How many were neither told of nor lost from sight before each day."""
    return np.cumsum((bads + others)[:, ::-1], axis=1)[:, ::-1]


def _share_known(bads: npt.NDArray[Any], others: npt.NDArray[Any]) -> _Array:
    """By day, the share of the eventual bads that is known when it ends; one row a draw."""
    hazard = bads / np.maximum(_at_risk(bads, others), 1)
    told = 1 - np.cumprod(1 - hazard, axis=1)
    whole = told[:, -1:]
    share: _Array = np.divide(told, whole, out=np.ones_like(told), where=whole > 0)
    return share


def _drawn(cells: npt.NDArray[Any], seed: int) -> npt.NDArray[Any]:
    total = int(cells.sum())
    if total == 0:
        return np.zeros((1, cells.size))
    return np.random.default_rng(seed).multinomial(total, cells / total, size=_DRAWS)


def _shown(share: _Array, last: int) -> npt.NDArray[Any]:
    """Days at which the curve has risen, thinned to what a person reads."""
    rises = np.flatnonzero(np.diff(np.concatenate([[0.0], share[:last]])) > 0)
    if rises.size <= _SHOWN:
        return rises
    return rises[np.unique(np.linspace(0, rises.size - 1, _SHOWN).round().astype(np.int64))]
