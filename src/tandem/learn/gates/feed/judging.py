"""A day of rows before the gates, causes before consequences."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import Micros
from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.feed.drift import judge_drift
from tandem.learn.gates.feed.identity import judge_identity
from tandem.learn.gates.feed.measuring import measure_day
from tandem.learn.gates.feed.outcomes import judge_labels, judge_revisions
from tandem.learn.gates.feed.profiles import FeedProfile
from tandem.learn.gates.feed.schema import judge_schema
from tandem.learn.gates.feed.timing import judge_timing, judge_volume
from tandem.learn.gates.feed.units import judge_currency, judge_units
from tandem.learn.gates.feed.values import judge_values
from tandem.learn.gates.limits import FeedLimits
from tandem.learn.gates.reports import GateFinding, GateReport, GateSeverity, report_of

__all__ = ["judge_feed"]


def judge_feed(
    profile: FeedProfile,
    table: pa.Table,
    *,
    at: Micros,
    limits: FeedLimits | None = None,
    earlier: pa.Table | None = None,
) -> GateReport:
    """Whether the rows of a day may be learned from.

    Args:
        profile: of accepted days.
        table: the day's rows; the label is null where it is not yet known.
        at: the moment of judging, usually the end of the day (UTC).
        limits: what is asked; the defaults when absent.
        earlier: keys and labels that were known before, to see which labels were changed.
    """
    asked = limits or FeedLimits()
    if not table.num_rows:
        nothing = GateFinding(
            gate="volume",
            code="no_rows",
            severity=GateSeverity.HARD,
            en="The day has no rows.",
            zh="该日没有数据。",
            value=0.0,
            limit=1.0,
            n=0,
        )
        return report_of([nothing])
    findings = list(judge_schema(profile, table))
    try:
        record = measure_day(table, profile.layout, profile.rulers, at=Micros(at + asked.skew))
    except InvalidInput as error:
        return report_of([*findings, _unreadable(error, table.num_rows)])
    day = DayInQuestion(profile, record, table, at, asked, _broken(findings))
    findings += judge_identity(day)
    if any(one.code == "day_fed_twice" for one in findings):
        return report_of(findings)
    findings += [*judge_timing(day), *judge_volume(day), *judge_currency(day)]
    for gate in (judge_units, judge_values):
        found = list(gate(day))
        findings += found
        day = replace(day, blamed=day.blamed | _broken(found))
    findings += judge_labels(day)
    if earlier is not None:
        findings += judge_revisions(day, earlier)
    findings += judge_drift(day)
    return report_of(findings)


def _unreadable(error: InvalidInput, rows: int) -> GateFinding:
    return GateFinding(
        gate="schema",
        code="unreadable",
        severity=GateSeverity.HARD,
        column=error.field,
        en=f"{error.field} cannot be read: {error.detail}",
        zh=f"{error.field} 无法读取：{error.detail}",
        n=rows,
    )


def _broken(findings: list[GateFinding]) -> frozenset[str]:
    hard = (one for one in findings if one.severity is GateSeverity.HARD)
    return frozenset(one.column for one in hard if one.column is not None)
