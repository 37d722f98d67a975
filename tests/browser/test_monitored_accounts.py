"""Monitoring in a browser: an account's grade and flags, by which decision; the warning that follows, and what it began."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import released_process
from monitored_accounts import PRODUCT, SERVING, opened_for, purchase
from playwright.sync_api import expect
from warned_workspace import ENDED, RULES, STATEMENT

from tandem.act.lending import LendingDesk
from tandem.act.products import Shelf
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import SystemClock, format_instant

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)
_MISUSE = {
    "title": {"en": "Misuse of funds", "zh-CN": "资金挪用"}, "about": "person", "severity": "medium",
    "by_flag": {"cash_out": "high", "circular_transfer": "high"}, "owner": "early", "due_after": "1d", "horizon": "90d",
    "cool_down": "60d",
}  # fmt: skip
WARNINGS = [
    {**_MISUSE, "warning": name, "action": action, "when": {"policies": ["purchase"], "flags": [flag]}}
    for name, action, flag in (("misuse", "limit_freeze", "cash_out"), ("circle", "contact", "circular_transfer"))
]


@pytest.fixture(scope="module")
def lender(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("monitored")
    rules = Artefact.of("warning_rules", "people", {**RULES, "warnings": WARNINGS, "label": None})
    product = Artefact.of("product", "till_limit", PRODUCT)
    process = released_process(folder, [*SERVING, STATEMENT, ENDED, product, rules])
    opened_for(process, SystemClock(), "a", "b")
    now = format_instant(SystemClock().now())
    for minute, what in enumerate((
        {"person": "a", "risk": 30}, {"person": "a", "risk": 60, "cash": True}, {"person": "b", "circular": True},
    )):  # fmt: skip
        process.decide_now({**purchase(what.pop("person"), minute, **what), "occurred_at": now})
    LendingDesk(process, Shelf(process, SystemClock()), clock=SystemClock()).monitoring.follow()
    yield from serve(process, folder)


@LANGUAGES
def test_an_account_shows_its_grade_its_flags_and_the_decision_behind_them(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/accounts/acc_a")
    expect(page.get_by_role("heading", name=words(locale, "accounts:monitoring.title"))).to_be_visible()
    for text in ("weak", "watch", "cash_out", "purchase"):
        expect(page.get_by_text(text, exact=True).first).to_be_visible()
    page.get_by_role("link", name="dec_").click()
    expect(page).to_have_url(
        f"{lender.address}/decisions/{lender.process.archive.find('a-1')['answer']['decision_id']}"
    )
    assert page.errors == []


@LANGUAGES
def test_a_warning_shows_its_flag_and_the_freeze_that_waits_for_a_person_or_why_people_decide(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/warnings")
    title = {"en-GB": "Misuse of funds", "zh-CN": "资金挪用"}[locale]
    found = {
        one["rule"]: one["warning_id"]
        for one in page.evaluate("fetch('/v1/warnings').then((r) => r.json())")["warnings"]
    }
    page.goto(f"{lender.address}/warnings/{found['misuse']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("cash_out", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="prp_")).to_be_visible()
    page.goto(f"{lender.address}/warnings/{found['circle']}")
    expect(page.get_by_text(words(locale, "warnings:left_why.not_in_collections")).or_(
        page.get_by_text(words(locale, "warnings:left_why.no_strategy"))).first).to_be_visible()  # fmt: skip
    assert page.errors == []
