"""The page's files over HTTP."""

from __future__ import annotations

from tandem.faces.api.app import Handler
from tandem.faces.api.bodies import Receive, Scope, Send, header_of
from tandem.faces.api.responses import PAGE_HEADERS
from tandem.faces.page import PageFile, page_files

__all__ = ["page_handlers"]


def page_handlers() -> dict[tuple[str, str], Handler]:
    """A handler for each file of the page."""
    return {("GET", address): _serving(file) for address, file in page_files().items()}


def _serving(file: PageFile) -> Handler:
    etag = file.etag.encode()
    always = [*PAGE_HEADERS, (b"etag", etag)]

    async def serve(scope: Scope, _receive: Receive, send: Send, request_id: bytes) -> int:
        known = header_of(scope["headers"], b"if-none-match") == etag
        body = b"" if known else file.content
        headers = [*always, (b"x-request-id", request_id), (b"content-type", file.content_type.encode())]
        if not known:
            headers.append((b"content-length", str(len(body)).encode()))
        status = 304 if known else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return status

    return serve
