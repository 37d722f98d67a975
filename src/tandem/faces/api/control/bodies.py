"""Bodies of the control plane, behind the same decode wall, typed by msgspec."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.bodies import header_of, read_body
from tandem.faces.api.responses import API_HEADERS
from tandem.faces.api.wall import BODY_BYTES_MAX, decode_document, refuse_media_type
from tandem.kernel.errors import InvalidInput

__all__ = ["body_of", "file_response", "json_response"]

T = TypeVar("T")

_HEADERS = {name.decode(): value.decode() for name, value in API_HEADERS}
_ENCODE = msgspec.json.Encoder().encode
_PLAIN = re.compile(r"[^A-Za-z0-9._-]")


def body_of(kind: type[T], *, limit: int = BODY_BYTES_MAX) -> Callable[[Request], Awaitable[T]]:
    """A FastAPI dependency that gives the body as ``kind``."""

    async def read(request: Request) -> T:
        headers = request.scope["headers"]
        refuse_media_type(header_of(headers, b"content-type"))
        body = await read_body(request.receive, header_of(headers, b"content-length"), limit=limit)
        return _typed(decode_document(body, limit=limit), kind)

    return read


def json_response(request: Request, content: Any, *, status: int = 200) -> Response:
    """``content`` (a struct, a document, or bytes of JSON) as a response."""
    body = content if isinstance(content, bytes) else _ENCODE(content)
    name: bytes = request.scope["tandem.request_id"]
    return Response(body, status, {**_HEADERS, "x-request-id": name.decode()}, media_type="application/json")


def file_response(request: Request, content: bytes, media_type: str, name: str) -> Response:
    """``content`` as a file that a browser saves under ``name``, which is plain ASCII."""
    request_id: bytes = request.scope["tandem.request_id"]
    headers = {
        **_HEADERS,
        "x-request-id": request_id.decode(),
        "content-disposition": f'attachment; filename="{_PLAIN.sub("_", name)}"',
    }
    return Response(content, 200, headers, media_type=media_type)


def _typed(document: dict[str, Any], kind: type[T]) -> T:
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        field = place.rstrip("`").removeprefix("$").removeprefix(".")
        raise InvalidInput(
            f"{words}.", code="wrong_shape", field=field or "body", hint="see /openapi.json for what is taken here"
        ) from None
