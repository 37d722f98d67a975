"""What the test asks of the supervisor, and what it hears back; one line of JSON each."""

from __future__ import annotations

from typing import Literal

import msgspec

__all__ = ["WORKSPACE", "Died", "Killed", "Listening", "Over", "Ready", "Run", "Told"]

WORKSPACE = "lender"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run: so many workers, each killed at a random moment.

    Attributes:
        home: folder of the deployment; holds a live release already.
        journal: empty for SQLite, else the address of a PostgreSQL schema.
        kills: workers to kill, the last of which nobody follows.
        seed: of the moments.
        serving_ms: shortest and longest life after a worker is ready.
        starting: share of the workers that are killed while they start, fold and recover.
        snapshot_every, head_every: small, so that kills meet snapshots and signed heads half-written.
        until_told: the one worker lives until a line comes, for faults other than its death.
        at_step: the worker is killed just before it touches a file for the n-th time; 0 for never.
        canary: name of the mistake to plant in the worker; empty for none.
    """

    home: str
    journal: str = ""
    kills: int = 25
    seed: int = 1
    serving_ms: tuple[int, int] = (20, 150)
    starting: float = 0.2
    snapshot_every: int = 40
    head_every: int = 60
    until_told: bool = False
    at_step: int = 0
    canary: str = ""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The supervisor has imported everything and waits for runs."""


class Listening(msgspec.Struct, frozen=True, tag=True):
    """Callers may come; until a worker is ready they wait in the socket's queue."""

    port: int


class Killed(msgspec.Struct, frozen=True, tag=True):
    """A worker was killed: while it was ``starting`` or ``serving``, so long after its fork."""

    phase: Literal["starting", "serving"]
    start_ms: float | None


class Died(msgspec.Struct, frozen=True, tag=True):
    """A worker ended, or hung, without being killed: a failure by itself. The run ends with it."""

    reason: str


class Over(msgspec.Struct, frozen=True, tag=True):
    """The run has ended; nobody listens any more."""


Told = Ready | Listening | Killed | Died | Over
