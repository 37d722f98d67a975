"""The nightly self-check: were the features that decided those that the journal gives?

``replay_journal`` repeats every decision in full, which takes as long as it takes. This looks at whole keys drawn at
random and at features alone, so that it can run every night beside the server: it folds the events of those keys anew
and compares, decision by decision, with the inputs that were recorded then. There is no threshold: the features of an
event are exact or something is broken, so the first difference ends the check.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.records import decode_body, decode_personal, personal_of, used_bytes
from tandem.decide.decisions.state import OnlineState, event_of
from tandem.decide.decisions.types import Personal, Trail
from tandem.kernel.artefacts import Released, RolledBack, decode_change
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.features import KeySample, OnlineFeatures, Unit
from tandem.observe.journal import Journal, JournalView, Record
from tandem.prove.privacy import Vault

__all__ = ["FeatureCheck", "FeatureMismatch", "check_features"]

_LOG = logging.getLogger(__name__)


class FeatureMismatch(msgspec.Struct, frozen=True, kw_only=True):
    """A feature that was not what the journal gives. ``key``: the pseudonyms, one after the other."""

    decision_id: str
    event_seq: int
    feature: str
    unit: str
    key: str
    then: Any
    now: Any


class FeatureCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found.

    Attributes:
        to_seq: the last record it looked at.
        keys: drawn and met in a decision.
        decisions, values: compared.
        erased: decisions that could not be compared, because a person's data was erased.
        mismatch: the first one, with which the check ended; None where all agreed.
    """

    to_seq: int
    keys: int
    decisions: int
    values: int
    erased: int
    mismatch: FeatureMismatch | None


def check_features(
    journal: Journal | JournalView, vault: Vault, *, share: float = 0.01, salt: str = "", compiled: bool | None = None
) -> FeatureCheck:
    """Recompute the features of a share of all keys from the journal, and compare with what decisions recorded.

    Args:
        journal: read from the first record on; another process may be writing it.
        vault: its keys.
        share: of the keys of each kind, above 0 and up to 1.
        salt: which keys are drawn; a new one every night looks at all of them in time.
        compiled: use the compiled kernel: True, False, or None for where built.

    Raises:
        InvalidInput: a share outside of that.
    """
    check = _Check(journal, vault, share, salt, compiled=compiled)
    for record in journal.read():
        check.take(record)
        if check.mismatch is not None:
            break
    found = check.found()
    if found.mismatch is None:
        _LOG.info("features agree with the journal: %d values of %d keys", found.values, found.keys)
    else:
        wrong = found.mismatch
        # no values: they may be personal, and a log is read by many
        _LOG.error("feature %s of decision %s is not what the journal gives", wrong.feature, wrong.decision_id)
    return found


class _Check:
    """One run: the folded state of the drawn keys, and what was compared so far."""

    def __init__(
        self, journal: Journal | JournalView, vault: Vault, share: float, salt: str, *, compiled: bool | None
    ) -> None:
        self.mismatch: FeatureMismatch | None = None
        self._journal = journal
        self._state = OnlineState(vault, compiled=compiled)
        self._share = share
        self._salt = salt
        self._compiled = compiled
        self._live: LiveRelease | None = None
        self._sample: KeySample | None = None
        self._host: OnlineFeatures | None = None
        self._event: Event | None = None
        self._vector: list[Value] = []
        self._gone: set[tuple[str, bytes]] = set()
        self._keys: set[tuple[str, bytes]] = set()
        self._seq = self._decisions = self._values = self._erased = 0

    def take(self, record: Record) -> None:
        """The next record of the journal."""
        if record.kind == "artefact":
            self._release(record)
        elif record.kind == "event":
            self._event = self._fold(record)
        elif record.kind == "decision" and self._event is not None:
            self._compare(record, self._event)
        self._seq = record.seq

    def found(self) -> FeatureCheck:
        """What was found so far."""
        return FeatureCheck(
            to_seq=self._seq,
            keys=len(self._keys),
            decisions=self._decisions,
            values=self._values,
            erased=self._erased,
            mismatch=self.mismatch,
        )

    def _release(self, record: Record) -> None:
        change = decode_change(record.clear)
        live = self._state.assemble(change) if isinstance(change, Released | RolledBack) else None
        self._state.register.apply(change, record.recorded_at)
        if live is None:
            return
        before, self._live = self._live, live
        if before is not None and before.plan.digest == live.plan.digest:
            return
        self._sample = KeySample(live.plan, self._share, self._salt)
        self._host = OnlineFeatures(live.plan, compiled=self._compiled)
        self._gone.clear()
        for earlier in self._journal.read(to_seq=record.seq, kinds=["event"]):
            self._fold(earlier)

    def _fold(self, record: Record) -> Event | None:
        """Take an event in where it concerns a drawn key; None where it does not."""
        live, sample, host = self._live, self._sample, self._host
        if live is None or sample is None or host is None or not live.knows(record):
            return None
        # what an event names is readable; only one that is looked at is worth opening
        if not sample.concerns(event_of(record, live, lambda _record: None)):
            return None
        event = event_of(record, live, self._journal.open_secret)
        if event.erased:
            self._gone.update((unit.name, key) for unit, key in sample.drawn(event))
        self._vector = host.observe(event, record.seq)
        return event

    def _compare(self, record: Record, event: Event) -> None:
        trail = decode_body(record.clear).trail
        live, sample = self._live, self._sample
        if live is None or sample is None or trail.event_id != event.event_id:
            return
        drawn = sample.drawn(event)
        kept = [(unit, key) for unit, key in drawn if (unit.name, key) not in self._gone]
        then = personal_of(record, self._journal) if kept else None
        if then is None:
            self._erased += bool(drawn)
            return
        row = dict(zip(live.plan.names, self._vector, strict=True))
        now = decode_personal(used_bytes({name: row[name] for name in row if name in then.inputs}, {}))
        self._decisions += 1
        for unit, key in kept:
            self._keys.add((unit.name, key))
            self._compare_key(unit, key, then, now, trail, event)

    def _compare_key(self, unit: Unit, key: bytes, then: Personal, now: Personal, trail: Trail, event: Event) -> None:
        for name in unit.features:
            if name not in then.inputs or name in event.values or self.mismatch is not None:
                continue
            self._values += 1
            if then.inputs[name] != now.inputs[name]:
                self.mismatch = FeatureMismatch(
                    decision_id=trail.decision_id,
                    event_seq=trail.event_seq,
                    feature=name,
                    unit=unit.name,
                    key=key.hex(),
                    then=then.inputs[name],
                    now=now.inputs[name],
                )
