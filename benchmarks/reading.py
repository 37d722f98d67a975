"""Reading an event: typing, pseudonyms, sealing, digest; without derived fields, with all of them, and each by itself."""

from __future__ import annotations

import gc
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.claims import Claim, claim
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock, parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

NOW = parse_instant("2026-11-24T07:00:00Z")
VALUES: dict[str, Any] = {
    "person": "P-10045",
    "device": "d-7",
    "ip": "203.0.113.77",
    "email": "Ann.Lee+shop@example.com",
    "phone": "138 0013 8000",
    "delivery": "12A Mill Street, Apt. 5b, Leeds",
    "billing": "12 a mill st apartment 5 b leeds",
    "name": "Maria Lopez",
    "holder": "LOPEZ MARIA",
    "amount_minor": 120_000,
}
FIELDS = [
    {"name": name, "type": "integer" if name == "amount_minor" else "text", "data_class": "C2"}
    | ({"entity": name} if name in {"person", "device", "ip"} else {})
    | ({"required": True} if name == "person" else {})
    for name in VALUES
]
DERIVED = [
    {"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"},
    {"name": "mailbox", "function": "email_key", "of": "email", "entity": "email"},
    {"name": "domain", "function": "email_domain", "of": "email", "entity": "email_domain"},
    {"name": "number", "function": "phone_key", "of": "phone", "country": "CN", "entity": "phone"},
    {"name": "door", "function": "address_key", "of": "delivery", "entity": "address"},
    {"name": "alike", "function": "text_similarity", "of": ["name", "holder"]},
    {"name": "near", "function": "address_similarity", "of": ["delivery", "billing"]},
]


def run(quick: bool) -> list[Claim]:
    count = 4_000 if quick else 40_000
    plans: dict[str, list[dict[str, Any]]] = {
        "read.plain": [],
        "read.derived": DERIVED,
        **{f"read.{one['function']}": [one] for one in DERIVED},
    }
    with TemporaryDirectory() as folder:
        keys = SqliteSubjectKeys(Path(folder) / "keys.db")
        vault = Vault(MasterKey(b"m" * 32), keys, "bench", clock=SystemClock(), entropy=SystemEntropy())
        readers = {name: reader_of(derived, vault) for name, derived in plans.items()}
        taken = measured(readers, count)
        vault.close()
    said = (
        f"one document of ten fields, {count:,} times, all types in turn so that the machine's moods hit each alike, "
        "first tenth left out, thread time with the timer; median"
    )
    parts = {"read.plain": "nothing derived", "read.derived": "seven fields, one of each function"}
    return [
        claim(f"{name}.p50", round(value, 1), "us", protocol=f"{said}; {parts.get(name, 'that field alone')}")
        for name, value in taken.items()
    ]


def reader_of(derived: list[dict[str, Any]], vault: Vault) -> EventReader:
    document = {"name": "application", "subject": "person", "fields": FIELDS, "derived": derived}
    return EventReader([parse_event_type(document)], vault)


def measured(readers: dict[str, EventReader], count: int) -> dict[str, float]:
    document = {"event_id": "1", "event_type": "application", "occurred_at": "2026-11-24T06:38:00Z", "values": VALUES}
    taken: dict[str, list[int]] = {name: [] for name in readers}
    clock = time.thread_time_ns
    gc.collect()
    gc.disable()
    for _ in range(count):
        for name, reader in readers.items():
            start = clock()
            reader.read(document, received_at=NOW)
            taken[name].append(clock() - start)
    gc.enable()
    return {name: float(np.median(one[count // 10 :])) / 1000 for name, one in taken.items()}
