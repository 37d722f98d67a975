from __future__ import annotations

import pytest

from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound, Refused
from tandem.observe.lake import parse_view


def test_a_view_is_one_select():
    view = parse_view({"name": "judged", "sql": "SELECT outcome FROM decisions"})
    assert view.name == "judged"


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DROP TABLE decisions", "not_a_select"),
        ("SELECT 1; SELECT 2", "not_a_select"),
        ("SELEC 1", "invalid_sql"),
        ("SELECT * FROM statement_personal", "personal_view"),
        ("SELECT * FROM Statement_Full", "personal_view"),
    ],
)
def test_what_is_not_is_refused(sql, code):
    with pytest.raises(DefinitionError) as refused:
        parse_view({"name": "judged", "sql": sql})
    assert refused.value.code == code


JUDGED = {"name": "by_channel", "sql": "SELECT p.channel, count(*) AS n FROM payment AS p GROUP BY ALL"}


@pytest.fixture
def viewed(settled):
    settled.lake.define_views([parse_view(JUDGED)])
    yield settled.lake
    settled.lake.define_views([])


def test_a_view_answers_like_a_table_and_brings_the_tables_beneath_it(viewed):
    for _ in range(2):
        answer = viewed.sql("select * from by_channel order by channel").to_pylist()
        assert answer == [{"channel": "app", "n": 1}, {"channel": "web", "n": 1}]
    assert "by_channel" in viewed.tables()
    assert viewed.schema("by_channel").names == ["channel", "n"]
    assert viewed.sql("select count(*) as n from by_channel join payment using (channel)").to_pylist() == [{"n": 2}]


def test_a_view_over_tables_that_are_not_there_yet_is_not_seen(settled):
    settled.lake.define_views([parse_view({"name": "judged", "sql": "SELECT * FROM outcomes_to_come"})])
    assert "judged" not in settled.lake.tables()
    with pytest.raises(NotFound):
        settled.lake.sql("select * from judged")
    settled.lake.define_views([])


def test_a_view_may_not_take_a_name_that_is_taken_nor_look_at_another_view(settled):
    with pytest.raises(DefinitionError) as refused:
        settled.lake.define_views([parse_view({"name": "payment", "sql": "SELECT 1"})])
    assert refused.value.code == "name_taken"
    with pytest.raises(DefinitionError) as refused:
        settled.lake.define_views(
            [parse_view(JUDGED), parse_view({"name": "other", "sql": "SELECT * FROM by_channel"})]
        )
    assert refused.value.code == "view_of_view"


@pytest.mark.parametrize(
    "source", ["read_text('/etc/passwd')", "'/etc/passwd'", "read_parquet('{root}/payment/*.parquet')"]
)
def test_a_view_sees_nothing_but_the_tables_of_the_lake(settled, source):
    sql = "SELECT * FROM " + source.format(root=settled.lake.root)
    settled.lake.define_views([parse_view({"name": "leak", "sql": sql})])
    with pytest.raises((Refused, NotFound, InvalidInput)):
        settled.lake.sql("select * from leak")
    settled.lake.define_views([])
