"""Experiments: what looking all the time costs, how soon a guard rail ends one, and whom an assignment moves. Everything is simulated."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.claims import Claim, claim, percentile_us
from benchmarks.experiment_studies import ALPHA, Draw, Study, simulate
from tandem.decide.decisions import DecisionProcess, Trail, decode_body, open_process
from tandem.decide.experiments import Assigner, ClusterUnits, Experiment, PrimaryMetric, parse_experiment
from tandem.kernel.artefacts import Artefact, Withdrawn, decode_change
from tandem.kernel.identity import Pseudonym
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock
from tandem.learn.experiments import ExperimentDesk, ExperimentWatch, exact_evidence_above, plan_of

_EXPECTED, _DETECT = 0.30, 0.03
_LIMIT, _MINIMUM, _GUARD_ALPHA = 0.05, 200, 0.01
_SETTLE_S = 2.0
_PER_S = 1_000
"""Decisions a second once the challenger declines: what a server takes over HTTP, and not all that one thread can."""
_SHARES = (1, 2, 5, 10, 25, 50, 90, 100)


def run(quick: bool) -> list[Claim]:
    runs = 2_000 if quick else 10_000
    units = 50_000 if quick else 1_000_000
    befores = (500, 4_000) if quick else (1_000, 10_000, 50_000)
    return [
        *_peeking(runs, 2_000 if quick else 10_000),
        *_finding(500 if quick else 4_000),
        *_guard_rail(befores),
        *_assigning(units),
    ]


# -- looking all the time ----------------------------------------------------------------------------------------------


def _coin(probability: float) -> Draw:
    return lambda random, shape: random.random(shape) < probability


def _loss(random: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    return np.where(random.random(shape) < 0.1, random.lognormal(8, 1, shape), 0.0)


def _peeking(runs: int, decisions: int) -> list[Claim]:
    studies = {
        "share_30": (Study(_coin(0.3), _coin(0.3), 0.0, 0.03, share=True), "a share of 30 %"),
        "share_6": (Study(_coin(0.06), _coin(0.06), 0.0, 0.02, share=True), "a share of 6 %"),
        "money": (Study(_loss, _loss, 0.0, 100.0, share=False), "money with a long tail, none in nine of ten"),
    }
    claims = []
    for number, (name, (study, words)) in enumerate(studies.items()):
        found = simulate(study, runs, decisions, seed=11 + number)
        protocol = (
            f"SIMULATED: {runs:,} A/A experiments of {decisions:,} decisions, {words}, both arms alike; looked at after every single"
            f" decision; the share in which a difference was ever claimed, alpha {ALPHA:g}"
        )
        claims.append(
            claim(f"experiment.peeking.{name}", found.claimed, "of runs", f"<= {ALPHA:g}", peer="z-test after every decision",
                  peer_value=found.claimed_z, protocol=protocol)
        )  # fmt: skip
    return claims


def _finding(runs: int) -> list[Claim]:
    metric = PrimaryMetric(measure="approval_rate", better="higher", detect=_DETECT, expected=_EXPECTED)
    plan = plan_of(_experiment(50, metric))
    study = Study(_coin(_EXPECTED), _coin(_EXPECTED + _DETECT), _DETECT, _DETECT, share=True)
    found = simulate(study, runs, 2 * plan.sequential, seed=23)
    fixed = simulate(study, runs, plan.minimum_all, seed=29)
    what = f"SIMULATED: {runs:,} experiments, {_EXPECTED:.0%} against {_EXPECTED + _DETECT:.0%}, alpha {ALPHA:g}"
    looked = f"{what}; looked at after each of {2 * plan.sequential:,} decisions, as many as planned for looking all the time"
    return [
        claim("experiment.coverage", 1 - found.missed, "of runs", f">= {1 - ALPHA:g}", peer="z-interval after every decision",
              peer_value=1 - found.missed_z, protocol=f"{looked}; the share in which the truth was inside at every look"),
        claim("experiment.power", found.claimed, "of runs", f">= {metric.power:g}", peer=f"z-test once, after {plan.minimum_all:,} decisions",
              peer_value=fixed.at_end_z, protocol=f"{looked}; the share in which a difference was claimed, power {metric.power:g} asked for"),
        claim("experiment.decisions", found.first, "decisions", peer="fixed horizon", peer_value=float(plan.minimum_all),
              protocol=f"{looked}; mean number until a difference was claimed, of runs in which it was"),
    ]  # fmt: skip


# -- guard rails -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ended:
    """One experiment that a guard ended: seconds until the last decision of the challenger, decisions of it since, halves."""

    took_s: float
    since: int
    halves: int
    decisions: int


def _guard_rail(befores: tuple[int, ...]) -> list[Claim]:
    ended = [_ended(before) for before in befores]
    decisions = sum(one.decisions for one in ended)
    protocol = (
        f"SIMULATED payments, {_PER_S:,} a second in one process, no HTTP; {', '.join(f'{one:,}' for one in befores)} of them"
        f" before the challenger begins to decline; guard: decline rate of at most {_LIMIT:.0%}, beyond chance at {_GUARD_ALPHA:g}"
    )
    return [
        claim("experiment.guard.time", max(one.took_s for one in ended), "s", "<= 1",
              protocol=f"wall time from the decision that breaks the guard to the last one by the challenger, slowest of {len(ended)}; {protocol}"),
        claim("experiment.guard.since", max(one.since for one in ended), "decisions", protocol=f"by the challenger in that time, most of {len(ended)}"),
        claim("experiment.guard.half", sum(one.halves for one in ended), "decisions", "== 0",
              protocol=f"of {decisions:,}: arm and policy do not go together, or it comes out otherwise when it is taken again"),
    ]  # fmt: skip


def _ended(before: int) -> _Ended:
    with tempfile.TemporaryDirectory() as folder:
        process = open_process(Settings(home=Path(folder)), "bench")
        try:
            artefacts = _workspace()
            process.push(artefacts, author="bench")
            process.review([one.digest for one in artefacts], approver="bench-reviewer")
            process.release({one.key: one.digest for one in artefacts}, by="bench-reviewer")
            watch = ExperimentWatch(process, ExperimentDesk(process, clock=SystemClock()), clock=SystemClock())
            with watch.running():
                _decide_until_it_ends(process, before)
            return _read(process)
        finally:
            process.close()


def _decide_until_it_ends(process: DecisionProcess, before: int) -> None:
    """Small payments, then large ones too, until the experiment has ended, and some more."""
    for number in range(before):
        process.decide(_payment(number, 900), on_answer=lambda _: None, more_follows=number % 16 > 0)
        if number % 256 == 0:
            process.journal.drain()  # as many in flight as a server lets in
    process.journal.drain()
    time.sleep(_SETTLE_S)
    until, sent, started = None, before, time.monotonic()
    while until is None or time.monotonic() < until:
        if time.monotonic() - started > 60:
            raise RuntimeError("the guard never ended the experiment")
        process.decide(_payment(sent, 900 if sent % 3 else 9_000), on_answer=lambda _: None)
        sent += 1
        time.sleep(max(0.0, started + (sent - before) / _PER_S - time.monotonic()))
        if until is None and process.live is not None and not process.live.arms.running:
            until = time.monotonic() + 0.3
    process.wake()
    process.journal.drain()


def _read(process: DecisionProcess) -> _Ended:
    broken_at = last = None
    hits = count = since = halves = decisions = 0
    withdrawn = False
    for record in process.journal.read(kinds=["decision", "artefact"]):
        if record.kind == "artefact":
            withdrawn = withdrawn or isinstance(decode_change(record.clear), Withdrawn)
            continue
        trail = decode_body(record.clear).trail
        decisions += 1
        challenged = _is_challenged(trail)
        halves += challenged is None or (withdrawn and challenged) or not process.archive.replay(trail.decision_id).same
        if not challenged:
            continue
        last = record.recorded_at
        since += broken_at is not None
        count, hits = count + 1, hits + (trail.outcome == "decline")
        beyond = count >= _MINIMUM and hits / count > _LIMIT
        if broken_at is None and beyond and exact_evidence_above(hits, count, _LIMIT) >= 1 / _GUARD_ALPHA:
            broken_at = record.recorded_at
    if broken_at is None or last is None:
        raise RuntimeError("no decision broke the guard")
    return _Ended((last - broken_at) / 1e6, since, halves, decisions)


def _is_challenged(trail: Trail) -> bool | None:
    """Whether the challenger decided; None where arm and policy do not go together."""
    arm = trail.arms[0].arm if trail.arms else "champion"
    return arm == "challenger" if (arm == "challenger") == (trail.policy == "stricter") else None


def _workspace() -> list[Artefact]:
    fields = [
        {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
        {"name": "amount_minor", "type": "integer", "required": True, "data_class": "C2", "minimum": 0},
    ]
    words = {"en": "A reason.", "zh-CN": "原因。"}
    codes = ("LARGE", "INFORMATION_MISSING")
    return [
        Artefact.of("event_type", "payment", {"subject": "person", "fields": fields}),
        Artefact.of("reasons", "words", {"reasons": {one: {"customer": words, "internal": words} for one in codes}}),
        _policy("payment", 100_000),
        _policy("stricter", 5_000),
        Artefact.of("experiment", "stricter_payments", _document(50)),
    ]


def _policy(name: str, limit: int) -> Artefact:
    rule = {"rule": "large", "when": f"amount_minor > {limit}", "then": "decline", "reason": "LARGE"}
    flow = [{"rules": "amounts", "all": [rule]}, {"decide": "end", "then": "approve"}]
    return Artefact.of("policy", name, {"event": "payment", "when_missing": "review", "flow": flow})


def _payment(number: int, amount_minor: int) -> dict[str, Any]:
    return {
        "event_id": f"bench-{number}",
        "event_type": "payment",
        "occurred_at": "2026-01-01T00:00:00Z",
        "values": {"person": f"person-{number}", "amount_minor": amount_minor},
    }


def _document(share: float) -> dict[str, Any]:
    return {
        "on": "payment",
        "mode": "champion_challenger",
        "unit": "person",
        "arms": [{"arm": "champion", "share": 100 - share}, {"arm": "challenger", "share": share, "policy": "stricter"}],
        "metric": {"measure": "approval_rate", "better": "higher", "detect": _DETECT, "expected": _EXPECTED},
        "guards": [
            {"guard": "declines", "measure": "decline_rate", "limit": _LIMIT, "minimum": _MINIMUM, "alpha": _GUARD_ALPHA}
        ],
    }  # fmt: skip


def _experiment(share: float, metric: PrimaryMetric | None = None) -> Experiment:
    found = parse_experiment({"name": "stricter_payments", **_document(share)})
    if metric is None:
        return found
    return msgspec.structs.replace(found, metric=metric)


# -- assignment --------------------------------------------------------------------------------------------------------


def _units(count: int) -> Iterator[Pseudonym]:
    random = np.random.default_rng(5)
    return (Pseudonym(random.bytes(16).hex()) for _ in range(count))


def _assigning(count: int) -> list[Claim]:
    units = list(_units(count))
    left = 0
    before: set[Pseudonym] = set()
    for share in _SHARES:
        assigner = Assigner(_experiment(share))
        now = {unit for unit in units if assigner.arm_of(unit) == "challenger"}
        left += len(before - now)
        before = now
    assigner, clusters = Assigner(_experiment(50)), ClusterUnits()
    component = units[:30]
    for number, member in enumerate(component):
        clusters.take("stricter_payments", member, component[0], number)
    person = percentile_us(partial(_assign, assigner, units), 20_000, 50, 99)
    cluster = percentile_us(
        lambda _: assigner.arm_of(clusters.unit_of("stricter_payments", component)[0]), 20_000, 50, 99
    )
    repeated = sum(assigner.arm_of(unit) != Assigner(_experiment(50)).arm_of(unit) for unit in units[:1_000])
    return [
        claim("experiment.assigning.left", left, "units", "== 0",
              protocol=f"of {count:,} units, those that left the challenger while its share grew over {', '.join(map(str, _SHARES))} %"),
        claim("experiment.assigning.moved", repeated, "units", "== 0", protocol="of 1,000 units, those in another arm when asked anew"),
        claim("experiment.assigning.person.p50", person[0], "us", protocol="the arm of one unit, as each decision asks for it; p99"
              f" {person[1]:.2f} us"),
        claim("experiment.assigning.cluster.p50", cluster[0], "us", protocol="the arm of a component of 30 that was assigned before; its"
              f" walk through the graph not included; p99 {cluster[1]:.2f} us"),
    ]  # fmt: skip


def _assign(assigner: Assigner, units: list[Pseudonym], number: int) -> str:
    return assigner.arm_of(units[number % len(units)])
