"""Writing what was fitted in the format that decisions are served from."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

import msgspec

from tandem.decide.models import (
    Additive,
    Bin,
    Blend,
    Linear,
    Member,
    Metadata,
    ModelDocument,
    ModelInput,
    PlattCalibration,
    Scaling,
    Scorecard,
    ScorecardInput,
    SpecialBin,
    TabularNetwork,
    Tree,
    Trees,
    base_points,
    bin_points,
)
from tandem.kernel.identity import Digest
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning import BinCounts, Binning
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.developing import Developed
from tandem.learn.training.engines import engine_of
from tandem.learn.training.frame import CategoricalColumn, Frame
from tandem.learn.training.interactions import prove_interactions
from tandem.learn.training.linear_documents import linear_document
from tandem.learn.training.machine_documents import additive_document
from tandem.learn.training.monotone import prove_monotone, prove_monotone_exactly
from tandem.learn.training.network_documents import tabular_document
from tandem.learn.training.provenance import metadata_of
from tandem.learn.training.scorecard import ScorecardFit
from tandem.learn.training.spec import BoostedFamily, Family, Points, ReasonText, TrainSpec
from tandem.learn.training.target import Target

__all__ = ["bin_labels", "blend_document", "documents_of", "scaling_of", "scorecard_document", "trees_document"]

_SHOWN_TEXTS = 12


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
    counts = (int(bad.size), int(bad.sum()))

    def metadata(family: Family) -> Metadata:
        return metadata_of(family, spec, target, data_digest, counts, choice)

    single: dict[Family, Scorecard | Additive | Linear | Trees | TabularNetwork] = {}
    if developed.scorecard is not None:
        platt = choice.candidate("scorecard").platt
        single["scorecard"] = scorecard_document(
            developed.scorecard, platt, spec.points, reasons, metadata("scorecard")
        )
    if developed.lines is not None:
        single["logistic"] = linear_document(
            developed.lines,
            frame,
            choice.candidate("logistic").platt,
            scaling=scaling_of(spec.points),
            reasons={name: reason.code for name, reason in reasons.items()},
            monotone=dict(zip(frame.names, developed.limits.monotone, strict=False)),
            metadata=metadata("logistic"),
        )
    if developed.machine is not None:
        additive = additive_document(
            developed.machine,
            frame,
            bad,
            choice.candidate("ebm").platt,
            scaling=scaling_of(spec.points),
            reasons={name: reason.code for name, reason in reasons.items()},
            monotone=developed.limits.monotone,
            metadata=metadata("ebm"),
        )
        prove_interactions(additive, developed.limits.together)
        single["ebm"] = additive
    for boosted in choice.boosting:
        single[boosted] = trees_document(boosted, developed, frame, spec.points, reasons, metadata(boosted))
    if developed.network is not None:
        single["network"] = tabular_document(
            developed.network,
            frame,
            choice.candidate("network").platt,
            scaling=scaling_of(spec.points),
            reasons={name: reason.code for name, reason in reasons.items()},
            metadata=metadata("network"),
        )
    result: dict[Family, ModelDocument] = {**single}
    if choice.shares:
        members = tuple(Member(weight=weight, model=single[family]) for family, weight in choice.shares)
        platt = choice.candidate("blend").platt
        result["blend"] = blend_document(members, platt, spec.points, metadata("blend"))
    return result


def scaling_of(points: Points) -> Scaling:
    """The scale of points in the served format."""
    return Scaling(base_points=points.base_points, base_odds=points.base_odds, pdo=points.double)


def scorecard_document(
    fit: ScorecardFit, platt: Platt, points: Points, reasons: dict[str, ReasonText], metadata: Metadata
) -> Scorecard:
    """``fit`` as a scorecard document.

    A scorecard is linear, so Platt's line over it is a scorecard again: the calibration is folded into the coefficients,
    and the points mean calibrated odds.
    """
    intercept = platt.slope * fit.intercept + platt.intercept
    scaling = scaling_of(points)
    return Scorecard(
        metadata=metadata,
        inputs=tuple(
            _scorecard_input(binning, platt.slope * float(weight), scaling, reasons[binning.name].code)
            for binning, weight in zip(fit.binnings, fit.coefficients, strict=True)
        ),
        intercept=intercept,
        base_points=base_points(scaling, intercept),
        scaling=scaling,
    )


def _scorecard_input(binning: Binning, coefficient: float, scaling: Scaling, reason: str) -> ScorecardInput:
    def row(counts: BinCounts, woe: float, label: str) -> Bin:
        points = bin_points(scaling, coefficient, float(woe))
        return Bin(woe=float(woe), points=points, count=counts.count, adverse=counts.bads, label=label)

    labels = bin_labels(binning)
    specials = zip(binning.special_values, binning.special_bins, binning.special_woe, strict=True)
    return ScorecardInput(
        name=binning.name,
        type="numeric" if binning.numeric else "categorical",
        edges=tuple(float(edge) for edge in binning.edges),
        groups=binning.groups,
        bins=tuple(row(c, w, text) for c, w, text in zip(binning.bins, binning.woe, labels, strict=True)),
        missing=row(binning.missing, binning.missing_woe, "missing"),
        unknown=None if binning.numeric else row(BinCounts(0, 0), binning.unknown_woe, "other"),
        specials=tuple(SpecialBin(values=(v,), bin=row(c, float(w), f"= {v:g}")) for v, c, w in specials),
        coefficient=coefficient,
        monotone=_sign(binning.sign),
        reason=reason,
    )


def bin_labels(binning: Binning) -> list[str]:
    """The bins in words: half-open intervals, or the texts of a group."""
    if not binning.numeric:
        return [_shortened(group) for group in binning.groups]
    edges = [f"{edge:.12g}" for edge in binning.edges]
    if not edges:
        return ["any"]
    return [f"< {edges[0]}", *(f"[{low}, {high})" for low, high in pairwise(edges)), f">= {edges[-1]}"]


def _shortened(group: tuple[str, ...]) -> str:
    text = ", ".join(group[:_SHOWN_TEXTS])
    more = len(group) - _SHOWN_TEXTS
    return (text if more <= 0 else f"{text} and {more} more")[:400]


def trees_document(
    family: BoostedFamily,
    developed: Developed,
    frame: Frame,
    points: Points,
    reasons: dict[str, ReasonText],
    metadata: Metadata,
) -> Trees:
    """The fitted boosters as one document of flat arrays: the weighted mean of sums of trees is a sum of trees."""
    signs = developed.limits.monotone or (0,) * len(frame.columns)
    inputs = [
        ModelInput(
            name=column.name,
            type="categorical" if isinstance(column, CategoricalColumn) else "numeric",
            categories=column.levels if isinstance(column, CategoricalColumn) else (),
            monotone=_sign(sign),
            reason=reasons[column.name].code,
        )
        for column, sign in zip(frame.columns, signs, strict=True)
    ]
    mix, engine, matrix = developed.choice.boosting[family], engine_of(family), frame.matrix()
    trees: list[Tree] = []
    base = 0.0
    for weight, booster in zip(mix.weights, developed.boosters[family], strict=True):
        grown = engine.trees(booster, metadata, inputs, matrix)
        trees += [_weighted(tree, weight) for tree in grown.trees]
        base += weight * grown.base
    document = Trees(
        metadata=metadata,
        inputs=tuple(inputs),
        trees=tuple(trees),
        base=base,
        calibration=_served(developed.choice.candidate(family).platt),
        scaling=scaling_of(points),
    )
    if family == "catboost":  # whose levels keep a sign row by row, not leaf by leaf
        prove_monotone_exactly(document)
    else:
        prove_monotone(document)
    prove_interactions(document, developed.limits.together)
    return document


def _weighted(tree: Tree, weight: float) -> Tree:
    return tree if weight == 1.0 else msgspec.structs.replace(tree, leaf=tuple(weight * leaf for leaf in tree.leaf))


def blend_document(members: tuple[Member, ...], platt: Platt, points: Points, metadata: Metadata) -> Blend:
    """The weighted mean of the models' calibrated log-odds, calibrated once more."""
    return Blend(
        metadata=metadata,
        members=members,
        calibration=_served(platt),
        scaling=scaling_of(points),
    )


def _served(platt: Platt) -> PlattCalibration:
    return PlattCalibration(slope=platt.slope, intercept=platt.intercept)


def _sign(value: int) -> Literal[-1, 0, 1]:
    return -1 if value < 0 else 1 if value > 0 else 0
