"""How the server stands."""

from __future__ import annotations

from typing import Literal

import msgspec

from tandem.faces.api.shapes.vocabulary import Instant

__all__ = ["Health", "Status"]


class Health(msgspec.Struct, kw_only=True):
    """How the server is."""

    status: Literal["live", "ready"]


class Status(msgspec.Struct, kw_only=True):
    """What this server has done since it started, and what it runs."""

    workspace: str
    version: str
    release: str | None
    journal_seq: int
    started_at: Instant
    decided: dict[str, int]
    latency_us: dict[str, float | None]
    in_flight: int
    notices: list[dict[str, str]]
