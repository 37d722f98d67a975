"""What is remembered of everybody: read before it moves, bounded, kept byte by byte, and refused where damaged."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from drawn_networks import names
from drawn_recurrent import drawn_gru

from tandem.decide.models import GruDocument
from tandem.decide.sequences import Forward, Histories, OnlineSequence, SequencePlan, compile_sequence, compute_sequence
from tandem.kernel.errors import Conflict, DefinitionError, IntegrityError, InvalidInput
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import MINUTE, SECOND, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType

PAYMENT = EventTypeName("payment")
TYPES = {
    PAYMENT: EventType(
        name=PAYMENT,
        fields=(
            EventField(name="card", type=SqlType.TEXT, entity=EntityKind("card")),
            EventField(name="amount", type=SqlType.INTEGER),
            EventField(name="channel", type=SqlType.TEXT),
        ),
    ),
    EventTypeName("other"): EventType(name=EventTypeName("other"), fields=()),
}
KNOWN = {
    "before": Column(type=SqlType.DOUBLE, nullable=True, scale=0),
    "hour": Column(type=SqlType.INTEGER, nullable=True, scale=0),
}
DOCUMENT = drawn_gru()
PLAN = compile_sequence(DOCUMENT, TYPES, KNOWN)
CARDS = names(5)
START = 1_790_000_000_000_000


def payment(number: int, *, card: str | None = "", at: int | None = None, event_type: EventTypeName = PAYMENT) -> Event:
    card = CARDS[number % 5] if card == "" else card
    when = Micros(START + number * MINUTE if at is None else at)
    return Event(
        event_id=EventId(str(number)),
        event_type=event_type,
        occurred_at=when,
        received_at=when,
        values={"amount": number * 7 % 90, "channel": ("web", "shop", "post", None)[number % 4]},
        entities={} if card is None else {"card": card},
        subject=None,
        digest=Digest("0" * 64),
        clear=b"",
        secret=None,
        entity_kinds={},
    )


def vector(number: int) -> list[object]:
    return [0.5, number % 24]


def after(count: int) -> OnlineSequence:
    host = OnlineSequence(PLAN)
    for number in range(1, count + 1):
        host.observe(payment(number), number, vector(number))
    return host


def test_a_row_is_read_with_the_state_the_rows_before_it_left_and_the_gap_between() -> None:
    forward, histories = Forward(DOCUMENT), Histories(DOCUMENT)
    rows = [((5.0, 1, "web"), 0), ((60.0, 2, "shop"), 90 * SECOND), ((5.5, 23, None), 91 * SECOND)]
    state, last = forward.nothing, None
    for values, at in rows:
        gap = None if last is None else (at - last) / SECOND
        first, row = forward.rows(values, gap)
        own = forward.margin(first, forward.nothing)
        history = 0.0 if last is None else forward.margin(row, state) - own
        assert histories.read(values, at, CARDS[0]) == [own, history]
        assert histories.observe(values, at, CARDS[0]) == [own, history]
        state, last = forward.moved(row, state), at


def test_somebody_else_or_nobody_has_no_history_and_leaves_that_of_others() -> None:
    histories = Histories(DOCUMENT)
    histories.observe((5.0, 1, "web"), 0, CARDS[0])
    kept = histories.state()
    assert histories.read((5.0, 1, "web"), 5, CARDS[1])[1] == 0.0
    assert histories.observe((5.0, 1, "web"), 5, None)[1] == 0.0
    assert histories.state() == kept
    assert histories.read((5.0, 1, "web"), 5, CARDS[0])[1] != 0.0


def test_a_row_that_happened_before_the_last_one_has_no_gap_and_does_not_turn_the_clock_back() -> None:
    histories = Histories(DOCUMENT)
    for at in (0, 100 * SECOND, 40 * SECOND):
        histories.observe((5.0, 1, "web"), at, CARDS[0])
    late, same = (
        histories.read((5.0, 1, "web"), 50 * SECOND, CARDS[0]),
        histories.read((5.0, 1, "web"), 100 * SECOND, CARDS[0]),
    )
    assert late == same
    assert histories.read((5.0, 1, "web"), 4_000 * SECOND, CARDS[0]) != same


def test_the_longest_unused_is_forgotten_first() -> None:
    histories = Histories(DOCUMENT, people=2)
    for card in (0, 1, 0, 2):
        histories.observe((5.0, 1, "web"), 0, CARDS[card])
    assert len(histories) == 2
    assert [histories.read((5.0, 1, "web"), 9, card)[1] == 0.0 for card in CARDS[:3]] == [False, True, False]


def test_a_pseudonym_or_a_row_that_is_none_is_refused_and_nothing_moves() -> None:
    host = after(5)
    before = host.snapshot()
    with pytest.raises(InvalidInput):
        host.observe(payment(6, card="4111 1111"), 6, vector(6))
    with pytest.raises(IntegrityError):
        host.observe(payment(6), 5, vector(6))
    assert host.snapshot() == before


def test_a_snapshot_is_of_the_moment_it_was_taken_at_and_goes_on_from_there() -> None:
    host = after(23)
    taken = host.taken()
    told = host.observe(payment(24), 24, vector(24))
    kept = taken()
    assert kept == after(23).snapshot()
    again = OnlineSequence.restore(PLAN, kept)
    assert again.last_seq == 23
    assert again.foresee(payment(24), vector(24)) == told
    assert again.observe(payment(24), 24, vector(24)) == told
    assert again.snapshot() == host.snapshot() == after(24).snapshot()


def test_a_snapshot_that_is_damaged_or_another_networks_is_refused() -> None:
    kept = after(8).snapshot()
    for bad in (
        kept[:-1],
        kept[:30],
        b"",
        bytes([kept[0] ^ 1]) + kept[1:],
        kept[:60] + bytes([kept[60] ^ 1]) + kept[61:],
    ):
        with pytest.raises(IntegrityError):
            OnlineSequence.restore(PLAN, bad)
    with pytest.raises(Conflict):
        OnlineSequence.restore(compile_sequence(drawn_gru(2), TYPES, KNOWN), kept)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (lambda kept: kept[:3], "too early"),
        (lambda kept: kept + b"\0", "too short or too long"),
        (lambda kept: b"\2\0\0\0" + kept[4:] + kept[4:], "twice"),
        (lambda kept: kept[:-4] + np.float32(1.5).tobytes(), "no state"),
        (lambda kept: kept[:-4] + np.float32(np.nan).tobytes(), "no state"),
    ],
    ids=["short", "long", "twice", "beyond", "nan"],
)
def test_bytes_that_are_no_state_are_refused(bad: Callable[[bytes], bytes], words: str) -> None:
    histories = Histories(DOCUMENT)
    histories.observe((5.0, 1, "web"), 0, CARDS[0])
    kept = histories.state()
    assert Histories.restored(DOCUMENT, kept).state() == kept
    with pytest.raises(ValueError, match=words):
        Histories.restored(DOCUMENT, bad(kept))


def test_a_table_says_what_the_journal_said() -> None:
    events = [
        payment(n, card=None)
        if n % 7 == 0
        else payment(n, event_type=EventTypeName("other"))
        if n % 6 == 0
        else payment(n)
        for n in range(1, 60)
    ]
    host = OnlineSequence(PLAN)
    told = [host.observe(one, seq, vector(seq)) for seq, one in enumerate(events, 1)]
    columns = {
        "seq": pa.array(range(1, 60), pa.int64()),
        "event_id": [one.event_id for one in events],
        "event_type": [one.event_type for one in events],
        "occurred_at": pa.array([one.occurred_at for one in events], pa.timestamp("us")),
        "card": pa.array([one.entities.get("card") for one in events], pa.string()),
        "amount": pa.array([one.values["amount"] for one in events], pa.int64()),
        "channel": pa.array([one.values["channel"] for one in events], pa.string()),
        "before": [0.5] * 59,
        "hour": [seq % 24 for seq in range(1, 60)],
    }
    table = pa.table(columns).take(pa.array(np.random.default_rng(1).permutation(59)))
    found = compute_sequence(PLAN, table)
    assert found.column_names == ["seq", "habit_own", "habit_history"]
    assert {row["seq"]: [row["habit_own"], row["habit_history"]] for row in found.to_pylist()} == dict(
        enumerate(told, 1)
    )
    assert sum(one == [None, None] for one in told) == sum(one.event_type == "other" for one in events) > 0


def replaced(**changes: object) -> GruDocument:
    return msgspec.structs.replace(DOCUMENT, **changes)


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        (replaced(event=EventTypeName("paymnt")), "event", "unknown_event_type"),
        (replaced(member=EntityKind("person")), "member", "unknown_entity"),
        (drawn_gru(numbers=("amuont",)), "values[0].name", "unknown_input"),
        (drawn_gru(numbers=("channel",)), "values[0].name", "wrong_type"),
        (drawn_gru(texts=("amount",)), "values[2].name", "wrong_type"),
        (drawn_gru(texts=("card",)), "values[2].name", "wrong_type"),
    ],
)
def test_what_events_do_not_hold_is_refused_by_name(document: GruDocument, field: str, code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        compile_sequence(document, TYPES, KNOWN)
    assert (caught.value.field, caught.value.code) == (field, code)


def test_its_numbers_make_its_digest_and_its_words_do_not() -> None:
    def digest(document: GruDocument) -> Digest:
        plan: SequencePlan = compile_sequence(document, TYPES, KNOWN)
        return plan.digest

    named = msgspec.structs.replace(DOCUMENT.metadata, note="words")
    assert digest(replaced(metadata=named, reason="X", history_reason=None, expected=0.0)) == PLAN.digest
    for change in ({"intercept": 0.0}, {"gap": drawn_gru(9).gap}, {"keep": DOCUMENT.reset}):
        assert digest(replaced(**change)) != PLAN.digest
