"""A journal with a real vault, payments in it, and a lake beside it."""

from __future__ import annotations

from pathlib import Path

from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import HOUR, FixedClock, format_instant, parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.journal import Entry, Journal, SqliteStore
from tandem.observe.lake import Lake
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

PAYMENT = {
    "name": "payment",
    "subject": "person",
    "description": "A card payment.",
    "fields": [
        {"name": "person", "type": "text", "entity": "person", "required": True, "data_class": "C2", "owner": "cards"},
        {
            "name": "channel",
            "type": "text",
            "required": True,
            "owner": "cards",
            "purpose": "fraud",
            "source": "gateway",
        },
        {"name": "amount_minor", "type": "integer", "data_class": "C2", "description": "Amount, cents."},
        {"name": "rate", "type": "decimal", "scale": 4},
        {"name": "note", "type": "text", "data_class": "C2"},
        {"name": "pin", "type": "text", "data_class": "C3"},
        {"name": "day", "type": "date"},
    ],
}
NOW = parse_instant("2026-11-24T07:00:00Z")


class House:
    """A journal and a lake in one folder."""

    def __init__(self, folder: Path, definition=PAYMENT):
        self.clock = FixedClock(NOW)
        keys = SqliteSubjectKeys(folder / "keys.db")
        self.vault = Vault(MasterKey(b"m" * 32), keys, "test", clock=self.clock, entropy=SeededEntropy(1))
        self.journal = Journal(SqliteStore(folder / "journal.db"), self.vault, clock=self.clock)
        self.reader = EventReader([parse_event_type(definition)], self.vault)
        self.lake = Lake(folder / "lake", clock=self.clock)

    def pay(self, number, person="ann", **values):
        """Write one payment to the journal."""
        document = {
            "event_id": f"pay-{number}",
            "event_type": "payment",
            "occurred_at": format_instant(NOW - HOUR),
            "values": {"person": person, "channel": "web", "amount_minor": 100 * number, **values},
        }
        event = self.reader.read(document, received_at=self.clock.now())
        self.submit(
            Entry(
                kind="event",
                key=event.event_id,
                digest=event.digest,
                recorded_at=event.received_at,
                subject=event.subject,
                clear=event.clear,
                secret=event.secret,
            )
        )
        return event

    def submit(self, *entries):
        self.journal.submit(entries).wait()

    def project(self, **options):
        return self.lake.project(self.journal, self.reader, **options)

    def close(self):
        self.journal.close()
        self.vault.close()
