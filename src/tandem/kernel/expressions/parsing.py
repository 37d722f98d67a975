"""Text in, checked expression out; or an error that says what is wrong and where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from sqlglot import Dialect as Grammar
from sqlglot import Token, TokenType
from sqlglot import expressions as exp
from sqlglot.errors import ParseError, TokenError

from tandem.kernel.errors import DefinitionError, shown
from tandem.kernel.expressions import limits
from tandem.kernel.expressions.binding import Binder
from tandem.kernel.expressions.coercion import Interval
from tandem.kernel.expressions.forms import FORMS
from tandem.kernel.expressions.nodes import Column, Expression
from tandem.kernel.expressions.problems import Problems, place

__all__ = ["parse"]

_GRAMMAR: Final = Grammar.get_or_raise(None)
_OPENING: Final = frozenset({TokenType.L_PAREN, TokenType.CASE})
_CLOSING: Final = frozenset({TokenType.R_PAREN, TokenType.END})
_QUOTED: Final = frozenset({TokenType.STRING, TokenType.IDENTIFIER})
_WRITTEN: Final = frozenset({TokenType.NUMBER, TokenType.VAR})
_SYMBOLS: Final = frozenset(
    {"(", ")", ",", ".", "+", "-", "*", "/", "%", "||", "<", "<=", ">", ">=", "=", "<>", "!=", "::"}
)
_TOKENS_MAX: Final = 4 * limits.NODES_MAX


def parse(text: str, schema: Mapping[str, Column], *, lists: Collection[str] = ()) -> Expression:
    """The checked, typed form of ``text`` over the columns of ``schema`` and the named ``lists``.

    Raises:
        DefinitionError: it does not hold together; the error names column, type, position and the near match.
    """
    problems = Problems(text)
    try:
        source = _syntax(text)
        binder = Binder(problems, schema, lists, FORMS)
        operand = binder.bind(source)
    except RecursionError:
        raise _too_deep() from None
    if isinstance(operand, Interval):
        raise problems.error("An interval is not a value.", "misplaced_interval", source)
    if operand.type is None:
        raise problems.error("NULL alone has no type.", "no_type", source, hint="CAST(NULL AS INTEGER)")
    return Expression(text, binder.coercion.settled(operand, source))


@lru_cache(maxsize=1_024)
def _syntax(text: str) -> exp.Expr:
    """The syntax of ``text``, which whoever binds it leaves as it is: a release is full of what the one before it says."""
    problems = Problems(text)
    if len(text) > limits.TEXT_LENGTH_MAX:
        raise DefinitionError(
            f"The expression is longer than {limits.TEXT_LENGTH_MAX} characters.",
            code="too_long",
            hint="split it into several conditions, or use a named list",
        )
    if not text.strip():
        raise DefinitionError("The expression is empty.", code="empty_expression", hint="write a condition or a value")
    try:
        tokens = _GRAMMAR.tokenize(text)
    except TokenError:
        raise problems.error("A quoted name, a text or a comment is not closed.", "invalid_syntax") from None
    _limit(tokens, text)
    try:
        # Condition is sqlglot's entry for a lone expression: statements, aliases and commands are not even looked for.
        parsed = _GRAMMAR.parser().parse_into(exp.Condition, tokens, text)
    except ParseError as error:
        raise _syntax_error(error, problems) from None
    if len(parsed) != 1 or parsed[0] is None:
        raise problems.error("One expression is needed.", "not_in_language", hint="there are no statements here")
    return parsed[0]


def _limit(tokens: list[Token], text: str) -> None:
    """Refuse what would be too deep for the parser itself."""
    if len(tokens) > _TOKENS_MAX:
        raise DefinitionError(f"The expression has more than {_TOKENS_MAX} words.", code="too_long")
    depth = 0
    for token in tokens:
        if not _is_word_or_symbol(token):
            raise DefinitionError(
                f"{shown(token.text)} is not part of the language.",
                code="not_in_language",
                value=token.text,
                at=place(text, token.start),
                hint="an expression sees one row: no statements, parameters, arrays or host code",
            )
        if token.token_type in _OPENING:
            depth += 1
        elif token.token_type in _CLOSING:
            depth -= 1
        if depth > limits.DEPTH_MAX:
            raise _too_deep(place(text, token.start))


def _is_word_or_symbol(token: Token) -> bool:
    """Whether a token is of the kinds the language has; IF is sqlglot's door to statements, and CASE is in the standard."""
    word = token.text
    if token.token_type in _QUOTED or word in _SYMBOLS:
        return True
    if word.upper() == "IF":
        return False
    return token.token_type in _WRITTEN or word[:1].isalpha() or word[:1] == "_"


def _too_deep(at: str | None = None) -> DefinitionError:
    return DefinitionError(
        f"The expression is nested more than {limits.DEPTH_MAX} levels deep.", code="too_deep", at=at
    )


def _syntax_error(error: ParseError, problems: Problems) -> DefinitionError:
    first = error.errors[0] if error.errors else {}
    line, column, word = first.get("line"), first.get("col"), first.get("highlight") or ""
    at = None if line is None or column is None else f"line {line}, column {max(column - len(word) + 1, 1)}"
    missing = str(first.get("description") or "").startswith("Required")
    detail = "Something is missing here" if missing else "This does not belong here"
    return problems.error(f"The expression cannot be read. {detail}.", "invalid_syntax", value=word or None, at=at)
