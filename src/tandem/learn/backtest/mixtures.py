"""Decisions by a mixture of then and now: some components of a release as they were, the others as they are today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.decisions import KnownPlan, LiveRelease
from tandem.decide.decisions.records import decode_list_change
from tandem.decide.lists import ListDefinition, Lists
from tandem.decide.models import Model
from tandem.decide.policy import compile_policy
from tandem.decide.policy.set_based import SetPolicy, list_column
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, EventTypeName
from tandem.kernel.time import Micros
from tandem.learn.backtest.batches import Flags, HistoryBatch, Ints, RecordedKind
from tandem.learn.backtest.feature_history import FeatureHistory, as_known_now, events_for
from tandem.learn.backtest.lists_then import ListsThen, with_members
from tandem.learn.backtest.sides import DecidingSide, definition_of
from tandem.learn.backtest.sources import Sources
from tandem.learn.effect import Stopped, facts_read, scored
from tandem.observe.journal import Record

__all__ = ["Mixer", "Mixture"]

_Set = frozenset[str]
_NONE: _Set = frozenset()
_BOTH: _Set = frozenset({"feature", "data"})


class Mixer:
    """Prepares mixtures of one side of today with the releases of then.

    Args:
        side: today's.
    """

    def __init__(
        self, sources: Sources, side: DecidingSide, *, connection: duckdb.DuckDBPyConnection, going: Callable[[], bool]
    ) -> None:
        self.sources = sources
        self.side = side
        self.connection = connection
        self.going = going
        self.event_type = side.compiled.policy.event
        fields = side.live.reader.event_types[EventTypeName(self.event_type)].fields
        self.fields = tuple(one.name for one in fields)
        self.entities = tuple(one.name for one in fields if one.entity is not None)
        self.definitions: dict[str, dict[str, Digest | None]] = {}
        self._histories: dict[tuple[str, bool], _Values] = {}
        self._policies: dict[tuple[str, str, _Set], SetPolicy] = {}

    def of(self, batch: HistoryBatch, kind: RecordedKind, rows: Ints) -> Mixture:
        """The mixtures for some rows of a batch, all taken by one policy of one release."""
        then = self.sources.release(Digest(kind.release))
        table = batch.table.take(pa.array(rows))
        return Mixture(self, then, kind, table, batch.event_seqs[rows], batch.occurred_at[rows])

    @cached_property
    def list_changes(self) -> tuple[Record, ...]:
        """Every change of a list there is."""
        return tuple(self.sources.journal.read(1, self.sources.last, kinds=["list"]))

    def definitions_of_lists(self, then: LiveRelease) -> tuple[ListDefinition, ...]:
        """Of both sides."""
        return tuple({**then.lists, **self.side.live.lists}.values())

    def definition(self, live: LiveRelease, key: str, name: str) -> Digest | None:
        """The digest of the definition behind a feature of a release, which ``key`` names."""
        return definition_of(live, self.definitions.setdefault(key, {}), name)

    def values(self, live: LiveRelease, key: str, *, now: bool) -> _Values:
        """Features by the definitions of a release, as known then or as known now; computed once."""
        if (key, now) not in self._histories:
            self._histories[key, now] = _Values(self.sources, live, self.event_type, now=now)
        return self._histories[key, now]

    @cached_property
    def lists_now(self) -> tuple[Lists, Micros]:
        """The lists as they stand at the end of the journal, and when that is."""
        lists = Lists(self.side.live.lists.values())
        for record in self.list_changes:
            try:
                lists.apply(decode_list_change(record.clear))
            except NotFound:
                continue  # a list that the release of today does not have
        return lists, self.sources.known_at

    def policy(self, then: LiveRelease, kind: RecordedKind, some: _Set) -> SetPolicy:
        """The policy of a mixture, compiled among the names that both sides know.

        Raises:
            DefinitionError: it does not hold together in that company.
        """
        key = (kind.release, kind.policy, some & {"rule", "model", "feature"})
        if key not in self._policies:
            own = (self.side.compiled if "rule" in some else then.policies[kind.policy]).policy
            now, former = self.side.live.context_for(self.event_type), then.context_for(self.event_type)
            columns = (former.columns, now.columns) if "feature" in some else (now.columns, former.columns)
            models = (former.models, now.models) if "model" in some else (now.models, former.models)
            context = msgspec.structs.replace(
                now,
                columns={**columns[0], **columns[1]},
                lists=tuple(dict.fromkeys((*now.lists, *former.lists))),
                models={**models[0], **models[1]},
                reasons=frozenset({*now.reasons, *former.reasons}),
                connectors={**former.connectors, **now.connectors},
            )
            # Examples tell what a policy comes to in its own release; in a mixture they need not hold.
            own = msgspec.structs.replace(own, examples=())
            self._policies[key] = SetPolicy(compile_policy(own, context, self.models(then, some)))
        return self._policies[key]

    def models(self, then: LiveRelease, some: _Set) -> dict[str, Model]:
        """The models of a mixture, by name."""
        now = self.side.live
        return {**then.models, **now.models} if "model" in some else {**now.models, **then.models}


class _Values:
    """Features, and with ``now`` also the fields of the decided event, by the journal place of the event."""

    def __init__(self, sources: Sources, live: LiveRelease, event_type: str, *, now: bool) -> None:
        self._sources = sources
        self._live = live
        self._event_type = event_type
        self._now = now
        self._places: dict[int, int] = {}
        self._events: pa.Table | None = None
        self._features = FeatureHistory(live.known, event_type, self._read)

    def feature(self, name: str, event_seqs: Ints) -> tuple[pa.Array, Flags]:
        """One feature, and for which rows it is known."""
        self._features.prepare([name])
        return self._features.column(name, self._at(event_seqs))

    def field(self, name: str, event_seqs: Ints) -> tuple[pa.Array, Flags]:
        """One field of the decided event, as it was last corrected; only of what is known now."""
        events = self._known_now()
        seqs = events["seq"].to_numpy()
        wanted = self._at(event_seqs)
        if name not in events.column_names or not len(seqs):
            return pa.nulls(len(wanted)), np.zeros(len(wanted), dtype=bool)
        places = np.minimum(np.searchsorted(seqs, wanted), len(seqs) - 1)
        return events[name].combine_chunks().take(pa.array(places)), seqs[places] == wanted

    def _read(self, known: KnownPlan) -> pa.Table:
        return self._known_now() if self._now else events_for(self._sources, known, self._event_type)

    def _known_now(self) -> pa.Table:
        # Of every type that the release reads, and once: the places of one reading are not those of another.
        if self._events is None:
            events = events_for(self._sources, self._live.known, self._event_type)
            self._events, self._places = as_known_now(events)
        return self._events

    def _at(self, event_seqs: Ints) -> Ints:
        if not self._now:
            return event_seqs
        self._known_now()
        return np.array([self._places.get(int(one), -1) for one in event_seqs], dtype=np.int64)


class Mixture:
    """Some decisions of one policy and release, to be taken with any components as of now.

    Args:
        table: facts and lists as they were recorded.
    """

    def __init__(
        self, mixer: Mixer, then: LiveRelease, kind: RecordedKind, table: pa.Table, event_seqs: Ints, occurred_at: Ints
    ) -> None:
        self._mixer = mixer
        self._then = then
        self._kind = kind
        self._table = table
        self._event_seqs = event_seqs
        self._occurred_at = occurred_at
        self._facts: dict[_Set, tuple[pa.Table, dict[str, Flags]]] = {}
        self._members: dict[bool, dict[str, pa.ChunkedArray]] = {}

    def only(self, places: Ints) -> Mixture:
        """The same for some of the rows."""
        table = self._table.take(pa.array(places))
        return Mixture(self._mixer, self._then, self._kind, table, self._event_seqs[places], self._occurred_at[places])

    def active(self) -> tuple[str, ...]:
        """The components that are not the same then and now, in their order."""
        now, then = self._mixer.side, self._then
        differs = {
            "rule": now.compiled.policy != then.policies[self._kind.policy].policy,
            "model": any(_digest(now.live, name) != _digest(then, name) for name in self._models_named()),
            "list": any(
                self._listed(now=False)[name].to_pylist() != self._listed(now=True)[name].to_pylist()
                for name in self._listed(now=False)
            ),
            "feature": self._differ(frozenset({"feature"}), _NONE) or self._differ(_BOTH, frozenset({"data"})),
            "data": self._differ(frozenset({"data"}), _NONE) or self._differ(_BOTH, frozenset({"feature"})),
        }
        return tuple(name for name, one in differs.items() if one)

    def outcomes(self, some: _Set) -> Ints:
        """What the mixture decides, row by row; -1 where it cannot.

        Raises:
            DefinitionError: the mixture does not hold together.
            Stopped: no longer wanted.
        """
        if not self._mixer.going():
            raise Stopped
        policy = self._mixer.policy(self._then, self._kind, some)
        table, there = self._facts_of(some & _BOTH)
        for name, values in self._listed(now="list" in some).items():
            column = list_column(name)
            at = table.column_names.index(column) if column in table.column_names else None
            table = table.append_column(column, values) if at is None else table.set_column(at, column, values)
        possible = np.ones(len(table), dtype=bool)
        for name in facts_read(policy):
            possible &= there.get(name, True)
        models = self._mixer.models(self._then, some)
        for name in sorted(set(policy.models.values())):
            table = _scored(table, models[name], name, policy, there)
        try:
            outcome = policy.decide(table, connection=self._mixer.connection, going=self._mixer.going).outcome
        except duckdb.InterruptException:
            raise Stopped from None
        return np.where(possible, outcome, -1).astype(np.int8)

    def lists_changed(self, at: int) -> tuple[str, ...]:
        """Lists on which somebody of the row is now and was not then, or the other way round."""
        then, now = self._listed(now=False), self._listed(now=True)
        return tuple(name for name in then if set(then[name][at].as_py() or ()) != set(now[name][at].as_py() or ()))

    # -- inside

    def _reads(self) -> tuple[str, ...]:
        now, then = self._mixer.side, self._then
        names = [*now.compiled.plan.columns, *then.policies[self._kind.policy].plan.columns]
        for model in self._models_named():
            for live in (now.live, then):
                names += live.models[model].inputs if model in live.models else ()
        return tuple(dict.fromkeys(names))

    def _models_named(self) -> tuple[str, ...]:
        plans = (self._mixer.side.compiled.plan, self._then.policies[self._kind.policy].plan)
        return tuple(sorted({model.stage.uses for plan in plans for model in plan.models.values()}))

    def _facts_of(self, some: _Set) -> tuple[pa.Table, dict[str, Flags]]:
        """The facts of a mixture of definitions and data, and where each is known."""
        if some not in self._facts:
            table, there = self._table, {}
            for name in self._reads():
                table, there[name] = self._fact(table, name, some)
            self._facts[some] = table, there
        return self._facts[some]

    def _fact(self, table: pa.Table, name: str, some: _Set) -> tuple[pa.Table, Flags]:
        mixer, then, now = self._mixer, self._then, self._mixer.side.live
        every = np.ones(len(table), dtype=bool)
        sides = (
            ((now, "now"), (then, self._kind.release))
            if "feature" in some
            else ((then, self._kind.release), (now, "now"))
        )
        found = next(((live, key) for live, key in sides if name in live.known.columns), None)
        recorded = name in self._kind.names
        if found is None:
            if "data" not in some or name not in {*mixer.fields, "occurred_at"}:
                return table, every & recorded
            values, known = mixer.values(now, "now", now=True).field(name, self._event_seqs)
        else:
            live, key = found
            mine = mixer.definition(live, key, name)
            if "data" not in some and recorded and mine == mixer.definition(then, self._kind.release, name):
                return table, every
            values, known = mixer.values(live, key, now="data" in some).feature(name, self._event_seqs)
            if known.all() or not recorded:
                return _replaced(table, name, values), known
        return _replaced(
            table, name, pc.if_else(pa.array(known), values.cast(table[name].type), table[name].combine_chunks())
        ), every & (known | recorded)

    def _differ(self, one: _Set, other: _Set) -> bool:
        first, second = self._facts_of(one)[0], self._facts_of(other)[0]
        return any(not first[name].equals(second[name]) for name in self._reads() if name in first.column_names)

    def _listed(self, *, now: bool) -> dict[str, pa.ChunkedArray]:
        """Members by list, of every list that either policy asks."""
        if now not in self._members:
            plans = (self._mixer.side.compiled.plan, self._then.policies[self._kind.policy].plan)
            names = tuple(dict.fromkeys(name for plan in plans for name in plan.lists))
            self._members[now] = self._members_now(names) if now else self._members_then(names)
        return self._members[now]

    def _members_now(self, names: tuple[str, ...]) -> dict[str, pa.ChunkedArray]:
        lists, at = self._mixer.lists_now
        view = lists.view(at)
        rows = list(zip(*(self._table[name].to_pylist() for name in self._mixer.entities), strict=True))
        return {
            name: _members(
                [[one for one in row if one is not None and name in view and one in view[name]] for row in rows]
            )
            for name in names
        }

    def _members_then(self, names: tuple[str, ...]) -> dict[str, pa.ChunkedArray]:
        found = {name: self._table[list_column(name)] for name in names}
        wanted = {name: np.ones(len(self._table), dtype=bool) for name in names if name not in self._kind.lists}
        if wanted:
            entities = {name: self._table[name] for name in self._mixer.entities}
            lists = ListsThen(self._mixer.definitions_of_lists(self._then), self._mixer.list_changes)
            members = lists.members(wanted, self._event_seqs, self._occurred_at, entities)
            found |= {name: with_members([None] * len(self._table), one) for name, one in members.items()}
        return {name: _members([sorted(one or ()) for one in column.to_pylist()]) for name, column in found.items()}


def _members(rows: list[list[str]]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array([sorted(set(one)) or None for one in rows], pa.list_(pa.string()))])


def _digest(live: LiveRelease, model: str) -> Digest | None:
    return live.models[model].digest if model in live.models else None


def _replaced(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    column = pa.chunked_array([values])
    if name not in table.column_names:
        return table.append_column(name, column)
    return table.set_column(table.column_names.index(name), name, column)


def _scored(table: pa.Table, model: Model, name: str, policy: SetPolicy, there: Mapping[str, Flags]) -> pa.Table:
    """The table with what ``model`` says of the rows that have its inputs."""
    rows = np.flatnonzero(np.logical_and.reduce([there[one] for one in model.inputs] or [np.ones(len(table), bool)]))
    found = scored(model, name, table.select(list(model.inputs)).take(pa.array(rows)), policy.plan.facts)
    for column, values in found.items():
        whole = np.full(len(table), np.nan)
        whole[rows] = values.to_numpy(zero_copy_only=False)
        table = table.append_column(column, pa.array(whole, from_pandas=True))
    return table
