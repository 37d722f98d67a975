"""No byte string makes the API fail, and nothing comes back that OpenAPI does not declare, scored answers included."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import hostile
import pytest
from http_face import Caller, Contract
from scored_workspace import count_scored, scored_process

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api import create_app


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DecisionProcess]:
    one = scored_process(tmp_path_factory.mktemp("hostile"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def call(process: DecisionProcess) -> Iterator[Caller]:
    caller = Caller(create_app(process))
    yield caller
    caller.close()


@pytest.fixture(scope="module")
def contract(call: Caller) -> Contract:
    return Contract(call("GET", "/openapi.json").json)


def attack(
    call: Caller, contract: Contract, process: DecisionProcess, seed: int, count: int, *, at_once: int = 16
) -> Counter[str]:
    """Send ``count`` requests, ``at_once`` together, and judge each answer; how much of what came back was scored."""
    scored: Counter[str] = Counter()

    async def send(requests: list[hostile.Request]) -> None:
        asked = [call.ask(one.method, one.path, one.body, query=one.query, headers=one.headers) for one in requests]
        for one, reply in zip(requests, await asyncio.gather(*asked), strict=True):
            contract.judge(one.method, one.path, reply)
            told = count_scored(one.method, one.path, reply)
            scored.update(told)
            if one.sound:
                scored["sound"] += 1
                scored["sound and scored"] += bool(told["decision"] or told["decision of a batch"])

    live = process.state.register.artefacts_of(process.state.register.release_of(process.live.digest))
    waiting: list[hostile.Request] = []
    for request in hostile.requests(seed, count, live):
        waiting.append(request)
        if len(waiting) == at_once:
            call.run(send(waiting))
            waiting = []
    if waiting:
        call.run(send(waiting))
    return scored


def assert_much_is_scored(scored: Counter[str], count: int) -> None:
    """The corpus reaches what models answer on every route that tells it, and cannot lose that unseen."""
    assert scored["sound"] > 0.08 * count
    assert scored["sound and scored"] >= 0.98 * scored["sound"], "a sound application is scored by both models"
    assert scored["decision"] > 0.1 * count
    assert scored["decision of a batch"] > 0.05 * count
    for where in ("decision of a page", "decision read", "explanation", "replay", "features"):
        assert scored[where] >= count / 200, where
    for where in ("model read", "model pushed"):
        assert scored[where] >= count / 1_000, where
    assert scored["replay that differs"] == scored["explanation that disagrees"] == 0
    assert scored["release"] >= count / 2_000, "models with other numbers have gone live meanwhile"


def test_the_corpus_is_large_enough_to_mean_something():
    assert len(hostile.CORPUS) + len(hostile.HEADERS) >= 60


@pytest.mark.parametrize("path", hostile.POSTS)
def test_every_hostile_body_gets_a_declared_answer_on_every_route(call, contract, path):
    for name, body in hostile.CORPUS.items():
        reply = call("POST", path, body)
        contract.judge("POST", path, reply)
        assert reply.status != 500, name


@pytest.mark.parametrize("name", sorted(hostile.HEADERS))
def test_hostile_headers_get_a_declared_answer(call, contract, name):
    for path in hostile.POSTS:
        contract.judge("POST", path, call("POST", path, hostile.GOOD, headers=hostile.HEADERS[name]))


def test_a_body_over_the_limit_is_refused_while_it_arrives(call):
    endless = [b'{"a":"'] + [b"x" * 65_536] * 400
    reply = call("POST", "/v1/decisions", endless)
    assert (reply.status, reply.code) == (413, "body_too_large")
    assert "26214" in reply.json["hint"]


def test_nothing_is_half_written_by_what_is_refused(call, process):
    before = process.state.seq
    for name, body in hostile.CORPUS.items():
        if call("POST", "/v1/decisions", body).status >= 400:
            assert process.state.seq == before, name
        before = process.state.seq
    assert process.journal.drain().seq == process.state.seq


def test_ten_thousand_hostile_requests_get_only_declared_answers(call, contract, process):
    scored = attack(call, contract, process, seed=20_261_124, count=10_000)
    assert sum(contract.seen.values()) >= 10_000
    routes = {(method, route) for method, route, status, _ in contract.seen if status < 300}
    assert ("POST", "/v1/decisions") in routes, "the good ones among them are answered"
    assert process.journal.drain().seq == process.state.seq
    assert_much_is_scored(scored, 10_000)


@pytest.mark.prove
@pytest.mark.timeout(1_200)
def test_one_hundred_thousand_hostile_requests_get_only_declared_answers(call, contract, process):
    scored = attack(call, contract, process, seed=7, count=100_000)
    print(dict(scored.most_common()))  # noqa: T201 - the figures of a long run
    assert sum(contract.seen.values()) >= 100_000
    assert_much_is_scored(scored, 100_000)
