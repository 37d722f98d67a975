"""The page's files, read once, with what a browser needs to keep them."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from tandem.kernel.canonical import digest_of_bytes

__all__ = ["PageFile", "page_files"]

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


class PageFile(msgspec.Struct, frozen=True):
    """One file: its bytes, media type and entity tag."""

    content: bytes
    content_type: str
    etag: str


def page_files() -> dict[str, PageFile]:
    """Address to file: ``/`` is the page itself, its parts live under ``/page/``."""
    found: dict[str, PageFile] = {}
    for file in sorted(files(__package__).joinpath("static").iterdir(), key=lambda each: each.name):
        suffix = "." + file.name.rpartition(".")[2]
        if suffix in _TYPES:
            content = file.read_bytes()
            address = "/" if file.name == "index.html" else f"/page/{file.name}"
            found[address] = PageFile(content, _TYPES[suffix], f'"{digest_of_bytes(content)[:16]}"')
    return found
