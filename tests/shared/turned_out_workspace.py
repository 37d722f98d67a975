"""What became of the small workspace's applications: an event that tells it, and forty decisions of which most turned out."""

from __future__ import annotations

from typing import Any

from small_workspace import START, application

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, Micros, format_instant

OUTCOME_TYPE = Artefact.of(
    "event_type",
    "loan_outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "bad", "type": "boolean", "required": True, "data_class": "C2"},
        ],
    },
)
OUTCOME = Artefact.of(
    "outcome",
    "application",
    {"event": "loan_outcome", "refers": "application", "bad": "bad", "amount": "amount_minor", "currency": "EUR"},
)


def decide_forty(process: DecisionProcess) -> None:
    """Forty applications of forty people, ages 15 to 54; the first thirty turned out, those under 25 badly."""
    for number in range(40):
        process.decide_now(
            application(number, age=15 + number, amount_minor=1000 + number, device=f"d{number % 4}", at=number * 600)
        )
    for number in range(3, 30):
        process.record_now(turned_out(number, bad=15 + number < 25))


def turned_out(number: int, *, bad: bool) -> dict[str, Any]:
    """An outcome document for the application of that number."""
    return {
        "event_id": f"outcome-{number}-{bad}",
        "event_type": "loan_outcome",
        "occurred_at": format_instant(Micros(START + 19 * DAY)),
        "values": {"person": f"p{number}", "application": f"app-{number}", "bad": bad},
    }
