"""Moving limits on real accounts: loss against the limits that never moved, and against a rule, at the same exposure.

Limits are reviewed at the end of April, May, June, July and August by what was known then, under declared responses of
customers; the loss is what is owed in September by who defaults in October. What is left to choose is chosen on one half of
the accounts and every figure is of the other. A freeze counts at once, a cut is told before and met by drawing ahead of it.
Beside each response stands the oracle: the same steps and constraints, knowing who will default. The solver is measured on a
book as large as asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from benchmarks.claims import Claim, claim
from benchmarks.limit_panel import (
    APRIL,
    SEPTEMBER,
    Panel,
    Shares,
    advanced,
    halves,
    panel,
    rushed,
    scores,
    shares,
    uniform,
)
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
_LATE: Final = 2  # months
_SOUND: Final = 0.25  # who is on time and below this probability is never frozen, as in the example's strategy
_LGD_BPS: Final = 7_500
_MARGIN_BPS: Final = 10
"""Next to nothing: of two choices that lose the same, the one that lends more is taken."""
_FIRST: Final = APRIL
_REVIEWS: Final = (0, 1, 2, 3, 4)
_BETWEEN_INCREASES: Final = 2  # months
_KEPT: Final = 0.95
"""Of the balances that holding would bring, at each review: where no increase can make up for a cut and limits are equal."""
_KEPT_FROM: Final = (0.995, 0.99, 0.98, 0.97, 0.95)
"""The same where balances are to be equal: the one of these that loses least per balance on the half to choose by."""


class Foretold(NamedTuple):
    """By review, what is foretold of each account, and how fine the groups are."""

    score: dict[int, Floats]
    shares: dict[int, Shares]
    grades: int

    def of(self, rows: Ints) -> Foretold:
        """Only of these accounts."""
        return Foretold(
            {month: found[rows] for month, found in self.score.items()},
            {month: Shares(*(column[rows] for column in found)) for month, found in self.shares.items()},
            self.grades,
        )


class Moved(NamedTuple):
    """September, after all reviews: the limits, what may be owed under them (frozen: what is), and what is."""

    limit: Floats
    usable: Floats
    balance: Floats


class Standing(NamedTuple):
    """Before a review: limits, balances, who is frozen, and the month of the last increase."""

    limit: Floats
    balance: Floats
    frozen: Mask
    raised: Ints
    response: Response


Mover = Callable[[Panel, int, Standing], tuple[Floats, Mask]]


def run(quick: bool) -> list[Claim]:
    table = panel(6_000 if quick else 30_000)
    known = Foretold(
        {month: scores(table, month, 60 if quick else 250) for month in _REVIEWS},
        {month: shares(table, month, 40 if quick else 100) for month in _REVIEWS},
        grades=6 if quick else 12,
    )
    by, on = halves(table)
    to_choose, measured = (_rows(table, by), known.of(by)), (_rows(table, on), known.of(on))
    draws = 200 if quick else 1_000
    found = _known_how_well(*measured)
    kept = _kept(*to_choose)
    found += _compared(*measured, "none", draws, kept=_KEPT, figures=("equal_limits",))
    found += _compared(*measured, "none", draws, kept=kept, figures=("equal_balances", "rolled"))
    for name in ("proportional", "adverse", "hostile"):
        found += _compared(*measured, name, draws, kept=1.0, figures=("equal_limits", "equal_balances", "rolled"))
    found += _ceilings(*to_choose, *measured)
    found += _called_in(*measured, draws)
    return [*found, *_solver(*measured, 100_000 if quick else 1_000_000)]


def _rows(table: Panel, rows: Ints) -> Panel:
    return Panel(*(column[rows] for column in table))


def _known_how_well(table: Panel, known: Foretold) -> list[Claim]:
    names = ("april", "may", "june", "july", "august")
    return [
        claim(f"limits.score.{name}", float(roc_auc_score(table.bad, known.score[month])), "AUC", peer="months late",
              peer_value=float(roc_auc_score(table.bad, table.status[:, month])),
              protocol=f"default in October as foretold at the end of {name.capitalize()}, by models of other accounts")
        for month, name in zip(_REVIEWS, names, strict=True)
    ]  # fmt: skip


def _kept(table: Panel, known: Foretold) -> float:
    """How much of the balances to keep where nothing is drawn for a higher limit, so that least is lost per balance."""
    response = RESPONSES["none"]

    def per_balance(kept: float) -> float:
        moved = played(table, _choosing(known, kept), response)
        equal = uniform(table, _FIRST, float(moved.balance.sum()), response, called_in=False)
        return _less(table.bad, moved.balance, equal, True)

    return max(_KEPT_FROM, key=per_balance)


def _compared(
    table: Panel, known: Foretold, name: str, draws: int, *, kept: float, figures: tuple[str, ...]
) -> list[Claim]:
    response, static = RESPONSES[name], table.balance[:, SEPTEMBER]
    chosen, ruled = played(table, _choosing(known, kept), response), played(table, _by_rule, response)
    equal = uniform(table, _FIRST, float(chosen.balance.sum()), response, called_in=False)
    equal_rule = uniform(table, _FIRST, float(ruled.balance.sum()), response, called_in=False)
    target = "" if name == "hostile" else ">= 15"
    about = (
        f"{table.size:,} real accounts by which nothing was chosen, limits reviewed from April to August, owed in September by who "
        f"defaults in October; each review keeps at least {_percent(kept)} of expected balances; balances {_percent(chosen.balance.sum() / static.sum())} of the static "
        f"ones, limits that may be drawn on (frozen: what is owed) {_percent(chosen.usable.sum() / table.limit.sum())}"
    )
    found: list[Claim] = []
    if "equal_limits" in figures:
        found += _with_interval(f"limits.{name}.equal_limits", table.bad, chosen.balance, static, False, draws, target,
                                peer=_less(table.bad, ruled.balance, static, False),
                                protocol=f"loss against static limits, the same sum of limits; {about}")  # fmt: skip
    if "equal_balances" in figures:
        found += _with_interval(f"limits.{name}.equal_balances", table.bad, chosen.balance, equal, True, draws, target,
                                peer=_less(table.bad, ruled.balance, equal_rule, True),
                                protocol=f"loss per balance, against all static limits scaled by one factor to the same balances; {about}")  # fmt: skip
    if "rolled" in figures:
        found.append(
            claim(f"limits.{name}.rolled", _less(table.rolled, chosen.balance, equal, True), "% lower",
                  peer="rule of utilisation and status", peer_value=_less(table.rolled, ruled.balance, equal_rule, True),
                  protocol="as equal_balances, loss counted by who is two or more months late in September")
        )  # fmt: skip
    return found


def _ceilings(by: Panel, known_by: Foretold, table: Panel, known: Foretold) -> list[Claim]:
    """What no strategy with these steps and constraints can pass, and how much of the way to it is not knowing yet."""
    found: list[Claim] = []
    for name in ("none", "proportional", "adverse", "hostile"):
        kept = _kept(by, _oracle(by, known_by)) if name == "none" else 1.0
        found += _ceiling(table, _oracle(table, known), name, kept, "oracle", "knowing who defaults in October")
    foreseen = dict.fromkeys(_REVIEWS, known.score[_REVIEWS[-1]])
    early = dict.fromkeys(_REVIEWS, known_by.score[_REVIEWS[-1]])
    kept = _kept(by, known_by._replace(score=early))
    says = "knowing in April what is foretold in August"
    return found + _ceiling(table, known._replace(score=foreseen), "none", kept, "foreseen", says)


def _ceiling(table: Panel, known: Foretold, name: str, kept: float, what: str, says: str) -> list[Claim]:
    response, static = RESPONSES[name], table.balance[:, SEPTEMBER]
    moved = played(table, _choosing(known, kept), response)
    equal = uniform(table, _FIRST, float(moved.balance.sum()), response, called_in=False)
    about = f"{says}, the same steps and constraints; balances {_percent(moved.balance.sum() / static.sum())} of the static ones"
    return [
        claim(f"limits.{name}.{what}.equal_limits", _less(table.bad, moved.balance, static, False), "% lower",
              protocol=f"as equal_limits, {about}"),
        claim(f"limits.{name}.{what}.equal_balances", _less(table.bad, moved.balance, equal, True), "% lower",
              protocol=f"as equal_balances, {about}"),
    ]  # fmt: skip


def _oracle(table: Panel, known: Foretold) -> Foretold:
    return known._replace(score=dict.fromkeys(_REVIEWS, table.bad.astype(np.float64)))


def _called_in(table: Panel, known: Foretold, draws: int) -> list[Claim]:
    """The same where what is above a lower limit were repaid at once: what limits could do if debt could be called in."""
    found: list[Claim] = []
    for name in ("none", "proportional"):
        response = RESPONSES[name]
        chosen = played(table, _choosing(known, 1.0 if response.scale else _KEPT), response, called_in=True)
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
    return Moved(limit, np.where(frozen, np.minimum(balance, limit), limit), balance)


def _choosing(known: Foretold, kept: float) -> Mover:
    """Moves by the strategy: as many limits that may be drawn on as there were, and ``kept`` of what holding would bring."""

    def move(table: Panel, month: int, now: Standing) -> tuple[Floats, Mask]:
        limits, found, band, grade, allowed = expected(table, month, now, known)
        every = np.arange(table.size)
        held = float(found.balance[every, np.where(now.frozen, 0, _HOLD)].sum())
        all_ = float(table.limit.sum())
        bounds = PortfolioBounds(limit_least=all_ * 0.999, limit_most=all_, balance_least=held * kept)
        steps = choose(
            grouped(found, band, grade, allowed), bounds, seconds=600.0, exact=False
        ).steps  # no clock in a figure
        return limits[every, steps], _FROZEN[steps]

    return move


def expected(table: Panel, month: int, now: Standing, known: Foretold) -> tuple[Floats, Forecast, Ints, Ints, Mask]:
    """Limits and forecast by account and step, behaviour, grade, and the steps that are allowed."""
    score, part = known.score[month], known.shares[month]
    edges = np.unique(np.quantile(score, np.arange(1, known.grades) / known.grades))
    _, grade = np.unique(np.searchsorted(edges, score), return_inverse=True)
    pd = (np.bincount(grade, weights=score) / np.bincount(grade))[grade]
    late = table.status[:, month] >= _LATE
    book = Behaviour(now.limit, table.limit, now.balance, pd, part.repaid, part.repaid_bad, part.drawn, part.drawn_bad)
    limits = now.limit[:, None] * _FACTORS
    economics = Economics(horizon_days=30 * (SEPTEMBER - month), margin_bps=_MARGIN_BPS, lgd_bps=_LGD_BPS, **_SAYS)
    found = forecast(book, limits, _FROZEN, economics, now.response)
    owed = np.minimum(now.balance, now.limit)[:, None]
    found = found._replace(limit=np.where(_FROZEN, owed, found.limit))  # nothing else may be drawn on
    allowed = np.ones((table.size, len(_FACTORS)), dtype=bool)
    allowed[:, 0] = (table.status[:, month] > 0) | (score >= _SOUND)
    allowed[now.frozen] = _FROZEN
    cooling = (month - now.raised < _BETWEEN_INCREASES) | late
    allowed[cooling, _HOLD + 1 :] = False
    return limits, found, _band(table, month, now, part), grade.astype(np.int64), allowed


def _band(table: Panel, month: int, now: Standing, part: Shares) -> Ints:
    """Who behaves alike: by use, by whether the bill before is paid, by arrears, and by thirds of what is foretold to be drawn."""
    late = table.status[:, month] >= _LATE
    in_full = table.paid[:, month] >= 0.95 * table.balance[:, month - 1] if month else np.zeros(table.size, dtype=bool)
    used = np.searchsorted([0.02, 0.2, 0.4, 0.6, 0.8, 0.95], now.balance / now.limit)
    draws = np.searchsorted(np.quantile(part.drawn, [1 / 3, 2 / 3]), part.drawn)
    return ((used * 4 + in_full * 2 + late) * 3 + draws).astype(np.int64)


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


def _solver(table: Panel, known: Foretold, accounts: int) -> list[Claim]:
    """The large book is the real one, drawn again with noise until it is large enough (SIMULATED beyond the real rows)."""
    month, response = 3, RESPONSES["proportional"]
    now = Standing(
        table.limit, table.balance[:, month], np.zeros(table.size, dtype=bool), np.full(table.size, -9), response
    )
    _, found, band, grade, allowed = expected(table, month, now, known)
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
