"""The client with an event loop does what its twin does."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, datetime

import httpx
import pytest
from http_face import application
from tandem_sdk import AsyncTandem, ConnectionFailed, Event, InvalidRequest, Retry, Tandem, Unavailable
from unreliable import AsyncUnreliable

QUICK = Retry(attempts=4, first_s=0.001, max_s=2.0)


def event(event_id, **values):
    document = application(event_id, **values)
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    return Event(event_type="application", event_id=event_id, values=document["values"], occurred_at=at)


def run(work):
    return asyncio.run(work)


def test_both_clients_have_the_same_calls():
    def calls(kind):
        return {
            name: [str(each) for each in inspect.signature(member).parameters.values()]
            for name, member in vars(kind).items()
            if callable(member) and not name.startswith("_")
        }

    assert calls(Tandem) == calls(AsyncTandem)


def test_many_at_once_are_decided(address):
    async def work():
        async with AsyncTandem(address) as tandem:
            return await asyncio.gather(*(tandem.decide(event(f"a-{number}")) for number in range(50)))

    assert {decision.outcome for decision in run(work())} == {"approve"}


def test_lost_and_refused_requests_are_sent_again(address):
    not_now = httpx.Response(503, headers={"retry-after": "0"}, json={"code": "overloaded", "detail": "d"})

    async def work():
        way = AsyncUnreliable(httpx.ReadError("cut"), not_now)
        async with AsyncTandem(address, retry=QUICK, transport=way) as tandem:
            answer = await tandem.decide(event("a-lost"))
        return answer, way

    answer, way = run(work())
    assert (answer.outcome, len(way.asked)) == ("approve", 3)


def test_patience_ends_and_refusals_are_told(address):
    async def work():
        async with AsyncTandem(address, retry=QUICK) as tandem:
            with pytest.raises(InvalidRequest):
                await tandem.decide(event("a-bad", age=-1))
            with pytest.raises(Unavailable):
                await tandem.webhooks()
        async with AsyncTandem("http://127.0.0.1:9", retry=QUICK) as nobody:
            with pytest.raises(ConnectionFailed):
                await nobody.status()

    run(work())


def test_batches_pages_lists_and_everything_else(address, monkeypatch):
    monkeypatch.setattr("tandem_sdk._async.PAGE", 2)

    async def work():
        async with AsyncTandem(address) as tandem:
            items = await tandem.decide_batch([event(f"ab-{number}", age=16) for number in range(5)])
            assert [item.answer.outcome for item in items] == ["decline"] * 5
            many = [item.event_id async for item in tandem.decide_many([event("ab-0", age=16)])]
            assert many == ["ab-0"]
            found = []
            async for record in tandem.decisions(outcome="decline"):
                found.append(record.answer.event_id)
                if len(found) == 5:
                    break
            assert found == [f"ab-{number}" for number in range(4, -1, -1)]
            assert (await tandem.explain("ab-0")).agrees
            assert (await tandem.replay("ab-0")).same
            assert (await tandem.decision("ab-0")).answer.event_id == "ab-0"
            assert (await tandem.record(event("ar-1"))).event_id == "ar-1"
            assert len(await tandem.record_batch([event("ar-1")])) == 1
            assert await tandem.lists()
            entry = {"identifier": "d-async", "reason": "r", "source": "s"}
            assert (await tandem.change_list("blocked_devices", add=[entry])).added == 1
            assert "r" in [each.reason async for each in tandem.list_entries("blocked_devices")]
            assert (await tandem.features("device", "d-async")).kind == "device"
            assert (await tandem.request("GET", "/health/live")) == {"status": "live"}
            assert (await tandem.status()).workspace == "lender"

    run(work())


def test_the_stream_is_read(address):
    async def work():
        async with AsyncTandem(address) as tandem:

            async def keep_deciding():
                number = 0
                while True:
                    await tandem.decide(event(f"as-{number}"))
                    number += 1
                    await asyncio.sleep(0.05)

            busy = asyncio.create_task(keep_deciding())
            try:
                async for each in tandem.stream():
                    if each.event == "decisions":
                        return each
            finally:
                busy.cancel()

    assert run(work()).data["decisions"]
