from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tandem.decide.decisions import ARTEFACT_FOLDERS, document_of
from tandem.faces.demo.sources import (
    PANEL_MONTHS,
    application_documents,
    checkout_documents,
    outcome_documents,
    panel_documents,
    payment_documents,
    read_applications,
    read_panel,
)
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.errors import NotFound
from tandem.kernel.time import DAY, SECOND, Micros, SystemClock
from tandem.learn.simulator import ApplicationWorld, CardWorld
from tandem.observe.events import EventReader, parse_event_type

YESTERDAY = SystemClock().now() // DAY - 1
EXAMPLES = Path(__file__).parents[3] / "examples"


class Vault:
    def pseudonym(self, _kind, identifier):
        return f"{abs(hash(identifier)):032x}"[:32]


@pytest.fixture(scope="module")
def reader():
    artefacts = load_workspace(EXAMPLES / "lender", ARTEFACT_FOLDERS).artefacts.values()
    return EventReader([parse_event_type(document_of(one)) for one in artefacts if one.kind == "event_type"], Vault())


@pytest.fixture(scope="module")
def panel():
    return read_panel(EXAMPLES / "data").slice(0, 200)


def test_every_application_is_real_and_readable(reader):
    applications = read_applications(EXAMPLES / "data", seed=1)
    assert len(applications) == 4454
    documents = list(application_documents(applications, start=Micros(1_700_000_000 * SECOND), every=SECOND))
    assert len({one["event_id"] for one in documents}) == 4454
    now = SystemClock().now()
    for document in documents[:500]:
        reader.read(document, received_at=now)


def test_another_seed_is_another_order_of_the_same_applications():
    one, other = (read_applications(EXAMPLES / "data", seed=seed)["number"].to_pylist() for seed in (1, 2))
    assert one != other
    assert sorted(one) == sorted(other)


def test_one_account_in_two_is_always_the_same_half_of_the_real_ones():
    everybody, half = (read_panel(EXAMPLES / "data", one_in=share) for share in (1, 2))
    assert (len(everybody), len(half)) == (30_000, 15_167)  # as the example says on its screen
    assert half.equals(everybody.filter(pc.is_in(everybody["id"], half["id"])))


def test_a_month_of_the_panel_is_a_statement_an_account_and_a_repayment_where_something_was_paid(reader, panel):
    documents = list(panel_documents(panel, PANEL_MONTHS[:2], YESTERDAY))
    kinds = Counter(one["event_type"] for one in documents)
    paid = sum(row["p6"] > 0 for row in panel.to_pylist()) + sum(row["p5"] > 0 for row in panel.to_pylist())
    assert kinds == {"statement": 400, "repayment": paid}
    now = SystemClock().now()
    for document in documents:
        reader.read(document, received_at=now)


def test_outcomes_tell_of_every_account_and_application_after_the_last_statement(panel):
    applications = read_applications(EXAMPLES / "data", seed=1).slice(0, 50)
    outcomes = outcome_documents(applications, panel, known_at=SystemClock().now())
    assert Counter(one["event_type"] for one in outcomes) == {"loan_outcome": 50, "account_outcome": 200}
    last = max(one["occurred_at"] for one in panel_documents(panel, PANEL_MONTHS, YESTERDAY))
    assert all(one["occurred_at"] > last for one in outcomes)


def test_no_outcome_of_a_payment_is_known_before_seven_days(reader):
    world = CardWorld(customers=50, merchants=80, days=20)
    until = Micros(world.start + 12 * DAY)
    payments = payment_documents(world, until=until)
    now = SystemClock().now()
    at = {}
    for document in payments.known:
        event = reader.read(document, received_at=now)
        assert event.occurred_at < until
        at[document["event_id"]] = event.occurred_at
        if event.event_type == "payment_outcome":
            assert event.occurred_at - at[document["values"]["payment"]] == 7 * DAY
    total = sum(one["event_type"] == "card_payment" for one in payments.known) + len(payments.live)
    outcomes = sum(one["event_type"] == "payment_outcome" for one in payments.known) + len(payments.live_outcomes)
    assert total == outcomes


def test_the_till_is_known_up_to_a_moment_and_judged_a_week_after_each_application(reader):
    town = ApplicationWorld(customers=300, days=20, seed=3)
    until = Micros(town.start + 12 * DAY)
    checkouts = checkout_documents(town, until=until)
    now = SystemClock().now()
    at = {}
    for document in checkouts.known + checkouts.live + checkouts.live_outcomes:
        event = reader.read(document, received_at=now)
        at[document["event_id"]] = event.occurred_at
        assert (event.occurred_at < until) == (document in checkouts.known)
        if event.event_type == "checkout_outcome":
            assert event.occurred_at - at[document["values"]["application"]] == 7 * DAY
    kinds = Counter(one["event_type"] for one in checkouts.known + checkouts.live + checkouts.live_outcomes)
    assert kinds["checkout_application"] == kinds["checkout_outcome"] == len(at) / 2
    assert {one["event_type"] for one in checkouts.live} == {"checkout_application"}


def test_without_the_bundled_data_the_remedy_is_told(tmp_path):
    with pytest.raises(NotFound) as refused:
        read_panel(tmp_path)
    assert "checkout" in refused.value.hint
