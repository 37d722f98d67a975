"""The catalogue of features: each with what it means, who reads it and how it did; and those that could be had."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, TwoTongues

__all__ = [
    "FeatureBand",
    "FeatureCostDetail",
    "FeatureDetail",
    "FeaturePage",
    "FeatureReads",
    "FeatureSummary",
    "FeatureWeight",
    "ReadyFeature",
    "ReadyPage",
    "ReadySetDetail",
]


class FeatureSummary(msgspec.Struct, kw_only=True):
    """One feature of the live release.

    Attributes:
        set: the feature set that declares it.
        type: of its values, as in expressions.
        window: its longest, as written; ``lifetime`` for all history.
        policies, models, views: those of the live release that read it; a policy also reads what its models take.
        recorded: of the newest decisions, those that looked at it; null, as all that follows, where figures were left
            out. ``coverage``: share of them with a value, null where none looked.
        psi: between the newer and the older half of them; null where a half has fewer than a hundred values.
        drifted: whether that is above 0.10 and more than chance explains with so many values.
    """

    name: str
    set: str
    entity: list[str]
    aggregate: str
    window: str
    type: str
    words: TwoTongues
    events: list[str]
    policies: list[str]
    models: list[str]
    views: list[str]
    recorded: int | None
    coverage: float | None
    psi: float | None
    drifted: bool | None


class FeaturePage(msgspec.Struct, kw_only=True):
    """Features by name; ``total`` live ones before any were left out.

    Attributes:
        looked_at: newest decisions that figures are of; ``erased`` of them can no longer be read.
        library: how many features the library has ready, whatever the workspace. These three are null where figures
            were left out.
    """

    features: list[FeatureSummary]
    total: int
    looked_at: int | None
    erased: int | None
    library: int | None


class FeatureReads(msgspec.Struct, kw_only=True):
    """The fields of one event type that a feature reads: what names the key, the value, what its filter asks."""

    event_type: str
    fields: list[str]


class FeatureBand(msgspec.Struct, kw_only=True):
    """Values from ``low`` to below ``high`` (equal ends: that value alone), or of one ``text``."""

    low: float | None
    high: float | None
    text: str | None
    count: int


class FeatureWeight(msgspec.Struct, kw_only=True):
    """Mean absolute contribution in log-odds over ``explained`` recorded decisions; ``place`` 1 moved the score most."""

    model: str
    weight: float
    share: float
    place: int
    explained: int


class FeatureCostDetail(msgspec.Struct, kw_only=True):
    """What it costs, by the plan.

    Attributes:
        work: how reading grows with the events in the window.
        keeps: rows one by one, tiles of totals, or one total.
        kept_for_seconds: how long rows are kept, in seconds.
        bytes_per_event: of one kept event in the state, shared by ``shared_by`` features.
        cells: aggregates that it is made of.
    """

    work: Literal["constant", "logarithmic", "linear"]
    keeps: Literal["rows", "tiles", "total"]
    kept_for_seconds: int
    bytes_per_event: int
    shared_by: int
    cells: int


class FeatureDetail(FeatureSummary, kw_only=True):
    """A feature in full.

    Attributes:
        definition: the aggregates that it is made of, shorthand expanded; durations in microseconds.
        factor: what a ratio is multiplied by.
        reason: what a customer is told where it speaks against them; empty where the author gave nothing.
        reads: event types and fields.
        set_digest: the live version of the set; ``owner``: who pushed that; ``defined_at``: when the first version with
            this feature was pushed.
        known: decisions that had a value; ``since``: the oldest decision of the figures.
        before, after: values in the older and the newer half; ``critical``: what PSI stays below 99 times in 100 by
            chance alone with so many.
    """

    definition: list[dict[str, Any]]
    factor: float
    reason: TwoTongues
    reads: list[FeatureReads]
    set_digest: DigestText
    owner: str
    defined_at: Instant
    known: int | None
    since: Instant | None
    mean: float | None
    minimum: float | None
    median: float | None
    maximum: float | None
    bands: list[FeatureBand]
    before: int | None
    after: int | None
    critical: float | None
    weights: list[FeatureWeight]
    cost: FeatureCostDetail


class ReadyFeature(msgspec.Struct, kw_only=True):
    """A feature that a ready set would bring."""

    name: str
    type: str
    words: TwoTongues


class ReadySetDetail(msgspec.Struct, kw_only=True):
    """One set of the library over this workspace's event types.

    Attributes:
        template: in the library; ``name``: what the draft is called.
        body: the definition, to be pushed as ``feature_set``; ``yaml``: the same as a file.
        features: what it brings; ``taken``: left out, for the workspace has features of these names.
        missing: left out, as written, with what nothing was found for.
    """

    template: str
    name: str
    description: TwoTongues
    entity: list[str]
    events: list[str]
    body: dict[str, Any]
    yaml: str
    features: list[ReadyFeature]
    taken: list[str]
    missing: dict[str, list[str]]


class ReadyPage(msgspec.Struct, kw_only=True):
    """What the library has for this workspace's event types.

    Attributes:
        features: different names among all sets.
    """

    sets: list[ReadySetDetail]
    features: int
