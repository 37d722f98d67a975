"""Gate: the challenger does not know what nobody could know, and reads nothing it may not read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.feed.labelling import Labels, alone
from tandem.learn.gates.feed.rulers import cut_ruler, place_on
from tandem.learn.gates.feed.sorts import numbers_in
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import FloatArray, auc_difference, auc_interval, sounds_later

__all__ = ["input_alone", "judge_leak"]


def judge_leak(contest: Contest) -> Iterator[GateFinding]:
    """Forbidden and later inputs; inputs that rank the outcome alone, or that traffic does not have; a jump too good."""
    evidence, limits = contest.evidence, contest.limits
    for name in contest.challenger.inputs:
        if name in limits.forbidden:
            yield found("leak", "forbidden_input", f"{name} may not be read.", f"{name} 禁止入模。", column=name)
        if name in evidence.later:
            en = f"{name} becomes known only after the decision."
            yield found("leak", "after_the_fact", en, f"{name} 在决策之后才可知。", column=name)
        elif name in contest.new_inputs and sounds_later(name):
            en = f"{name} sounds like something known only after the decision."
            yield found(
                "leak", "name_sounds_later", en, f"{name} 从名称看像是决策之后才可知。", column=name, hard=False
            )
    for name in sorted(contest.new_inputs):
        yield from _absent(contest, name)
    for name in contest.challenger.inputs:
        area = input_alone(evidence.matured, name, evidence.bad)
        if area is not None and area > limits.too_good:
            en = f"{name} alone ranks the outcome with AUC {area:.3f}: nothing known beforehand does."
            zh = f"{name} 单独的 AUC 达 {area:.3f}：事前信息不可能如此。"
            yield found(
                "leak", "too_good_input", en, zh, value=area, limit=limits.too_good, n=evidence.bad.size, column=name
            )
    jump = auc_difference(evidence.bad, contest.matured.challenger, contest.matured.champion)
    if _risen(contest, jump.low) > limits.jump_most:
        en = f"The challenger ranks {jump.value:.3f} better than the champion: too good to be true; look for a leak."
        zh = f"挑战者 AUC 高出 {jump.value:.3f}：好得不真实，请检查泄露。"
        yield found("leak", "too_good_jump", en, zh, value=jump.value, limit=limits.jump_most, n=evidence.bad.size)


def input_alone(table: pa.Table, name: str, bad: FloatArray) -> float | None:
    """AUC of one column alone, 0.5 to 1; None where it has no shape or outcomes are too few."""
    ruler = cut_ruler(name, [table], None)
    if ruler.kind not in {"numeric", "categorical"}:
        return None
    step = max(1, bad.size // 50_000)
    rows = np.arange(0, bad.size, step)
    labels = Labels(rows, bad[rows], int(bad.size), int(bad.sum()), ())
    values = numbers_in(table.column(name)) if ruler.kind == "numeric" else None
    return alone(place_on(ruler, table.column(name)), labels, values)


def _risen(contest: Contest, over_champion: float) -> float:
    """The lower bound of the rise over the champion, or over what that once showed, whichever is less.

    Where the champion has fallen, getting back to where it was is a refit's very purpose and nothing to wonder at.
    """
    shown = contest.evidence.champion_shown
    if shown is None:
        return over_champion
    return min(over_champion, auc_interval(contest.evidence.bad, contest.matured.challenger).low - shown)


def _absent(contest: Contest, name: str) -> Iterator[GateFinding]:
    """A new input that matured rows have and traffic has not: it is filled in later."""
    shares, distinct = [], []
    for table in (contest.evidence.matured, contest.evidence.traffic):
        array = table.column(name)
        shares.append(pc.sum(pc.is_null(array, nan_is_null=True)).as_py() / max(len(array), 1))
        distinct.append(len(array.drop_null().unique()))
    limit = shares[0] + contest.limits.absent_jump
    if shares[1] > limit or (distinct[1] <= 1 < distinct[0]):
        en = f"{name} is missing in {shares[1]:.0%} of the traffic and in {shares[0]:.0%} of the matured rows: it is filled in later."
        zh = f"{name} 在实时流量中缺失 {shares[1]:.0%}，在成熟样本中仅 {shares[0]:.0%}：属事后填充。"
        n = contest.evidence.traffic.num_rows
        yield found("leak", "absent_in_traffic", en, zh, value=shares[1], limit=limit, n=n, column=name)
