"""The log book as three people use it: one reads what a day came to, one accepts what was refused, under a name and a reason."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from iterated_house import day_of, go_live, iterations_of, opened_process, payments, poisoned, setting_of
from playwright.sync_api import expect

from tandem.faces.api import Server, create_app, journal_notes
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake
from tandem.prove.access import open_access

sys.path.insert(0, str(Path(__file__).parent))
from axe import faint, source, violations
from console_pages import LANGUAGE_OF
from person import li_and_wang

pytestmark = pytest.mark.browser

QUIET, POISONED, AFTER = 42, 43, 44
REASON = "new terminals count in another unit"


class ServedBook:
    """The small house with two days run, of which one was refused, served with access control; more days on demand."""

    def __init__(self, home):
        self.process = opened_process(home, four_eyes=True)
        table = poisoned(payments(shift=14), POISONED)
        go_live(self.process, table)
        self._setting = setting_of(self.process, table, home)
        self.run(QUIET, POISONED)
        self.access = open_access(
            home, "lender", clock=SystemClock(), entropy=SystemEntropy(), tell=journal_notes(self.process)
        )
        lake = Lake(home / "lake", clock=SystemClock())
        app = create_app(self.process, self.access, lake=lake, iterations=home / "iterations")
        self._server = Server(app, host="127.0.0.1", port=0)
        self.address = self._server.address
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def run(self, *numbers):
        with ThreadPoolExecutor(1) as beside:  # playwright's loop runs in this thread, and jobs will not wait in one
            return beside.submit(self._run, numbers).result()

    def _run(self, numbers):
        with iterations_of(self._setting) as iterations:
            return [iterations.run("daily_fraud", day_of(number)) for number in numbers]

    def close(self):
        self._server.stop()
        self._thread.join(timeout=20)
        self.access.close()
        self.process.close()


@pytest.fixture
def book(tmp_path):
    one = ServedBook(tmp_path)
    yield one
    one.close()


@pytest.fixture(params=LANGUAGE_OF)
def locale(request):
    return request.param


@pytest.fixture
def people(book, another_browser, locale):
    """An analyst and an approver, invited by the administrator."""
    return li_and_wang(book, another_browser, locale, "analyst")


def opens(person, number):
    """The page of a day, by the list of days."""
    person.goes("/log-book")
    person.clicks(person.page.get_by_role("listitem").get_by_role("button").filter(has_text=day_of(number)))
    expect(person.page.get_by_role("heading", level=2, name=day_of(number))).to_be_visible()


def assert_no_violations(page):
    axe = source()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
        assert (violations if scheme == "light" else faint)(page, axe) == []


def test_a_refused_day_is_read_by_one_and_accepted_by_another_whose_word_the_next_day_follows(book, people):
    li, wang = people
    opens(li, POISONED)
    expect(li.page.get_by_text(li.say("log-book:gate_refused")).first).to_be_visible()
    expect(li.page.get_by_text(li.say("log-book:accept_rows_words"))).to_be_visible()
    expect(li.page.get_by_text(li.say("log-book:accept_by_approver"))).to_be_visible()
    expect(li.page.get_by_role("button", name=li.say("log-book:accept_rows"))).to_have_count(0)
    assert_no_violations(li.page)

    opens(wang, POISONED)
    wang.presses("log-book:accept_rows")
    wang.types(REASON, wang.dialog().get_by_role("textbox"))
    wang.presses("log-book:accept_do", within=wang.dialog())
    expect(wang.page.get_by_text(wang.say("log-book:accepted_decided", by="wang"))).to_be_visible()
    expect(wang.page.get_by_role("button", name=wang.say("log-book:accept_rows"))).to_have_count(0)

    (run,) = book.run(AFTER)
    assert [(one["day"], one["by"], one["why"]) for one in run.step("take").facts["lifted"]] == [
        (day_of(POISONED), "wang", REASON)
    ]
    opens(li, AFTER)
    expect(li.page.get_by_text(REASON).first).to_be_visible()
    opens(li, POISONED)
    expect(li.page.get_by_text(li.say("log-book:accepted_decided", by="wang"))).to_be_visible()
    expect(li.page.locator("blockquote")).to_have_text(REASON)
    assert li.page.errors == wang.page.errors == []
    assert li.page.foreign == wang.page.foreign == []
