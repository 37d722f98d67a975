"""The functions of text."""

from __future__ import annotations

from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.expressions import limits
from tandem.kernel.expressions.binding import Binder, Form
from tandem.kernel.expressions.building import call
from tandem.kernel.expressions.nodes import Node
from tandem.kernel.values import SqlType

__all__ = ["TEXTS"]

_TEXT: Final = SqlType.TEXT
_WORDS: Final[dict[type[exp.Expr], str]] = {
    exp.Lower: "lower",
    exp.Upper: "upper",
    exp.Left: "left",
    exp.Right: "right",
}


def _text(binder: Binder, source: exp.Expr) -> Node:
    return binder.typed(source, _TEXT)


def _simple(binder: Binder, source: exp.Expr) -> Node:
    return call(_WORDS[type(source)], _text(binder, source.this), type=_TEXT)


def _length(binder: Binder, source: exp.Expr) -> Node:
    return call("length", _text(binder, source.this), type=SqlType.INTEGER)


def _trim(binder: Binder, source: exp.Expr) -> Node:
    word = {"": "trim", "BOTH": "trim", "LEADING": "ltrim", "TRAILING": "rtrim"}[str(source.args.get("position") or "")]
    return call(word, _text(binder, source.this), type=_TEXT)


def _substring(binder: Binder, source: exp.Expr) -> Node:
    text = _text(binder, source.this)
    start_source, length_source = source.args.get("start"), source.args.get("length")
    if start_source is None:
        raise binder.problems.error("SUBSTRING needs a start.", "wrong_arguments", source)
    start = binder.whole(start_source, "The start", 1, limits.SUBSTRING_MAX)
    if length_source is None:
        return call("substring", text, type=_TEXT, details=(start,))
    length = binder.whole(length_source, "The length", 0, limits.SUBSTRING_MAX)
    return call("substring_length", text, type=_TEXT, details=(start, length))


def _end(binder: Binder, source: exp.Expr) -> Node:
    word = _WORDS[type(source)]
    text = _text(binder, source.this)
    return call(
        word, text, type=_TEXT, details=(binder.whole(source.expression, "The length", 1, limits.SUBSTRING_MAX),)
    )


def _concat(binder: Binder, source: exp.Expr) -> Node:
    # 'a' 'b' arrives as a Concat too, but not as a safe one; it is more often a forgotten operator than meant.
    if not source.args.get("safe"):
        raise binder.refused(source, "two texts side by side")
    return call("concat", *(_text(binder, item) for item in source.expressions), type=_TEXT)


def _append(binder: Binder, source: exp.Expr) -> Node:
    return call("append", _text(binder, source.this), _text(binder, source.expression), type=_TEXT)


def _replace(binder: Binder, source: exp.Expr) -> Node:
    text = _text(binder, source.this)
    old = binder.constant_text(source.expression, "What REPLACE looks for")
    new_source = source.args.get("replacement")
    new = "" if new_source is None else binder.constant_text(new_source, "What REPLACE puts there")
    if not old or max(len(old), len(new)) > limits.PATTERN_LENGTH_MAX:
        raise binder.problems.error(
            f"REPLACE looks for a text of 1 to {limits.PATTERN_LENGTH_MAX} characters.", "invalid_pattern", source
        )
    return call("replace", text, type=_TEXT, details=(old, new))


def _starts_with(binder: Binder, source: exp.Expr) -> Node:
    return call("starts_with", _text(binder, source.this), _text(binder, source.expression), type=SqlType.BOOLEAN)


def _position(binder: Binder, source: exp.Expr) -> Node:
    text, part = _text(binder, source.this), _text(binder, source.args["substr"])
    return call("position", text, part, type=SqlType.INTEGER)


TEXTS: Final[dict[type, Form]] = {
    exp.Lower: Form(_simple, "this", names=("LOWER",)),
    exp.Upper: Form(_simple, "this", names=("UPPER",)),
    exp.Length: Form(_length, "this", names=("LENGTH", "CHAR_LENGTH")),
    exp.Trim: Form(_trim, "this", "position", names=("TRIM", "LTRIM", "RTRIM")),
    exp.Substring: Form(_substring, "this", "start", "length", names=("SUBSTRING", "SUBSTR")),
    exp.Left: Form(_end, "this", "expression", names=("LEFT",)),
    exp.Right: Form(_end, "this", "expression", names=("RIGHT",)),
    exp.Concat: Form(_concat, "expressions", "safe", names=("CONCAT",)),
    exp.DPipe: Form(_append, "this", "expression", "safe"),
    exp.Replace: Form(_replace, "this", "expression", "replacement", names=("REPLACE",)),
    exp.StartsWith: Form(_starts_with, "this", "expression", names=("STARTS_WITH",)),
    exp.StrPosition: Form(_position, "this", "substr", names=("POSITION", "STRPOS")),
}
