"""From a paper to a PDF that anybody can read: fonts inside, tagged for screen readers, kept for years (PDF/A-2a, PDF/UA-1).

Content goes in as data and is never read as markup. The font covers GB 2312 and Latin; a character that it lacks is refused
rather than printed as a box. The same paper gives the same bytes.
"""

from __future__ import annotations

import functools
import threading
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.act.papers.types import Paper
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest
from tandem.kernel.time import SECOND

__all__ = ["covered", "digest_of", "typeset"]

_LATIN: Final = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("–—‘’“”…€•−×")
_LOCK: Final = threading.Lock()


def digest_of(paper: Paper) -> Digest:
    """The digest of what a paper says, whatever sets it."""
    return digest_of_bytes(canonical_bytes(msgspec.to_builtins(paper)))


def covered(character: str) -> bool:
    """Whether the font has ``character``."""
    if character in _LATIN or character == "\n":
        return True
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def typeset(paper: Paper) -> bytes:
    """``paper`` as a PDF.

    Raises:
        InvalidInput: it has a character that the font lacks.
    """
    data = msgspec.json.encode(paper).decode()
    lacking = sorted({one for one in _texts(msgspec.to_builtins(paper)) if not covered(one)})
    if lacking:
        raise InvalidInput(
            "The font of documents lacks a character.",
            code="character_not_covered",
            field="content",
            value="".join(lacking[:20]),
            hint="characters of GB 2312 and Latin",
        )
    with _LOCK:  # the compiler keeps state between runs
        made: bytes = _compiler().compile(
            format="pdf",
            sys_inputs={"paper": data, "digest": digest_of(paper)[:16]},
            timestamp=int(paper.made_at // SECOND),
            pdf_standards=["a-2a", "ua-1"],
        )
    return made


def _texts(found: Any) -> str:
    if isinstance(found, str):
        return found
    if isinstance(found, dict):
        return "".join(map(_texts, found.values()))
    return "".join(map(_texts, found)) if isinstance(found, list | tuple) else ""


@functools.cache
def _compiler() -> Any:
    import typst

    room = Path(str(resources.files("tandem.act.papers")))
    return typst.Compiler(
        input=str(room / "paper.typ"), root=str(room), font_paths=[str(room / "fonts")], ignore_system_fonts=True
    )
