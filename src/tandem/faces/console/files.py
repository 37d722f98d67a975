"""The built console as files: read once a process, with what a browser needs to keep them.

Vite names what it builds by content, so everything below ``assets/`` may be kept for ever; each is there three times:
as it is, for browsers that take gzip, and for those that take Brotli.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from tandem.kernel.canonical import digest_of_bytes

__all__ = ["NONCE", "ConsoleFile", "console_files", "customers_page", "index_of"]

NONCE = b"{{nonce}}"
"""Stands in ``index.html`` for the word of one answer that lets the console's own scripts make style sheets."""

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_UNSERVED = {"manifest.json", "built.json"}  # for the build and its tests
_ENCODINGS = {"br": ".br", "gzip": ".gz"}


class ConsoleFile(msgspec.Struct, frozen=True):
    """One file: its bytes as they are and by content encoding, media type, entity tag, and whether it ever changes."""

    content: bytes
    encoded: dict[str, bytes]
    content_type: str
    etag: str
    immutable: bool


@cache
def console_files() -> dict[str, ConsoleFile]:
    """Address to file, without the page itself; nothing where the console was not built."""
    root = files(__package__).joinpath("static")
    if not root.is_dir():
        return {}
    found: dict[str, ConsoleFile] = {}
    for place, address in ((root, "/"), (root.joinpath("assets"), "/assets/")):
        if not place.is_dir():
            continue
        content = {file.name: file.read_bytes() for file in place.iterdir() if file.is_file()}
        for name, body in content.items():
            suffix = "." + name.rpartition(".")[2]
            if suffix in _TYPES and name not in _UNSERVED:
                found[address + name] = ConsoleFile(
                    content=body,
                    encoded={how: content[name + end] for how, end in _ENCODINGS.items() if name + end in content},
                    content_type=_TYPES[suffix],
                    etag=f'"{digest_of_bytes(body)[:16]}"',
                    immutable=address == "/assets/",
                )
    return found


@cache
def index_of() -> bytes | None:
    """The page that loads the rest, with ``NONCE`` in it; None where the console was not built."""
    return _page("index.html")


@cache
def customers_page() -> bytes | None:
    """The same of the customers' own pages."""
    return _page("my.html")


def _page(name: str) -> bytes | None:
    page = files(__package__).joinpath("static", name)
    return page.read_bytes() if page.is_file() else None
