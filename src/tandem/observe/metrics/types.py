"""The nouns of metrics: a metric is a named, versioned measure; a result says what was measured and by which version."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros

__all__ = ["Grain", "Metric", "MetricPoint", "MetricResult", "Number", "Target", "Words"]

Grain: TypeAlias = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
Number: TypeAlias = int | float | None
"""A count or an amount is exact; None is unknown (nothing to divide by, no rows)."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sentence in both languages."""

    en: str
    zh: str = ""


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The band a metric should stay in, both ends included; an open end is None."""

    low: float | None = None
    high: float | None = None


class Metric(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A measure over one table of the lake.

    Attributes:
        name: lower_snake.
        title, description: for people.
        table: of the lake; ``<type>_full`` for events with their personal values.
        expression: SQL aggregate, such as ``count(*) filter (where outcome = 'approve') / count(*)``.
        filter: SQL condition on rows that count at all.
        time: column that ``between`` and ``grain`` go by.
        dimensions: columns it may be broken down and filtered by.
        unit: ``share``, ``count``, ``minor CNY``, ``ms`` ...: how the number is to be read.
        owner: who answers for it.
        better: which way is good, where one is: ``up`` or ``down``.
        target: the band it should stay in.
        side: whose number it is first: the business's or the risk department's.
        overview: its place on the overview, from 1; 0 keeps it off.
        simulated: the data behind it are simulated, and whoever shows it says so.
    """

    name: str
    title: Words
    description: Words
    table: str
    expression: str
    time: str
    filter: str | None = None
    dimensions: tuple[str, ...] = ()
    unit: str = ""
    owner: str = ""
    better: Literal["up", "down", ""] = ""
    target: Target | None = None
    side: Literal["business", "risk", ""] = ""
    overview: int = 0
    simulated: bool = False

    @property
    def digest(self) -> Digest:
        """The version: changes with every word of the definition."""
        return digest_of(self)


class MetricPoint(msgspec.Struct, frozen=True, kw_only=True):
    """One number. ``period`` is the start of the stretch, with a grain; ``by`` the dimensions' values, as text."""

    value: Number
    period: Micros | None = None
    by: dict[str, str | None] = {}


class MetricResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured, in which unit, by which version of the metric, and the numbers."""

    name: str
    unit: str
    digest: Digest
    points: tuple[MetricPoint, ...]
