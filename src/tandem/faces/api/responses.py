"""Writing an answer to the socket: one place for headers, so none is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from tandem.faces.api.bodies import Send
from tandem.faces.api.problems import PROBLEM_TYPE, problem_headers, problem_of
from tandem.kernel.errors import TandemError

__all__ = ["API_HEADERS", "JSON_TYPE", "page_headers", "respond", "respond_problem"]

JSON_TYPE = b"application/json"

API_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
"""On every answer that is not the page."""

_PAGE_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'{nonce}; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors {frames}"
)


def page_headers(nonce: str = "", frames: Sequence[str] = ()) -> list[tuple[bytes, bytes]]:
    """On the page and its files: nothing is loaded from another host.

    Args:
        nonce: lets the page's own scripts make style sheets; nothing else inline is run or applied.
        frames: origins whose pages may show this one in a frame.
    """
    policy = _POLICY.format(nonce=f" 'nonce-{nonce}'" if nonce else "", frames=" ".join(frames) or "'none'")
    return [(b"content-security-policy", policy.encode()), *_PAGE_HEADERS]


async def respond(
    send: Send,
    status: int,
    body: bytes,
    *,
    request_id: bytes,
    content_type: bytes = JSON_TYPE,
    headers: tuple[tuple[bytes, bytes], ...] = (),
) -> None:
    """Send a whole response of the API."""
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", content_type),
                (b"content-length", str(len(body)).encode()),
                (b"x-request-id", request_id),
                *API_HEADERS,
                *headers,
            ],
        }
    )
    await send({"type": "http.response.body", "body": body})


async def respond_problem(send: Send, error: TandemError, *, request_id: bytes) -> None:
    """Send ``error`` as a problem document."""
    await respond(
        send,
        error.status,
        problem_of(error, request_id.decode()),
        request_id=request_id,
        content_type=PROBLEM_TYPE.encode(),
        headers=tuple(problem_headers(error)),
    )
