"""The gate on a day's rows: what was decided, and what was told, each held against what good days have looked like.

Both matter apart. A broken unit shows on the traffic of the same night; a flipped or missing label only where outcomes arrive,
days later. What is refused is set aside for good, so that rows refused today do not teach when they are mature; what has
drifted is noted, and by itself promotes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, Micros
from tandem.learn.gates import (
    FeedLayout,
    FeedLimits,
    FeedProfile,
    GateReport,
    extend_profile,
    judge_feed,
    profile_feed,
)
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.feeds import DAY_COLUMN, day_shifted, midnight
from tandem.learn.iteration.states import StepRecord, Verdict

__all__ = ["finding_facts", "gate"]

_PROFILE = msgspec.json.Decoder(FeedProfile)
_SHOWN = 8
"""Findings that a record carries; the report among the objects has all."""


def gate(work: DayWork) -> StepRecord:
    """Judge the day's rows; what is refused goes into quarantine, what is accepted refines the profile."""
    if work.stopped:
        return StepRecord(step="gate", verdict="skipped", facts={"codes": ["nothing_came"]})
    parts = {"decided": work.rows.traffic, "told": work.rows.told}
    profiles = {kind: _with_accepted(work, _profile(work, kind), kind) for kind in parts}
    reports: dict[str, GateReport] = {}
    for kind, table in parts.items():
        profile = profiles[kind]
        if profile is not None and table.num_rows:
            reports[kind] = judge_feed(profile, _plain(work, table, kind), at=_end(work), limits=_limits(work, kind))
    quarantine = [kind for kind, one in reports.items() if not one.passed]
    verdict: Verdict = (
        "refused" if quarantine else "noted" if any(one.warnings for one in reports.values()) else "passed"
    )
    kept = {
        kind: work.setting.store.keep(canonical_bytes(_extended(work, profile, parts[kind], kind, reports.get(kind))))
        for kind, profile in profiles.items()
        if profile is not None
    }
    return StepRecord(
        step="gate",
        verdict=verdict,
        inputs={"rows": work.records["take"].outputs["rows"], **_named(work.state.profiles, "profile")},
        outputs={"report": work.setting.store.keep(canonical_bytes(reports)), **_named(kept, "profile")},
        facts={
            "quarantine": quarantine,
            "codes": sorted({code for one in reports.values() for code in one.codes}),
            "findings": [
                {"of": kind, **finding_facts(one)}
                for kind, report in reports.items()
                for one in (*report.hard, *report.warnings)[:_SHOWN]
            ],
            "judged": sorted(reports),
        },
    )


def finding_facts(finding: Any) -> dict[str, Any]:
    """A gate's finding as a record carries it."""
    plain = msgspec.to_builtins(finding)
    for name in ("value", "limit"):
        if plain[name] is not None:
            plain[name] = float(f"{plain[name]:.6g}")
    return {name: value for name, value in plain.items() if value is not None}


def _profile(work: DayWork, kind: str) -> FeedProfile | None:
    """What good days look like: kept from the day before, or made of the mature days when there is none yet."""
    kept = work.state.profiles.get(kind)
    if kept is not None:
        return _PROFILE.decode(work.setting.store.read(kept))
    newest = day_shifted(work.day, -work.plan.window.mature_days)
    days = [one for one in sorted(set(work.rows.mature.column(DAY_COLUMN).to_pylist())) if one < newest]
    tables = [_plain(work, work.between(work.rows.mature, (one, one)), kind) for one in days]
    return profile_feed(tables, _layout(work, kind)) if tables else None


def _with_accepted(work: DayWork, profile: FeedProfile | None, kind: str) -> FeedProfile | None:
    """The profile with the days that a person accepted after all, so that the next day like them passes."""
    for one in work.records["take"].facts["lifted"]:
        if profile is not None and one["of"] == kind:
            rows = work.setting.feed.take(work.plan, one["day"], ())
            profile = extend_profile(profile, _plain(work, rows.traffic if kind == "decided" else rows.told, kind))
    return profile


def _extended(
    work: DayWork, profile: FeedProfile, table: pa.Table, kind: str, report: GateReport | None
) -> FeedProfile:
    if report is None or not report.passed:
        return profile
    return extend_profile(profile, _plain(work, table, kind))


def _plain(work: DayWork, table: pa.Table, kind: str) -> pa.Table:
    """The columns that are judged: the row's name, its time, the inputs, and of told rows the outcome."""
    feed = work.setting.feed
    names = [feed.key, feed.time, *work.inputs(table.column_names)]
    if kind == "told":
        names.append(work.plan.target)
    found = table.select(names)
    if kind == "told":
        place = found.column_names.index(work.plan.target)
        found = found.set_column(place, work.plan.target, pc.cast(found.column(work.plan.target), pa.string()))
    return found


def _layout(work: DayWork, kind: str) -> FeedLayout:
    feed = work.setting.feed
    label = work.plan.target if kind == "told" else None
    return FeedLayout(key=(feed.key,), time=feed.time, label=label, adverse="true")


def _limits(work: DayWork, kind: str) -> FeedLimits:
    """The plan's limits; rows that are told are as old as outcomes need to be."""
    limits = work.plan.gates.feed
    if kind != "told":
        return limits
    return msgspec.structs.replace(limits, age_most=Micros(limits.age_most + work.plan.window.mature_days * DAY))


def _end(work: DayWork) -> Micros:
    return midnight(day_shifted(work.day, 1), ZoneInfo(work.plan.schedule.time_zone))


def _named(digests: Mapping[str, Digest], suffix: str) -> dict[str, str]:
    return {f"{kind}_{suffix}": digest for kind, digest in digests.items()}
