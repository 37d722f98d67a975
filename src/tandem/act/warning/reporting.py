"""What warnings were worth: how many came true, how long before, and, where the rolls are known, how many were foreseen. Pure.

Precision is of warnings whose time is over: those that came true among all that are settled. One that came true early waits for
the others of its time, or whoever is quick would make a house look better than it is. Recall is of rolls: those that a warning
stood before, within its horizon. Both with an interval (Wilson 1927), for months with few warnings say little.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from tandem.act.warning.folding import EarlyWarning
from tandem.act.warning.rules import SEVERITIES
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Report", "Roll", "Row", "Share", "report_of"]

_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``of``, with its 95 % interval; all None where there is nothing to divide by."""

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Roll:
    """Something that was performing rolled at that instant."""

    entity_kind: str
    entity: Pseudonym
    at: Micros


@dataclass(frozen=True, slots=True)
class Row:
    """A group of warnings.

    Attributes:
        name: the month (of the warned events), the severity or the rule; ``all``.
        raised, open: in all, and those whose time is not over.
        acted, dismissed: by people, settled or not.
        precision: came true among those whose time is over; ``dismissed_came_true``: somebody had dismissed them.
        lead_days: median days from warning to roll, of those that came true.
    """

    name: str
    raised: int
    open: int
    acted: int
    dismissed: int
    precision: Share
    dismissed_came_true: int
    lead_days: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole.

    Attributes:
        lead: whole weeks before the roll to the number of warnings that came true so early.
        recall: rolls that were foreseen, in all and by month of the roll; None where rolls are not known.
    """

    all: Row
    by_month: tuple[Row, ...]
    by_severity: tuple[Row, ...]
    by_rule: tuple[Row, ...]
    lead: tuple[tuple[int, int], ...]
    recall: Share | None
    recall_by_month: tuple[tuple[str, Share], ...]


def report_of(warnings: Iterable[EarlyWarning], now: Micros, rolls: Sequence[Roll] | None = None) -> Report:
    """What ``warnings`` came to.

    Args:
        now: what ends later than this is not over, though it may have come true.
        rolls: every first roll that happened, warned of or not; None where that is not known.
    """
    every = list(warnings)
    months: dict[str, list[EarlyWarning]] = defaultdict(list)
    severities: dict[str, list[EarlyWarning]] = defaultdict(list)
    rules: dict[str, list[EarlyWarning]] = defaultdict(list)
    for one in every:
        months[_month(one.said.occurred_at)].append(one)
        severities[one.severity].append(one)
        rules[one.rule].append(one)
    weeks = Counter(one.lead_days // 7 for one in every if one.lead_days is not None)
    foreseen = None if rolls is None else [(_month(roll.at), hit) for roll, hit in _foreseen(every, rolls)]
    by_month: dict[str, list[bool]] = defaultdict(list)
    for month, hit in foreseen or ():
        by_month[month].append(hit)
    return Report(
        all=_row("all", every, now),
        by_month=tuple(_row(name, months[name], now) for name in sorted(months)),
        by_severity=tuple(_row(name, severities[name], now) for name in reversed(SEVERITIES) if name in severities),
        by_rule=tuple(_row(name, rules[name], now) for name in sorted(rules)),
        lead=tuple(sorted(weeks.items())),
        recall=None if foreseen is None else _share(sum(hit for _, hit in foreseen), len(foreseen)),
        recall_by_month=tuple((name, _share(sum(hits), len(hits))) for name, hits in sorted(by_month.items())),
    )


def _foreseen(warnings: list[EarlyWarning], rolls: Sequence[Roll]) -> Iterable[tuple[Roll, bool]]:
    about: dict[tuple[str, Pseudonym], list[EarlyWarning]] = defaultdict(list)
    for one in warnings:
        about[one.entity_kind, one.entity].append(one)
    for roll in rolls:
        stood = about.get((roll.entity_kind, roll.entity), ())
        yield roll, any(one.said.occurred_at < roll.at <= one.ends_at for one in stood)


def _row(name: str, warnings: list[EarlyWarning], now: Micros) -> Row:
    settled = [one for one in warnings if one.outcome is not None and one.ends_at <= now]
    true = [one for one in settled if one.outcome == "came_true"]
    leads = [one.lead_days for one in true if one.lead_days is not None]
    return Row(
        name=name,
        raised=len(warnings),
        open=len(warnings) - len(settled),
        acted=sum(one.acted for one in warnings),
        dismissed=sum(one.dismissed for one in warnings),
        precision=_share(len(true), len(settled)),
        dismissed_came_true=sum(one.dismissed for one in true),
        lead_days=float(median(leads)) if leads else None,
    )


def _share(hits: int, of: int) -> Share:
    if of == 0:
        return Share(0, 0, None, None, None)
    p, z2 = hits / of, _Z95**2
    middle, half = p + z2 / (2 * of), _Z95 * sqrt(p * (1 - p) / of + z2 / (4 * of * of))
    scale = 1 + z2 / of
    return Share(hits, of, p, max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def _month(at: Micros) -> str:
    return dt.datetime.fromtimestamp(at / 1_000_000, tz=dt.UTC).strftime("%Y-%m")
