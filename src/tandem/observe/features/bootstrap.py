"""The state that a batch leaves: a snapshot at sequence S, from which the online host goes on with S + 1.

A new feature set over years of history need not be replayed event by event: the batch computes what the state would be,
to the byte, and the online host takes it over. There is no merge of two answers, only one fold begun by one engine and
carried on by another.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.observe.features.batch import BatchRun, refuse_disorder
from tandem.observe.features.columns import plain
from tandem.observe.features.identities import event_identity, identity_of
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.reference import KeyState, TrackRunner
from tandem.observe.features.reference_batch import run_track_reference
from tandem.observe.features.snapshots import pack_snapshot
from tandem.observe.features.states import assemble_state, dump_one

__all__ = ["bootstrap_snapshot", "kept_texts", "track_states"]


def bootstrap_snapshot(plan: FeaturePlan, events: pa.Table, *, compiled: bool | None = None) -> bytes:
    """What ``OnlineFeatures.snapshot`` would be after ``events``, byte for byte.

    Args:
        plan: what is computed.
        events: as ``compute_batch`` takes them, from the first one on; the snapshot stands at the largest ``seq``.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Raises:
        InvalidInput: a column is missing or of another type, or an entity is not a pseudonym.
        Unavailable: the compiled kernel is demanded and not there.
    """
    run = BatchRun(plan, events, compiled=compiled)
    last_seq = int(run.seq[-1]) if len(run.seq) else 0
    states = assemble_state(track_states(run))
    return pack_snapshot(plan.digest, last_seq, kept_texts(plan, events), states)


def track_states(run: BatchRun) -> list[list[tuple[bytes, bytes]]]:
    """Per track of the run's plan, every key that was counted, with its state."""
    events = [event_identity(one) for one in plain(run.rows, "event_id").cast(pa.string()).to_pylist()]
    words = np.frombuffer(b"".join(events), dtype=">i8").astype(np.int64).reshape(-1, 2)
    high, low = (np.ascontiguousarray(words[:, index]) for index in (0, 1))
    found = []
    for index, track in enumerate(run.plan.program.tracks):
        rows = run.sorted_rows(index)
        if run.kernel is None:
            states: list[tuple[int, bytes]] = []
            wrong = run_track_reference(track, rows, events=events, finished=_keeping(states))
        else:
            wrong, states = run.kernel.track_states(
                index, rows.codes, rows.seqs, rows.ops, rows.times, rows.targets, rows.flags, rows.nulls, rows.columns,
                rows.where, high, low,
            )  # fmt: skip
        refuse_disorder(wrong)
        keys = run.keys(index, rows)
        found.append([(keys[code], state) for code, state in states])
    return found


def _keeping(states: list[tuple[int, bytes]]) -> Callable[[int, TrackRunner, KeyState], None]:
    return lambda code, runner, state: states.append((code, dump_one(runner, state)))


def kept_texts(plan: FeaturePlan, events: pa.Table) -> dict[bytes, str]:
    """Every text that the online host would remember of ``events``, by identity; none where no feature tells one."""
    if all(plan.identity_fields.values()):
        return {}
    types = plain(events, "event_type").cast(pa.string())
    found: dict[bytes, str] = {}
    for event, positions in plan.text_needs.items():
        here = pc.equal(types, event)
        for position in positions:
            texts = pc.unique(plain(events, plan.needs[event][position]).filter(here)).drop_null().to_pylist()
            found |= {identity_of(text): text for text in texts}
    return found
