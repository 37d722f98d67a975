"""Card accounts by months: statements that say what will come (``risk``, percent) and what has come (``months_overdue``)."""

from __future__ import annotations

from typing import Any

from small_workspace import START

from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, Micros, format_instant

_WHO = [
    {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
    {"name": "account", "type": "text", "required": True, "entity": "account", "data_class": "C2"},
]
STATEMENT = Artefact.of(
    "event_type",
    "statement",
    {
        "subject": "person",
        "fields": [
            *_WHO,
            {"name": "months_overdue", "type": "integer", "required": True, "data_class": "C2"},
            {"name": "risk", "type": "integer", "data_class": "C2"},
        ],
    },
)
ENDED = Artefact.of(
    "event_type",
    "warning_outcome",
    {
        "subject": "person",
        "fields": [
            *_WHO,
            {"name": "event", "type": "text", "required": True},
            {"name": "came_true", "type": "boolean", "required": True},
            {"name": "dismissed", "type": "boolean", "required": True},
            {"name": "lead_days", "type": "integer"},
        ],
    },
)
_SAID = {"en": "The account may fall behind", "zh-CN": "账户可能逾期"}
REASONS = Artefact.of(
    "reasons",
    "words",
    {"reasons": {one: {"customer": _SAID, "internal": _SAID} for one in ("LIKELY", "CERTAIN", "INFORMATION_MISSING")}},
)
POLICY = Artefact.of(
    "policy",
    "statement",
    {
        "event": "statement",
        "when_missing": "review",
        "flow": [
            {"rules": "risk", "all": [
                {"rule": "certain", "when": "risk >= 50", "then": "review", "reason": "CERTAIN", "when_missing": "skip"},
                {"rule": "likely", "when": "risk >= 20", "then": "review", "reason": "LIKELY", "when_missing": "skip"},
            ], "stop_on": ["review"]},
            {"decide": "end", "then": "approve"},
        ],
    },
)  # fmt: skip
RULES: dict[str, Any] = {
    "follow": [{"event": "statement", "performing": "months_overdue < 2", "rolled": "months_overdue >= 2"}],
    "warnings": [
        {
            "warning": "certain", "title": {"en": "Will be late", "zh-CN": "将逾期"}, "about": "account",
            "when": {"policies": ["statement"], "reasons": ["CERTAIN"]}, "severity": "high", "owner": "early",
            "due_after": "1d", "horizon": "90d", "cool_down": "60d", "action": "case", "escalates_to": "senior",
        },
        {
            "warning": "likely", "title": {"en": "May be late", "zh-CN": "可能逾期"}, "about": "account",
            "when": {"policies": ["statement"], "reasons": ["LIKELY"]}, "severity": "medium", "owner": "early",
            "due_after": "3d", "horizon": "90d", "cool_down": "60d", "action": "contact", "escalates_to": "senior",
        },
    ],
    "label": {
        "event_type": "warning_outcome",
        "fields": {"event": "event_id", "came_true": "came_true", "dismissed": "dismissed", "lead_days": "lead_days"},
    },
}  # fmt: skip
WARNING_RULES = Artefact.of("warning_rules", "accounts", RULES)
EVERYTHING = (STATEMENT, ENDED, REASONS, POLICY, WARNING_RULES)


def statement(account: str, day: int, *, risk: int = 0, overdue: int = 0) -> dict[str, Any]:
    """The statement of ``account`` on that day after the start."""
    return {
        "event_id": f"{account}-{day}",
        "event_type": "statement",
        "occurred_at": format_instant(Micros(START + day * DAY)),
        "values": {"person": f"p-{account}", "account": account, "months_overdue": overdue, "risk": risk},
    }
