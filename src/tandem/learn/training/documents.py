"""Writing what was fitted in the format that decisions are served from."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from tandem.decide.models import (
    Bin,
    Blend,
    Member,
    Metadata,
    ModelDocument,
    ModelInput,
    PlattCalibration,
    Scaling,
    Scorecard,
    ScorecardInput,
    SpecialBin,
    Tree,
    Trees,
)
from tandem.kernel.identity import Digest
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning import BinCounts, Binning
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.developing import Developed
from tandem.learn.training.frame import CategoricalColumn, Frame
from tandem.learn.training.provenance import metadata_of
from tandem.learn.training.scorecard import ScorecardFit
from tandem.learn.training.spec import Family, Points, ReasonText, TrainSpec
from tandem.learn.training.target import Target

__all__ = ["bin_labels", "blend_document", "documents_of", "scaling_of", "scorecard_document", "trees_document"]

_MISSING_TYPE = {"None": 0, "Zero": 1, "NaN": 2}


def documents_of(
    developed: Developed,
    frame: Frame,
    bad: FloatArray,
    spec: TrainSpec,
    target: Target,
    reasons: dict[str, ReasonText],
    data_digest: Digest,
) -> dict[Family, ModelDocument]:
    """The document of every family that competed."""
    choice = developed.choice
    result: dict[Family, ModelDocument] = {}
    counts = (int(bad.size), int(bad.sum()))

    def metadata(family: Family) -> Metadata:
        return metadata_of(family, spec, target, data_digest, counts, choice)

    scorecard = trees = None
    if developed.scorecard is not None:
        platt = choice.candidate("scorecard").platt
        scorecard = scorecard_document(developed.scorecard, platt, spec.points, reasons, metadata("scorecard"))
        result["scorecard"] = scorecard
    if developed.booster is not None:
        platt = choice.candidate("lightgbm").platt
        trees = trees_document(
            developed.booster, frame, platt, spec.points, reasons, metadata("lightgbm"), developed.monotone
        )
        result["lightgbm"] = trees
    if choice.scorecard_weight is not None and scorecard is not None and trees is not None:
        result["blend"] = blend_document(
            scorecard,
            trees,
            choice.scorecard_weight,
            choice.candidate("blend").platt,
            spec.points,
            metadata("blend"),
        )
    return result


def scaling_of(points: Points) -> Scaling:
    """The scale of points in the served format."""
    return Scaling(base_points=points.base_points, base_odds=points.base_odds, pdo=points.double)


def scorecard_document(
    fit: ScorecardFit, platt: Platt, points: Points, reasons: dict[str, ReasonText], metadata: Metadata
) -> Scorecard:
    """``fit`` as a scorecard document; the calibration is folded into coefficients and points."""
    # A scorecard is linear, so Platt's line over it is a scorecard again, and its points mean calibrated odds.
    intercept = platt.slope * fit.intercept + platt.intercept
    scaling = scaling_of(points)
    factor = scaling.pdo / float(np.log(2))
    inputs = tuple(
        _scorecard_input(binning, platt.slope * float(weight), factor, reasons[binning.name].code)
        for binning, weight in zip(fit.binnings, fit.coefficients, strict=True)
    )
    return Scorecard(
        metadata=metadata,
        inputs=inputs,
        intercept=intercept,
        base_points=scaling.base_points - factor * (intercept + float(np.log(scaling.base_odds))),
        scaling=scaling,
    )


def _scorecard_input(binning: Binning, coefficient: float, factor: float, reason: str) -> ScorecardInput:
    def bin_of(counts: BinCounts, woe: float, label: str) -> Bin:
        return Bin(
            woe=float(woe),
            points=-factor * coefficient * float(woe) + 0.0,
            count=counts.count,
            adverse=counts.bads,
            label=label,
        )

    labels = bin_labels(binning)
    monotone = {"ascending": 1, "descending": -1}.get(binning.trend, 0) if binning.numeric else 0
    unknown = bin_of(BinCounts(0, 0), binning.unknown_woe, "other")
    return ScorecardInput(
        name=binning.name,
        type="numeric" if binning.numeric else "categorical",
        edges=tuple(float(edge) for edge in binning.edges),
        groups=binning.groups,
        bins=tuple(bin_of(c, w, text) for c, w, text in zip(binning.bins, binning.woe, labels, strict=True)),
        missing=bin_of(binning.missing, binning.missing_woe, "missing"),
        unknown=None if binning.numeric else unknown,
        specials=tuple(
            SpecialBin(values=(value,), bin=bin_of(counts, float(woe), f"= {value:g}"))
            for value, counts, woe in zip(
                binning.special_values, binning.special_bins, binning.special_woe, strict=True
            )
        ),
        coefficient=coefficient,
        monotone=monotone,  # type: ignore[arg-type]
        reason=reason,
    )


def bin_labels(binning: Binning) -> list[str]:
    """The bins in words: half-open intervals, or the texts of a group."""
    if not binning.numeric:
        return [_shortened(group) for group in binning.groups]
    edges = [f"{edge:.12g}" for edge in binning.edges]
    if not edges:
        return ["any"]
    middle = [f"[{low}, {high})" for low, high in pairwise(edges)]
    return [f"< {edges[0]}", *middle, f">= {edges[-1]}"]


def _shortened(group: tuple[str, ...]) -> str:
    text = ", ".join(group[:12])
    return (text if len(group) <= 12 else f"{text} and {len(group) - 12} more")[:400]


def trees_document(
    booster: Any,
    frame: Frame,
    platt: Platt,
    points: Points,
    reasons: dict[str, ReasonText],
    metadata: Metadata,
    monotone: tuple[int, ...],
) -> Trees:
    """A fitted ``lightgbm.Booster`` as a document of flat arrays."""
    inputs = []
    for place, column in enumerate(frame.columns):
        categorical = isinstance(column, CategoricalColumn)
        inputs.append(
            ModelInput(
                name=column.name,
                type="categorical" if categorical else "numeric",
                categories=column.levels if isinstance(column, CategoricalColumn) else (),
                monotone=monotone[place] if monotone else 0,  # type: ignore[arg-type]
                reason=reasons[column.name].code,
            )
        )
    dump = booster.dump_model()
    return Trees(
        metadata=metadata,
        inputs=tuple(inputs),
        trees=tuple(_tree(info["tree_structure"]) for info in dump["tree_info"]),
        calibration=PlattCalibration(slope=platt.slope, intercept=platt.intercept),
        scaling=scaling_of(points),
    )


def _tree(root: dict[str, Any]) -> Tree:
    """One tree of LightGBM's dump, with its own numbering of nodes and leaves."""
    if "split_index" not in root:
        return Tree(
            feature=(), threshold=(), missing=(), default_left=(), left=(), right=(),
            leaf=(float(root["leaf_value"]),), leaf_count=(max(int(root.get("leaf_count", 1)), 1),),
        )  # fmt: skip
    nodes: dict[int, dict[str, Any]] = {}
    leaves: dict[int, dict[str, Any]] = {}
    stack = [root]
    while stack:
        node = stack.pop()
        if "split_index" in node:
            nodes[node["split_index"]] = node
            stack += [node["left_child"], node["right_child"]]
        else:
            leaves[node["leaf_index"]] = node

    def number(child: dict[str, Any]) -> int:
        return int(child["split_index"]) if "split_index" in child else -int(child["leaf_index"]) - 1

    inner = [nodes[i] for i in range(len(nodes))]
    return Tree(
        feature=tuple(int(n["split_feature"]) for n in inner),
        threshold=tuple(float(n["threshold"]) for n in inner),
        missing=tuple(_MISSING_TYPE[n["missing_type"]] for n in inner),
        default_left=tuple(bool(n["default_left"]) for n in inner),
        left=tuple(number(n["left_child"]) for n in inner),
        right=tuple(number(n["right_child"]) for n in inner),
        leaf=tuple(float(leaves[i]["leaf_value"]) for i in range(len(leaves))),
        leaf_count=tuple(max(int(leaves[i]["leaf_count"]), 1) for i in range(len(leaves))),
    )


def blend_document(
    scorecard: Scorecard, trees: Trees, weight: float, platt: Platt, points: Points, metadata: Metadata
) -> Blend:
    """The weighted mean of both models' calibrated log-odds, calibrated once more."""
    return Blend(
        metadata=metadata,
        members=(Member(weight=weight, model=scorecard), Member(weight=1 - weight, model=trees)),
        calibration=PlattCalibration(slope=platt.slope, intercept=platt.intercept),
        scaling=scaling_of(points),
    )
