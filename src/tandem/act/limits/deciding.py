"""What the newest decision by a strategy's policy said of an owner, and looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tandem.act.limits.types import LimitStrategy, RiskOf
from tandem.decide.decisions import DecisionProcess, Trail, WantedDecisions, personal_of
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, Micros
from tandem.kernel.values import Value

__all__ = ["Decided", "decided_of"]


class Decided(NamedTuple):
    """What is known of an owner by decisions; nothing where none is new enough, or they were erased."""

    risk: float | None
    facts: Mapping[str, Value]


def decided_of(
    process: DecisionProcess, strategy: LimitStrategy, owners: Sequence[Pseudonym], now: Micros
) -> dict[Pseudonym, Decided]:
    """For each of ``owners`` what the newest decision about them by the strategy's policy says."""
    unknown = dict.fromkeys(strategy.facts)
    nothing = Decided(None, unknown)
    wanted = strategy.risk
    if wanted is None:
        return dict.fromkeys(owners, nothing)
    newest = process.archive.newest_about(set(owners))
    return {one: _read(process, strategy, wanted, one, newest.get(one), now) or nothing for one in owners}


def _read(
    process: DecisionProcess,
    strategy: LimitStrategy,
    wanted: RiskOf,
    owner: Pseudonym,
    newest: tuple[Trail, Micros] | None,
    now: Micros,
) -> Decided | None:
    if newest is None:
        return None
    since = Micros(now - wanted.days * DAY)
    trail, at = newest
    if trail.policy == wanted.policy:
        if at < since:
            return None
        seq, score = trail.event_seq + 1, trail.scores.get(wanted.score)
        risk = None if score is None else score.probability
    else:  # another policy decided about them since
        page = process.archive.page(limit=1, wanted=WantedDecisions(policy=wanted.policy, subject=owner, since=since))
        if not page.items:
            return None
        seq = page.items[0]["seq"]
        found = page.items[0]["trail"]["scores"].get(wanted.score)
        risk = None if found is None else found["probability"]
    if not strategy.facts:
        return Decided(risk, {})
    (record,) = process.journal.at([seq])
    used = personal_of(record, process.journal)
    inputs = {} if used is None else used.inputs
    return Decided(risk, {name: inputs.get(name) for name in strategy.facts})
