"""Gates on rows the challenger never saw: that it learned more than its training rows, and is sane where no row has been."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import ndtri

from tandem.decide.models import Model
from tandem.kernel.values import Value
from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import auc_interval, inputs_of

__all__ = ["judge_overfit", "judge_stress"]

_Z95 = 1.959963984540054
_SAFEST = 0.01
_EXTREMES = (0.0, -1.0, 1e12, -1e12, 1.7e308, -1.7e308)


def judge_overfit(contest: Contest) -> Iterator[GateFinding]:
    """AUC on training rows above the out-of-time AUC, beyond the interval of their difference."""
    bad = contest.evidence.training_bad
    if contest.training is None or bad is None:
        en = "The training rows are not at hand: whether it learned them by heart was not judged."
        yield found("overfit", "overfit_unjudged", en, "缺少训练样本，未判定过拟合。", hard=False)
        return
    learned, new = auc_interval(bad, contest.training), auc_interval(contest.evidence.bad, contest.matured.challenger)
    gap = learned.value - new.value
    noise = (
        math.hypot(learned.high - learned.value, new.value - new.low) / _Z95 * float(-ndtri(contest.limits.spread / 2))
    )
    limit = contest.limits.gap_most + noise
    if gap > limit:
        en = f"AUC is {learned.value:.3f} on training rows and {new.value:.3f} on new ones: it learned them by heart."
        zh = f"训练集 AUC {learned.value:.3f}，新样本 {new.value:.3f}：过拟合。"
        yield found("overfit", "overfit", en, zh, value=gap, limit=limit, n=bad.size)


def judge_stress(contest: Contest) -> Iterator[GateFinding]:
    """Rows nobody sent yet: all missing, extremes, texts never seen."""
    model = contest.challenger
    for name, row in _stress_rows(model):
        score = model.score(row)
        if not (math.isfinite(score.margin) and 0.0 <= score.probability <= 1.0):
            en = f"A row of {name} scores {score.probability!r}."
            yield found(
                "stress", "not_finite", en, f"“{name}” 行的评分为 {score.probability!r}。", value=score.probability
            )
    places = []
    for one, scores in ((contest.champion, contest.traffic.champion), (model, contest.traffic.challenger)):
        probability = one.score([None] * len(one.inputs)).probability
        places.append(float(np.mean(scores <= _log_odds(probability))))
    if places[1] < _SAFEST:
        en = f"A row of which nothing is known scores safer than {1 - places[1]:.1%} of the traffic."
        zh = f"全部缺失的行比 {1 - places[1]:.1%} 的流量更安全。"
        n = contest.evidence.traffic.num_rows
        yield found("stress", "missing_is_safe", en, zh, value=places[1], limit=_SAFEST, n=n, hard=places[0] >= _SAFEST)


def _stress_rows(model: Model) -> Iterator[tuple[str, list[Value]]]:
    texts = {one.name for one in inputs_of(model.document) if one.type == "categorical"}
    yield "nothing known", [None] * len(model.inputs)
    for value in _EXTREMES:
        yield f"{value:g} throughout", [None if name in texts else value for name in model.inputs]
    yield "unknown texts", ["\N{REPLACEMENT CHARACTER}" if name in texts else None for name in model.inputs]


def _log_odds(probability: float) -> float:
    return math.log(max(probability, 1e-300)) - math.log(max(1 - probability, 1e-300))
