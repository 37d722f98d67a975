"""How long a change of a list or a release takes to be everywhere, while the server decides as fast as it can.

Twenty connections are open as the console's pages are, each confirming what it hears; the lake's process reads the journal
beside the server; sixteen clients ask for decisions without a pause. The times are those that the server itself proves at
``/v1/propagation``. The release that each decision names is compared with the one that was in force at its place.
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
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from benchmarks import release
from benchmarks.claims import Claim, claim
from benchmarks.http import CLIENTS, load, served, write_bodies
from tandem.decide.decisions import open_beside
from tandem.kernel.settings import Settings
from tandem.prove.access import read_operator

_CONNECTIONS = 20
_PAUSE_S = 1.0
"""Between two changes, so that the way of each is measured alone."""
_SETTLE_S = 3.0
"""Until the load is under way, and at the end until the last change may be late by more than its promise."""
_SECOND_MS = 1_000


def run(quick: bool) -> list[Claim]:
    changes, releases = (8, 4) if quick else (40, 15)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_bodies(place / "bodies.jsonl", 4_000)
        artefacts = release.artefacts()
        with served(place, "propagation", "", artefacts) as (address, key):
            told, rate = _changed(place, address, key, changes, releases)
        wrong = _decided_by_another(place / "propagation")
    burst = (
        f"{_CONNECTIONS} connections that confirm, {CLIENTS} clients asking for {rate:,.0f} decisions/s meanwhile, SQLite;"
        " as the server proves it at /v1/propagation"
    )
    claims = []
    for kind, asked in (("list", changes), ("release", releases)):
        found = [one for one in told if one["kind"] == kind]
        protocol = f"slowest of {asked} changes; {burst}"
        heard = max(one["in_force_ms"] + one["slowest_confirmed_ms"] for one in found)
        lake = [each["after_ms"] for one in found for each in one["processes"] if each["process"] == "lake"]
        reached = sum(one["everywhere"] and one["confirmed"] == _CONNECTIONS for one in found)
        target = f"<= {_SECOND_MS}"
        claims += [
            claim(f"propagation.{kind}.connections", heard, "ms", target, protocol=f"asked for until confirmed; {protocol}"),
            claim(f"propagation.{kind}.processes", max(lake), "ms", target, protocol=f"until the lake's process had read it; {protocol}"),
            claim(f"propagation.{kind}.everywhere", reached, "changes", f"== {asked}", protocol=f"of {asked}; {burst}"),
        ]  # fmt: skip
    return [*claims, claim("propagation.release.half", wrong, "decisions", "== 0",
                           protocol="decisions that name another release than was in force at their place of the journal")]  # fmt: skip


def _changed(place: Path, address: str, key: str, changes: int, releases: int) -> tuple[list[dict[str, Any]], float]:
    """What the server tells of the changes; decisions a second meanwhile."""
    operator = read_operator(place / "propagation")
    assert operator is not None, "the server runs"
    asked = _Api(address, operator.key)
    policy = next(one for one in asked("GET", "/v1/artefacts?kind=policy")["artefacts"])
    body = asked("GET", f"/v1/artefacts/{policy['digest']}")["body"]
    seconds = int((changes + releases) * _PAUSE_S + 2 * _SETTLE_S)
    rates: list[float] = []
    burst = threading.Thread(target=lambda: rates.append(load(place, address, key, 1, seconds).rate))
    with _listening(address, operator.key):
        burst.start()
        time.sleep(_SETTLE_S)
        every = 1 + changes // releases
        for number in range(changes + releases):
            if number % every == 0 and number < every * releases:
                _publish(asked, policy["name"], {**body, "description": f"Version {number}"})
            else:
                entry = {"identifier": f"device-{number}", "reason": "seen", "source": "bench"}
                asked("POST", "/v1/lists/blocked_devices/entries", {"change_id": f"bench-{number}", "add": [entry]})
            time.sleep(_PAUSE_S)
        time.sleep(_SETTLE_S)
        told = asked("GET", "/v1/propagation?limit=200")["changes"]
    burst.join()
    return told, rates[0]


def _publish(asked: _Api, name: str, body: dict[str, Any]) -> None:
    draft = {"kind": "policy", "name": name, "body": body}
    (made,) = asked("POST", "/v1/artefacts", {"author": "ann", "artefacts": [draft]})["artefacts"]
    asked("POST", "/v1/reviews", {"approver": "ben", "digests": [made["digest"]]})
    asked("POST", "/v1/releases", {"by": "ben", "digests": [made["digest"]]})


def _decided_by_another(home: Path) -> int:
    """How many decisions name another release than the last one before them in the journal."""
    wrong, live = 0, None
    with open_beside(Settings(home=home), "bench") as beside:
        for record in beside.journal.read(kinds=["decision", "artefact"]):
            body = msgspec.json.decode(record.clear)
            if record.kind == "artefact":
                live = body.get("release") or live
            else:
                wrong += body["trail"]["release"] != live
    return wrong


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
