"""A journal and a lake with transfers between two accounts on a few devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import FixedClock, format_instant, parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.journal import Entry, Journal, SqliteStore
from tandem.observe.lake import Lake
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

TRANSFER = {
    "name": "transfer",
    "fields": [
        {"name": "payer", "type": "text", "entity": "account", "required": True},
        {"name": "payee", "type": "text", "entity": "account", "required": True},
        {"name": "device", "type": "text", "entity": "device"},
    ],
}
LOGIN = {
    "name": "login",
    "fields": [
        {"name": "account", "type": "text", "entity": "account", "required": True},
        {"name": "device", "type": "text", "entity": "device"},
    ],
}
START = parse_instant("2026-11-24T07:00:00Z")


class House:
    """Writes events, and projects them."""

    def __init__(self, folder: Path) -> None:
        clock = FixedClock(START)
        keys = SqliteSubjectKeys(folder / "keys.db")
        self.clock = clock
        self.vault = Vault(MasterKey(b"m" * 32), keys, "test", clock=clock, entropy=SeededEntropy(1))
        self.journal = Journal(SqliteStore(folder / "journal.db"), self.vault, clock=clock)
        self.reader = EventReader([parse_event_type(TRANSFER), parse_event_type(LOGIN)], self.vault)
        self.lake = Lake(folder / "lake", clock=clock)
        self._written = 0

    def write(self, event_type, *, minutes=0, supersedes=None, **values):
        """Write one event; its place in the journal."""
        self._written += 1
        document = {
            "event_id": f"e-{self._written}",
            "event_type": event_type,
            "occurred_at": format_instant(START + minutes * 60_000_000 - 3_600_000_000),
            "values": values,
        }
        if supersedes:
            document["supersedes"] = supersedes
        event = self.reader.read(document, received_at=self.clock.now())
        entry = Entry(
            kind="event", recorded_at=event.received_at, clear=event.clear, key=event.event_id, digest=event.digest
        )
        return self.journal.submit([entry]).wait().last_seq

    def project(self):
        self.lake.project(self.journal, self.reader)


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    house.journal.close()
    house.vault.close()
