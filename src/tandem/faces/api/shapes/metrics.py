"""Numbers of the metric centre."""

from __future__ import annotations

import msgspec

from tandem.faces.api.shapes.common import DigestText, Instant

__all__ = ["MetricPage", "MetricSummary"]


class MetricSummary(msgspec.Struct, kw_only=True):
    """A metric of the metric centre with its present value; null where there is no data."""

    name: str
    title: dict[str, str]
    description: dict[str, str]
    unit: str
    owner: str
    sql: str
    digest: DigestText
    value: float | int | None
    as_of: Instant | None


class MetricPage(msgspec.Struct, kw_only=True):
    """All metrics."""

    metrics: list[MetricSummary]
