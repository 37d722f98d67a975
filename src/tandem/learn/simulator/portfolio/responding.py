"""How a customer responds to a contact, as assumed: whether it reaches them, and what it adds to the odds of paying."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.assumptions import Dials
from tandem.learn.simulator.portfolio.contacts import CHANNELS, STEPS
from tandem.learn.simulator.portfolio.people import People

__all__ = ["lift_of", "reach_of"]

_FIRM, _RESTRUCTURE = STEPS.index("firm"), STEPS.index("restructure")


def reach_of(response: Dials, people: People, who: Ints, channel: Ints, hour: Ints) -> Floats:
    """The chance that a contact reaches each of ``who``: likelier by a channel they like, and at their time of day."""
    base = np.array([logit(getattr(response, f"reached_{one}")) for one in CHANNELS])
    odds = base[channel] + response.reach_taste * people.taste[who, channel]
    result: Floats = expit(odds + response.hour_gain * (people.hour[who] == hour))
    return result


def lift_of(response: Dials, people: People, who: Ints, channel: Ints, step: Ints, before: Ints) -> Floats:
    """What a contact that reached them adds to the log-odds of paying that day; ``before``: contacts in the week before.

    It may be negative: a firm tone or an offer puts some people off.
    """
    base = np.array([getattr(response, f"lift_{one}") for one in CHANNELS])
    moved = base[channel] + response.taste_spread * people.taste[who, channel]
    moved = moved + (step == _FIRM) * (response.firm_lift + response.firm_spread * people.tone[who])
    offered = np.where(people.hardship[who], response.restructure_lift, response.restructure_put_off)
    moved = moved + (step == _RESTRUCTURE) * offered
    result: Floats = moved * response.fatigue**before
    return result
