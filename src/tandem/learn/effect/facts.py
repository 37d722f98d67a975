"""Recorded decisions as columns: the newest ones, in memory, in the order in which they were taken.

Decisions come in one by one and are put into blocks of a fixed size; a full block is never touched again but to take a
person out of it, or to write down a score that was made up for. When there are more than are kept, the oldest block
goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.policy.set_based import OUTCOMES, KnownScore, Memo, arrow_type, list_column
from tandem.kernel.expressions import Column
from tandem.kernel.time import Micros
from tandem.kernel.values import Row

__all__ = ["FactStore", "FactTable", "ModelKey", "Recorded", "fact_columns"]

ModelKey = tuple[str, str]
"""Name and digest of a model: scores of another version are other scores."""

_BLOCK: Final = 2_048
_UNKNOWN, _GOOD, _BAD = -1, 0, 1


class Recorded(msgspec.Struct, kw_only=True):
    """One decision with everything it may have looked at.

    Attributes:
        row: the event's values and the recorded inputs, by name.
        names: which names ``row`` speaks of: one outside was not recorded, which is not the same as missing.
        lists: lists that were asked.
        members: list to those of the event's entities that were on it.
        event_seq: the journal place of the event; release, policy: what decided.
    """

    decision_id: str
    event_id: str
    seq: int
    occurred_at: Micros
    subject: str | None
    outcome: str
    row: Row
    names: frozenset[str]
    lists: frozenset[str]
    members: Mapping[str, Sequence[str]]
    scores: dict[ModelKey, KnownScore]
    event_seq: int = 0
    release: str = ""
    policy: str = ""


@dataclass
class _Block:
    """Decisions that lie together."""

    keys: list[tuple[str, str, int, int, str | None, int, int]]
    columns: dict[str, pa.Array]
    scores: dict[ModelKey, list[KnownScore | None]]

    def __len__(self) -> int:
        return len(self.keys)

    def without(self, subject: str) -> _Block:
        """The block without the decisions of one person."""
        kept = [at for at, key in enumerate(self.keys) if key[4] != subject]
        if len(kept) == len(self.keys):
            return self
        places = pa.array(kept, pa.int64())
        return _Block(
            [self.keys[at] for at in kept],
            {name: column.take(places) for name, column in self.columns.items()},
            {key: [scores[at] for at in kept] for key, scores in self.scores.items()},
        )


@dataclass
class FactTable:
    """The decisions at one moment; does not change.

    Attributes:
        table: a column for each fact and list, as ``SetPolicy.decide`` takes them.
        decision_ids, event_ids, seqs, occurred_at: of each row.
        decided: what was answered, a place in ``OUTCOMES``.
        bad: 1 where it went badly, 0 where it went well, -1 where nobody knows.
        kinds: what was recorded for each row, a place in ``recorded``.
        recorded: (names, lists) that were recorded.
        scores: model to the scores that are known.
        memo: what was computed on these facts and may be asked again.
    """

    table: pa.Table
    decision_ids: list[str]
    event_ids: list[str]
    seqs: list[int]
    occurred_at: np.ndarray[Any, Any]
    decided: np.ndarray[Any, Any]
    bad: np.ndarray[Any, Any]
    kinds: np.ndarray[Any, Any]
    recorded: tuple[tuple[frozenset[str], frozenset[str]], ...]
    scores: dict[ModelKey, list[KnownScore | None]]
    memo: Memo = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)
    _blocks: list[tuple[_Block, int]] = field(default_factory=list)
    _tail: list[Recorded] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.decision_ids)

    def having(self, names: Iterable[str], lists: Iterable[str] = ()) -> np.ndarray[Any, Any]:
        """Which rows were recorded with all of these names and lists."""
        wanted, listed = frozenset(names), frozenset(lists)
        whole = np.array([wanted <= known and listed <= asked for known, asked in self.recorded], dtype=bool)
        return whole[self.kinds] if len(whole) else np.zeros(len(self), dtype=bool)

    def learn(self, model: ModelKey, scores: Mapping[int, KnownScore]) -> None:
        """Write down scores of rows that had none, here and for later tables."""
        mine = self.scores.setdefault(model, [None] * len(self))
        for block, start in self._blocks:
            column = block.scores.setdefault(model, [None] * len(block))
            for at in range(max(0, start), start + len(block)):
                if at in scores:
                    column[at - start] = scores[at]
        begin = len(self) - len(self._tail)
        for at, score in scores.items():
            mine[at] = score
            if at >= begin:
                self._tail[at - begin].scores[model] = score
        self.kept.clear()


class FactStore:
    """Takes decisions in, gives them out as a table.

    Args:
        columns: every fact a policy may read, with its type.
        lists: every list there is.
        kept: decisions remembered, the newest.
    """

    def __init__(self, columns: Mapping[str, Column], lists: Iterable[str], *, kept: int) -> None:
        self.columns = dict(columns)
        self.lists = tuple(lists)
        self._kept = kept
        self._blocks: list[_Block] = []
        self._tail: list[Recorded] = []
        self._known: dict[tuple[frozenset[str], frozenset[str]], int] = {}
        self._bad: dict[str, bool] = {}
        self._table: FactTable | None = None

    def __len__(self) -> int:
        return sum(map(len, self._blocks)) + len(self._tail)

    def add(self, one: Recorded) -> None:
        """Take in a decision, the newest so far."""
        self._tail.append(one)
        self._table = None
        if len(self._tail) == _BLOCK:
            self._blocks.append(self._block(self._tail))
            self._tail = []
            while len(self) - len(self._blocks[0]) >= self._kept:
                for key in self._blocks.pop(0).keys:
                    self._bad.pop(key[1], None)

    def turned_out(self, event_id: str, *, bad: bool) -> None:
        """Take in how the decision on an event turned out."""
        self._bad[event_id] = bad
        self._table = None

    def forget(self, subject: str) -> int:
        """Take a person out; how many decisions that were."""
        before = len(self)
        gone = [key[1] for block in self._blocks for key in block.keys if key[4] == subject]
        gone += [one.event_id for one in self._tail if one.subject == subject]
        for event_id in gone:
            self._bad.pop(event_id, None)
        self._blocks = [block.without(subject) for block in self._blocks]
        self._tail = [one for one in self._tail if one.subject != subject]
        self._table = None
        return before - len(self)

    def table(self) -> FactTable:
        """The newest decisions as they are known now; the same one until something changes."""
        if self._table is None:
            self._table = self._made()
        return self._table

    def _made(self) -> FactTable:
        tail = self._block(self._tail)
        blocks = [*self._blocks, tail]
        count = sum(map(len, blocks))
        skipped = max(0, count - self._kept)
        names = [*self.columns, *map(list_column, self.lists)]
        table = pa.table({name: pa.chunked_array([block.columns[name] for block in blocks]) for name in names})
        keys = [key for block in blocks for key in block.keys][skipped:]
        models = dict.fromkeys(model for block in blocks for model in block.scores)
        scores = {
            model: [score for block in blocks for score in (block.scores.get(model) or [None] * len(block))][skipped:]
            for model in models
        }
        starts = np.cumsum([0, *map(len, blocks)])[:-1] - skipped
        bad = [self._bad.get(key[1]) for key in keys]
        return FactTable(
            table=table.slice(skipped),
            decision_ids=[key[0] for key in keys],
            event_ids=[key[1] for key in keys],
            seqs=[key[2] for key in keys],
            occurred_at=np.array([key[3] for key in keys], dtype=np.int64),
            decided=np.array([key[5] for key in keys], dtype=np.int8),
            bad=np.array([_UNKNOWN if one is None else _BAD if one else _GOOD for one in bad], dtype=np.int8),
            kinds=np.array([key[6] for key in keys], dtype=np.int64),
            recorded=tuple(self._known),
            scores=scores,
            _blocks=list(zip(self._blocks, starts.tolist(), strict=False)),
            _tail=self._tail[max(0, len(self._tail) - len(keys)) :],
        )

    def _block(self, some: Sequence[Recorded]) -> _Block:
        keys = []
        for one in some:
            kind = self._known.setdefault((one.names, one.lists), len(self._known))
            outcome = [str(each) for each in OUTCOMES].index(one.outcome)
            keys.append((one.decision_id, one.event_id, one.seq, int(one.occurred_at), one.subject, outcome, kind))
        columns = fact_columns(some, self.columns, self.lists)
        models = dict.fromkeys(model for one in some for model in one.scores)
        return _Block(keys, columns, {model: [one.scores.get(model) for one in some] for model in models})


def fact_columns(some: Sequence[Recorded], columns: Mapping[str, Column], lists: Iterable[str]) -> dict[str, pa.Array]:
    """The facts and list memberships of decisions as columns, as ``SetPolicy.decide`` takes them."""
    # Features that no policy of the time read are nowhere in the rows: nothing to look for.
    told = frozenset().union(*(one.names for one in some))
    found: dict[str, pa.Array] = {
        name: _array([one.row.get(name) for one in some], arrow_type(column))
        if name in told
        else pa.nulls(len(some), arrow_type(column))
        for name, column in columns.items()
    }
    for name in lists:
        members = [list(one.members[name]) if one.members.get(name) else None for one in some]
        found[list_column(name)] = pa.array(members, pa.list_(pa.string()))
    return found


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Recorded when the field had another type; as this type it is missing.
        return pa.array([_fitting(value, kind) for value in values], kind)


def _fitting(value: Any, kind: pa.DataType) -> Any:
    try:
        pa.scalar(value, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None
    return value
