"""The peer of the HTTP benchmark: what one writes first. FastAPI, a pydantic body, one SQLite commit a request.

It decides nothing: no features, no rules, no model, no explanation. What it costs is the floor of that way.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
_lock = threading.Lock()
_database = sqlite3.connect(os.environ["PEER_DATABASE"], check_same_thread=False)
_database.execute("PRAGMA journal_mode=WAL")
_database.execute("PRAGMA synchronous=FULL")
_database.execute("CREATE TABLE IF NOT EXISTS event (event_id TEXT PRIMARY KEY, body TEXT NOT NULL)")


class Event(BaseModel):
    """One event."""

    event_id: str
    event_type: str
    occurred_at: str
    values: dict[str, Any]


@app.get("/health/ready")
def ready() -> dict[str, str]:
    return {"status": "ready"}


@app.post("/v1/decisions")
def decide(event: Event) -> dict[str, str]:
    with _lock:
        _database.execute("INSERT INTO event VALUES (?, ?)", (event.event_id, event.model_dump_json()))
        _database.commit()
    return {"event_id": event.event_id, "outcome": "approve"}
