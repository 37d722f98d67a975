"""Membership as the fold of list changes; the hot path asks it without copying anything."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from tandem.decide.lists.types import ChangePreview, ChangeReceipt, ListChange, ListDefinition, ListEntry
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import Conflict, IntegrityError, NotFound, near_match
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["ListView", "Lists"]

_NEVER: Final = 2**63
_FORMAT: Final = 1


class _Membership:
    """Who counts as a member at one instant; a window on the live entries."""

    __slots__ = ("_at", "_expiries")

    def __init__(self, expiries: dict[str, int], at: int) -> None:
        self._expiries = expiries
        self._at = at

    def __contains__(self, member: object) -> bool:
        return self._expiries.get(member, 0) > self._at  # type: ignore[call-overload, no-any-return]


class _List:
    """The state of one list."""

    __slots__ = ("definition", "entries", "expiries", "expiring", "version")

    def __init__(self, definition: ListDefinition) -> None:
        self.definition = definition
        self.entries: dict[Pseudonym, ListEntry] = {}
        self.expiries: dict[str, int] = {}
        self.expiring = 0
        self.version = 0

    def put(self, entry: ListEntry) -> bool:
        """Add or replace; True when the member is new."""
        new = not self.drop(entry.member)
        self.entries[entry.member] = entry
        self.expiries[entry.member] = _NEVER if entry.expires_at is None else entry.expires_at
        self.expiring += entry.expires_at is not None
        return new

    def drop(self, member: Pseudonym) -> bool:
        """Remove; True when it was there."""
        entry = self.entries.pop(member, None)
        if entry is None:
            return False
        del self.expiries[member]
        self.expiring -= entry.expires_at is not None
        return True


class ListView(Mapping[str, Container[str]]):
    """All lists as they count at one instant of event time.

    A window, not a copy: it shows changes applied after it was made. Take one per decision and use it at once.
    """

    __slots__ = ("_at", "_lists")

    def __init__(self, lists: dict[str, _List], at: Micros) -> None:
        self._lists = lists
        self._at = at

    def __getitem__(self, name: str) -> Container[str]:
        one = self._lists[name]
        # Without an expiring entry the dict itself answers; nothing is built.
        return _Membership(one.expiries, self._at) if one.expiring else one.expiries

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)


class Lists:
    """Every list of a workspace: ``apply`` changes in journal order, then ask ``view``.

    The state is a deterministic fold: the same definitions and changes in the same order give the same snapshot bytes.

    Args:
        definitions: the lists there are.
    """

    def __init__(self, definitions: Iterable[ListDefinition] = ()) -> None:
        self._lists: dict[str, _List] = {}
        self._changes: dict[str, Digest] = {}
        self._version = 0
        for definition in definitions:
            self.define(definition)

    @property
    def version(self) -> int:
        """Grows by one with every change applied: two processes with one version hold the same lists."""
        return self._version

    def list_version(self, name: str) -> int:
        """``version`` as it was after the last change to this list; 0 before the first.

        Raises:
            NotFound: no such list.
        """
        return self._named(name).version

    def define(self, definition: ListDefinition) -> None:
        """Add a list, or change its definition; its members stay."""
        if definition.name in self._lists:
            self._lists[definition.name].definition = definition
        else:
            self._lists[definition.name] = _List(definition)

    def definitions(self) -> tuple[ListDefinition, ...]:
        """All definitions, by name."""
        return tuple(self._lists[name].definition for name in sorted(self._lists))

    def view(self, at: Micros) -> ListView:
        """Membership at event time ``at``, as known now."""
        return ListView(self._lists, at)

    def entries(self, name: str) -> tuple[ListEntry, ...]:
        """Entries of a list in the order they were added, expired ones included.

        Raises:
            NotFound: no such list.
        """
        return tuple(self._named(name).entries.values())

    def entry(self, name: str, member: Pseudonym) -> ListEntry | None:
        """The entry of ``member`` on a list, expired or not; None where it is not on it.

        Raises:
            NotFound: no such list.
        """
        return self._named(name).entries.get(member)

    def memberships(self, member: Pseudonym, at: Micros) -> dict[str, ListEntry]:
        """The lists an entity is in at ``at``, with its entries."""
        view = self.view(at)
        return {name: one.entries[member] for name, one in self._lists.items() if member in view[name]}

    def preview(self, change: ListChange) -> ChangePreview:
        """What ``change`` would do now.

        Raises:
            NotFound: no such list.
        """
        entries = self._named(change.list).entries
        leaving = {member for member in change.remove if member in entries}
        joining = {entry.member for entry in change.add}
        staying = joining & entries.keys() - leaving
        return ChangePreview(
            added=len(joining) - len(staying),
            renewed=len(staying),
            removed=len(leaving),
            absent=len(set(change.remove)) - len(leaving),
        )

    def check(self, change: ListChange) -> bool:
        """Whether ``change`` was applied before; to be asked before it is written to the journal.

        Raises:
            NotFound: no such list.
            Conflict: its id stands for another change.
        """
        self._named(change.list)
        known = self._changes.get(change.change_id)
        if known is None:
            return False
        if known != change.digest():
            raise Conflict(
                "This change id stands for another change.",
                code="change_id_reused",
                field="change_id",
                value=change.change_id,
                hint="send a new change_id for a new change",
            )
        return True

    def apply(self, change: ListChange) -> ChangeReceipt:
        """Apply a change, whole; the same change again does nothing.

        Raises:
            NotFound: no such list.
            Conflict: its id stands for another change.
        """
        one = self._named(change.list)
        if self.check(change):
            return ChangeReceipt(
                version=self._version,
                list_version=one.version,
                added=0,
                renewed=0,
                removed=0,
                absent=0,
                duplicate=True,
            )
        counted = self.preview(change)
        for member in change.remove:
            one.drop(member)
        for entry in change.add:
            one.put(entry)
        self._changes[change.change_id] = change.digest()
        self._version += 1
        one.version = self._version
        return ChangeReceipt(
            version=self._version,
            list_version=one.version,
            added=counted.added,
            renewed=counted.renewed,
            removed=counted.removed,
            absent=counted.absent,
        )

    def snapshot(self) -> bytes:
        """The whole state as canonical JSON."""
        return canonical_bytes(
            _Snapshot(
                format=_FORMAT,
                version=self._version,
                changes=self._changes,
                lists=[
                    _ListSnapshot(definition=one.definition, version=one.version, entries=list(one.entries.values()))
                    for _, one in sorted(self._lists.items())
                ],
            )
        )

    @classmethod
    def restore(cls, data: bytes) -> Lists:
        """The lists of a snapshot.

        Raises:
            IntegrityError: not a snapshot of this format.
        """
        try:
            stored = msgspec.json.decode(data, type=_Snapshot)
        except msgspec.MsgspecError as error:
            raise IntegrityError(f"Not a snapshot of lists: {error}", code="list_snapshot") from None
        if stored.format != _FORMAT:
            raise IntegrityError(
                "A snapshot of lists in another format.", code="list_snapshot_format", value=stored.format
            )
        lists = cls(one.definition for one in stored.lists)
        for one in stored.lists:
            state = lists._lists[one.definition.name]
            for entry in one.entries:
                state.put(entry)
            state.version = one.version
        lists._changes = stored.changes
        lists._version = stored.version
        return lists

    def _named(self, name: str) -> _List:
        one = self._lists.get(name)
        if one is None:
            raise NotFound(
                "There is no such list.",
                code="unknown_list",
                field="list",
                value=name,
                hint=near_match(name, self._lists),
            )
        return one


class _ListSnapshot(msgspec.Struct, frozen=True):
    definition: ListDefinition
    version: int
    entries: list[ListEntry]


class _Snapshot(msgspec.Struct, frozen=True):
    format: int
    version: int
    changes: dict[str, Digest]
    lists: list[_ListSnapshot]
