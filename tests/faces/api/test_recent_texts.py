"""Texts that are edited are kept as they were read, up to a size, and never change what is answered."""

from __future__ import annotations

import pytest

from tandem.decide.policy import document_of_text, text_of_document
from tandem.faces.api.control import recent_texts
from tandem.faces.api.control.recent_texts import RecentTexts
from tandem.kernel.errors import DefinitionError

TEXT = "policy: p\nflow:\n  - table: t\n    rows:\n      - [1, a]\n      - [2, b]\n"


def test_a_text_is_read_once_and_written_over_as_without_it():
    texts = RecentTexts()
    read = texts.read(TEXT)
    assert texts.read(TEXT) is read
    document = document_of_text(TEXT)
    document["flow"][0]["rows"][1] = [2, "c"]
    written = texts.rewrite(TEXT, document)
    assert written.text == text_of_document(document, TEXT)
    assert texts.read(written.text) is written


def test_a_text_that_cannot_be_read_is_not_kept():
    texts = RecentTexts()
    for _ in range(2):
        with pytest.raises(DefinitionError):
            texts.read("a: [1")


def test_the_text_used_longest_ago_goes_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(recent_texts, "CHARACTERS_MAX", 25)
    texts = RecentTexts()
    first, second = texts.read("a: 1234567"), texts.read("b: 1234567")
    assert texts.read("a: 1234567") is first
    texts.read("c: 1234567")
    assert texts.read("a: 1234567") is first
    assert texts.read("b: 1234567") is not second
