"""Print the OpenAPI document of this checkout, without a server: ``python -m tandem.faces.api.contract``.

The console's typed client is made from it (``npm run api`` in ``console/``).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from tandem.decide.decisions import open_process
from tandem.faces.api import create_app
from tandem.kernel.settings import Settings

__all__ = ["openapi_text"]


def openapi_text() -> str:
    """The document that a server of this version answers ``GET /openapi.json`` with, indented and in stable order."""
    with tempfile.TemporaryDirectory() as folder:
        process = open_process(Settings(home=Path(folder)), "contract")
        try:
            body = asyncio.run(_answer(create_app(process), "/openapi.json"))
        finally:
            process.close()
    document = msgspec.json.decode(body)
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1).decode() + "\n"


async def _answer(app: Any, path: str) -> bytes:
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        parts.append(message.get("body", b""))

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
    }
    await app(scope, receive, send)
    return b"".join(parts)


if __name__ == "__main__":
    sys.stdout.write(openapi_text())
