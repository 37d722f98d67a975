"""Break the semantics on purpose; the comparison with the oracle must notice every time."""

from dataclasses import replace

import feature_oracle
import feature_streams as streams
import pytest
from feature_runs import batch, disagreements, online

from tandem.kernel.time import DAY, MINUTE
from tandem.observe.features import compile_plan, parse_feature_set, windows
from tandem.observe.features.online import OnlineFeatures

PLAN = compile_plan(
    [
        parse_feature_set(
            {
                "name": "device",
                "entity": "device",
                "events": ["loan_application"],
                "lateness": "30m",
                "features": [
                    {"name": "n_{window}", "aggregate": "count", "windows": ["5m", "1h"]},
                    {"name": "before", "aggregate": "count", "window": "1h", "include_self": False},
                    {"name": "s", "aggregate": "sum", "field": "amount_minor", "window": "1d"},
                    {"name": "t", "aggregate": "count", "window": "1h", "hop": "10m"},
                ],
            }
        )
    ],
    streams.EVENT_TYPES,
)
EVENTS = streams.make_events(5, 300, keys=2)


def edges():
    # one exactly as late as allowed, and a sum just outside 64 bits
    values = dict.fromkeys(one.name for one in streams.EVENT_TYPES[streams.APPLICATION].fields)
    values |= {"device": streams.pseudonym("device", 0), "amount_minor": 2**63 - 1}
    newest = max(event.occurred_at for event in EVENTS) + DAY
    return [
        streams.event(len(EVENTS) + index, streams.APPLICATION, t, values)
        for index, t in enumerate([newest, newest - 30 * MINUTE, newest])
    ]


EVENTS += edges()


@pytest.fixture(scope="module")
def expected():
    return feature_oracle.Oracle(PLAN, streams.as_table(EVENTS)).features()


def wrong(expected, vectors):
    return {name for name, *_ in disagreements(PLAN, vectors, expected)}


def test_unbroken_nothing_is_wrong(expected):
    assert wrong(expected, online(PLAN, EVENTS, False)) == set()
    assert wrong(expected, batch(PLAN, streams.as_table(EVENTS), None)) == set()


def test_seeing_by_event_time_instead_of_sequence_is_noticed(expected):
    order = sorted(range(len(EVENTS)), key=lambda index: EVENTS[index].occurred_at)
    vectors = [None] * len(EVENTS)
    for index, vector in zip(order, online(PLAN, [EVENTS[index] for index in order], False), strict=True):
        vectors[index] = vector
    assert wrong(expected, vectors) >= {"n_1h", "s"}


def test_a_window_closed_at_its_far_end_is_noticed(expected, monkeypatch):
    oldest = windows.oldest
    monkeypatch.setattr(windows, "oldest", lambda t, window, hop: oldest(t, window, hop) - 1)
    assert wrong(expected, online(PLAN, EVENTS, False)) >= {"n_5m", "n_1h"}


def test_a_limit_of_lateness_off_by_one_is_noticed(expected, monkeypatch):
    monkeypatch.setattr(windows, "is_too_late", lambda t, newest, lateness: t <= newest - lateness)
    assert wrong(expected, online(PLAN, EVENTS, False))


def test_tiles_aligned_the_wrong_way_are_noticed(expected, monkeypatch):
    monkeypatch.setattr(windows, "oldest", lambda t, window, _hop: t - window)
    assert wrong(expected, online(PLAN, EVENTS, False)) == {"t"}


@pytest.mark.parametrize("name", ["n_1h", "before"])
def test_leaving_the_event_out_or_in_against_the_definition_is_noticed(expected, name):
    output = PLAN.program.outputs[PLAN.names.index(name)]
    track = PLAN.program.tracks[0]
    cells = tuple(
        replace(cell, include_self=not cell.include_self) if index == output.a else cell
        for index, cell in enumerate(track.cells)
    )
    program = replace(PLAN.program, tracks=(replace(track, cells=cells), *PLAN.program.tracks[1:]))
    host = OnlineFeatures(replace(PLAN, program=program), compiled=False)
    assert wrong(expected, [host.observe(event, seq) for seq, event in enumerate(EVENTS, 1)]) == {name}


def test_money_in_floats_is_noticed(expected, monkeypatch):
    fits = windows.fits
    monkeypatch.setattr(windows, "fits", lambda number: fits(int(float(number))))
    assert wrong(expected, online(PLAN, EVENTS, False)) == {"s"}


def test_wrapping_overflow_is_noticed(expected, monkeypatch):
    monkeypatch.setattr(windows, "fits", lambda number: (number + 2**63) % 2**64 - 2**63)
    assert wrong(expected, online(PLAN, EVENTS, False)) == {"s"}


def test_forgetting_corrections_is_noticed(expected):
    kept = [streams.event(index, one.event_type, one.occurred_at, one.values) for index, one in enumerate(EVENTS)]
    assert "s" in wrong(expected, online(PLAN, kept, False))
