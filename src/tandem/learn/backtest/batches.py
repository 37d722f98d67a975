"""Decisions of the past, some thousands at a time, as columns: what each of them knew, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa

from tandem.decide.policy.set_based import OUTCOMES, KnownScore, score_column
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest
from tandem.learn.effect import ModelKey, Recorded, fact_columns

__all__ = ["Flags", "History", "HistoryBatch", "Ints", "RecordedKind", "batch_of"]

Flags = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, Any]
_PLACE = {str(one): at for at, one in enumerate(OUTCOMES)}


class RecordedKind(NamedTuple):
    """What decisions of one policy in one release recorded: names of facts, and lists that were asked."""

    release: str
    policy: str
    names: frozenset[str]
    lists: frozenset[str]


@dataclass(frozen=True)
class HistoryBatch:
    """Decisions in the order in which they were taken.

    Attributes:
        table: a column for each fact and list, as ``SetPolicy.decide`` takes them.
        decision_ids, event_ids: of each row.
        seqs, event_seqs: journal places of the decision and of its event; what was known is everything up to the latter.
        occurred_at: microseconds; of the event.
        decided: what was answered, a place in ``OUTCOMES``.
        kinds: what was recorded for each row, a place in ``recorded``.
        recorded: the kinds there are.
        scores: model to its recorded score columns.
        erased: decisions that are left out because their person was erased.
    """

    table: pa.Table
    decision_ids: pa.Array
    event_ids: pa.Array
    seqs: Ints
    event_seqs: Ints
    occurred_at: Ints
    decided: Ints
    kinds: Ints
    recorded: tuple[RecordedKind, ...]
    scores: Mapping[ModelKey, Mapping[str, pa.Array]]
    erased: int = 0

    def __len__(self) -> int:
        return len(self.seqs)

    def rows_where(self, holds: Sequence[bool]) -> Flags:
        """Rows of the kinds for which something holds, told in the order of ``recorded``."""
        return np.array(holds, dtype=bool)[self.kinds] if len(self) else np.zeros(0, dtype=bool)


class History(Protocol):
    """A stretch of recorded decisions: the journal's, or its copy in the lake."""

    @property
    def total(self) -> int:
        """Decisions there may be; for progress."""
        ...

    def batches(self, columns: Mapping[str, Column], lists: Sequence[str]) -> Iterator[HistoryBatch]:
        """The decisions, in order, with these facts and lists."""
        ...

    def releases(self) -> tuple[Digest, ...]:
        """Those that decided in the stretch."""
        ...


def batch_of(
    some: Sequence[Recorded], columns: Mapping[str, Column], lists: Iterable[str], erased: int
) -> HistoryBatch:
    """Recorded decisions as a batch."""
    kinds: dict[RecordedKind, int] = {}
    told = (RecordedKind(one.release, one.policy, one.names, one.lists) for one in some)
    places = [kinds.setdefault(one, len(kinds)) for one in told]
    models = dict.fromkeys(model for one in some for model in one.scores)
    return HistoryBatch(
        table=pa.table(fact_columns(some, columns, lists)),
        decision_ids=pa.array([one.decision_id for one in some], pa.string()),
        event_ids=pa.array([one.event_id for one in some], pa.string()),
        seqs=np.array([one.seq for one in some], dtype=np.int64),
        event_seqs=np.array([one.event_seq for one in some], dtype=np.int64),
        occurred_at=np.array([int(one.occurred_at) for one in some], dtype=np.int64),
        decided=np.array([_PLACE[one.outcome] for one in some], dtype=np.int8),
        kinds=np.array(places, dtype=np.int64),
        recorded=tuple(kinds),
        scores={model: _score_columns(model[0], [one.scores.get(model) for one in some]) for model in models},
        erased=erased,
    )


def _score_columns(name: str, known: Sequence[KnownScore | None]) -> dict[str, pa.Array]:
    return {
        score_column(name, output): pa.array(
            [None if one is None else getattr(one, output) for one in known], pa.float64()
        )
        for output in ("probability", "margin", "points")
    }
