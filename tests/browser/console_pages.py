"""The console's words and pages, as tests name them: by key and never by what a language says."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import expect

EN = "en-GB"
WORDS = Path(__file__).parents[2] / "console" / "src" / "words"
LANGUAGE_OF = {"en-GB": "en", "zh-CN": "zh-CN"}


def words(locale, key, **given):
    """The word ``namespace:key`` as the console shows it in ``locale``."""
    space, _, path = key.partition(":")
    found = json.loads((WORDS / LANGUAGE_OF[locale] / f"{space}.json").read_text(encoding="utf-8"))
    for part in path.split("."):
        found = found[part]
    return re.sub(r"\{\{(\w+)\}\}", lambda slot: str(given[slot.group(1)]), found)


def row_of(page, text):
    """The row of a table that holds ``text``."""
    return page.get_by_role("row").filter(has_text=text)


def open_live(page, site):
    """The live page, once the seeded decisions are shown."""
    page.goto(f"{site.address}/live")
    expect(row_of(page, "first-0")).to_be_visible()
    return page


def open_decision(page, site, event_id):
    """One decision, once it is explained."""
    page.goto(f"{site.address}/decisions/{event_id}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(event_id)
    return page
