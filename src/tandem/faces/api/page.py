"""The console over HTTP: its files, and its one page for every address that a person may open.

Files named by their content are kept for ever by the browser; the page is asked for each time and holds a new nonce,
the only way for a style sheet to be made by script. An address that is no file and none of the API's is the page's own
business: the console's router reads it. Programs, which do not ask for HTML, still get their 404. Below ``/my`` stand the
customers' own pages, which a merchant may show in a frame where its key says from which origins.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from types import SimpleNamespace
from typing import TypeAlias
from urllib.parse import parse_qs

from tandem.faces.api.app import Handler
from tandem.faces.api.bodies import Receive, Scope, Send, header_of
from tandem.faces.api.responses import page_headers
from tandem.faces.console import NONCE, UNBUILT, ConsoleFile, console_files, customers_page, index_of
from tandem.kernel.identity import Entropy

__all__ = ["page_handlers", "with_pages"]

_NOT_OURS = re.compile(r"/(?:v1|health|metrics|assets|openapi\.json)(?:/|\Z)")
_NONCE_BYTES = 16
_FOR_EVER = b"public, max-age=31536000, immutable"
_ASK_AGAIN = b"no-cache"

_CUSTOMERS = re.compile(r"/my(?:/|\Z)")

Frames: TypeAlias = Callable[[str], Sequence[str]]
"""The origins that may show the customers' pages in a frame, by the name of a merchant's key."""
_Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def page_handlers(entropy: Entropy) -> dict[tuple[str, str], Handler]:
    """A handler for the page and for each of its files."""
    index = _page(entropy)
    handlers: dict[tuple[str, str], Handler] = {("GET", "/"): index, ("HEAD", "/"): index}
    for address, file in console_files().items():
        handlers["GET", address] = handlers["HEAD", address] = _file(file)
    return handlers


def with_pages(control: _Asgi, entropy: Entropy, frames: Frames) -> _Asgi:
    """``control``, but where a person opens an address that is none of the API's, a page answers."""
    page, customers = _page(entropy), _customers(entropy, frames)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if _opens_page(scope):
            scope["route"] = SimpleNamespace(path="(page)")  # what is counted, as the address may hold identifiers
            found = customers if _CUSTOMERS.match(scope["path"]) else page
            await found(scope, receive, send, scope["tandem.request_id"])
        else:
            await control(scope, receive, send)

    return answer


def _opens_page(scope: Scope) -> bool:
    if scope["method"] not in {"GET", "HEAD"} or _NOT_OURS.match(scope["path"]):
        return False
    return b"text/html" in (header_of(scope["headers"], b"accept") or b"")


def _page(entropy: Entropy) -> Handler:
    return _served(index_of(), entropy, lambda _scope: ())


def _customers(entropy: Entropy, frames: Frames) -> Handler:
    """Where a merchant's name stands in the address, its pages may show this one; the address proves nothing else."""

    def framed_by(scope: Scope) -> Sequence[str]:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
        return frames(asked["at"][0]) if "at" in asked else ()

    return _served(customers_page(), entropy, framed_by)


def _served(index: bytes | None, entropy: Entropy, framed_by: Callable[[Scope], Sequence[str]]) -> Handler:
    async def serve(scope: Scope, _receive: Receive, send: Send, request_id: bytes) -> int:
        nonce = entropy.bytes(_NONCE_BYTES).hex()
        body = UNBUILT if index is None else index.replace(NONCE, nonce.encode())
        headers = [
            *page_headers(nonce, framed_by(scope)),
            (b"cache-control", _ASK_AGAIN),
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"x-request-id", request_id),
        ]
        await _send(scope, send, 200, headers, body)
        return 200

    return serve


def _file(file: ConsoleFile) -> Handler:
    etag = file.etag.encode()
    always = [
        *page_headers(),
        (b"cache-control", _FOR_EVER if file.immutable else _ASK_AGAIN),
        (b"content-type", file.content_type.encode()),
        (b"etag", etag),
        (b"vary", b"accept-encoding"),
    ]

    async def serve(scope: Scope, _receive: Receive, send: Send, request_id: bytes) -> int:
        headers = [*always, (b"x-request-id", request_id)]
        if header_of(scope["headers"], b"if-none-match") == etag:
            await _send(scope, send, 304, headers, b"")
            return 304
        encoding = _encoding(header_of(scope["headers"], b"accept-encoding") or b"", file)
        body = file.encoded[encoding] if encoding else file.content
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        headers.append((b"content-length", str(len(body)).encode()))
        await _send(scope, send, 200, headers, body)
        return 200

    return serve


def _encoding(accepted: bytes, file: ConsoleFile) -> str | None:
    """The best encoding that both sides know; one given weight nothing is refused."""
    weights: dict[str, bool] = {}
    for part in accepted.decode("latin-1").split(","):
        name, _, weight = part.strip().partition(";")
        weights[name.strip().lower()] = re.fullmatch(r"\s*q=0(?:\.0*)?\s*", weight) is None
    for name in file.encoded:
        if weights.get(name, weights.get("*", False)):
            return name
    return None


async def _send(scope: Scope, send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
