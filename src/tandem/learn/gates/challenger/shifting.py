"""Gate: on the champion's own traffic the challenger's scores stay where the champion's are.

A better model spreads its scores further, and that is no fault. So what is apart stops a challenger where its level moved too
(it expects another bad rate on the very same rows) or its probabilities are off; a calibrated score that is only sharper is
named in a warning, up to a size at which somebody has to look in any case.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tandem.learn.gates.challenger.calibrating import calibrated
from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import psi_of_values

__all__ = ["judge_shift"]

_ANYWAY = 3
_WARNED = 5
_Z99 = 2.5758293035489004


def judge_shift(contest: Contest) -> Iterator[GateFinding]:
    """PSI between both scores, how far 99 of 100 rows move at most, and the approval rate at the champion's cut."""
    limits, rows = contest.limits, contest.traffic.champion.size
    first, second = contest.traffic.probabilities
    level = float(second.mean() / max(float(first.mean()), 1e-300))
    # A repair is meant to move the level; whether it is right then, calibration says.
    moved_level = contest.evidence.purpose != "calibration" and abs(level - 1) > limits.level_most
    off = moved_level or any(calibrated(contest.evidence.bad, contest.matured.challenger, limits))
    apart = psi_of_values(contest.traffic.champion, contest.traffic.challenger)
    limit = max(limits.score_psi_most, apart.critical)
    if apart.psi > limit:
        hard = off or apart.psi > _ANYWAY * limit
        en = f"Scores are distributed otherwise on the same traffic: PSI {apart.psi:.3f}, expected bads {level:.2f} to one."
        zh = f"同一流量上评分分布不同：PSI {apart.psi:.3f}，预期坏样本比 {level:.2f}。"
        yield found("drift", "score_drift", en, zh, value=apart.psi, limit=limit, n=rows, hard=hard)
    moved = float(np.quantile(np.abs(second - first), 0.99))
    if moved > limits.moved_most:
        en = f"One row in a hundred moves by {moved:.2f} in probability or more."
        zh = f"百分之一的行概率变动不小于 {moved:.2f}。"
        yield found("drift", "rows_moved", en, zh, value=moved, limit=limits.moved_most, n=rows)
    yield from _approvals(contest, off=off)


def _approvals(contest: Contest, *, off: bool) -> Iterator[GateFinding]:
    rows, limit = contest.traffic.champion.size, contest.limits.approval_shift_most
    before, after = (one <= contest.cut for one in contest.traffic.probabilities)
    shift = abs(float(after.mean() - before.mean()))
    sure = shift - _Z99 * float(np.sqrt(np.mean(before != after) / max(rows, 1)))
    if sure > limit / _WARNED:
        en = f"At the champion's cut {after.mean():.1%} would be approved; {before.mean():.1%} are."
        zh = f"按冠军的切点，通过率将由 {before.mean():.1%} 变为 {after.mean():.1%}。"
        hard = (off and sure > limit) or sure > _ANYWAY * limit
        yield found("drift", "approval_shift", en, zh, value=shift, limit=limit, n=rows, hard=hard)
