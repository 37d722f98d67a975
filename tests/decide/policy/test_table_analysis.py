"""Gaps, overlaps and unreachable rows, against enumeration of every point of a small grid."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.policy.analysis import analyse_table
from tandem.decide.policy.cells import holds, parse_cell
from tandem.decide.policy.indexing import TableIndex
from tandem.kernel.values import SqlType

KINDS = (SqlType.INTEGER, SqlType.BOOLEAN, SqlType.TEXT)
NAMES = ("age", "student", "home")
# Every region of the cells below has a value here, so the enumeration is complete.
VALUES = {SqlType.INTEGER: (*range(-1, 8),), SqlType.BOOLEAN: (True, False), SqlType.TEXT: ("x", "y", "z", "other")}
CELLS = {
    SqlType.INTEGER: ("-", ">= 3", "< 3", "[0..3)", "3..5", "> 5", "<= 0", "!= 3", "in [0, 5]", "missing", "< 3 or missing",
                      "present"),
    SqlType.BOOLEAN: ("-", "true", "false", "missing", "true or missing"),
    SqlType.TEXT: ("-", "x", "in [x, y]", "not in [x, y]", "!= z", "missing", "z or missing"),
}  # fmt: skip


def random_table(seed):
    random = Random(seed)
    width = random.randint(1, 3)
    kinds = KINDS[:width]
    nullable = [random.random() < 0.4 for _ in kinds]
    rows = [[parse_cell(random.choice(CELLS[kind]), kind, "c") for kind in kinds] for _ in range(random.randint(1, 7))]
    return NAMES[:width], kinds, nullable, rows


def points(kinds, nullable, *, missing):
    return product(
        *([*VALUES[kind], *([None] if missing and may else [])] for kind, may in zip(kinds, nullable, strict=True))
    )


def matches(row, point):
    return all(holds(test, value) for test, value in zip(row, point, strict=True))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**40))
def test_the_analysis_finds_what_enumeration_finds(seed):
    names, kinds, nullable, rows = random_table(seed)
    found = analyse_table(names, kinds, nullable, rows)
    assert found.complete

    present = list(points(kinds, nullable, missing=False))
    gaps = [point for point in present if not any(matches(row, point) for row in rows)]
    assert bool(gaps) == bool(found.gaps)
    for place in found.gaps:
        assert not any(matches(row, [place.example[name] for name in names]) for row in rows), place

    everything = list(points(kinds, nullable, missing=True))
    reachable = {next((i for i, row in enumerate(rows) if matches(row, point)), None) for point in everything}
    assert {index for index, _ in found.unreachable} == set(range(len(rows))) - reachable

    overlaps = {
        (i, j)
        for i in range(len(rows))
        for j in range(i + 1, len(rows))
        if any(matches(rows[i], point) and matches(rows[j], point) for point in everything)
    }
    assert {(one.first, one.second) for one in found.overlaps} == overlaps
    for one in found.overlaps:
        point = [one.place.example[name] for name in names]
        assert matches(rows[one.first], point)
        assert matches(rows[one.second], point)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**40))
def test_a_missing_value_is_covered_only_by_rows_that_name_it(seed):
    names, kinds, nullable, rows = random_table(seed)
    found = analyse_table(names, kinds, nullable, rows)

    def covered(point, column):
        return any(row[column].explicit and matches(row, point) for row in rows)

    wanting = {
        column
        for column in range(len(kinds))
        if nullable[column]
        for point in points(kinds, nullable, missing=True)
        if point[column] is None and not covered(point, column)
    }
    assert len(found.missing_gaps) == len(wanting)
    for place in found.missing_gaps:
        point = [place.example[name] for name in names]
        assert any(value is None and not covered(point, column) for column, value in enumerate(point)), place


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**40))
def test_the_index_finds_the_rows_that_a_scan_finds(seed):
    _, kinds, nullable, rows = random_table(seed)
    index = TableIndex(kinds, rows, fails=False)
    everything = (1 << len(rows)) - 1
    for point in points(kinds, nullable, missing=True):
        mask, _ = index.careful(point, everything, 0)
        assert mask == sum(1 << i for i, row in enumerate(rows) if matches(row, point)), point


def test_neighbouring_whole_numbers_leave_no_gap_but_neighbouring_fractions_do():
    def gaps(kind):
        return analyse_table(["x"], [kind], [False], [[parse_cell(c, kind, "c")] for c in ("<= 25", ">= 26")]).gaps

    assert not gaps(SqlType.INTEGER)
    (gap,) = gaps(SqlType.DOUBLE)
    assert gap.words == "25.0 < x < 26.0"
    assert gap.example == {"x": 25.5}


def test_a_gap_is_said_in_words():
    kinds = [SqlType.INTEGER, SqlType.TEXT]
    rows = [
        [parse_cell("< 18", kinds[0], "c"), parse_cell("-", kinds[1], "c")],
        [parse_cell(">= 18", kinds[0], "c"), parse_cell("owner", kinds[1], "c")],
    ]
    found = analyse_table(["age", "home"], kinds, [False, False], rows)
    assert [place.words for place in found.gaps] == ["age >= 18 and home is any other text"]
    assert found.gaps[0].example == {"age": 18, "home": "other"}


def test_a_row_with_an_expression_covers_nothing_for_certain_and_shadows_nothing():
    kind = SqlType.INTEGER
    rows = [[parse_cell(c, kind, "c")] for c in ("if x > 2 * y", "< 3", ">= 3")]
    found = analyse_table(["x"], [kind], [False], rows)
    assert not found.unreachable
    assert not found.gaps
    assert analyse_table(["x"], [kind], [False], rows[:2]).gaps


def test_a_table_too_entangled_says_so_instead_of_being_called_complete():
    random = Random(1)
    kind = SqlType.DOUBLE
    rows = []
    for _ in range(400):
        low = [random.uniform(0, 90) for _ in range(8)]
        rows.append([parse_cell(f"[{x}..{x + 60})", kind, "c") for x in low])
    rows.append([parse_cell("-", kind, "c")] * 8)
    found = analyse_table([f"x{i}" for i in range(8)], [kind] * 8, [False] * 8, rows)
    assert not found.complete
