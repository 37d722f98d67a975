"""State in a real Valkey under one worker and under four: what one process would have answered, in some one order."""

import json
import os
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import feature_streams as streams
import pytest
from feature_runs import KERNELS, online

from tandem.kernel.errors import Conflict, IntegrityError, InvalidInput, Unavailable
from tandem.observe.features import OnlineFeatures, bootstrap_snapshot, compile_plan, key_of, units_of
from tandem.observe.features.hosts.blobs import Blob

pytest.importorskip("valkey", reason="no valkey (pip install 'tandem-risk[valkey]')")
from tandem.observe.features.hosts.valkey import ValkeyFeatures, open_server

PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
WORKER = Path(__file__).with_name("valkey_worker.py")


def host_of(server, events, **settings):
    url, prefix = server
    known = {event.event_id: event for event in events}
    return ValkeyFeatures(PLAN, open_server(url, timeout_s=30), known.get, prefix=prefix, **settings)


@pytest.mark.services
@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("seed", range(2))
def test_one_worker_is_the_online_host(valkey_server, compiled, seed):
    events = streams.make_events(seed, 150)
    host, beside = host_of(valkey_server, events, compiled=compiled), OnlineFeatures(PLAN, compiled=False)
    for seq, event in enumerate(events, 1):
        assert list(map(repr, host.observe(event, seq))) == list(map(repr, beside.observe(event, seq)))
        assert [host.missing(name) for name in PLAN.names] == [beside.missing(name) for name in PLAN.names]


@pytest.mark.services
def test_an_event_asked_again_gets_its_answer_and_counts_once(valkey_server):
    events = streams.make_events(3, 60)
    host = host_of(valkey_server, events)
    expected = online(PLAN, events, False)
    for seq, event in enumerate(events, 1):
        first = host.observe(event, seq)
        reasons = [host.missing(name) for name in PLAN.names]
        other = host_of(valkey_server, events)
        assert (
            list(map(repr, other.observe(event, seq))) == list(map(repr, first)) == list(map(repr, expected[seq - 1]))
        )
        assert [other.missing(name) for name in PLAN.names] == reasons


@pytest.mark.services
def test_a_worker_learns_the_texts_that_another_met(valkey_server):
    events = streams.make_events(4, 80, keys=1)
    hosts = [host_of(valkey_server, events) for _ in range(3)]
    answers = [hosts[seq % 3].observe(event, seq) for seq, event in enumerate(events, 1)]
    assert answers == online(PLAN, events, False)


@pytest.mark.services
def test_a_filled_server_goes_on_as_if_it_had_seen_everything(valkey_server):
    events = streams.make_events(5, 140)
    host = host_of(valkey_server, events)
    assert host.filled_to() is None
    assert host.fill(bootstrap_snapshot(PLAN, streams.as_table(events).slice(0, 90))) == 90
    assert host.fill(bootstrap_snapshot(PLAN, streams.as_table(events).slice(0, 90))) == 90, "and may be begun again"
    assert host.filled_to() == 90
    after = [host.observe(event, seq) for seq, event in enumerate(events[90:], 91)]
    assert after == online(PLAN, events, False)[90:]
    with pytest.raises(Conflict) as caught:
        host.fill(bootstrap_snapshot(PLAN, streams.as_table(events).slice(0, 90)))
    assert caught.value.code == "already_observed"


def started(server, seed, count, keys, share, of, *die_at):
    command = [sys.executable, str(WORKER), *server, *map(str, (seed, count, keys, share, of, *die_at))]
    path = os.pathsep.join([str(WORKER.parent), *sys.path])
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": path})


def told(process):
    out, _ = process.communicate(timeout=240)
    return [json.loads(line) for line in out.splitlines()]


def in_order_of_versions(answers, moved):
    """One order that agrees with the versions of every key; that there is one at all is the guarantee."""
    movers = {
        (key, version): number
        for number, versions, _ in answers
        for key, version in versions.items()
        if key in moved[number]
    }
    assert len(movers) == sum(len(one) for one in moved.values()), "no version was written twice"
    sorter = TopologicalSorter({number: set() for number, *_ in answers})
    for number, versions, _ in answers:
        for key, version in versions.items():
            if version:
                sorter.add(number, movers[key, version - 1])
            mover = movers.get((key, version))
            if mover is not None and mover != number:
                sorter.add(mover, number)
    by_number = {one[0]: one for one in answers}
    return [by_number[number] for number in sorter.static_order()]


def the_sequential_result(seed, count, keys, answers):
    events = streams.make_events(seed, count, keys=keys)
    known = {event.event_id: event for event in events}
    moved = {}
    for number, event in enumerate(events):
        both = [event, known.get(event.supersedes)]
        moved[number] = {
            f"{unit.name}:{key.hex()}"
            for unit in units_of(PLAN)
            for one in both
            if one is not None and (key := key_of(unit, one.event_type, one.values)) is not None
            if one is not event or one.event_type in unit.counted
        }
    order = in_order_of_versions(answers, moved)
    assert sorted(one[0] for one in order) == list(range(count)), "nothing is lost"
    host = OnlineFeatures(PLAN)
    for seq, (number, _, vector) in enumerate(order, 1):
        assert list(map(repr, host.observe(events[number], seq))) == vector


@pytest.mark.services
@pytest.mark.parametrize("keys", [1, 500], ids=["overlapping", "mostly disjoint"])
def test_four_workers_give_the_sequential_result_of_their_versions(valkey_server, keys):
    workers = [started(valkey_server, 7, 160, keys, share, 4) for share in range(4)]
    the_sequential_result(7, 160, keys, [one for worker in workers for one in told(worker)])


@pytest.mark.services
def test_a_worker_killed_between_read_and_write_loses_nothing(valkey_server):
    killed, other = started(valkey_server, 8, 80, 2, 0, 2, 40), started(valkey_server, 8, 80, 2, 1, 2)
    before, beside = told(killed), told(other)
    assert killed.returncode == -9
    assert before[-1][0] == 38, "it died on the event after"
    again = told(started(valkey_server, 8, 80, 2, 0, 2))
    assert [one[2] for one in again[: len(before)]] == [one[2] for one in before], (
        "what it had written is answered again"
    )
    the_sequential_result(8, 80, 2, again + beside)


@pytest.mark.services
def test_an_event_whose_keys_are_always_moved_on_is_given_up(valkey_server):
    events = streams.make_events(9, 40, keys=1)
    host, rival = host_of(valkey_server, events, attempts_max=3), host_of(valkey_server, events)
    write, rivals = host._write, iter(enumerate(events[1:], 2))

    def overtaken(**given):
        seq, event = next((seq, event) for seq, event in rivals if event.event_type == events[0].event_type)
        rival.observe(event, seq)
        return write(**given)

    host._write = overtaken
    with pytest.raises(Unavailable) as caught:
        host.observe(events[0], 1)
    assert caught.value.code == "contended"


def test_a_server_that_is_gone_is_unavailable():
    with pytest.raises(Unavailable) as caught:
        open_server("valkey://127.0.0.1:1", timeout_s=0.2)
    assert caught.value.code == "store_unavailable"


@pytest.mark.services
def test_a_server_that_goes_away_is_unavailable_and_the_event_can_be_asked_again(valkey_server):
    import valkey

    events = streams.make_events(10, 3)
    host = host_of(valkey_server, events)
    real = host._client
    host._client = valkey.Valkey(port=1, socket_connect_timeout=0.2)
    with pytest.raises(Unavailable):
        host.observe(events[0], 1)
    host._client = real
    assert host.observe(events[0], 1) == online(PLAN, events, False)[0]


def test_a_server_that_throws_keys_away_is_refused(monkeypatch):
    import valkey

    monkeypatch.setattr(valkey.Valkey, "info", lambda _self, _section: {"maxmemory_policy": "allkeys-lru"})
    with pytest.raises(InvalidInput) as caught:
        open_server("valkey://127.0.0.1:1")
    assert caught.value.code == "evicting_store"


def test_a_blob_says_what_was_put_into_it():
    blob = Blob(3, 77, (b"abc", None, b""))
    assert Blob.unpacked(blob.packed(), 3) == blob
    for damaged in (blob.packed()[:-1], blob.packed() + b"\0", b"", blob.packed()[:-8]):
        with pytest.raises(IntegrityError):
            Blob.unpacked(damaged, 3)
