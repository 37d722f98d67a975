"""The fold's snapshots: the same bytes from either kernel, taken at a moment, refused where damaged or another's."""

from __future__ import annotations

import msgspec
import pytest
from drawn_networks import drawn, names

from tandem.decide.graphs import OnlineNetwork, compile_network
from tandem.kernel.errors import Conflict, IntegrityError, InvalidInput
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType

APPLICATION = EventTypeName("application")
TYPES = {
    APPLICATION: EventType(
        name=APPLICATION,
        fields=(
            *(
                EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind))
                for kind in ("person", "device", "phone")
            ),
            EventField(name="old_phone", type=SqlType.TEXT, entity=EntityKind("phone")),
            *(EventField(name=name, type=SqlType.INTEGER) for name in ("amount", "hour", "age")),
        ),
    )
}
PLAN = compile_network(drawn(), TYPES, {})
PEOPLE, DEVICES = names(9), names(4, seed=8)


def application(number: int, **entities: str) -> Event:
    named = {"person": PEOPLE[number % 9], "device": DEVICES[number % 4], **entities}
    return Event(
        event_id=EventId(str(number)),
        event_type=APPLICATION,
        occurred_at=Micros(number),
        received_at=Micros(number),
        values={"amount": number, "hour": 3, "age": 40},
        entities=named,
        subject=None,
        digest=Digest("0" * 64),
        clear=b"",
        secret=None,
        entity_kinds={},
    )


def after(count: int, *, compiled: bool | None = None) -> OnlineNetwork:
    host = OnlineNetwork(PLAN, compiled=compiled)
    for number in range(1, count + 1):
        host.observe(application(number), number, ())
    return host


def test_a_snapshot_is_of_the_moment_it_was_taken_at_and_goes_on_from_there():
    host, reference = after(20), after(20, compiled=False)
    taken, kept = host.taken(), reference.snapshot()
    told = host.observe(application(21), 21, ())
    assert taken() == kept
    for compiled in (None, False):
        again = OnlineNetwork.restore(PLAN, kept, compiled=compiled)
        assert again.last_seq == 20
        assert again.foresee(application(21), ()) == told
        assert again.observe(application(21), 21, ()) == told
        assert again.snapshot() == host.snapshot()


def test_a_snapshot_that_is_damaged_or_another_networks_is_refused():
    kept = after(5).snapshot()
    for bad in (
        kept[:-1],
        kept[:30],
        b"",
        bytes([kept[0] ^ 1]) + kept[1:],
        kept[:60] + bytes([kept[60] ^ 1]) + kept[61:],
    ):
        with pytest.raises(IntegrityError):
            OnlineNetwork.restore(PLAN, bad)
    with pytest.raises(Conflict):
        OnlineNetwork.restore(compile_network(drawn(seed=2), TYPES, {}), kept)


def test_the_order_of_the_journal_and_pseudonyms_are_demanded():
    host = after(5)
    before = host.snapshot()
    with pytest.raises(IntegrityError):
        host.observe(application(6), 5, ())
    with pytest.raises(InvalidInput):
        host.observe(application(6, device="a real device"), 6, ())
    assert host.snapshot() == before


def test_of_two_fields_of_one_kind_the_first_is_the_link():
    host = after(0)
    first, second = names(2, seed=5)
    host.observe(application(1, phone=first, old_phone=second), 1, ())
    assert [len(some) for some in host.network.gather([None, first])] == [0, 1]
    assert [len(some) for some in host.network.gather([None, second])] == [0, 0]


def test_its_numbers_make_its_digest_and_its_words_do_not():
    document = drawn()
    renamed = msgspec.structs.replace(
        document, metadata=msgspec.structs.replace(document.metadata, note="words"), reason="X"
    )
    assert compile_network(renamed, TYPES, {}).digest == PLAN.digest
    for change in ({"slots": 2}, {"mean": (0.0, 0.0, 0.0)}, {"head": drawn(seed=9).head}):
        assert compile_network(msgspec.structs.replace(document, **change), TYPES, {}).digest != PLAN.digest
