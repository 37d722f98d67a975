"""A small workspace in code: one event type, a few features, a list, two policies, on a real journal."""

from __future__ import annotations

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import Micros, format_instant, parse_instant

START = parse_instant("2026-11-01T00:00:00Z")

APPLICATION = Artefact.of(
    "event_type",
    "application",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "device", "type": "text", "entity": "device", "data_class": "C2"},
            {"name": "amount_minor", "type": "integer", "required": True, "data_class": "C2", "minimum": 0},
            {"name": "age", "type": "integer", "data_class": "C2"},
        ],
    },
)
VELOCITY = Artefact.of(
    "feature_set",
    "device_velocity",
    {
        "entity": ["device"],
        "events": ["application"],
        "features": [
            {"name": "device_applications_1d", "aggregate": "count", "window": "1d"},
            {"name": "device_amount_1d", "aggregate": "sum", "field": "amount_minor", "window": "1d"},
        ],
    },
)
BLOCKED = Artefact.of("list", "blocked_devices", {"kind": "block", "entity": "device"})
WORDS = {"customer": {"en": "a reason", "zh-CN": "原因"}, "internal": {"en": "a reason", "zh-CN": "原因"}}
REASONS = Artefact.of(
    "reasons",
    "words",
    {"reasons": dict.fromkeys(("BLOCKED", "MASS_APPLICATION", "TOO_YOUNG", "INFORMATION_MISSING"), WORDS)},
)


def policy(limit: int = 3) -> Artefact:
    return Artefact.of(
        "policy",
        "application",
        {
            "event": "application",
            "when_missing": "review",
            "flow": [
                {
                    "lists": "known_bad",
                    "checks": [
                        {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "BLOCKED",
                         "when_missing": "skip"},
                    ],
                },
                {
                    "rules": "knock_out",
                    "all": [
                        {"rule": "too_young", "when": "age < 18", "then": "decline", "reason": "TOO_YOUNG"},
                        {"rule": "mass_application", "when": f"device_applications_1d > {limit}",
                         "then": "decline", "reason": "MASS_APPLICATION", "when_missing": "skip"},
                    ],
                },
                {"decide": "end", "then": "approve", "limit": "amount_minor"},
            ],
        },
    )  # fmt: skip


def go_live(process: DecisionProcess, *artefacts: Artefact) -> str:
    """Push, review and release ``artefacts``."""
    process.push(artefacts, author="ann")
    process.review([one.digest for one in artefacts], approver="bob")
    return process.release({one.key: one.digest for one in artefacts}, by="bob")


NETWORK = Artefact.of(
    "graph",
    "network",
    {
        "member": "person",
        "events": ["application"],
        "links": [{"identifier": "device", "expires_after": "30d", "hub": 20}],
    },
)
VERDICT = Artefact.of(
    "event_type",
    "verdict",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "fraud", "type": "boolean", "required": True},
        ],
    },
)
EVERYTHING = (APPLICATION, VELOCITY, BLOCKED, REASONS, policy())


def application(number: int, *, at: int | None = None, **values: object) -> dict[str, object]:
    """An application document; ``at`` minutes after the start."""
    minutes = number if at is None else at
    return {
        "event_id": f"app-{number}",
        "event_type": "application",
        "occurred_at": format_instant(Micros(START + minutes * 60_000_000)),
        "values": {"person": f"p{number}", "device": "d1", "amount_minor": 1000, "age": 30, **values},
    }


def verdict(number, person, *, fraud=True):
    """What became known of ``person``."""
    return {
        "event_id": f"verdict-{number}",
        "event_type": "verdict",
        "occurred_at": "2026-11-02T00:00:00Z",
        "values": {"person": person, "fraud": fraud},
    }
