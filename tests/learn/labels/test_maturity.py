"""What a label is worth: told event by event against a brute-force oracle, and for many at once against that."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.learn.labels import Asked, DecidedEvent, Label, LabelState, Terms, Told, label_of, label_rows

HOUR = 3_600
DECIDED = DecidedEvent(seq=1, occurred_at=0, decision="approve")
YEAR = Terms(window=100 * HOUR, matures=120 * HOUR)
SILENT = Terms(window=100 * HOUR, matures=120 * HOUR, good_when_silent=True)


def told(seq, at, *, bad, known=None, **more):
    return Told(
        seq=seq, event_id=f"t{seq}", received_at=at if known is None else known, occurred_at=at, bad=bad, **more
    )


def at(hours, seq=1_000):
    return Asked(seq=seq, at=hours * HOUR)


# -- told event by event


def test_before_maturity_nothing_is_good_however_silent():
    assert label_of(DECIDED, [], SILENT, at(119)) == Label(state=LabelState.IMMATURE)


def test_from_maturity_on_silence_is_good_only_where_somebody_said_so():
    assert label_of(DECIDED, [], YEAR, at(120)).state is LabelState.UNKNOWN
    assert label_of(DECIDED, [], SILENT, at(120)) == Label(state=LabelState.MATURE, bad=False, known_at=120 * HOUR)


@pytest.mark.parametrize(("decision", "state"), [("decline", "declined"), ("review", "unknown"), (None, "mature")])
def test_the_silence_of_what_was_not_approved_says_nothing(decision, state):
    event = DecidedEvent(seq=1, occurred_at=0, decision=decision)
    assert label_of(event, [], SILENT, at(500)).state == state


def test_a_bad_that_is_told_early_is_provisional_until_its_goods_are_known_too():
    early = told(2, 10 * HOUR, bad=True)
    assert label_of(DECIDED, [early], YEAR, at(119)) == Label(
        state=LabelState.PROVISIONAL, bad=True, known_at=10 * HOUR
    )
    assert label_of(DECIDED, [early], YEAR, at(120)) == Label(state=LabelState.MATURE, bad=True, known_at=120 * HOUR)


def test_what_happened_after_the_window_does_not_count_and_what_was_learned_late_does():
    late_deed = told(2, 101 * HOUR, bad=True)
    late_news = told(3, 99 * HOUR, bad=True, known=300 * HOUR)
    assert label_of(DECIDED, [late_deed], SILENT, at(400)).bad is False
    assert label_of(DECIDED, [late_deed, late_news], SILENT, at(400)) == Label(
        state=LabelState.MATURE, bad=True, known_at=300 * HOUR
    )


def test_only_what_was_known_at_the_place_of_the_journal_counts():
    first, second = told(2, 10 * HOUR, bad=False), told(7, 20 * HOUR, bad=True)
    assert label_of(DECIDED, [first, second], YEAR, at(200, seq=6)).bad is False
    assert label_of(DECIDED, [first, second], YEAR, at(200, seq=7)).bad is True


def test_a_correction_takes_back_what_it_corrects_even_where_it_tells_of_another_event():
    wrong = told(2, 10 * HOUR, bad=True)
    elsewhere = told(5, 10 * HOUR, bad=None, supersedes="t2")
    assert label_of(DECIDED, [wrong], SILENT, at(200)).bad is True
    assert label_of(DECIDED, [wrong, elsewhere], SILENT, at(200)).bad is False
    assert label_of(DECIDED, [wrong, elsewhere], SILENT, at(200, seq=4)).bad is True


def test_a_declined_event_that_somebody_told_of_is_labelled_like_any_other():
    event = DecidedEvent(seq=1, occurred_at=0, decision="decline")
    assert label_of(event, [told(2, HOUR, bad=True)], YEAR, at(120)).bad is True


def test_what_is_excluded_is_never_labelled_whatever_was_told():
    event = DecidedEvent(seq=1, occurred_at=0, decision="approve", excluded="staff_loan")
    assert label_of(event, [told(2, HOUR, bad=True)], YEAR, at(500)) == Label(
        state=LabelState.EXCLUDED, reason="staff_loan"
    )


def test_an_early_sign_is_provisional_and_never_becomes_the_label():
    terms = Terms(window=100 * HOUR, matures=120 * HOUR, early_window=30 * HOUR)
    sign = told(2, 20 * HOUR, bad=True, early=True)
    assert label_of(DECIDED, [sign], terms, at(119)).state is LabelState.PROVISIONAL
    assert label_of(DECIDED, [sign], terms, at(120)).state is LabelState.UNKNOWN
    assert label_of(DECIDED, [told(2, 31 * HOUR, bad=True, early=True)], terms, at(119)).state is LabelState.IMMATURE


def test_without_a_maturity_a_label_is_trusted_as_soon_as_it_is_told():
    assert label_of(DECIDED, [], Terms(), at(9_000)).state is LabelState.UNKNOWN
    assert label_of(DECIDED, [told(2, HOUR, bad=True)], Terms(), at(2)) == Label(
        state=LabelState.MATURE, bad=True, known_at=HOUR
    )


# -- any history

seqs = st.integers(1, 40)
instants = st.integers(-5, 60)
times = st.none() | st.integers(1, 40)


@st.composite
def histories(draw):
    events = [
        DecidedEvent(
            seq=place,
            occurred_at=draw(instants),
            decision=draw(st.sampled_from([None, "approve", "review", "decline"])),
            excluded=draw(st.sampled_from([None, None, None, "staff"])),
        )
        for place in range(draw(st.integers(1, 3)))
    ]
    rows = []
    for seq in range(100, 100 + draw(st.integers(0, 7))):
        known = [one.event_id for _, one in rows]
        one = Told(
            seq=seq,
            event_id=f"t{seq}",
            received_at=seq,
            occurred_at=draw(instants),
            bad=draw(st.sampled_from([True, False, None])),
            supersedes=draw(st.none() | st.sampled_from(known)) if known else None,
            early=draw(st.booleans()),
        )
        rows.append((draw(st.sampled_from(events)).seq, one))
    matures = draw(times)
    terms = Terms(
        window=draw(times),
        matures=matures,
        good_when_silent=matures is not None and draw(st.booleans()),
        early_window=draw(times),
    )
    last = draw(st.integers(99, 108))
    return events, rows, terms, Asked(seq=last, at=draw(st.integers(max(0, last), 120)))


def of_event(event, rows):
    """What the pure function is told of one event: what refers to it, and corrections that refer elsewhere by now."""
    return [
        one if seq == event.seq else Told(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "bad": None})
        for seq, one in rows
    ]


def oracle(event, rows, terms, asked):
    """The same said in another way: walk through the journal, place by place, and keep what stands."""
    if event.excluded:
        return ("excluded", None)
    standing = {}
    for seq, one in sorted(rows, key=lambda pair: pair[1].seq):
        if one.seq > asked.seq:
            break
        standing[one.event_id] = (seq, one)
        if one.supersedes is not None:
            standing[one.supersedes] = None
    outcome = sign = None
    for pair in standing.values():  # in the order of the journal
        if pair is None or pair[0] != event.seq or pair[1].bad is None:
            continue
        one = pair[1]
        limit = terms.early_window if one.early else terms.window
        if limit is not None and not event.occurred_at <= one.occurred_at <= event.occurred_at + limit:
            continue
        if one.early:
            sign = one
        else:
            outcome = one
    if outcome is None and event.decision == "decline":
        return ("declined", None)
    if terms.matures is None:
        trusted = outcome is not None and asked.at >= outcome.received_at
    else:
        trusted = asked.at >= event.occurred_at + terms.matures
    if not trusted:
        found = outcome or sign
        if found is not None:
            return ("provisional", found.bad)
        return ("unknown" if terms.matures is None else "immature", None)
    if outcome is not None:
        return ("mature", outcome.bad)
    silent = terms.good_when_silent and event.decision in (None, "approve")
    return ("mature", False) if silent else ("unknown", None)


@given(histories())
@settings(max_examples=400, deadline=None)
def test_any_history_gives_what_walking_through_the_journal_gives(history):
    events, rows, terms, asked = history
    for event in events:
        found = label_of(event, of_event(event, rows), terms, asked)
        assert (str(found.state), found.bad) == oracle(event, rows, terms, asked)


@given(histories())
@settings(max_examples=150, deadline=None)
def test_many_at_once_are_what_each_is_alone(history):
    events, rows, terms, asked = history
    decided = pa.table(
        {
            "seq": pa.array([one.seq for one in events], pa.int64()),
            "event_id": [f"e{one.seq}" for one in events],
            "occurred_at": pa.array([one.occurred_at for one in events], pa.int64()),
            "decision": pa.array([one.decision for one in events], pa.string()),
            "excluded": pa.array([one.excluded for one in events], pa.string()),
        }
    )
    columns = {name: [getattr(one, name) for _, one in rows] for name in Told.__struct_fields__}
    kinds = {"bad": pa.bool_(), "early": pa.bool_(), "event_id": pa.string(), "supersedes": pa.string()}
    table = pa.table({name: pa.array(values, kinds.get(name, pa.int64())) for name, values in columns.items()})
    table = table.append_column("refers", pa.array([f"e{seq}" for seq, _ in rows], pa.string()))
    found = label_rows(decided, table, terms, asked).to_pylist()
    for event, row in zip(events, found, strict=True):
        alone = label_of(event, of_event(event, rows), terms, asked)
        assert row["seq"] == event.seq
        assert (row["label_state"], row["bad"], row["label_known_at"]) == (alone.state, alone.bad, alone.known_at)
        assert (row["label_reason"] or "") == alone.reason


@given(histories(), st.integers(1, 50))
@settings(max_examples=100, deadline=None)
def test_what_comes_later_changes_nothing_as_of_before(history, more):
    events, rows, terms, asked = history
    earlier = [(seq, one) for seq, one in rows if one.seq <= asked.seq]
    for event in events:
        whole = label_of(event, of_event(event, rows), terms, asked)
        assert whole == label_of(event, of_event(event, earlier), terms, asked)
        if whole.state is LabelState.MATURE:
            aged = Asked(seq=asked.seq, at=asked.at + more)
            assert label_of(event, of_event(event, rows), terms, aged) == whole
