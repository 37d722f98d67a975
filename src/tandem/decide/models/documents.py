"""The format of a model: plain, immutable data that a reviewer can read and a loader can check.

A document is one of three kinds, told apart by its ``kind`` field:

* ``scorecard``: binned inputs, one weight of evidence and one number of points per bin;
* ``trees``: gradient-boosted trees as flat arrays, all splits numeric;
* ``blend``: a weighted mean of the log-odds of scorecards and trees.

**Orientation, everywhere.** ``margin`` is the natural log-odds of the *adverse* outcome (default, fraud): larger is
riskier. Weight of evidence is ``ln(share of adverse / share of good)``: larger is riskier, coefficients are positive.
Points run the other way: more points, less risk.

The structs carry shapes only. What must hold between them (lengths, indices, order, finiteness, limits) is checked in
``validation``; a document that was not checked must not be scored. Documents are never pickled; the digest of a
document is the SHA-256 of its canonical JSON (``kernel.canonical``).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

__all__ = [
    "FORMAT",
    "Bin",
    "Blend",
    "Calibration",
    "IsotonicCalibration",
    "Member",
    "Metadata",
    "ModelDocument",
    "ModelInput",
    "NoCalibration",
    "PlattCalibration",
    "Scaling",
    "Scorecard",
    "ScorecardInput",
    "SpecialBin",
    "Tree",
    "Trees",
]

FORMAT = 1
"""Version of the format; a document of another version is refused by name."""

Monotone: TypeAlias = Literal[-1, 0, 1]
"""Sign the margin must follow when the input grows: -1 falls, 1 rises, 0 free."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of a document: immutable, every key known."""


class Metadata(_Part, frozen=True, kw_only=True):
    """Where a model comes from; part of the digest, never used in scoring.

    Args:
        name: lower_snake name of the model.
        target: the column it predicts.
        adverse: the value of the target that counts as adverse, as text.
        data_digest: digest of the training table, or None for an imported model.
        features_digest: digest of the feature plan the inputs were computed with; None when the inputs are raw fields.
        seed: the seed training ran with.
        rows: training rows; ``adverse_rows``: of which adverse.
        environment: package to version.
        metrics: name to value, such as ``auc_test``; finite.
        parameters: what training was told, as text.
        note: free words.
    """

    name: str
    target: str
    adverse: str = "1"
    data_digest: str | None = None
    features_digest: str | None = None
    seed: int | None = None
    rows: int = 0
    adverse_rows: int = 0
    environment: dict[str, str] = {}
    metrics: dict[str, float] = {}
    parameters: dict[str, str] = {}
    note: str = ""


class Scaling(_Part, frozen=True, kw_only=True):
    """How log-odds become points: ``base_points`` at ``base_odds`` good to one adverse, ``pdo`` points double the odds.

    ``factor = pdo / ln 2``; ``points = base_points - factor * (margin + ln(base_odds))``. ``decimals`` None keeps
    points exact; 0 rounds each row of a scorecard's table to whole points, as printed cards do.
    """

    base_points: float = 600.0
    base_odds: float = 50.0
    pdo: float = 20.0
    decimals: int | None = None


class NoCalibration(_Part, frozen=True, kw_only=True, tag_field="kind", tag="none"):
    """Probability is the logistic function of the margin."""


class PlattCalibration(_Part, frozen=True, kw_only=True, tag_field="kind", tag="platt"):
    """Log-odds ``slope * margin + intercept``; the slope is positive (Platt, 1999)."""

    slope: float
    intercept: float


class IsotonicCalibration(_Part, frozen=True, kw_only=True, tag_field="kind", tag="isotonic"):
    """Probability by table of the margin, constant beyond both ends (Zadrozny and Elkan, 2002).

    Args:
        margins: strictly increasing.
        probabilities: same length, never falling, within [0, 1].
        steps: True: the value at the last margin not above; False: linear between neighbours.
    """

    margins: tuple[float, ...]
    probabilities: tuple[float, ...]
    steps: bool = False


Calibration: TypeAlias = NoCalibration | PlattCalibration | IsotonicCalibration


class ModelInput(_Part, frozen=True, kw_only=True):
    """One input of a tree model, in the order of the feature indices of the trees.

    Args:
        name: column of the row the model reads.
        type: ``numeric``: the number itself; ``categorical``: the position of its text in ``categories``.
        categories: texts by code (code 0 first), for ``categorical`` only. A text outside is scored as missing.
        monotone: the constraint it was trained under.
        reason: reason code shown when this input speaks against an applicant.
    """

    name: str
    type: Literal["numeric", "categorical"] = "numeric"
    categories: tuple[str, ...] = ()
    monotone: Monotone = 0
    reason: str | None = None


class Tree(_Part, frozen=True, kw_only=True):
    """One regression tree over numeric inputs, as LightGBM numbers it.

    Inner nodes are 0 .. n-1, the root is 0, leaves are 0 .. n. A child ``c >= 0`` is an inner node and larger than its
    parent; ``c < 0`` is leaf ``-c - 1``. A single-leaf tree has no inner node.

    The decision at a node, exactly LightGBM's ``NumericalDecision`` (v4): a value within 1e-35 of zero is zero; with
    ``missing`` 0 (None) or 1 (Zero) a missing value is zero; a value that is missing in the node's sense (1: zero; 2:
    NaN) goes where ``default_left`` says; any other value goes left when ``value <= threshold``.

    Args:
        feature: input index per inner node.
        threshold: per inner node, finite.
        missing: 0 None, 1 Zero, 2 NaN, per inner node.
        default_left: per inner node.
        left: child per inner node.
        right: child per inner node.
        leaf: value in log-odds per leaf, finite (shrinkage already applied).
        leaf_count: training rows per leaf, at least 1; they weight the exact contributions.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    missing: tuple[int, ...]
    default_left: tuple[bool, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    leaf: tuple[float, ...]
    leaf_count: tuple[int, ...]


class Trees(_Part, frozen=True, kw_only=True, tag_field="kind", tag="trees"):
    """Boosted trees: ``margin = base + leaf of tree 0 + leaf of tree 1 + ...``, summed in this order in binary64."""

    format: int = FORMAT
    metadata: Metadata
    inputs: tuple[ModelInput, ...]
    trees: tuple[Tree, ...]
    base: float = 0.0
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None


class Bin(_Part, frozen=True, kw_only=True):
    """One row of a scorecard's table.

    Args:
        woe: weight of evidence, ``ln(share of adverse / share of good)``.
        points: what the bin adds to the score; checked against coefficient and scaling.
        count: training rows; ``adverse``: of which adverse. The counts weight the mean a reason is measured from.
        label: the bin in words, such as ``[25, 40)``.
    """

    woe: float
    points: float
    count: int = 0
    adverse: int = 0
    label: str = ""


class SpecialBin(_Part, frozen=True, kw_only=True):
    """Values with a meaning of their own (-7: no bureau record), taken before the edges are looked at."""

    values: tuple[float, ...]
    bin: Bin


class ScorecardInput(_Part, frozen=True, kw_only=True):
    """One binned input of a scorecard.

    Numeric: ``bins[i]`` holds ``edges[i-1] <= value < edges[i]``; one more bin than edges. Categorical: ``bins[i]``
    holds the texts of ``groups[i]``. ``missing`` takes missing values; ``unknown`` takes a text of no group (None: the
    missing bin does).

    Args:
        name: column of the row the model reads.
        coefficient: weight of the bin's ``woe`` in the margin.
        monotone: the direction the weights must follow over numeric bins.
        reason: reason code shown when this input speaks against an applicant.
    """

    name: str
    type: Literal["numeric", "categorical"] = "numeric"
    edges: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    bins: tuple[Bin, ...]
    missing: Bin
    unknown: Bin | None = None
    specials: tuple[SpecialBin, ...] = ()
    coefficient: float
    monotone: Monotone = 0
    reason: str | None = None


class Scorecard(_Part, frozen=True, kw_only=True, tag_field="kind", tag="scorecard"):
    """A scorecard: ``margin = intercept + sum(coefficient * woe)``, summed in the order of the inputs.

    The points table follows from it: ``base_points`` is what every applicant starts with,
    ``base_points = scaling.base_points - factor * (intercept + ln(base_odds))``, and a bin adds
    ``-factor * coefficient * woe``; both rounded to ``scaling.decimals`` where that is set.
    """

    format: int = FORMAT
    metadata: Metadata
    inputs: tuple[ScorecardInput, ...]
    intercept: float
    base_points: float
    scaling: Scaling
    calibration: Calibration = NoCalibration()


class Member(_Part, frozen=True, kw_only=True):
    """A member of a blend and its weight; its own calibration must be ``none`` or ``platt``, so that reasons add up."""

    weight: float
    model: Scorecard | Trees


class Blend(_Part, frozen=True, kw_only=True, tag_field="kind", tag="blend"):
    """``margin`` is the weighted mean of the members' calibrated log-odds; weights are positive and sum to 1."""

    format: int = FORMAT
    metadata: Metadata
    members: tuple[Member, ...]
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None


ModelDocument: TypeAlias = Scorecard | Trees | Blend
