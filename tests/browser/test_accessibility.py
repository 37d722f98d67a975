"""No violation of WCAG 2.2 AA that axe can find, on any state of our pages, light and dark."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(__file__).parents[2] / "console" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe():
    if not AXE.is_file():
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail("axe-core is not installed: required in CI")
        pytest.skip("axe-core is not installed here: make console")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def violations(page, axe):
    def find():
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES)
        return [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"]]

    return find


def shown(page, scheme, address):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/live", "/decisions", "/decisions/first-2", "/decisions/no-income", "/decisions/unknown"]
)
def test_a_page_has_no_violations(page, site, violations, scheme, path):
    shown(page, scheme, site.address + path)
    assert violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_page_has_no_violations(page, empty_site, violations, scheme):
    shown(page, scheme, f"{empty_site.address}/live")
    expect(page.get_by_text(words("en-GB", "live:empty"), exact=True)).to_be_visible()
    assert violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_over_a_page_has_no_violations(page, site, violations, scheme):
    shown(page, scheme, f"{site.address}/decisions")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations() == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder(words("en-GB", "app:palette.placeholder"))).to_be_visible()
    assert violations() == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words("en-GB", "kit:table.columns")).click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    assert violations() == []


def test_a_narrow_page_with_its_navigation_open_has_no_violations(page, site, violations):
    page.set_viewport_size({"width": 390, "height": 844})
    shown(page, "light", f"{site.address}/live")
    page.get_by_role("button", name=words("en-GB", "app:navigation")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations() == []
