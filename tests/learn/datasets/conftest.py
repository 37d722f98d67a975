"""A lender's month, and a small one that is told of in many tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lender_month import LABEL, Month


@pytest.fixture
def month_of(tmp_path: Path) -> Iterator[Callable[..., Month]]:
    opened: list[Month] = []

    def made(**changes: Any) -> Month:
        opened.append(Month(tmp_path / f"home{len(opened)}", {**LABEL, **changes}))
        return opened[-1]

    yield made
    for one in opened:
        one.close()


@pytest.fixture
def month(month_of: Callable[..., Month]) -> Month:
    """Five applications on days 0 to 4: paid, late, silent, declined, excluded; a sixth on day 13, too young."""
    one = month_of()
    one.decide(0, day=0)
    one.decide(1, day=1)
    one.decide(2, day=2)
    one.decide(3, day=3, age=17)
    one.decide(4, day=4, age=70)
    one.tell(0, day=9, days_late=0)
    one.tell(1, day=10, days_late=120)
    one.decide(5, day=13)
    one.tell(5, day=16.5, days_late=91)
    return one
