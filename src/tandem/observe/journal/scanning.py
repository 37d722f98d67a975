"""The query of a walk over the book, the same for both databases but for how a value is marked."""

from __future__ import annotations

from collections.abc import Sequence

from tandem.kernel.errors import InvalidInput, near_match
from tandem.observe.journal.types import KINDS, EntryKind

__all__ = ["scan_query"]

_INDEXED = {
    "list", "artefact", "erasure", "note", "case", "audit", "account", "contact", "warning", "limit_review", "customer",
    "bank", "provision", "offer",
}  # fmt: skip


def scan_query(select: str, kinds: Sequence[EntryKind] | None, start: str, end: str) -> str:
    """Rows between the marks ``start`` and ``end``, in order, of ``kinds``.

    Kinds stand in the text as literals: only then can a database see that the small index of a rare kind fits. A start
    looks for erasures, lists and artefacts, and must not walk a million events for each.

    Raises:
        InvalidInput: not a kind of record.
    """
    between = f"seq BETWEEN {start} AND {end}"
    if kinds is None:
        return f"{select} WHERE {between} ORDER BY seq"
    for kind in kinds:
        if kind not in KINDS:
            hint = near_match(kind, KINDS)
            raise InvalidInput("Not a kind of record.", code="unknown_kind", field="kinds", value=kind, hint=hint)
    if kinds and _INDEXED.issuperset(kinds):
        parts = [f"{select} WHERE kind = '{kind}' AND {between}" for kind in dict.fromkeys(kinds)]
        return " UNION ALL ".join(parts) + " ORDER BY seq"
    names = ", ".join(f"'{kind}'" for kind in kinds)
    return f"{select} WHERE kind IN ({names}) AND {between} ORDER BY seq"
