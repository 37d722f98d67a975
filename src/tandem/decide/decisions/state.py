"""The online state: a fold over the journal, record by record, in order.

The live process, a start after a crash, and a deep replay all move the same state by the same records, so they cannot
come to different views of what was known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.live import LiveRelease, assemble, document_of
from tandem.decide.decisions.records import decode_body, decode_list_change
from tandem.decide.experiments import ClusterUnits
from tandem.decide.lists import Lists, parse_list
from tandem.kernel.artefacts import Artefact, ArtefactRegister, Released, RolledBack, decode_change, manifest_digest
from tandem.kernel.identity import Digest
from tandem.observe.events import Event
from tandem.observe.journal import Record
from tandem.prove.privacy import Erased, Vault

__all__ = ["OnlineState", "OpenSecret"]

_CLUSTERED = b'"member":'
"""Stands in the trail of every decision that was assigned by a component."""

OpenSecret = Callable[[Record], "bytes | Erased | None"]


class OnlineState:
    """What is known after record ``seq``.

    Args:
        vault: where pseudonyms come from.
        compiled: use the compiled feature kernel: True, False, or None for where built.
        four_eyes: authors may not approve their own artefacts.
    """

    def __init__(self, vault: Vault, *, compiled: bool | None = None, four_eyes: bool = False) -> None:
        self.seq = 0
        self.register = ArtefactRegister(four_eyes=four_eyes)
        self.lists = Lists()
        self.live: LiveRelease | None = None
        self.known: OnlineKnown | None = None
        self.units = ClusterUnits()
        self._units_folded = False
        self._vault = vault
        self._compiled = compiled

    def assemble(self, change: Released | RolledBack) -> LiveRelease:
        """The release that ``change`` puts in force, ready to decide.

        Raises:
            DefinitionError: it does not hold together; nothing has changed.
        """
        manifest = (
            change.manifest if isinstance(change, Released) else self.register.release_of(change.release).manifest
        )
        return self._assembled(change.release, manifest, self._recorded_by())

    def assemble_with(self, draft: Artefact) -> LiveRelease:
        """What is live with ``draft`` in the place of the version it would follow; nothing is kept of it.

        Raises:
            DefinitionError: the two do not hold together.
        """
        live = self.register.live
        artefacts = () if live is None else self.register.artefacts_of(live)
        beside = [one for one in artefacts if one.key != draft.key]
        manifest = {str(one.key): one.digest for one in (*beside, draft)}
        return assemble([*beside, draft], manifest_digest(manifest), self._vault, recorded=self._recorded_by())

    def _recorded_by(self) -> list[Artefact]:
        """Every version of an event type that was ever live, the newest first."""
        found: dict[Digest, Artefact] = {}
        for _, release, _ in reversed(self.register.activations):
            for artefact in self.register.artefacts_of(self.register.release_of(release)):
                if artefact.kind == "event_type":
                    found.setdefault(artefact.digest, artefact)
        return list(found.values())

    def _assembled(
        self, digest: Digest, manifest: Mapping[str, Digest], recorded: Iterable[Artefact] = ()
    ) -> LiveRelease:
        artefacts = [self.register.version(one).artefact for one in manifest.values()]
        live = assemble(artefacts, digest, self._vault, recorded=recorded)
        return live.running_without(self.register.withdrawn)

    def withdraw(self) -> None:
        """Decide from now on by the live release without what was withdrawn."""
        if self.live is not None:
            self.live = self.live.running_without(self.register.withdrawn)

    def fold_units(self, decisions: Callable[[], Iterable[Record]]) -> None:
        """Learn who was assigned with whom, once, where an experiment of the live release asks for it."""
        if self.live is None or not self.live.arms.clustered or self._units_folded:
            return
        self._units_folded = True
        for record in decisions():
            if _CLUSTERED in record.clear:
                trail = decode_body(record.clear).trail
                for one in trail.arms:
                    if one.member is not None and one.unit is not None:
                        self.units.take(one.experiment, one.member, one.unit, trail.event_seq)

    def switch(self, live: LiveRelease, known: OnlineKnown | None = None) -> None:
        """Decide by ``live`` from now on; a changed plan begins empty unless ``known`` is given."""
        if known is not None:
            self.known = known
        elif self.known is None or self.known.plan.digest != live.known.digest:
            self.known = OnlineKnown(live.known, compiled=self._compiled)
        self.live = live
        for definition in live.lists.values():
            self.lists.define(definition)

    def restore_lists(self, data: bytes) -> None:
        """Take the lists of a snapshot, and the definitions of the release that is live."""
        defined = self.lists.definitions()
        self.lists = Lists.restore(data)
        for definition in defined:
            self.lists.define(definition)

    def fold_artefacts(self, records: Iterable[Record]) -> None:
        """Move the register by every artefact record there is, then put what is live in force.

        Only the live release is assembled. The lists of earlier ones are defined too: their entries are in the journal.
        """
        for record in records:
            self.register.apply(decode_change(record.clear), record.recorded_at)
        for _, digest, _ in self.register.activations:
            for artefact in self.register.artefacts_of(self.register.release_of(digest)):
                if artefact.kind == "list":
                    self.lists.define(parse_list(document_of(artefact)))
        live = self.register.live
        if live is not None:
            self.switch(self._assembled(live.digest, live.manifest))

    def fold(self, record: Record, open_secret: OpenSecret) -> None:
        """Move features and graphs by an event record, lists by a list record."""
        if record.kind == "event" and self.live is not None and self.known is not None:
            if self.live.knows(record):
                self.known.observe(event_of(record, self.live, open_secret), record.seq)
        elif record.kind == "list":
            self.lists.apply(decode_list_change(record.clear))
        self.seq = record.seq


def event_of(record: Record, live: LiveRelease, open_secret: OpenSecret) -> Event:
    """The event that ``record`` keeps, as it was read; without its personal values where these were erased."""
    secret = open_secret(record)
    assert record.digest is not None, "every event is recorded with its digest"
    return live.reader.rebuild(record.clear, secret if isinstance(secret, bytes) else None, digest=record.digest)
