"""A vendor that really listens on a socket, and misbehaves as told; a desk that asks it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tandem.decide.connectors import (
    Answered,
    Connector,
    ConnectorDesk,
    HttpFetch,
    KeptAnswers,
    Request,
    parse_connector,
)
from tandem.kernel.identity import EntityKind, SeededEntropy
from tandem.kernel.outward import networks_of
from tandem.kernel.time import SystemClock
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

LOOPBACK = networks_of("127.0.0.0/8", "connector_networks")
GOOD = {"result": {"score": 640, "note": "thin"}}


class Vendor:
    """A server on a free port. ``behaviours`` are taken one by one, the last one for ever."""

    def __init__(self) -> None:
        self.behaviours: list[Any] = [GOOD]
        self.received: list[tuple[dict[str, str], Any]] = []
        self.elsewhere = 0
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/elsewhere":
                    vendor.elsewhere += 1
                vendor.received.append((dict(self.headers), json.loads(body)))
                behaviour = vendor.behaviours.pop(0) if len(vendor.behaviours) > 1 else vendor.behaviours[0]
                vendor.behave(self, behaviour)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1/score"

    def behave(self, handler: BaseHTTPRequestHandler, behaviour: Any) -> None:
        if callable(behaviour):
            behaviour(handler)
        elif isinstance(behaviour, int):
            self.send(handler, behaviour, b"{}")
        elif isinstance(behaviour, bytes):
            self.send(handler, 200, behaviour)
        else:
            self.send(handler, 200, json.dumps(behaviour).encode())

    @staticmethod
    def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(1.5)
    handler.close_connection = True


def drop(handler: BaseHTTPRequestHandler) -> None:
    """Close in the middle."""
    handler.connection.close()
    handler.close_connection = True


def trickle(handler: BaseHTTPRequestHandler) -> None:
    """Promise an answer and send it byte by byte."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """An answer without end."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"1000\r\n" + b" " * 4096 + b"\r\n")


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    one = Vendor()
    yield one
    one.close()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    keys = SqliteSubjectKeys(tmp_path / "keys.db")
    one = Vault(MasterKey(b"m" * 32), keys, "test", clock=SystemClock(), entropy=SeededEntropy(1))
    yield one
    one.close()


def document(url: str = "https://bureau.example/v1/score", **changes: Any) -> dict[str, Any]:
    return {
        "name": "bureau",
        "url": url,
        "purpose": "credit_assessment",
        "send": {"id": {"field": "person", "class": "C2"}, "product": {"value": "loan"}},
        "answer": {
            "bureau_score": {"type": "integer", "at": "result.score", "minimum": 0, "maximum": 1000},
            "bureau_note": {"type": "text", "at": "result.note", "nullable": True},
        },
        "no_record": [404],
        "budget": "900ms",
        "attempt": "400ms",
        "retries": 1,
        "price": {"minor": 45, "currency": "EUR"},
        **changes,
    }


def connector(url: str = "https://bureau.example/v1/score", **changes: Any) -> Connector:
    return parse_connector(document(url, **changes))


class Asker:
    """Asks from a loop of its own, as a test needs it."""

    def __init__(self, desk: ConnectorDesk, vault: Vault) -> None:
        self.desk = desk
        self.vault = vault

    def request(self, person: str = "p1") -> Request:
        body = json.dumps({"id": person, "product": "loan"}, sort_keys=True).encode()
        return Request(body=body, subject=self.vault.pseudonym(EntityKind("person"), person))

    def __call__(self, one: Connector, person: str = "p1", *, within_s: float = 5.0) -> Answered:
        async def ask() -> Answered:
            try:
                return await self.desk.ask(one, self.request(person), within_s)
            finally:
                await self.desk.close()

        return asyncio.run(ask())


@pytest.fixture
def asker(tmp_path: Path, vault: Vault):
    """An asker in a mode, with a clock and secrets."""

    kept: list[KeptAnswers] = []

    def make(mode: Any = "live", *, clock: Any = None, secrets: Any = None, fetch: Any = None) -> Asker:
        kept.append(KeptAnswers(tmp_path / "connectors.db", vault, b"k" * 32))
        desk = ConnectorDesk(
            mode,
            fetch or HttpFetch(LOOPBACK),
            kept[-1],
            secret_of=(secrets or {}).get,
            clock=clock or SystemClock(),
            entropy=SeededEntropy(2),
        )
        return Asker(desk, vault)

    yield make
    for one in kept:
        one.close()
