"""The nouns of the effect report: two sides, what moved between them, and how sure that is."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.observe.metrics import Number, Shape, Words

__all__ = ["EffectReport", "LaunchTimes", "MetricEffect", "Move", "Side", "Verdict"]

Verdict: TypeAlias = Literal["better", "worse", "moved", "not_shown", "too_little"]
"""``moved``: surely, but nobody said which way is good. ``not_shown``: the limits hold zero. ``too_little``: not enough days to say."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What a number is taken over.

    Attributes:
        start, end: from (included), to (excluded), by the metric's own time; None leaves an end open.
        release: only what that release decided.
    """

    start: Micros | None = None
    end: Micros | None = None
    release: Digest | None = None


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """How a number moved.

    Attributes:
        shape: ``additive`` numbers are told per day, so that sides of different length compare.
        then, now: the number on each side; None where there is nothing to divide by.
        difference: ``now - then``; ``low`` and ``high`` its 95 % limits, None where there are too few days.
        days_then, days_now: days with rows.
        rows_then, rows_now: the divisor of a ratio, where it counts something; else None.
    """

    shape: Shape
    then: Number
    now: Number
    difference: Number
    low: float | None
    high: float | None
    days_then: int
    days_now: int
    rows_then: Number = None
    rows_now: Number = None


class MetricEffect(msgspec.Struct, frozen=True, kw_only=True):
    """A metric of the metric centre before and after.

    Attributes:
        digest: the version of the definition, the same on both sides.
        missing: why there is no move: ``no_table``, ``no_column``, ``no_dimension`` (it does not tell releases apart), ``no_rows``.
        sentence: what may be said.
    """

    name: str
    title: Words
    unit: str
    owner: str
    better: str
    side: str
    simulated: bool
    digest: Digest
    move: Move | None
    verdict: Verdict | None
    missing: str | None
    sentence: Words


class LaunchTimes(msgspec.Struct, frozen=True, kw_only=True):
    """How long changes took from the draft to the customer, in a stretch of time.

    Attributes:
        releases, rolled_back: that went live in it.
        artefacts: new versions that went live for the first time.
        median_s, slowest_s: from the push of the draft to going live; None without any.
        by_one: of the artefacts, those whose only approval was by their own author.
    """

    releases: int
    rolled_back: int
    artefacts: int
    median_s: float | None
    slowest_s: float | None
    by_one: int


class EffectReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything before and after.

    Attributes:
        compared: what was compared with what, and what that can and cannot show.
    """

    then: Side
    now: Side
    compared: Words
    metrics: tuple[MetricEffect, ...]
    launches_then: LaunchTimes | None
    launches_now: LaunchTimes | None
