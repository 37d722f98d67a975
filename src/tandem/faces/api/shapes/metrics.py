"""Numbers of the metric centre, alone, over time, and beside what moved them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant

__all__ = [
    "MetricDefinition",
    "MetricGroup",
    "MetricMove",
    "MetricPage",
    "MetricSeries",
    "MetricSummary",
    "MetricTarget",
    "MetricValue",
    "MoveDimension",
    "MovePart",
    "OverviewChanges",
    "OverviewListChange",
    "OverviewPage",
    "OverviewRelease",
    "OverviewTile",
    "ReleasedArtefact",
]

GrainText = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
MissingText = Annotated[
    Literal["no_table", "no_column", "no_rows"] | None,
    Meta(description="why there is no number: no such table in the lake yet, not all of its columns, no rows"),
]


class MetricTarget(msgspec.Struct, kw_only=True):
    """The band a metric should stay in; an open end is null."""

    low: float | None
    high: float | None


class MetricDefinition(msgspec.Struct, kw_only=True):
    """What a metric means: in words, in SQL, who answers for it, and which version of it this is."""

    name: str
    title: dict[str, str]
    description: dict[str, str]
    unit: str
    owner: str
    sql: str
    digest: DigestText
    time: Annotated[str, Meta(description="the column that stretches of time go by")]
    dimensions: list[str]
    better: Literal["up", "down", ""]
    target: MetricTarget | None
    side: Literal["business", "risk", ""]
    simulated: bool


class MetricSummary(MetricDefinition, kw_only=True):
    """A metric of the metric centre with its present value; null where there is no data."""

    value: float | int | None
    as_of: Instant | None


class MetricPage(msgspec.Struct, kw_only=True):
    """All metrics."""

    metrics: list[MetricSummary]


class MetricValue(msgspec.Struct, kw_only=True):
    """A number of one bucket; ``at`` is the bucket's beginning."""

    at: Instant
    value: float | int | None


class MetricGroup(msgspec.Struct, kw_only=True):
    """One line of a chart: a value of the dimension, or the whole."""

    value: str | None
    total: float | int | None
    previous: float | int | None
    points: list[MetricValue]


class _Stretch(msgspec.Struct, kw_only=True, omit_defaults=True):
    from_: Instant | None = msgspec.field(default=None, name="from")
    to: Instant | None = None
    grain: GrainText | None = None
    previous_from: Instant | None = None
    previous_to: Instant | None = None


class MetricSeries(_Stretch, kw_only=True, omit_defaults=True):
    """A metric over time. ``anchored``: the stretch up to now holds nothing, so the last one that does is shown."""

    metric: MetricDefinition
    as_of: Instant
    by: str | None
    value: float | int | None
    previous: float | int | None
    missing: MissingText
    anchored: bool
    groups: list[MetricGroup]
    groups_left_out: int


class OverviewTile(MetricDefinition, kw_only=True):
    """A number over a stretch of time, beside the same stretch before. ``anchored`` as in a series."""

    value: float | int | None
    previous: float | int | None
    missing: MissingText
    anchored: bool
    points: list[MetricValue]
    from_: Instant | None = msgspec.field(default=None, name="from")
    to: Instant | None = None
    grain: GrainText | None = None
    previous_from: Instant | None = None
    previous_to: Instant | None = None


class OverviewPage(msgspec.Struct, kw_only=True):
    """All tiles as of one moment."""

    as_of: Instant
    range: str
    tiles: list[OverviewTile]


class ReleasedArtefact(msgspec.Struct, kw_only=True):
    """What a release changed against the one in force before."""

    artefact: str
    change: Literal["added", "changed", "removed"]


class OverviewRelease(msgspec.Struct, kw_only=True):
    """A release that went live, or was rolled back to."""

    seq: int
    at: Instant
    change: str
    release: DigestText
    by: str
    note: str
    artefacts: list[ReleasedArtefact]


class OverviewListChange(msgspec.Struct, kw_only=True):
    """What happened to one list: members added and removed, by whom, and when last."""

    name: str
    changes: int
    added: int
    removed: int
    by: list[str]
    at: Instant


class MovePart(msgspec.Struct, kw_only=True):
    """What one segment added to a move; of a ratio, by growing or shrinking (``mix``) and by becoming other (``rate``)."""

    value: str | None
    now: float | int | None
    then: float | int | None
    added: float | int
    mix: float | None = None
    rate: float | None = None
    weight_now: float | None = None
    weight_then: float | None = None


class MoveDimension(msgspec.Struct, kw_only=True):
    """A move taken apart: ``parts`` and ``rest_added`` sum to it exactly."""

    dimension: str
    parts: list[MovePart]
    rest_added: float | int
    rest_count: int


class MetricMove(msgspec.Struct, kw_only=True):
    """How a tile moved. ``neither``: of this kind of metric no parts add up."""

    name: str
    title: dict[str, str]
    unit: str
    better: Literal["up", "down", ""]
    simulated: bool
    shape: Literal["additive", "ratio", "neither"]
    value: float | int | None
    previous: float | int | None
    change: float | int | None
    from_: Instant = msgspec.field(name="from")
    to: Instant
    grain: GrainText
    previous_from: Instant | None
    previous_to: Instant | None
    dimensions: list[MoveDimension]


class OverviewChanges(msgspec.Struct, kw_only=True):
    """What changed in a stretch of time, and why numbers moved."""

    as_of: Instant
    from_: Instant = msgspec.field(name="from")
    to: Instant
    releases: list[OverviewRelease]
    list_changes: list[OverviewListChange]
    moves: list[MetricMove]
