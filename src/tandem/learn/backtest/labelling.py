"""What became of each decision, as it is known now, and why nobody knows where nobody does."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.policy.set_based import OUTCOMES
from tandem.learn.backtest.batches import HistoryBatch, Ints
from tandem.learn.backtest.feature_history import events_of
from tandem.learn.backtest.sources import Sources
from tandem.learn.labels import (
    Asked,
    LabelConditions,
    OutcomeDefinition,
    Terms,
    conditions_of,
    decided_rows,
    label_rows,
    told_rows,
)

__all__ = ["UNKNOWN_REASONS", "Labelling"]

UNKNOWN_REASONS: Final = ("", "declined_then", "immature", "not_told", "excluded", "undefined")
"""Why an outcome is unknown; the first place stands for one that is known."""
_REASON_OF: Final = {
    "mature": 0,
    "declined": 1,
    "immature": 2,
    "provisional": 2,
    "unknown": 3,
    "excluded": 4,
}


class Labelling:
    """Labels batches of decisions by the definition of their outcome, as of the last place that is looked at.

    Args:
        definition: None: nobody said how they turn out.
    """

    def __init__(self, sources: Sources, definition: OutcomeDefinition | None) -> None:
        self._asked = Asked(seq=sources.last, at=sources.known_at)
        self._conditions: LabelConditions | None = None
        if definition is None:
            return
        types = {str(name): one for name, one in sources.live.reader.event_types.items()}
        self._conditions = conditions_of(definition, types)
        telling, early = self._conditions.telling, self._conditions.early
        signs = None if early is None else events_of(sources, [early.event_type])
        self._told = told_rows(self._conditions, events_of(sources, [telling.event_type]), signs)
        self._terms = Terms.of(definition)

    @property
    def reads(self) -> frozenset[str]:
        """Fields of the decided event that exclusions read."""
        exclude = () if self._conditions is None else self._conditions.exclude
        return frozenset(name for condition, _ in exclude for name in condition.columns) - {"occurred_at"}

    def of(self, batch: HistoryBatch) -> tuple[Ints, Ints]:
        """1 badly, 0 well, -1 unknown; and why, as places in ``UNKNOWN_REASONS``."""
        if self._conditions is None or not len(batch):
            return np.full(len(batch), -1, dtype=np.int8), np.full(len(batch), 5, dtype=np.int8)
        events = pa.table(
            {
                "seq": pa.array(batch.event_seqs),
                "event_id": batch.event_ids,
                "occurred_at": pa.array(batch.occurred_at).cast(pa.timestamp("us")),
                **{name: batch.table[name] for name in self.reads},
            }
        )
        words = pa.array([str(one) for one in OUTCOMES])
        decided = decided_rows(self._conditions, events)
        order = pa.array(np.argsort(batch.event_seqs, kind="stable"))
        decided = decided.append_column("decision", words.take(pa.array(batch.decided)).take(order))
        labels = label_rows(decided, self._told, self._terms, self._asked)
        back = np.empty(len(batch), dtype=np.int64)
        back[order.to_numpy()] = np.arange(len(batch))
        states = labels["label_state"].to_numpy(zero_copy_only=False)[back]
        reasons = np.array([_REASON_OF[one] for one in states], dtype=np.int8)
        told = pc.fill_null(labels["bad"], False).to_numpy(zero_copy_only=False)[back]
        return np.where(reasons == 0, told.astype(np.int8), -1).astype(np.int8), reasons
