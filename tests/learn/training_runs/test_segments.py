"""Groups side by side: forbidden columns first, private ones never, small ones left out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tandem.learn.training import ColumnProfile
from tandem.learn.training_runs.segments import segments_of

ROWS = 300


def column(name, kind="categorical", excluded=None, distinct=2):
    return ColumnProfile(
        name=name, kind=kind, source="string", excluded=excluded, rows=ROWS, missing=0, distinct=distinct
    )


@pytest.fixture
def table():
    return pa.table(
        {
            "home": ["own" if n % 3 else "rent" for n in range(ROWS)],
            "sex": ["f" if n % 2 else "m" for n in range(ROWS)],
            "email": ["a" if n % 2 else "b" for n in range(ROWS)],
            "rare": ["x" if n < 5 else "y" for n in range(ROWS)],
            "income": [float(n) if n % 10 else None for n in range(ROWS)],
        }
    )


PROFILES = (
    column("home"),
    column("sex", excluded="forbidden"),
    column("email", excluded="forbidden"),
    column("rare"),
    column("income", kind="numeric", distinct=270),
)


def test_groups_of_forbidden_columns_come_first_and_none_of_a_private_one(table):
    bad = np.array([float(n % 4 == 0) for n in range(ROWS)])
    log_odds = np.where(bad > 0, 1.0, -1.0) + np.linspace(-1, 1, ROWS)
    groups = segments_of(table, PROFILES, frozenset({"email"}), bad, log_odds)
    assert [(one.column, one.forbidden) for one in groups] == [("sex", True), ("home", False), ("income", False)]
    sex = {one.group: one for one in groups[0].segments}
    assert sex["m"].rows + sex["f"].rows == ROWS
    assert sex["f"].bads == 0, "every fourth row is even"
    assert sex["f"].auc is None, "no interval where one of the outcomes is missing"
    assert sex["m"].low <= sex["m"].auc <= sex["m"].high
    income = groups[2].segments
    assert len(income) == 3
    assert sum(one.rows for one in income) == ROWS * 9 // 10, "what is missing is in no range"
    assert all(0 <= one.approved <= 1 for group in groups for one in group.segments)
