"""Views: named questions over the lake's tables, so that metrics can look at a decision beside what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import duckdb
import msgspec
from sqlglot import exp, parse
from sqlglot.errors import SqlglotError

from tandem.kernel.errors import DefinitionError, near_match

__all__ = ["LakeView", "create_view", "names_in", "parse_view", "refuse_clash", "tables_of"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_PRIVATE = re.compile(r"\b\w+_(personal|full)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class LakeView(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A view, as an artefact.

    Attributes:
        name: lower_snake; how metrics and queries call it.
        sql: one SELECT over tables of the lake; not over personal ones, so that no view shows what its tables hide.
        description: one line for people.
    """

    name: str
    sql: str
    description: str = ""


def parse_view(document: Any) -> LakeView:
    """The view that ``document`` declares.

    Raises:
        DefinitionError: names the key and what is wrong with it.
    """
    try:
        view = msgspec.convert(document, LakeView)
    except msgspec.ValidationError as error:
        raise DefinitionError(f"Not a view: {error}", code="invalid_view") from None
    if not _NAME.fullmatch(view.name):
        raise DefinitionError("A name is lower_snake.", code="invalid_name", field="name", value=view.name)
    private = _PRIVATE.search(view.sql)
    if private is not None:
        raise DefinitionError(
            "A view may not look at personal tables.",
            code="personal_view",
            field="sql",
            value=private[0],
            hint="use the default table; personal values have a purpose and a person who asks",
        )
    try:
        with duckdb.connect(":memory:") as connection:
            statements = connection.extract_statements(view.sql)
    except duckdb.Error as error:
        raise DefinitionError(f"Not SQL: {error}", code="invalid_sql", field="sql") from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise DefinitionError("A view is one SELECT.", code="not_a_select", field="sql")
    try:
        tables_of(view)
    except (SqlglotError, RecursionError) as error:
        raise DefinitionError(f"Too unusual SQL: {error}", code="invalid_sql", field="sql") from None
    return view


def names_in(text: str, known: frozenset[str]) -> list[str]:
    """Those of ``known`` that stand as words in ``text``, in order of first use."""
    words = (word.lower() for word in _WORD.findall(text))
    return list(dict.fromkeys(word for word in words if word in known))


def tables_of(view: LakeView) -> frozenset[str]:
    """Names of the tables that ``view`` reads: it stands only once they are there."""
    trees = [tree for tree in parse(view.sql, dialect="duckdb") if tree is not None]
    named = {table.name for tree in trees for table in tree.find_all(exp.Table)}
    inside = {part.alias for tree in trees for part in tree.find_all(exp.CTE)}
    return frozenset(named - inside)


def create_view(view: LakeView) -> str:
    """The statement that makes ``view``."""
    name = exp.to_identifier(view.name, quoted=True).sql("duckdb")
    return f"CREATE TEMP VIEW {name} AS {view.sql}"


def refuse_clash(views: Mapping[str, LakeView], tables: frozenset[str]) -> None:
    """Raise where a view has the name of a table or looks at another view.

    Raises:
        DefinitionError: which one, and what to do.
    """
    for view in views.values():
        if view.name in tables:
            raise DefinitionError(
                "A table of the lake has this name.", code="name_taken", field="name", value=view.name
            )
        other = names_in(view.sql, frozenset(views) - {view.name})
        if other:
            raise DefinitionError(
                "A view looks at tables only.",
                code="view_of_view",
                field="sql",
                value=other[0],
                hint=near_match(other[0], tables) or "write its query out",
            )
