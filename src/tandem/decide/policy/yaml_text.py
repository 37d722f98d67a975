"""A policy document as the text people edit, and back.

The same document always becomes the same text: keys in the order of the reference, whatever order they were stored in;
short parts (a rule, a row, a case) on one line. Given the text of before, what did not change keeps its comments, its
layout and its anchors, so that a person at the console does not rewrite the file of a person with an editor.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, PlainScalarString, SingleQuotedScalarString

from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.errors import DefinitionError, TooLarge

__all__ = ["TEXT_LENGTH_MAX", "alike", "document_of_text", "merged_text", "refuse_depth", "text_of_document"]

TEXT_LENGTH_MAX: Final = 4 * 1024 * 1024
"""Characters of a policy's text."""
_WIDTH: Final = 100_000
"""A part stands on one line, however long: a line is what a reviewer compares."""
_DEPTH_MAX: Final = 64
_VALUES_MAX: Final = 1_000_000
_ORDER: Final = (
    "name", "policy", "event", "currency", "description", "precedence",
    "lists", "rules", "table", "scorecard", "model", "switch", "split", "set", "decide",
    "hit", "aggregate", "output", "base", "uses", "probability", "points", "margin", "by", "salt",
    "list", "of", "rule", "case", "otherwise", "arm", "share", "row", "column", "characteristic",
    "example", "because", "given", "scores", "expect",
    "when", "then", "reason", "severity", "outcome", "reasons", "limit_minor", "cap", "limit", "price", "actions",
    "fired", "stop", "when_missing", "missing_reason", "columns", "outputs", "rows", "default", "bins", "characteristics", "checks",
    "all", "first", "cases", "arms", "values", "stop_on", "note", "flow", "example_defaults", "examples",
)  # fmt: skip
_PLACE: Final = {key: place for place, key in enumerate(_ORDER)}
_UNLISTED: Final = len(_ORDER)
_BLOCKS: Final = frozenset({"flow", "checks", "all", "first", "cases", "arms", "rows", "characteristics", "bins",
                            "values", "examples", "example_defaults"})  # fmt: skip
"""Keys whose content stands on lines of its own."""
_OPEN: Final = frozenset({"flow", "examples", "example_defaults", "values"})
"""Keys whose parts are never put on one line."""
_KEY_SIGNS: Final = frozenset("?:")
_PARTS: Final = frozenset({"rule", "case", "otherwise", "list", "decide"})


def document_of_text(text: str) -> Any:
    """The document that ``text`` holds.

    Raises:
        DefinitionError: not YAML; with line and column.
        TooLarge: over ``TEXT_LENGTH_MAX``, nested too deep, or grown by aliases of aliases beyond ``_VALUES_MAX``.
    """
    if len(text) > TEXT_LENGTH_MAX:
        raise TooLarge(f"A policy's text has at most {TEXT_LENGTH_MAX} characters.", value=len(text))
    if "*" in text and "&" in text:
        _refuse_growth(text)
    document = parse_yaml(text, "text")
    refuse_depth(document)
    return document


def text_of_document(document: Any, before: str | None = None) -> str:
    """``document`` as YAML; what ``before`` says alike keeps the way it is written there, with its comments.

    A whole number stays a number with a point where ``before`` has one: a document that came through a browser lost it.

    ``document_of_text(text_of_document(document)) == document`` for every JSON value with text keys.
    """
    refuse_depth(document)
    kept = None
    if before is not None and len(before) <= TEXT_LENGTH_MAX:
        kept = merged_text(document, before)
    if kept is not None:
        return kept
    return _dumped(_yaml(), _laid_out(document, ""))


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    return yaml


def _dumped(yaml: YAML, content: Any) -> str:
    out = io.StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def merged_text(document: Any, before: str, key: str = "") -> str | None:
    """The text of before, changed only where the document differs; None where that does not come out as the document.

    ``key`` is what the document stands under where it is a part of a policy.
    """
    yaml = _yaml()
    try:
        old = yaml.load(before)
        merged = _merged(old, document, key, {})
        text = _dumped(yaml, merged)
        # An editor's anchors and merge keys are more than this can promise to keep: what counts is the content.
        return text if alike(parse_yaml(text, "text"), document) else None
    except (YAMLError, DefinitionError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _merged(old: Any, new: Any, key: str, seen: dict[int, Any]) -> Any:
    """``new`` in the clothes of ``old``."""
    if alike(_plain(old), new):
        return old
    if id(old) in seen and seen[id(old)] != new:
        return _laid_out(new, key)  # an anchor's content, wanted otherwise at this place
    if isinstance(old, CommentedMap) and isinstance(new, dict) and not old.merge:
        seen[id(old)] = new
        for gone in [name for name in old if name not in new]:
            del old[gone]
        for name in _ordered(new):
            if name in old:
                old[name] = _merged(old[name], new[name], name, seen)
            else:
                old.insert(_insertion(old, name), name, _laid_out(new[name], name))
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        seen[id(old)] = new
        return _merged_list(old, new, key, seen)
    return _laid_out(new, key)


def _merged_list(old: CommentedSeq, new: list[Any], key: str, seen: dict[int, Any]) -> Any:
    """Items matched by what they are called, else by place; comments of a list whose items moved go with the items."""
    names = [_called(_plain(item)) for item in old]
    wanted = [_called(item) for item in new]
    if names == wanted[: len(names)] and len(names) <= len(wanted):
        for index, item in enumerate(new):
            if index < len(names):
                old[index] = _merged(old[index], item, key, seen)
            else:
                old.append(_laid_out(item, key))
        return old
    by_name = {name: item for name, item in zip(names, old, strict=True) if name is not None}
    found = CommentedSeq()
    if old.fa.flow_style():
        found.fa.set_flow_style()
    for item, name in zip(new, wanted, strict=True):
        found.append(_merged(by_name[name], item, key, seen) if name in by_name else _laid_out(item, key))
    comments = dict(getattr(old.ca, "items", {}))
    for index, name in enumerate(names):
        if index in comments and name is not None and name in wanted:
            found.ca.items[wanted.index(name)] = comments[index]
    found.ca.comment = old.ca.comment
    return found


def _called(item: Any) -> str | None:
    """What an item of a list opens with: ``rule: under_age``."""
    if not isinstance(item, dict) or not item:
        return None
    kind = min(item, key=lambda name: _rank(name, item))
    value = item[kind]
    return f"{kind} {value}" if isinstance(value, str) else None


def _insertion(old: CommentedMap, name: str) -> int:
    """Where a new key belongs among those that are there."""
    place = _rank(name, {**old, name: None})
    for index, known in enumerate(old):
        if _rank(known, old) > place:
            return index
    return len(old)


def _ordered(document: dict[str, Any]) -> Iterable[str]:
    return sorted(document, key=lambda name: (_rank(name, document), name))


def _rank(name: str, document: dict[str, Any]) -> int:
    """Where a key stands. ``set`` and ``lists`` open a stage, and are parts of an effect and of an example."""
    if (name == "set" and not _PARTS.isdisjoint(document)) or (name == "lists" and "example" in document):
        return _PLACE["severity"]
    return _PLACE.get(name, _UNLISTED)


def _laid_out(value: Any, key: str) -> Any:
    """``value`` with keys in order, parts on one line, and in quotes what YAML within brackets would misread."""
    if isinstance(value, dict):
        mapping = CommentedMap((name, _laid_out(value[name], name)) for name in _ordered(value))
        if key and key not in _OPEN and not (_BLOCKS & value.keys()):
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        items = CommentedSeq(_laid_out(item, key) for item in value)
        if key not in _BLOCKS or (items and not any(isinstance(item, dict | list) for item in value)):
            items.fa.set_flow_style()
        if key in _BLOCKS and not value:
            items.fa.set_flow_style()
        return items
    if isinstance(value, str) and "'" in value and value.isprintable() and not {'"', "\\"} & set(value):
        return DoubleQuotedScalarString(value)  # SQL's own quotes would have to be doubled within single ones
    if isinstance(value, str) and value[:1] in _KEY_SIGNS:
        return SingleQuotedScalarString(value)  # within brackets, ruamel writes these plain and reads them as keys
    # Plain where it can be: ruamel would go on quoting what stands where a quoted text stood.
    return PlainScalarString(value) if isinstance(value, str) else value


def alike(old: Any, new: Any) -> bool:
    """Whether both are the same to a browser, whose numbers do not tell 1.0 from 1: what was written 1.0 stays so."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(alike(value, new[name]) for name, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(alike, old, new))
    return isinstance(old, bool) == isinstance(new, bool) and bool(old == new)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else value


def _refuse_growth(text: str) -> None:
    """Refuse a text whose aliases, written out, would not end or hardly end: a few lines can stand for a billion."""
    try:
        shared = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return  # not YAML: parse_yaml says where
    sizes: dict[int, int] = {}

    def size(value: Any, depth: int) -> int:
        if not isinstance(value, dict | list):
            return 1
        if depth > _DEPTH_MAX:
            raise TooLarge(f"A document is nested at most {_DEPTH_MAX} levels deep.", code="too_deep")
        if id(value) not in sizes:
            inside = value.values() if isinstance(value, dict) else value
            sizes[id(value)] = 1 + sum(size(item, depth + 1) for item in inside)
        return sizes[id(value)]

    if size(shared, 0) > _VALUES_MAX:
        raise TooLarge(
            f"With its aliases written out, the text holds more than {_VALUES_MAX} values.", hint="use fewer aliases"
        )


def refuse_depth(document: Any, depth: int = 0) -> None:
    """Refuse a document that is nested deeper than ``_DEPTH_MAX``."""
    if depth > _DEPTH_MAX:
        raise TooLarge(f"A document is nested at most {_DEPTH_MAX} levels deep.", code="too_deep")
    if isinstance(document, dict | list):
        for item in document.values() if isinstance(document, dict) else document:
            refuse_depth(item, depth + 1)
