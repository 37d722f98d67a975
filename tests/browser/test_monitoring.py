"""A risk manager without a shell: which models are well, who answers for the one that is not, and what moved."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import application
from playwright.sync_api import expect
from scored_workspace import scored_process

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, words

pytestmark = pytest.mark.browser

PATIENCE_MS = 90_000
DECISIONS = 240


def word(key, locale=EN, **given):
    return words(locale, f"monitoring:{key}", **given)


@pytest.fixture(scope="module")
def lender(tmp_path_factory, serve):
    """Three months of applications; in the last, everybody asks for three times as much."""
    folder = tmp_path_factory.mktemp("lender")
    process = scored_process(folder)
    for number in range(DECISIONS):
        month, place = divmod(number, DECISIONS // 3)
        asked = 100_000 + 1_000 * (place % 40)
        document = application(f"m-{number}", age=22 + place % 40, amount_minor=asked * 3 if month == 2 else asked)
        document["occurred_at"] = f"2026-{8 + month:02}-{1 + place % 28:02}T{8 + place // 28:02}:00:00Z"
        process.decide_now(document)
    yield from serve(process, folder)


def test_from_the_inventory_to_what_moved_and_who_looks_into_it(page, lender):
    page.goto(f"{lender.address}/monitoring")
    trees = page.get_by_role("row").filter(has_text="trees")
    expect(trees).to_contain_text(word("standing.unseen"))

    trees.get_by_text("trees").click()
    page.wait_for_url("**/monitoring/trees")
    moved = page.get_by_role("row").filter(has_text=word("figures.csi", input="amount_minor"))
    expect(moved).to_contain_text(word("beyond"), timeout=PATIENCE_MS)
    alert = page.get_by_role("listitem").filter(has_text="amount_minor (CSI), month 2026-10")
    expect(alert).to_contain_text(word("for", owner="ann"))

    page.get_by_role("combobox", name=word("group"), exact=True).click()
    page.get_by_role("option", name="2026-09").click()
    page.wait_for_url("**/monitoring/trees?group=2026-09")
    expect(moved).to_contain_text(word("within"))

    page.goto(f"{lender.address}/monitoring")
    expect(page.get_by_role("row").filter(has_text="trees")).to_contain_text("alert")
    assert page.errors == []
    assert page.foreign == []


def test_a_model_nobody_asked_and_one_that_is_not_there_are_said_to_be(page, lender):
    page.goto(f"{lender.address}/monitoring/tree")
    expect(page.locator("[data-problem=unknown_model]")).to_be_visible()
