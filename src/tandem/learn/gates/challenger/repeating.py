"""Gate: training again gives the same model, and training on other rows of the same kind gives nearly the same decisions.

Decisions that change between refits of one spec are noise that customers feel (prediction churn; Milani Fard et al. 2016).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from scipy.special import expit

from tandem.decide.models import Model, ModelDocument, document_digest, load_model
from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import FloatArray, rows_of, score_table

__all__ = ["importances", "judge_stability"]

_ROWS = 200


def judge_stability(contest: Contest) -> Iterator[GateFinding]:
    """Digest of a second training; decisions and importances of refits."""
    yield from _again(contest.challenger.document, contest.evidence.retrained)
    traffic, limits = contest.evidence.traffic, contest.limits
    rows = traffic.num_rows
    if not contest.evidence.refits:
        return
    own = contest.traffic.probabilities[1] <= contest.cut
    weights = importances(contest.challenger, traffic)
    churned, shared = [], []
    for document in contest.evidence.refits:
        model = load_model(document)
        approved = np.asarray(expit(score_table(model, traffic))) <= contest.cut
        churned.append(float(np.mean(approved != own)))
        shared.append(_in_common(weights, importances(model, traffic)))
    churn, noise = float(np.mean(churned)), 2.576 * float(np.sqrt(np.mean(churned) / max(rows, 1)))
    if churn - noise > limits.churn_most:
        en = f"{churn:.1%} of the decisions change when the same spec learns from other rows of the same kind."
        zh = f"同一规格用同类样本重训后，{churn:.1%} 的决策改变。"
        yield found("stability", "unstable_decisions", en, zh, value=churn, limit=limits.churn_most, n=rows)
    common = float(np.mean(shared))
    if common < limits.importance_least:
        en = f"Refits share only {common:.0%} of what the inputs weigh."
        zh = f"重训后变量重要性仅有 {common:.0%} 重合。"
        yield found(
            "stability", "unstable_importance", en, zh, value=common, limit=limits.importance_least, n=len(shared)
        )


def importances(model: Model, table: pa.Table) -> dict[str, float]:
    """Share of each input in the mean absolute contribution, over rows evenly spread."""
    rows = rows_of(
        model, table.take(pa.array(np.linspace(0, table.num_rows - 1, min(_ROWS, table.num_rows)).astype(np.int64)))
    )
    total: FloatArray = np.mean(np.abs(np.asarray([model.contributions(row) for row in rows])), axis=0)
    return {name: float(one) for name, one in zip(model.inputs, total / max(float(total.sum()), 1e-300), strict=True)}


def _in_common(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(min(share, other.get(name, 0.0)) for name, share in one.items())


def _again(document: ModelDocument, retrained: ModelDocument | None) -> Iterator[GateFinding]:
    if retrained is None:
        en = "The challenger was not trained a second time: nothing shows that it can be."
        yield found("stability", "not_retrained", en, "未进行第二次训练，无法证明可复现。", hard=False)
    elif document_digest(document) != document_digest(retrained):
        en = "Training a second time on the same rows gave another model."
        yield found("stability", "not_reproducible", en, "同样数据再次训练得到不同的模型。")
