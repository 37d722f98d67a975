"""Gate: what the challenger's approvals at the champion's cut mean for protected groups, by the pack in force.

The adverse impact ratio is a group's approval rate over the best-treated group's (29 CFR 1607.4); the standardised mean
difference is that of the log-odds (Hall et al. 2021). Both stop only where they are beyond chance and worse than the champion's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.leak import input_alone
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.limits import FairnessPack
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import BoolArray, FloatArray

__all__ = ["judge_fairness"]

_Z95 = 1.959963984540054
_SAME = 0.05


@dataclass(frozen=True, slots=True)
class _Treated:
    """How one model treats one group: approval ratio to the best-treated group, its noise in logs, mean difference."""

    ratio: float
    noise: float
    smd: float


def judge_fairness(contest: Contest) -> Iterator[GateFinding]:
    """Approval ratios, mean differences, and inputs that stand in for a group."""
    pack = contest.limits.fairness
    if pack is None:
        if contest.evidence.groups:
            en = "Groups are known and no fairness pack is in force: nothing was judged."
            yield found("fairness", "fairness_unjudged", en, "已知群体但未启用公平性规则包：未作判定。", hard=False)
        return
    for name, values in contest.evidence.groups.items():
        texts = np.asarray([value or "" for value in values])
        groups = [one for one in sorted(set(texts.tolist()) - {""}) if int((texts == one).sum()) >= pack.fewest]
        for group in _worse_treated(contest, texts, groups):
            yield from _judge_group(contest, pack, texts, groups, (name, group))
        for group in groups[: -1 if len(groups) == 2 else None]:
            yield from _stand_ins(contest, f"{name}={group}", (texts == group).astype(np.float64))


def _worse_treated(contest: Contest, texts: np.ndarray, groups: list[str]) -> list[str]:
    """All groups but the one whose approval rate is highest."""
    approved = contest.traffic.probabilities[1] <= contest.cut
    best = max(groups, key=lambda one: float(approved[texts == one].mean()), default=None)
    return [one for one in groups if one != best]


def _judge_group(
    contest: Contest, pack: FairnessPack, texts: np.ndarray, groups: list[str], which: tuple[str, str]
) -> Iterator[GateFinding]:
    name, group = which
    segment, rows = f"{name}={group}", texts == group
    scores = contest.traffic
    before, after = (
        _treated(one, odds, texts, groups, group, contest.cut)
        for one, odds in zip(scores.probabilities, (scores.champion, scores.challenger), strict=True)
    )
    sure = after.ratio * math.exp(_Z95 * after.noise)
    count = int(rows.sum())
    if after.ratio < pack.ratio_least:
        hard = sure < 1 and after.ratio < before.ratio
        en = f"{segment} is approved {after.ratio:.2f} times as often as the best-treated group ({before.ratio:.2f} by the champion)."
        zh = f"{segment} 的通过率为最优群体的 {after.ratio:.2f} 倍（冠军为 {before.ratio:.2f}）。"
        yield found(
            "fairness",
            "approval_ratio",
            en,
            zh,
            value=after.ratio,
            limit=pack.ratio_least,
            n=count,
            segment=segment,
            hard=hard,
        )
    elif before.ratio - after.ratio > pack.worsening_most and sure < before.ratio:
        en = f"{segment} falls from {before.ratio:.3f} to {after.ratio:.3f} of the best-treated group's approvals."
        zh = f"{segment} 的通过率比由 {before.ratio:.3f} 降至 {after.ratio:.3f}。"
        limit = before.ratio - pack.worsening_most
        yield found(
            "fairness", "approval_ratio_falls", en, zh, value=after.ratio, limit=limit, n=count, segment=segment
        )
    if abs(after.smd) > pack.smd_most:
        hard = abs(after.smd) > abs(before.smd) + _SAME
        en = f"Scores of {segment} differ by {after.smd:+.2f} standard deviations ({before.smd:+.2f} by the champion)."
        zh = f"{segment} 的评分相差 {after.smd:+.2f} 个标准差（冠军为 {before.smd:+.2f}）。"
        yield found(
            "fairness",
            "mean_difference",
            en,
            zh,
            value=after.smd,
            limit=pack.smd_most,
            n=count,
            segment=segment,
            hard=hard,
        )


def _treated(
    probability: FloatArray, odds: FloatArray, texts: np.ndarray, groups: list[str], group: str, cut: float
) -> _Treated:
    rates = {one: float(np.mean(probability[texts == one] <= cut)) for one in groups}
    best = max(rates, key=lambda one: rates[one])
    rows: BoolArray = texts == group
    others: BoolArray = ~rows & (texts != "")
    spread = math.sqrt((float(odds[rows].var()) + float(odds[others].var())) / 2) if others.any() else 0.0
    smd = float(odds[rows].mean() - odds[others].mean()) / spread if spread else 0.0
    if not rates[best]:
        return _Treated(1.0, math.inf, smd)
    noise = math.sqrt(
        _log_variance(rates[group], int(rows.sum())) + _log_variance(rates[best], int((texts == best).sum()))
    )
    return _Treated(rates[group] / rates[best], noise if group != best else math.inf, smd)


def _log_variance(rate: float, rows: int) -> float:
    return (1 - rate) / max(rate * rows, 0.5)


def _stand_ins(contest: Contest, segment: str, marked: FloatArray) -> Iterator[GateFinding]:
    """Inputs that tell the group; one that the champion reads too only warns."""
    for name in contest.challenger.inputs:
        area = input_alone(contest.evidence.traffic, name, marked)
        if area is not None and area >= contest.limits.proxy_auc:
            hard = name in contest.new_inputs
            en = f"{name} tells {segment} with AUC {area:.2f}: it stands in for the group."
            zh = f"{name} 可识别 {segment}（AUC {area:.2f}）：属代理变量。"
            yield found(
                "fairness",
                "proxy_input",
                en,
                zh,
                value=area,
                limit=contest.limits.proxy_auc,
                n=marked.size,
                column=name,
                segment=segment,
                hard=hard,
            )
