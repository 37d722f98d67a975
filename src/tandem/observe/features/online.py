"""The online host: a fold over the journal that answers, for every event, what is known as of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import import_module
from operator import itemgetter
from types import ModuleType
from typing import Any

from tandem.kernel.errors import IntegrityError, InvalidInput, NotFound, Unavailable, near_match
from tandem.kernel.identity import EntityKind, EventTypeName, Pseudonym, Sequence
from tandem.kernel.time import Micros
from tandem.kernel.values import Row, SqlType, Value
from tandem.observe.events import Event
from tandem.observe.features.definitions import Aggregate, Base
from tandem.observe.features.identities import bad_value, event_identity, identity_of, pseudonym_text
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.program import TrackStatus
from tandem.observe.features.reference import ReferenceKernel
from tandem.observe.features.snapshots import pack_snapshot, unpack_snapshot
from tandem.observe.features.states import dump_key, dump_state, keys_of, load_key, load_state

__all__ = ["MISSING_REASONS", "OnlineFeatures", "compiled_module"]

MISSING_REASONS = {
    TrackStatus.ABSENT: "no_entity",
    TrackStatus.NEVER_SEEN: "never_seen",
    TrackStatus.TOO_LATE: "too_late",
    TrackStatus.READ: "empty_window",
}
"""Why a feature is None: the event does not name the entity; it was never seen before; the event is too late for its
windows to be exact; or there is nothing to compute with in the window (including division by zero and overflow)."""

_MAX_TEXTS = 100_000


def compiled_module() -> ModuleType | None:
    """The compiled kernel, where a compiler built it."""
    try:
        return import_module("tandem.observe.features._compiled")
    except ImportError:
        return None


class OnlineFeatures:
    """The state of every key, moved by one event at a time.

    One writer: calls are not to overlap. Given the same events in the same order, it gives the same vectors, whichever
    kernel runs.

    Args:
        plan: what to compute.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Raises:
        Unavailable: the compiled kernel is demanded and not there.
    """

    def __init__(self, plan: FeaturePlan, *, compiled: bool | None = None) -> None:
        self.plan = plan
        module = None if compiled is False else compiled_module()
        if compiled and module is None:
            raise Unavailable("The compiled feature kernel is not installed.", hint="install with a C++ compiler")
        self.is_compiled = module is not None
        self._kernel: Any = ReferenceKernel(plan.program) if module is None else module.Kernel(plan.program.as_tuple())
        self._types = {event: index for index, event in enumerate(plan.types)}
        self._getters = {event: _getter(plan.needs[event]) for event in plan.types}
        self._texts: dict[bytes, str] = {}
        self._identities: dict[str, bytes] = {}
        self._keeps_texts = any(not is_pseudonym for is_pseudonym in plan.identity_fields.values())
        self._repairs = _repairs(plan, self._texts)
        self._nothing: list[Value] = [None] * len(plan.names)
        self._named = False
        self._index = {name: position for position, name in enumerate(plan.names)}
        self._itself: dict[EventTypeName, list[int]] = {}
        self.last_seq = 0

    def observe(self, event: Event, seq: Sequence) -> list[Value]:
        """Take in ``event`` and return every feature as of it, in the order of ``plan.names``; None where missing.

        Raises:
            IntegrityError: ``seq`` is not after the last one.
        """
        kind = event.event_type
        type_index = self._types.get(kind)
        if seq <= self.last_seq:
            raise IntegrityError(
                "Events must come in the order of the journal.", code="out_of_order", field="seq", value=seq
            )
        supersedes = None if event.supersedes is None else event_identity(event.supersedes)
        if type_index is None:
            if supersedes is not None:
                self._kernel.correct(supersedes)
            self._named = False
            self.last_seq = seq
            return self._nothing.copy()
        row = event.values
        values = self._getters[kind](row)
        if self.plan.text_needs[kind] or self.plan.decimal_needs[kind]:
            values = self._handed(kind, values)
        passed = self.plan.filters[kind](row, event.occurred_at)
        try:
            vector = self._kernel.observe(
                type_index, seq, event.occurred_at, event_identity(event.event_id), supersedes, values, passed
            )
        except (ValueError, TypeError, OverflowError) as error:
            raise bad_value(kind, error) from error
        self.last_seq = seq
        self._named = True
        for position, repair in self._repairs:
            if vector[position] is not None:
                vector[position] = repair(vector[position])
        return vector  # type: ignore[no-any-return]

    def foresee(self, event: Event) -> list[Value]:
        """About what ``observe`` would tell of ``event``, in the order of ``plan.names``; nothing changes.

        It is what was known right before the event. Only plain counts that will see the event itself are told with it;
        of sums, means and the like the event's own part is missing.
        """
        type_index = self._types.get(event.event_type)
        if type_index is None:
            return self._nothing.copy()
        values = tuple(event.entities.get(name) for name in self.plan.needs[event.event_type])
        vector: list[Value] = self._kernel.peek(type_index, event.occurred_at, values)
        self._named = True
        for position, repair in self._repairs:
            if vector[position] is not None:
                vector[position] = repair(vector[position])
        for position in self._counts_itself(event.event_type):
            count = vector[position]
            if count is not None:
                vector[position] = count + 1  # type: ignore[operator]  # a count is a whole number
        return vector

    def _counts_itself(self, event_type: EventTypeName) -> list[int]:
        """Positions of the plain counts that an event of this type is in itself."""
        found = self._itself.get(event_type)
        if found is None:
            found = self._itself[event_type] = [
                self._index[feature.name]
                for one in self.plan.feature_sets
                for feature in one.features
                if feature.aggregate is Aggregate.COUNT and _sees(feature.operands[0], event_type)
            ]
        return found

    def peek(self, event_type: EventTypeName, entities: Mapping[str, Pseudonym], at: Micros) -> dict[str, Value]:
        """Every feature that an event of ``event_type`` naming ``entities`` (field to pseudonym) would read at ``at``.

        Nothing is counted and nothing changes.

        Raises:
            NotFound: no feature is read by events of that type.
            InvalidInput: an entity field the type does not have.
        """
        type_index = self._types.get(event_type)
        if type_index is None:
            raise NotFound(
                "No feature is read by that event type.",
                field="event_type",
                value=event_type,
                hint=near_match(event_type, self._types),
            )
        known = [field.name for field in self.plan.event_types[event_type].fields if field.entity is not None]
        for name in entities:
            if name not in known:
                raise InvalidInput(
                    "Not an entity field of the event type.", field="entities", value=name, hint=near_match(name, known)
                )
        values = tuple(entities.get(name) for name in self.plan.needs[event_type])
        vector = self._kernel.peek(type_index, at, values)
        self._named = True
        for position, repair in self._repairs:
            if vector[position] is not None:
                vector[position] = repair(vector[position])
        return dict(zip(self.plan.names, vector, strict=True))

    def peek_entity(self, kinds: Mapping[EntityKind, Pseudonym], at: Micros) -> dict[str, Value]:
        """Every feature of the entities given by kind as of ``at``: what a portrait shows. Nothing changes."""
        found: dict[str, Value] = dict.fromkeys(self.plan.names)
        for index, (event_type, needs) in enumerate(self.plan.needs.items()):
            fields = {field.name: field.entity for field in self.plan.event_types[event_type].fields}
            values = tuple(None if (kind := fields[name]) is None else kinds.get(kind) for name in needs)
            vector = self._kernel.peek(index, at, values)
            found |= {name: value for name, value in zip(self.plan.names, vector, strict=True) if value is not None}
        for position, repair in self._repairs:
            name = self.plan.names[position]
            if found[name] is not None:
                found[name] = repair(found[name])
        return found

    def missing(self, name: str) -> str:
        """Why ``name`` is None in the last vector; see ``MISSING_REASONS``.

        Raises:
            NotFound: no such feature.
        """
        self.plan.feature(name)
        statuses = self.statuses()
        return MISSING_REASONS[min(statuses[track] for track in self.plan.homes[self._index[name]])]

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``; the same bytes from either kernel."""
        state = self._kernel.dump() if self.is_compiled else dump_state(self._kernel)
        return pack_snapshot(self.plan.digest, self.last_seq, self._texts, state)

    @classmethod
    def restore(cls, plan: FeaturePlan, data: bytes, *, compiled: bool | None = None) -> OnlineFeatures:
        """The host that ``snapshot`` was taken of.

        Raises:
            Conflict: the snapshot belongs to another plan or format.
            IntegrityError: it is damaged.
        """
        last_seq, texts, state = unpack_snapshot(plan.digest, data)
        host = cls(plan, compiled=compiled)
        if host.is_compiled:
            try:
                host._kernel.load(state)
            except RuntimeError as error:
                raise IntegrityError(
                    "The feature snapshot is damaged.", code="snapshot_damaged", hint=str(error)
                ) from error
        else:
            load_state(host._kernel, state)
        host.last_seq = last_seq
        host._texts.update(texts)
        return host

    # -- a state that is kept elsewhere, key by key: see tandem.observe.features.hosts ---------------------------------

    @property
    def texts(self) -> dict[bytes, str]:
        """The texts that features may give back, by identity; to be added to by who keeps them."""
        return self._texts

    def keys(self, track: int) -> list[bytes]:
        """Every key of a track, ascending: 16 bytes a pseudonym."""
        found: list[bytes] = self._kernel.keys(track) if self.is_compiled else keys_of(self._kernel, track)
        return found

    def key_state(self, track: int, key: bytes) -> bytes | None:
        """The state of one key, the same bytes from either kernel; None where it was never counted."""
        kernel = self._kernel
        state: bytes | None = kernel.dump_key(track, key) if self.is_compiled else dump_key(kernel, track, key)
        return state

    def put_key(self, track: int, key: bytes, state: bytes) -> None:
        """Give a key that is not known the state that ``key_state`` told.

        Raises:
            IntegrityError: the bytes do not make sense.
        """
        if not self.is_compiled:
            load_key(self._kernel, track, key, state)
            return
        try:
            self._kernel.load_key(track, key, state)
        except RuntimeError as error:
            raise IntegrityError("The state of a key is damaged.", code="snapshot_damaged", hint=str(error)) from error

    def forget_all(self) -> None:
        """Forget every key, as before the first event; texts stay, being only words for what keys hold."""
        self._kernel.clear()
        self.last_seq = 0

    def statuses(self) -> list[TrackStatus]:
        """How the last event stood to each track."""
        if not self._named:
            return [TrackStatus.ABSENT] * len(self.plan.tracks)
        return [TrackStatus(one) for one in self._kernel.statuses()]

    # -----------------------------------------------------------------------------------------------------------------

    def _handed(self, kind: EventTypeName, values: tuple[Value, ...]) -> tuple[Any, ...]:
        """Texts as identities and decimals as whole numbers."""
        handed: list[Any] = list(values)
        for position in self.plan.text_needs[kind]:
            text = handed[position]
            if text is not None:
                handed[position] = self._identities.get(text) or self._met(text)
        for position, scale in self.plan.decimal_needs[kind]:
            number = handed[position]
            if number is not None:
                handed[position] = int(number.scaleb(scale))
        return tuple(handed)

    def _met(self, text: str) -> bytes:
        identity = identity_of(text)
        if len(self._identities) >= _MAX_TEXTS:
            self._identities.clear()
        self._identities[text] = identity
        if self._keeps_texts:
            self._texts[identity] = text
        return identity


def _sees(base: Base, event_type: EventTypeName) -> bool:
    return base.include_self and base.where is None and event_type in base.events


def _getter(needs: tuple[str, ...]) -> Callable[[Row], tuple[Value, ...]]:
    if len(needs) == 1:
        only = needs[0]
        return lambda row: (row[only],)
    return itemgetter(*needs)


def _decimal_of(scale: int) -> Callable[[Any], Value]:
    return lambda units: Decimal(units).scaleb(-scale)


def _repairs(plan: FeaturePlan, texts: Mapping[bytes, str]) -> list[tuple[int, Callable[[Any], Value]]]:
    """How the numbers of the kernel become values, for the columns where they differ."""
    repairs: list[tuple[int, Callable[[Any], Value]]] = []
    for position, (name, column) in enumerate(plan.columns.items()):
        if column.type is SqlType.DECIMAL:
            repairs.append((position, _decimal_of(column.scale)))
        elif column.type is SqlType.BOOLEAN:
            repairs.append((position, bool))
        elif column.type is SqlType.TEXT:
            if plan.identity_fields[name]:
                repairs.append((position, pseudonym_text))
            else:
                repairs.append((position, lambda identity: texts[identity.to_bytes(16, "big")]))
    return repairs
