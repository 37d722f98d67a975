"""A long policy text changed in one place: the lines of the list that changed are written anew, the others stay bytes.

Reading and writing two thousand rows as YAML takes seconds, and a person at a table changes one of them. So a text that
was read once is kept with its document and with where the items of its lists stand; an edit within such a list goes
through YAML with only its own lines. Whatever does not fit (an anchor, an item over several lines, changes in two
places) takes the long way, and holds the same document.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from tandem.decide.policy.yaml_text import (
    TEXT_LENGTH_MAX,
    alike,
    document_of_text,
    merged_text,
    refuse_depth,
    text_of_document,
)
from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.errors import DefinitionError

__all__ = ["WrittenPolicy", "read_policy", "rewrite_policy"]

_BREAKS: Final = frozenset("\r\x85\u2028\u2029")
"""What ends a line for YAML, and not for us."""
_DASH: Final = 2
"""Where the dash of an item stands in a list that is a text of its own."""

Path = tuple[str | int, ...]


class WrittenPolicy(msgspec.Struct, frozen=True):
    """A text and the document it holds.

    Attributes:
        lines: path of a list to the line of each of its items, counted from 0, for lists with an item a line; None
            where nobody has asked yet.
    """

    text: str
    document: Any
    lines: dict[Path, tuple[int, ...]] | None = None


class _Change(msgspec.Struct, frozen=True):
    """Items ``first`` to ``end`` of the list at ``path``, replaced by ``items``."""

    path: Path
    first: int
    end: int
    items: list[Any]


def read_policy(text: str) -> WrittenPolicy:
    """The document in ``text``; refuses what ``document_of_text`` refuses."""
    return WrittenPolicy(text, document_of_text(text))


def rewrite_policy(before: WrittenPolicy, document: Any) -> WrittenPolicy:
    """``document`` in the clothes of ``before``: what ``text_of_document`` gives, and what reading that gives."""
    refuse_depth(document)
    if alike(before.document, document):
        return before
    lines = item_lines(before.text) if before.lines is None else before.lines
    change = _change(before.document, document, (), lines)
    changed = None if change is None else _spliced(before, change, lines)
    return changed or read_policy(text_of_document(document, before.text))


def item_lines(text: str) -> dict[Path, tuple[int, ...]]:
    """Where the items of every list stand that has one item a line; none for what an alias says once more."""
    if not _BREAKS.isdisjoint(text):
        return {}
    look = _Look()
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        if root is not None:
            look.at(root, ())
    except (YAMLError, ValueError, RecursionError):
        return {}
    return look.found


class _Look:
    """Walks the nodes of a text."""

    def __init__(self) -> None:
        self.found: dict[Path, tuple[int, ...]] = {}
        self._seen: dict[int, Path] = {}

    def at(self, node: Node, path: Path) -> None:
        if not isinstance(node, CollectionNode):
            return
        if id(node) in self._seen:
            self._forget(self._seen[id(node)])
            return
        self._seen[id(node)] = path
        if node.flow_style:
            return
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode):
                    self.at(value, (*path, key.value))
        elif all(one.start_mark.line == _last_line(one) for one in node.value):
            self.found[path] = tuple(one.start_mark.line for one in node.value)
        else:
            for place, one in enumerate(node.value):
                self.at(one, (*path, place))

    def _forget(self, shared: Path) -> None:
        for path in [one for one in self.found if one[: len(shared)] == shared]:
            del self.found[path]


def _last_line(node: Node) -> int:
    """A block ends where the next token begins; what is in brackets or plain ends where it ends."""
    if not isinstance(node, CollectionNode) or node.flow_style:
        return int(node.end_mark.line)
    inside = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return max(map(_last_line, inside), default=int(node.end_mark.line))


def _change(old: Any, new: Any, path: Path, lines: dict[Path, tuple[int, ...]]) -> _Change | None:
    """The one list with an item a line that holds all of the difference; None where there is no such list."""
    if isinstance(old, dict) and isinstance(new, dict):
        if old.keys() != new.keys():
            return None
        differing = [name for name, value in old.items() if not alike(value, new[name])]
        return (
            _change(old[differing[0]], new[differing[0]], (*path, differing[0]), lines) if len(differing) == 1 else None
        )
    if not isinstance(old, list) or not isinstance(new, list):
        return None
    first = 0
    while first < min(len(old), len(new)) and alike(old[first], new[first]):
        first += 1
    behind = 0
    while behind < min(len(old), len(new)) - first and alike(old[-1 - behind], new[-1 - behind]):
        behind += 1
    if path in lines:
        return _Change(path, first, len(old) - behind, new[first : len(new) - behind])
    one_each = len(old) == len(new) == first + behind + 1
    return _change(old[first], new[first], (*path, first), lines) if one_each else None


def _spliced(before: WrittenPolicy, change: _Change, lines: dict[Path, tuple[int, ...]]) -> WrittenPolicy | None:
    places = lines[change.path]
    first, end, items = change.first, change.end, change.items
    holder = _at(before.document, change.path)
    if first == end and first > 0:  # nothing is replaced: the neighbour shows how its kind is written
        first, items = first - 1, [holder[first - 1], *items]
    elif first == end and end < len(places):
        items, end = [*items, holder[end]], end + 1
    if first == end or end - first == len(places) > len(items) == 0:
        return None
    rows = before.text.split("\n")
    start, stop = places[first], places[end - 1] + 1
    column = len(rows[start]) - len(rows[start].lstrip(" "))
    old = "\n".join(_moved(row, _DASH - column) for row in rows[start:stop]) + "\n"
    if "&" in old or not _holds(old, holder[first:end]):
        return None  # an anchor may be meant elsewhere
    if items:
        written = _fragment(items, old, change.path)
        if written is None:
            return None
        text, read = written
        new = [_moved(row, column - _DASH) for row in text.removesuffix("\n").split("\n")]
        found = item_lines(text).get((), ())
    else:
        gone = set(places[first:end])
        new = [rows[line] for line in range(start, stop) if line not in gone]
        read, found = [], ()
    whole = "\n".join([*rows[:start], *new, *rows[stop:]])
    if len(whole) > TEXT_LENGTH_MAX:
        return None
    return WrittenPolicy(
        whole,
        _with(before.document, change.path, [*holder[:first], *read, *holder[end:]]),
        _moved_lines(lines, change.path, (first, end), (found, len(items), len(new))),
    )


def _holds(text: str, items: list[Any]) -> bool:
    """Whether these are the lines they were taken for."""
    try:
        return bool(parse_yaml(text, "text") == items)
    except DefinitionError:
        return False


def _fragment(items: list[Any], before: str, path: Path) -> tuple[str, list[Any]] | None:
    """The items as lines, and what reading these gives."""
    key = next((one for one in reversed(path) if isinstance(one, str)), "")
    text = merged_text(items, before, key)
    return None if text is None else (text, parse_yaml(text, "text"))


def _moved(row: str, by: int) -> str:
    return " " * by + row if by > 0 and row else row[min(-by, len(row) - len(row.lstrip(" "))) :]


def _moved_lines(
    lines: dict[Path, tuple[int, ...]], path: Path, taken: tuple[int, int], put: tuple[tuple[int, ...], int, int]
) -> dict[Path, tuple[int, ...]] | None:
    """Where the items stand now; None where they have to be looked for anew."""
    (first, end), (found, items, rows) = taken, put
    if len(found) != items:
        return None
    places = lines[path]
    start, stop = places[first], places[end - 1] + 1
    by = rows - (stop - start)
    moved = {
        other: tuple(place + by if place >= stop else place for place in theirs) for other, theirs in lines.items()
    }
    moved[path] = (*places[:first], *(start + place for place in found), *(place + by for place in places[end:]))
    return moved


def _at(document: Any, path: Path) -> Any:
    for token in path:
        document = document[token]
    return document


def _with(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    token, *rest = path
    changed = document.copy()
    changed[token] = _with(document[token], tuple(rest), value)
    return changed
