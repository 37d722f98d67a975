"""A vault in memory, and one event type with every kind of field."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from tandem.observe.events import EventReader, EventType, parse_event_type


class MemoryVault:
    """Pseudonyms as the real vault makes them: a keyed hash of kind and identifier."""

    def __init__(self, key: bytes = b"k" * 32) -> None:
        self._key = key

    def pseudonym(self, kind, identifier):
        return hmac.digest(self._key, f"{kind}\x1f{identifier}".encode(), hashlib.sha256).hex()[:32]


PAYMENT = {
    "name": "payment",
    "subject": "person",
    "description": "A card payment.",
    "fields": [
        {"name": "person", "type": "text", "entity": "person", "required": True, "data_class": "C2"},
        {"name": "device", "type": "text", "entity": "device"},
        {"name": "amount_minor", "type": "integer", "required": True, "minimum": 0, "maximum": 10_000_000},
        {"name": "income_minor", "type": "integer", "data_class": "C2"},
        {"name": "rate", "type": "decimal", "scale": 4},
        {"name": "score", "type": "double"},
        {"name": "channel", "type": "text", "values": ["web", "app", "branch"]},
        {"name": "note", "type": "text", "data_class": "C2"},
        {"name": "first", "type": "boolean"},
        {"name": "born", "type": "date", "data_class": "C2"},
        {"name": "opened_at", "type": "timestamp"},
    ],
}


@pytest.fixture(scope="session")
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture(scope="session")
def payment() -> EventType:
    return parse_event_type(PAYMENT)


@pytest.fixture(scope="session")
def reader(payment, vault) -> EventReader:
    return EventReader([payment], vault)


@pytest.fixture(scope="session")
def vault_of():
    return MemoryVault


@pytest.fixture
def document() -> dict:
    return {
        "event_id": "pay-1",
        "event_type": "payment",
        "occurred_at": "2026-11-24T06:38:00Z",
        "values": {
            "person": "110101199001011234",
            "device": "d-7",
            "amount_minor": 12_50,
            "income_minor": 900_000,
            "rate": "0.1250",
            "score": 0.5,
            "channel": "app",
            "note": "für dich 你好",
            "first": True,
            "born": "1990-01-01",
            "opened_at": "2026-01-01T08:00:00+08:00",
        },
    }
