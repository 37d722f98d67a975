"""Gate: no tier-1 segment pays for the gain of the others.

Small segments cannot prove that they are not worse, and one in twenty of many will look worse by chance. So a segment stops
a challenger where it is shown to be worse than the margin (p-values of all segments adjusted together; Holm 1979), and one
that could not show it either way is named in a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import ndtr

from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import AucDifference, BoolArray, auc_difference, holm

__all__ = ["judge_segments"]

_WIDTH = 2 * 1.959963984540054


def judge_segments(contest: Contest) -> Iterator[GateFinding]:
    """Ranking of both models within every segment with outcomes enough."""
    judged: list[tuple[str, AucDifference, int]] = []
    limits, bad = contest.limits, contest.evidence.bad
    for name, values in contest.evidence.segments.items():
        texts = np.asarray([value or "" for value in values])
        for value in sorted(set(texts.tolist()) - {""}):
            rows = texts == value
            bads = int(bad[rows].sum())
            if min(bads, int(rows.sum()) - bads) >= limits.segment_bads:
                judged.append((f"{name}={value}", _difference(contest, rows), int(rows.sum())))
            else:
                en = f"Segment {name}={value} has {bads} matured bads: too few to be judged."
                zh = f"客群 {name}={value} 仅有 {bads} 个成熟坏样本，无法判定。"
                yield found(
                    "segments",
                    "segment_unproven",
                    en,
                    zh,
                    value=bads,
                    limit=limits.segment_bads,
                    n=int(rows.sum()),
                    segment=f"{name}={value}",
                    hard=False,
                )
    worse = [_chance(one, limits.segment_margin) for _, one, _ in judged]
    for (segment, one, rows_in), p in zip(judged, holm(worse), strict=True):
        if p < limits.spread:
            en = f"In {segment} the challenger ranks worse: AUC {one.value:+.4f} ({one.low:+.4f} to {one.high:+.4f})."
            zh = f"在 {segment} 上挑战者更差：AUC {one.value:+.4f}（{one.low:+.4f} 至 {one.high:+.4f}）。"
            yield found(
                "segments",
                "segment_worse",
                en,
                zh,
                value=one.value,
                limit=-limits.segment_margin,
                n=rows_in,
                segment=segment,
            )
        elif one.low <= -limits.segment_margin:
            en = f"In {segment} it is not shown that the challenger is no worse: AUC {one.value:+.4f} ({one.low:+.4f} to {one.high:+.4f})."
            zh = f"在 {segment} 上尚不能证明不更差：AUC {one.value:+.4f}（{one.low:+.4f} 至 {one.high:+.4f}）。"
            yield found(
                "segments",
                "segment_unproven",
                en,
                zh,
                value=one.low,
                limit=-limits.segment_margin,
                n=rows_in,
                segment=segment,
                hard=False,
            )


def _difference(contest: Contest, rows: BoolArray) -> AucDifference:
    scores = contest.matured
    return auc_difference(contest.evidence.bad[rows], scores.challenger[rows], scores.champion[rows])


def _chance(one: AucDifference, margin: float) -> float:
    """How often a segment that is worse by the margin only would look as bad."""
    noise = (one.high - one.low) / _WIDTH
    return float(ndtr((one.value + margin) / noise)) if noise > 0 else float(one.value >= -margin)
