"""A worker for tests: counts to what was asked, or fails as it was told."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.learn.runs import Progress, run_child


def count(asked: bytes, folder: Path, progress: Progress) -> bytes:
    """Count; "refuse" and "die" are failures of two kinds, "sleep" never ends."""
    word = msgspec.json.decode(asked, type=str)
    if word == "refuse":
        raise InvalidInput("Cannot count that.", code="not_countable", field="word", value=word, hint="a number")
    if word == "die":
        sys.exit(3)
    progress(1, 3)
    if word == "sleep":
        time.sleep(600)
    (folder / "beside.txt").write_text(word)
    progress(3, 3)
    return msgspec.json.encode({"length": len(word)})


if __name__ == "__main__":
    run_child(count)
