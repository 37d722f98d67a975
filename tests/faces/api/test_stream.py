"""Every open stream hears of every change, in order, at once, and what it missed; how fast, is written down."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from http_face import HOST, Caller, application, released_process, starter_artefacts

from tandem.faces.api import create_app
from tandem.faces.api.changes import CHANGES_KEPT
from tandem.faces.api.stream import READERS_MAX, LiveStream
from tandem.kernel.artefacts import Artefact

PATIENCE_S = 20.0
_CHANGES = count(1)


@dataclass
class Tab:
    """A page with an open stream: what it has heard, as (event, id, data), and how often it was written to."""

    heard: list[tuple[str, str, Any]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    writes: int = 0

    def take(self, chunk: bytes) -> None:
        for block in chunk.decode().split("\n\n"):
            said = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
            if "event" in said:
                self.heard.append((said["event"], said.get("id", ""), json.loads(said["data"])))
        self.changed.set()

    def of(self, event: str) -> list[Any]:
        return [data for name, _, data in self.heard if name == event]

    @property
    def last_id(self) -> str:
        return [given for _, given, _ in self.heard if given][-1]

    async def until(self, event: str, number: int) -> list[Any]:
        async with asyncio.timeout(PATIENCE_S):
            while len(self.of(event)) < number:
                self.changed.clear()
                await self.changed.wait()
        return self.of(event)


@asynccontextmanager
async def stream(app: Any, query: bytes = b"", last_id: str | None = None) -> AsyncIterator[Tab]:
    """An open stream that has been greeted."""
    tab, gone = Tab(), asyncio.Event()
    headers = [HOST] if last_id is None else [HOST, (b"last-event-id", last_id.encode())]
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/v1/stream",
        "query_string": query,
        "headers": headers,
        "client": ("127.0.0.1", 1),
    }

    async def receive() -> dict[str, Any]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        tab.writes += 1
        tab.take(message.get("body", b""))

    running = asyncio.create_task(app(scope, receive, send))
    await tab.until("hello", 1)
    yield tab
    gone.set()
    await running


async def block(call: Caller, number: int) -> dict[str, Any]:
    """Put a device on the list of the starter."""
    entry = {"identifier": f"d-{number}", "reason": "seen in a ring", "source": "test"}
    body = {"change_id": f"c-{next(_CHANGES)}", "by": "ann", "add": [entry]}
    reply = await call.ask("POST", "/v1/lists/blocked_devices/entries", body)
    assert reply.status == 200, reply.body
    return reply.json


async def propagation(call: Caller, **asked: int) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items()).encode()
    return (await call.ask("GET", "/v1/propagation", query=query)).json


def test_a_list_change_reaches_fifty_streams_in_order_and_the_proof_says_so(call):
    async def go() -> None:
        async with asyncio.timeout(PATIENCE_S):
            tabs = [stream(call.app) for _ in range(50)]
            opened = [await tab.__aenter__() for tab in tabs]
            for number in range(5):
                await block(call, number)
            for tab in opened:
                told = await tab.until("changed", 5)
                assert [one["kind"] for one in told] == ["list"] * 5
                assert {one["name"] for one in told} == {"blocked_devices"}
                assert [one["seq"] for one in told] == sorted(one["seq"] for one in told)
            found = await propagation(call)
            assert len(found["connections"]) == 50
            newest = found["changes"][0]
            assert (newest["connections"], newest["sent"], newest["everywhere"]) == (50, 50, True)
            assert newest["slowest_ms"] >= 0
            assert newest["in_force_ms"] >= 0
            assert newest["seq"] == found["journal_seq"]
            for tab in tabs:
                await tab.__aexit__(None, None, None)
            assert (await propagation(call))["connections"] == []

    call.run(go())


def test_a_page_that_confirms_completes_the_proof(call):
    async def go() -> None:
        async with stream(call.app) as tab, stream(call.app):
            await block(call, 1)
            (told,) = await tab.until("changed", 1)
            connection = tab.of("hello")[0]["connection"]
            body = {"connection": connection, "id": tab.last_id}
            assert (await call.ask("POST", "/v1/propagation/confirmations", body)).status == 200
            (change,) = (await propagation(call, seq=told["seq"]))["changes"]
            assert (change["sent"], change["confirmed"]) == (2, 1)
            assert change["slowest_confirmed_ms"] >= 0
            strange = {"connection": "0" * 16, "id": tab.last_id}
            refused = await call.ask("POST", "/v1/propagation/confirmations", strange)
            assert (refused.status, refused.code) == (404, "unknown_connection")
            unheard = {"connection": connection, "id": "no-id"}
            assert (await call.ask("POST", "/v1/propagation/confirmations", unheard)).code == "unknown_connection"

    call.run(go())


def test_a_reader_that_was_cut_off_is_given_what_it_missed_and_nothing_twice(call):
    async def go() -> None:
        async with stream(call.app) as tab:
            await block(call, 1)
            await tab.until("changed", 1)
            heard = tab.last_id
        missed = [(await block(call, number))["list_version"] for number in (2, 3)]
        async with stream(call.app, last_id=heard) as again:
            told = await again.until("changed", len(missed))
            await block(call, 4)
            told = await again.until("changed", 3)
            assert [one["seq"] for one in told] == sorted({one["seq"] for one in told})
            assert again.of("resync") == []
        async with stream(call.app, query=b"after=" + heard.encode()) as tab:
            await tab.until("changed", 3)

    call.run(go())


def test_a_reader_cut_off_before_it_heard_of_any_change_misses_none(call):
    async def go() -> None:
        async with stream(call.app) as tab:
            heard = tab.last_id
        await block(call, 1)
        async with stream(call.app, last_id=heard) as again:
            assert len(await again.until("changed", 1)) == 1

    call.run(go())


@pytest.mark.parametrize("last_id", ["another-1", "x", "", "-", "1-99999999999999999999999", "é-1"])
def test_an_id_of_another_run_is_told_to_look_again(call, last_id):
    async def go() -> None:
        async with stream(call.app, last_id=last_id) as tab:
            if last_id:
                await tab.until("resync", 1)
            await block(call, 1)
            await tab.until("changed", 1)

    call.run(go())


def test_who_missed_more_than_is_kept_is_told_to_look_again():
    live = LiveStream()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await live(scope, receive, send, b"r-1")

    async def go() -> None:
        async with stream(app) as tab:
            heard = tab.last_id
        for number in range(CHANGES_KEPT + 1):
            live.publish_change("case", f"case-{number}", number)
        async with stream(app, last_id=heard) as tab:
            await tab.until("resync", 1)
            assert tab.of("changed") == []
            live.publish_change("person", "ann", 7)
            (told,) = await tab.until("changed", 1)
            assert (told["kind"], told["name"], told["seq"]) == ("person", "ann", 7)

    asyncio.run(go())


def test_a_flood_of_cases_hides_no_proof_and_is_told_at_once():
    live = LiveStream()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await live(scope, receive, send, b"r-1")

    async def go() -> None:
        async with stream(app) as tab:
            live.publish_change("list", "blocked", 1)
            await tab.until("changed", 1)
            before = tab.writes
            for number in range(CHANGES_KEPT - 1):
                live.publish_change("case", f"case-{number}", 2 + number)
                if number % 100 == 0:
                    await asyncio.sleep(0)
            told = await tab.until("changed", CHANGES_KEPT)
            assert [one["kind"] for one in told] == ["list"] + ["case"] * (CHANGES_KEPT - 1)
            assert tab.writes - before < 5
            live.publish_change("case", "one-more", 2_000)
            assert live.log.confirm(tab.of("hello")[0]["connection"], tab.last_id)
            (proof,) = live.log.recent(50)
            assert (proof.name, len(proof.sent_us), len(proof.confirmed_us)) == ("blocked", 1, 1)

    asyncio.run(go())


def test_a_stream_can_be_narrowed_to_changes(call):
    async def go() -> None:
        async with stream(call.app, query=b"only=changes") as quiet, stream(call.app) as loud:
            await call.ask("POST", "/v1/decisions", application("a-1"))
            await loud.until("decisions", 1)
            await block(call, 1)
            await quiet.until("changed", 1)
            assert quiet.of("decisions") == []
        refused = await call.ask("GET", "/v1/stream", query=b"only=everything")
        assert (refused.status, refused.code) == (422, "invalid_parameter")
        assert (await call.ask("GET", "/v1/stream", query=b"&".join([b"a=1"] * 200))).status == 422

    call.run(go())


def test_one_reader_too_many_is_refused(call):
    async def go() -> None:
        tabs = [stream(call.app, query=b"only=changes") for _ in range(READERS_MAX)]
        for tab in tabs:
            await tab.__aenter__()
        refused = await call.ask("GET", "/v1/stream")
        assert (refused.status, refused.code) == (503, "too_many_readers")
        for tab in tabs:
            await tab.__aexit__(None, None, None)

    call.run(go())


def test_no_request_sees_half_a_release(tmp_path):
    """Decisions race with releases that change a rule and the words for its reason; each holds to the one it names."""
    artefacts = starter_artefacts(tmp_path)
    process = released_process(tmp_path, artefacts)
    first = process.live.digest
    changed = [_harsher(one) for one in artefacts if one.kind in {"policy", "reasons"}]
    process.push(changed, author="ann")
    process.review([one.digest for one in changed], approver="bob")
    second = process.release({one.key: one.digest for one in changed}, by="bob")
    call = Caller(create_app(process))
    expected = {first: ("approve", None), second: ("decline", "Words of the second release.")}
    seen: list[tuple[str, tuple[str, str | None]]] = []

    async def ask(client: int) -> None:
        for number in range(60):
            told = (await call.ask("POST", "/v1/decisions", application(f"r-{client}-{number}"))).json
            words = told["reasons"][0]["en"] if told["reasons"] else None
            seen.append((told["release"], (told["outcome"], words)))
            await asyncio.sleep(0)

    async def flip() -> None:
        for turn in range(12):
            body = {"by": "ann", "to": (first, second)[turn % 2], "note": "back and forth"}
            assert (await call.ask("POST", "/v1/releases/rollback", body)).status == 200

    async def race() -> None:
        await asyncio.gather(flip(), *(ask(client) for client in range(8)))

    call.run(race())
    call.close()
    process.close()
    assert {release for release, _ in seen} == {first, second}
    assert len(seen) == 480
    assert all(found == expected[release] for release, found in seen)


def _harsher(artefact: Artefact) -> Artefact:
    """Under age is everybody under 99, and the words say something else."""
    if artefact.kind == "reasons":
        words = {name: {"en": "Words of the second release.", "zh-CN": "新"} for name in ("customer", "internal")}
        return Artefact.of("reasons", artefact.name, {"reasons": dict.fromkeys(artefact.body["reasons"], words)})
    body = json.loads(json.dumps(artefact.body).replace("age < 18", "age < 99"))
    body.pop("examples", None)
    return Artefact.of("policy", artefact.name, body)
