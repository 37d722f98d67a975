"""What both clients share: how they are set up."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx

from tandem_sdk._version import VERSION

__all__ = ["STREAM_TIMEOUT", "TIMEOUT", "settings"]

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
STREAM_TIMEOUT = httpx.Timeout(10.0, connect=3.0, read=60.0)
"""The stream is silent for 15 s at most."""
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def settings(base_url: str, api_key: str | None, timeout: httpx.Timeout | float) -> dict[str, Any]:
    """The arguments of an httpx client.

    Raises:
        ValueError: a key would travel in the open.
    """
    parts = urlsplit(base_url)
    if api_key is not None and parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise ValueError("an API key travels over https only; plain http is for this machine")
    headers = {"User-Agent": f"tandem-sdk/{VERSION}", "Accept": "application/json"}
    if api_key is not None:
        headers["Authorization"] = f"Bearer {api_key}"
    return {"base_url": base_url, "headers": headers, "timeout": timeout, "follow_redirects": False}
