"""The hot path: decisions and events. No framework between the socket and the decision."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter_ns
from typing import Any
from urllib.parse import parse_qs

import msgspec

from tandem.decide.decisions import Answer, DecisionProcess, Gathering, Given, OnAnswer
from tandem.faces.api.bodies import Receive, Scope, Send, header_of, read_body
from tandem.faces.api.bridge import AnswerBridge, Settled
from tandem.faces.api.meters import Meters
from tandem.faces.api.responses import respond
from tandem.faces.api.shapes import BATCH_MAX, BatchAnswer, BatchItem, EventBatch
from tandem.faces.api.wall import decode_document, refuse_media_type
from tandem.kernel.errors import InvalidInput, TandemError, TooLarge, Unavailable

__all__ = ["IN_FLIGHT_MAX", "HotPath"]

IN_FLIGHT_MAX = 512
"""Decision requests worked on at once; one more is told to come back. A commit batch is smaller than this."""

_YIELD_EVERY = 8  # events of a batch computed before other requests get a turn
_DUPLICATE = ((b"tandem-duplicate", b"true"),)
_ENCODE = msgspec.json.Encoder().encode

_NOTHING_ASKED = Given()

Take = Callable[[dict[str, Any], "str | None", OnAnswer, bool, Given], None]


class HotPath:
    """Answers ``/v1/decisions`` and ``/v1/events``, one and batch.

    Args:
        process: the one decision maker.
        meters: where stages are timed.
        gathering: asks third parties before a decision; None where nobody is asked.
        in_flight_max: the cap; an event of a batch counts as one.
    """

    def __init__(
        self,
        process: DecisionProcess,
        meters: Meters,
        *,
        gathering: Gathering | None = None,
        in_flight_max: int = IN_FLIGHT_MAX,
    ) -> None:
        self._gathering = gathering
        self._process = process
        self._meters = meters
        self._in_flight_max = in_flight_max
        self._bridge: AnswerBridge | None = None

    async def decide(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        """One event in, one durable decision out."""
        return await self._one(self._decide, scope, receive, send, request_id)

    async def decided(self, document: dict[str, Any], policy: str | None = None) -> Answer:
        """Decide on an event that a face of this server made itself: the same way, cap and durability as for any other.

        Raises:
            As ``decide`` answers: InvalidInput, NotFound, Conflict, Unavailable.
        """
        self._enter(1)
        try:
            given = await self._given(document, policy) if self._asks(self._decide) else _NOTHING_ASKED
            future, on_answer = self._waiter()
            self._decide(document, policy, on_answer, False, given)
            answer = await future
        finally:
            self._meters.in_flight -= 1
        if isinstance(answer, TandemError):
            raise answer
        return answer

    async def record(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        """One event in, recorded without a decision."""
        return await self._one(self._record, scope, receive, send, request_id)

    async def decide_batch(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        """Several events, decided in the order sent."""
        return await self._several(self._decide, scope, receive, send, request_id)

    async def record_batch(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        """Several events, recorded in the order sent."""
        return await self._several(self._record, scope, receive, send, request_id)

    async def _one(self, take: Take, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        started = perf_counter_ns()
        meters = self._meters
        self._enter(1)  # before the body is read: what is refused must cost next to nothing
        try:
            document = decode_document(await _body_of(scope, receive))
            decoded = asked = perf_counter_ns()
            policy = _policy_of(scope)
            given = _NOTHING_ASKED
            if self._asks(take):
                given = await self._given(document, policy)
                asked = perf_counter_ns()
                meters.took("ask", (asked - decoded) / 1000)
            future, on_answer = self._waiter()
            take(document, policy, on_answer, False, given)
            decided = perf_counter_ns()
            answer = await future
        finally:
            meters.in_flight -= 1
        durable = perf_counter_ns()
        if isinstance(answer, TandemError):
            raise answer
        await respond(
            send,
            200,
            answer.body,
            request_id=request_id,
            headers=_DUPLICATE if answer.duplicate else (),
        )
        meters.took("decode", (decoded - started) / 1000)
        meters.took("decide", (decided - asked) / 1000)
        meters.took("durable", (durable - decided) / 1000)
        meters.took("total", (perf_counter_ns() - started) / 1000)
        return 200

    async def _several(self, take: Take, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        self._enter(1)
        entered = 1
        try:
            events = _batch_of(decode_document(await _body_of(scope, receive)))
            bucket = scope.get("tandem.bucket")
            if bucket is not None and len(events) > 1:
                bucket.take(len(events) - 1)  # the request itself has paid for the first
            self._enter(len(events) - 1)
            entered = len(events)
            policy = _policy_of(scope)
            givens = [_NOTHING_ASKED] * len(events)
            if self._asks(take):  # all at once: a batch waits no longer than one event
                givens = list(await asyncio.gather(*(self._given(event, policy) for event in events)))
            waiting: list[asyncio.Future[Settled]] = []
            for index, (event, given) in enumerate(zip(events, givens, strict=True)):
                future, on_answer = self._waiter()
                waiting.append(future)
                try:
                    take(event, policy, on_answer, True, given)
                except TandemError as error:
                    future.set_result(error)
                if index % _YIELD_EVERY == _YIELD_EVERY - 1:
                    await asyncio.sleep(0)
            self._process.wake()
            answers = await asyncio.gather(*waiting)
        finally:
            self._process.wake()  # a caller that left in the middle has asked for what it asked
            self._meters.in_flight -= entered
        items = [_item(answer) for answer in answers]
        accepted = sum(item.problem is None for item in items)
        body = _ENCODE(BatchAnswer(accepted=accepted, refused=len(items) - accepted, items=items))
        await respond(send, 200, body, request_id=request_id)
        return 200

    def _decide(
        self,
        document: dict[str, Any],
        policy: str | None,
        on_answer: OnAnswer,
        more_follows: bool,  # noqa: FBT001
        given: Given,
    ) -> None:
        self._process.decide(document, policy=policy, on_answer=on_answer, more_follows=more_follows, given=given)

    def _record(
        self,
        document: dict[str, Any],
        _policy: str | None,
        on_answer: OnAnswer,
        more_follows: bool,  # noqa: FBT001
        _given: Given,
    ) -> None:
        self._process.record(document, on_answer=on_answer, more_follows=more_follows)

    def _asks(self, take: Take) -> bool:
        return self._gathering is not None and self._gathering.asks and take == self._decide

    async def _given(self, document: dict[str, Any], policy: str | None) -> Given:
        assert self._gathering is not None, "only asked where there is one"
        return await self._gathering.gather(document, policy)

    def _waiter(self) -> tuple[asyncio.Future[Settled], OnAnswer]:
        if self._bridge is None:
            self._bridge = AnswerBridge(asyncio.get_running_loop())
        return self._bridge.waiter()

    def _enter(self, count: int) -> None:
        if self._meters.in_flight + count > self._in_flight_max:
            raise Unavailable(
                "More decisions are being worked on than this server takes at once.",
                code="overloaded",
                hint="send the same event again, with the same event_id, after the pause in Retry-After",
            )
        self._meters.in_flight += count


async def _body_of(scope: Scope, receive: Receive) -> bytes:
    headers = scope["headers"]
    refuse_media_type(header_of(headers, b"content-type"))
    return await read_body(receive, header_of(headers, b"content-length"))


def _policy_of(scope: Scope) -> str | None:
    query: bytes = scope["query_string"]
    if not query:
        return None
    asked = parse_qs(query.decode("latin-1"), keep_blank_values=True, max_num_fields=100)
    unknown = sorted(asked.keys() - {"policy"})
    if unknown:
        raise InvalidInput(
            "Unknown query parameter.", code="unknown_parameter", field=unknown[0], hint="known here: policy"
        )
    if len(asked["policy"]) > 1 or not asked["policy"][0]:
        raise InvalidInput("Name one policy.", code="invalid_parameter", field="policy", hint="?policy=name, once")
    return asked["policy"][0]


def _batch_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    events = document.get("events")
    if isinstance(events, list) and len(events) > BATCH_MAX:
        raise TooLarge(
            f"More than {BATCH_MAX} events in one batch.",
            code="batch_too_large",
            field="events",
            value=len(events),
            hint="split it; for files use `tandem ingest`",
        )
    try:
        return msgspec.convert(document, EventBatch).events
    except msgspec.ValidationError as error:
        raise InvalidInput(
            f"Not a batch: {error}.", code="wrong_shape", field="events", hint='send {"events": [{...}, ...]}'
        ) from None


def _item(answer: Settled) -> BatchItem:
    if isinstance(answer, TandemError):
        return BatchItem(status=answer.status, problem=answer.problem())  # type: ignore[arg-type]  # as it is
    # The bytes as they were answered; the encoder puts them in as they are.
    return BatchItem(status=200, duplicate=answer.duplicate, answer=msgspec.Raw(answer.body))  # type: ignore[arg-type]
