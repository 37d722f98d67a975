"""A question made ready: both sides assembled and checked, the history found, everything that is read known by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import duckdb

from tandem.decide.policy import CompiledPolicy
from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import EventTypeName
from tandem.learn.backtest.asked import BacktestAsked, checked_asked
from tandem.learn.backtest.batches import History, HistoryBatch
from tandem.learn.backtest.deciding import Decided, Decider, Why
from tandem.learn.backtest.feature_history import FeatureHistory, events_for
from tandem.learn.backtest.journal_history import JournalHistory
from tandem.learn.backtest.lake_history import LakeHistory
from tandem.learn.backtest.lists_then import ListsThen
from tandem.learn.backtest.rule_editing import with_number
from tandem.learn.backtest.sides import DecidingSide, side_of, with_models
from tandem.learn.backtest.sources import Sources
from tandem.learn.backtest.sweeping import Sweep
from tandem.learn.labels import OutcomeDefinition, outcome_for

__all__ = ["Prepared", "Weighing", "checked_question", "prepare"]


@dataclass
class Weighing:
    """One side while history goes by: what it decided with, and what it could not decide."""

    side: DecidingSide
    decider: Decider
    why: Counter[Why] = field(default_factory=Counter)
    computed: Counter[str] = field(default_factory=Counter)

    def decide(self, batch: HistoryBatch, *, whole: bool) -> Decided:
        """The batch by this side."""
        decided = self.decider.decide(batch, whole=whole)
        self.why.update(decided.why)
        self.computed.update(decided.computed)
        return decided


@dataclass
class Prepared:
    """A question that holds together.

    Attributes:
        against: None where it is what was answered then.
        score, inferred: models of the candidate, by name.
    """

    sources: Sources
    asked: BacktestAsked
    going: Callable[[], bool]
    connection: duckdb.DuckDBPyConnection
    definition: OutcomeDefinition | None
    candidate: Weighing
    against: Weighing | None
    history: History
    score: str | None
    inferred: str | None

    @property
    def amount(self) -> str | None:
        """The field that says what is at stake."""
        return None if self.definition is None else self.definition.amount

    def columns(self, also: frozenset[str] = frozenset()) -> dict[str, Column]:
        """Every fact that anybody reads, with its type.

        Raises:
            InvalidInput: a segment that nobody records.
        """
        side, event_type = self.candidate.side, self.asked.event_type
        known = dict(side.context().columns)
        fields = side.live.reader.event_types[EventTypeName(event_type)].fields
        names = [*side.reads, *(one.name for one in fields if one.entity is not None), *sorted(also)]
        names += [*self.asked.segments, "occurred_at", "received_at"]
        names += [] if self.amount is None else [self.amount]
        if self.against is not None:
            known = {**self.against.side.context().columns, **known}
            names += self.against.side.reads
        if self.asked.attribute:
            names += [one.name for one in fields]
            for digest in self.history.releases():
                known = {**self.sources.release(digest).context_for(event_type).columns, **known}
            names += [name for policy in self._policies_then() for name in policy.plan.columns]
        for name in self.asked.segments:
            if name not in known:
                raise InvalidInput(
                    "Nothing of that name is recorded.", code="unknown_field", field="segments", value=name,
                    hint=near_match(name, known),
                )  # fmt: skip
        return {name: known[name] for name in dict.fromkeys(names) if name in known}

    def lists(self) -> tuple[str, ...]:
        """Every list that anybody asks."""
        names = list(self.candidate.side.policy.plan.lists)
        names += [] if self.against is None else self.against.side.policy.plan.lists
        if self.asked.attribute:
            names += [name for policy in self._policies_then() for name in policy.plan.lists]
        return tuple(dict.fromkeys(names))

    def sweeps(self) -> list[Sweep]:
        """The candidate with each number that is to be tried.

        Raises:
            DefinitionError, InvalidInput, NotFound: there is no such number in no such rule.
        """
        sweep = self.asked.sweep
        found = []
        for value in () if sweep is None else sweep.values:
            assert sweep is not None, "values come from one"
            side, when = with_number(self.candidate.side, sweep.rule, sweep.number, value)
            found.append(Sweep(side, sweep.rule, value, when))
        return found

    def _policies_then(self) -> Iterator[CompiledPolicy]:
        for digest in self.history.releases():
            for policy in self.sources.release(digest).policies.values():
                if policy.policy.event == self.asked.event_type:
                    yield policy


def prepare(sources: Sources, asked: BacktestAsked, *, going: Callable[[], bool] = lambda: True) -> Prepared:
    """``asked`` made ready.

    Raises:
        DefinitionError, InvalidInput, NotFound: what does not hold together, and why.
    """
    checked_asked(asked)
    types = {str(one) for one in sources.live.reader.event_types}
    if asked.event_type not in types:
        raise InvalidInput(
            "There is no such event type.", code="unknown_event_type", field="event_type", value=asked.event_type,
            hint=near_match(asked.event_type, types),
        )  # fmt: skip
    candidate = side_of(asked.candidate, asked.event_type, sources)
    assert candidate is not None, "checked: a candidate decides"
    score = _score_of(asked, candidate)
    inferred = asked.inferred or score
    scored = tuple(dict.fromkeys(one for one in (score, inferred) if one is not None))
    candidate = with_models(candidate, scored, sources)
    against = side_of(asked.against, asked.event_type, sources)
    connection = duckdb.connect(config={"threads": 2})
    return Prepared(
        sources=sources,
        asked=asked,
        going=going,
        connection=connection,
        definition=outcome_for(sources.live, asked.event_type),
        candidate=_weighing(sources, candidate, scored, connection, going),
        against=None if against is None else _weighing(sources, against, (), connection, going),
        history=_history(sources, asked, going),
        score=score,
        inferred=inferred,
    )


def checked_question(sources: Sources, asked: BacktestAsked) -> BacktestAsked:
    """``asked``, once everything that it names is there and holds together; no decision is looked at yet.

    Raises:
        DefinitionError, InvalidInput, NotFound: what does not, and why.
    """
    prepared = prepare(sources, asked)
    try:
        prepared.columns()
        prepared.sweeps()
    finally:
        prepared.connection.close()
    return asked


def _weighing(
    sources: Sources,
    side: DecidingSide,
    scored: tuple[str, ...],
    connection: duckdb.DuckDBPyConnection,
    going: Callable[[], bool],
) -> Weighing:
    event_type = side.compiled.policy.event
    lists = {**sources.live.lists, **side.live.lists}
    changes = sources.journal.read(1, sources.last, kinds=["list"])
    decider = Decider(
        side,
        sources.release,
        ListsThen(lists.values(), changes),
        FeatureHistory(side.live.known, event_type, lambda known: events_for(sources, known, event_type)),
        connection=connection,
        always_scored=scored,
        going=going,
    )
    return Weighing(side, decider)


def _history(sources: Sources, asked: BacktestAsked, going: Callable[[], bool]) -> History:
    since, until = asked.stretch()
    if sources.lake is not None:
        return LakeHistory(sources, sources.lake, asked.event_type, since, until, going=going)
    return JournalHistory(sources, asked.event_type, since, until, going=going)


def _score_of(asked: BacktestAsked, side: DecidingSide) -> str | None:
    """The model that orders decisions: the one asked for, or the only one the policy has."""
    if asked.score is None:
        return next(iter(side.models)) if len(side.models) == 1 else None
    return asked.score
