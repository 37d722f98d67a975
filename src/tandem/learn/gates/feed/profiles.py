"""What a good day of rows looks like, learned from days that were accepted."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest
from tandem.learn.gates.feed.labelling import read_labels, strongest
from tandem.learn.gates.feed.layouts import FeedLayout
from tandem.learn.gates.feed.measuring import measure_day, measured_columns
from tandem.learn.gates.feed.records import DayRecord
from tandem.learn.gates.feed.rulers import ColumnRuler, cut_ruler, place_on
from tandem.learn.training import FloatArray

__all__ = ["DAYS_KEPT", "FeedProfile", "extend_profile", "profile_feed"]

DAYS_KEPT = 60
"""Accepted days that a profile remembers."""


class FeedProfile(msgspec.Struct, frozen=True, kw_only=True):
    """Rulers cut once, and what the last accepted days measured on them. Plain data; it holds no row and no key.

    Attributes:
        layout: the parts columns play.
        rulers: one per measured column, in the order of the feed.
        days: oldest first, at most ``DAYS_KEPT``.
    """

    layout: FeedLayout
    rulers: tuple[ColumnRuler, ...]
    days: tuple[DayRecord, ...]

    @property
    def digest(self) -> Digest:
        """Over everything in it."""
        return digest_of(self)

    def ruler(self, name: str) -> ColumnRuler:
        """The ruler of the column ``name``."""
        return next(one for one in self.rulers if one.name == name)

    def counts(self, name: str) -> FloatArray:
        """Rows per bin of a column over all days."""
        found = [day.columns[name].counts for day in self.days if name in day.columns]
        return np.asarray(found, dtype=np.float64)


def profile_feed(days: Sequence[pa.Table], layout: FeedLayout) -> FeedProfile:
    """The profile of accepted ``days``, oldest first.

    Raises:
        InvalidInput: no day, a day without rows, or a column of the layout that a day lacks.
    """
    if not days or any(day.num_rows == 0 for day in days):
        raise InvalidInput("A profile is made of days with rows.", code="no_days", field="days", value=len(days))
    names = [name for name in measured_columns(days[0], layout) if all(name in day.column_names for day in days)]
    absent = [name for name in layout.named if any(name not in day.column_names for day in days)]
    if absent:
        raise InvalidInput(
            "A day lacks a column that the layout names.",
            code="unknown_column",
            field="layout",
            value=absent[0],
            hint="columns: " + ", ".join(days[0].column_names[:12]),
        )
    rulers = tuple(cut_ruler(name, days, _unit(name, days[0], layout)) for name in names)
    # Weights are judged on days that did not teach them: each half of the days by the weights of the other.
    halves = _weighed(rulers, days[1::2] or days, layout), _weighed(rulers, days[::2], layout)
    records = [measure_day(day, layout, halves[place % 2]) for place, day in enumerate(days)]
    return FeedProfile(layout=layout, rulers=_weighed(rulers, days, layout), days=tuple(records[-DAYS_KEPT:]))


def extend_profile(profile: FeedProfile, day: pa.Table) -> FeedProfile:
    """``profile`` with one more accepted day; the oldest is forgotten beyond ``DAYS_KEPT``."""
    record = measure_day(day, profile.layout, profile.rulers)
    return msgspec.structs.replace(profile, days=(*profile.days, record)[-DAYS_KEPT:])


def _unit(name: str, day: pa.Table, layout: FeedLayout) -> str | None:
    carried = (day.schema.field(name).metadata or {}).get(b"unit")
    return carried.decode() if carried is not None else layout.units.get(name)


def _weighed(rulers: tuple[ColumnRuler, ...], days: Sequence[pa.Table], layout: FeedLayout) -> tuple[ColumnRuler, ...]:
    """``rulers``, the strongest of them with the weights that the labels of ``days`` teach."""
    read = [(day, labels) for day in days if (labels := read_labels(day, layout)) is not None and labels.known]
    if not read:
        return rulers
    bad = np.concatenate([labels.bad for _, labels in read])
    if min(bad.sum(), bad.size - bad.sum()) < 100:
        return rulers
    columns = (
        (one.name, np.concatenate([place_on(one, day.column(one.name))[labels.rows] for day, labels in read]), one.bins)
        for one in rulers
        if one.kind in {"numeric", "categorical"} and one.name not in {*layout.key, layout.currency}
    )
    kept = {name: tuple(float(one) for one in found) for name, found in strongest(columns, bad).items()}
    return tuple(msgspec.structs.replace(one, weights=kept.get(one.name, ())) for one in rulers)
