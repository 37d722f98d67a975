"""What each rule of the candidate is worth: its hits while history goes by, and the same decisions without it.

Taking a rule out can change a decision only where the rule fired, or had no answer and did something about that. So only
these rows are decided again, by the whole policy without the rule: exact, and cheap enough to do for every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from tandem.decide.policy import PolicyResult
from tandem.decide.policy.set_based import SetResult
from tandem.decide.policy.types import ListsStage, RulesStage
from tandem.decide.policy.walking import walk
from tandem.kernel.errors import DefinitionError
from tandem.learn.backtest.batches import Flags, Ints
from tandem.learn.backtest.deciding import Decided
from tandem.learn.backtest.rule_editing import rule_names, without_rule
from tandem.learn.backtest.sides import DecidingSide
from tandem.learn.effect import scored

__all__ = ["HitsSeen", "RuleHits", "fired_rows"]

_MISSING = "?missing"


@dataclass
class HitsSeen:
    """Of one rule: rows of the ledger in which it fired, and what they came to without it.

    ``without``: rows that were decided again, and the outcomes (-1 where a score is lacking). ``why_not``: why it cannot
    be taken out.
    """

    effect: str
    fired: list[Ints] = field(default_factory=list)
    decided_again: list[Ints] = field(default_factory=list)
    without: list[Ints] = field(default_factory=list)
    why_not: str | None = None

    def rows(self) -> Ints:
        """Where it fired."""
        return np.concatenate(self.fired) if self.fired else np.empty(0, dtype=np.int64)


class RuleHits:
    """Collects hits batch by batch.

    Args:
        side: the candidate.
        run: decides a table by a side; the decider's.
    """

    def __init__(self, side: DecidingSide, run: Callable[[DecidingSide, pa.Table], SetResult]) -> None:
        self._side = side
        self._run = run
        self._without: dict[str, DecidingSide | None] = {}
        self._removable = frozenset(rule_names(side.compiled.policy))
        self._effects = _written_effects(side)
        self.seen: dict[str, HitsSeen] = {}

    def add(self, decided: Decided, start: int) -> None:
        """One batch, decided with ``whole``; ``start`` is the ledger's row of its first."""
        for rule, (effect, rows, asked) in self._hits(decided).items():
            seen = self.seen.setdefault(rule, HitsSeen(effect))
            keep = decided.possible[rows]
            if keep.any():
                seen.fired.append(rows[keep] + start)
            self._again(rule, seen, decided, asked[decided.possible[asked]], start)

    def _hits(self, decided: Decided) -> dict[str, tuple[str, Ints, Ints]]:
        """Rule to its effect, the rows in which it fired, and those in which it did anything at all."""
        fired: dict[str, list[Ints]] = {}
        asked: dict[str, list[Ints]] = {}
        effects: dict[str, str] = {}
        for text, rank, rows in _fired(decided.result, self._side, self._effects):
            rule = text.removesuffix(_MISSING)
            asked.setdefault(rule, []).append(rows)
            if text == rule:
                fired.setdefault(rule, []).append(rows)
                effects[rule] = rank
        none = np.empty(0, dtype=np.int64)
        return {
            rule: (effects.get(rule, ""), np.concatenate(fired.get(rule, [none])), np.unique(np.concatenate(rows)))
            for rule, rows in asked.items()
        }

    def _again(self, rule: str, seen: HitsSeen, decided: Decided, rows: Ints, start: int) -> None:
        if not len(rows) or seen.why_not is not None:
            return
        side = self._taken_out(rule, seen)
        if side is None:
            return
        table = decided.table.take(pa.array(rows))
        result = self._run(side, table)
        lacking = {side.policy.models[stage]: mask for stage, mask in result.unscored.items() if mask.any()}
        lacking = {name: mask & decided.scorable[name][rows] for name, mask in lacking.items()}
        if any(mask.any() for mask in lacking.values()):
            result = self._run(side, _scored_too(side, table, lacking))
        seen.decided_again.append(rows + start)
        seen.without.append(result.outcome)

    def _taken_out(self, rule: str, seen: HitsSeen) -> DecidingSide | None:
        if rule not in self._without:
            found = None
            if rule not in self._removable:
                seen.why_not = "not_a_rule"
            else:
                try:
                    found = without_rule(self._side, rule)
                except DefinitionError as error:
                    seen.why_not = error.code
            self._without[rule] = found
        return self._without[rule]


def _scored_too(side: DecidingSide, table: pa.Table, lacking: dict[str, Flags]) -> pa.Table:
    """The table with scores for rows that need them only now."""
    for name, mask in lacking.items():
        model = side.models[name][0]
        rows = np.flatnonzero(mask)
        found = scored(model, name, table.select(list(model.inputs)).take(pa.array(rows)), side.policy.plan.facts)
        for column, values in found.items():
            mixed = table[column].to_numpy().copy()
            mixed[rows] = values.to_numpy(zero_copy_only=False)
            at = table.column_names.index(column)
            table = table.set_column(at, column, pa.array(mixed, from_pandas=True))
    return table


def fired_rows(result: SetResult, side: DecidingSide) -> dict[str, Ints]:
    """Rows in which each rule fired, of a result decided with ``whole``."""
    found: dict[str, list[Ints]] = {}
    for text, _, rows in _fired(result, side, {}):
        found.setdefault(text, []).append(rows)
    return {text: np.concatenate(rows) for text, rows in found.items()}


def _written_effects(side: DecidingSide) -> dict[str, str]:
    """``stage.rule`` to the outcome that each rule and list check puts on the scales."""
    found = {}
    for _, stage in walk(side.compiled.policy):
        if isinstance(stage, RulesStage):
            found.update({f"{stage.name}.{one.rule}": str(one.effect.then or "") for one in stage.rules})
        elif isinstance(stage, ListsStage):
            found.update({f"{stage.name}.{one.list}_{one.of}": str(one.effect.then or "") for one in stage.checks})
    return found


def _fired(result: SetResult, side: DecidingSide, written: dict[str, str]) -> Iterable[tuple[str, str, Ints]]:
    """(text of what fired, its outcome, rows)."""
    names = written | {hit.fired: _outcome(side, hit.rank) for hit in result.possible_hits}
    columns = result.columns
    if "fired" in columns.column_names:
        lists = columns["fired"].combine_chunks()
        offsets = lists.offsets.to_numpy()
        rows = np.repeat(np.arange(len(lists)), np.diff(offsets))
        places = lists.values.to_numpy(zero_copy_only=False)[offsets[0] : offsets[-1]]
        single = np.fromiter(result.single, dtype=np.int64, count=len(result.single))
        keep = ~np.isin(rows, single)
        rows, places = rows[keep], places[keep]
        order = np.argsort(places, kind="stable")
        rows, places = rows[order], places[order]
        starts = np.searchsorted(places, np.arange(len(result.possible_hits) + 1))
        for at, hit in enumerate(result.possible_hits):
            if starts[at] < starts[at + 1]:
                yield hit.fired, names[hit.fired], rows[starts[at] : starts[at + 1]]
    yield from _fired_singly(result.single, names)


def _fired_singly(single: dict[int, PolicyResult], names: dict[str, str]) -> Iterable[tuple[str, str, Ints]]:
    found: dict[str, list[int]] = {}
    for row, one in single.items():
        for text in one.fired:
            found.setdefault(text, []).append(row)
    for text, rows in found.items():
        yield text, names.get(text, ""), np.array(rows, dtype=np.int64)


def _outcome(side: DecidingSide, rank: int) -> str:
    precedence: Any = side.policy.plan.policy.precedence
    return str(precedence[rank]) if rank < len(precedence) else ""
