"""Building a training set, and building it again to see whether it is what it says."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import pyarrow as pa

from tandem.decide.decisions import Beside, LiveRelease, document_of
from tandem.kernel.errors import NotFound, Unavailable
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock
from tandem.learn.datasets.as_of import caught_up
from tandem.learn.datasets.assembling import Outline, PolicyOf, assemble
from tandem.learn.datasets.manifest import DatasetManifest, Rows, digest_of_rows, digested
from tandem.learn.datasets.spec import DatasetSpec
from tandem.learn.datasets.store import DatasetStore
from tandem.observe.lake import Lake

__all__ = [
    "Built",
    "DatasetFault",
    "build",
    "faults_of",
    "live_release",
    "manifest_of",
    "policies",
    "traffic",
    "verify",
]


@dataclass(frozen=True)
class Built:
    """A set with its rows, not yet kept."""

    manifest: DatasetManifest
    rows: pa.Table
    declined: pa.Table


class DatasetFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a set is not what it says, or cannot be built again.

    Attributes:
        code: ``rows_differ`` (on disk), ``history_differs``, ``erased_since``, ``features_changed``, ``columns_differ``.
    """

    code: str
    words: str


def build(beside: Beside, lake: Lake, spec: DatasetSpec, *, clock: Clock) -> Built:
    """The set that ``spec`` asks for; the same journal and definitions give the same digest.

    Raises:
        Unavailable: no release is live, or the lake does not catch up.
        DefinitionError, NotFound, InvalidInput: as ``assemble``.
    """
    live = live_release(beside)
    caught_up(beside, lake)
    made = assemble(lake.moment(), live, spec, policies(beside))
    manifest = manifest_of(beside, live, spec, made.outline, made.rows, made.declined, clock=clock)
    return Built(manifest, made.rows, made.declined)


def manifest_of(
    beside: Beside,
    live: LiveRelease,
    spec: DatasetSpec,
    outline: Outline,
    rows: Rows,
    declined: Rows,
    *,
    clock: Clock,
) -> DatasetManifest:
    """The record of a set, with its digest, whichever engine built it."""
    return digested(
        DatasetManifest(
            digest=Digest(""),
            spec=spec,
            head=beside.journal.at([spec.seq])[0].mac.hex(),
            label_digest=spec.label.digest,
            features_digest=outline.features_digest,
            columns=outline.columns,
            counts=outline.counts,
            ids=outline.ids,
            forbid=spec.forbid,
            rows_digest=digest_of_rows(rows),
            declined_digest=digest_of_rows(declined),
            release=live.digest,
            built_at=clock.now(),
        )
    )


def traffic(beside: Beside, lake: Lake, spec: DatasetSpec) -> pa.Table:
    """Every decided event of the stretch that ``spec`` asks for, with what was known of it: what a challenger is computed on.

    The columns of a set, but all events are in it, reviewed and too young ones too; only who was erased is not. A label stands
    beside an event as far as it is told, trusted or not.

    Raises:
        As ``build``.
    """
    live = live_release(beside)
    caught_up(beside, lake)
    return assemble(lake.moment(), live, spec, policies(beside), everything=True).whole.combine_chunks()


def verify(
    beside: Beside, lake: Lake, store: DatasetStore, kept: DatasetManifest, *, clock: Clock
) -> list[DatasetFault]:
    """What is wrong with a kept set: its rows against its record, and its record against one built again. Empty: nothing.

    Which engine built it makes no difference.
    """
    again = build(beside, lake, kept.spec, clock=clock)
    return faults_of(store, kept, again.manifest, again.rows)


def faults_of(store: DatasetStore, kept: DatasetManifest, again: DatasetManifest, rows: Rows) -> list[DatasetFault]:
    """What is wrong with a kept set, held against its record and its ``rows`` as they were built again."""
    faults = []
    files = store.files(kept)
    if (digest_of_rows(files.rows), digest_of_rows(files.declined)) != (kept.rows_digest, kept.declined_digest):
        faults.append(DatasetFault(code="rows_differ", words="the rows on disk are not those that were written"))
    if again.digest == kept.digest:
        return faults
    if again.head != kept.head:
        words = f"the journal has another history at {kept.spec.seq:,}"
        return [*faults, DatasetFault(code="history_differs", words=words)]
    gone = again.counts.erased - kept.counts.erased
    if gone:
        words = f"{gone:,} rows belong to persons who were erased since: remove this set and build it again"
        faults.append(DatasetFault(code="erased_since", words=words))
    if again.features_digest != kept.features_digest:
        words = "features are defined otherwise now, so what was computed cannot be computed again"
        faults.append(DatasetFault(code="features_changed", words=words))
    differing = _differing(files.rows, rows)
    if differing and not gone:
        faults.append(DatasetFault(code="columns_differ", words="columns come out otherwise: " + ", ".join(differing)))
    return faults or [DatasetFault(code="columns_differ", words="the record of the set comes out otherwise")]


def _differing(kept: Rows, again: Rows) -> list[str]:
    if kept.num_rows != again.num_rows:
        return ["the number of rows"]
    names = dict.fromkeys([*kept.column_names, *again.column_names])
    both = set(kept.column_names) & set(again.column_names)
    return [name for name in names if name not in both or not kept.column(name).equals(again.column(name))]


def live_release(beside: Beside) -> LiveRelease:
    """The release that is live.

    Raises:
        Unavailable: there is none yet.
    """
    live = beside.live()
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return live


def policies(beside: Beside) -> PolicyOf:
    """The documents of every version of every policy."""
    register = beside.register()

    def policy_of(digest: Digest) -> dict[str, object] | None:
        try:
            return document_of(register.version(digest).artefact)
        except NotFound:
            return None

    return policy_of
