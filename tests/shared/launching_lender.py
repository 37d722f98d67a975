"""A lender with a product and a past: applications that were decided, most of which have turned out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from http_face import application, released_process, starter_artefacts
from till_product import loan_of

from tandem.decide.decisions import DecisionProcess
from tandem.faces.launching import Subjects, waived_artefact
from tandem.kernel.artefacts import Artefact

PAST: Final = 240
CAP: Final = Artefact.of(
    "rate_cap",
    "law",
    {
        "title": {"en": "The law", "zh-CN": "法律"},
        "rows": [{"since": "2020-01-01", "most_bps": 3_600, "source": "a law"}],
    },
)
OUTCOME_TYPE: Final = Artefact.of(
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
OUTCOME: Final = Artefact.of(
    "outcome",
    "application",
    {"event": "loan_outcome", "refers": "application", "bad": "bad", "amount": "amount_minor", "currency": "CNY"},
)
CASH: Final = Artefact.of(
    "product", "cash_loan", loan_of("application", cap="law", amount={"least_minor": 10_000, "most_minor": 5_000_000})
)


def founded(folder: Path) -> DecisionProcess:
    """The lender on its first day: a product is live, nobody has applied."""
    return released_process(folder, [*starter_artefacts(folder), CAP, OUTCOME_TYPE, OUTCOME, CASH])


def with_a_past(process: DecisionProcess, *, past: int = PAST) -> DecisionProcess:
    """The same lender after ``past`` applications: one in ten is refused, one in eight of the others goes badly."""
    for number in range(past):
        young = number % 10 == 9
        process.decide_now(
            application(
                f"past-{number}",
                age=17 if young else 20 + number % 45,
                amount_minor=100_000 + 5_000 * (number % 60),
                term_months=(6, 12, 12, 10)[number % 4],
            )
        )
    for number in range(past):
        if number % 10 != 9 and number % 3:
            process.record_now(turned_out(number, bad=number % 8 == 0))
    return process


def turned_out(number: int, *, bad: bool) -> dict[str, Any]:
    """How the application of that number turned out."""
    return {
        "event_id": f"outcome-{number}",
        "event_type": "loan_outcome",
        "occurred_at": "2026-11-26T08:00:00Z",
        "values": {"person": f"p-past-{number}", "application": f"past-{number}", "bad": bad},
    }


def launch(process: DecisionProcess, *changed: Artefact) -> None:
    """Put products and policies in force where there is no history to assess them on: with a signed reason for each product."""
    register = process.state.register
    live = () if register.live is None else register.artefacts_of(register.live)
    every = {one.key: one for one in (*live, *changed)}
    subjects = Subjects().of_artefacts(every.values())
    waived = [waived_artefact(name, str(subject), "Nobody has applied yet.") for name, subject in subjects.items()]
    artefacts = [*changed, *waived]
    process.push(artefacts, author="ann")
    process.review([one.digest for one in artefacts], approver="bob")
    process.release({one.key: one.digest for one in artefacts}, by="bob")
