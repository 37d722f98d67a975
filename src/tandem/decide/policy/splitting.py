"""Champion and challengers by a stable hash.

The same entity always falls in the same arm, on every machine and in every year. Arms after the first are asked in
order, each with a hash of its own and its share of what the earlier ones leave; the first arm takes the rest. So when a
challenger grows at the champion's cost, nobody who was in it leaves it, and nobody in an arm before it moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from tandem.decide.policy.types import Arm, SplitStage

__all__ = ["Splitter"]


class Splitter:
    """Assigns entities to the arms of one split.

    Args:
        stage: the split; shares in percent, adding up to 100.
    """

    def __init__(self, stage: SplitStage) -> None:
        self.champion = stage.arms[0].arm
        self.missing = stage.when_missing
        left = 100.0
        thresholds: list[tuple[str, bytes, int]] = []
        for arm in stage.arms[1:]:
            part = min(1.0, arm.share / left) if left > 0 else 0.0
            salt = blake2b(f"{stage.salt}\x00{arm.arm}".encode(), digest_size=16).digest()
            thresholds.append((arm.arm, salt, round(part * 2**64)))
            left -= arm.share
        self._thresholds = tuple(thresholds)

    @classmethod
    def between(cls, shares: Sequence[tuple[str, float]], salt: str) -> Splitter:
        """A split of its own: arms with their shares in percent, the champion first."""
        arms = tuple(Arm(arm=arm, share=share, flow=()) for arm, share in shares)
        return cls(SplitStage(name="shares", by="", arms=arms, salt=salt))

    def arm_of(self, entity: str | None) -> str:
        """The arm of an entity, given by its pseudonym."""
        if entity is None:
            return self.missing or self.champion
        data = entity.encode()
        for arm, salt, threshold in self._thresholds:
            if int.from_bytes(blake2b(data, digest_size=8, key=salt).digest(), "big") < threshold:
                return arm
        return self.champion
