"""Where the example lender sends people at its end: the page, the ring that formed, whose links wait, and the shop."""

from pathlib import Path

import httpx
import pytest

from tandem.faces.demo.people import invite
from tandem.faces.demo.playing import Server
from tandem.faces.demo.showing import Screen
from tandem.faces.demo.telling import Ring, first_ring

SERVER = Server("http://127.0.0.1:8321", "tdk_key")
NAME, MEMBER = "ring_" + "0" * 32, "a" * 32
SUMMARY = {"ring_id": NAME, "graph": "people", "member_kind": "person", "words": {"en": "24 applicants", "zh": "24 人"}}


@pytest.fixture
def answers(monkeypatch):
    """What the server answers, by address."""
    told = {
        "/v1/rings/refresh": {},
        "/v1/rings": {"rings": [SUMMARY]},
        "/v1/people": {"path": "/welcome#token=once"},
        f"/v1/rings/{NAME}": {"ring": SUMMARY, "members": [{"member": MEMBER}]},
    }

    def ask(address, **_asked):
        path = address.removeprefix(SERVER.address)
        return httpx.Response(200, json=told[path], request=httpx.Request("GET", address))

    monkeypatch.setattr(httpx, "get", ask)
    monkeypatch.setattr(httpx, "post", ask)
    return told


@pytest.mark.usefixtures("answers")
def test_the_first_ring_is_told_with_its_page_and_its_place_in_the_graph(capsys):
    ring = first_ring(SERVER)
    assert ring == Ring(f"/rings/{NAME}", f"/graph?graph=people&at=person%3A{MEMBER}", "24 applicants")
    Screen(quiet=False).where_to_go(SERVER, Path("demo"), ring, None, [], at_home=True)
    shown = capsys.readouterr().out
    assert f"{SERVER.address}/rings/{NAME}" in shown
    assert f"in the explorer: {SERVER.address}/graph?graph=people&at=person%3A{MEMBER}" in shown
    assert "(SIMULATED) 24 applicants" in shown


def test_where_no_ring_formed_none_is_told(answers, capsys):
    answers["/v1/rings"] = {"rings": []}
    assert first_ring(SERVER) is None
    Screen(quiet=False).where_to_go(SERVER, Path("demo"), None, None, [], at_home=True)
    assert "ring" not in capsys.readouterr().out


@pytest.mark.usefixtures("answers")
def test_two_more_people_wait_because_some_things_take_two(capsys):
    people = invite(SERVER)
    assert [one.name for one in people] == ["lin", "wu"]
    Screen(quiet=False).where_to_go(SERVER, Path("demo"), None, None, people, at_home=True)
    shown = capsys.readouterr().out
    assert shown.count(f"{SERVER.address}/welcome#token=once") == 2
    assert "proposes" in shown
    assert "agrees to what Lin proposed" in shown


@pytest.mark.parametrize(("at_home", "home"), [(True, ""), (False, "TANDEM_HOME=.tandem ")])
def test_the_shop_is_told_with_the_command_that_starts_it_where_the_data_is(capsys, at_home, home):
    Screen(quiet=False).where_to_go(SERVER, Path("some/demo"), None, None, [], at_home=at_home)
    (line,) = [one for one in capsys.readouterr().out.splitlines() if one.startswith("A shop:")]
    assert f"cd some/demo && {home}" in line
    assert line.endswith("tandem shop --product till_instalments")
