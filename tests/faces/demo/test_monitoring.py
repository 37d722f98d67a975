"""What the example's borrowers do with their loans (SIMULATED), and what the example tells of its monitoring."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tandem.decide.decisions import ARTEFACT_FOLDERS, document_of
from tandem.faces.demo import monitoring
from tandem.faces.demo.monitoring import moves_of, watched
from tandem.faces.demo.playing import Server
from tandem.faces.demo.showing import Screen
from tandem.faces.demo.sources import Movements
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import DAY, SystemClock, parse_instant
from tandem.observe.events import EventReader, parse_event_type

LENDER = Path(__file__).parents[3] / "examples" / "lender"
SERVER = Server("http://127.0.0.1:8321", "tdk_key")
NOW = SystemClock().now()
LOANS = {f"A{number:06d}": f"acc_{number}" for number in range(1, 5)}
MANY = {f"A{number:06d}": f"acc_{number}" for number in range(1, 1_500)}
SOUND, FLAGGED = ["grade_sound"], ["flag_cash_out", "grade_weak"]


class Vault:
    def pseudonym(self, _kind, identifier):
        return f"{abs(hash(identifier)):032x}"[:32]


@pytest.fixture(scope="module")
def moved():
    return moves_of(MANY, now=NOW)


def test_some_hundred_borrowers_move_their_money_and_a_few_of_them_misuse_it(moved):
    who = {one["values"]["person"] for one in moved.documents}
    assert who <= MANY.keys()
    assert 200 < len(who) < 500
    assert 0 < len(moved.misusing) < len(moved.honest)
    assert not moved.misusing & moved.honest
    assert moved.misusing | moved.honest <= who


def test_what_they_do_is_the_same_whenever_it_is_played(moved):
    again = moves_of(MANY, now=NOW)
    assert [one["values"] for one in again.documents] == [one["values"] for one in moved.documents]


def test_movements_lie_before_today_and_honest_life_before_misuse(moved):
    at = [parse_instant(one["occurred_at"]) for one in moved.documents]
    assert at == sorted(at)
    assert max(at) < NOW // DAY * DAY
    first = min(
        when for when, one in zip(at, moved.documents, strict=True) if one["values"]["person"] in moved.misusing
    )
    assert min(at) < first


def test_every_movement_is_one_that_the_example_decides_on(moved):
    artefacts = load_workspace(LENDER, ARTEFACT_FOLDERS).artefacts.values()
    types = [parse_event_type(document_of(one)) for one in artefacts if one.kind == "event_type"]
    reader = EventReader(types, Vault())
    for document in moved.documents[:500]:
        reader.read(document, received_at=NOW)
    (moving,) = [one for one in types if str(one.name) == "account_movement"]
    assert "SIMULATED" in moving.description


def test_with_fewer_borrowers_the_others_of_the_town_move_nothing():
    moved = moves_of(LOANS, now=NOW)
    assert {one["values"]["person"] for one in moved.documents} == set(LOANS)


def movements(*said):
    """A decision for each of (person, actions), and who of these misuses."""
    documents = [{"event_id": f"mov-{number}", "values": {"person": person}} for number, (person, _) in enumerate(said)]
    answers = {f"mov-{number}": {"actions": actions} for number, (_, actions) in enumerate(said)}
    honest, misusing = frozenset({"A000001", "A000004"}), frozenset({"A000002", "A000003"})
    return Movements(documents, misusing, honest), answers


@pytest.fixture
def standing(monkeypatch):
    """How each account stands, by its id; an account that is not told has no grade."""
    told = {}

    def answer(request):
        return httpx.Response(200, json={"standing": told.get(request.url.path.removeprefix("/v1/accounts/"))})

    transport = httpx.MockTransport(answer)
    make = httpx.Client
    monkeypatch.setattr(httpx, "Client", lambda **asked: make(**asked, transport=transport))
    monkeypatch.setattr(monitoring.time, "sleep", lambda _: None)
    return told


def test_who_was_flagged_is_counted_apart_for_the_honest_and_for_those_who_misuse(standing):
    standing.update({one: {"grade": "sound", "flags": []} for one in LOANS.values()})
    standing["acc_2"] = {"grade": "weak", "flags": ["cash_out"]}
    moved, answers = movements(("A000001", SOUND), ("A000002", FLAGGED), ("A000003", SOUND), ("A000004", FLAGGED))
    found = watched(SERVER, moved, answers, LOANS)
    assert {one.id: one.shown for one in found.figures} == {
        "accounts_monitored": "4", "accounts_flagged": "2", "misuse_flagged": "1 of 2", "honest_flagged": "1 of 2",
    }  # fmt: skip
    assert all(one.basis.startswith("SIMULATED movements") for one in found.figures)
    assert found.page == "/accounts/acc_2"


def test_who_was_found_sound_again_was_flagged_all_the_same(standing):
    standing["acc_2"] = {"grade": "sound", "flags": []}
    found = watched(SERVER, *movements(("A000002", FLAGGED), ("A000002", SOUND)), LOANS)
    flagged = next(one for one in found.figures if one.id == "accounts_flagged")
    assert flagged.value == 1
    assert "0 still stands" in flagged.basis
    assert found.page is None


def test_accounts_that_are_never_graded_are_told(standing, monkeypatch):
    monkeypatch.setattr(monitoring, "_PATIENCE_S", 0.2)
    standing["acc_1"] = {"grade": "sound", "flags": []}
    with pytest.raises(Unavailable, match="not graded"):
        watched(SERVER, *movements(("A000001", SOUND), ("A000002", SOUND)), LOANS)


def test_a_flagged_account_is_shown_with_what_it_rests_on(capsys):
    Screen(quiet=False).where_to_go(SERVER, Path("demo"), None, "/accounts/acc_2", [], at_home=True)
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "acc_2" in one]
    assert "SIMULATED" in line
    assert line.endswith(f"{SERVER.address}/accounts/acc_2")
