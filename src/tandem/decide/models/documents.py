"""The format of a model: plain, immutable data that a reviewer can read and a loader can check.

A document is one of eight kinds, told apart by its ``kind`` field:

* ``scorecard``: binned inputs, one weight of evidence and one number of points per bin;
* ``additive``: a table of log-odds per input, and one per pair of inputs, as an explainable boosting machine learns them;
* ``linear``: a weight per unit of a number and one per text, as a logistic regression learns them;
* ``trees``: gradient-boosted trees as flat arrays, all splits numeric;
* ``tabular_network``: a residual network over learned vectors, one per input (``tabular`` computes it);
* ``blend``: a weighted mean of the log-odds of scorecards, additive and linear models, trees and tabular networks;
* ``sage``: a graph network over earlier rows (``networks`` tells how it scores, ``decide.graphs`` computes it);
* ``gru``: a recurrent network over the history of an entity (scored as ``sage`` is, computed by ``decide.sequences``).

**Orientation, everywhere.** ``margin`` is the natural log-odds of the *adverse* outcome (default, fraud): larger is
riskier. Weight of evidence is ``ln(share of adverse / share of good)``: larger is riskier, coefficients are positive.
Points run the other way: more points, less risk.

The structs carry shapes only. What must hold between them (lengths, indices, order, finiteness, limits) is checked in
``validation``; a document that was not checked must not be scored. Documents are never pickled; the digest of a
document is the SHA-256 of its canonical JSON (``kernel.canonical``).
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.observe.graph import Mark

__all__ = [
    "FORMAT",
    "MARKS",
    "STATEFUL_KINDS",
    "Additive",
    "AdditiveInput",
    "AdditivePair",
    "Axis",
    "Bin",
    "Blend",
    "Calibration",
    "GruDocument",
    "IsotonicCalibration",
    "Layer",
    "Linear",
    "LinearInput",
    "LinearSpecial",
    "Member",
    "Metadata",
    "ModelDocument",
    "ModelInput",
    "ModelKind",
    "NoCalibration",
    "PlattCalibration",
    "SageDocument",
    "SageLink",
    "Scaling",
    "Scorecard",
    "ScorecardInput",
    "SpecialBin",
    "StatefulDocument",
    "Tree",
    "Trees",
    "Vectors",
]

FORMAT = 1
"""Version of the format; a document of another version is refused by name."""

MARKS: Final = 2
"""Numbers beside a neighbour's state, read when it is read: known bad, known good."""

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


class Axis(_Part, frozen=True, kw_only=True):
    """One side of a pair's table: an input, cut as the pair cuts it.

    Numeric: row ``i`` holds ``edges[i-1] <= value < edges[i]``, and one more row takes missing values. Categorical: row
    ``i`` holds the texts of ``groups[i]``; then a row for missing values, then one for texts of no group.
    """

    name: str
    edges: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


class AdditivePair(_Part, frozen=True, kw_only=True):
    """What two inputs add together, beyond what each adds alone.

    Args:
        first, second: the inputs.
        weights: log-odds, ``weights[row of first][row of second]``.
        mean: of the table over the training rows; contributions are measured from it.
    """

    first: Axis
    second: Axis
    weights: tuple[tuple[float, ...], ...]
    mean: float = 0.0


class AdditiveInput(_Part, frozen=True, kw_only=True):
    """What one input adds.

    Numeric: ``weights[i]`` is added for ``edges[i-1] <= value < edges[i]``; one more weight than edges. Categorical:
    ``weights[i]`` for the texts of ``groups[i]``.

    Args:
        name: column of the row the model reads.
        weights: log-odds per bin; ``missing`` for a missing value; ``unknown`` for a text of no group (None: as missing).
        counts: training rows per bin, then those with a missing value; ``adverse``: of which adverse. Both may be empty;
            the counts weight the mean a reason is measured from.
        monotone: the direction the margin must follow when the input grows, pairs included.
        reason: reason code shown when this input speaks against an applicant.
    """

    name: str
    type: Literal["numeric", "categorical"] = "numeric"
    edges: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    weights: tuple[float, ...]
    missing: float = 0.0
    unknown: float | None = None
    counts: tuple[int, ...] = ()
    adverse: tuple[int, ...] = ()
    monotone: Monotone = 0
    reason: str | None = None


class Additive(_Part, frozen=True, kw_only=True, tag_field="kind", tag="additive"):
    """A generalised additive model with pairs (Lou, Caruana, Gehrke and Hooker 2013): every term is a table.

    ``margin = intercept + one weight per input + one weight per pair``, summed in this order in binary64.
    """

    format: int = FORMAT
    metadata: Metadata
    inputs: tuple[AdditiveInput, ...]
    pairs: tuple[AdditivePair, ...] = ()
    intercept: float
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None

    @property
    def cuts(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """Input and edges of every table, alone and in pairs."""
        axes = [axis for pair in self.pairs for axis in (pair.first, pair.second)]
        return (*((one.name, one.edges) for one in self.inputs), *((axis.name, axis.edges) for axis in axes))


class LinearSpecial(_Part, frozen=True, kw_only=True):
    """A number with a meaning of its own (-999: no record): it adds ``weight`` and does not stand on the line."""

    value: float
    weight: float


class LinearInput(_Part, frozen=True, kw_only=True):
    """What one input adds.

    Numeric: ``weight * (held - center)``, where ``held`` is the value kept within ``low`` and ``high``, so that a value beyond
    those seen in training says no more than the last of them. Categorical: ``weights[i]`` for the text ``levels[i]``.

    Args:
        name: column of the row the model reads.
        weight: log-odds per unit of a number; ``center``: the value that adds nothing.
        specials: numbers taken before the line is looked at.
        weights: log-odds by text of ``levels``; ``missing`` for a missing value; ``unknown`` for a text of no level (None: as
            missing).
        mean: of what the input adds over the training rows, which a reason is measured from; ``spread``: the mean distance
            from it.
        monotone: the direction the margin must follow when a number grows; specials stand outside the order.
        reason: reason code shown when this input speaks against an applicant.
    """

    name: str
    type: Literal["numeric", "categorical"] = "numeric"
    weight: float = 0.0
    center: float = 0.0
    low: float = 0.0
    high: float = 0.0
    specials: tuple[LinearSpecial, ...] = ()
    levels: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    missing: float = 0.0
    unknown: float | None = None
    mean: float = 0.0
    spread: float = 0.0
    monotone: Monotone = 0
    reason: str | None = None


class Linear(_Part, frozen=True, kw_only=True, tag_field="kind", tag="linear"):
    """A logistic regression: ``margin = intercept + what each input adds``, summed in this order in binary64."""

    format: int = FORMAT
    metadata: Metadata
    inputs: tuple[LinearInput, ...]
    intercept: float
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None


class Layer(_Part, frozen=True, kw_only=True):
    """An affine map: ``weights[out][in]`` and ``bias[out]``."""

    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]


class Vectors(_Part, frozen=True, kw_only=True):
    """One value that a network reads: the vector, of the network's width, that each value becomes.

    Numeric: a line from ``vectors[i]`` at ``knots[i]`` to the next, constant beyond both ends, which is what the
    piecewise-linear encoding of Gorishniy, Rubachev and Babenko (2022) followed by a linear layer comes to. Categorical:
    ``vectors[i]`` for the text ``levels[i]``, an embedding.

    Args:
        name: column of the row the model reads.
        knots: strictly increasing, one at least, of a numeric input; ``levels``: texts of a categorical one.
        vectors: one per knot or level.
        missing: for a missing value; ``unknown`` for a text of no level (None: as missing).
    """

    name: str
    type: Literal["numeric", "categorical"] = "numeric"
    knots: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    vectors: tuple[tuple[float, ...], ...]
    missing: tuple[float, ...]
    unknown: tuple[float, ...] | None = None


class NetworkInput(Vectors, frozen=True, kw_only=True):
    """One input of a tabular network.

    Args:
        mean: of the vectors over the training rows; contributions are measured from it.
        reason: reason code shown when this input speaks against an applicant.
    """

    mean: tuple[float, ...]
    reason: str | None = None

    @property
    def monotone(self) -> Monotone:
        """No direction is promised: a network is free."""
        return 0


class Block(_Part, frozen=True, kw_only=True):
    """A residual step: ``state + outer(relu(inner(state)))``."""

    inner: Layer
    outer: Layer


class TabularNetwork(_Part, frozen=True, kw_only=True, tag_field="kind", tag="tabular_network"):
    """A residual network over a row (the shape of Gorishniy and others 2021, *Revisiting deep learning models for tabular data*).

    A row becomes a state of ``width`` numbers, the blocks change it in turn, the head reads the margin off it::

        state  = bias + vector of input 0 + vector of input 1 + ...
        state  = state + outer(relu(inner(state)))                 per block
        margin = intercept + head . state

    Args:
        bias: the state before any input is read; its length is the width.
        blocks: in order; none makes the model additive.
        head: one weight per number of the state.
    """

    format: int = FORMAT
    metadata: Metadata
    inputs: tuple[NetworkInput, ...]
    bias: tuple[float, ...]
    blocks: tuple[Block, ...] = ()
    head: tuple[float, ...]
    intercept: float
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None


class Member(_Part, frozen=True, kw_only=True):
    """A member of a blend and its weight; its own calibration must be ``none`` or ``platt``, so that reasons add up."""

    weight: float
    model: Scorecard | Additive | Linear | Trees | TabularNetwork


class Blend(_Part, frozen=True, kw_only=True, tag_field="kind", tag="blend"):
    """``margin`` is the weighted mean of the members' calibrated log-odds; weights are positive and sum to 1."""

    format: int = FORMAT
    metadata: Metadata
    members: tuple[Member, ...]
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None


class SageLink(_Part, frozen=True, kw_only=True):
    """One way in which rows are neighbours.

    Args:
        kind: the kind of entity that both name, such as ``device``.
        reason: reason code shown when neighbours of this link speak against an applicant.
    """

    kind: EntityKind
    reason: str | None = None


class SageDocument(_Part, frozen=True, kw_only=True, tag_field="kind", tag="sage"):
    """A causal GraphSAGE (Hamilton, Ying and Leskovec 2017): two layers, mean aggregation, neighbours are *earlier* rows.

    A row is an event of one type. Its states never change once it has happened, so they are kept. Every row has two of them,
    of ``width`` numbers::

        first  = relu(first layer  [x])
        second = relu(second layer [first,  per link: mean over its neighbours of (first,  known bad, known good)])
        margin =      head         [second, per link: mean over its neighbours of (second, known bad, known good)]

    ``x`` is the row's own values, standardised; a missing value is the mean. A row without neighbours has zeros where their
    means would stand: a brand-new person scores like everybody else. What is known of a neighbour's member is read when the
    neighbour is read, so that it acts at once.

    The model reads ``parts`` and not these values: the margin is their sum.

    Args:
        metadata: its name begins the name of every part: lower_snake.
        event: the type of event that is scored and remembered.
        member: the kind of entity whose rows they are, and of whom it becomes known that they are bad.
        marks: the events by which that becomes known.
        inputs: the row's own values, in order: known columns, or numbers and truth values of the event.
        mean: of each input, and ``scale`` its deviation, positive: what they are standardised by.
        links: in order.
        slots: at most so many neighbours per link, newest first.
        width: numbers per state.
        first: the first layer; ``second`` and ``head`` the others.
        expected: the margin without neighbours, on average over the training rows.
        reason: reason code shown when the row's own values speak against an applicant.
    """

    format: int = FORMAT
    metadata: Metadata
    event: EventTypeName
    member: EntityKind
    marks: tuple[Mark, ...] = ()
    inputs: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    links: tuple[SageLink, ...]
    slots: int
    width: int
    first: Layer
    second: Layer
    head: Layer
    expected: float = 0.0
    reason: str | None = None
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None

    @property
    def kinds(self) -> tuple[EntityKind, ...]:
        """The kinds of its links, in order."""
        return tuple(link.kind for link in self.links)

    @property
    def reads(self) -> int:
        """Columns of the second layer and the head: an own state, and a mean per link."""
        return self.width + len(self.links) * (self.width + MARKS)

    @property
    def parts(self) -> tuple[str, ...]:
        """What the margin is the sum of: what is the row's own, and what the neighbours of each link add to it."""
        name = self.metadata.name
        return (f"{name}_own", *(f"{name}_{kind}" for kind in self.kinds))

    @property
    def part_reasons(self) -> tuple[str | None, ...]:
        """Reason code per part."""
        return (self.reason, *(link.reason for link in self.links))


class GruDocument(_Part, frozen=True, kw_only=True, tag_field="kind", tag="gru"):
    """A recurrent network with one state per entity (a gated recurrent unit, Cho and others 2014).

    A row is an event of one type. Whoever it is about has a state of ``width`` numbers, zeros before anything happened; a row
    is scored with the state that the rows before it left, and then changes it::

        row       = relu(bias + vector of value 0 + ... + vector of the gap)
        joined    = [row, state]
        margin    = intercept + head . relu(outer layer joined)

        kept      = gate(keep layer joined),  reset = gate(reset layer joined)
        candidate = squash(candidate layer [row, reset * state])
        state     = candidate + kept * (state - candidate)

    ``squash(x) = x / (1 + |x|)`` and ``gate(x) = (1 + squash(x)) / 2`` stand where others have tanh and the logistic function:
    they need a division and nothing of a library, so that every machine finds the same bits. The gap is the seconds since the
    entity's row before, never negative; missing for its first.

    The model reads ``parts`` and not these values: ``own`` is the margin of the row of somebody nothing happened to before (state
    of zeros, gap missing), ``history`` is the margin less that. With one player this difference *is* the Shapley value.

    Args:
        metadata: its name begins the name of every part: lower_snake.
        event: the type of event that is scored and remembered.
        member: the kind of entity whose history it is.
        values: what is read of the row, in order: known columns, or fields of the event; numbers, truth values and texts.
        gap: how seconds become a vector; numeric, called ``gap``.
        bias: of the row; its length is the width.
        keep, reset, candidate: ``width`` rows of two widths, of the state.
        outer: hidden rows of two widths; ``head``: one weight per hidden number.
        expected: the margin without history, on average over the training rows.
        reason: reason code shown when the row's own values speak against somebody; ``history_reason``: when the history does.
    """

    format: int = FORMAT
    metadata: Metadata
    event: EventTypeName
    member: EntityKind
    values: tuple[Vectors, ...]
    gap: Vectors
    bias: tuple[float, ...]
    keep: Layer
    reset: Layer
    candidate: Layer
    outer: Layer
    head: tuple[float, ...]
    intercept: float
    expected: float = 0.0
    reason: str | None = None
    history_reason: str | None = None
    calibration: Calibration = NoCalibration()
    scaling: Scaling | None = None

    @property
    def width(self) -> int:
        """Numbers of a state."""
        return len(self.bias)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its values, in order."""
        return tuple(one.name for one in self.values)

    @property
    def parts(self) -> tuple[str, ...]:
        """What the margin is the sum of: what is the row's own, and what the history adds to it."""
        return (f"{self.metadata.name}_own", f"{self.metadata.name}_history")

    @property
    def part_reasons(self) -> tuple[str | None, ...]:
        """Reason code per part."""
        return (self.reason, self.history_reason)


StatefulDocument: TypeAlias = SageDocument | GruDocument
"""Networks that need what happened before: what they come to of an event is part of what is known of it, and they score its parts."""
ModelDocument: TypeAlias = Scorecard | Additive | Linear | Trees | TabularNetwork | Blend | StatefulDocument
STATEFUL_KINDS: Final = frozenset({"sage", "gru"})
"""Their kinds."""
ModelKind: TypeAlias = Literal["scorecard", "additive", "linear", "trees", "tabular_network", "blend", "sage", "gru"]
"""The ``kind`` of a document."""
