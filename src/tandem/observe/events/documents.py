"""Reading a definition's document: mappings with known keys only, and paths that lead to what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import msgspec

from tandem.kernel.errors import DefinitionError, near_match

__all__ = ["as_mapping", "as_struct", "at"]

_T = TypeVar("_T")


def as_mapping(document: Any, path: str, keys: Collection[str]) -> dict[str, Any]:
    """``document`` as a dictionary whose keys are all among ``keys``.

    Raises:
        DefinitionError: no mapping, or an unknown key, with its near match.
    """
    if not isinstance(document, Mapping):
        raise DefinitionError("Expected a mapping.", field=path or None, value=document)
    for key in document:
        if key not in keys:
            raise DefinitionError(
                "Unknown key.",
                code="unknown_key",
                field=at(path, str(key)),
                value=key,
                hint=near_match(str(key), keys) or "known: " + ", ".join(sorted(keys)),
            )
    return dict(document)


def as_struct(document: dict[str, Any], kind: type[_T], path: str) -> _T:
    """``document`` as a ``kind``.

    Raises:
        DefinitionError: a value of the wrong type, with its place.
    """
    try:
        return msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        words, _, where = str(error).partition(" - at `$")
        raise DefinitionError(f"{words}.", field=at(path, where.strip("`.")) or None) from None


def at(path: str, key: str) -> str:
    """``path.key``, or the one of them that is not empty."""
    return f"{path}.{key}" if path and key else path or key
