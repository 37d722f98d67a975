"""People and keys from the command line, beside a server and without one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tandem.faces.cli import main
from tandem.faces.cli.access import _same_place
from tandem.faces.cli.starting import write_starter
from tandem.prove.access import read_operator

SERVE = [sys.executable, "-c", "from tandem.faces.cli import main; main()", "serve", "--port", "0", "--json"]


@pytest.fixture
def tandem(monkeypatch, capsys, tmp_path):
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    write_starter(tmp_path / "lender", "lender")
    monkeypatch.chdir(tmp_path / "lender")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["tandem", *words, "--json"])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else json.loads(err)

    return run


def ask(address, path, key=None, body=None):
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(address + path, data, headers), timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_people_and_keys_without_a_server(tandem):
    code, made = tandem("access", "add", "li.wei", "--role", "strategist", "--display-name", "李伟")
    assert code == 0
    assert made["link"].startswith("http://127.0.0.1:8321/welcome#token=tdl_")
    assert tandem("access", "people")[1]["people"][0]["display_name"] == "李伟"
    assert tandem("access", "roles", "li.wei", "--role", "viewer")[1]["roles"] == ["viewer"]
    assert tandem("access", "reset", "li.wei")[1]["link"] != made["link"]
    secret = tandem("access", "keys", "--make", "core", "--scope", "decide", "--expires", "30d")[1]["secret"]
    listed = tandem("access", "keys")[1]["keys"][0]
    assert (listed["name"], listed["state"], listed["made_by"]) == ("core", "active", "local")
    assert secret not in json.dumps(listed)
    assert tandem("access", "keys", "--revoke", "core")[1]["state"] == "revoked"
    assert tandem("access", "roles", "li.wei", "--disable")[1]["state"] == "disabled"
    assert tandem("access", "roles", "li.wei")[0] == 3
    assert tandem("access", "reset", "nobody")[0] == 4
    assert tandem("access", "add", "li.wei", "--role", "viewer")[0] == 5
    assert tandem("access", "add", "Eve", "--role", "viewer")[0] == 3
    assert tandem("access", "add", "eve", "--role", "king")[0] == 3
    assert tandem("journal", "verify")[0] == 0


def test_a_server_asks_who_comes_and_lets_its_own_account_in(tandem, monkeypatch):
    for words in (("push", "--by", "ann"), ("review", "--all", "--by", "bob"), ("release", "--by", "bob")):
        assert tandem(*words)[0] == 0
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE) as server:
        try:
            said = json.loads(server.stdout.readline())
            address = said["address"]
            assert said["welcome"].startswith(f"{address}/welcome#token=tdl_")
            key_file = Path(".tandem/access/operator.key")
            assert key_file.stat().st_mode & 0o777 == 0o600
            operator = read_operator(Path(".tandem"))
            assert operator.address == address
            where = ask(address, "/v1/session", operator.key)[1]["workspace"]
            assert (where["name"], where["kind"], where["currency"]) == ("lender", "live", "CNY")
            assert ask(address, "/v1/status")[0] == 401
            # commands find the server and come in, also on a port that no setting names
            assert tandem("decide", "data/application.json")[1]["outcome"] == "approve"
            assert tandem("access", "add", "bea", "--role", "viewer")[1]["link"].startswith(address)
            secret = tandem("access", "keys", "--make", "core", "--scope", "decide")[1]["secret"]
            event = json.loads(Path("data/application.json").read_text())
            assert ask(address, "/v1/decisions", secret, event)[1]["outcome"] == "approve"
            assert ask(address, "/v1/lists", secret)[1]["code"] == "not_permitted"
            # with access on, nobody approves their own, whatever workspace.yaml says
            listed = Path("lists/blocked_devices.yaml")
            listed.write_text(listed.read_text().replace("confirmed fraud", "proven fraud"))
            code, pushed = tandem("push", "--by", "ann")
            assert code == 0, pushed
            assert [one["author"] for one in pushed["artefacts"]] == ["ann"]
            assert tandem("review", "--all", "--by", "ann")[1]["code"] == "author_is_approver"
            assert tandem("review", "--all", "--by", "bob")[0] == 0
            # an account without the key is nobody
            monkeypatch.setenv("TANDEM_HOME", "elsewhere")
            code, problem = tandem("releases", "--server", address)
            assert (code, problem["code"]) == (6, "not_signed_in")
            monkeypatch.delenv("TANDEM_HOME")
        finally:
            server.terminate()
            assert server.wait(timeout=60) == 0
    assert not key_file.exists()


def test_a_server_may_be_open_and_no_other_word_will_do(tandem, monkeypatch):
    monkeypatch.setenv("TANDEM_ACCESS", "everyone")
    assert tandem("access", "people")[0] == 3
    monkeypatch.setenv("TANDEM_ACCESS", "open")
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE) as server:
        try:
            said = json.loads(server.stdout.readline())
            assert "welcome" not in said
            assert ask(said["address"], "/v1/session")[1]["mode"] == "open"
        finally:
            server.terminate()
            assert server.wait(timeout=60) == 0


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("http://127.0.0.1:8400", True),
        ("http://localhost:8400/", True),
        ("http://127.0.0.1:8401", False),
        ("http://evil.example:8400", False),
        ("http://127.0.0.1.evil.example:8400", False),
        (None, False),
    ],
)
def test_the_operators_key_is_shown_to_its_own_server_alone(asked, shown):
    assert _same_place(asked, "http://127.0.0.1:8400") is shown
