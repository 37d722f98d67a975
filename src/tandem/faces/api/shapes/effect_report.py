"""The effect report as it is told."""

from __future__ import annotations

from typing import Literal

import msgspec

from tandem.faces.api.shapes.vocabulary import DigestText, Instant

__all__ = ["EffectReportDocument"]


class ReportSide(msgspec.Struct, kw_only=True):
    """What one side of the comparison is taken over."""

    from_: Instant | None = msgspec.field(name="from")
    to: Instant | None
    release: DigestText | None


class ReportMove(msgspec.Struct, kw_only=True):
    """How a number moved. ``additive`` numbers are per day; ``low`` and ``high`` are the 95 % limits of the difference."""

    shape: Literal["additive", "ratio", "neither"]
    then: float | int | None
    now: float | int | None
    difference: float | int | None
    low: float | None
    high: float | None
    days_then: int
    days_now: int
    rows_then: float | int | None
    rows_now: float | int | None


class ReportWords(msgspec.Struct, kw_only=True):
    """A sentence in both languages."""

    en: str
    zh: str


class ReportMetric(msgspec.Struct, kw_only=True):
    """One metric before and after; ``missing`` says why there is no move."""

    name: str
    title: ReportWords
    unit: str
    owner: str
    better: Literal["up", "down", ""]
    side: Literal["business", "risk", ""]
    simulated: bool
    digest: DigestText
    move: ReportMove | None
    verdict: Literal["better", "worse", "moved", "not_shown", "too_little"] | None
    missing: Literal["no_table", "no_column", "no_dimension", "no_rows"] | None
    sentence: ReportWords


class ReportLaunches(msgspec.Struct, kw_only=True):
    """How long new versions took from the draft to going live; ``by_one`` were approved by their own author alone."""

    releases: int
    rolled_back: int
    artefacts: int
    median_s: float | None
    slowest_s: float | None
    by_one: int


class EffectReportDocument(msgspec.Struct, kw_only=True):
    """Every metric before and after, what was compared with what, and how fast changes went live."""

    as_of: Instant
    then: ReportSide
    now: ReportSide
    compared: ReportWords
    metrics: list[ReportMetric]
    launches_then: ReportLaunches | None
    launches_now: ReportLaunches | None
