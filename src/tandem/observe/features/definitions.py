"""The nouns of the room: a feature set declares what is aggregated, over which events, for which entity.

These are the *normal* forms: shorthand (window variants, names of other features as operands, ``share`` and ``trend``)
is already expanded by ``tandem.observe.features.reading``. Everything here is frozen and has one canonical encoding,
so a digest over it means something.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import DAY, HOUR, MINUTE, SECOND

__all__ = [
    "DEFAULT_CAP",
    "DEFAULT_LATENESS",
    "MAX_WINDOW",
    "MIN_WINDOW",
    "Aggregate",
    "Base",
    "BaseKind",
    "Feature",
    "FeatureSet",
    "Texts",
    "window_text",
]

MIN_WINDOW = MINUTE
MAX_WINDOW = 365 * DAY
DEFAULT_LATENESS = DAY
DEFAULT_CAP = 4096

Texts: TypeAlias = dict[str, str]
"""Language code (``en``, ``zh``) to text."""


class Aggregate(StrEnum):
    """What a feature computes; from ``ratio`` on, all but ``repeats`` are made of the others."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    STD = "std"
    DISTINCT = "distinct"
    FIRST = "first"
    LAST = "last"
    TIME_SINCE = "time_since"
    RATIO = "ratio"
    TREND = "trend"
    SHARE = "share"
    ZSCORE = "zscore"
    REPEATS = "repeats"
    NOVELTY = "novelty"
    PROFILE_DISTANCE = "profile_distance"
    DISTANCE = "distance"
    SPEED = "speed"
    WITHOUT = "without"


class BaseKind(StrEnum):
    """An aggregate the kernel computes itself.

    ``current`` (the event's own value) and ``elapsed`` (microseconds since the last event) are parts of others only.
    """

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    STD = "std"
    DISTINCT = "distinct"
    FIRST = "first"
    LAST = "last"
    TIME_SINCE = "time_since"
    CURRENT = "current"
    ELAPSED = "elapsed"
    REPEATS = "repeats"


class Base(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One aggregate over one window: the only thing the kernel knows.

    Attributes:
        kind: the aggregate.
        field: the field it aggregates; None for count and time since.
        events: the event types it looks at, a part of the set's.
        where: SQL filter over the event's own fields (``occurred_at`` included); a row counts where it is TRUE.
        window: length in microseconds; None is lifetime.
        hop: None is exact; otherwise the window's far edge is moved out to a multiple of ``hop`` since the epoch.
        include_self: whether the event being decided is seen.
        cap: distinct only: a result of ``cap`` means "``cap`` or more".
    """

    kind: BaseKind
    events: tuple[EventTypeName, ...]
    field: str | None = None
    where: str | None = None
    window: int | None = None
    hop: int | None = None
    include_self: bool = True
    cap: int = DEFAULT_CAP


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A named value as of a moment.

    Attributes:
        name: lower_snake, unique in the plan.
        aggregate: how it was declared.
        operands: the base itself; (part, whole) of a ratio or share; (recent, baseline) of a trend;
            (current, mean, std) of a z-score; (with, without the event itself) of a novelty; (repeats, count) of a
            profile distance; (latitude, the one before, longitude, the one before) of a distance, and elapsed of a
            speed; (since the one, since the other, count of the one) of a without.
        factor: what a ratio is multiplied by: baseline over recent length for the trend of a count or sum, the
            cap of a novelty, else 1.
        template: name as written, before window variants were expanded: one *definition*.
        description, reason: text by language; the reason is safe to show a customer.
    """

    name: str
    aggregate: Aggregate
    operands: tuple[Base, ...]
    factor: float = 1.0
    template: str = ""
    description: Texts = {}
    reason: Texts = {}


class FeatureSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Features of one kind of entity, or of a pair.

    Attributes:
        name: lower_snake.
        entity: one or two entity kinds.
        events: the event types that are counted. Any event that names the entity may *read* the features.
        keys: for an event type with two fields of one kind, the entity fields to use, in the order of ``entity``.
        lateness: how far behind its key's newest event an event may be, in microseconds, and still get an answer.
        features: in declared order.
        description: text by language.
    """

    name: str
    entity: tuple[EntityKind, ...]
    events: tuple[EventTypeName, ...]
    features: tuple[Feature, ...]
    keys: dict[EventTypeName, tuple[str, ...]] = {}
    lateness: int = DEFAULT_LATENESS
    description: Texts = {}


def window_text(window: int | None) -> str:
    """``1h``, ``30d`` or ``lifetime``: the shortest whole form of a length in microseconds."""
    if window is None:
        return "lifetime"
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")):
        if window % size == 0:
            return f"{window // size}{unit}"
    return f"{window}us"
