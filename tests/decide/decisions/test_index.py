"""A filter finds what a walk over the whole journal finds, in the same order, without the walk."""

from __future__ import annotations

import random
import threading

import pytest
from small_workspace import application

from tandem.decide.decisions import WantedDecisions, decode_body, index
from tandem.kernel.errors import InvalidInput, Unavailable

NAMES = {"outcome": ("approve", "decline", "review", "never"), "policy": ("application", "never")}


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks of a few decisions, so that a few decisions fill several."""
    monkeypatch.setattr(index, "_ROWS", 4)
    monkeypatch.setattr(index, "_ENTITIES", 9)
    monkeypatch.setattr(index, "_ENTITIES_MAX", 4)


def walked(process, wanted, before=2**53):
    """What the journal says, record by record."""
    found = []
    for record in process.journal.read(kinds=["decision"]):
        trail = decode_body(record.clear).trail
        if record.seq < before and wanted.takes(trail, record.recorded_at, record.subject):
            found.append(record.seq)
    return found[::-1]


def found(process, wanted, *, limit=3):
    """What pages say, one after the other."""
    seqs, before = [], None
    while True:
        page = process.archive.page(limit=limit, before=before, wanted=wanted)
        seqs += [one["seq"] for one in page.items]
        before = page.next_before
        if before is None:
            return seqs


def decide(process, *numbers):
    for number in numbers:
        process.decide_now(application(number, person=f"p{number % 3}", device=f"d{number % 4}"))


def asked_for(process, dice):
    """Filters of all kinds, made from what there is and what there is not."""
    records = list(process.journal.read(kinds=["decision"]))
    trail = decode_body(dice.choice(records).clear).trail
    times = sorted(dice.choice(records).recorded_at for _ in range(2))
    values = {
        "outcome": dice.choice(NAMES["outcome"]),
        "policy": dice.choice(NAMES["policy"]),
        "reason": dice.choice([*trail.reasons, "NEVER"]),
        "subject": dice.choice([*trail.entities.values(), "0" * 32]),
        "entity": dice.choice([*trail.entities.values(), "0" * 32]),
        "since": times[0],
        "until": times[1],
    }
    return WantedDecisions(**{name: value for name, value in values.items() if dice.random() < 0.4})


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(6))
def test_a_filter_finds_what_a_walk_finds_before_and_after_more_is_decided(process, seed):
    dice = random.Random(seed)
    decide(process, *range(15))
    for _ in range(20):
        wanted = asked_for(process, dice)
        assert found(process, wanted) == walked(process, wanted)
    decide(process, *range(15, 30))
    for _ in range(20):
        wanted = asked_for(process, dice)
        assert found(process, wanted, limit=dice.choice((1, 3, 200))) == walked(process, wanted)


@pytest.mark.usefixtures("small_blocks")
def test_what_is_decided_while_the_journal_is_read_is_there_once(process, monkeypatch):
    decide(process, *range(5))
    read = process.journal.read

    def meanwhile(*args, **named):
        yield from read(*args, **named)
        decide(process, 5, 6)

    monkeypatch.setattr(process.journal, "read", meanwhile)
    process.archive._index.get_ready()
    monkeypatch.undo()
    wanted = WantedDecisions(policy="application")
    assert found(process, wanted) == walked(process, wanted)
    assert len(walked(process, wanted)) == 7


@pytest.mark.usefixtures("small_blocks")
def test_the_newest_about_somebody_is_not_the_newest_that_names_them(process):
    """Devices are named and are nobody's: no decision is about one."""
    decide(process, *range(9))
    archive, records = process.archive, list(process.journal.read(kinds=["decision"]))
    trails = {record.seq: decode_body(record.clear).trail for record in records}
    about = {record.subject: record.seq for record in records}
    naming = {one: record.seq for record in records for one in trails[record.seq].entities.values()}
    for _ in range(2):
        found = archive.newest_about([*naming, "0" * 32])
        assert {one: trail.event_seq + 1 for one, (trail, _) in found.items()} == about
        found = archive.newest_naming([*naming, "0" * 32])
        assert {one: trail.event_seq + 1 for one, (trail, _) in found.items()} == naming
    assert len(about) < len(naming)


def test_a_reading_that_fails_leaves_nothing_behind(process, monkeypatch):
    decide(process, 1, 2)

    def failing(*_args, **_named):
        raise Unavailable("gone", code="journal_unavailable")

    monkeypatch.setattr(process.journal, "read", failing)
    with pytest.raises(Unavailable):
        process.archive.page(wanted=WantedDecisions(policy="application"))
    monkeypatch.undo()
    assert len(found(process, WantedDecisions(policy="application"))) == 2


def test_many_ask_while_it_is_read_and_all_are_answered(process):
    decide(process, *range(6))
    answers = []
    askers = [
        threading.Thread(target=lambda: answers.append(found(process, WantedDecisions(policy="application"))))
        for _ in range(8)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert answers == [walked(process, WantedDecisions())] * 8


def test_rows_are_the_short_form_with_the_words_of_their_reasons_once(process):
    decide(process, *range(6))
    page, rows = process.archive.page(limit=200), process.archive.rows(limit=1_000)
    assert [row["seq"] for row in rows.items] == [one["seq"] for one in page.items]
    for row, one in zip(rows.items, page.items, strict=True):
        trail = one["trail"]
        assert {
            name: row[name] for name in ("decision_id", "event_id", "outcome", "policy", "release", "entities")
        } == {name: trail[name] for name in ("decision_id", "event_id", "outcome", "policy", "release", "entities")}
        assert row["reasons"] == list(trail["reasons"])
        for reason in one["answer"]["reasons"]:
            assert rows.words[reason["code"]] == reason


@pytest.mark.parametrize(("form", "limit"), [("page", 201), ("page", 0), ("rows", 1_001)])
def test_a_page_has_a_limit(process, form, limit):
    with pytest.raises(InvalidInput):
        getattr(process.archive, form)(limit=limit)
