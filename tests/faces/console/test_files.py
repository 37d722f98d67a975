"""The files of a built console, as they lie in the package."""

from __future__ import annotations

import pytest

from tandem.faces.console import files


@pytest.fixture
def built(tmp_path, monkeypatch):
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html>")
    (static / "manifest.json").write_text("{}")
    (static / "built.json").write_text("{}")
    (static / "mark.svg").write_text("<svg/>")
    for end, content in {"": "script", ".br": "brotli", ".gz": "gzip"}.items():
        (static / "assets" / f"index-abc.js{end}").write_text(content)
    (static / "assets" / "notes.txt").write_text("no business here")
    monkeypatch.setattr(files, "files", lambda _package: tmp_path)
    return static


@pytest.fixture(autouse=True)
def afresh():
    """What is read once a process is read anew by each test, and by those of other files after it."""
    for kept in (files.console_files, files.index_of):
        kept.cache_clear()
    yield
    for kept in (files.console_files, files.index_of):
        kept.cache_clear()


@pytest.mark.usefixtures("built")
def test_known_kinds_are_served_and_nothing_of_the_build():
    assert set(files.console_files()) == {"/mark.svg", "/assets/index-abc.js"}


@pytest.mark.usefixtures("built")
def test_a_file_comes_with_its_encodings_and_only_what_is_hashed_is_for_ever():
    script, mark = files.console_files()["/assets/index-abc.js"], files.console_files()["/mark.svg"]
    assert (script.content, script.encoded) == (b"script", {"br": b"brotli", "gzip": b"gzip"})
    assert (script.immutable, mark.immutable) == (True, False)


def test_where_nothing_was_built_there_is_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "files", lambda _package: tmp_path)
    assert files.console_files() == {}
    assert files.index_of() is None
