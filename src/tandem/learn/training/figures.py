"""All figures of a training as plain JSON values: what ``--json`` prints and what the report draws."""

from __future__ import annotations

import math
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from tandem.decide.models import Scorecard, ScorecardInput
from tandem.kernel.canonical import digest_of
from tandem.kernel.time import format_instant
from tandem.learn.training.binning import Binning
from tandem.learn.training.certainty import certainty_of
from tandem.learn.training.judging import ModelFigures

if TYPE_CHECKING:
    from tandem.learn.training.training import TrainingResult

__all__ = ["figures_of", "model_figures"]


def figures_of(result: TrainingResult) -> dict[str, Any]:
    """``result`` without its arrays: data, findings, columns, tournament, bins, points, test figures, digests."""
    choice = result.developed.choice
    plain = {
        "spec": msgspec.to_builtins(result.spec),
        "data": _data(result),
        "findings": [msgspec.to_builtins(finding) for finding in result.findings],
        "columns": [msgspec.to_builtins(column) for column in result.columns],
        "tournament": {
            "champion": choice.champion,
            "why": choice.why,
            "candidates": [
                {
                    "family": c.family,
                    "auc_out_of_fold": c.auc,
                    "log_loss_out_of_fold": c.log_loss,
                    "calibration": {"slope": c.platt.slope, "intercept": c.platt.intercept},
                    "detail": c.detail,
                }
                for c in choice.candidates
            ],
            "comparisons": [{"first": a, "second": b, **asdict(d)} for a, b, d in choice.comparisons],
        },
        "bins": _bins(result),
        "points": _points(result),
        "importance": _importance(result),
        "served_apart": result.served_apart,
        "test": {family: model_figures(figures) for family, figures in result.test.items()},
        "certainty": certainty_of(
            result.target.bad[result.split.train],
            choice.candidate(choice.champion).log_odds,
            result.test_bad,
            result.test_log_odds[choice.champion],
        ),
        "reasons": {name: msgspec.to_builtins(reason) for name, reason in result.reasons.items()},
        "documents": {family: str(digest_of(document)) for family, document in result.documents.items()},
        "digest": str(result.digest),
    }
    finite: dict[str, Any] = _finite(plain)
    return finite


def model_figures(figures: ModelFigures) -> dict[str, Any]:
    """One model's test figures as plain values."""
    plain: dict[str, Any] = _finite(asdict(figures))
    plain["stability"]["drifted"] = figures.stability.drifted
    return plain


def _data(result: TrainingResult) -> dict[str, Any]:
    target, split = result.target, result.split
    train_bads = int(target.bad[split.train].sum())
    return {
        "digest": str(result.data_digest),
        "target": target.name,
        "positive": target.positive,
        "rows": int(target.bad.size),
        "bads": int(target.bad.sum()),
        "unlabelled": target.unlabelled,
        "split": split.kind,
        "boundary": None if split.boundary is None else _instant(split.boundary),
        "train_rows": int(split.train.size),
        "train_bads": train_bads,
        "test_rows": int(result.test_bad.size),
        "test_bads": int(result.test_bad.sum()),
    }


def _instant(value: int) -> str | int:
    # Whole numbers such as 202611 are ordered but are no instants; microseconds since 1973 are.
    return format_instant(value) if value > 10**14 else value  # type: ignore[arg-type]


def _bins(result: TrainingResult) -> list[dict[str, Any]]:
    from tandem.learn.training.documents import bin_labels

    fit = result.developed.scorecard
    if fit is None:
        return []

    def entry(binning: Binning, *, kept: bool) -> dict[str, Any]:
        counts = [*binning.bins, *binning.special_bins, binning.missing]
        labels = [*bin_labels(binning), *(f"= {value:g}" for value in binning.special_values), "missing"]
        weights = [*binning.woe, *binning.special_woe, binning.missing_woe]
        return {
            "name": binning.name,
            "iv": binning.iv,
            "trend": binning.trend,
            "in_scorecard": kept,
            "edges": [float(edge) for edge in binning.edges],
            "groups": [list(group) for group in binning.groups],
            "rows": [
                {"bin": text, "count": c.count, "bads": c.bads, "bad_rate": c.bads / c.count if c.count else None,
                 "woe": float(w)}
                for text, c, w in zip(labels, counts, weights, strict=True)
            ],
        }  # fmt: skip

    listed = [entry(b, kept=True) for b in fit.binnings] + [entry(b, kept=False) for b in fit.rejected]
    return sorted(listed, key=lambda item: -item["iv"])


def _points(result: TrainingResult) -> dict[str, Any] | None:
    document, fit = result.documents.get("scorecard"), result.developed.scorecard
    if not isinstance(document, Scorecard) or fit is None:
        return None
    return {
        "base_points": document.base_points,
        "scaling": msgspec.to_builtins(document.scaling),
        "intercept": document.intercept,
        "inputs": [_points_rows(item, float(v)) for item, v in zip(document.inputs, fit.vif, strict=True)],
    }


def _points_rows(item: ScorecardInput, vif: float) -> dict[str, Any]:
    bins = [*item.bins, *(special.bin for special in item.specials), item.missing]
    return {
        "name": item.name,
        "coefficient": item.coefficient,
        "vif": vif,
        "reason": item.reason,
        "rows": [{"bin": b.label, "woe": b.woe, "points": b.points, "count": b.count, "bads": b.adverse} for b in bins],
    }


def _importance(result: TrainingResult) -> list[dict[str, Any]]:
    """Share of LightGBM's total gain per input, largest first; empty without LightGBM."""
    mix = result.developed.choice.boosting.get("lightgbm")
    if mix is None:
        return []
    names = result.test_frame.names
    share = np.zeros(len(names))
    for weight, booster in zip(mix.weights, result.developed.boosters["lightgbm"], strict=True):
        gain = np.asarray(booster.feature_importance(importance_type="gain"), dtype=np.float64)
        share += weight * gain / max(float(gain.sum()), 1e-300)
    order = np.argsort(-share, kind="stable")
    return [{"name": names[i], "gain_share": float(share[i])} for i in order]


def _finite(value: Any) -> Any:
    """NaN and infinities as None, arrays as lists."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if is_dataclass(value) and not isinstance(value, type):
        return _finite(asdict(value))
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, np.generic):
        return _finite(value.item())
    return value
