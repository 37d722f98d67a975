"""Live traffic: many callers at once over HTTP, each waiting for its durable answer, as a lender's systems would."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Collection, Sequence
from queue import Empty, SimpleQueue
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from tandem.faces.demo.sources import Document
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Unavailable

__all__ = ["Played", "Server", "decide_in_order", "play_decisions", "publish", "send_batches", "sign_offers"]

T = TypeVar("T")

CALLERS = 16
_BATCH = 200
_RETRIES = 20


class Server(msgspec.Struct, frozen=True):
    """The server that is played to.

    Attributes:
        address: where it answers.
        key: lets the player in.
        welcome: the one-time link for the first admin; None once there is one.
    """

    address: str
    key: str
    welcome: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        return {"Authorization": f"Bearer {self.key}"}


class Played(msgspec.Struct, frozen=True):
    """What callers saw.

    Attributes:
        answers: event id to the answer document.
        latencies_ms: of each request, as its caller measured it, in no order.
        seconds: from first request to last answer.
    """

    answers: dict[str, dict[str, Any]]
    latencies_ms: list[float]
    seconds: float


def play_decisions(server: Server, documents: Sequence[Document], advance: Callable[[int], None]) -> Played:
    """Ask for a decision on each of ``documents``, at most ``CALLERS`` at once.

    Raises:
        Unavailable: the server does not answer, or refuses one of them.
    """
    answers: dict[str, dict[str, Any]] = {}
    latencies: list[float] = []

    def ask(connection: http.client.HTTPConnection, document: Document) -> None:
        started = time.perf_counter()
        body = _post(connection, server, "/v1/decisions", msgspec.json.encode(document))
        latencies.append((time.perf_counter() - started) * 1000)
        answers[document["event_id"]] = msgspec.json.decode(body)
        advance(1)

    started = time.perf_counter()
    _at_once(CALLERS, server, documents, ask)
    return Played(answers, latencies, time.perf_counter() - started)


def decide_in_order(
    server: Server, documents: Sequence[Document], advance: Callable[[int], None]
) -> dict[str, dict[str, Any]]:
    """Have ``documents`` decided one after the other, a batch at a time: what comes of them is the same every time.

    Returns:
        Event id to the answer document.

    Raises:
        Unavailable: the server does not answer, or refuses one of them.
    """
    answers: dict[str, dict[str, Any]] = {}

    def send(connection: http.client.HTTPConnection, batch: Sequence[Document]) -> None:
        for document, item in zip(batch, _batch_answer(connection, server, "/v1/decisions/batch", batch), strict=True):
            answers[document["event_id"]] = item["answer"]
        advance(len(batch))

    _at_once(1, server, _batches(documents), send)
    return answers


def send_batches(server: Server, path: str, documents: Sequence[Document], advance: Callable[[int], None]) -> None:
    """Send ``documents`` a batch at a time, two batches at once, to ``/v1/events/batch`` or ``/v1/decisions/batch``.

    Raises:
        Unavailable: the server does not answer, or refuses one of them.
    """

    def send(connection: http.client.HTTPConnection, batch: Sequence[Document]) -> None:
        _batch_answer(connection, server, path, batch)
        advance(len(batch))

    # Two: one is decided while the other is made durable.
    _at_once(2, server, _batches(documents), send)


def sign_offers(
    server: Server,
    documents: Sequence[Document],
    played: Played,
    terms: Collection[int],
    advance: Callable[[int], None],
) -> dict[str, str]:
    """Sign what was offered to those of ``documents`` that ask for one of ``terms``.

    Returns:
        Who signed, in the order of the documents, to the account that was opened.

    Raises:
        Unavailable: the server does not answer, or refuses one of them.
    """
    offers = []
    for document in documents:
        answer, term = played.answers[document["event_id"]], document["values"].get("term_months")
        if answer["outcome"] == "approve" and term in terms:
            offers.append((document["values"]["person"], answer["decision_id"], term))
    opened: dict[str, str] = {}

    def sign(connection: http.client.HTTPConnection, offer: tuple[str, str, int]) -> None:
        person, decision, term = offer
        body = msgspec.json.encode({"term": term, "by": "demo"})
        signed = msgspec.json.decode(_post(connection, server, f"/v1/decisions/{decision}/acceptance", body))
        opened[person] = signed["account"]["account_id"]
        advance(1)

    _at_once(CALLERS, server, offers, sign)
    return {person: opened[person] for person, _, _ in offers}


def publish(server: Server, artefacts: Sequence[Artefact], note: str) -> None:
    """Push, review and release ``artefacts`` on top of what is live.

    Raises:
        Unavailable: the server does not answer, or refuses them.
    """
    digests = [str(one.digest) for one in artefacts]
    documents = [{"kind": one.kind, "name": one.name, "body": one.body} for one in artefacts]
    connection = _connection(server.address)
    try:
        for path, body in (
            ("/v1/artefacts", {"author": "demo", "artefacts": documents, "note": note}),
            ("/v1/reviews", {"approver": "demo-reviewer", "digests": digests, "note": note}),
            ("/v1/releases", {"by": "demo-reviewer", "digests": digests, "note": note}),
        ):
            _post(connection, server, path, msgspec.json.encode(body))
    finally:
        connection.close()


def _at_once(
    callers: int, server: Server, work: Sequence[T], do: Callable[[http.client.HTTPConnection, T], None]
) -> None:
    """``do`` all of ``work``, in order, at most ``callers`` of it at once; the first failure ends it."""
    queue: SimpleQueue[T] = SimpleQueue()
    for one in work:
        queue.put(one)
    failures: list[Exception] = []

    def caller() -> None:
        connection = _connection(server.address)
        try:
            while not failures:
                do(connection, queue.get_nowait())
        except Empty:
            pass
        except Exception as error:  # noqa: BLE001 - told to the one who waits
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=caller, daemon=True) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _batches(documents: Sequence[Document]) -> list[Sequence[Document]]:
    return [documents[start : start + _BATCH] for start in range(0, len(documents), _BATCH)]


def _batch_answer(
    connection: http.client.HTTPConnection, server: Server, path: str, batch: Sequence[Document]
) -> list[dict[str, Any]]:
    """What became of each of ``batch``, of which none may be refused."""
    answer = msgspec.json.decode(_post(connection, server, path, msgspec.json.encode({"events": batch})))
    if answer["refused"]:
        raise Unavailable(f"The server refused {answer['refused']} of a batch.", code="demo_refused")
    items: list[dict[str, Any]] = answer["items"]
    return items


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)


def _post(connection: http.client.HTTPConnection, server: Server, path: str, body: bytes) -> bytes:
    for _ in range(_RETRIES):
        connection.request("POST", path, body, {"Content-Type": "application/json", **server.headers})
        response = connection.getresponse()
        answer = response.read()
        if response.status == http.client.SERVICE_UNAVAILABLE:
            time.sleep(float(response.headers.get("Retry-After", "1")))  # the server said when to come back
            continue
        if response.status >= http.client.BAD_REQUEST:
            raise Unavailable(f"The server refused: {answer.decode()}", code="demo_refused")
        return answer
    raise Unavailable("The server stayed busy.", code="demo_busy")
