"""A policy over a table is the same policy row by row: on random policies and rows nothing differs, in any column."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.decide.policy.compiled import CompiledPolicy
from tandem.decide.policy.set_based import arrow_type, compile_set_based, list_column, score_column
from tests.decide.policy.test_run_agrees_with_trace import COLUMNS, LISTS, MODELS, written

ROWS = 40


def table_of(
    rows: list[dict[str, Any]],
    *,
    columns: dict[str, Any] = COLUMNS,
    lists: dict[str, set[str]] = LISTS,
    models: dict[str, Any] = MODELS,
    inputs: tuple[str, ...] = ("income", "debt"),
) -> pa.Table:
    """Rows as recorded facts: a column for each, who of the row is on which list, what each model said."""
    found = {name: pa.array([row.get(name) for row in rows], arrow_type(column)) for name, column in columns.items()}
    for name, members in lists.items():
        listed = [[one for one in row.values() if isinstance(one, str) and one in members] for row in rows]
        found[list_column(name)] = pa.array(listed, pa.list_(pa.string()))
    for name, model in models.items():
        scores = [model.score([row.get(one) for one in inputs]) for row in rows]
        for output in ("probability", "margin", "points"):
            found[score_column(name, output)] = pa.array([getattr(one, output) for one in scores], pa.float64())
    return pa.table(found)


def differences(policy: CompiledPolicy, rows: list[dict[str, Any]], connection: Any) -> list[str]:
    """What comes out otherwise for the table than for its rows."""
    compiled = compile_set_based(policy)
    result = compiled.decide(table_of(rows), connection=connection, whole=True)
    wrong = []
    for at, row in enumerate(rows):
        one = policy.run(row, LISTS)
        wanted = {
            "outcome": one.outcome, "limit_minor": one.limit_minor, "price": one.price, "fired": one.fired,
            "path": one.path, "missing": one.missing, "actions": one.actions,
            "reasons": tuple(reason.code for reason in one.reasons),
        }  # fmt: skip
        told = result.told(at)
        if told["reasons"] is None:
            del wanted["reasons"], told["reasons"]
        wrong += [
            f"{name} of {row}: {told.get(name)!r}, not {value!r}"
            for name, value in wanted.items()
            if told[name] != value
        ]
    return wrong


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect() as opened:
        opened.execute("SET threads = 1")
        yield opened


def agree(seed: int, connection: Any) -> bool:
    found = written(seed)
    if found is None:
        return False
    author, policy = found
    rows = [author.row() for _ in range(ROWS)]
    assert not differences(policy, rows, connection)
    return compile_set_based(policy).by_row is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_on_random_policies_and_rows_the_table_is_the_rows(connection, seed):
    agree(seed, connection)


def test_nearly_all_random_policies_are_one_statement():
    policies = [found[1] for seed in range(60) if (found := written(seed)) is not None]
    assert sum(compile_set_based(policy).by_row is None for policy in policies) > 0.9 * len(policies)


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_on_two_thousand_random_policies_the_table_is_the_rows(connection):
    assert sum(agree(seed, connection) for seed in range(2000)) > 900
