"""A sample of whole keys: enough to recompute what was served, without recomputing everything.

Rows drawn at random could not be checked: a window needs all rows of its key. So keys are drawn, by a keyed hash, and
every event of a drawn key is looked at. Another salt draws other keys; in time all are drawn.
"""

from __future__ import annotations

from hashlib import blake2b

from tandem.kernel.errors import InvalidInput
from tandem.observe.events import Event
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.units import Unit, key_of, units_of

__all__ = ["KeySample"]


class KeySample:
    """Which keys of a plan are looked at.

    Args:
        plan: whose keys they are.
        share: of all keys, above 0 and up to 1.
        salt: draws; the same one draws the same keys.

    Raises:
        InvalidInput: a share outside of that.
    """

    def __init__(self, plan: FeaturePlan, share: float, salt: str) -> None:
        if not 0 < share <= 1:
            raise InvalidInput("A share is above 0 and at most 1.", code="invalid_share", field="share", value=share)
        self.units = units_of(plan)
        self._bound = int(share * 2**64)
        self._salt = salt.encode()
        self._taken: set[str] = set()

    def drawn(self, event: Event) -> list[tuple[Unit, bytes]]:
        """The units and keys of ``event`` that are looked at."""
        named = ((unit, key_of(unit, event.event_type, event.values)) for unit in self.units)
        return [(unit, key) for unit, key in named if key is not None and self._holds(unit, key)]

    def concerns(self, event: Event) -> bool:
        """Whether ``event`` can move a key that is looked at: it names one, or corrects an event that does."""
        is_taken = bool(self.drawn(event)) or (event.supersedes is not None and event.supersedes in self._taken)
        if is_taken:
            self._taken.add(event.event_id)
        return is_taken

    def _holds(self, unit: Unit, key: bytes) -> bool:
        drawn = blake2b(unit.name.encode() + b"\0" + key, digest_size=8, key=self._salt[:64]).digest()
        return int.from_bytes(drawn, "big") < self._bound
