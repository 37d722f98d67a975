"""Parity on real accounts (Taiwan 2005, bundled) and on card payments, with lateness and corrections put in by seed.

What is real and what is simulated of them: see ``benchmarks.feature_data``.
"""

import feature_oracle
import pytest
from feature_runs import disagreements

from benchmarks.feature_data import ACCOUNTS, PAYMENTS, events_in, events_of
from tandem.observe.features import OnlineFeatures, compiled_module, compute_batch


def online_vectors(plan, table, compiled, cut=None):
    host = OnlineFeatures(plan, compiled=compiled)
    for seq, event in zip(table.column("seq").to_pylist(), events_in(table), strict=True):
        if seq == cut:
            host = OnlineFeatures.restore(plan, host.snapshot(), compiled=compiled)
        yield host.observe(event, seq)


def batch_vectors(plan, table, compiled=None):
    made = compute_batch(plan, table, compiled=compiled)
    return zip(*(made.column(name).to_pylist() for name in plan.names), strict=True)


def all_agree(plan, table, *, compiled, cut):
    for got, expected in zip(online_vectors(plan, table, compiled, cut), batch_vectors(plan, table), strict=True):
        assert tuple(got) == expected


def oracle_agrees(plan, table):
    expected = feature_oracle.Oracle(plan, table).features()
    vectors = [list(vector) for vector in batch_vectors(plan, table)]
    assert disagreements(plan, vectors, expected) == []


def test_real_accounts_agree_with_the_oracle_and_between_hosts():
    table = events_of("accounts", "account_number <= 40")
    assert table.num_rows > 40 * 12
    oracle_agrees(ACCOUNTS, table)
    all_agree(ACCOUNTS, table, compiled=False, cut=211)


def test_payments_agree_with_the_oracle_and_between_hosts():
    table = events_of("payments", "c < 6")
    assert table.num_rows > 500
    oracle_agrees(PAYMENTS, table.slice(0, 500))
    all_agree(PAYMENTS, table.slice(0, 3000), compiled=False, cut=1000)


@pytest.mark.prove
def test_all_360_000_events_of_the_real_accounts_agree_between_hosts():
    table = events_of("accounts")
    assert table.num_rows >= 360_000
    all_agree(ACCOUNTS, table, compiled=compiled_module() is not None, cut=123_456)
    assert compute_batch(ACCOUNTS, table) == compute_batch(ACCOUNTS, table, compiled=False)
    oracle_agrees(ACCOUNTS, events_of("accounts", "account_number % 60 = 0"))


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_a_million_and_a_half_payments_agree_between_hosts():
    table = events_of("payments")
    assert table.num_rows >= 1_500_000
    all_agree(PAYMENTS, table, compiled=compiled_module() is not None, cut=777_777)
    oracle_agrees(PAYMENTS, events_of("payments", "c % 500 = 7"))
