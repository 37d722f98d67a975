"""The proof that a change has reached everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.changes import Change, ChangeLog, Connection
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, answers, takes
from tandem.faces.api.shapes import (
    ChangeProof,
    ChangeReach,
    Confirmed,
    ConfirmRequest,
    OpenConnection,
    ProcessReach,
    Propagation,
)
from tandem.faces.read_marks import ReadMark, ReadMarks
from tandem.kernel.errors import NotFound
from tandem.kernel.time import Clock, Micros, format_instant
from tandem.observe.lake import Lake

__all__ = ["propagation_router"]

_RECENT = 20
_MS = 1_000


def propagation_router(
    process: DecisionProcess, log: ChangeLog, lake: Lake | None, marks: ReadMarks | None, clock: Clock
) -> APIRouter:
    """Who has heard of what, and how fast.

    Args:
        log: of the live stream.
        lake: where the process beside copies the journal to; None where there is none.
        marks: what that process has read.
    """
    router = APIRouter(tags=["changes"])

    @router.get(
        "/v1/propagation",
        summary="How far changes have got",
        description="For each change but those of cases: when it was in force, and when every open connection and process had it.",
        responses=answers(Propagation, "Newest changes first.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def propagation(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=200)] = _RECENT,
        seq: Annotated[int | None, Query(ge=1, le=2**53, description="only changes by this journal record")] = None,
    ) -> Response:
        found = log.recent(limit, seq)
        beside = None if lake is None or marks is None else await run_in_threadpool(_beside, lake, marks, found)
        head = process.journal.head.seq
        here = ProcessReach(
            process="decisions",
            seq=process.state.seq,
            behind=0,
            as_of=format_instant(clock.now()),
            tables_seq=None,
            tables_behind=None,
            tables_as_of=None,
        )
        told = Propagation(
            at=format_instant(clock.now()),
            journal_seq=head,
            changes=[_proof(change, beside) for change in found],
            connections=[_open(each, log) for each in log.connections()],
            processes=[here] if beside is None else [here, _lake_of(beside, head)],
        )
        return json_response(request, told)

    @router.post(
        "/v1/propagation/confirmations",
        summary="Say that a page has a change",
        openapi_extra=takes(ConfirmRequest),
        responses=answers(
            Confirmed,
            "Written down.",
            problems=[BODY_PROBLEMS, {404: ("unknown_connection",), 422: ("wrong_shape",)}],
        ),
    )
    async def confirm(request: Request, body: Annotated[Any, Depends(body_of(ConfirmRequest))]) -> Response:
        if not log.confirm(body.connection, body.id):
            raise NotFound(
                "No such connection is open, or no such change is known.",
                code="unknown_connection",
                field="connection",
                value=body.connection,
                hint="take both from the stream that is open now: the events hello and changed",
            )
        return json_response(request, Confirmed(connection=body.connection, confirmed=body.id))

    return router


@dataclass(frozen=True)
class _BesideUs:
    """The lake's process: how far it has read, how far its tables are, and both for each change."""

    latest: ReadMark | None
    read: Mapping[int, Micros]
    tables_seq: int
    tables_at: Micros | None
    copied: Mapping[int, Micros]


def _beside(lake: Lake, marks: ReadMarks, changes: list[Change]) -> _BesideUs:
    copied = _copied(lake, changes)  # before the marks: what is in the tables was read
    tables_seq, tables_at = lake.projected_seq, lake.projected_at
    read = marks.reached(change.seq for change in changes)
    return _BesideUs(marks.latest, read, tables_seq, tables_at, copied)


def _copied(lake: Lake, changes: list[Change]) -> dict[int, Micros]:
    """By place of the journal: when the lake took it."""
    if not changes or not lake.projected_seq:
        return {}
    first = min(change.seq for change in changes)
    rows = lake.sql(
        f"SELECT to_seq, epoch_us(projected_at) AS at FROM lake_progress WHERE to_seq >= {first:d} ORDER BY to_seq"  # noqa: S608 - a whole number
    ).to_pylist()
    return {
        change.seq: Micros(row["at"])
        for change in changes
        if (row := next((row for row in rows if row["to_seq"] >= change.seq), None)) is not None
    }


def _lake_of(beside: _BesideUs, head: int) -> ProcessReach:
    seq, at = (0, None) if beside.latest is None else (beside.latest.seq, beside.latest.at)
    return ProcessReach(
        process="lake",
        seq=seq,
        behind=max(0, head - seq),
        as_of=None if at is None else format_instant(at),
        tables_seq=beside.tables_seq,
        tables_behind=max(0, head - beside.tables_seq),
        tables_as_of=None if beside.tables_at is None else format_instant(beside.tables_at),
    )


def _proof(change: Change, beside: _BesideUs | None) -> ChangeProof:
    sent, confirmed = dict(change.sent_us), dict(change.confirmed_us)
    reach = [ChangeReach(process="decisions", after_ms=0.0, tables_after_ms=None)]
    if beside is not None:
        read, copied = _after_ms(change, beside.read), _after_ms(change, beside.copied)
        reach.append(ChangeReach(process="lake", after_ms=read, tables_after_ms=copied))
    return ChangeProof(
        id=change.id,
        kind=change.kind,
        name=change.name,
        seq=change.seq,
        at=format_instant(change.at),
        in_force_ms=None if change.in_force_us is None else change.in_force_us / _MS,
        connections=len(sent) + len(change.awaited),
        sent=len(sent),
        confirmed=len(confirmed),
        slowest_ms=max(sent.values()) / _MS if sent else None,
        slowest_confirmed_ms=max(confirmed.values()) / _MS if confirmed else None,
        slowest_connection=max(sent, key=sent.__getitem__) if sent else None,
        processes=reach,
        everywhere=not change.awaited and all(each.after_ms is not None for each in reach),
    )


def _after_ms(change: Change, at: Mapping[int, Micros]) -> float | None:
    known = at.get(change.seq)
    return None if known is None else max(0, known - change.at) / _MS


def _open(connection: Connection, log: ChangeLog) -> OpenConnection:
    return OpenConnection(
        connection=connection.name,
        who=connection.who,
        opened_at=format_instant(connection.opened_at),
        sent=log.id_of(connection.sent),
        sent_at=format_instant(connection.sent_at),
        confirmed=None if connection.confirmed is None else log.id_of(connection.confirmed),
        confirmed_at=None if connection.confirmed_at is None else format_instant(connection.confirmed_at),
    )
