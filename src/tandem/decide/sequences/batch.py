"""The batch host: the same fold over a table of events, so that whatever is trained on a network's parts reads what a policy read."""

from __future__ import annotations

import pyarrow as pa

from tandem.decide.graphs import folded_parts
from tandem.decide.sequences.online import OnlineSequence
from tandem.decide.sequences.plan import SequencePlan
from tandem.observe.graph import EventTable

__all__ = ["compute_sequence", "sequence_table"]


def sequence_table(plan: SequencePlan, events: pa.Table) -> EventTable:
    """``events`` as ``plan`` reads them: what is scored, with its known inputs beside, in their order.

    Args:
        events: as ``observe.graph.EventTable`` takes them, the known columns that the network reads among them.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
    """
    document = plan.document
    return EventTable(
        events,
        {document.event: (plan.member,)},
        {document.event: tuple(name for _, name in plan.inputs.fields)},
        [document.inputs[place] for place, _ in plan.inputs.known],
    )


def compute_sequence(plan: SequencePlan, events: pa.Table) -> pa.Table:
    """Every part as of every event, in the order of ``events``: ``seq`` and then ``plan.names``, bit for bit as online.

    Args:
        plan: what to read.
        events: see ``sequence_table``. Events of other types stand by: their columns are null.

    Raises:
        InvalidInput: see ``sequence_table``.
    """
    return folded_parts(OnlineSequence(plan), sequence_table(plan, events))
