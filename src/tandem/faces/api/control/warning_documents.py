"""Warnings as documents, and the rolls that a report holds them against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tandem.act.warning import (
    SEVERITIES,
    Acted,
    Dismissed,
    EarlyWarning,
    Escalated,
    Happened,
    Labelled,
    Left,
    Pursued,
    Raised,
    Roll,
    Row,
    Settled,
    Share,
    Taken,
    WarningDesk,
    WarningRules,
    Warnings,
    Worsened,
    report_of,
)
from tandem.faces.api.measuring import Measures, Moment
from tandem.faces.api.shapes.warnings import (
    WarningDetail,
    WarningHappened,
    WarningPage,
    WarningReport,
    WarningReportRow,
    WarningShare,
    WarningShown,
    WarningSignal,
    WarningWeek,
)
from tandem.kernel.expressions import Dialect, to_sql
from tandem.kernel.identity import EventTypeName, Pseudonym
from tandem.kernel.time import Micros, format_instant
from tandem.observe.lake import Lake

__all__ = ["warning_detail", "warning_page", "warning_report"]

_WAITING = frozenset({"open", "taken"})


def warning_page(
    desk: WarningDesk, *, state: str, severity: str | None, owner: str | None, after: int, limit: int
) -> WarningPage:
    """The warnings that fit, the most severe first, of those the one that is due first."""
    rules = desk.rules

    def see(warnings: Warnings, now: Micros) -> WarningPage:
        every = list(warnings)
        fits = [
            one
            for one in every
            if (state in {"all", one.state} or (state == "waiting" and one.waits))
            and (severity is None or one.severity == severity)
            and (owner is None or one.owner == owner)
        ]
        fits.sort(
            key=lambda one: (one.state not in _WAITING, -SEVERITIES.index(one.severity), one.due_at, one.warning_id)
        )
        return WarningPage(
            warnings=[_shown(one, rules, now) for one in fits[after : after + limit]],
            total=len(fits),
            waiting=sum(one.waits for one in every),
            next_after=after + limit if after + limit < len(fits) else None,
            rules=len(rules.warnings),
            owners=sorted({one.owner for one in every}),
        )

    return desk.look(see)


def warning_detail(desk: WarningDesk, warning: EarlyWarning) -> WarningDetail:
    """All there is to see of one warning."""
    texts = desk.texts(warning)
    return WarningDetail(
        warning=_shown(warning, desk.rules, desk.now()),
        decision_id=warning.said.decision_id,
        latest_decision_id=warning.latest.decision_id,
        policy=warning.latest.policy,
        event_type=warning.said.event_type,
        event_id=warning.said.event_id,
        subject=warning.subject,
        pursued=dict(warning.pursued),
        left=dict(warning.left),
        rolled_at=None if warning.rolled_at is None else format_instant(warning.rolled_at),
        history=[_happened(one, texts.get(one.seq)) for one in warning.history],
    )


def warning_report(desk: WarningDesk, measures: Measures | None) -> WarningReport:
    """What warnings were worth; without a lake, less what was missed."""
    rolls, as_of = (None, None) if measures is None else measures.together(lambda moment: _rolled(moment, desk.rules))
    made = desk.look(lambda warnings, now: report_of(warnings, now, rolls))
    recalls = dict(made.recall_by_month)
    months = {one.name: one for one in made.by_month}
    names = sorted({*months, *recalls})
    empty = report_of((), desk.now()).all
    return WarningReport(
        all=_row(made.all, made.recall),
        by_month=[_row(months.get(name) or _named(empty, name), recalls.get(name)) for name in names],
        by_severity=[_row(one) for one in made.by_severity],
        by_rule=[_row(one) for one in made.by_rule],
        lead=[WarningWeek(weeks=weeks, warnings=count) for weeks, count in made.lead],
        recall=_share(made.recall),
        as_of=None if as_of is None else format_instant(as_of),
    )


def _rolled(moment: Moment, rules: WarningRules) -> tuple[list[Roll], Micros]:
    """Every first roll that the lake knows: an event that tells of it, right behind one that was performing."""
    return moment.once("warning rolls", lambda: list(_rolls(moment, rules))), moment.as_of


def _rolls(moment: Moment, rules: WarningRules) -> Iterator[Roll]:
    kinds = {one.about for one in rules.warnings}
    for one in rules.follow:
        if one.rolled is None or one.performing is None:
            continue
        event_type = moment.live.reader.event_types[EventTypeName(one.event)]
        table = _table(moment.lake, one.event)
        for field in event_type.fields:
            if field.entity not in kinds or table is None:
                continue
            # names come from the event type, conditions from typed trees: no text of a user's reaches SQL
            found = moment.lake.sql(
                f'SELECT entity, epoch_us(occurred_at) AS rolled_at FROM (SELECT "{field.name}" AS entity, occurred_at,'  # noqa: S608
                f" ({to_sql(one.rolled, Dialect.DUCKDB)}) IS TRUE AS rolled,"
                f" lag(({to_sql(one.performing, Dialect.DUCKDB)}) IS TRUE)"
                f' OVER (PARTITION BY "{field.name}" ORDER BY occurred_at, seq) AS performed FROM "{table}"'
                f' WHERE "{field.name}" IS NOT NULL) WHERE rolled AND performed ORDER BY rolled_at, entity',
                personal=True,
            )
            for entity, at in zip(
                found.column("entity").to_pylist(), found.column("rolled_at").to_pylist(), strict=True
            ):
                yield Roll(str(field.entity), Pseudonym(entity), Micros(at))


def _table(lake: Lake, event: str) -> str | None:
    known = lake.tables(personal=True)
    return next((name for name in (f"{event}_full", event) if name in known), None)


def _shown(one: EarlyWarning, rules: WarningRules, now: Micros) -> WarningShown:
    rule = rules.named(one.rule)
    return WarningShown(
        warning_id=one.warning_id,
        rule=one.rule,
        title_en=one.rule if rule is None else rule.title.en,
        title_zh=one.rule if rule is None else rule.title.zh,
        entity_kind=one.entity_kind,
        entity=one.entity,
        severity=one.severity,
        owner=one.owner,
        action=one.action,
        state=one.state,
        assignee=one.assignee,
        escalated=one.escalated,
        dismissed=one.dismissed,
        due_at=format_instant(one.due_at),
        overdue=one.waits and one.due_at < now,
        raised_at=format_instant(one.raised_at),
        warned_at=format_instant(one.said.occurred_at),
        ends_at=format_instant(one.ends_at),
        signals=[
            WarningSignal(code=signal.code, en=signal.en or signal.code, zh=signal.zh or signal.code)
            for signal in one.latest.signals
        ],
        probability=one.latest.probability,
        flags=list(one.flags),
        grades=list(one.latest.grades),
        outcome=one.outcome,
        lead_days=one.lead_days,
    )


def _happened(one: Happened, text: str | None) -> WarningHappened:
    change = one.change
    told: dict[str, Any] = dict.fromkeys(("severity", "to", "action", "outcome", "ref", "why"))
    what = type(change).__name__.lower()
    match change:
        case Raised() | Worsened():
            told |= {"severity": change.severity, "action": change.action, "ref": change.said.decision_id}
        case Taken():
            told["to"] = change.to
            what = "returned" if change.to is None else "taken"
        case Escalated():
            told |= {"severity": change.severity, "to": change.owner}
        case Pursued():
            told |= {"action": change.action, "ref": change.ref}
        case Left():
            told |= {"action": change.action, "why": change.why}
        case Acted():
            told["action"] = change.action
        case Settled():
            told |= {"outcome": change.outcome, "ref": change.event_id}
        case Labelled():
            told["ref"] = change.event_id
        case Dismissed():
            pass
    document = {"what": what, "at": format_instant(one.at), "by": change.by, "text": text, **told}
    return msgspec.convert(document, WarningHappened)


def _named(row: Row, name: str) -> Row:
    return Row(
        name, row.raised, row.open, row.acted, row.dismissed, row.precision, row.dismissed_came_true, row.lead_days
    )


def _row(row: Row, recall: Share | None = None) -> WarningReportRow:
    return WarningReportRow(
        name=row.name,
        raised=row.raised,
        open=row.open,
        acted=row.acted,
        dismissed=row.dismissed,
        precision=WarningShare(**_fields(row.precision)),
        dismissed_came_true=row.dismissed_came_true,
        lead_days=row.lead_days,
        recall=_share(recall),
    )


def _share(share: Share | None) -> WarningShare | None:
    return None if share is None else WarningShare(**_fields(share))


def _fields(share: Share) -> dict[str, Any]:
    return {name: getattr(share, name) for name in ("hits", "of", "value", "low", "high")}
