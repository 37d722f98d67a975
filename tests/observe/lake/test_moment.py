"""A moment of the lake: what is asked of it belongs together, whatever lands meanwhile."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import Unavailable

COUNT = "SELECT count(*) AS n FROM payment"


def test_what_lands_later_is_not_seen(house):
    house.pay(1)
    house.project()
    moment = house.lake.moment()
    house.pay(2)
    house.project()
    assert moment.sql(COUNT).to_pylist() == [{"n": 1}]
    assert moment.projected_seq == 1
    assert house.lake.sql(COUNT).to_pylist() == [{"n": 2}]
    assert house.lake.projected_seq == 2


def test_a_table_that_did_not_exist_yet_stays_unknown(house):
    moment = house.lake.moment()
    house.pay(1)
    house.project()
    assert moment.tables() == []
    assert moment.schema("payment") is None


def test_an_erased_person_is_not_shown_from_an_older_moment(house):
    event = house.pay(1)
    house.project()
    moment = house.lake.moment()
    house.journal.erase(event.subject).wait()
    house.project()
    with pytest.raises(Unavailable) as caught:
        moment.sql("SELECT amount_minor FROM payment_full", personal=True)
    assert caught.value.code == "lake_changed"
