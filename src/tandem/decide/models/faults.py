"""The small vocabulary in which documents are refused."""

from __future__ import annotations

import math
from typing import NoReturn

from tandem.decide.models.limits import MAX_TEXT, MAX_WEIGHT
from tandem.kernel.errors import DefinitionError

__all__ = ["fail", "require", "require_finite", "require_text", "require_weight"]


def fail(detail: str, field: str, value: object = None, *, code: str = "invalid_model") -> NoReturn:
    """Raise the ``DefinitionError`` of a model document."""
    raise DefinitionError(detail, code=code, field=field, value=value)


def require(holds: bool, detail: str, field: str, value: object = None) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise unless ``holds``."""
    if not holds:
        fail(detail, field, value)


def require_finite(value: float, field: str) -> None:
    """Raise unless ``value`` is a finite number."""
    if not math.isfinite(value):
        fail("A number must be finite.", field, repr(value))


def require_weight(value: float, field: str) -> None:
    """Raise unless ``value`` is finite and within the limit that keeps every sum finite."""
    if not abs(value) <= MAX_WEIGHT:
        fail(f"A weight must be finite and at most {MAX_WEIGHT:g}.", field, repr(value))


def require_text(text: str, field: str, *, empty: bool = True) -> None:
    """Raise unless ``text`` is of a reasonable length and can be encoded."""
    if not empty and not text:
        fail("A text is empty.", field)
    if len(text) > MAX_TEXT:
        fail(f"A text has at most {MAX_TEXT} characters.", field, text)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        fail("A text holds a lone surrogate.", field, text)
