"""Columns computed from columns, stacked: each SELECT adds what needs nothing but the SELECT below it.

A column is written once and read by its name, so a value that twenty rules look at is computed once; and columns that do
not depend on each other share a layer, so the statement is as deep as the policy's longest chain and not as its length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["FALSE", "NULL", "TRUE", "Layers", "Term", "all_of", "any_of", "inverse", "literal_list", "when"]


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of SQL over columns of some layer; ``reads`` names them."""

    sql: str
    reads: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.sql


TRUE: Final = Term("TRUE")
FALSE: Final = Term("FALSE")
NULL: Final = Term("NULL")


def all_of(*terms: Term) -> Term:
    """Conjunction; the constants disappear."""
    kept = [term for term in dict.fromkeys(terms) if term != TRUE]
    if FALSE in kept:
        return FALSE
    if len(kept) < 2:
        return kept[0] if kept else TRUE
    return joined(" AND ", kept)


def any_of(terms: Iterable[Term]) -> Term:
    """Disjunction; the constants disappear."""
    kept = [term for term in dict.fromkeys(terms) if term != FALSE]
    if TRUE in kept:
        return TRUE
    if len(kept) < 2:
        return kept[0] if kept else FALSE
    return joined(" OR ", kept)


def inverse(term: Term) -> Term:
    """NOT, of a term that is never unknown."""
    if term in (TRUE, FALSE):
        return FALSE if term == TRUE else TRUE
    return Term(f"(NOT {term})", term.reads)


def joined(word: str, terms: Iterable[Term]) -> Term:
    """``(a word b word c)``."""
    found = list(terms)
    return Term("(" + word.join(term.sql for term in found) + ")", reads_of(found))


def reads_of(terms: Iterable[Term]) -> frozenset[str]:
    """Everything these terms read."""
    return frozenset().union(*(term.reads for term in terms))


def when(mask: Term, then: Term, otherwise: Term = NULL) -> Term:
    """``CASE WHEN mask THEN then ELSE otherwise END``."""
    if mask == TRUE or then == otherwise:
        return then
    if mask == FALSE:
        return otherwise
    tail = "" if otherwise == NULL else f" ELSE {otherwise}"
    return Term(f"CASE WHEN {mask} THEN {then}{tail} END", reads_of((mask, then, otherwise)))


def literal_list(items: Iterable[str], kind: str) -> str:
    """A constant list; asked by position it is a table look-up."""
    return f"CAST([{', '.join(items)}] AS {kind}[])"


class Layers:
    """The statement while it is written.

    Args:
        relation: what the lowest layer reads from.
    """

    def __init__(self, relation: str) -> None:
        self._relation = relation
        self._level: dict[str, int] = {}
        self._sql: list[tuple[str, str, frozenset[str]]] = []
        self._known: dict[str, str] = {}

    @property
    def depth(self) -> int:
        """Layers above the relation."""
        return max(self._level.values(), default=0)

    def source(self, column: str) -> Term:
        """A column of the relation."""
        return self.keep(Term('"' + column.replace('"', '""') + '"'), source=True)

    def keep(self, term: Term, *, source: bool = False) -> Term:
        """``term`` as a column, computed once."""
        if term in (TRUE, FALSE, NULL) or (term.sql in self._level and term.reads == {term.sql}):
            return term
        name = self._known.get(term.sql)
        if name is None:
            name = f"c{len(self._sql)}"
            self._known[term.sql] = name
            below = max((self._level[one] for one in term.reads), default=0)
            self._level[name] = 0 if source else below + 1
            self._sql.append((name, term.sql, term.reads))
        return Term(name, frozenset({name}))

    def statement(self, outputs: dict[str, Term]) -> str:
        """One SELECT with ``outputs`` by name, in the order of the relation's rows."""
        top = 1 + max((self._level[one] for term in outputs.values() for one in term.reads), default=0)
        last: dict[str, int] = {}
        for term in outputs.values():
            last.update(dict.fromkeys(term.reads, top))
        for name, _, reads in reversed(self._sql):
            if name in last:
                for one in reads:
                    last[one] = max(last.get(one, 0), self._level[name])
        needed = [(name, sql) for name, sql, _ in self._sql if name in last]
        layers: dict[int, list[str]] = {}
        for name, sql in needed:
            layers.setdefault(self._level[name], []).append(f"{sql} AS {name}")
        statement = f"SELECT {', '.join(layers.get(0, ['1 AS nothing']))} FROM {self._relation}"  # noqa: S608 - made of checked parts
        for level in range(1, top):
            carried = [name for name, _ in needed if self._level[name] < level < last[name]]
            statement = f"SELECT {', '.join([*carried, *layers.get(level, [])]) or '1 AS nothing'} FROM ({statement})"  # noqa: S608
        told = ", ".join(f'{term} AS "{name}"' for name, term in outputs.items())
        return f"SELECT {told} FROM ({statement})"  # noqa: S608 - made of checked parts
