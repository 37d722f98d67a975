"""A lake with a handful of applications in it."""

from __future__ import annotations

import pytest

from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.time import FixedClock, parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.journal import Entry, Journal, SqliteStore
from tandem.observe.lake import Lake
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

APPLICATION = {
    "name": "application",
    "subject": "person",
    "fields": [
        {"name": "person", "type": "text", "entity": "person", "required": True, "data_class": "C2"},
        {"name": "channel", "type": "text"},
        {"name": "approved", "type": "boolean"},
        {"name": "score", "type": "double"},
        {"name": "amount_minor", "type": "integer", "data_class": "C2"},
        {"name": "city", "type": "text", "data_class": "C2"},
    ],
}
ROWS = [
    ("2026-01-01T10:00:00Z", "web", True, 0.5, 9_007_199_254_740_993),
    ("2026-01-01T11:00:00Z", "web", False, 0.25, 200),
    ("2026-01-02T00:00:00Z", "app", True, None, None),
    ("2026-02-03T10:00:00Z", None, None, 0.75, 400),
]


@pytest.fixture(scope="session")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    clock = FixedClock(parse_instant("2026-03-01"))
    vault = Vault(
        MasterKey(b"m" * 32), SqliteSubjectKeys(folder / "keys.db"), "test", clock=clock, entropy=SeededEntropy(1)
    )
    journal = Journal(SqliteStore(folder / "journal.db"), vault, clock=clock)
    reader = EventReader([parse_event_type(APPLICATION)], vault)
    for number, (at, channel, approved, score, amount) in enumerate(ROWS):
        values = {"channel": channel, "approved": approved, "score": score, "amount_minor": amount, "city": "Wien"}
        event = reader.read(
            {
                "event_id": f"a{number}",
                "event_type": "application",
                "occurred_at": at,
                "values": {"person": f"p{number}", **values},
            },
            received_at=clock.now(),
        )
        entry = Entry(
            kind="event",
            key=event.event_id,
            digest=Digest(event.digest),
            recorded_at=event.received_at,
            subject=event.subject,
            clear=event.clear,
            secret=event.secret,
        )
        journal.submit([entry]).wait()
    lake = Lake(folder / "lake", clock=clock)
    lake.project(journal, reader)
    yield lake
    journal.close()
    vault.close()
