"""A model's page: its tables as a risk professional reads them, amounts in money."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import released_process
from playwright.sync_api import expect
from told_workspace import EVERYTHING

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lender(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    yield from serve(released_process(folder, list(EVERYTHING)), folder)


@pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)
def test_ranges_of_an_amount_are_told_in_money_and_of_a_number_as_they_are(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/models/credit")
    page.get_by_role("tab", name=words(locale, "models:tabs.scorecard")).click()
    income, age = (page.get_by_role("table", name=name, exact=True) for name in ("income_minor", "age"))
    for text in ("< 1,000.00", ">= 1,000.00", words(locale, "models:missing")):
        expect(income.get_by_role("cell", name=text, exact=True)).to_be_visible()
    expect(age.get_by_role("cell", name="< 30", exact=True)).to_be_visible()
    assert page.errors == []
