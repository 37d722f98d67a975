"""What a day leaves behind is named by its content and never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tandem.kernel.errors import IntegrityError, NotFound
from tandem.kernel.identity import Digest
from tandem.learn.iteration import RunStore


def test_the_same_bytes_are_the_same_object(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    first = store.keep(b"one")
    assert store.keep(b"one") == first
    assert store.read(first) == b"one"


def test_an_object_changed_on_disk_is_not_read(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    digest = store.keep(b"one")
    (tmp_path / "objects" / digest[:2] / digest[2:]).write_bytes(b"two")
    with pytest.raises(IntegrityError):
        store.read(digest)


def test_a_day_is_closed_once(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    store.close("plan", "2025-11-01", Digest("a" * 64))
    store.close("plan", "2025-11-01", Digest("a" * 64))
    with pytest.raises(IntegrityError, match="already has another run"):
        store.close("plan", "2025-11-01", Digest("b" * 64))
    assert store.run_of("plan", "2025-11-01") == "a" * 64
    with pytest.raises(NotFound):
        store.run_of("plan", "2025-11-02")
