"""What settles a warning besides events: the books of the accounts that its person has."""

from __future__ import annotations

import copy

import pytest
from small_workspace import START, go_live
from till_product import agreed, till
from warned_workspace import EVERYTHING, RULES, statement

from tandem.act.lending import AccountBook, AccountId, LendingDesk, Request, close, draw, open_account
from tandem.act.products import Shelf
from tandem.act.warning import WarningDesk
from tandem.decide.decisions import open_process
from tandem.faces.warned import account_conditions
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

DAY_0 = START // DAY


@pytest.fixture
def warned(tmp_path):
    """A person who is warned of, the desk, the books, and the account of theirs."""
    clock = FixedClock(Micros(START + 80 * DAY))
    rules = copy.deepcopy(RULES)
    for one in rules["warnings"]:
        one["about"] = "person"
    process = open_process(Settings(home=tmp_path), "test", clock=clock, entropy=SeededEntropy(1))
    go_live(process, *EVERYTHING[:-1], Artefact.of("warning_rules", "people", rules))
    lending = LendingDesk(process, Shelf(process, clock), clock=clock)
    desk = WarningDesk(process, clock=clock, told_by={"account": account_conditions(lending)})
    process.decide_now(statement("a", 0, risk=30))
    (warning,) = desk.look(lambda warnings, _now: list(warnings))
    book = AccountBook(process, clock)
    opening = open_account(
        AccountId("acc_1"), till(), Digest("d" * 64), owner_kind="person", owner=warning.entity, day=DAY_0 - 10, by="shop",
        limit_minor=300_000,
    )  # fmt: skip
    book.write(Request(key="open", asked=1, change=lambda _: opening))
    yield desk, lending, book, warning.warning_id
    process.close()


def test_an_account_of_the_person_that_falls_31_days_behind_makes_it_come_true(warned):
    desk, lending, book, warning_id = warned
    terms = agreed(120_000, term=6, on=DAY_0 - 10)
    drawn = Request(key="draw", asked=1, change=lambda accounts: draw(accounts.numbered(1), "phone", terms, by="shop"))
    book.write(drawn)
    lending.age(DAY_0 + 30)
    assert desk.warning(warning_id).outcome is None, "late, but not 31 days"
    lending.age(DAY_0 + 60)
    found = desk.warning(warning_id)
    assert (found.outcome, found.lead_days) == ("came_true", 60)


def test_an_account_of_the_person_that_is_closed_makes_it_over(warned):
    desk, _lending, book, warning_id = warned
    book.write(Request(key="close", asked=1, change=lambda accounts: close(accounts.numbered(1), by="ann")))
    assert desk.warning(warning_id).outcome == "did_not"
