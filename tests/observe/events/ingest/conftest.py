"""A loan application as a lender's file has it, and a sink that remembers."""

from __future__ import annotations

import pytest

from tandem.kernel.time import FixedClock, parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.events.ingest import parse_mapping

APPLICATION = {
    "name": "application",
    "subject": "applicant",
    "fields": [
        {"name": "applicant", "type": "text", "entity": "person", "required": True, "data_class": "C2"},
        {"name": "amount_minor", "type": "integer", "required": True, "minimum": 0},
        {"name": "income", "type": "double"},
        {"name": "rate", "type": "decimal", "scale": 2},
        {"name": "home", "type": "text", "values": ["rent", "owner"]},
        {"name": "records", "type": "boolean"},
        {"name": "born", "type": "date"},
        {"name": "opened_at", "type": "timestamp"},
        {"name": "source", "type": "text"},
    ],
}
MAPPING = {
    "name": "loans",
    "event_type": "application",
    "event_id": "app-{ID}",
    "occurred_at": "Applied",
    "timezone": "Asia/Shanghai",
    "null_tokens": ["", "NA"],
    "fields": {
        "applicant": "Customer",
        "amount_minor": {"column": "Amount", "multiply": 100},
        "income": "Income",
        "home": {"column": "Home", "recode": {"owns": "owner"}},
        "records": "Records",
        "source": {"constant": "branch file"},
    },
}


class MemorySink:
    """What the decision process answers: new, duplicate or conflict, by id and digest."""

    def __init__(self):
        self.seen = {}
        self.batches = []

    def __call__(self, events):
        self.batches.append(len(events))
        return [self._take(event) for event in events]

    def _take(self, event):
        known = self.seen.setdefault(event.event_id, event)
        if known is event:
            return "new"
        return "duplicate" if known.digest == event.digest else "conflict"


@pytest.fixture(scope="session")
def application():
    return parse_event_type(APPLICATION)


@pytest.fixture(scope="session")
def loans(application, vault) -> EventReader:
    return EventReader([application], vault)


@pytest.fixture(scope="session")
def mapping_of(application):
    """Makes a mapping from the example's with some keys changed; ``fields`` are merged."""

    def make(*, fields=None, **changes):
        document = {**MAPPING, **changes, "fields": {**MAPPING["fields"], **(fields or {})}}
        return parse_mapping(document, {"application": application})

    return make


@pytest.fixture
def sink():
    return MemorySink()


@pytest.fixture(scope="session")
def sink_class():
    return MemorySink


@pytest.fixture(scope="session")
def clock():
    return FixedClock(parse_instant("2026-11-24T07:00:00Z"))


@pytest.fixture(scope="session")
def mapping_document():
    return MAPPING
