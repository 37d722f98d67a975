"""How far the news of a change has got."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant

__all__ = ["ChangeProof", "ChangeReach", "ConfirmRequest", "Confirmed", "OpenConnection", "ProcessReach", "Propagation"]

Milliseconds = Annotated[float, Meta(description="milliseconds")]


class ProcessReach(msgspec.Struct, kw_only=True):
    """How far a process of this deployment has read the journal, and how far what it writes has got.

    ``decisions`` answers every request and is where a change is made; ``lake`` copies the journal beside it: it reads at
    once, and its tables follow when there is room for that. Null where a process keeps no tables.
    """

    process: Literal["decisions", "lake"]
    seq: int
    behind: int
    as_of: Instant | None
    tables_seq: int | None
    tables_behind: int | None
    tables_as_of: Instant | None


class ChangeReach(msgspec.Struct, kw_only=True):
    """When a process had a change, counted from when it was in force; null while it has not.

    Attributes:
        after_ms: until it had read the change.
        tables_after_ms: until its tables held it; null also where it keeps none.
    """

    process: Literal["decisions", "lake"]
    after_ms: Milliseconds | None
    tables_after_ms: Milliseconds | None


class ChangeProof(msgspec.Struct, kw_only=True):
    """One change (none of a case) and its way to everybody.

    Attributes:
        in_force_ms: from when it was asked for until it was durable and every further request was answered by it.
        connections: streams that were open then and still are; ``sent``: those that were sent the news;
            ``confirmed``: those whose page said that it has it.
        slowest_ms: from in force until the last of them was sent it; ``slowest_confirmed_ms``: until it was confirmed.
        everywhere: whether no open connection and no process is without it; tables are not waited for.
    """

    id: str
    kind: Literal["release", "list", "case", "artefact", "person"]
    name: str
    seq: int
    at: Instant
    in_force_ms: Milliseconds | None
    connections: int
    sent: int
    confirmed: int
    slowest_ms: Milliseconds | None
    slowest_confirmed_ms: Milliseconds | None
    slowest_connection: str | None
    processes: list[ChangeReach]
    everywhere: bool


class OpenConnection(msgspec.Struct, kw_only=True):
    """An open stream: the newest change it was sent, and the newest that its page confirmed."""

    connection: str
    who: str
    opened_at: Instant
    sent: str
    sent_at: Instant
    confirmed: str | None
    confirmed_at: Instant | None


class Propagation(msgspec.Struct, kw_only=True):
    """The newest changes first, every open connection, every process."""

    at: Instant
    journal_seq: int
    changes: list[ChangeProof]
    connections: list[OpenConnection]
    processes: list[ProcessReach]


class ConfirmRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A page says that it has every change up to ``id``."""

    connection: Annotated[str, Meta(pattern="^[0-9a-f]{16}$", description="from the event hello")]
    id: Annotated[str, Meta(min_length=1, max_length=64, description="of the event changed")]


class Confirmed(msgspec.Struct, kw_only=True):
    """What stands in the book now."""

    connection: str
    confirmed: str
