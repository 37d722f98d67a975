"""What models learn from: every contact with why it was chosen and what came of it, and every promise, as a table."""

from __future__ import annotations

from tandem.observe.lake import Lake


def test_the_lake_has_each_contact_with_why_it_was_chosen_and_each_promise_with_what_was_paid(tmp_path, house):
    account = house.customer()
    points = house.reachable(account)
    house.at("2026-12-03T10:00:00+08:00")
    house.desk.tend()
    called = house.people.dial(account, "call", points["phone"], step="soft", by="li", key="c1")
    house.people.outcome(called.contact, "answered", by="li", minutes=3)
    house.people.mark(account, "lawyer", on=True, by="li", key="m1")
    house.people.dial(account, "call", points["phone"], step="soft", by="li", key="c2")
    house.people.promise(account, 10_000, house.desk.today() + 1, by="li", key="p1")
    house.pays(account, 10_000)
    house.desk.tend()
    lake = Lake(tmp_path / "lake", clock=house.clock)
    lake.project(house.process.journal, house.process.live.reader)

    def rows(sql):
        return lake.sql(sql).to_pylist()

    first, second = rows("SELECT * FROM collection_changes WHERE change = 'wanted' ORDER BY seq")
    assert (first["channel"], first["chosen_by"], first["segment"], first["propensity"]) == (
        "sms",
        "ladder",
        "everybody_else",
        1.0,
    )
    assert (first["days_past_due"], first["about_account"]) == (1, account)
    assert (second["channel"], second["chosen_by"], second["changed_by"]) == ("call", None, "li")
    (ended,) = rows("SELECT state, contact_id FROM collection_changes WHERE change = 'ended'")
    assert (ended["state"], ended["contact_id"]) == ("answered", second["contact_id"])
    assert rows("SELECT rule FROM collection_changes WHERE change = 'blocked'") == [{"rule": "lawyer"}]
    (kept,) = rows("SELECT outcome, paid_minor FROM collection_changes WHERE change = 'promise_ended'")
    assert (kept["outcome"], kept["paid_minor"]) == ("kept", 10_000)
    (promised,) = rows("SELECT amount_minor, account_id FROM collection_changes WHERE change = 'promised'")
    assert (promised["amount_minor"], promised["account_id"]) == (10_000, account)
    assert "13800138000" not in str(rows("SELECT * FROM collection_changes"))
