"""The step of every account, chosen together: the most value that the constraints on the whole book leave. Pure.

Accounts that behave alike, have the same grade and may take the same steps are a group, and a group takes one step: who is
alike is treated alike, and the size of the problem is that of the table of groups, whatever the size of the book. Within
accounts that behave alike a better grade never takes a lower step than a worse one. It is an integer program, solved by
HiGHS; its relaxation gives the price of each constraint: what one more unit of it would bring. Where the program is too
large or takes too long, groups that the relaxation gives one step keep it, and only the few others are chosen anew.

Huangfu and Hall, "Parallelizing the dual revised simplex method", Math. Prog. Comp. 10 (2018): the solver.
"""

from __future__ import annotations

import time
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack

from tandem.act.limits.forecasting import Floats, Forecast
from tandem.act.limits.types import Binding, SolverFacts
from tandem.kernel.errors import Conflict

__all__ = ["Chosen", "Groups", "PortfolioBounds", "choose", "grouped", "one_by_one"]

Ints = npt.NDArray[np.int64]
_EXACT_MAX: Final = 60_000
"""Unknowns up to which the integer program is tried."""
_GAP: Final = 1e-4
_TINY: Final = 1e-9
_PRICED: Final = 1e-6
_SLACK: Final = 1e-6
_OPTIMAL: Final = 0  # of scipy's linprog


class PortfolioBounds(NamedTuple):
    """What holds for all accounts together, over the horizon; None: nothing.

    Attributes:
        loss_share: expected loss, as a share of expected balances.
        limit_least, limit_most: sum of limits, minor units.
        balance_least, balance_most: sum of expected balances, minor units.
    """

    loss_share: float | None = None
    limit_least: float | None = None
    limit_most: float | None = None
    balance_least: float | None = None
    balance_most: float | None = None


class Groups(NamedTuple):
    """Accounts that are chosen for together.

    Attributes:
        of: by account, its group.
        alike: by group, which others it is compared with: same behaviour, same steps allowed.
        grade: by group, 0 the best.
        allowed: by group and step.
        value, loss, balance, limit: sums by group and step.
    """

    of: Ints
    alike: Ints
    grade: Ints
    allowed: npt.NDArray[np.bool_]
    value: Floats
    loss: Floats
    balance: Floats
    limit: Floats


class Chosen(NamedTuple):
    """A step for every account, and how it was found."""

    steps: Ints
    facts: SolverFacts


def grouped(found: Forecast, band: Ints, grade: Ints, allowed: npt.NDArray[np.bool_]) -> Groups:
    """Accounts by behaviour, grade and the steps they may take."""
    like = _alike(band, allowed)
    _, first, of = np.unique(np.stack([like, grade], axis=1), axis=0, return_index=True, return_inverse=True)
    return _summed(found, of.reshape(-1).astype(np.int64), first.astype(np.int64), like, grade, allowed)


def one_by_one(found: Forecast, band: Ints, grade: Ints, allowed: npt.NDArray[np.bool_]) -> Groups:
    """Every account a group of its own: for small books, and to see what grouping costs."""
    every = np.arange(len(band), dtype=np.int64)
    return _summed(found, every, every, _alike(band, allowed), grade, allowed)


def choose(
    groups: Groups, bounds: PortfolioBounds, *, monotone: bool = True, seconds: float = 60.0, exact: bool = True
) -> Chosen:
    """The step of every account.

    Args:
        monotone: within what is alike, no better grade takes a lower step than a worse one.
        seconds: the integer program may take; then the best it has found, or the rounded relaxation, is taken.
        exact: False: only the relaxation, rounded.

    A loss budget that cannot be kept whatever is chosen is kept as nearly as can be, and the facts say so.

    Raises:
        Conflict: no choice keeps the other constraints; it names those that cannot be kept alone.
    """
    started = time.perf_counter()
    program = _Program(groups, bounds, monotone=monotone)
    found = program.solved(seconds, exact=exact)
    if found is None and program.widen(seconds):
        found = program.solved(seconds, exact=exact)
    if found is None:
        raise _impossible(groups, bounds)
    method, steps, bound, prices = found
    value = float(groups.value[np.arange(len(steps)), steps].sum())
    return Chosen(
        steps=steps[groups.of],
        facts=SolverFacts(
            method=method,
            groups=len(groups.grade),
            value_minor=round(value),
            bound_minor=round(bound),
            gap=max(bound - value, 0.0) / max(abs(bound), 1.0),
            seconds=time.perf_counter() - started,
            bindings=tuple(_bindings(groups, bounds, steps, prices)),
        ),
    )


# -- the program -------------------------------------------------------------------------------------------------


class _Solved(NamedTuple):
    """A step of each group, the value that no choice can exceed, and the price of each constraint."""

    method: Literal["integer", "rounded"]
    steps: Ints
    bound: float
    prices: dict[str, float]


class _Program:
    """Unknowns: a share of each group for each step, then a threshold between neighbouring grades for each step up."""

    def __init__(self, groups: Groups, bounds: PortfolioBounds, *, monotone: bool) -> None:
        self.shape = count, steps = groups.value.shape
        self._alike = groups.alike
        pairs = _neighbours(groups) if monotone else []
        self.unknowns = count * steps + len(pairs) * (steps - 1)
        self._unit = max(float(np.abs(groups.value).max(initial=0.0)), 1.0)
        self._rows = _portfolio_rows(groups, bounds)
        self._portfolio, self._most = self._stacked()
        self._fair = _fairness(pairs, count, steps, self.unknowns)
        every = np.arange(count * steps)
        self._whole = csr_array(
            coo_array((np.ones(count * steps), (every // steps, every)), shape=(count, self.unknowns))
        )
        self._cost = np.concatenate([-groups.value.reshape(-1) / self._unit, np.zeros(self.unknowns - count * steps)])
        self._upper = np.concatenate(
            [groups.allowed.reshape(-1).astype(np.float64), np.ones(self.unknowns - count * steps)]
        )

    def solved(self, seconds: float, *, exact: bool) -> _Solved | None:
        """The steps of the groups; None where no whole choice keeps the constraints, even if shares of groups would."""
        relaxed = self.relaxation()
        if relaxed is None:
            return None
        shares, bound, prices = relaxed
        steps = self.integer(seconds) if exact and self.unknowns <= _EXACT_MAX else None
        if steps is not None:
            return _Solved("integer", steps, bound, prices)
        steps = self.near(shares, seconds)
        return None if steps is None else _Solved("rounded", steps, bound, prices)

    def relaxation(self) -> tuple[Floats, float, dict[str, float]] | None:
        """Shares by group and step, the value they reach, and the price of each constraint; None: none keeps them all."""
        count, steps = self.shape
        found = linprog(
            self._cost,
            A_ub=vstack([self._portfolio, self._fair]).tocsr(),
            b_ub=np.concatenate([self._most, np.zeros(self._fair.shape[0])]),
            A_eq=self._whole,
            b_eq=np.ones(count),
            bounds=np.stack([np.zeros_like(self._upper), self._upper], axis=1),
            method="highs",
        )
        if found.status != _OPTIMAL:
            return None
        prices = {
            row.name: float(-marginal * self._unit / row.size)
            for row, marginal in zip(self._rows, found.ineqlin.marginals, strict=False)
        }
        return found.x[: count * steps].reshape(count, steps), float(-found.fun * self._unit), prices

    def integer(self, seconds: float, fixed: npt.NDArray[np.bool_] | None = None) -> Ints | None:
        """The step of each group; None where none was found in time.

        Args:
            fixed: by group and step, the only ones that may be taken still.
        """
        count, steps = self.shape
        upper = self._upper.copy()
        if fixed is not None:
            upper[: count * steps] *= fixed.reshape(-1)
        constraints = [LinearConstraint(self._whole, 1.0, 1.0)]
        if self._rows:
            constraints.append(LinearConstraint(self._portfolio, -np.inf, self._most))
        if self._fair.shape[0]:
            constraints.append(LinearConstraint(self._fair, -np.inf, 0.0))
        integral = np.zeros(self.unknowns)
        integral[: count * steps] = 1
        found = milp(
            self._cost, integrality=integral, bounds=(np.zeros_like(upper), upper), constraints=constraints,
            options={"time_limit": seconds, "mip_rel_gap": _GAP},
        )  # fmt: skip
        if found.x is None:
            return None
        shares = np.asarray(found.x[: count * steps], dtype=np.float64).reshape(count, steps)
        return np.asarray(np.argmax(shares, axis=1), dtype=np.int64)

    def widen(self, seconds: float) -> bool:
        """Where the loss budget cannot be kept whatever is chosen, let it be the least that can; whether there is such.

        Accounts that may not move (frozen, held out, moved of late) count in it too, so it may be out of reach for a while.
        """
        if not self._rows or self._rows[0].name != "loss_budget":
            return False
        row, self._most[0] = self._rows[0], np.inf
        cost, self._cost = self._cost, np.zeros_like(self._cost)
        self._cost[: row.by_step.size] = row.by_step.reshape(-1) / row.size
        steps = self.integer(seconds)
        self._cost = cost
        if steps is None:
            return False
        least = float(row.by_step[np.arange(len(steps)), steps].sum()) / row.size
        self._most[0] = max(least + _SLACK * abs(least), 0.0)
        return True

    def near(self, shares: Floats, seconds: float) -> Ints | None:
        """``shares`` made whole, near to what they were; None where nothing near keeps the constraints.

        Groups that have one step keep it, the others are chosen anew; then those that are compared with them too; then
        all of them, a step up or down.
        """
        taken = shares > _TINY
        split = taken.sum(axis=1) > 1
        compared = np.isin(self._alike, self._alike[split])
        beside = taken.copy()
        beside[:, 1:] |= taken[:, :-1]
        beside[:, :-1] |= taken[:, 1:]
        for allowed in (taken | split[:, None], taken | compared[:, None], beside | compared[:, None]):
            found = self.integer(seconds, allowed)
            if found is not None:
                return found
        return None

    def _stacked(self) -> tuple[csr_array, Floats]:
        if not self._rows:
            return csr_array((0, self.unknowns)), np.zeros(0)
        size = self.shape[0] * self.shape[1]
        dense = csr_array(np.stack([row.by_step.reshape(-1) / row.size for row in self._rows]))
        dense.resize((len(self._rows), self.unknowns))
        assert dense.shape[1] >= size
        return dense, np.asarray([row.most / row.size for row in self._rows])


class _Row(NamedTuple):
    """One constraint on the book: what each step of each group adds, and the most of it."""

    name: str
    by_step: Floats
    most: float

    @property
    def size(self) -> float:
        """What it is divided by, so that the solver sees numbers about one."""
        return max(float(np.abs(self.by_step).max(initial=0.0)), 1.0)


def _portfolio_rows(groups: Groups, bounds: PortfolioBounds) -> list[_Row]:
    found = []
    if bounds.loss_share is not None:
        found.append(_Row("loss_budget", groups.loss - bounds.loss_share * groups.balance, 0.0))
    for name, amounts in (("limit", groups.limit), ("balance", groups.balance)):
        least, most = getattr(bounds, f"{name}_least"), getattr(bounds, f"{name}_most")
        if most is not None:
            found.append(_Row(f"{name}_most", amounts, most))
        if least is not None:
            found.append(_Row(f"{name}_least", -amounts, -least))
    return found


def _neighbours(groups: Groups) -> list[tuple[Ints, Ints]]:
    """Groups of a grade and those of the next worse one that is there, among what is alike."""
    order = np.lexsort((groups.grade, groups.alike))
    alike, grade = groups.alike[order], groups.grade[order]
    starts = np.flatnonzero(np.concatenate([[True], (np.diff(alike) != 0) | (np.diff(grade) != 0)]))
    runs = np.split(order, starts[1:])
    return [(better, worse) for better, worse in pairwise(runs) if groups.alike[better[0]] == groups.alike[worse[0]]]


def _fairness(pairs: list[tuple[Ints, Ints]], count: int, steps: int, unknowns: int) -> csr_array:
    """Threshold <= share of a better group at or above a step; share of a worse one there <= threshold."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    row = 0
    for number, pair in enumerate(pairs):
        for step in range(1, steps):
            threshold = count * steps + number * (steps - 1) + step - 1
            for sign, members in ((-1.0, pair[0]), (1.0, pair[1])):
                for group in members.tolist():
                    above = range(group * steps + step, (group + 1) * steps)
                    rows += [row] * (len(above) + 1)
                    columns += [*above, threshold]
                    values += [sign] * len(above) + [-sign]
                    row += 1
    return csr_array(coo_array((values, (rows, columns)), shape=(row, unknowns)))


# -- around it ---------------------------------------------------------------------------------------------------


def _alike(band: Ints, allowed: npt.NDArray[np.bool_]) -> Ints:
    """By account, a number of its behaviour and the steps it may take together."""
    mask = allowed @ (1 << np.arange(allowed.shape[1], dtype=np.int64))
    return np.unique(np.stack([band, mask], axis=1), axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _summed(found: Forecast, of: Ints, first: Ints, alike: Ints, grade: Ints, allowed: npt.NDArray[np.bool_]) -> Groups:
    """Sums by group; ``first``: an account of each group, which has its grade and what it may do."""

    def total(amounts: Floats) -> Floats:
        return np.stack(
            [np.bincount(of, weights=amounts[:, step], minlength=len(first)) for step in range(amounts.shape[1])],
            axis=1,
        )

    return Groups(
        of=of, alike=alike[first], grade=grade[first], allowed=allowed[first], value=total(found.value),
        loss=total(found.loss), balance=total(found.balance), limit=total(found.limit),
    )  # fmt: skip


def _bindings(groups: Groups, bounds: PortfolioBounds, steps: Ints, prices: dict[str, float]) -> list[Binding]:
    at = np.arange(len(steps))
    found = []
    for row in _portfolio_rows(groups, bounds):
        used = float(row.by_step[at, steps].sum())
        price = prices.get(row.name, 0.0)
        tolerance = _SLACK * row.size * len(steps)
        found.append(
            Binding(
                constraint=row.name,
                used_minor=round(abs(used) if row.most else used),
                most_minor=round(abs(row.most)),
                price=price,
                binds=price > _PRICED,
                kept=used <= row.most + tolerance,
            )
        )
    return found


def _impossible(groups: Groups, bounds: PortfolioBounds) -> Conflict:
    """Which constraints cannot be kept, whatever is chosen."""
    alone = []
    for row in _portfolio_rows(groups, bounds):
        least = np.where(groups.allowed, row.by_step, np.inf).min(axis=1).sum()
        if least > row.most + _TINY * max(abs(row.most), 1.0):
            alone.append(row.name)
    return Conflict(
        "No choice of steps keeps the constraints.",
        code="no_choice",
        field="constraints",
        value=", ".join(alone) or "all of them together",
        hint="widen the budget, or allow lower steps to more accounts",
    )
