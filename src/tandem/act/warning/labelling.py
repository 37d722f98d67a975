"""How a warning ended as an event: what came true becomes what models and metrics learn from. Pure.

The event's id is made of the warning and the round, so recording it again, after a crash at any point, is the same event again
and changes nothing; a correction supersedes what was recorded before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tandem.act.warning.folding import EarlyWarning
from tandem.act.warning.rules import LabelRule
from tandem.kernel.time import format_instant
from tandem.observe.events import EventType

__all__ = ["label_document"]


def label_document(
    warning: EarlyWarning, rule: LabelRule, target: EventType, decided: EventType, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The event document that labels the decision ``warning`` was raised on.

    Args:
        target, decided: types of the label and of the warned event.
        values: of the warned event as its sender sent them: real identifiers, not pseudonyms.
    """
    assert warning.outcome is not None, "only what is settled is labelled"
    at = warning.known_at if warning.known_at is not None else warning.ends_at
    sources = {
        "warning_id": warning.warning_id,
        "event_id": warning.said.event_id,
        "decision_id": warning.said.decision_id,
        "rule": warning.rule,
        "severity": warning.severity,
        "outcome": warning.outcome,
        "came_true": warning.outcome == "came_true",
        "dismissed": warning.dismissed,
        "lead_days": warning.lead_days,
    }
    types = {field.name: field.type for field in decided.fields}
    told = {
        field.name: values[field.name]
        for field in target.sent
        if field.name in values and types.get(field.name) is field.type
    }
    told.update({field: sources[source] for field, source in rule.fields.items() if sources[source] is not None})
    document: dict[str, Any] = {
        "event_id": f"label.{warning.warning_id}.{warning.round}",
        "event_type": target.name,
        "occurred_at": format_instant(at),
        "values": told,
    }
    if warning.label is not None:
        document["supersedes"] = warning.label
    return document
