"""Collections in the portfolio twin: choosing by uplift beside the usual ladder, at equal contacts, within the conduct rules.

Every customer is SIMULATED. What the twin does by itself is calibrated on real tables, and how near it comes is printed first; how customers
respond to a contact is assumed, and every figure is printed over the whole range of what is assumed (``assumptions.yaml``). What the
choice knows it learnt inside the run, from contacts drawn at random. A world in which all customers are alike must show nothing.
``TANDEM_BENCHMARK_SETS=twin,uplift,alike,swept,conduct`` names the parts to run; without it, all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from ruamel.yaml import YAML

from benchmarks.claims import Claim, claim
from benchmarks.conduct_count import Contacted, breaches
from benchmarks.data_folder import data_folders
from tandem.act.collections import RuleSet, parse_conduct_rules
from tandem.faces.twin import Conduct, Effect, Measured, StudySpec, run_study
from tandem.kernel.time import DAY, HOUR, MINUTE, Micros
from tandem.learn.simulator.portfolio import (
    CHANNELS,
    MONTH,
    STEPS,
    TABLES,
    Arm,
    Dials,
    Portfolio,
    PortfolioWorld,
    UsualLadder,
    assumptions,
    calibrate,
    calibration,
    dials,
    encoded,
)
from tandem.learn.simulator.portfolio import (
    run as run_arms,
)

_ROOT = Path(__file__).parents[1]
_START = Micros(20_457 * DAY - 8 * HOUR)
_LIFTS = ("lift_email", "lift_sms", "lift_ai_call", "lift_call")
_REACHED = ("reached_email", "reached_sms", "reached_ai_call", "reached_call")
_GROUPS = {
    "lift": _LIFTS,
    "reached": _REACHED,
    "taste": ("taste_spread", "firm_spread"),
    "shown": ("shown", "reach_taste"),
    "hour": ("hour_gain",),
    "firm": ("firm_lift",),
    "hardship": ("hardship_drag", "restructure_lift", "restructure_put_off", "tells_hardship"),
    "fading": ("half_life_days", "fatigue"),
    "forgets": ("forgets",),
}
"""Assumptions that are swept together, the others standing in the middle."""

_WANTED, _PUT_BACK = 6, 200_000


def run(quick: bool) -> list[Claim]:
    parts: dict[str, Callable[[], list[Claim]]] = {
        "twin": lambda: [_recounted(), *_fit(10_000 if quick else 20_000)],
        "uplift": lambda: _uplift(4_000 if quick else 20_000, quick),
        "alike": lambda: _alike(2_500 if quick else 8_000),
        "swept": lambda: _swept(0 if quick else 5_000),
        "conduct": lambda: _conduct(20_000 if quick else 1_000_000),
    }
    wanted = os.environ.get("TANDEM_BENCHMARK_SETS", ",".join(parts)).split(",")
    return [one for name, part in parts.items() if name in wanted for one in part()]


def _rules() -> RuleSet:
    text = (_ROOT / "examples" / "lender" / "conduct" / "cn.yaml").read_text(encoding="utf-8")
    return parse_conduct_rules({"name": "cn", **YAML(typ="safe", pure=True).load(text)})


def _recounted() -> Claim:
    """The calibration counted again in the tables that are here, beside what is committed."""
    found, there = calibrate(data_folders(), calibration())
    ours, committed = (msgspec.json.decode(encoded(one)) for one in (found, calibration()))
    off = sum(ours[name] != committed[name] for name in committed)
    missing = sorted(set(TABLES) - set(there))
    beside = f"; not here and so not recounted: {', '.join(missing)}" if missing else ""
    return claim(
        "collections.twin.recounted.off", off, "figures", "== 0",
        protocol=f"{len(committed)} figures of calibration.json counted again in {', '.join(there)}{beside}",
    )  # fmt: skip


def _fit(customers: int) -> list[Claim]:
    """What the twin does under the usual ladder, beside what the tables say."""
    world, found = PortfolioWorld(customers=customers), calibration()
    started = time.process_time()
    portfolio = Portfolio(world)
    moves, full, bills = _lived(portfolio, 12)
    seconds = (time.process_time() - started) * 20_000 / customers
    share = moves / np.maximum(moves.sum(axis=1, keepdims=True), 1)
    # A state is the number of bills past due on a due date, the new one counted: 2 is a month late.
    entry = moves[:2, 2].sum() / moves[:2].sum()
    late = portfolio.book.late.sum() / portfolio.book.due.sum()
    claims = [
        claim("collections.twin.entry", float(entry), "share", peer="Taiwan panel", peer_value=found.entry.value,
              protocol=f"SIMULATED, {customers:,} customers, months 4 to 12 under the usual ladder: of those less than a month late, a month late the next"),
        claim("collections.twin.full", float(full / bills), "share", peer="Taiwan panel", peer_value=found.pays_in_full.value,
              protocol="bills of customers on time, paid in full"),
        claim("collections.twin.late", float(late), "share", protocol="of what falls due, not paid on its day; the share of forgetful customers is assumed"),
    ]  # fmt: skip
    for bucket in range(1, 4):
        of = int(moves[bucket + 1].sum())
        claims += [
            claim(f"collections.twin.roll.{bucket}", float(share[bucket + 1, bucket + 2 :].sum()), "share", peer="card-approval panel",
                  peer_value=found.roll[bucket - 1].value, protocol=f"{of:,} account-months {30 * bucket} days past due: worse the next month"),
            claim(f"collections.twin.cure.{bucket}", float(share[bucket + 1, :2].sum()), "share", peer="card-approval panel",
                  peer_value=found.cure[bucket - 1].value, protocol="the same: less than a month late the next month"),
        ]  # fmt: skip
    claims.append(
        claim("collections.twin.seconds", seconds, "s", "<= 30", protocol="20,000 customers x 12 months with the ladder's contacts, processor time, scaled")
    )  # fmt: skip
    return claims


def _lived(portfolio: Portfolio, months: int) -> tuple[np.ndarray, int, int]:
    """Moves between states from due date to due date, and bills on time paid in full, from month 4 on."""
    arm = Arm(portfolio, UsualLadder(), np.ones(portfolio.world.customers, dtype=bool))
    moves = np.zeros((8, 8), dtype=np.int64)
    last = np.full(portfolio.world.customers, -1)
    full = bills = 0
    for day in range(months * MONTH):
        due = np.flatnonzero((portfolio.people.due_day == day % MONTH) & ~portfolio.gone)
        run_arms({"ladder": arm}, 1)
        if day < 3 * MONTH:
            continue
        # After the day: what is past due has a bill of today among it, so bucket 0 is one bill.
        state = np.where(portfolio.past_due_minor[due] > 0, (day - portfolio.oldest[due]) // MONTH + 1, 0)
        state = np.where(portfolio.gone[due], 6, state)
        known = last[due] >= 0
        np.add.at(moves, (last[due][known], state[known]), 1)
        last[due] = state
        punctual = due[state == 0]
        full += int(portfolio.in_full(punctual).sum())
        bills += punctual.size
    return moves, full, bills


def _uplift(customers: int, quick: bool) -> list[Claim]:
    """The middle of everything assumed: by chance, in pairs, at fewer contacts, and as exploration told it before."""
    budgets = (1.0,) if quick else (1.0, 0.75, 0.5)
    study = run_study(PortfolioWorld(customers=customers), StudySpec(rules=_rules(), budgets=budgets, keep=True))
    pairs, chance = study.in_pairs[1.0], study.by_chance
    assert chance is not None
    assert study.valuation is not None
    told = (
        f"SIMULATED: {customers:,} customers, middle of all assumptions; {study.tried:,} rows of exploration, {study.contacted:,} contacts among them, "
        "learnt from; then six months, held to the ladder's contacts and agents' calls a customer"
    )
    made = [
        Contacted(*(getattr(one, name) for name in Contacted._fields[:-1]))
        for governor in study.governors
        for one in governor.made
    ]
    broken = breaches(_apart(made, study.governors))
    claims = [
        *_more("collections.uplift", pairs, f"{told}; the same customers under each strategy, in pairs: money not missed by one contact", ">= 30"),
        *_more("collections.uplift.by_chance", chance, f"{told}; customers dealt to arms by chance"),
        *_interval("collections.per_contact", pairs.ours, "minor units", peer="usual ladder", peer_value=pairs.baseline.value,
                   protocol="money not missed (unpaid 30 days after its due date) that one contact brings, against nobody contacted"),
        claim("collections.contacts", pairs.contacts[1], "a customer", peer="usual ladder", peer_value=pairs.contacts[0],
              protocol="contacts made in six months, in pairs"),
        *_interval("collections.off_policy", _effect(study.valuation.uplift), "% of what is due", peer="usual ladder", peer_value=100 * study.valuation.ladder.value,
                   protocol="what the choice of one day adds to the share of what is due that is paid until the next due date, over all customers in arrears, told from exploration alone before anybody was chosen for: doubly robust, other customers than learnt from"),
        claim("collections.study.breaches", sum(broken.values()), "contacts", "== 0",
              protocol=f"{len(made):,} contacts of this run, counted again by somebody else"),
    ]  # fmt: skip
    return [*claims, *_at_fewer(study.in_pairs)]


def _at_fewer(pairs: dict[float, Measured]) -> list[Claim]:
    """What fewer contacts by uplift still recover, and how many recover what the ladder's do."""
    recovered = {
        budget: one.ours.value * one.contacts[1] / (one.baseline.value * one.contacts[0])
        for budget, one in pairs.items()
    }
    made = {budget: one.contacts[1] / one.contacts[0] for budget, one in pairs.items()}
    claims = [
        claim(f"collections.recovered.at_{round(100 * budget)}_percent", 100 * share, "% of the ladder's", peer="usual ladder", peer_value=100,
              protocol=f"money not missed through contacts by uplift, {100 * made[budget]:.0f} % as many as the ladder makes")
        for budget, share in recovered.items()
    ]  # fmt: skip
    budgets = sorted(recovered)
    shares = [recovered[one] for one in budgets]
    if shares[0] < 1 <= shares[-1] and shares == sorted(shares):
        equal = float(np.interp(1.0, shares, [made[one] for one in budgets]))
        claims.append(
            claim("collections.contacts.at_equal_recovery", 100 * equal, "% of the ladder's", peer="usual ladder", peer_value=100,
                  protocol="contacts by uplift that recover as much as the ladder's, between the budgets that were run")
        )  # fmt: skip
    return claims


def _apart(made: list[Contacted], governors: list[Conduct]) -> list[Contacted]:
    """Lives of the same customer in different arms are different people to whoever counts."""
    found, at = [], 0
    for place, governor in enumerate(governors):
        found += [
            one._replace(customer=one.customer + 10_000_000 * place) for one in made[at : at + len(governor.made)]
        ]
        at += len(governor.made)
    return found


def _alike(customers: int) -> list[Claim]:
    study = run_study(PortfolioWorld(customers=customers, alike=True), StudySpec(months=3, rules=_rules(), arms=False))
    gained = study.in_pairs[1.0].gained
    protocol = f"SIMULATED: {customers:,} customers who are all the same, on whom every contact works the same; what a contact by uplift brings beyond one of the ladder"
    return [
        claim("collections.alike.gained", gained.value, "minor units", peer="one contact of the ladder",
              peer_value=study.in_pairs[1.0].baseline.value, protocol=protocol),
        claim("collections.alike.gained.low", gained.low, "minor units", "<= 0", protocol="its 95 % interval holds zero"),
        claim("collections.alike.gained.high", gained.high, "minor units", ">= 0", protocol="its upper end"),
    ]  # fmt: skip


def _swept(customers: int) -> list[Claim]:
    """Each group of assumptions at either end, the others in the middle; then all at once."""
    if not customers:
        return [
            claim("collections.swept", None, "%", protocol="the sweep over what is assumed is left to the full run")
        ]
    worlds: dict[str, Dials] = {}
    for group, names in _GROUPS.items():
        for level in ("low", "high"):
            worlds[f"{group}.{level}"] = dials("middle", **dict.fromkeys(names, level))
    worlds["no_taste"] = dials(taste_spread=0.0, firm_spread=0.0, reach_taste=0.0, hour_gain=0.0)
    worlds |= {"all.low": dials("low"), "all.high": dials("high")}
    assert {name for names in _GROUPS.values() for name in names} | {"exposure_follow", "exposure_adverse"} == set(
        assumptions()
    )
    claims, values = [], []
    for name, one in worlds.items():
        found = run_study(PortfolioWorld(customers=customers, dials=one, seed=11), StudySpec(arms=False)).in_pairs[1.0]
        measurable = found.baseline.low > 0
        told = (
            ""
            if measurable
            else "; the ladder's contacts bring nothing that can be told from zero, so there is no ratio"
        )
        claims.append(
            claim(f"collections.swept.{name}", found.more.value if measurable else None, "%",
                  protocol=f"{found.more.low:.0f} to {found.more.high:.0f} %; a contact brings {found.ours.value:,.0f} ({found.ours.low:,.0f} to "
                  f"{found.ours.high:,.0f}), one of the ladder {found.baseline.value:,.0f} minor units{told}")
        )  # fmt: skip
        if measurable:
            values.append(found.more.value)
    protocol = f"SIMULATED: {len(values)} worlds of {customers:,} customers in which the ladder brings something, in pairs, without conduct rules in between; exposure is not swept, for it says nothing of contacts"
    return [
        claim("collections.swept.least", min(values, default=None), "%", protocol=protocol),
        claim("collections.swept.most", max(values, default=None), "%", protocol="the best of them"),
        *claims,
    ]  # fmt: skip


def _conduct(contacts: int) -> list[Claim]:
    """A strategy that wants far too much, at all hours, until the governor has let so many contacts through."""
    governor, rng = Conduct(_rules(), _START, keep=True), np.random.default_rng(23)
    customers = max(200, contacts // 125)
    hardship = rng.random(customers) < 0.05
    refused: list[Contacted] = []
    day = 0
    while len(governor.made) < contacts:
        minutes = np.sort(rng.integers(0, 24 * 60, (customers, _WANTED)), axis=1).tolist()
        channels, steps = (
            rng.integers(4, size=(customers, _WANTED)).tolist(),
            rng.integers(3, size=(customers, _WANTED)).tolist(),
        )
        reached = (rng.random((customers, _WANTED)) < 0.5).tolist()
        for customer in range(customers):
            gentle = bool(hardship[customer])
            for one in range(_WANTED):
                channel, step = CHANNELS[channels[customer][one]], STEPS[steps[customer][one]]
                now = Micros(governor.instant(day, 0) + minutes[customer][one] * MINUTE)
                if governor.may(customer, channel, step, now, hardship=gentle):
                    governor.note(customer, channel, step, now, reached=reached[customer][one])
                elif len(refused) < _PUT_BACK:
                    refused.append(Contacted(customer, now, channel, step, answered=False, hardship=gentle))
        day += 1
    made = [Contacted(one.customer, one.at, one.channel, one.step, one.answered, one.hardship) for one in governor.made]
    of = [one for one in made if one.at < (refused[-1].at if refused else 0)]
    blocked = ", ".join(f"{name} {count:,}" for name, count in sorted(governor.blocked.items()))
    return [
        claim("collections.conduct.breaches", sum(breaches(made).values()), "contacts", "== 0",
              protocol=f"{len(made):,} contacts let through of {governor.judged:,} wanted at all hours by all channels, six a day and customer; blocked by the first rule: {blocked}; "
              "counted again by arithmetic that shares nothing with the rules"),
        claim("collections.conduct.seen", sum(breaches([*of, *refused]).values()), "contacts",
              protocol=f"what the same count finds when {len(refused):,} of the blocked contacts are put back: it is not blind"),
    ]  # fmt: skip


def _more(name: str, found: Measured, protocol: str, target: str = "") -> list[Claim]:
    more = found.more
    return [
        claim(name, more.value, "% a contact", target, peer="usual ladder", peer_value=0, protocol=protocol),
        claim(f"{name}.low", more.low, "% a contact", protocol="95 % interval, bootstrap over customers"),
        claim(f"{name}.high", more.high, "% a contact", protocol="its upper end"),
    ]


def _interval(name: str, found: Effect, unit: str, *, peer: str, peer_value: float, protocol: str) -> list[Claim]:
    return [
        claim(name, found.value, unit, peer=peer, peer_value=peer_value, protocol=protocol),
        claim(f"{name}.low", found.low, unit, protocol="95 % interval, bootstrap over customers"),
        claim(f"{name}.high", found.high, unit, protocol="its upper end"),
    ]


def _effect(found: object) -> Effect:
    value, low, high = (100 * float(getattr(found, name)) for name in ("value", "low", "high"))
    return Effect(value, low, high)
