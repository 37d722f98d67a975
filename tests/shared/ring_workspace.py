"""A workspace with a graph of people, a definition of rings and the lists they are put on."""

from __future__ import annotations

from typing import Any

from small_workspace import START

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import HOUR, Micros, format_instant

_KINDS = ("device", "phone", "address", "ip")

APPLICATION = Artefact.of(
    "event_type",
    "application",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            *({"name": kind, "type": "text", "entity": kind, "data_class": "C2"} for kind in _KINDS),
            {"name": "amount_minor", "type": "integer", "required": True, "data_class": "C2", "minimum": 0},
            {"name": "odd", "type": "boolean"},
        ],
    },
)
OUTCOME = Artefact.of(
    "event_type",
    "outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "fraud", "type": "boolean", "required": True},
        ],
    },
)
GRAPH = Artefact.of(
    "graph",
    "people",
    {
        "member": "person",
        "events": ["application"],
        "links": [
            {"identifier": "device", "hub": 8},
            {"identifier": "phone", "hub": 8},
            {"identifier": "address", "hub": 8},
            {"identifier": "ip", "joins": False, "hub": 50},
        ],
        "marks": [{"event": "outcome", "when": "fraud"}],
    },
)
LISTS = (
    Artefact.of("list", "ring_members", {"kind": "watch", "entity": "person"}),
    Artefact.of("list", "blocked_devices", {"kind": "block", "entity": "device"}),
    Artefact.of("list", "blocked_phones", {"kind": "block", "entity": "phone"}),
)
WORDS = {"customer": {"en": "a reason", "zh-CN": "原因"}, "internal": {"en": "a reason", "zh-CN": "原因"}}
REASONS = Artefact.of("reasons", "words", {"reasons": dict.fromkeys(("BLOCKED", "WATCHED", "ODD"), WORDS)})
POLICY = Artefact.of(
    "policy",
    "application",
    {
        "event": "application",
        "when_missing": "review",
        "flow": [
            {
                "lists": "known_bad",
                "checks": [
                    {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "BLOCKED", "when_missing": "skip"},
                    {"list": "blocked_phones", "of": "phone", "then": "decline", "reason": "BLOCKED", "when_missing": "skip"},
                    {"list": "ring_members", "of": "person", "then": "review", "reason": "WATCHED"},
                ],
                "stop_on": ["decline", "review"],
            },
            {"rules": "look", "when_missing": "skip",
             "all": [{"rule": "odd", "when": "odd", "then": "review", "reason": "ODD"}], "stop_on": ["review"]},
            {"decide": "end", "then": "approve", "limit": "amount_minor"},
        ],
    },
)  # fmt: skip


def finder(**changes: Any) -> Artefact:
    """The definition of rings: odd applications are hot."""
    return Artefact.of(
        "ring",
        "people",
        {
            "graph": "people",
            "hot": {"outcomes": ["review"], "reasons": ["ODD"]},
            "amount": "amount_minor",
            "household": "address",
            "lists": {
                "members": "ring_members",
                "identifiers": {"device": "blocked_devices", "phone": "blocked_phones"},
            },
            **changes,
        },
    )


EVERYTHING = (APPLICATION, OUTCOME, GRAPH, *LISTS, REASONS, POLICY, finder())


def apply_for(process: DecisionProcess, person: str, *, hours: float = 0, odd: bool = True, **shared: str) -> str:
    """``person`` applies, some hours after the start; the outcome. What is not shared is not given."""
    document = application_of(person, hours=hours, odd=odd, **shared)
    return str(process.archive.find(process.decide_now(document).decision_id)["answer"]["outcome"])


def application_of(person: str, *, hours: float = 0, odd: bool = True, **shared: str) -> dict[str, Any]:
    """The application of ``person`` as a document."""
    return {
        "event_id": f"{person}-{hours:g}",
        "event_type": "application",
        "occurred_at": format_instant(Micros(START + int(hours * HOUR))),
        "values": {"person": person, "amount_minor": 100_000, "odd": odd, **shared},
    }


def turns_out(process: DecisionProcess, person: str, *, fraud: bool, hours: float = 200) -> None:
    """It becomes known how the application of ``person`` ended."""
    process.record_now(
        {
            "event_id": f"{person}-out-{hours:g}-{fraud}",
            "event_type": "outcome",
            "occurred_at": format_instant(Micros(START + int(hours * HOUR))),
            "values": {"person": person, "fraud": fraud},
        }
    )


def ring_of(process: DecisionProcess, *people: str, device: str = "d1", phone: str = "p1") -> None:
    """``people`` apply one hour after another, on one device, with one phone."""
    for hour, person in enumerate(people):
        apply_for(process, person, hours=hour, device=device, phone=phone)
