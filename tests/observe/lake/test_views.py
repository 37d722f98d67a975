from __future__ import annotations

import pytest

from tandem.kernel.errors import DefinitionError
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
