"""How long a change of a list, a release or a roll-back takes to be everywhere, while the server decides as fast as it can.

Twenty connections are open as the console's pages are, each confirming what it hears; the lake's process reads the journal
beside the server; sixteen clients ask for decisions without a pause. The times are those that the server itself proves at
``/v1/propagation``. Behind the server lies a past of many releases (``release_history``), to which it is rolled back: the farthest, the
nearest, and others from all over it. The release that each decision names is compared with the one that was in force at its
place, and each decision is taken again under the release it names.

All that decides is the one process that writes the journal; what else runs beside it is the lake's process, and whoever holds a
connection. All of these are measured.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from benchmarks import release, release_history
from benchmarks.claims import Claim, claim
from benchmarks.http import CLIENTS, load, served, write_bodies
from tandem.decide.decisions import DecisionProcess, decode_body, open_process
from tandem.kernel.identity import Digest
from tandem.kernel.settings import Settings
from tandem.prove.access import read_operator

_CONNECTIONS = 20
_PAUSE_S = 1.0
"""Between two changes, so that the way of each is measured alone."""
_SETTLE_S = 3.0
"""Until the load is under way, and at the end until the last change may be late by more than its promise."""
_SECOND_MS = 1_000
_WHAT = {"list": "changes", "release": "releases", "rollback": "roll-backs"}


@dataclass(frozen=True)
class _Size:
    """How many changes of each kind, how long the past is, and one in how many decisions is taken again afterwards."""

    list: int
    release: int
    rollback: int
    past: int
    payments: int
    again: int

    def asked(self, kind: str) -> int:
        """How many changes of one kind."""
        return int(getattr(self, kind))


_WHOLE, _QUICK = _Size(40, 15, 20, 60, 100_000, 1), _Size(3, 2, 4, 8, 2_000, 5)


@dataclass(frozen=True)
class _Told:
    """What the server tells of the changes by kind, newest first; what whoever rolled back waited; decisions a second meanwhile."""

    changes: dict[str, list[dict[str, Any]]]
    answered_ms: list[float]
    rate: float


@dataclass(frozen=True)
class _Halves:
    """Decisions that do not name the release in force at their place, of how many; those it does not take again, of how many."""

    other: int
    decisions: int
    differing: int
    taken_again: int


def run(quick: bool) -> list[Claim]:
    size = _QUICK if quick else _WHOLE
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_bodies(place / "bodies.jsonl", 4_000)
        artefacts = release.artefacts()
        past: list[Digest] = []

        def live_through(process: DecisionProcess) -> None:
            past.extend(release_history.make(process, artefacts, payments=size.payments, releases=size.past))

        with served(place, "propagation", "", artefacts, live_through) as (address, key):
            told = _changed(place, address, key, size, past)
        halves = _halves(place / "propagation", size.again)
    return [*_times(told, size), *_consistent(told, halves, size)]


def _times(told: _Told, size: _Size) -> list[Claim]:
    burst = (
        f"{_CONNECTIONS} connections that confirm, {CLIENTS} clients asking for {told.rate:,.0f} decisions/s meanwhile,"
        f" SQLite, {size.payments:,} payments and {size.past} releases before; as the server proves it at /v1/propagation"
    )
    claims = []
    for kind, what in _WHAT.items():
        found, asked = told.changes[kind], size.asked(kind)
        protocol = f"slowest of {asked} {what}; {burst}"
        heard = max(one["in_force_ms"] + one["slowest_confirmed_ms"] for one in found)
        lake = [
            one["in_force_ms"] + each["after_ms"]
            for one in found
            for each in one["processes"]
            if each["process"] == "lake"
        ]
        reached = sum(one["everywhere"] and one["confirmed"] == _CONNECTIONS for one in found)
        target = f"<= {_SECOND_MS}"
        claims += [
            claim(f"propagation.{kind}.connections", heard, "ms", target, protocol=f"asked for until confirmed; {protocol}"),
            claim(f"propagation.{kind}.processes", max(lake), "ms", target, protocol=f"asked for until the lake's process had read it; {protocol}"),
            claim(f"propagation.{kind}.everywhere", reached, "changes", f"== {asked}", protocol=f"of {asked} {what}; {burst}"),
        ]  # fmt: skip
    return claims


def _consistent(told: _Told, halves: _Halves, size: _Size) -> list[Claim]:
    waited = max(told.answered_ms)
    return [
        claim("propagation.rollback.answered", waited, "ms", f"<= {_SECOND_MS}",
              protocol=f"request until answer at whoever rolled back, slowest of {size.rollback} over the whole past, by the client's clock"),
        claim("propagation.release.half", halves.other, "decisions", "== 0",
              protocol=f"of {halves.decisions:,}, those that name another release than was in force at their place of the journal; roll-backs included"),
        claim("propagation.rollback.half", halves.other + halves.differing, "decisions", "== 0",
              protocol=f"as propagation.release.half, and those of {halves.taken_again:,} that come out otherwise when the release they name takes them again"),
    ]  # fmt: skip


def _changed(place: Path, address: str, key: str, size: _Size, past: list[Digest]) -> _Told:
    operator = read_operator(place / "propagation")
    assert operator is not None, "the server runs"
    asked = _Api(address, operator.key)
    policy = next(one for one in asked("GET", "/v1/artefacts?kind=policy")["artefacts"])
    body = asked("GET", f"/v1/artefacts/{policy['digest']}")["body"]
    seconds = int((size.list + size.release + 1.5 * size.rollback) * _PAUSE_S + 2 * _SETTLE_S)
    rates: list[float] = []
    burst = threading.Thread(target=lambda: rates.append(load(place, address, key, 1, seconds).rate))
    answered: list[float] = []
    with _listening(address, operator.key):
        burst.start()
        time.sleep(_SETTLE_S)
        every = 1 + size.list // size.release
        for number in range(size.list + size.release):
            if number % every == 0 and number < every * size.release:
                _publish(asked, policy["name"], {**body, "description": f"Version {number}"})
            else:
                entry = {"identifier": f"device-{number}", "reason": "seen", "source": "bench"}
                asked("POST", "/v1/lists/blocked_devices/entries", {"change_id": f"bench-{number}", "add": [entry]})
            time.sleep(_PAUSE_S)
        for to in _over_the_past(past, size.rollback):
            started = time.perf_counter()
            asked("POST", "/v1/releases/rollback", {"by": "ben", "to": to})
            answered.append((time.perf_counter() - started) * 1_000)
            time.sleep(_PAUSE_S)
        time.sleep(_SETTLE_S)
        told = asked("GET", "/v1/propagation?limit=200")["changes"]
    burst.join()
    released = [one for one in told if one["kind"] == "release"]  # newest first
    changes = {
        "list": [one for one in told if one["kind"] == "list"],
        "release": released[size.rollback :],
        "rollback": released[: size.rollback],
    }
    return _Told(changes, answered, rates[0])


def _over_the_past(past: list[Digest], count: int) -> list[Digest]:
    """The farthest release, the nearest, and others evenly from between, far and near in turn; the one with the experiment too."""
    places = [round(number * (len(past) - 1) / (count - 1)) for number in range(count)]
    places[count // 2] = 2 * len(past) // 3  # where the experiment is in force
    near_first = [place for pair in zip(places, reversed(places), strict=True) for place in pair][:count]
    return [past[place] for place in near_first]


def _publish(asked: _Api, name: str, body: dict[str, Any]) -> None:
    draft = {"kind": "policy", "name": name, "body": body}
    (made,) = asked("POST", "/v1/artefacts", {"author": "ann", "artefacts": [draft]})["artefacts"]
    asked("POST", "/v1/reviews", {"approver": "ben", "digests": [made["digest"]]})
    asked("POST", "/v1/releases", {"by": "ben", "digests": [made["digest"]]})


def _halves(home: Path, again: int) -> _Halves:
    """Every decision beside the release in force at its place, and one in ``again`` once more under the one it names."""
    other = differing = decisions = taken_again = 0
    live: str | None = None
    process = open_process(Settings(home=home), "bench")
    try:
        for record in process.journal.read(kinds=["decision", "artefact"]):
            if record.kind == "artefact":
                live = msgspec.json.decode(record.clear).get("release") or live
                continue
            trail = decode_body(record.clear).trail
            decisions += 1
            other += trail.release != live
            if decisions % again == 0:
                taken_again += 1
                differing += not process.archive.replay(trail.decision_id).same
    finally:
        process.close()
    return _Halves(other, decisions, differing, taken_again)


class _Api:
    """Requests with the operator's key."""

    def __init__(self, address: str, key: str) -> None:
        self._host = urlsplit(address).netloc
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: object = None) -> Any:
        with contextlib.closing(http.client.HTTPConnection(self._host, timeout=60)) as connection:
            connection.request(method, path, None if body is None else json.dumps(body), self._headers)
            reply = connection.getresponse()
            answer = reply.read()
        if reply.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{method} {path}: {answer.decode()}")
        return json.loads(answer)


@contextlib.contextmanager
def _listening(address: str, key: str) -> Iterator[None]:
    """So many connections as the console's pages hold them, each in a thread."""
    host, headers = urlsplit(address).netloc, {"Authorization": f"Bearer {key}"}
    streams = []
    for _ in range(_CONNECTIONS):
        connection = http.client.HTTPConnection(host, timeout=120)
        connection.request("GET", "/v1/stream?only=changes", headers=headers)
        streams.append((connection.sock, connection.getresponse()))
    threads = [
        threading.Thread(target=_confirm, args=(stream, _Api(address, key)), daemon=True) for _, stream in streams
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for wire, _ in streams:
            wire.shutdown(socket.SHUT_RDWR)  # closing would wait for who reads


def _confirm(stream: http.client.HTTPResponse, asked: _Api) -> None:
    """Say of each change that it was heard, as a page does."""
    mine, event, last = "", "", ""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # the connection was closed: it is over
        while line := stream.readline().decode():
            name, _, value = line.strip().partition(": ")
            if name == "event":
                event = value
            elif name == "id":
                last = value
            elif name == "data" and event == "hello":
                mine = json.loads(value)["connection"]
            elif name == "data" and event == "changed" and json.loads(value)["kind"] != "case":
                asked("POST", "/v1/propagation/confirmations", {"connection": mine, "id": last})
