"""What can be wrong with an expression, said with column, type, position and the near match."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import expressions as exp

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.expressions.nodes import Node

__all__ = ["Problems", "place", "type_name"]


def place(text: str, offset: int) -> str:
    """``line 2, column 8`` of a character."""
    line_start = text.rfind("\n", 0, offset) + 1
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - line_start + 1}"


def type_name(node: Node) -> str:
    """The type of a node as an author writes it."""
    if node.type is None:
        return "NULL"
    return f"DECIMAL({node.scale} digits after the point)" if node.type.name == "DECIMAL" else node.type.name


class Problems:
    """Makes the errors of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def at(self, source: exp.Expr | None) -> str | None:
        """Where ``source`` begins: the first of its words that sqlglot gives a place, or those around it."""
        around = source
        while around is not None:
            starts = [node.meta["start"] for node in around.walk() if "start" in node.meta]
            if starts:
                return place(self._text, min(starts))
            around = around.parent
        return None if source is None else place(self._text, 0)

    def error(
        self,
        detail: str,
        code: str,
        source: exp.Expr | None = None,
        *,
        field: str | None = None,
        value: object = None,
        hint: str | None = None,
        at: str | None = None,
    ) -> DefinitionError:
        return DefinitionError(detail, code=code, field=field, value=value, hint=hint, at=at or self.at(source))

    def unknown_name(self, what: str, name: str, known: Iterable[str], source: exp.Expr | None) -> DefinitionError:
        return self.error(
            f"Unknown {what}.", f"unknown_{what}", source, field=name, value=name, hint=near_match(name, known)
        )

    def type_mismatch(self, detail: str, source: exp.Expr, *nodes: Node, hint: str | None = None) -> DefinitionError:
        named = [node.name for node in nodes if hasattr(node, "name")]
        types = " and ".join(type_name(node) for node in nodes)
        return self.error(
            f"{detail}: got {types}.",
            "type_mismatch",
            source,
            field=named[0] if named else None,
            value=types,
            hint=hint,
        )
