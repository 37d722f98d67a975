"""The chain: every record carries a keyed hash of itself and of the link before it.

``mac_i = HMAC-SHA256(k, encoding_i)`` where the encoding holds the sequence number, the time, every field and
``mac_{i-1}``, each with its length, so that no two different records have the same encoding. A chain without a key
proves nothing against whoever may write to the database: they would compute it anew. The key lives outside
(``Vault.journal_key``), and belongs to one workspace.
"""

from __future__ import annotations

import struct
from typing import TypeAlias

from tandem.kernel.keyed_hash import KeyedHash

__all__ = ["MAC_LENGTH", "Chain", "StoredRow", "encode"]

StoredRow: TypeAlias = tuple[
    int, str, int, str | None, str | None, str | None, bytes, bytes | None, bytes
]  # seq, kind, recorded_at, key, digest, subject, clear, sealed, mac

MAC_LENGTH = 32
_HEADER = struct.Struct(">Qqiiiiii")


def encode(row: StoredRow, previous: bytes) -> bytes:
    """The bytes the link of ``row`` is computed over; the row's own mac takes no part.

    First a header: number, time, then how many characters ``kind``, ``key``, ``digest`` and ``subject`` have and how
    many bytes ``clear`` and ``sealed`` have, -1 for an absent one. Then the four texts in UTF-8, each but the last
    ended by a newline (an absent one as ``None``), then ``clear``, ``sealed`` and the link before. The lengths say
    where each part ends, so two different rows never give the same bytes.
    """
    seq, kind, recorded_at, key, digest, subject, clear, sealed, _ = row
    header = _HEADER.pack(
        seq,
        recorded_at,
        len(kind),
        -1 if key is None else len(key),
        -1 if digest is None else len(digest),
        -1 if subject is None else len(subject),
        len(clear),
        -1 if sealed is None else len(sealed),
    )
    return b"".join((header, f"{kind}\n{key}\n{digest}\n{subject}".encode(), clear, sealed or b"", previous))


class Chain:
    """The links of one workspace's journal, under its key."""

    __slots__ = ("genesis", "mac")

    def __init__(self, key: bytes, workspace: str) -> None:
        self.mac = KeyedHash(key)
        """HMAC-SHA256 of a message."""
        self.genesis = self.mac(b"tandem journal 1\0" + workspace.encode())
        """The link before the first record."""

    def link(self, row: StoredRow, previous: bytes) -> bytes:
        """The mac ``row`` must carry when it follows ``previous``."""
        return self.mac(encode(row, previous))

    def true_link(self, row: StoredRow, previous: bytes) -> bytes | None:
        """Like ``link``; None for a row no journal can have written: a column of another type, or text that is none."""
        try:
            return self.link(row, previous)
        except (TypeError, AttributeError, ValueError, struct.error):
            return None
