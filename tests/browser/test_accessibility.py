"""No violation of WCAG 2.2 AA that axe can find, on what is empty, narrow, or opens over a page; the pages as they are: test_every_page."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from axe import source, violations
from console_pages import words

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe():
    return source()


@pytest.fixture
def faults(page, axe):
    return lambda: violations(page, axe)


def shown(page, scheme, address):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_page_has_no_violations(page, empty_site, faults, scheme):
    shown(page, scheme, f"{empty_site.address}/live")
    expect(page.get_by_text(words("en-GB", "live:empty"), exact=True)).to_be_visible()
    assert faults() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_over_a_page_has_no_violations(page, site, faults, scheme):
    shown(page, scheme, f"{site.address}/decisions")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults() == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(page.get_by_placeholder(words("en-GB", "app:palette.placeholder"))).to_be_visible()
    assert faults() == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words("en-GB", "kit:table.columns")).click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    assert faults() == []


def test_a_narrow_page_with_its_navigation_open_has_no_violations(page, site, faults):
    page.set_viewport_size({"width": 390, "height": 844})
    shown(page, "light", f"{site.address}/live")
    page.get_by_role("button", name=words("en-GB", "app:navigation")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults() == []
