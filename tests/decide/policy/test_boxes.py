"""A condition and its box hold for the same rows."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.policy.boxes import box_of, is_empty
from tandem.decide.policy.cells import holds
from tandem.kernel.expressions import Column, compile_row, parse
from tandem.kernel.values import SqlType

COLUMNS = {
    "age": Column(SqlType.INTEGER),
    "income": Column(SqlType.DOUBLE),
    "home": Column(SqlType.TEXT),
    "student": Column(SqlType.BOOLEAN),
}


def part(random):
    number = random.choice(["age", "income"])
    return random.choice(
        [
            f"{number} {random.choice(['<', '<=', '>', '>=', '=', '<>'])} {random.randint(0, 5)}",
            f"{random.randint(0, 5)} {random.choice(['<', '<=', '>', '>=', '=', '<>'])} {number}",
            f"{number} BETWEEN {random.randint(0, 5)} AND {random.randint(0, 5)}",
            "home IN ('x', 'y')",
            f"home {random.choice(['=', '<>'])} 'x'",
            random.choice(["student", "NOT student", "student = FALSE"]),
            f"{random.choice(list(COLUMNS))} IS {random.choice(['', 'NOT '])}NULL",
        ]
    )


def rows(random):
    for _ in range(60):
        yield {
            "age": random.choice([None, *range(-1, 7)]),
            "income": random.choice([None, -1.0, 0.0, 0.5, 2.5, 3.0, 5.0, 6.0]),
            "home": random.choice([None, "x", "y", "z"]),
            "student": random.choice([None, True, False]),
        }


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**40))
def test_a_conjunction_and_its_box_agree_on_every_row(seed):
    random = Random(seed)
    condition = parse(" AND ".join(part(random) for _ in range(random.randint(1, 4))), COLUMNS)
    box = box_of(condition)
    assert box is not None
    function = compile_row([condition])
    for row in rows(random):
        inside = all(holds(test, row[name]) for name, (_, test) in box.items())
        assert (function(row, {})[0] is True) == inside, (condition.text, row)
        assert not (inside and is_empty(box))


@pytest.mark.parametrize(
    "text", ["age < 1 OR age > 3", "age + 1 < 3", "age < income", "home LIKE 'x%'", "NOT (age < 3)"]
)
def test_nothing_is_claimed_of_other_forms(text):
    assert box_of(parse(text, COLUMNS)) is None
