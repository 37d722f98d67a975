"""Watching a model: its figures over all decisions and by group, and an alert with an owner for each that is beyond its limit."""

from __future__ import annotations

import msgspec

from tandem.learn.monitoring.figures import Figure, MonitorLimits, figures_of
from tandem.learn.monitoring.rows import WatchedRows, groups_of, reference_rows

__all__ = ["Alert", "GroupFigures", "Watch", "watch"]


class GroupFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One group of decisions.

    Attributes:
        by, value: such as ``month`` and ``2026-11``; ``all`` and empty for everything after the reference.
        rows: decisions in it; ``outcomes``, of which have a mature label.
        reference: the group is older than what the rest is compared with.
    """

    by: str
    value: str
    rows: int
    outcomes: int
    reference: bool
    figures: tuple[Figure, ...]


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A figure beyond its limit, and who looks into it."""

    figure: str
    by: str
    value: str
    owner: str
    found: float
    limit: float
    n: int
    en: str
    zh: str


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of a model.

    Attributes:
        model: its name.
        owner: who made the live version.
        rows, reference_rows: decisions that are judged, and the older ones they are compared with.
        groups: all first.
        alerts: in the order of the groups.
    """

    model: str
    owner: str
    rows: int
    reference_rows: int
    groups: tuple[GroupFigures, ...]
    alerts: tuple[Alert, ...]


def watch(
    rows: WatchedRows, *, model: str, owner: str, by: str | None = None, limits: MonitorLimits | None = None
) -> Watch:
    """The figures of ``rows``, the oldest third of which is what the rest is compared with.

    Args:
        by: ``month``, ``release`` or a segment field; a segment is compared with its own older rows.
    """
    asked = limits or MonitorLimits()
    earlier = reference_rows(rows)
    reference, judged = rows.take(earlier), rows.take(~earlier)
    groups = [_group("all", "", judged, reference, asked, old=False)]
    if by is not None:
        own = by not in {"month", "release"}
        within = judged if own else rows
        for value, chosen in groups_of(within, by).items():
            compared = reference.take(groups_of(reference, by).get(value, earlier[:0])) if own else reference
            old = not own and bool(earlier[chosen].all())
            groups.append(_group(by, value, within.take(chosen), compared, asked, old=old))
    alerts = [
        _alert(one, group, owner) for group in groups if not group.reference for one in group.figures if one.beyond
    ]
    return Watch(
        model=model,
        owner=owner,
        rows=judged.rows,
        reference_rows=reference.rows,
        groups=tuple(groups),
        alerts=tuple(alerts),
    )


def _group(
    by: str, value: str, rows: WatchedRows, reference: WatchedRows, limits: MonitorLimits, *, old: bool
) -> GroupFigures:
    known = int((rows.bad == rows.bad).sum())
    return GroupFigures(
        by=by,
        value=value,
        rows=rows.rows,
        outcomes=known,
        reference=old,
        figures=figures_of(rows, reference, limits),
    )


def _alert(one: Figure, group: GroupFigures, owner: str) -> Alert:
    limit = one.limit if one.limit is not None else 0.0
    place = f"{group.by} {group.value}".strip()
    return Alert(
        figure=one.name,
        by=group.by,
        value=group.value,
        owner=owner,
        found=one.value,
        limit=limit,
        n=one.n,
        en=f"{one.name} of {place} is {one.value:.4g}, beyond {limit:.4g} ({one.n:,} rows).",
        zh=f"{place} 的 {one.name} 为 {one.value:.4g}，超出 {limit:.4g}（{one.n:,} 行）。",
    )
