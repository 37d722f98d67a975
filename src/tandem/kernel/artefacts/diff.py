"""What differs between two sets of artefacts, as a list a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tandem.kernel.artefacts.types import Artefact, ArtefactKey

__all__ = ["ArtefactDifference", "FieldDifference", "diff_artefacts"]

_ABSENT = object()


class FieldDifference(msgspec.Struct, frozen=True):
    """One place of a body that differs; a side that is absent is None and ``kind`` says so."""

    path: str
    kind: Literal["added", "removed", "changed"]
    old: Any = None
    new: Any = None


class ArtefactDifference(msgspec.Struct, frozen=True):
    """One artefact that differs."""

    key: ArtefactKey
    kind: Literal["added", "removed", "changed"]
    fields: tuple[FieldDifference, ...] = ()


def diff_artefacts(
    old: Mapping[ArtefactKey, Artefact], new: Mapping[ArtefactKey, Artefact]
) -> tuple[ArtefactDifference, ...]:
    """What one must do to ``old`` to have ``new``, sorted by key."""
    differences = []
    for key in sorted({*old, *new}):
        before, after = old.get(key), new.get(key)
        if before is None:
            differences.append(ArtefactDifference(key, "added"))
        elif after is None:
            differences.append(ArtefactDifference(key, "removed"))
        elif before.digest != after.digest:
            fields = tuple(_differences(before.body, after.body, ""))
            differences.append(ArtefactDifference(key, "changed", fields))
    return tuple(differences)


def _differences(old: Any, new: Any, path: str) -> list[FieldDifference]:
    if isinstance(old, dict) and isinstance(new, dict):
        found = []
        for name in [*old, *(name for name in new if name not in old)]:
            inner = f"{path}.{name}" if path else name
            found += _difference(old.get(name, _ABSENT), new.get(name, _ABSENT), inner)
        return found
    if isinstance(old, list) and isinstance(new, list):
        return _list_differences(old, new, path)
    return [] if old == new else [FieldDifference(path, "changed", old, new)]


def _list_differences(old: list[Any], new: list[Any], path: str) -> list[FieldDifference]:
    # Items that carry an id or a name are matched by it, so that an insertion does not look like many changes.
    for label in ("id", "name"):
        if all(isinstance(item, dict) and isinstance(item.get(label), str) for item in [*old, *new]):
            before, after = {item[label]: item for item in old}, {item[label]: item for item in new}
            found = []
            for name in [*before, *(name for name in after if name not in before)]:
                found += _difference(before.get(name, _ABSENT), after.get(name, _ABSENT), f"{path}[{name}]")
            return found
    found = []
    for index in range(max(len(old), len(new))):
        before_item = old[index] if index < len(old) else _ABSENT
        after_item = new[index] if index < len(new) else _ABSENT
        found += _difference(before_item, after_item, f"{path}[{index}]")
    return found


def _difference(old: Any, new: Any, path: str) -> list[FieldDifference]:
    if old is _ABSENT:
        return [FieldDifference(path, "added", None, new)]
    if new is _ABSENT:
        return [FieldDifference(path, "removed", old, None)]
    return _differences(old, new, path)
