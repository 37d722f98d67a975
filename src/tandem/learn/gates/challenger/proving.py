"""Gates that need no rows: signs are proved, every input has its reason, and a row costs no more than it may."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tandem.decide.models import (
    Additive,
    AdditivePair,
    Blend,
    GruDocument,
    Linear,
    ModelDocument,
    SageDocument,
    Scorecard,
    TabularNetwork,
    Tree,
    monotone_violations,
)
from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import inputs_of

__all__ = ["judge_cost", "judge_monotone", "judge_reasons", "operations"]


def judge_monotone(contest: Contest) -> Iterator[GateFinding]:
    """The signs that the challenger declares, and those that are asked, over all thresholds."""
    model = contest.challenger
    for one in inputs_of(model.document):
        sign = contest.limits.monotone.get(one.name)
        broken = monotone_violations(model, one.name, sign)
        if broken:
            worst = broken[0]
            en = f"{one.name} breaks its sign in {len(broken)} places, by {worst.drop:.3g} log-odds at {worst.where}."
            zh = f"{one.name} 有 {len(broken)} 处违反单调性，最大 {worst.drop:.3g}（{worst.where}）。"
            yield found("monotone", "not_monotone", en, zh, value=worst.drop, limit=0.0, n=len(broken), column=one.name)


def judge_reasons(contest: Contest) -> Iterator[GateFinding]:
    """A reason code for every input."""
    model = contest.challenger
    for name, code in zip(model.inputs, model.reason_codes, strict=True):
        if code is None:
            en = f"{name} has no reason code: a decline could not be explained."
            yield found("reasons", "reason_missing", en, f"{name} 没有原因码：拒绝将无法解释。", column=name)


def judge_cost(contest: Contest) -> Iterator[GateFinding]:
    """Operations for one row, against what is always fast enough and against the champion."""
    own, other = operations(contest.challenger.document), operations(contest.champion.document)
    limit = max(float(contest.limits.operations_free), contest.limits.cost_most * other)
    if own > limit:
        en = f"One row takes {own:,.0f} operations, {own / max(other, 1):.1f} times the champion's."
        zh = f"单行评分需 {own:,.0f} 次运算，为冠军的 {own / max(other, 1):.1f} 倍。"
        yield found("cost", "too_slow", en, zh, value=own, limit=limit)


def operations(document: ModelDocument) -> float:
    """Steps to score one row: nodes on the mean path of each tree, halvings of each input's bins, products of a network.

    Counted, not timed: the same on every machine. A tree's path is weighted by the training rows that took it.
    """
    if isinstance(document, Blend):
        return sum(operations(one.model) for one in document.members)
    if isinstance(document, Scorecard):
        return sum(1 + math.log2(len(one.bins) + 1) for one in document.inputs)
    if isinstance(document, Linear):
        return sum(1 + math.log2(len(one.levels) + 1) for one in document.inputs)
    if isinstance(document, Additive):
        alone = sum(1 + math.log2(len(one.weights) + 1) for one in document.inputs)
        return alone + sum(_halvings(pair) for pair in document.pairs)
    if isinstance(document, TabularNetwork):
        width = len(document.bias)
        inside = sum(2 * width * len(block.inner.bias) for block in document.blocks)
        return float(inside + width * (len(document.inputs) + 1))
    if isinstance(document, SageDocument):
        return float(
            sum(len(one.bias) * len(one.weights[0]) for one in (document.first, document.second, document.head))
        )
    if isinstance(document, GruDocument):
        return float(2 * document.width * (3 * document.width + len(document.head)))
    return sum(_mean_path(tree) for tree in document.trees)


def _halvings(pair: AdditivePair) -> float:
    """Steps to find the cell of a pair: both axes are cut anew."""
    return 1 + math.log2(len(pair.weights) + 1) + math.log2(len(pair.weights[0]) + 1)


def _mean_path(tree: Tree) -> float:
    """Nodes a training row passed on average, the leaf included."""
    depth, total = [0] * len(tree.feature), 0
    steps = 0
    if not tree.feature:
        return 1.0
    for node in range(len(tree.feature)):
        for child in (tree.left[node], tree.right[node]):
            if child >= 0:
                depth[child] = depth[node] + 1
            else:
                rows = tree.leaf_count[-child - 1]
                total, steps = total + rows, steps + rows * (depth[node] + 2)
    return steps / max(total, 1)
