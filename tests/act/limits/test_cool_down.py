"""A limit that has moved stays for a while: the next review leaves it alone until then."""

from __future__ import annotations

import pytest
from limit_house import STRATEGY, opened_house

from tandem.act.lending import MoveLimit


@pytest.mark.parametrize(("wait", "again"), [(0, True), (1, True), (2, False), (90, False)])
def test_a_limit_moves_again_only_after_its_time(tmp_path, wait, again):
    rich = {**STRATEGY["constraints"], "affordability": "limit_minor * 2"}
    house = opened_house(
        tmp_path / "home", accounts=10, constraints=rich, cool_down={"increase": wait, "decrease": wait}
    )
    first, _ = house.limits.propose("till_limits", by="ann")
    house.limits.agree(first, by="bob")
    lines = house.limits.look(lambda every: dict(every.named(first).lines))
    offered = [one for one, line in lines.items() if line.state == "offered"]
    for account in offered:
        house.limits.answer(first, account, consents=True, by="app")
    house.clock.day += 1
    second, _ = house.limits.propose("till_limits", by="ann")
    found = house.limits.look(lambda every: every.named(second).lines.keys() & set(offered))
    assert offered
    assert bool(found) == again
    house.process.close()


def moving(house):
    """The accounts that a review of today would move; tomorrow it is."""
    review, _ = house.limits.propose("till_limits", by="ann")
    found = house.limits.look(lambda every: set(every.named(review).lines))
    house.limits.end(review, by="bob", note="Only looked at.")
    house.clock.day += 1
    return found


def by_hand(house, account, limit_minor, *, agreed=True):
    """People move its limit: up takes two of them."""
    desk = house.lending.servicing
    act = MoveLimit(limit_minor=limit_minor)
    done = desk.do(account, act, key=f"{account}:{limit_minor}", by="ann", reason="customer_asked")
    if limit_minor > 300_000 and agreed:
        desk.agree(done.change.proposal, version=done.account.version, by="ben")


@pytest.mark.parametrize("to_minor", [299_000, 301_000])
def test_a_limit_that_people_moved_waits_as_one_that_a_review_moved(tmp_path, to_minor):
    wait = {"increase": 3, "decrease": 3}
    house = opened_house(tmp_path / "home", accounts=10, cool_down=wait)
    account = min(moving(house))
    by_hand(house, account, to_minor)
    assert [account in moving(house) for _ in range(4)] == [False, False, False, True]
    house.process.close()


def test_a_limit_that_somebody_only_proposed_to_move_has_not_moved(tmp_path):
    house = opened_house(tmp_path / "home", accounts=10)
    account = min(moving(house))
    by_hand(house, account, 301_000, agreed=False)
    assert account in moving(house)
    house.process.close()
