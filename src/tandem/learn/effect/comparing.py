"""Two policies on the same recorded decisions, compared."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.models import Model
from tandem.decide.policy.set_based import OUTCOMES, SetPolicy, SetResult, list_column
from tandem.kernel.expressions import Column
from tandem.kernel.time import Clock, Micros, format_instant
from tandem.learn.effect.effects import (
    Effect,
    EffectCell,
    EffectExample,
    EffectGroup,
    EffectMoved,
    EffectNote,
    EffectOutcomes,
    EffectSegment,
    EffectStanding,
)
from tandem.learn.effect.facts import FactTable, ModelKey
from tandem.learn.effect.rates import rate_of
from tandem.learn.effect.reading import Stopped
from tandem.learn.effect.scoring import score_columns, score_rows
from tandem.learn.effect.segments import Grouping, group_by, spread
from tandem.learn.labels import OutcomeDefinition

__all__ = ["SCORED_AT_ONCE", "Asked", "Progress", "Side", "facts_read", "preview"]

SCORED_AT_ONCE: Final = 2_000
"""Missing scores that are made up for without asking; more of them take a while, so somebody has to want it."""
_SEGMENTS: Final = 4
_EXAMPLES: Final = 3
_DECLINE, _REVIEW, _APPROVE = range(3)
_Mask = np.ndarray[Any, np.dtype[np.bool_]]

Progress = Callable[[str, int, int], None]
"""Told what is being done (``scoring``, ``deciding``), how much of it is done, and of how much."""


@dataclass(frozen=True)
class Side:
    """A policy with the models it uses: by name, the model and the key of its scores."""

    policy: SetPolicy
    models: Mapping[str, tuple[Model, ModelKey]]
    digest: str = ""
    """Names it where it is asked again and again; its result is then remembered."""


@dataclass(frozen=True)
class Asked:
    """What else a preview needs to know.

    Attributes:
        last: decisions to look at, the newest.
        columns: of the event's fields, by which decisions are grouped.
        entities: fields that name somebody or something; never a segment.
        definition: how decisions turn out.
        listed: a list as it stands now, for decisions that were taken without asking it.
        score: make up for missing scores, however many.
    """

    last: int
    columns: Mapping[str, Column]
    entities: Sequence[str]
    definition: OutcomeDefinition | None
    listed: Callable[[str], Container[str]]
    score: bool = False


def preview(
    draft: Side,
    live: Side,
    facts: FactTable,
    asked: Asked,
    *,
    clock: Clock,
    connection: duckdb.DuckDBPyConnection | None = None,
    going: Callable[[], bool] = lambda: True,
    progress: Progress = lambda _what, _done, _total: None,
) -> Effect:
    """What ``draft`` would have done where ``live`` decides.

    Raises:
        Stopped: no longer ``going``.
    """
    preparing = _Preview(facts, asked, connection, going, progress)
    watch = _Watch(clock)
    before = preparing.decided(live)
    watch.lap("live")
    after = preparing.decided(draft)
    watch.lap("draft")
    effect = _Comparison(preparing, live, draft, before, after).effect()
    watch.lap("comparing")
    return _timed(effect, watch.laps)


def _timed(effect: Effect, laps: dict[str, float]) -> Effect:
    from msgspec.structs import replace

    return replace(effect, took_ms={**laps, "total": sum(laps.values())})


class _Watch:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at = clock.monotonic_ns()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = self._clock.monotonic_ns()
        self.laps[name] = round((now - self._at) / 1e6, 2)
        self._at = now


@dataclass
class Decided:
    """One side's result, with what could not be decided and why."""

    result: SetResult
    table: pa.Table
    possible: _Mask
    unrecorded: tuple[str, ...]
    lists_as_now: tuple[str, ...]
    unscored: dict[str, int]
    unscorable: dict[str, int]


class _Preview:
    """Decides; remembers by the facts what will be asked again."""

    def __init__(
        self,
        facts: FactTable,
        asked: Asked,
        connection: duckdb.DuckDBPyConnection | None,
        going: Callable[[], bool],
        progress: Progress,
    ) -> None:
        self.facts = facts
        self.asked = asked
        self._connection = connection
        self._going = going
        self._progress = progress

    def decided(self, side: Side) -> Decided:
        key = ("decided", side.digest, tuple(sorted(str(model) for _, model in side.models.values())))
        remembered: Decided | None = self.facts.kept.get(key) if side.digest and not self.asked.score else None
        if remembered is not None:
            return remembered
        found = self._decide(side)
        if side.digest:
            self.facts.kept[key] = found
        return found

    def _decide(self, side: Side) -> Decided:
        facts, policy = self.facts, side.policy
        needed = facts_read(policy)
        possible = facts.having(needed)
        unrecorded = (
            tuple(name for name in needed if not all(name in known for known, _ in facts.recorded))
            if not possible.all()
            else ()
        )
        columns, as_now = self._lists(policy)
        unscorable: dict[str, int] = {}
        while True:
            if not self._going():
                raise Stopped
            self._progress("deciding", 0, len(facts))
            table = self._table(side, columns)
            result = self._run(side, table)
            lacking = {policy.models[stage]: mask & possible for stage, mask in result.unscored.items() if mask.any()}
            if not self._made_up_for(side, lacking, unscorable):
                break
        unscored = {name: int(mask.sum()) for name, mask in lacking.items() if mask.any()}
        return Decided(result, table, possible & (result.outcome >= 0), unrecorded, as_now, unscored, unscorable)

    def _table(self, side: Side, columns: dict[str, Any]) -> pa.Table:
        table = self.facts.table
        for name, values in columns.items():
            table = table.set_column(table.column_names.index(name), name, values)
        for _, key in side.models.values():
            for name, values in score_columns(self.facts, key).items():
                table = table.append_column(name, values)
        return table

    def _run(self, side: Side, table: pa.Table) -> SetResult:
        try:
            return side.policy.decide(table, connection=self._connection, memo=self.facts.memo, going=self._going)
        except duckdb.InterruptException:
            raise Stopped from None

    def _made_up_for(self, side: Side, lacking: dict[str, _Mask], unscorable: dict[str, int]) -> bool:
        """Score what is needed and can be scored; whether anything was."""
        total = sum(int(mask.sum()) for mask in lacking.values())
        if not total or (total > SCORED_AT_ONCE and not self.asked.score):
            return False
        scored = False
        for name, mask in lacking.items():
            model, key = side.models[name]
            can = mask & self.facts.having(model.inputs)
            unscorable[name] = int((mask & ~can).sum())
            if can.any():
                score_rows(
                    self.facts,
                    model,
                    key,
                    np.flatnonzero(can),
                    side.policy.plan.facts,
                    going=self._going,
                    progress=lambda done, of: self._progress("scoring", done, of),
                )
                scored = True
        return scored

    def _lists(self, policy: SetPolicy) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Columns of lists that some decisions did not ask: who is on them now."""
        columns: dict[str, Any] = {}
        for name in policy.plan.lists:
            asked = self.facts.having((), [name])
            if asked.all():
                continue
            members = self.asked.listed(name)
            recorded = self.facts.table[list_column(name)].to_pylist()
            for entity in self.asked.entities:
                coded = self.facts.table[entity].combine_chunks().dictionary_encode()
                on = np.array([one in members for one in coded.dictionary.to_pylist()] + [False], dtype=bool)
                places = coded.indices.fill_null(len(on) - 1).to_numpy(zero_copy_only=False)
                names = coded.dictionary
                for row in np.flatnonzero(on[places] & ~asked).tolist():
                    recorded[row] = [*(recorded[row] or []), names[int(places[row])].as_py()]
            columns[list_column(name)] = pa.chunked_array([pa.array(recorded, pa.list_(pa.string()))])
        return columns, tuple(name.removeprefix("list:") for name in columns)


class _Comparison:
    """Counts."""

    def __init__(self, preparing: _Preview, live: Side, draft: Side, before: Decided, after: Decided) -> None:
        self.facts, self.asked = preparing.facts, preparing.asked
        self.live, self.draft, self.decided_before, self.decided_after = live, draft, before, after
        count = len(self.facts)
        self.looked = np.arange(count) >= count - self.asked.last
        self.both = before.possible & after.possible & self.looked
        self.before = np.where(self.both, before.result.outcome, 0).astype(np.int64)
        self.after = np.where(self.both, after.result.outcome, 0).astype(np.int64)
        self.changed = self.both & (self.before != self.after)
        self.bad = self.facts.bad
        self.amount = self._amounts()

    def effect(self) -> Effect:
        stopped = self.changed & (self.before == _APPROVE)
        let_through = self.changed & (self.after == _APPROVE)
        terms = self.both & ~self.changed & self._other_terms()
        policy = self.draft.policy.plan.policy
        definition = self.asked.definition
        times = self.facts.occurred_at[self.looked]
        return Effect(
            policy=policy.policy,
            event_type=policy.event,
            currency=definition.currency if definition is not None and definition.currency else policy.currency,
            decisions=int(self.looked.sum()),
            redecided=int(self.both.sum()),
            since=format_instant(Micros(int(times.min()))) if len(times) else None,
            until=format_instant(Micros(int(times.max()))) if len(times) else None,
            changed=int(self.changed.sum()),
            terms_changed=int(terms.sum()),
            matrix=self._matrix(),
            before=self._standing(self.before, self.decided_before),
            after=self._standing(self.after, self.decided_after),
            stopped=self._moved(stopped),
            let_through=self._moved(let_through),
            segments=self._segments(stopped),
            examples=self._examples(stopped, let_through, (self.changed & ~stopped & ~let_through) | terms),
            outcomes=self._known(),
            notes=tuple(self._notes(let_through)),
            by_row=self.decided_before.result.by_row + self.decided_after.result.by_row,
            took_ms={},
        )

    def _amounts(self) -> np.ndarray[Any, Any] | None:
        definition = self.asked.definition
        if definition is None or definition.amount is None:
            return None
        amounts: np.ndarray[Any, Any] | None = self.facts.kept.get("amounts")
        if amounts is None:
            column = self.facts.table[definition.amount]
            amounts = pc.fill_null(column, 0).to_numpy(zero_copy_only=False)
            self.facts.kept["amounts"] = amounts
        return amounts

    def _sum(self, mask: _Mask) -> int | None:
        return None if self.amount is None else int(self.amount[mask].sum())

    def _matrix(self) -> tuple[EffectCell, ...]:
        cells = []
        for before in range(len(OUTCOMES)):
            for after in range(len(OUTCOMES)):
                mask = self.both & (self.before == before) & (self.after == after)
                count, bad, good, unknown = self._counts(mask)
                if count:
                    cells.append(
                        EffectCell(
                            before=str(OUTCOMES[before]),
                            after=str(OUTCOMES[after]),
                            count=count,
                            bad=bad,
                            good=good,
                            unknown=unknown,
                            amount_minor=self._sum(mask),
                        )
                    )
        return tuple(cells)

    def _counts(self, mask: _Mask) -> tuple[int, int, int, int]:
        unknown, good, bad = np.bincount(self.bad[mask] + 1, minlength=3).tolist()
        return unknown + good + bad, bad, good, unknown

    def _standing(self, outcome: np.ndarray[Any, Any], decided: Decided) -> EffectStanding:
        approved = self.both & (outcome == _APPROVE)
        count, bad, good, _ = self._counts(approved)
        limits = decided.result.limits
        given = limits.null_count < len(limits)
        mine = pc.filter(limits, pa.array(self.both)) if given else None
        return EffectStanding(
            approved=rate_of(count, int(self.both.sum())),
            bad=rate_of(bad, bad + good),
            reviewed=int((self.both & (outcome == _REVIEW)).sum()),
            declined=int((self.both & (outcome == _DECLINE)).sum()),
            amount_minor=self._sum(approved),
            limit_minor=None if mine is None else int(pc.sum(mine).as_py() or 0),
        )

    def _moved(self, mask: _Mask) -> EffectMoved:
        count, bad, good, unknown = self._counts(mask)
        return EffectMoved(
            count=count,
            bad=bad,
            good=good,
            unknown=unknown,
            bad_rate=rate_of(bad, bad + good),
            amount_minor=self._sum(mask),
            bad_amount_minor=self._sum(mask & (self.bad == 1)),
            good_amount_minor=self._sum(mask & (self.bad == 0)),
        )

    def _other_terms(self) -> _Mask:
        before, after = self.decided_before.result, self.decided_after.result
        one, two = (_numbers(side.limits) for side in (before, after))
        differs: _Mask = ~((one == two) | (np.isnan(one) & np.isnan(two)))
        prices = [_prices(side) for side in (before, after)]
        nothing = np.full(len(self.facts), np.nan)
        for part in {*prices[0], *prices[1]}:
            one, two = (side.get(part, nothing) for side in prices)
            differs |= ~((one == two) | (np.isnan(one) & np.isnan(two)))
        return differs

    # -- where

    def _segments(self, stopped: _Mask) -> tuple[EffectSegment, ...]:
        if not self.changed.any():
            return ()
        found = []
        for grouping in self._groupings():
            size = len(grouping.labels)

            def count(mask: _Mask, grouping: Grouping = grouping, size: int = size) -> np.ndarray[Any, Any]:
                return np.bincount(grouping.codes[mask], minlength=size)

            all_of_them, changed = count(self.both), count(self.changed)
            strength = spread(changed, all_of_them)
            if strength > 0:
                found.append((strength, grouping, all_of_them, changed, count))
        found.sort(key=lambda one: (-one[0], one[1].field))
        return tuple(
            EffectSegment(
                field=grouping.field,
                spread=round(strength, 4),
                groups=self._groups(grouping, whole, changed, count, stopped),
            )
            for strength, grouping, whole, changed, count in found[:_SEGMENTS]
        )

    def _groups(
        self, grouping: Grouping, whole: Any, changed: Any, count: Callable[[_Mask], Any], stopped: _Mask
    ) -> tuple[EffectGroup, ...]:
        before, after = count(self.both & (self.before == _APPROVE)), count(self.both & (self.after == _APPROVE))
        caught, hurt = count(stopped & (self.bad == 1)), count(stopped & (self.bad == 0))
        return tuple(
            EffectGroup(
                label=label,
                decisions=int(whole[at]),
                changed=int(changed[at]),
                approved_before=int(before[at]),
                approved_after=int(after[at]),
                bad_stopped=int(caught[at]),
                good_hurt=int(hurt[at]),
            )
            for at, label in enumerate(grouping.labels)
            if whole[at]
        )

    def _groupings(self) -> list[Grouping]:
        groupings: list[Grouping] | None = self.facts.kept.get("groupings")
        if groupings is None:
            found = (
                group_by(name, column, self.facts.table[name])
                for name, column in self.asked.columns.items()
                if name not in self.asked.entities
            )
            groupings = self.facts.kept["groupings"] = [one for one in found if one is not None]
        return groupings

    # -- which

    def _examples(self, stopped: _Mask, let_through: _Mask, other: _Mask) -> tuple[EffectExample, ...]:
        chosen: list[tuple[str, int]] = []
        for side, mask in (("stopped", stopped), ("let_through", let_through), ("other", other)):
            for bad in (1, 0, -1):
                newest = np.flatnonzero(mask & (self.bad == bad))[-_EXAMPLES:].tolist()
                chosen += [(side, row) for row in reversed(newest)]
        rows = [row for _, row in chosen]
        told = [self._told(side, decided, rows) for side, decided in
                ((self.live, self.decided_before), (self.draft, self.decided_after))]  # fmt: skip
        return tuple(
            EffectExample(
                side=side,
                decision_id=self.facts.decision_ids[row],
                event_id=self.facts.event_ids[row],
                occurred_at=format_instant(Micros(int(self.facts.occurred_at[row]))),
                before=str(OUTCOMES[self.before[row]]),
                after=str(OUTCOMES[self.after[row]]),
                bad=None if self.bad[row] < 0 else bool(self.bad[row]),
                amount_minor=None if self.amount is None else int(self.amount[row]),
                reasons_before=told[0][at][0],
                reasons_after=told[1][at][0],
                limit_before_minor=told[0][at][1],
                limit_after_minor=told[1][at][1],
            )
            for at, (side, row) in enumerate(chosen)
        )

    def _told(self, side: Side, decided: Decided, rows: list[int]) -> list[tuple[tuple[str, ...], int | None]]:
        if not rows:
            return []
        limits = decided.result.limits
        return [
            (() if one is None else tuple(reason.code for reason in one.reasons), limits[row].as_py())
            for row, one in zip(rows, side.policy.one_by_one(decided.table, rows), strict=True)
        ]

    # -- how sure

    def _known(self) -> EffectOutcomes:
        definition = self.asked.definition
        approved = self.looked & (self.facts.decided == _APPROVE)
        known = self.looked & (self.bad >= 0)
        return EffectOutcomes(
            defined=definition is not None,
            event=None if definition is None else definition.event,
            field=None if definition is None else definition.bad,
            known=int(known.sum()),
            decisions=int(self.looked.sum()),
            known_approved=int((known & approved).sum()),
            approved=int(approved.sum()),
            simulated=definition is not None and definition.simulated,
        )

    def _notes(self, let_through: _Mask) -> list[EffectNote]:
        notes = []
        for decided in (self.decided_after, self.decided_before):
            lost = int((self.looked & ~self.facts.having(decided.unrecorded)).sum())
            if lost:
                notes.append(EffectNote(code="not_recorded", count=lost, names=decided.unrecorded))
            notes += [EffectNote(code="not_scored", count=n, names=(name,)) for name, n in decided.unscored.items()]
            notes += [
                EffectNote(code="not_scorable", count=n, names=(name,)) for name, n in decided.unscorable.items() if n
            ]
            if decided.lists_as_now:
                notes.append(EffectNote(code="lists_as_now", names=decided.lists_as_now))
        if self.asked.definition is None:
            notes.append(EffectNote(code="outcomes_undefined"))
        else:
            unknown = int((let_through & (self.bad < 0)).sum())
            if unknown:
                notes.append(EffectNote(code="never_approved", count=unknown))
            if self.asked.definition.simulated:
                notes.append(EffectNote(code="simulated"))
        apart = int((self.looked & self.decided_before.possible & (self.facts.decided != self._live())).sum())
        if apart:
            notes.append(EffectNote(code="decided_otherwise", count=apart))
        for side in (self.draft, self.live):
            if side.policy.by_row is not None:
                notes.append(EffectNote(code="by_row", text=side.policy.by_row))
        return list(dict.fromkeys(notes))

    def _live(self) -> np.ndarray[Any, Any]:
        return self.decided_before.result.outcome


def facts_read(policy: SetPolicy) -> tuple[str, ...]:
    """Facts a policy reads itself; the inputs of a model need not be there where its score is."""
    plan = policy.plan
    inputs = {name for model in plan.models.values() for name in model.inputs}
    own = {name for name in plan.columns if name in plan.read_columns or name not in inputs}
    return tuple(sorted(own | {split.stage.by for split in policy.splits}))


def _numbers(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    found: np.ndarray[Any, Any] = pc.fill_null(pc.cast(column, pa.float64()), float("nan")).to_numpy()
    return found


def _prices(result: SetResult) -> dict[str, np.ndarray[Any, Any]]:
    found: dict[str, np.ndarray[Any, Any]] = {}
    for name in result.columns.column_names:
        if name.startswith("price:"):
            part = name.split(":")[1]
            values = _numbers(result.columns[name])
            found[part] = np.where(np.isnan(found[part]), values, found[part]) if part in found else values
    return found
