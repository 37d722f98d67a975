"""Framing over a real socket: what arrives before our own code sees it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator

import hostile
import pytest
from http_face import application, starter_process

from tandem.faces.api import Server, create_app
from tandem.kernel.errors import Unavailable

BODY = json.dumps(application("socket")).encode()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    process = starter_process(tmp_path_factory.mktemp("sockets"))
    server = Server(create_app(process), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield int(server.address.rpartition(":")[2])
    server.stop()
    thread.join(timeout=20)
    process.close()


def exchange(port: int, raw: bytes, *, half_close: bool = True) -> bytes:
    """Send ``raw``, read until the server closes or rests."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as connection:
        received = b""
        try:
            connection.sendall(raw)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65_536):
                received += chunk
        except OSError:  # closed while we still sent, or silent for three seconds
            pass
        return received


def head(*lines: str, path: str = "/v1/decisions") -> bytes:
    start = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *lines]
    return "\r\n".join([*start, "", ""]).encode("latin-1")


def test_a_good_request_is_answered_over_a_socket(port):
    raw = head("Content-Type: application/json", f"Content-Length: {len(BODY)}") + BODY
    answer = exchange(port, raw, half_close=False)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"server: uvicorn" not in answer.lower()


def test_a_chunked_body_is_one_body(port):
    pieces = (
        b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (BODY[:7], BODY[7:100], BODY[100:])) + b"0\r\n\r\n"
    )
    answer = exchange(
        port, head("Content-Type: application/json", "Transfer-Encoding: chunked") + pieces, half_close=False
    )
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "raw",
    [
        head("Content-Type: application/json", "Content-Length: ten") + BODY,
        head("Content-Type: application/json", "Content-Length: -5") + BODY,
        head("Content-Type: application/json", "Content-Length: 5", "Content-Length: 6") + BODY,
        head("Content-Type: application/json", "Content-Length: 5", "Transfer-Encoding: chunked") + BODY,
        head("Content-Type: application/json", "Transfer-Encoding: chunked") + b"zz\r\nxx\r\n0\r\n\r\n",
        head("Content-Type: application/json", "Content-Length: 400000") + b"x" * 400_000,
        head("X-Long: " + "y" * 200_000),
        head(*(f"X-{number}: y" for number in range(5_000))),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"GET\x00/ HTTP/1.1\r\n\r\n",
        b"POST / HTTP/9.9\r\n\r\n",
        b"\xff" * 5_000,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
    ids=range(13),
)
def test_broken_framing_gets_a_4xx_or_a_closed_connection(port, raw):
    answer = exchange(port, raw)
    assert not answer or answer.startswith(b"HTTP/1.1 4")


def test_a_part_of_the_corpus_gets_4xx_over_a_socket_and_the_server_stays(port):
    for name, body in hostile.CORPUS.items():
        if len(body) > 1_000_000 or body == hostile.GOOD:
            continue
        raw = head("Content-Type: application/json", f"Content-Length: {len(body)}") + body
        answer = exchange(port, raw, half_close=False)
        assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 2")), name
    good = head("Content-Type: application/json", f"Content-Length: {len(BODY)}") + BODY
    assert exchange(port, good, half_close=False).startswith(b"HTTP/1.1 200")


def test_a_port_in_use_is_told_in_words(port):
    with pytest.raises(Unavailable) as caught:
        Server(None, host="127.0.0.1", port=port)  # type: ignore[arg-type]
    assert caught.value.code == "port_taken"
