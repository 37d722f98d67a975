"""A disposition as an event: what an analyst found becomes what models and metrics learn from.

The event's id is made of the case, the round and the decision, so recording it again, after a crash at any point, is
the same event again and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tandem.act.cases.changes import Evidence
from tandem.act.cases.folding import Case
from tandem.act.cases.rules import LabelRule
from tandem.kernel.time import format_instant
from tandem.observe.events import EventType

__all__ = ["label_document", "label_id"]


def label_id(case: Case, evidence: Evidence) -> str:
    """The id of the event that labels ``evidence`` after the present resolution of ``case``."""
    return f"label.{case.case_id}.{case.standing.round}.{evidence.decision_id}"


def label_document(
    case: Case, evidence: Evidence, rule: LabelRule, target: EventType, decided: EventType, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The event document that labels ``evidence``.

    Args:
        target, decided: types of the label and of the decided event.
        values: of the decided event as its sender sent them: real identifiers, not pseudonyms.
    """
    standing = case.standing
    assert standing.resolved_at is not None, "only what is over is labelled"
    sources = {
        "event_id": evidence.event_id,
        "decision_id": evidence.decision_id,
        "case_id": case.case_id,
        "queue": standing.queue,
        "disposition": standing.disposition,
        "adverse": standing.adverse,
    }
    types = {field.name: field.type for field in decided.fields}
    told = {
        field.name: values[field.name]
        for field in target.sent
        if field.name in values and types.get(field.name) is field.type
    }
    told.update({field: sources[source] for field, source in rule.fields.items()})
    document: dict[str, Any] = {
        "event_id": label_id(case, evidence),
        "event_type": target.name,
        "occurred_at": format_instant(standing.resolved_at),
        "values": told,
    }
    corrects = case.labels.get(evidence.decision_id)
    if corrects is not None:
        document["supersedes"] = corrects
    return document
