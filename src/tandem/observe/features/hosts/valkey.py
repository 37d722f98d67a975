"""The Valkey host: many workers, one state. Reads the keys an event names, applies the kernel, writes if nobody else did.

The guarantee, exactly:

* **All or nothing.** The new states of every key an event names are written by one script on the server, together with
  the answer, or none of them is.
* **One order.** The script writes only if every key it read still has the version it read, those that the event only
  reads included. So the events' effects are those of some order, one after the other, and that order agrees with the
  versions of every key. What an event is answered is what ``OnlineFeatures`` answers it in that order.
* **Which order.** Not that of ``seq``: an event that overtakes another on a common key is seen by it. The kernel orders
  rows of equal time by a number that grows from event to event of a key: ``seq`` itself while events of a key come in
  its order, else the next larger number. One worker that is given events in the order of ``seq`` is ``OnlineFeatures``,
  bytes of state included. ``versions`` tells what was read, for the record.
* **Once.** An event that was written is answered again from what was kept of it, ``remember_s`` long: a worker that died
  after the write, or lost the server's answer, is repeated safely. After that time the journal must know (it does: an
  event is found there by its id before it comes here).
* **Lateness** is a matter of event time within a key, as everywhere; which worker is slow cannot change it.
* **Nothing here is the truth.** The journal is. Append the event there first, then observe it here: what a crash leaves
  undone is done by whoever repeats it. A server that forgets (evicts, fails over to a replica that lags) is refilled
  from a snapshot, and the nightly check finds what nobody noticed; one that may evict is refused.

A correction moves the keys of the event it corrects. Which these are the journal knows: ``find`` asks it.

Keys: ``PREFIX:PLAN:UNIT:KEY`` for states, ``PREFIX:PLAN::e:EVENT`` for answers, ``PREFIX:PLAN::texts``,
``PREFIX:PLAN::filled``; another plan is another set of keys, and begins with ``fill``. All of them must live on one
server (with replicas): a cluster that spreads keys cannot write several at once.

Needs the extra ``valkey``. Any server that speaks the protocol and runs Lua will do: Valkey 7.2, Redis 7.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
import valkey

from tandem.kernel.errors import Conflict, InvalidInput, Unavailable
from tandem.kernel.identity import EventId
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.values import SqlType, Value
from tandem.observe.events import Event
from tandem.observe.features.hosts.blobs import VERSION_BYTES, Blob
from tandem.observe.features.identities import event_identity, identity_of
from tandem.observe.features.online import MISSING_REASONS, OnlineFeatures
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.program import TrackStatus
from tandem.observe.features.units import Unit, key_of, units_of

__all__ = ["ATTEMPTS_MAX", "REMEMBER_S", "ValkeyFeatures", "open_server"]

ATTEMPTS_MAX = 64
"""How often an event is applied anew because another one came between; each time somebody got through."""

REMEMBER_S = 600
"""How long the answer to an event is kept for whoever asks again: about 9 bytes a feature, for each event of that time."""

_PAUSE_S = 0.0005
_FILL_BATCH = 1000

# KEYS: n states, the answer, the texts. ARGV: n, seconds, the answer, then n versions read, then n new states ('' where
# the event only reads), then texts as pairs. 0: done; -1: answered already; i: state i was written by another since.
_WRITE = f"""
local n = tonumber(ARGV[1])
if redis.call('EXISTS', KEYS[n + 1]) == 1 then return -1 end
for i = 1, n do
    if redis.call('GETRANGE', KEYS[i], 0, {VERSION_BYTES - 1}) ~= ARGV[3 + i] then return i end
end
for i = 1, n do
    if ARGV[3 + n + i] ~= '' then redis.call('SET', KEYS[i], ARGV[3 + n + i]) end
end
redis.call('SET', KEYS[n + 1], ARGV[3], 'EX', ARGV[2])
for i = 4 + 2 * n, #ARGV, 2 do redis.call('HSET', KEYS[n + 2], ARGV[i], ARGV[i + 1]) end
return 0
"""


def open_server(url: str, *, timeout_s: float = 0.25) -> valkey.Valkey:
    """A connection to ``url`` (``valkey://``, ``unix://``) that gives up after ``timeout_s``.

    Raises:
        Unavailable: the server does not answer.
        InvalidInput: it may throw keys away when its memory is full.
    """
    client = valkey.Valkey.from_url(url, socket_timeout=timeout_s, socket_connect_timeout=timeout_s)
    with _answering():
        told: Any = client.info("memory")
    policy = told.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        raise InvalidInput(
            "The server throws keys away when its memory is full; state must not be thrown away.",
            code="evicting_store",
            field="maxmemory-policy",
            value=policy,
            hint="set maxmemory-policy noeviction",
        )
    return client


class _Answer(msgspec.Struct, array_like=True, frozen=True):
    """What is kept of an event that was written."""

    vector: list[Any]
    statuses: list[int]
    versions: dict[str, int]


class _Place(NamedTuple):
    """One key of one unit, as an event meets it."""

    unit: Unit
    key: bytes
    name: bytes
    moves: bool
    """Whether the event counts here; it only reads otherwise."""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Answer)


class ValkeyFeatures:
    """One worker. Any number of them, in any number of processes, may serve one plan; one is not to be called at once.

    Args:
        plan: what to compute.
        client: of the server that keeps the state; see ``open_server``.
        find: the event with an id, from the journal; None where there is none. Asked for what a correction corrects.
        prefix: of every key on the server, such as ``tandem:WORKSPACE``.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.
        attempts_max, remember_s: limits.
    """

    def __init__(
        self,
        plan: FeaturePlan,
        client: valkey.Valkey,
        find: Callable[[EventId], Event | None],
        *,
        prefix: str = "tandem",
        compiled: bool | None = None,
        attempts_max: int = ATTEMPTS_MAX,
        remember_s: int = REMEMBER_S,
    ) -> None:
        self.plan = plan
        self.versions: Mapping[str, int] = {}
        """Per key that the last event read, named as on the server without the prefix, the version it read."""
        self._client: Any = client
        self._find = find
        self._prefix = f"{prefix}:{plan.digest[:16]}:".encode()
        self._units = units_of(plan)
        self._host = OnlineFeatures(plan, compiled=compiled)
        self._attempts_max = attempts_max
        self._remember_s = remember_s
        self._write: Any = client.register_script(_WRITE)
        self._statuses = [TrackStatus.ABSENT] * len(plan.tracks)
        self._decimals = [index for index, one in enumerate(plan.columns.values()) if one.type is SqlType.DECIMAL]
        self._keeps_texts = not all(plan.identity_fields.values())
        self._stored_texts: set[bytes] = set()

    def observe(self, event: Event, seq: Number) -> list[Value]:
        """Take in ``event`` and return every feature as of it, in the order of ``plan.names``; None where missing.

        Raises:
            Unavailable: the server does not answer, or others kept coming between (``contended``); nothing was written,
                or all of it: asking again is safe.
            Conflict: the state on the server is not of this plan, or is damaged.
        """
        places = self._places(event)
        names = [one.name for one in places]
        answer_name = self._prefix + b":e:" + event_identity(event.event_id).hex().encode()
        for attempt in range(self._attempts_max):
            with _answering():
                *stored, answered = self._client.mget([*names, answer_name])
            if answered is not None:
                return self._again(answered)
            vector, packed, blobs = self._applied(event, seq, places, stored)
            texts = self._new_texts(event)
            arguments: list[Any] = [len(places), self._remember_s, packed]
            arguments += [b"" if data is None else data[:VERSION_BYTES] for data in stored]
            arguments += [*blobs, *(part for pair in texts.items() for part in pair)]
            with _answering():
                outcome = self._write(keys=[*names, answer_name, self._prefix + b":texts"], args=arguments)
            if outcome == 0:
                self._stored_texts |= texts.keys()
                return vector
            if attempt > 2:
                time.sleep(_PAUSE_S * min(attempt, 20))  # who came between is let finish, longer each time
        raise Unavailable(
            "Other events of the same entities kept coming between.",
            code="contended",
            hint=f"tried {self._attempts_max} times; ask again; a key that is always contended belongs to one worker",
        )

    def missing(self, name: str) -> str:
        """Why ``name`` is None in the last vector; see ``MISSING_REASONS``.

        Raises:
            NotFound: no such feature.
        """
        self.plan.feature(name)
        homes = self.plan.homes[self.plan.names.index(name)]
        return MISSING_REASONS[min(self._statuses[track] for track in homes)]

    def fill(self, snapshot: bytes) -> int:
        """Give the server the state of ``snapshot``; the sequence number it stands at. Events go on after that one.

        To be done once, before the first worker observes. A fill that broke off is begun again.

        Raises:
            Conflict: the snapshot is of another plan, or workers have written already.
            IntegrityError: it is damaged.
        """
        host = OnlineFeatures.restore(self.plan, snapshot, compiled=self._host.is_compiled)
        for unit in self._units:
            keys = sorted({key for track in unit.tracks for key in host.keys(track)})
            for start in range(0, len(keys), _FILL_BATCH):
                self._fill_some(host, unit, keys[start : start + _FILL_BATCH])
        with _answering():
            for identity, text in host.texts.items():
                self._client.hset(self._prefix + b":texts", identity, _encoded(text))
            self._client.set(self._prefix + b":filled", host.last_seq)
        return host.last_seq

    def filled_to(self) -> int | None:
        """The sequence number up to which the state was filled; None where it never was."""
        with _answering():
            found = self._client.get(self._prefix + b":filled")
        return None if found is None else int(found)

    def _fill_some(self, host: OnlineFeatures, unit: Unit, keys: Sequence[bytes]) -> None:
        filled = [
            Blob(1, host.last_seq, tuple(host.key_state(track, key) for track in unit.tracks)).packed() for key in keys
        ]
        names = [self._name(unit, key) for key in keys]
        with _answering():
            there = self._client.mget(names)
        if any(old is not None and old != new for old, new in zip(there, filled, strict=True)):
            raise Conflict(
                "Workers have written state of this plan already.",
                code="already_observed",
                hint="delete the keys of the plan's prefix first",
            )
        with _answering():
            self._client.mset(dict(zip(names, filled, strict=True)))

    def _name(self, unit: Unit, key: bytes) -> bytes:
        return self._prefix + f"{unit.name}:{key.hex()}".encode()

    def _places(self, event: Event) -> list[_Place]:
        """The keys that an event reads or moves: those it names, and those of the event it corrects."""
        found: dict[bytes, _Place] = {}
        corrected = None if event.supersedes is None else self._find(event.supersedes)
        for unit in self._units:
            for one, corrects in ((event, False), (corrected, True)):
                key = None if one is None else key_of(unit, one.event_type, one.values)
                if key is None or one is None:
                    continue
                name = self._name(unit, key)
                moves = corrects or one.event_type in unit.counted
                found[name] = _Place(unit, key, name, moves or (name in found and found[name].moves))
        return list(found.values())

    def _applied(
        self, event: Event, seq: Number, places: Sequence[_Place], stored: Sequence[bytes | None]
    ) -> tuple[list[Value], bytes, list[bytes]]:
        """The vector, the answer to keep, and the new state of each place."""
        host = self._host
        blobs = [
            Blob.empty(len(one.unit.tracks)) if data is None else Blob.unpacked(data, len(one.unit.tracks))
            for one, data in zip(places, stored, strict=True)
        ]
        host.forget_all()
        for place, blob in zip(places, blobs, strict=True):
            for track, state in zip(place.unit.tracks, blob.states, strict=True):
                if state is not None:
                    host.put_key(track, place.key, state)
        number = max([int(seq), *(blob.number + 1 for blob in blobs)])
        try:
            vector = host.observe(event, Number(number))
        except KeyError:  # a text that another worker met
            self._learn_texts()
            return self._applied(event, seq, places, stored)
        self._statuses = host.statuses()
        self.versions = {
            place.name[len(self._prefix) :].decode(): blob.version for place, blob in zip(places, blobs, strict=True)
        }
        after = [
            blob.after(number, [host.key_state(track, place.key) for track in place.unit.tracks]).packed()
            if place.moves
            else b""
            for place, blob in zip(places, blobs, strict=True)
        ]
        kept = _Answer(vector, [int(one) for one in self._statuses], dict(self.versions))
        return vector, _ENCODER.encode(kept), after

    def _new_texts(self, event: Event) -> dict[bytes, bytes]:
        """Texts of ``event`` that a feature may give back and this worker has not stored."""
        if not self._keeps_texts or event.event_type not in self.plan.text_needs:
            return {}
        needs = self.plan.needs[event.event_type]
        texts = [event.values[needs[position]] for position in self.plan.text_needs[event.event_type]]
        named = {identity_of(text): _encoded(text) for text in texts if isinstance(text, str)}
        return {identity: text for identity, text in named.items() if identity not in self._stored_texts}

    def _learn_texts(self) -> None:
        with _answering():
            told: dict[bytes, bytes] = self._client.hgetall(self._prefix + b":texts")
        known = {identity: text.decode("utf-8", "surrogatepass") for identity, text in told.items()}
        if known.keys() <= self._host.texts.keys():
            raise Conflict("The server knows a state but not its texts.", code="plan_changed", hint="fill it anew")
        self._host.texts.update(known)
        self._stored_texts.update(known)

    def _again(self, answered: bytes) -> list[Value]:
        """The answer that was given before."""
        kept = _DECODER.decode(answered)
        self._statuses = [TrackStatus(one) for one in kept.statuses]
        self.versions = kept.versions
        for index in self._decimals:
            if kept.vector[index] is not None:
                kept.vector[index] = Decimal(kept.vector[index])
        return kept.vector


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@contextmanager
def _answering() -> Iterator[None]:
    """Whatever keeps the server from answering, as one error.

    Raises:
        Unavailable: there is no answer, or not in time.
    """
    try:
        yield
    except (valkey.exceptions.ConnectionError, valkey.exceptions.TimeoutError, OSError) as error:
        raise Unavailable(
            "The feature store does not answer.",
            code="store_unavailable",
            hint=f"{type(error).__name__}; ask again, the event is counted once",
        ) from error
    except valkey.exceptions.ResponseError as error:
        raise Unavailable(
            "The feature store refused.", code="store_refused", hint=f"{error}; see maxmemory and the server's log"
        ) from error
