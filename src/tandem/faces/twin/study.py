"""A study in the twin: explore, learn, then let strategies run side by side. All customers are SIMULATED.

First customers are dealt to arms by chance. For half the time one arm explores, the others are treated by the usual ladder, as the
lender did before. Then the model is learnt from the exploring arm alone, and the others part: one stays on the ladder, one is chosen for by
uplift and held to as many contacts and agents' calls a customer, one is left alone. The exploring arm's customers are not
looked at again, but for the value of the choice as their draws tell it (doubly robust), before anybody is chosen for.

Beside the arms, the customers that did not explore are lived through the same months once under each strategy, with the same draws.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from tandem.act.collections import RuleSet
from tandem.faces.twin.effects import Measured, adjusted, measured
from tandem.faces.twin.governing import Conduct
from tandem.faces.twin.strategies import ByUplift, offered, tried_of
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.learn.simulator.portfolio import (
    CHANNELS,
    MONTH,
    OFFERS,
    Allowance,
    Arm,
    Book,
    BoolArray,
    Explorer,
    Log,
    Nobody,
    Portfolio,
    PortfolioWorld,
    Strategy,
    UsualLadder,
    deal,
    run,
)
from tandem.learn.uplift import FloatArray, Tried, Valued, fit_response, value_of

__all__ = ["ArmResult", "Study", "StudySpec", "Valuation", "run_study"]

_START = Micros(20_457 * DAY - 8 * HOUR)  # 2026-01-04, midnight in Shanghai
_ENOUGH_FOR_HALVES = 2_000
"""Contacts from which there are enough to learn from one half and to value on the other."""
_SHARES = {"explore": 0.4, "ladder": 0.2, "uplift": 0.2, "alone": 0.2}


@dataclass(frozen=True, slots=True)
class StudySpec:
    """How a study is run.

    Attributes:
        months: of exploration, and again of comparison.
        rate: chance that an exploring customer in arrears is contacted on a day.
        budgets: shares of the ladder's contacts at which uplift is looked at, in pairs.
        arms, pairs: which comparison to make.
        rules: conduct rules; None: none, which is for looking at the world itself.
        keep: keep every contact that the rules let through.
    """

    months: int = 6
    rate: float = 0.25
    budgets: tuple[float, ...] = (1.0,)
    arms: bool = True
    pairs: bool = True
    rules: RuleSet | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class ArmResult:
    """An arm's months of comparison, a customer, minor units."""

    customers: int
    contacts: float
    calls: float
    due: float
    late: float
    missed: float
    recovered: float
    written_off: float
    blocked: int


@dataclass(frozen=True, slots=True)
class Valuation:
    """What choosing on a day adds to the share of what is due that is paid, as exploration tells it: by uplift, and by ladder."""

    uplift: Valued
    ladder: Valued


@dataclass(slots=True)
class Study:
    """What a study found.

    Attributes:
        tried: rows of exploration that were learnt from; contacted: of them.
        valuation: None where there was too little exploration to hold half of it out.
        arms: by name, dealt by chance. by_chance: their comparison. in_pairs: the same customers under each; by budget.
        governors: of every arm, in the order they were made.
    """

    world: PortfolioWorld
    tried: int
    contacted: int
    valuation: Valuation | None = None
    arms: dict[str, ArmResult] = field(default_factory=dict)
    by_chance: Measured | None = None
    in_pairs: dict[float, Measured] = field(default_factory=dict)
    governors: list[Conduct] = field(default_factory=list)


def run_study(world: PortfolioWorld, spec: StudySpec) -> Study:
    """Explore, learn, compare."""
    portfolio = Portfolio(world)
    who = deal(world.customers, _SHARES, world.seed)
    log = Log()
    governors: list[Conduct] = []

    def governor() -> Conduct | None:
        if spec.rules is None:
            return None
        governors.append(Conduct(spec.rules, _START, keep=spec.keep))
        return governors[-1]

    explorer, ladder = Explorer(spec.rate, seed=world.seed), UsualLadder()
    run(
        {
            "ladder": Arm(portfolio, ladder, ~who["explore"], governor=governor()),
            "explore": Arm(portfolio, explorer, who["explore"], governor=governor(), log=log, alone=1 - spec.rate),
        },
        spec.months * MONTH,
    )
    before = portfolio.reopen_book()
    tried = tried_of(log.rows())
    response = fit_response(tried, offered(), seed=world.seed)
    chosen_for = ByUplift(response, tried.columns)
    study = Study(world, len(tried), int((tried.action >= 0).sum()), governors=governors)
    days = spec.months * MONTH
    strategies: dict[str, Strategy] = {"ladder": ladder, "uplift": chosen_for, "alone": Nobody()}
    if spec.arms:
        study.valuation = _valued(tried, world.seed) if study.contacted >= _ENOUGH_FOR_HALVES else None
        one = copy.deepcopy(portfolio) if spec.pairs else portfolio
        arms = {
            name: Arm(one, strategy, who[name], paced_by="ladder" if name == "uplift" else None, governor=governor())
            for name, strategy in strategies.items()
        }
        run(arms, days)
        study.arms = {name: _result(arm) for name, arm in arms.items()}
        study.by_chance = _by_chance(one.book, before, who, world.seed)
    if spec.pairs:
        study.in_pairs = _in_pairs(portfolio, strategies, ~who["explore"], spec, governor)
    return study


def _in_pairs(
    portfolio: Portfolio,
    strategies: Mapping[str, Strategy],
    who: BoolArray,
    spec: StudySpec,
    governor: Callable[[], Conduct | None],
) -> dict[float, Measured]:
    lives = {name: copy.deepcopy(portfolio) for name in ("ladder", "alone")}
    arms = {name: Arm(one, strategies[name], who, governor=governor()) for name, one in lives.items()}
    for budget in spec.budgets:
        arms[f"uplift {budget}"] = Arm(
            copy.deepcopy(portfolio), strategies["uplift"], who, paced_by="ladder", budget=budget, governor=governor()
        )
    run(arms, spec.months * MONTH)
    book = {name: arm.portfolio.book for name, arm in arms.items()}

    def of(name: str, what: str) -> FloatArray:
        found: FloatArray = getattr(book[name], what)[who].astype(np.float64)
        return found

    return {
        budget: measured(
            of("alone", "missed"), of("ladder", "missed"), of(f"uplift {budget}", "missed"),
            (of("ladder", "contacts"), of(f"uplift {budget}", "contacts")),
            paired=True, seed=portfolio.world.seed,
        )
        for budget in spec.budgets
    }  # fmt: skip


def _by_chance(book: Book, before: Book, who: Mapping[str, BoolArray], seed: int) -> Measured:
    known = np.column_stack([before.due, before.late, before.missed]).astype(np.float64)
    rest = ~who["explore"]
    missed = np.zeros(rest.size)
    missed[rest] = adjusted(book.missed[rest].astype(np.float64), known[rest])
    contacts = book.contacts.astype(np.float64)
    return measured(
        missed[who["alone"]], missed[who["ladder"]], missed[who["uplift"]],
        (contacts[who["ladder"]], contacts[who["uplift"]]), paired=False, seed=seed,
    )  # fmt: skip


def _valued(tried: Tried, seed: int) -> Valuation:
    """What choosing is worth on the draws of customers that the choice was not learnt from."""
    held_out = np.random.default_rng([seed, 21]).permutation(int(tried.unit.max()) + 1)[tried.unit] % 2 == 0
    response = fit_response(tried.only(~held_out), offered(), seed=seed)
    rest = replace(
        tried.only(held_out), stake=np.ones(int(held_out.sum()))
    )  # in money, a few large debts would drown all others
    choice = ByUplift(response, rest.columns)
    usual = UsualLadder().offers_on(rest.columns["days_past_due"])
    worst = Allowance(contacts=int((usual >= 0).sum()), calls=int(np.isin(usual, _calls()).sum()))
    chosen = choice.options(rest.columns, worst)
    # As offers at an hour: the choice's at the better one, the ladder's at any, of which another than usual is the likelier.
    ours = np.where(chosen >= 0, 2 * chosen + choice.usual, -1)
    theirs = np.where(usual >= 0, 2 * usual, -1)
    return Valuation(value_of(rest, ours, response, seed=seed), value_of(rest, theirs, response, seed=seed))


def _calls() -> list[int]:
    return [place for place, (channel, _) in enumerate(OFFERS) if CHANNELS[channel] == "call"]


def _result(arm: Arm) -> ArmResult:
    book, who = arm.portfolio.book, arm.who
    customers = int(who.sum())

    def each(name: str) -> float:
        return float(getattr(book, name)[who].sum()) / customers

    return ArmResult(
        customers=customers, contacts=each("contacts"), calls=each("calls"), due=each("due"), late=each("late"),
        missed=each("missed"), recovered=each("recovered"), written_off=each("written_off"), blocked=arm.blocked,
    )  # fmt: skip
