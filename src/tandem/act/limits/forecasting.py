"""What each step of each account is expected to come to: balance, revenue and loss, for a whole book at once. Pure.

An account repays part of what it owes and draws part of what is free; who will default does both otherwise than who will
not. A step changes the limit, so the draws that fit under it: nothing that was drawn is called in, so below the balance a
limit only stops draws. What people do with a limit that moves is an assumption, and stands in ``Response``: declared,
dated, swept over in the benchmark, and never learnt from what a strategy itself has done.

    expected loss = PD x LGD x exposure at default

with the exposure at default taken under the new limit (Basel Committee, CRE32.29 and following: undrawn room counts).
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.act.limits.types import Economics, Response

__all__ = ["Behaviour", "Floats", "Forecast", "balance_under", "forecast"]

Floats: TypeAlias = npt.NDArray[np.float64]
_YEAR_DAYS: Final = 365.0
_BPS: Final = 10_000.0


class Behaviour(NamedTuple):
    """Accounts as columns; amounts in minor units, shares over the horizon.

    Attributes:
        limit, balance: today; balance not below zero.
        pd: probability of default within the horizon.
        repaid, repaid_bad: share of the balance that is repaid, without default and before one.
        drawn, drawn_bad: what is drawn anew in the same time, as a share of the limit.
    """

    limit: Floats
    balance: Floats
    pd: Floats
    repaid: Floats
    repaid_bad: Floats
    drawn: Floats
    drawn_bad: Floats


class Forecast(NamedTuple):
    """By account and step, in minor units over the horizon.

    Attributes:
        limit: the limit after the step.
        balance: expected at the end.
        revenue: margin on the balance of who does not default, less what holding the limit costs.
        loss: expected.
    """

    limit: Floats
    balance: Floats
    revenue: Floats
    loss: Floats

    @property
    def value(self) -> Floats:
        """Revenue less loss."""
        return self.revenue - self.loss


def balance_under(
    limit: Floats, new: Floats, kept: Floats, held: Floats, *, scale: float, use: float, rush: float = 0.0
) -> Floats:
    """The balance under a new limit.

    Args:
        limit, new: before and after.
        kept: what is left of today's balance once repaid; drawn already, so it stays whatever the limit.
        held: the balance if the limit stayed.
        scale: how much of the balance follows the limit upwards and downwards; 0 none, 1 in proportion.
        use: share of what is added that is drawn at once.
        rush: share of the room that a cut takes which is drawn before it counts.
    """
    factor = 1.0 + scale * (new / np.maximum(limit, 1.0) - 1.0)
    added, cut = np.maximum(new - limit, 0.0), new < limit
    wanted = held * factor + use * added
    floor = kept + rush * np.maximum(limit - np.maximum(kept, new), 0.0)
    return np.where(cut, np.maximum(np.minimum(wanted, new), floor), np.where(added > 0, wanted, held))


def forecast(
    book: Behaviour, limits: Floats, frozen: npt.NDArray[np.bool_], economics: Economics, response: Response
) -> Forecast:
    """What each step comes to for each account.

    Args:
        limits: by account and step, the limit after it.
        frozen: by step, whether nothing may be drawn under it.
    """
    limit, new = book.limit[:, None], limits
    good_kept = (book.balance * (1.0 - book.repaid))[:, None]
    bad_kept = (book.balance * (1.0 - book.repaid_bad))[:, None]
    good_held = good_kept + (book.drawn * book.limit)[:, None]
    bad_held = bad_kept + (book.drawn_bad * book.limit)[:, None]
    good = balance_under(limit, new, good_kept, good_held, scale=response.scale, use=response.use)
    bad = balance_under(
        limit, new, bad_kept, bad_held, scale=response.scale_bad, use=response.use_bad, rush=response.rush_bad
    )
    good, bad = np.where(frozen, good_kept, good), np.where(frozen, bad_kept, bad)
    pd = book.pd[:, None]
    years = economics.horizon_days / _YEAR_DAYS
    earned = (1.0 - pd) * good * (economics.margin_bps / _BPS) * years
    held_cost = np.where(frozen, 0.0, new) * (economics.limit_cost_bps / _BPS) * years
    return Forecast(
        limit=new + 0.0 * good,
        balance=(1.0 - pd) * good + pd * bad,
        revenue=earned - held_cost,
        loss=pd * (economics.lgd_bps / _BPS) * bad,
    )
