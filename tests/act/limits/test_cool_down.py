"""A limit that has moved stays for a while: the next review leaves it alone until then."""

from __future__ import annotations

import pytest
from limit_house import STRATEGY, opened_house


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
