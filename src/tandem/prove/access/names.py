"""How people and keys are called."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tandem.kernel.errors import InvalidInput

__all__ = ["checked_display_name", "checked_name"]

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")
_LONGEST: Final = 64
_TAKEN: Final = {"local", "operator", "nobody", "system", "tandem"}


def checked_name(name: str, *, field: str = "name") -> str:
    """``name`` if it may name a person or a key: ``li.wei``, ``ann``, ``core-banking``.

    Only ASCII, so that two names that look alike are alike.

    Raises:
        InvalidInput: otherwise.
    """
    if len(name) > _LONGEST or not _NAME.fullmatch(name) or name in _TAKEN:
        raise InvalidInput(
            "Not a name that can be given.",
            code="invalid_name",
            field=field,
            value=name,
            hint=f"small letters and digits with . _ or - between them, at most {_LONGEST}, such as li.wei",
        )
    return name


def checked_display_name(text: str) -> str:
    """``text`` trimmed, if people can be shown it.

    Raises:
        InvalidInput: empty, too long, or with characters that do not print.
    """
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    if not shown or len(shown) > 100 or not shown.isprintable():
        raise InvalidInput(
            "Not a name that can be shown.",
            code="invalid_display_name",
            field="display_name",
            hint="1 to 100 characters that print",
        )
    return shown
