"""The typed tree: four kinds of node, all frozen.

A node knows its type, its scale and whether it can be unknown, so every later step (Python, SQL, trace, words) is a walk
over the tree with a look-up in the table of operators; none of them ever thinks about types again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from tandem.kernel.values import SqlType, Value

__all__ = ["Call", "Column", "ColumnRef", "Expression", "Literal", "Node", "Schema", "walk"]


@dataclass(frozen=True, slots=True)
class Column:
    """What a schema says of one column. ``scale`` counts for DECIMAL only: digits after the point, 0 to 18."""

    type: SqlType
    nullable: bool = True
    scale: int = 0


Schema: TypeAlias = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. ``adaptive`` marks a number with a point, which is DECIMAL or DOUBLE by what it meets."""

    value: Value
    type: SqlType | None
    scale: int = 0
    adaptive: bool = False

    @property
    def nullable(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """The value of one column of the row."""

    name: str
    type: SqlType
    scale: int = 0
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """An operator applied to ``args``; ``details`` are constants of its form (a comparison sign, a unit, a list's name)."""

    operator: str
    args: tuple[Node, ...]
    type: SqlType
    scale: int = 0
    nullable: bool = True
    details: tuple[Value, ...] = ()


Node: TypeAlias = Literal | ColumnRef | Call


def walk(node: Node) -> Iterator[Node]:
    """``node`` and all below it, parents first, left to right."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        if isinstance(current, Call):
            waiting.extend(reversed(current.args))


@dataclass(frozen=True)
class Expression:
    """A checked expression: it holds together, is typed, and gives a value or unknown (None) for every row.

    Attributes:
        text: as the author wrote it.
        tree: the typed tree.
    """

    text: str
    tree: Node = field(repr=False)

    def __hash__(self) -> int:
        # Equal expressions have equal texts, and a text's hash is kept: a tree's would be worked out each time.
        return hash(self.text)

    @property
    def type(self) -> SqlType:
        """Type of the result."""
        result = self.tree.type
        assert result is not None, "parse gives every tree a type"
        return result

    @property
    def scale(self) -> int:
        """Digits after the point, where the result is DECIMAL."""
        return self.tree.scale

    @property
    def nullable(self) -> bool:
        """Whether the result can be unknown."""
        return self.tree.nullable

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns it reads, in order of first use."""
        return tuple(dict.fromkeys(node.name for node in walk(self.tree) if isinstance(node, ColumnRef)))

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """Names of the lists it asks, in order of first use."""
        names = (
            str(node.details[0]) for node in walk(self.tree) if isinstance(node, Call) and node.operator == "in_list"
        )
        return tuple(dict.fromkeys(names))
