"""Money that comes back: what a transfer closes is what a search through all transfers finds, online as over a table."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import Conflict, DefinitionError, IntegrityError
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.observe.events import Event, parse_event_type
from tandem.observe.graph import (
    CIRCLE_KEPT,
    Circles,
    OnlineCircles,
    Transfer,
    compile_circles,
    compute_circles,
    parse_circles,
)

ACCOUNTS = [Pseudonym(letter * 32) for letter in "abcde"]
WINDOW = 50
_TRANSFER = st.builds(
    Transfer, st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(1, 100),
    st.integers(0, 99).map(Micros),
)  # fmt: skip


def searched(before, one, hops, window=WINDOW):
    """Every circle that ``one`` closes, found by trying all ways through the transfers ``before``."""
    found = []
    for length in range(2, hops + 1):
        for way in itertools.permutations(before, length - 1):
            path = [*way, one]
            linked = all(first.payee == then.payer for first, then in itertools.pairwise(path))
            ordered = all(first.at <= then.at for first, then in itertools.pairwise(path))
            places = [each.payer for each in path]
            if (
                linked and ordered and path[0].payer == one.payee and len(set(places)) == length
                and one.at - path[0].at < window
            ):  # fmt: skip
                found.append((length, min(each.amount for each in path)))
    if not found:
        return 0, 0
    return min(length for length, _ in found), max(amount for _, amount in found)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TRANSFER, max_size=16), st.sampled_from([2, 3]))
def test_what_a_transfer_closes_is_what_a_search_through_all_finds(transfers, hops):
    index, came_back = Circles(WINDOW, hops), []
    for number, one in enumerate(transfers):
        closed = index.read(one)
        assert tuple(closed) == searched(transfers[:number], one, hops)
        there = [amount for at, who, amount in came_back if who == one.payer and one.at - WINDOW < at <= one.at]
        assert index.returned(one.payer, one.at) == (len(there), sum(there))
        index.take(one, closed)
        if closed.hops:
            came_back.append((one.at, one.payee, closed.amount))


def test_a_transfer_looks_at_no_more_than_what_is_kept_however_many_there_were():
    index = Circles(1_000_000)
    a, b, c, d = ACCOUNTS[:4]
    for at in range(1_000):
        for one in (Transfer(c, b, 5, Micros(at)), Transfer(d, c, 5, Micros(at))):
            index.take(one, index.read(one))
    assert all(len(index._accounts[one].got) == CIRCLE_KEPT for one in (b, c))
    index.take(Transfer(a, b, 5, Micros(1_000)), index.read(Transfer(a, b, 5, Micros(1_000))))
    assert index.read(Transfer(b, a, 5, Micros(1_001))).hops == 2, "what came last is known"


def test_who_gets_nothing_for_two_windows_is_forgotten():
    index = Circles(10)
    for number in range(200):
        one = Transfer(Pseudonym(f"{number:032d}"), Pseudonym(f"{number + 1:032d}"), 1, Micros(number))
        index.take(one, index.read(one))
    assert len(index) <= 21


# -- the hosts -------------------------------------------------------------------------------------------------------------

TYPE = parse_event_type({
    "name": "transfer",
    "subject": "person",
    "fields": [
        {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
        {"name": "account", "type": "text", "required": True, "entity": "account", "data_class": "C2"},
        {"name": "counterparty", "type": "text", "entity": "account", "data_class": "C2"},
        {"name": "amount_minor", "type": "integer", "data_class": "C2"},
    ],
})  # fmt: skip
DOCUMENT = {
    "name": "circular",
    "transfers": [{"event": "transfer", "payer": "account", "payee": "counterparty", "amount": "amount_minor"}],
    "window": "7d",
}
PLAN = compile_circles(parse_circles(DOCUMENT), {TYPE.name: TYPE})


def event(number, one, *, kind="transfer"):
    entities = {"person": Pseudonym("f" * 32), "account": one.payer, "counterparty": one.payee}
    return Event(
        event_id=EventId(f"e{number}"), event_type=EventTypeName(kind), occurred_at=one.at, received_at=one.at,
        values={"amount_minor": one.amount}, entities=entities, subject=None, digest=Digest("0" * 64), clear=b"",
        secret=None, supersedes=None, entity_kinds={},
    )  # fmt: skip


def as_table(events):
    rows = [
        {
            "seq": number, "event_id": one.event_id, "event_type": one.event_type, "occurred_at": one.occurred_at,
            "account": one.entities["account"], "counterparty": one.entities["counterparty"],
            "amount_minor": one.values["amount_minor"],
        }
        for number, one in enumerate(events, 1)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(_TRANSFER, st.booleans()), min_size=1, max_size=25),
    st.integers(0, 24),
    st.randoms(use_true_random=False),
)
def test_online_over_a_table_and_after_a_restart_it_is_the_same(steps, stop, shuffled):
    events = [
        event(number, one._replace(at=Micros(one.at * 3 * HOUR)), kind="transfer" if is_one else "login")
        for number, (one, is_one) in enumerate(steps)
    ]
    host, told = OnlineCircles(PLAN), []
    for seq, one in enumerate(events, 1):
        if seq == stop:
            host = OnlineCircles.restore(PLAN, host.snapshot())
        foreseen = host.foresee(one)
        told.append(host.observe(one, Number(seq)))
        assert foreseen == told[-1]
    table = as_table(events)
    places = list(range(len(events)))
    shuffled.shuffle(places)
    computed = compute_circles(PLAN, table.take(pa.array(places))).sort_by("seq").select(list(PLAN.names)).to_pylist()
    assert [list(row.values()) for row in computed] == told


def test_what_came_back_to_an_account_can_be_looked_at_beside_any_event():
    host = OnlineCircles(PLAN)
    a, b, c = ACCOUNTS[:3]
    for seq, one in enumerate(
        (Transfer(a, b, 900, Micros(0)), Transfer(b, c, 800, Micros(1)), Transfer(c, a, 700, Micros(2))), 1
    ):
        told = host.observe(event(seq, one), Number(seq))
    assert dict(zip(PLAN.names, told, strict=True)) == {
        "circular_closes": 3, "circular_closes_minor": 700, "circular_returned": 0, "circular_returned_minor": 0,
    }  # fmt: skip
    assert host.peek(a, Micros(DAY)) == {"circular_returned": 1, "circular_returned_minor": 700}
    assert host.peek(a, Micros(8 * DAY)) == {"circular_returned": 0, "circular_returned_minor": 0}


def test_a_snapshot_of_another_definition_or_a_damaged_one_is_refused():
    data = OnlineCircles(PLAN).snapshot()
    other = compile_circles(parse_circles({**DOCUMENT, "hops": 2}), {TYPE.name: TYPE})
    with pytest.raises(Conflict):
        OnlineCircles.restore(other, data)
    with pytest.raises(IntegrityError):
        OnlineCircles.restore(PLAN, data[:-1] + b"x")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"window": "1m"}, "window"),
        ({"window": "soon"}, "window"),
        ({"hops": 4}, "hops"),
        ({"name": "Circles"}, "name"),
        ({"transfers": []}, "transfers"),
        ({"transfers": [{**DOCUMENT["transfers"][0], "event": "transfers"}]}, "transfers[0].event"),
        ({"transfers": [{**DOCUMENT["transfers"][0], "payee": "person"}]}, "transfers[0].payee"),
        ({"transfers": [{**DOCUMENT["transfers"][0], "payer": "amount_minor"}]}, "transfers[0].payer"),
        ({"transfers": [{**DOCUMENT["transfers"][0], "amount": "account"}]}, "transfers[0].amount"),
    ],
)
def test_what_does_not_hold_together_is_named_by_field(change, field):
    with pytest.raises(DefinitionError) as refused:
        compile_circles(parse_circles({**DOCUMENT, **change}), {TYPE.name: TYPE})
    assert refused.value.field == field
    assert PLAN.kind == EntityKind("account")
