"""What the steps of a day share: the rows between two days."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.feeds import DAY_COLUMN

DAYS = ["2025-10-01", "2025-10-01", "2025-10-03", "2025-10-04", "2025-10-04", "2025-10-07"]


def between(days: list[str], first: str, last: str) -> list[int]:
    table = pa.table({"row": list(range(len(days))), DAY_COLUMN: pa.array(days, pa.string())})
    work = DayWork.__new__(DayWork)  # the window of a table asks nothing else of a day
    return work.between(table, (first, last)).column("row").to_pylist()


@pytest.mark.parametrize(
    ("first", "last", "rows"),
    [
        ("2025-10-01", "2025-10-07", [0, 1, 2, 3, 4, 5]),
        ("2025-10-01", "2025-10-01", [0, 1]),
        ("2025-10-02", "2025-10-04", [2, 3, 4]),
        ("2025-10-05", "2025-10-06", []),
        ("2025-09-01", "2025-09-30", []),
        ("2025-10-08", "2025-10-09", []),
    ],
)
def test_both_ends_are_included_whatever_order_the_rows_are_in(first, last, rows):
    assert between(DAYS, first, last) == rows
    backwards = between(DAYS[::-1], first, last)
    assert [5 - row for row in backwards[::-1]] == rows


def test_of_no_rows_there_are_none_between():
    assert between([], "2025-10-01", "2025-10-02") == []
