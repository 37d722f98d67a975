"""A backtest from the page: a draft over history, what is known first, a cut that moves, and why decisions differ."""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import pytest
from http_face import application
from playwright.sync_api import expect
from scored_workspace import scored_process

from tandem.kernel.artefacts import Artefact

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, words

pytestmark = pytest.mark.browser

PATIENCE_MS = 90_000


def word(key, locale=EN, **given):
    return words(locale, f"backtest:{key}", **given)


@pytest.fixture(scope="module")
def bench(tmp_path_factory, serve):
    """A lender with two models that has decided on some applications."""
    folder = tmp_path_factory.mktemp("bench")
    process = scored_process(folder)
    for number in range(60):
        income = 100_000 + 5_000 * (number * 7 % 90)
        process.decide_now(application(f"app-{number}", age=17 + number % 40, income_minor=income))
    yield from serve(process, folder)


def older(process):
    """A draft that declines everybody under 30."""
    live = process.state.register.artefacts_of(process.state.register.live)
    body = copy.deepcopy(next(one for one in live if one.kind == "policy").body)
    rules = next(stage for stage in body["flow"] if stage.get("rules") == "knock_out")
    rules["all"][0]["when"] = "age < 30"
    body.pop("examples", None)
    return Artefact.of("policy", "application", body)


def test_a_draft_is_run_over_history_and_the_cut_moves(page, bench):
    bench.process.push([older(bench.process)], author="ann")
    page.goto(f"{bench.address}/backtests")
    page.get_by_role("combobox", name=word("form.drafts"), exact=True).click()
    page.get_by_role("option", name="policy/application").click()
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name=word("form.score"), exact=True).click()
    page.get_by_role("option", name="trees", exact=True).click()
    page.get_by_role("button", name=word("form.run"), exact=True).click()
    page.wait_for_url("**/backtests/bkt_*")
    expect(page.get_by_role("heading", name=word("known.title"))).to_be_visible(timeout=PATIENCE_MS)
    known = page.get_by_role("table", name=word("known.title"))
    expect(known).to_contain_text(word("why.undefined"))
    expect(page.get_by_role("table", name=word("sides.title"))).to_contain_text(word("side.recorded"))
    expect(page.get_by_role("table", name=word("rules.title"))).to_contain_text("knock_out.too_young")
    expect(page.get_by_role("table", name=word("swap.equal_approval"))).to_be_visible()
    causes = page.get_by_role("table", name=word("causes.title"))
    expect(causes.get_by_role("row").filter(has_text=word("causes.rule"))).to_contain_text("100")
    slider = page.get_by_role("slider", name=word("cuts.move"))
    before = slider.get_attribute("aria-valuenow")
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuenow") != before
    expect(page.get_by_text("0 differ")).to_be_visible()
    assert page.errors == []
    assert page.foreign == []


def test_what_was_run_is_listed_and_an_empty_stretch_says_so(page, bench):
    page.goto(f"{bench.address}/backtests")
    page.get_by_label(word("form.since")).fill("2030-01-01")
    page.get_by_role("button", name=word("form.run"), exact=True).click()
    page.wait_for_url("**/backtests/bkt_*")
    expect(page.get_by_text(word("nothing"))).to_be_visible(timeout=PATIENCE_MS)
    page.goto(f"{bench.address}/backtests")
    expect(page.get_by_text(word("state.done"), exact=True).first).to_be_visible()
    assert page.errors == []
