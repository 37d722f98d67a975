"""Privacy: data classes, pseudonyms, sealing under per-subject keys, erasure."""

from tandem.prove.privacy.classes import DataClass

__all__ = ["DataClass"]
