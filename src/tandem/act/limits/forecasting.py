"""What each step of each account is expected to come to: balance, revenue and loss, for a whole book at once. Pure.

An account repays part of what it owes and draws part of what is free; who will default does both otherwise than who will
not. A step changes the limit, so the draws that fit under it: nothing that was drawn is called in, so below the balance a
limit only stops draws. What people do with a limit that moves is an assumption, and stands in ``Response``: declared,
dated, swept over in the benchmark, and never learnt from what a strategy itself has done. It is reckoned from the limit
under which the behaviour was shown, so what an earlier increase added is not taken to be answered twice.

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
        shown_limit: under which the shares were shown; today's, unless it has moved since.
        pd: probability of default within the horizon.
        repaid, repaid_bad: share of the balance that is repaid, without default and before one.
        drawn, drawn_bad: what is drawn anew in the same time, as a share of ``shown_limit``.
    """

    limit: Floats
    shown_limit: Floats
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
    shown: Floats, new: Floats, kept: Floats, held: Floats, *, scale: float, use: float, rushed: Floats | float = 0.0
) -> Floats:
    """The balance under a new limit.

    Args:
        shown, new: the limit under which ``held`` was shown, and the new one.
        kept: what is left of today's balance once repaid; drawn already, so it stays whatever the limit.
        held: the balance under ``shown``.
        scale: how much of the balance follows the limit upwards and downwards; 0 none, 1 in proportion.
        use: share of what is added that is drawn at once.
        rushed: drawn before a cut counts.

    Accounts that are alike do not all draw the same: draws are taken to be exponential about their mean, so a cut that
    the mean draw would fit under stops some of them still. Else a cut would look as if it cost no balance.
    """
    added, cut = np.maximum(new - shown, 0.0), new < shown
    wanted = held * (1.0 + scale * (new / np.maximum(shown, 1.0) - 1.0)) + use * added
    draws, room = np.maximum(wanted - kept, 0.0), np.maximum(new - kept, 0.0)
    fitting = -np.expm1(-room / np.maximum(draws, 1.0)) * draws
    return np.where(cut, kept + np.maximum(fitting, rushed), np.where(added > 0, wanted, held))


def forecast(
    book: Behaviour, limits: Floats, frozen: npt.NDArray[np.bool_], economics: Economics, response: Response
) -> Forecast:
    """What each step comes to for each account.

    Args:
        limits: by account and step, the limit after it.
        frozen: by step, whether nothing may be drawn under it.
    """
    limit, shown, new = book.limit[:, None], book.shown_limit[:, None], limits
    good_kept = (book.balance * (1.0 - book.repaid))[:, None]
    bad_kept = (book.balance * (1.0 - book.repaid_bad))[:, None]
    good_held = _held(book, book.repaid, book.drawn, response.scale, response.use)
    bad_held = _held(book, book.repaid_bad, book.drawn_bad, response.scale_bad, response.use_bad)
    room = np.maximum(limit - np.maximum(book.balance[:, None], new), 0.0)
    rushed = np.where(new < limit, response.rush_bad * room, 0.0)
    good = balance_under(shown, new, good_kept, good_held, scale=response.scale, use=response.use)
    bad = balance_under(shown, new, bad_kept, bad_held, scale=response.scale_bad, use=response.use_bad, rushed=rushed)
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


def _held(book: Behaviour, repaid: Floats, drawn: Floats, scale: float, use: float) -> Floats:
    """The balance at the end under the limit that the behaviour was shown under: without what was added since."""
    shown = np.maximum(book.shown_limit, 1.0)
    added = np.maximum(book.limit - book.shown_limit, 0.0)
    today = np.maximum(book.balance - use * added, 0.0) / (1.0 + scale * added / shown)
    return (today * (1.0 - repaid) + drawn * book.shown_limit)[:, None]
