"""Reading a request's body under a cap that holds while bytes arrive, whatever Content-Length claims."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeAlias

from tandem.faces.api.problems import Malformed
from tandem.faces.api.wall import BODY_BYTES_MAX, refuse_length

__all__ = ["ClientGoneError", "Message", "Receive", "Scope", "Send", "header_of", "read_body"]

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class ClientGoneError(Exception):
    """The client closed the connection before its body was whole; nobody is left to answer."""


def header_of(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes | None:
    """The first value of header ``name`` (lower case), or None."""
    for key, value in headers:
        if key == name:
            return value
    return None


async def read_body(receive: Receive, content_length: bytes | None, *, limit: int = BODY_BYTES_MAX) -> bytes:
    """The whole body, at most ``limit`` bytes.

    Raises:
        TooLarge: announced or found to be larger; the rest is not read.
        Malformed: Content-Length is no number, or the body is of another length.
        ClientGoneError: the client left.
    """
    announced = _announced(content_length, limit)
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGoneError
    body: bytes = message.get("body", b"")
    if message.get("more_body", False):
        chunks = [body]
        total = len(body)
        while message.get("more_body", False):
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            chunk = message.get("body", b"")
            total += len(chunk)
            if total > limit:
                refuse_length(total, limit)
            chunks.append(chunk)
        body = b"".join(chunks)
    if announced is not None and announced != len(body):
        raise Malformed(
            "The body is not as long as Content-Length says.",
            code="wrong_length",
            field="Content-Length",
            value=announced,
            hint=f"{len(body)} bytes arrived",
        )
    return body


def _announced(content_length: bytes | None, limit: int) -> int | None:
    if content_length is None:
        return None
    if not content_length.isdigit() or len(content_length) > 18:
        raise Malformed(
            "Content-Length is no number of bytes.",
            code="wrong_length",
            field="Content-Length",
            value=content_length.decode("latin-1"),
            hint="send the length of the body in bytes",
        )
    announced = int(content_length)
    if announced > limit:
        refuse_length(announced, limit)
    return announced
