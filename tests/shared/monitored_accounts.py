"""Purchases of a customer that a policy monitors: it grades the account by ``risk`` and flags what the purchase was for."""

from __future__ import annotations

from typing import Any

from small_workspace import APPLICATION, START, policy
from till_product import TILL

from tandem.act.lending import AccountBook, AccountId, Request, open_account
from tandem.act.products import parse_product
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest, EntityKind, Pseudonym
from tandem.kernel.time import DAY, Clock, Micros, format_instant

PURCHASE = Artefact.of(
    "event_type",
    "purchase",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "risk", "type": "integer", "required": True, "data_class": "C2"},
            {"name": "cash", "type": "boolean", "required": True, "data_class": "C2"},
            {"name": "circular", "type": "boolean", "required": True, "data_class": "C2"},
        ],
    },
)
WORDS = {"customer": {"en": "a reason", "zh-CN": "原因"}, "internal": {"en": "a reason", "zh-CN": "原因"}}
REASONS = Artefact.of(
    "reasons",
    "words",
    {
        "reasons": dict.fromkeys(
            ("BLOCKED", "MASS_APPLICATION", "TOO_YOUNG", "INFORMATION_MISSING", "MISUSE", "RISKY"), WORDS
        )
    },
)
MONITORING: dict[str, Any] = {
    "event": "purchase",
    "when_missing": "review",
    "flow": [
        {"rules": "misuse", "all": [
            {"rule": "cash", "when": "cash", "then": "review", "reason": "MISUSE", "actions": ["flag_cash_out"]},
            {"rule": "circle", "when": "circular", "then": "review", "reason": "MISUSE",
             "actions": ["flag_circular_transfer"]},
        ]},
        {"table": "grade", "hit": "first", "columns": ["risk"], "outputs": ["actions"],
         "rows": [["< 0", None], ["< 20", "grade_sound"], ["< 50", "grade_watch"], ["-", "grade_weak"]]},
        {"decide": "end", "then": "approve"},
    ],
}  # fmt: skip
PRODUCT: dict[str, Any] = {
    **TILL,
    "policies": {"application": "application", "monitoring": "purchase"},
    "monitoring": {"grades": ["sound", "watch", "weak"], "flags": ["cash_out", "circular_transfer"]},
}
SERVING = (
    APPLICATION,
    PURCHASE,
    Artefact.of("list", "blocked_devices", {"kind": "block", "entity": "device"}),
    Artefact.of(
        "feature_set",
        "device_velocity",
        {
            "entity": ["device"],
            "events": ["application"],
            "features": [{"name": "device_applications_1d", "aggregate": "count", "window": "1d"}],
        },
    ),
    REASONS,
    policy(),
    Artefact.of("policy", "purchase", MONITORING),
)
EVERYTHING = (*SERVING, Artefact.of("product", "till_limit", PRODUCT))


def purchase(
    person: str, minute: int, *, risk: int = 0, cash: bool = False, circular: bool = False, name: str = ""
) -> dict[str, Any]:
    """Something bought by ``person``, so many minutes after the start; ``risk`` below zero says no grade."""
    return {
        "event_id": name or f"{person}-{minute}",
        "event_type": "purchase",
        "occurred_at": format_instant(Micros(START + minute * 60_000_000)),
        "values": {"person": person, "risk": risk, "cash": cash, "circular": circular},
    }


def pseudonym(process: DecisionProcess, person: str) -> Pseudonym:
    """Who ``person`` is in the journal."""
    return process.vault.pseudonym(EntityKind("person"), person)


def opened_for(process: DecisionProcess, clock: Clock, *people: str, suffix: str = "") -> AccountBook:
    """The book, with an account for each of ``people``, called ``acc_`` and the person."""
    book = AccountBook(process, clock)
    for person in people:
        opening = open_account(
            AccountId(f"acc_{person}{suffix}"), parse_product({**PRODUCT, "name": "till_limit"}), Digest("d" * 64),
            owner_kind="person", owner=pseudonym(process, person), day=START // DAY, by="shop", limit_minor=300_000,
        )  # fmt: skip
        book.write(Request(key=f"open:{person}{suffix}", asked=person, change=lambda _, made=opening: made))
    return book
