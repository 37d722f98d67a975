"""The register: a fold over artefact changes that answers what is live, what was, and who approved it.

Commands (``push``, ``review``, ``decline``, ``release``, ``roll_back``, ``withdraw``) look at the state and return the change to be recorded, or
refuse; ``apply`` moves the state and cannot fail for a change that a command returned. So the live register, one
rebuilt from the journal, and one in a test are the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from tandem.kernel.artefacts.changes import ArtefactChange, Declined, Pushed, Released, Reviewed, RolledBack, Withdrawn
from tandem.kernel.artefacts.types import (
    Activation,
    Artefact,
    ArtefactKey,
    ArtefactState,
    ArtefactVersion,
    Decline,
    Release,
    Review,
    Withdrawal,
    manifest_digest,
)
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Refused, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros

__all__ = ["ArtefactRegister"]


class ArtefactRegister:
    """All versions, reviews and releases of a workspace.

    Args:
        four_eyes: an author may not review their own version. Off only until access control knows who is who.
    """

    def __init__(self, *, four_eyes: bool = False) -> None:
        self._four_eyes = four_eyes
        self._versions: dict[Digest, ArtefactVersion] = {}
        self._history: dict[ArtefactKey, list[Digest]] = {}
        self._releases: dict[Digest, Release] = {}
        self._activations: list[Activation] = []
        self._withdrawn: dict[Digest, Withdrawal] = {}

    @property
    def four_eyes(self) -> bool:
        """Whether an author may not review their own version."""
        return self._four_eyes

    # -- what is known -------------------------------------------------------------------------------------------

    @property
    def live(self) -> Release | None:
        """The release in force, or None before the first one."""
        return self._releases[self._activations[-1].release] if self._activations else None

    @property
    def activations(self) -> tuple[tuple[Micros, Digest, str], ...]:
        """When which release went live, and by whom; roll-backs included."""
        return tuple((one.at, one.release, one.by) for one in self._activations)

    @property
    def went_live(self) -> tuple[Activation, ...]:
        """Every time a release went live, with its reason, oldest first; roll-backs included."""
        return tuple(self._activations)

    @property
    def back_to(self) -> Digest | None:
        """The release that a roll-back puts in force unless it names one; None where there is none.

        What was rolled back is not gone back to: two roll-backs in a row go back two releases, and not to the one that the first
        was meant to end.
        """
        way: list[Digest] = []
        for one in self._activations:
            if one.rolled_back and one.release in way:
                while way[-1] != one.release:
                    way.pop()
            elif not way or way[-1] != one.release:
                way.append(one.release)
        return way[-2] if len(way) > 1 else None

    @property
    def withdrawn(self) -> Mapping[Digest, Withdrawal]:
        """Versions that decide nothing any more, whatever release they stand in, and why."""
        return MappingProxyType(self._withdrawn)

    def version(self, digest: Digest) -> ArtefactVersion:
        """The version with this digest.

        Raises:
            NotFound: no such version.
        """
        found = self._versions.get(digest)
        if found is None:
            raise NotFound("No artefact has this digest.", code="unknown_artefact", field="digest", value=digest)
        return found

    def history(self, key: ArtefactKey) -> tuple[ArtefactVersion, ...]:
        """Every version of ``key`` once, oldest first; one that was pushed again stands where it was pushed last.

        Raises:
            NotFound: nothing is known under that key.
        """
        digests = self._history.get(key)
        if digests is None:
            raise NotFound(
                f"No artefact is called {key}.",
                code="unknown_artefact",
                field="name",
                value=str(key),
                hint=near_match(str(key), [str(known) for known in self._history]),
            )
        newest_first = dict.fromkeys(reversed(digests))
        return tuple(self._versions[digest] for digest in reversed(newest_first))

    def keys(self, kind: str | None = None) -> tuple[ArtefactKey, ...]:
        """Every key, sorted, of one kind or of all."""
        return tuple(sorted(key for key in self._history if kind is None or key.kind == kind))

    def latest(self, key: ArtefactKey) -> ArtefactVersion:
        """The newest version of ``key``, whatever its state."""
        return self.history(key)[-1]

    def release_of(self, digest: Digest) -> Release:
        """The release with this digest.

        Raises:
            NotFound: no such release.
        """
        found = self._releases.get(digest)
        if found is None:
            raise NotFound(
                "No release has this digest.",
                code="unknown_release",
                field="release",
                value=digest,
                hint=near_match(digest, self._releases),
            )
        return found

    def artefacts_of(self, release: Release) -> tuple[Artefact, ...]:
        """The artefacts of ``release``, in the order of their keys."""
        return tuple(self._versions[release.manifest[key]].artefact for key in sorted(release.manifest))

    def state_of(self, digest: Digest) -> ArtefactState:
        """How far the version with this digest has come."""
        version = self.version(digest)
        key = str(version.artefact.key)
        if self.live is not None and self.live.manifest.get(key) == digest:
            return ArtefactState.LIVE
        if any(
            self._releases[release].manifest.get(key) == digest
            for release in {one.release for one in self._activations}
        ):
            return ArtefactState.RETIRED
        if version.decline is not None:
            return ArtefactState.DECLINED
        return ArtefactState.REVIEWED if version.reviews else ArtefactState.DRAFT

    def manifest_after(
        self, changes: Mapping[ArtefactKey, Digest | None], *, replace_all: bool = False
    ) -> dict[str, Digest]:
        """What would be live with ``changes`` on top of what is live now (None takes a key out)."""
        manifest = {} if replace_all or self.live is None else dict(self.live.manifest)
        for key, digest in changes.items():
            if digest is None:
                manifest.pop(str(key), None)
            else:
                manifest[str(key)] = digest
        return manifest

    # -- commands: the change to record, or a refusal ---------------------------------------------------------------

    def push(self, artefacts: Iterable[Artefact], *, author: str, note: str = "") -> Pushed | None:
        """New drafts of ``artefacts``; None where every one is already known as the newest version."""
        new = tuple(one for one in artefacts if self._history.get(one.key, [None])[-1] != one.digest)
        return Pushed(new, author, note) if new else None

    def review(self, digests: Sequence[Digest], *, approver: str, note: str = "") -> Reviewed:
        """The approval of ``digests`` by ``approver``.

        Raises:
            NotFound: an unknown digest.
            Refused: the approver wrote one of them and four eyes are required.
        """
        for digest in digests:
            version = self.version(digest)
            if self._four_eyes and version.author == approver:
                raise Refused(
                    f"{approver} wrote {version.artefact.key} and may not approve it.",
                    code="author_is_approver",
                    field="approver",
                    value=approver,
                    hint="ask someone else to review it",
                )
        return Reviewed(tuple(digests), approver, note)

    def decline(self, digests: Sequence[Digest], *, by: str, reason: str) -> Declined:
        """The refusal of ``digests`` by ``by``: they cannot go live until somebody approves them after all.

        Raises:
            NotFound: an unknown digest.
            Conflict: one of them is live, or was.
            InvalidInput: no reason.
        """
        for digest in digests:
            state = self.state_of(digest)
            if state in {ArtefactState.LIVE, ArtefactState.RETIRED}:
                raise Conflict(
                    f"{self.version(digest).artefact.key} has been live: it cannot be sent back any more.",
                    code="was_live",
                    field="digests",
                    value=digest,
                    hint="roll back, or release another version",
                )
        if not reason.strip():
            raise InvalidInput(
                "The author needs to know why.", code="missing_field", field="reason", hint="say what must change"
            )
        return Declined(tuple(digests), by, reason.strip())

    def release(
        self, changes: Mapping[ArtefactKey, Digest | None], *, by: str, note: str = "", replace_all: bool = False
    ) -> Released:
        """What goes live when ``changes`` are put on top of the live release (None takes a key out).

        Raises:
            NotFound: an unknown digest.
            Refused: a version that nobody has reviewed, or that was sent back.
            Conflict: nothing would change.
        """
        manifest = self.manifest_after(changes, replace_all=replace_all)
        for text, digest in manifest.items():
            declined = self.version(digest).decline
            if declined is not None:
                raise Refused(
                    f"{declined.by} sent {text} back: {declined.reason}",
                    code="declined",
                    field=text,
                    value=digest,
                    hint="push a better version, or have this one approved after all",
                )
            if not self.version(digest).reviews:
                raise Refused(
                    f"{text} has not been reviewed.",
                    code="not_reviewed",
                    field=text,
                    value=digest,
                    hint="review it first: tandem review",
                )
        release = manifest_digest(manifest)
        if self.live is not None and self.live.digest == release:
            raise Conflict("This set is already live.", code="already_live", field="release", value=release)
        return Released(release, manifest, by, note)

    def roll_back(self, *, by: str, to: Digest | None = None, note: str = "") -> RolledBack:
        """The return to release ``to``, by default ``back_to``.

        Raises:
            NotFound: no such release.
            Conflict: there is nothing to go back to, or it is live already.
        """
        live = self.live
        to = to or self.back_to
        if to is None:
            raise Conflict("There is no earlier release to go back to.", code="no_earlier_release")
        self.release_of(to)
        if live is not None and live.digest == to:
            raise Conflict("That release is already live.", code="already_live", field="release", value=to)
        return RolledBack(to, by, note)

    def withdraw(self, digests: Sequence[Digest], *, by: str, reason: str) -> Withdrawn:
        """Versions taken out of force for good. It needs no review: what is left has had one.

        Raises:
            NotFound: an unknown digest.
            Conflict: all of them are withdrawn already.
            InvalidInput: no reason.
        """
        for digest in digests:
            self.version(digest)
        left = tuple(digest for digest in digests if digest not in self._withdrawn)
        if not left:
            raise Conflict(
                "It has been withdrawn before.",
                code="already_withdrawn",
                field="digests",
                value=digests[0] if digests else None,
            )
        if not reason.strip():
            raise InvalidInput("A withdrawal has a reason.", code="missing_field", field="reason", hint="say why")
        return Withdrawn(left, by, reason.strip())

    # -- the fold --------------------------------------------------------------------------------------------------

    def apply(self, change: ArtefactChange, at: Micros) -> None:
        """Move the state by a recorded change."""
        match change:
            case Pushed():
                self._push(change, at)
            case Reviewed():
                for digest in change.digests:
                    version = self._versions[digest]
                    reviews = (*version.reviews, Review(change.approver, at, change.note))
                    self._versions[digest] = msgspec.structs.replace(version, reviews=reviews, decline=None)
            case Declined():
                decline = Decline(change.by, at, change.reason)
                for digest in change.digests:
                    self._versions[digest] = msgspec.structs.replace(self._versions[digest], decline=decline)
            case Released():
                self._releases.setdefault(
                    change.release, Release(change.release, change.manifest, change.by, at, change.note)
                )
                self._activations.append(Activation(at, change.release, change.by, change.note))
            case Withdrawn():
                for digest in change.digests:
                    self._withdrawn.setdefault(digest, Withdrawal(change.by, at, change.reason))
            case RolledBack():
                self._activations.append(Activation(at, change.release, change.by, change.note, rolled_back=True))

    def _push(self, change: Pushed, at: Micros) -> None:
        for artefact in change.artefacts:
            # The same content pushed again after another version keeps its reviews: it is the same thing.
            if artefact.digest not in self._versions:
                self._versions[artefact.digest] = ArtefactVersion(artefact, change.author, at, change.note)
            self._history.setdefault(artefact.key, []).append(artefact.digest)
