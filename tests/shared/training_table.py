"""A real, bundled table to train on, and the way to give it to a server in pieces."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

CREDIT_DATA = Path(__file__).parents[2] / "examples" / "data" / "modeldata_credit" / "credit_data.csv.gz"
"""4,454 real loan applications (modeldata, credit_data)."""


def give(ask: Callable[..., Any], name: str, data: bytes, *, piece: int = 1 << 19) -> str:
    """Give a file with ``ask(method, path, body, status=...)``; its upload id."""
    upload = ask("POST", "/v1/training-uploads", {"name": name, "bytes": len(data)}, status=201)["upload_id"]
    for place in range(0, len(data), piece):
        body = {"place": place, "data": base64.b64encode(data[place : place + piece]).decode()}
        ask("POST", f"/v1/training-uploads/{upload}/pieces", body)
    return upload
