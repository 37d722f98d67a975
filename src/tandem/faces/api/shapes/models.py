"""Models: what they are, where they come from, how they did."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.releases import StateText
from tandem.faces.api.shapes.vocabulary import DigestText, Instant, TwoTongues

__all__ = [
    "ModelBin",
    "ModelCardInput",
    "ModelComparison",
    "ModelDetail",
    "ModelInputDetail",
    "ModelNeighbours",
    "ModelNeighboursRequest",
    "ModelPage",
    "ModelPairRow",
    "ModelPart",
    "ModelPerformance",
    "ModelScoreBand",
    "ModelSummary",
    "ModelVersion",
    "ModelWeight",
    "NeighbourMove",
]

KindText = Literal["scorecard", "additive", "linear", "trees", "tabular_network", "blend", "sage", "gru"]


class ModelVersion(msgspec.Struct, kw_only=True):
    """One version of a model; ``metrics`` as measured in training."""

    digest: DigestText
    state: StateText
    author: str
    pushed_at: Instant
    approvers: list[str]
    kind: KindText
    rows: int
    metrics: dict[str, float]


class ModelSummary(msgspec.Struct, kw_only=True):
    """A model by its live version, or by its newest where none is live; ``used_by`` are policies of the live release."""

    name: str
    digest: DigestText
    state: StateText
    kind: KindText
    target: str
    rows: int
    adverse_rows: int
    inputs: int
    metrics: dict[str, float]
    versions: int
    pushed_at: Instant
    author: str
    used_by: list[str]


class ModelPage(msgspec.Struct, kw_only=True):
    """All models, by name."""

    models: list[ModelSummary]


class ModelInputDetail(msgspec.Struct, kw_only=True):
    """One input.

    Attributes:
        monotone: -1: the risk must fall as it grows; 1: must rise; 0: free.
        proof: whether that is proven over all values.
        training_weight: mean absolute contribution over the training rows, in log-odds; null where not known.
        reason, words: what an applicant is told when it speaks against them.
    """

    name: str
    type: Literal["numeric", "categorical"]
    monotone: int
    proof: Literal["proven", "broken", "free"]
    violations: int
    training_weight: float | None
    reason: str | None
    words: TwoTongues | None


class ModelBin(msgspec.Struct, kw_only=True):
    """One row of a table: of values, of a missing value, or of texts no other row holds.

    ``points`` are null where the model has no scale of points. Of numbers ``low`` and ``high`` are the ends of the range, the first in
    it and the last not, null where it is open; equal where it is one value.
    """

    label: str
    of: Literal["values", "missing", "other"]
    count: int
    adverse: int
    rate: float | None
    woe: float
    points: float | None
    low: float | None
    high: float | None


class ModelCardInput(msgspec.Struct, kw_only=True):
    """One input of a scorecard or an additive model; of the latter ``coefficient`` is 1 and ``woe`` is in log-odds."""

    name: str
    coefficient: float
    reason: str | None
    information_value: float
    rows: list[ModelBin]


class ModelPairRow(msgspec.Struct, kw_only=True):
    """A pair of an additive model: its cells, and the least and most it adds, in log-odds."""

    first: str
    second: str
    cells: int
    least: float
    most: float


class ModelPart(msgspec.Struct, kw_only=True):
    """The model itself, or a member of a blend with its weight.

    Attributes:
        reads: what a graph or recurrent network (``sage``, ``gru``) reads of an event before it is the sum of its parts.
        links: the kinds of entities that make its events neighbours; ``slots`` of them each, ``width`` numbers per state (also
            of a ``tabular_network`` and a ``gru``).
    """

    kind: Literal["scorecard", "additive", "linear", "trees", "tabular_network", "sage", "gru"]
    weight: float
    inputs: int
    base_points: float | None
    card: list[ModelCardInput]
    pairs: list[ModelPairRow]
    trees: int
    leaves: int
    reads: list[str]
    links: list[str]
    slots: int
    width: int


class ModelDetail(ModelSummary, kw_only=True):
    """A version in full.

    Attributes:
        called: the name the training gave it. adverse: the value of the target that counts as adverse.
        data_digest: of the training table. features_digest: of the features it was trained on; null for raw fields.
        features_known: whether the live release computes exactly these; null where there is nothing to compare.
        calibration: kind and parameters. scaling: how log-odds become points. expected_margin: of its training rows.
    """

    called: str
    adverse: str
    note: str
    seed: int | None
    data_digest: str | None
    features_digest: str | None
    features_known: bool | None
    environment: dict[str, str]
    parameters: dict[str, str]
    calibration: dict[str, Any]
    scaling: dict[str, Any] | None
    expected_margin: float
    input_details: list[ModelInputDetail]
    parts: list[ModelPart]
    history: list[ModelVersion]


class ModelScoreBand(msgspec.Struct, kw_only=True):
    """Recorded decisions with a probability in a band, by outcome."""

    low: float
    high: float
    count: int
    outcomes: dict[str, int]


class ModelWeight(msgspec.Struct, kw_only=True):
    """What an input moves on average: mean absolute exact contribution, in log-odds, and its share of all."""

    input: str
    weight: float
    share: float


class ModelPerformance(msgspec.Struct, kw_only=True):
    """A version over recorded decisions.

    Attributes:
        looked_at, scored, since, mean, bands: its scores among the newest decisions.
        explained, weights: exact contributions over so many of them.
        view, figures: how it did on decisions that have turned out, as a training would judge it (AUC with interval, KS,
            calibration by tenths, gains, curve); null where too few outcomes are known.
    """

    looked_at: int
    scored: int
    since: Instant | None
    mean: float | None
    bands: list[ModelScoreBand]
    explained: int
    weights: list[ModelWeight]
    view: str | None
    figures: dict[str, Any] | None


class ModelComparison(msgspec.Struct, kw_only=True):
    """Two versions side by side, and what differs in words; ``second`` is the newer one by the order asked."""

    first: ModelDetail
    second: ModelDetail
    words: Annotated[list[TwoTongues], Meta(description="from first to second")]


class ModelNeighboursRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An event, as it would be sent to decide on."""

    event: dict[str, Any]


class NeighbourMove(msgspec.Struct, kw_only=True):
    """What the margin would lose without one neighbour, or without all of a link.

    Attributes:
        member: whose earlier event it is, by pseudonym; null for the link as a whole.
    """

    link: str
    member: str | None
    log_odds: float


class ModelNeighbours(msgspec.Struct, kw_only=True):
    """The neighbours an event would meet now, strongest first. Moves of neighbours need not add up; the parts of a decision do."""

    neighbours: list[NeighbourMove]
