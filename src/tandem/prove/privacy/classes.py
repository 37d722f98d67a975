"""Data classes of JR/T 0171: how sensitive a field is, and so how it is kept.

C3 are credentials (passwords, biometrics); C2 identifies a person or tells of their money; C1 is internal. C2 and C3
values are sealed under a key of the person they belong to before they reach the journal.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DataClass"]


class DataClass(StrEnum):
    """Sensitivity of a field, from C3 (most) to C1 (least)."""

    C3 = "C3"
    C2 = "C2"
    C1 = "C1"

    @property
    def is_personal(self) -> bool:
        """Whether values are sealed under the subject's key."""
        return self is not DataClass.C1
