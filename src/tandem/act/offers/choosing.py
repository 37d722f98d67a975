"""What is drawn or chosen for one account, and how likely just that was: what learning and measuring divide by. Pure.

Who is held out is drawn by person, once for all of a programme; what the others are told is drawn by account and day. The same
question has the same answer however often it is asked, so a crash draws nobody again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.offers.types import AtRandom, ByUplift, Channel, OfferKind, Programme
from tandem.act.products import Day
from tandem.act.trials import Arm, Expecting, Lots, drawn
from tandem.kernel.identity import Pseudonym
from tandem.kernel.values import Row

__all__ = ["Chooser", "Chosen", "ChosenBy"]

ChosenBy: TypeAlias = Literal["hold_out", "at_random", "by_uplift"]
_ROUND: Final = 9


class Chosen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came out for one account.

    Attributes:
        channel: None: nothing is told.
        propensity: how likely just this was, before anything was drawn, hold-out and all; 1 where nothing was left to chance.
        gain: that a model expects of the best channel, as a share of what is at stake.
        why: ``held_out``, ``drawn``, ``drawn_nothing``, ``gain``, ``gain_too_small``.
    """

    arm: Arm
    chosen_by: ChosenBy
    propensity: float
    why: str
    channel: Channel | None = None
    gain: float | None = None


class Chooser:
    """Chooses for one programme.

    Args:
        expecting: the model that it names; None: it draws.
    """

    def __init__(self, programme: Programme, expecting: Expecting | None = None) -> None:
        self._programme = programme
        self._expecting = expecting
        self._lots = Lots(programme.hold_out.share, f"offers\x00{programme.name}\x00{programme.hold_out.salt}")

    def arm_of(self, owner: Pseudonym) -> Arm:
        """Whether somebody may be told anything by the programme, or is held out."""
        return self._lots.of(owner)

    def choose(self, owner: Pseudonym, account: str, row: Row, day: Day, channels: Sequence[Channel]) -> Chosen:
        """What comes out for ``account`` on ``day``.

        Args:
            channels: by which its owner can be reached now, in the programme's order.
        """
        arm, held = self.arm_of(owner), self._programme.hold_out.share
        way = self._programme.choose
        if isinstance(way, AtRandom):
            return self._at_random(way, arm, held, account, day, channels)
        return self._by_uplift(way, arm, held, row, channels)

    def _at_random(
        self, way: AtRandom, arm: Arm, held: float, account: str, day: Day, channels: Sequence[Channel]
    ) -> Chosen:
        shares = [(one, way.propensities.get(one, 0.0)) for one in channels]
        nothing = 1.0 - sum(share for _, share in shares)
        left_alone = round(held + (1.0 - held) * nothing, _ROUND)
        if arm == "held_out":
            return Chosen(arm=arm, chosen_by="hold_out", propensity=left_alone, why="held_out")
        draw = drawn("offer", self._programme.name, self._programme.hold_out.salt, account, day)
        for channel, share in shares:
            if draw < share:
                likely = round((1.0 - held) * share, _ROUND)
                return Chosen(arm=arm, channel=channel, chosen_by="at_random", propensity=likely, why="drawn")
            draw -= share
        return Chosen(arm=arm, chosen_by="at_random", propensity=left_alone, why="drawn_nothing")

    def _by_uplift(self, way: ByUplift, arm: Arm, held: float, row: Row, channels: Sequence[Channel]) -> Chosen:
        assert self._expecting is not None, "a release whose programme names no model of its own does not go live"
        kind: OfferKind = self._programme.kind
        gains = [(self._expecting.gain(row, channel=one, step=kind), one) for one in channels]
        gain, channel = max(gains, key=lambda one: one[0])  # of two alike the programme's first
        told = round(gain, _ROUND)
        if gain < way.least_gain:
            by: ChosenBy = "hold_out" if arm == "held_out" else "by_uplift"
            return Chosen(arm=arm, chosen_by=by, propensity=1.0, gain=told, why="gain_too_small")
        if arm == "held_out":
            return Chosen(arm=arm, chosen_by="hold_out", propensity=held, gain=told, why="held_out")
        likely = round(1.0 - held, _ROUND)
        return Chosen(arm=arm, channel=channel, chosen_by="by_uplift", propensity=likely, gain=told, why="gain")
