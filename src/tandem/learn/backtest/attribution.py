"""Why a decision would differ today: was it rule, model, list, feature definition or data?

**The game.** A decision was taken by a release of then on what was known then; today's candidate decides on the same event
with what is known now. Between the two stand five components, each of which is either that of then or that of now:

- ``rule``: the policy document;
- ``model``: the models it asks;
- ``list``: who of the event's entities is on which list: as recorded, or as the lists stand at the end of the journal;
- ``feature``: the definitions of features, graphs and networks;
- ``data``: events as known then (in the order in which they came), or as known now: each in its last corrected form, late
  ones included, in the order in which they happened; the decided event itself likewise.

What only one of the two sides has (a feature that is new, a model that is gone) is taken from that side whenever somebody
asks for it: it belongs to whoever asks. For a set S of components let w(S) be 1 where the decision with exactly S as of now
and the rest as of then has the outcome of today, else 0; so w(nothing) = 0 and w(all) = 1 for every decision that differs.

**Three accounts of it.** *In order*: the components are swapped one at a time in the order above, and each is given what
w changes at its turn. *Shapley*: the mean of that over all 120 orders, the only division that adds up to 1, treats alike
what acts alike, and gives nothing to what never matters (Shapley, L. S. (1953). A value for n-person games). *Alone*: w
is 1 with this component and no other, and 0 with every other and not this one: a cause that needs no interpretation. A
decision without such a component is counted as ``together``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from math import factorial
from typing import Any, Final

import duckdb
import numpy as np

from tandem.decide.policy.set_based import OUTCOMES
from tandem.kernel.errors import DefinitionError
from tandem.learn.backtest.batches import Flags, HistoryBatch, Ints, RecordedKind
from tandem.learn.backtest.mixtures import Mixer
from tandem.learn.backtest.report import AttributedDecision, Attribution, CauseShare
from tandem.learn.backtest.sides import DecidingSide
from tandem.learn.backtest.sources import Sources

__all__ = ["COMPONENTS", "Attributing", "shapley_of"]

COMPONENTS: Final = ("rule", "model", "list", "feature", "data")
_TOGETHER: Final = "together"
_EXAMPLES: Final = 3
_Set = frozenset[str]


class Attributing:
    """Attributes batch by batch.

    Args:
        side: today's.
    """

    def __init__(
        self,
        sources: Sources,
        side: DecidingSide,
        *,
        connection: duckdb.DuckDBPyConnection,
        going: Callable[[], bool] = lambda: True,
    ) -> None:
        self._mixer = Mixer(sources, side, connection=connection, going=going)
        self._looked_at = self._left_out = self._together = self._differing = 0
        self._shapley = dict.fromkeys(COMPONENTS, 0.0)
        self._in_order = dict.fromkeys(COMPONENTS, 0)
        self._alone = dict.fromkeys(COMPONENTS, 0)
        self._examples: dict[str, list[AttributedDecision]] = {}

    def add(self, batch: HistoryBatch) -> None:
        """Look at every decision of ``batch``."""
        for place, kind in enumerate(batch.recorded):
            rows = np.flatnonzero(batch.kinds == place)
            if len(rows):
                self._add(batch, kind, rows)

    def attribution(self) -> Attribution:
        """What was found."""
        causes = tuple(
            CauseShare(
                component=name,
                shapley=round(self._shapley[name], 6),
                in_order=self._in_order[name],
                alone=self._alone[name],
            )
            for name in COMPONENTS
        )
        return Attribution(
            looked_at=self._looked_at,
            differing=self._differing,
            together=self._together,
            left_out=self._left_out,
            causes=causes,
            examples=tuple(one for name in (*COMPONENTS, _TOGETHER) for one in self._examples.get(name, ())),
        )

    def _add(self, batch: HistoryBatch, kind: RecordedKind, rows: Ints) -> None:
        try:
            mixture = self._mixer.of(batch, kind, rows)
            today = mixture.outcomes(frozenset(COMPONENTS))
        except DefinitionError:
            self._left_out += len(rows)
            return
        then = batch.decided[rows]
        possible = today >= 0
        self._looked_at += int(possible.sum())
        self._left_out += int((~possible).sum())
        places = np.flatnonzero(possible & (today != then))
        if not len(places):
            return
        mixture = mixture.only(places)
        active = mixture.active()
        try:
            worth, whole = _worth(mixture.outcomes, active, today[places])
        except DefinitionError:
            self._looked_at -= len(places)
            self._left_out += len(places)
            return
        self._looked_at -= int((~whole).sum())
        self._left_out += int((~whole).sum())
        self._count(batch, rows[places], today[places], active, worth, whole, mixture.lists_changed)

    def _count(
        self,
        batch: HistoryBatch,
        rows: Ints,
        today: Ints,
        active: tuple[str, ...],
        worth: dict[_Set, Ints],
        whole: Flags,
        lists_changed: Callable[[int], tuple[str, ...]],
    ) -> None:
        values = shapley_of(worth, active)
        none, every = frozenset[str](), frozenset(active)
        causes = np.full(len(rows), _TOGETHER, dtype=object)
        for name in reversed(active):
            alone = (worth[frozenset([name])] == 1) & (worth[every - {name}] == 0)
            causes[alone] = name
            self._alone[name] += int((alone & whole).sum())
        so_far = none
        for name in active:
            step = worth[so_far | {name}].astype(np.int64) - worth[so_far]
            self._in_order[name] += int(step[whole].sum())
            self._shapley[name] += float(values[name][whole].sum())
            so_far |= {name}
        self._differing += int(whole.sum())
        self._together += int(((causes == _TOGETHER) & whole).sum())
        for at in np.flatnonzero(whole).tolist():
            kept = self._examples.setdefault(causes[at], [])
            if len(kept) < _EXAMPLES:
                row = int(rows[at])
                kept.append(
                    AttributedDecision(
                        decision_id=batch.decision_ids[row].as_py(),
                        event_id=batch.event_ids[row].as_py(),
                        then=str(OUTCOMES[batch.decided[row]]),
                        now=str(OUTCOMES[today[at]]),
                        shares={name: round(float(values[name][at]), 6) for name in active if values[name][at]},
                        cause=causes[at],
                        lists=lists_changed(at),
                    )
                )


def shapley_of(worth: dict[_Set, Ints], players: tuple[str, ...]) -> dict[str, np.ndarray[Any, Any]]:
    """The Shapley value of each player, row by row.

    Args:
        worth: of every subset of ``players``.
    """
    count = len(players)
    found = {}
    for name in players:
        others = [one for one in players if one != name]
        total = np.zeros(len(worth[frozenset()]))
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for some in combinations(others, size):
                with_it = worth[frozenset((*some, name))].astype(np.float64)
                total += weight * (with_it - worth[frozenset(some)])
        found[name] = total
    return found


def _worth(outcomes: Callable[[_Set], Ints], active: tuple[str, ...], today: Ints) -> tuple[dict[_Set, Ints], Flags]:
    """W of every subset, and the rows that every mixture can decide."""
    whole = np.ones(len(today), dtype=bool)
    found: dict[_Set, Ints] = {}
    for some in _subsets(active):
        if not some:
            found[some] = np.zeros(len(today), dtype=np.int8)
        elif len(some) == len(active):
            found[some] = np.ones(len(today), dtype=np.int8)
        else:
            decided = outcomes(some)
            whole &= decided >= 0
            found[some] = (decided == today).astype(np.int8)
    return found, whole


def _subsets(names: tuple[str, ...]) -> Iterable[_Set]:
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))
