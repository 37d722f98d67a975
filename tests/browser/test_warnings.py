"""Early warnings in a browser: what waits, why, month by month; taken, acted on, dismissed; and what it was all worth."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from case_workspace import CASE_RULES, OUTCOME
from http_face import released_process
from playwright.sync_api import expect
from small_workspace import APPLICATION, START
from warned_workspace import EVERYTHING, statement

from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, SystemClock

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words
from desks import WarningsPage
from person import Person

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)
SAID = {"en-GB": "The account may fall behind", "zh-CN": "账户可能逾期"}
_BILLED = Artefact.of(
    "event_type",
    "statement",
    {
        "subject": "person",
        "fields": [
            *EVERYTHING[0].body["fields"],
            {"name": "bill_minor", "type": "integer", "data_class": "C2"},
            {"name": "limit_minor", "type": "integer", "data_class": "C2"},
        ],
    },
)


def _told(process):
    """Half a year of eight accounts: some are warned of and roll, one rolls that nobody saw coming."""
    today = (SystemClock().now() - START) // DAY
    for month in range(6):
        for number, account in enumerate("abcdefgh"):
            risk = {0: 70, 1: 30, 2: 30, 3: 60}.get(number, 0) if month == number % 3 + 1 else 0
            if number == 5 and month == 5:
                risk = 80
            overdue = 2 if (number in {0, 1} and month >= 4) or (number == 4 and month == 5) else 0
            document = statement(account, today - 170 + 30 * month + number, risk=risk, overdue=overdue)
            document["values"] |= {"bill_minor": 400_000 + 90_000 * month + 10_000 * number, "limit_minor": 1_000_000}
            process.decide_now(document)


@pytest.fixture
def lender(serve, tmp_path):
    process = released_process(tmp_path, [_BILLED, *EVERYTHING[1:], APPLICATION, OUTCOME, CASE_RULES])
    _told(process)
    yield from serve(process, tmp_path)


@LANGUAGES
def test_what_waits_is_taken_looked_at_month_by_month_and_acted_on(page, lender, request):
    locale = request.node.callspec.params["page"]
    desk = WarningsPage(Person(page, lender.address, locale))
    desk.opens(SAID[locale])
    months = page.get_by_role("table", name=words(locale, "warnings:months"))
    expect(months.get_by_text(words(locale, "warnings:warned_here"))).to_be_visible()
    expect(months.get_by_role("columnheader", name="bill_minor")).to_be_visible()
    desk.takes()
    desk.acts("Called: pays on Friday.")
    expect(page.get_by_role("button", name=words(locale, "warnings:dismiss"), exact=True)).to_have_count(0)
    assert page.errors == []


@LANGUAGES
def test_what_is_dismissed_leaves_the_queue_and_is_found_again(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/warnings")
    desk, said = WarningsPage(Person(page, lender.address, locale)), SAID[locale]
    grid = desk.grid
    expect(grid.get_by_text(said).first).to_be_visible()
    expect(grid.get_by_text(words(locale, "warnings:severities.high")).first).to_be_visible()
    waiting = grid.get_by_text(said).count()
    desk.opens(said)
    desk.dismisses("Paid at the branch.")
    page.goto(f"{lender.address}/warnings")
    expect(grid.get_by_text(said)).to_have_count(waiting - 1)
    page.get_by_text(words(locale, "warnings:filter.dismissed"), exact=True).first.click()
    expect(grid.get_by_text(said)).to_have_count(1)
    assert page.errors == []


@LANGUAGES
def test_where_nothing_waits_what_was_asked_for_stays_in_sight_and_can_be_changed(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/warnings?state=dismissed")
    expect(page.get_by_text(words(locale, "warnings:none_such"), exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name=words(locale, "warnings:severity"))).to_be_visible()
    page.get_by_text(words(locale, "warnings:filter.waiting"), exact=True).first.click()
    expect(WarningsPage(Person(page, lender.address, locale)).grid.get_by_text(SAID[locale]).first).to_be_visible()
    assert page.errors == []


@LANGUAGES
def test_the_report_tells_precision_recall_and_lead_time(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/warnings?tab=report")
    precision = page.get_by_role("region", name=words(locale, "warnings:precision"), exact=True)
    expect(precision).to_contain_text(re.compile(r"\d+(\.\d+)?%"))
    recall = page.get_by_role("region", name=words(locale, "warnings:recall"), exact=True)
    expect(recall).to_contain_text(re.compile(r"2\s/\s3"))
    expect(page.get_by_role("table", name=words(locale, "warnings:by_month"))).to_be_visible()
    assert page.errors == []
