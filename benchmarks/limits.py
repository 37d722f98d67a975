"""Moving limits on real accounts: loss against the limits that never moved, and against a rule, at the same exposure.

Limits are reviewed at the end of May, June, July and August by what was known then, under declared responses of customers;
the loss is what is owed in September by who defaults in October. The solver is measured on a book as large as asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.claims import Claim, claim
from benchmarks.limit_panel import SEPTEMBER, Panel, advanced, panel, rushed, scores, shares, uniform
from tandem.act.limits import (
    Behaviour,
    Economics,
    Forecast,
    PortfolioBounds,
    Response,
    choose,
    forecast,
    grouped,
    one_by_one,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_SAYS: Final = {
    "source": "declared for the benchmark; nobody has seen these accounts under other limits",
    "as_of": "2026-11-30",
}
RESPONSES: Final = {
    "none": Response(**_SAYS),
    "proportional": Response(**_SAYS, scale=1.0, scale_bad=1.0),
    "adverse": Response(**_SAYS, scale=1.0, use_bad=0.5, rush_bad=0.25),
    "hostile": Response(**_SAYS, scale=1.0, use_bad=1.0, rush_bad=0.5),
}
"""None: nobody draws more. Proportional: balances follow limits. Adverse: before a default half of what is added is drawn
at once, and a quarter of what a cut would take is drawn before it. Hostile: all of it, and half."""
_FACTORS: Final = np.asarray([1.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
_FROZEN: Final = np.asarray([True] + [False] * 7)
_HOLD: Final = 4
_GRADES: Final = 12
_LGD_BPS: Final = 7_500
_FIRST: Final = 1  # May
_REVIEWS: Final = (1, 2, 3, 4)
_BETWEEN_INCREASES: Final = 2  # months
_KEPT: Final = 0.95  # of expected balances, where no increase can make up for a cut


class Moved(NamedTuple):
    """September, after all reviews: the limits, what is owed, and how many accounts were moved by step."""

    limit: Floats
    balance: Floats


Mover = Callable[[Panel, int, "Standing"], tuple[Floats, Mask]]


class Standing(NamedTuple):
    """Before a review: limits, balances, who is frozen, and the month of the last increase."""

    limit: Floats
    balance: Floats
    frozen: Mask
    raised: Ints
    response: Response


def run(quick: bool) -> list[Claim]:
    table = panel(6_000 if quick else 30_000)
    known = {month: scores(table, month, 40 if quick else 200) for month in _REVIEWS}
    draws = 200 if quick else 1_000
    found: list[Claim] = []
    for name, response in RESPONSES.items():
        found += _compared(table, known, name, response, draws)
    found += _called_in(table, known, draws)
    return [*found, *_solver(table, known, 100_000 if quick else 1_000_000)]


def _compared(table: Panel, known: dict[int, Floats], name: str, response: Response, draws: int) -> list[Claim]:
    chosen = played(table, _choosing(known), response)
    ruled = played(table, _by_rule, response)
    equal = uniform(table, _FIRST, float(chosen.balance.sum()), response, called_in=False)
    equal_rule = uniform(table, _FIRST, float(ruled.balance.sum()), response, called_in=False)
    static = table.balance[:, SEPTEMBER]
    target = "" if name == "hostile" else ">= 15"
    about = (
        f"{table.size:,} real accounts, limits reviewed from May to August, owed in September by who defaults in October; "
        f"balances {_percent(chosen.balance.sum() / static.sum())} of the static ones, limits {_percent(chosen.limit.sum() / table.limit.sum())}"
    )
    return [
        *_with_interval(f"limits.{name}.equal_limits", table.bad, chosen.balance, static, False, draws, target,
                        peer=_less(table.bad, ruled.balance, static, False),
                        protocol=f"loss against static limits, the same sum of limits; {about}"),
        *_with_interval(f"limits.{name}.equal_balances", table.bad, chosen.balance, equal, True, draws, target,
                        peer=_less(table.bad, ruled.balance, equal_rule, True),
                        protocol=f"loss per balance, against all static limits scaled by one factor to the same balances; {about}"),
        claim(f"limits.{name}.rolled", _less(table.rolled, chosen.balance, equal, True), "% lower",
              peer="rule of utilisation and status", peer_value=_less(table.rolled, ruled.balance, equal_rule, True),
              protocol="as equal_balances, loss counted by who is two or more months late in September"),
    ]  # fmt: skip


def _called_in(table: Panel, known: dict[int, Floats], draws: int) -> list[Claim]:
    """The same where what is above a lower limit were repaid at once: what limits could do if debt could be called in."""
    found: list[Claim] = []
    for name in ("none", "proportional"):
        response = RESPONSES[name]
        chosen = played(table, _choosing(known), response, called_in=True)
        equal = uniform(table, _FIRST, float(chosen.balance.sum()), response, called_in=True)
        found += _with_interval(
            f"limits.{name}.called_in", table.bad, chosen.balance, equal, True, draws, "", peer=None,
            protocol="as equal_balances, if what is above a lower limit were repaid at once (no lender can count on it); against "
            f"static limits balances {_percent(chosen.balance.sum() / table.balance[:, SEPTEMBER].sum())}, "
            f"loss {_less(table.bad, chosen.balance, table.balance[:, SEPTEMBER], False):.1f} % lower",
        )  # fmt: skip
    return found


def played(table: Panel, mover: Mover, response: Response, *, called_in: bool = False) -> Moved:
    """All reviews, month by month."""
    balance, limit = table.balance[:, _FIRST].copy(), table.limit.copy()
    frozen, raised = np.zeros(table.size, dtype=bool), np.full(table.size, -_BETWEEN_INCREASES)
    for month in _REVIEWS:
        new, stopped = mover(table, month, Standing(limit, balance, frozen, raised, response))
        balance = rushed(table, balance, limit, np.where(stopped, limit, new), response)
        raised = np.where(new > limit, month, raised)
        limit, frozen = new, stopped
        balance = advanced(table, balance, month + 1, limit, frozen, response, called_in=called_in)
    return Moved(limit, balance)


def _choosing(known: dict[int, Floats]) -> Mover:
    def move(table: Panel, month: int, now: Standing) -> tuple[Floats, Mask]:
        limits, found, band, grade, allowed = expected(table, month, now, known[month])
        every = np.arange(table.size)
        held = float(found.balance[every, np.where(now.frozen, 0, _HOLD)].sum())
        bounds = PortfolioBounds(
            limit_least=float(now.limit.sum()) * 0.999,
            limit_most=float(table.limit.sum()),
            balance_least=held if now.response.scale else held * _KEPT,
        )
        steps = choose(
            grouped(found, band, grade, allowed), bounds, seconds=600.0, exact=False
        ).steps  # no clock in a figure
        return limits[every, steps], _FROZEN[steps]

    return move


def expected(table: Panel, month: int, now: Standing, score: Floats) -> tuple[Floats, Forecast, Ints, Ints, Mask]:
    """Limits and forecast by account and step, behaviour, grade, and the steps that are allowed."""
    edges = np.quantile(score, np.arange(1, _GRADES) / _GRADES)
    grade = np.searchsorted(edges, score).astype(np.int64)
    pd = (np.bincount(grade, weights=score) / np.bincount(grade))[grade]
    late = table.status[:, month] >= 2
    in_full = table.paid[:, month] >= 0.95 * table.balance[:, month - 1]
    used = np.searchsorted([0.02, 0.2, 0.4, 0.6, 0.8, 0.95], now.balance / now.limit)
    band = (used * 4 + in_full * 2 + late).astype(np.int64)
    part = shares(table, month, band)
    once = (
        table.limit / now.limit if not now.response.scale else np.ones(table.size)
    )  # nobody draws more for a higher limit
    book = Behaviour(now.limit, now.balance, pd, part.repaid, part.repaid_bad, part.drawn * once, part.drawn_bad * once)
    limits = now.limit[:, None] * _FACTORS
    economics = Economics(horizon_days=30 * (SEPTEMBER - month), margin_bps=0, lgd_bps=_LGD_BPS, **_SAYS)
    found = forecast(book, limits, _FROZEN, economics, now.response)
    allowed = np.ones((table.size, len(_FACTORS)), dtype=bool)
    allowed[:, 0] = late
    allowed[now.frozen] = _FROZEN
    cooling = (month - now.raised < _BETWEEN_INCREASES) | late
    allowed[cooling, _HOLD + 1 :] = False
    return limits, found, band, grade, allowed


def _by_rule(table: Panel, month: int, now: Standing) -> tuple[Floats, Mask]:
    """What many lenders do: halve where two months late, and give that to who was never late and uses under half."""
    late = table.status[:, month] >= 2
    well = (table.status[:, : month + 1] <= 0).all(axis=1) & (now.balance < 0.5 * now.limit)
    well &= month - now.raised >= _BETWEEN_INCREASES
    new = np.where(late, now.limit * 0.5, now.limit)
    left = float(table.limit.sum() - new.sum())
    factor = min(1.0 + left / max(float(new[well].sum()), 1.0), 2.0)
    return np.where(well, new * factor, new), np.zeros(table.size, dtype=bool)


def _less(bad: Mask, balance: Floats, static: Floats, per_balance: bool) -> float:
    """How much lower the loss is, in per cent."""
    loss, before = float(balance[bad].sum()), float(static[bad].sum())
    if per_balance:
        loss, before = loss / float(balance.sum()), before / float(static.sum())
    return 100.0 * (1.0 - loss / before)


def _with_interval(
    name: str, bad: Mask, balance: Floats, static: Floats, per_balance: bool, draws: int, target: str,
    *, peer: float | None, protocol: str,
) -> list[Claim]:  # fmt: skip
    """The figure, and the lower end of its interval: accounts drawn anew with replacement."""
    rng, found = np.random.default_rng(11), []
    columns = np.stack([balance * bad, static * bad, balance, static], axis=1)
    for _ in range(draws):  # how often each account is drawn is all that a sum needs
        times = np.bincount(rng.integers(0, len(bad), len(bad)), minlength=len(bad)).astype(np.float64)
        loss, before, all_, all_before = (times @ columns).tolist()
        found.append(100.0 * (1.0 - (loss / all_) / (before / all_before) if per_balance else 1.0 - loss / before))
    low, high = np.percentile(found, [2.5, 97.5])
    value = _less(bad, balance, static, per_balance)
    interval = f"95 % interval {low:.1f} to {high:.1f}, {draws:,} bootstraps over accounts"
    return [
        claim(name, value, "% lower", target, peer="rule of utilisation and status" if peer is not None else "",
              peer_value=peer, protocol=f"{protocol}; {interval}"),
        claim(f"{name}.low", float(low), "% lower", "> 0".replace(">", ">=") if target else "", protocol=f"lower end of the {interval}"),
    ]  # fmt: skip


def _solver(table: Panel, known: dict[int, Floats], accounts: int) -> list[Claim]:
    """The large book is the real one, drawn again with noise until it is large enough (SIMULATED beyond the real rows)."""
    month, response = 3, RESPONSES["proportional"]
    now = Standing(
        table.limit, table.balance[:, month], np.zeros(table.size, dtype=bool), np.full(table.size, -9), response
    )
    _, found, band, grade, allowed = expected(table, month, now, known[month])
    rows = np.random.default_rng(5).integers(0, table.size, accounts)
    large = Forecast(*(column[rows] for column in found))
    held = float(large.balance[:, _HOLD].sum())
    bounds = PortfolioBounds(limit_most=float(large.limit[:, _HOLD].sum()), balance_least=held)
    started = time.process_time()
    groups = grouped(large, band[rows], grade[rows], allowed[rows])
    chosen = choose(groups, bounds, exact=False)
    seconds = time.process_time() - started
    few = rows[:2_000]
    small = Forecast(*(column[few] for column in found))
    most = float(small.limit[:, _HOLD].sum())
    tight = PortfolioBounds(limit_most=most, balance_least=float(small.balance[:, _HOLD].sum()))
    exact = choose(one_by_one(small, band[few], grade[few], allowed[few]), tight, seconds=30.0)
    together = choose(grouped(small, band[few], grade[few], allowed[few]), tight, exact=False)
    gap = 100.0 * (exact.facts.value_minor - together.facts.value_minor) / abs(exact.facts.value_minor)
    return [
        claim("limits.solver.time", seconds, "s",
              protocol=f"{accounts:,} accounts in {chosen.facts.groups:,} groups: summed, solved and rounded; processor time, gap to the relaxation "
              f"{100 * chosen.facts.gap:.3f} %"),
        claim("limits.solver.gap", gap, "%", peer="the integer program account by account", peer_value=0.0,
              protocol=f"2,000 accounts: expected loss of groups by the rounded relaxation above the program account by account, "
              f"which took {exact.facts.seconds:.1f} s and may be {100 * exact.facts.gap:.3f} % off its own bound"),
    ]  # fmt: skip


def _percent(share: float) -> str:
    return f"{100.0 * share:.1f} %"
