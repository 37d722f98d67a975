"""What happens at a cut-off: confusion, approval against bad rate, gains and lift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray

__all__ = ["ApprovalRow", "GainsRow", "approval_table", "gains_table"]

APPROVAL_SHARES = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """Approve everybody whose probability of bad is at most ``cutoff``: what that does."""

    approval_rate: float
    cutoff: float
    bad_rate_approved: float
    bad_rate_declined: float
    bads_declined: int
    goods_declined: int
    bads_approved: int
    goods_approved: int


@dataclass(frozen=True, slots=True)
class GainsRow:
    """One tenth of the rows, riskiest first."""

    rows: int
    bads: int
    bad_rate: float
    lift: float
    cumulative_bads_share: float
    cumulative_lift: float


def approval_table(
    bad: FloatArray, probability: FloatArray, shares: tuple[float, ...] = APPROVAL_SHARES
) -> tuple[ApprovalRow, ...]:
    """The trade between approvals and bad rate; rows with equal probability share one fate."""
    rows = []
    ordered = np.sort(probability)
    for share in shares:
        cutoff = float(ordered[max(round(share * ordered.size) - 1, 0)])
        approved = probability <= cutoff
        bads_in, bads_out = int(bad[approved].sum()), int(bad[~approved].sum())
        count_in, count_out = int(approved.sum()), int((~approved).sum())
        rows.append(
            ApprovalRow(
                approval_rate=count_in / bad.size,
                cutoff=cutoff,
                bad_rate_approved=bads_in / max(count_in, 1),
                bad_rate_declined=bads_out / max(count_out, 1),
                bads_declined=bads_out,
                goods_declined=count_out - bads_out,
                bads_approved=bads_in,
                goods_approved=count_in - bads_in,
            )
        )
    return tuple(rows)


def gains_table(bad: FloatArray, score: FloatArray, groups: int = 10) -> tuple[GainsRow, ...]:
    """Tenths of the rows from riskiest to safest, with lift over the whole."""
    order = np.argsort(-score, kind="stable")
    base, total = float(bad.mean()), max(float(bad.sum()), 1.0)
    rows, seen, caught = [], 0, 0.0
    for part in np.array_split(order, min(groups, order.size)):
        bads = float(bad[part].sum())
        seen, caught = seen + part.size, caught + bads
        rate = bads / part.size
        rows.append(
            GainsRow(
                rows=int(part.size),
                bads=int(bads),
                bad_rate=rate,
                lift=rate / base if base else 0.0,
                cumulative_bads_share=caught / total,
                cumulative_lift=caught / seen / base if base else 0.0,
            )
        )
    return tuple(rows)
