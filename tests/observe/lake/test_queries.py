from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tandem.kernel.errors import InvalidInput, NotFound, Refused, TooLarge, Unavailable


@pytest.fixture(scope="module")
def lake(settled):
    return settled.lake


@pytest.mark.parametrize(
    "query",
    [
        "select count(*) from payment",
        "WITH p AS (SELECT * FROM payment) SELECT channel, count(*) FROM p GROUP BY 1",
        "from payment",
        "describe payment",
        "summarize payment",
        "show tables",
        "explain select * from payment",
        "explain analyze select * from payment",
        "values (1), (2)",
        "select date_trunc('day', occurred_at), count(*) from payment group by all",
        "select * from Payment -- a comment; with a semicolon",
        "select table_name from information_schema.tables",
    ],
)
def test_questions_are_answered(lake, query):
    assert lake.sql(query).num_columns


def test_parameters_are_values_and_never_text_of_the_query(lake):
    assert lake.sql("select count(*) as n from payment where channel = ?", ["app"]).to_pylist() == [{"n": 1}]
    named = lake.sql("select count(*) as n from payment where channel = $c", {"c": "' or 1=1 --"})
    assert named.to_pylist() == [{"n": 0}]


@pytest.mark.parametrize(
    "query",
    [
        "insert into payment values (1)",
        "update payment set channel = 'x'",
        "delete from payment",
        "create table t as select 1",
        "drop view payment",
        "copy payment to '/tmp/stolen.csv'",
        "export database '/tmp/stolen'",
        "attach '/etc/passwd' as p",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "reset enable_external_access",
        "call pragma_version()",
        "pragma enable_profiling",
        "explain copy payment to '/tmp/stolen.csv'",
        "explain analyze create table t as select 1",
        "select 1; select 2",
        "select 1; drop view payment",
        "pivot payment on channel using count(*)",
        "",
        "  -- nothing",
        "begin",
        "checkpoint",
    ],
)
def test_what_does_more_than_read_is_refused(lake, query):
    with pytest.raises((Refused, InvalidInput)) as caught:
        lake.sql(query)
    assert caught.value.code in {"statement_not_allowed", "not_one_statement", "invalid_query"}


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/*')",
        "select * from parquet_scan('{root}/payment_personal/*.parquet')",
        "select * from read_parquet('{root}/payment_personal/*.parquet')",
        "select * from 'https://example.com/x.parquet'",
        "select * from delta_scan('{root}/payment_personal')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from read_json('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from query('copy (select 1) to ''/tmp/stolen.csv''')",
        "select getenv('HOME')",
        "select * from payment_personal",
        "select * from payment_full",
        "select * from secret_table",
    ],
)
def test_nothing_but_the_tables_of_the_lake_can_be_seen(lake, query):
    secret_table = lake.sql("select 1 as stolen")  # a Python variable that DuckDB would take for a table
    assert secret_table.num_rows
    with pytest.raises((Refused, NotFound, InvalidInput)):
        lake.sql(query.format(root=lake.root))
    assert not Path("/tmp/stolen.csv").exists()


def test_questions_do_not_see_each_others_tables(lake):
    assert lake.sql("select count(*) from payment_full", personal=True).num_rows
    for query in (
        "select * from payment_full",
        "select * from payment_personal",
        "show tables",
        "select * from temp.payment_full",
    ):
        try:
            names = str(lake.sql(query).to_pylist())
        except NotFound:
            continue
        assert "personal" not in names
        assert "full" not in names


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("TimeZone", "UTC"),
        ("python_enable_replacements", False),
        ("enable_external_access", False),
        ("autoload_known_extensions", False),
        ("autoinstall_known_extensions", False),
        ("allow_community_extensions", False),
        ("lock_configuration", True),
    ],
)
def test_the_walls_are_up(lake, setting, value):
    assert lake.sql(f"select current_setting('{setting}') as value").to_pylist() == [{"value": value}]


def test_many_threads_may_ask_at_once(lake):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: lake.sql("select count(*) as n from payment").to_pylist(), range(20)))
    assert answers == [[{"n": 2}]] * 20


def test_a_question_is_asked_again_when_files_went_away_under_it(house, monkeypatch):
    house.pay(1)
    house.project()
    house.lake.sql("select count(*) from payment_personal", personal=True)
    stale = house.lake._tables.dataset("payment_personal")
    house.journal.erase(house.vault.pseudonym("person", "ann"))
    house.pay(2, "bob")
    house.project()
    fresh, answers = house.lake._dataset, [stale]
    monkeypatch.setattr(house.lake, "_dataset", lambda name: answers.pop() if answers else fresh(name))
    answer = house.lake.sql("select amount_minor from payment_personal", personal=True)
    assert answer.to_pylist() == [{"amount_minor": 200}]
    assert not answers


def test_errors_name_the_table_or_column_and_its_near_match(lake):
    with pytest.raises(NotFound) as caught:
        lake.sql("select * from paymnt")
    assert (caught.value.value, "payment" in caught.value.hint) == ("paymnt", True)
    with pytest.raises(InvalidInput, match="channel"):
        lake.sql("select chanel from payment")
    with pytest.raises(InvalidInput, match="syntax"):
        lake.sql("selct 1")


def test_too_many_rows_are_refused_and_not_cut(lake):
    assert lake.sql("select * from range(100)", rows_max=100).num_rows == 100
    with pytest.raises(TooLarge):
        lake.sql("select * from range(101)", rows_max=100)


def test_a_query_that_takes_too_long_is_stopped(lake):
    endless = "select count(*) from range(10000000) a, range(10000000) b where a.range % 7 = b.range % 11"
    with pytest.raises(Unavailable):
        lake.sql(endless, timeout_s=0.2)


def test_an_empty_lake_answers_too(house):
    assert house.lake.tables() == []
    assert house.lake.sql("select 1 as one").to_pylist() == [{"one": 1}]
    assert house.lake.checks() == []
    assert house.lake.inventory() == []
    assert house.lake.schema("payment") is None
