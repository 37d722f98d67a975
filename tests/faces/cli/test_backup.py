"""A backup holds all that a lender cannot do without: also who may sign in, and who is to be told."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tandem.faces.cli import main
from tandem.faces.cli.starting import write_starter
from tandem.prove.access import read_operator

SERVE = [sys.executable, "-c", "from tandem.faces.cli import main; main()", "serve", "--port", "0", "--json"]
PASSWORD = "four odd words here"
HOOK = {"url": "https://receiver.example/hooks", "kinds": ["decision.made"], "description": "told of everything"}


@pytest.fixture
def tandem(monkeypatch, capsys, tmp_path):
    """Runs a command in a fresh workspace: its code, and what it printed."""
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    write_starter(tmp_path / "lender", "lender")
    monkeypatch.chdir(tmp_path / "lender")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["tandem", *words])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        return code, "".join(capsys.readouterr())

    return run


@contextlib.contextmanager
def served():
    """A server as `tandem serve` runs it, and what it said at its start."""
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE) as server:
        said = json.loads(server.stdout.readline())
        try:
            with httpx.Client(base_url=said["address"], timeout=60) as browser:
                yield browser, said
        finally:
            server.terminate()
            assert server.wait(timeout=60) == 0


def new_home(folder):
    """A home as the how-to says: the master key is there, and nothing else."""
    (folder / "keys").mkdir(parents=True)
    shutil.copy(".tandem/keys/master.key", folder / "keys" / "master.key")
    return folder


def test_a_backup_taken_beside_a_server_brings_back_people_keys_and_webhooks(tandem, monkeypatch, tmp_path):
    with served() as (browser, said):
        token = said["welcome"].partition("#token=")[2]
        admin = {"token": token, "password": PASSWORD, "name": "ann", "display_name": "Ann"}
        assert browser.post("/v1/welcome", json=admin).status_code == 200
        before = dict(browser.cookies)
        operator = {"Authorization": f"Bearer {read_operator(Path('.tandem')).key}"}
        with httpx.Client(base_url=said["address"], headers=operator, timeout=60) as own:
            hook = own.post("/v1/webhooks", json=HOOK).json()["webhook"]
            key = own.post("/v1/keys", json={"name": "core", "scopes": ["read"]}).json()["secret"]
        assert tandem("journal", "backup", str(tmp_path / "copy"))[0] == 0
    manifest = json.loads((tmp_path / "copy" / "manifest.json").read_text())
    assert {"access.sqlite", "webhooks.sqlite"} < set(manifest["files"])
    assert (tmp_path / "copy" / "access.sqlite").stat().st_mode & 0o777 == 0o600

    monkeypatch.setenv("TANDEM_HOME", str(new_home(tmp_path / "new")))
    assert tandem("journal", "restore", str(tmp_path / "copy"))[0] == 0
    assert (tmp_path / "new" / "access.db").stat().st_mode & 0o777 == 0o600
    with served() as (browser, said):
        assert "welcome" not in said  # there is an admin
        browser.cookies.update(before)
        assert browser.get("/v1/webhooks").json()["code"] == "session_expired"  # nobody is signed in
        browser.cookies.clear()
        assert browser.post("/v1/session", json={"name": "ann", "password": PASSWORD}).status_code == 200
        assert [one["id"] for one in browser.get("/v1/webhooks").json()["webhooks"]] == [hook["id"]]
        with httpx.Client(base_url=said["address"], headers={"Authorization": f"Bearer {key}"}) as partner:
            assert partner.get("/v1/status").status_code == 200
        notes = browser.get("/v1/audit").json()["notes"]
        assert len({note["id"] for note in notes}) == len(notes)  # what was on record is not told twice
    assert tandem("journal", "verify")[0] == 0


@pytest.fixture
def copy(tandem, tmp_path):
    """A backup of a workspace with a person."""
    assert tandem("access", "add", "li.wei", "--role", "viewer")[0] == 0
    assert tandem("journal", "backup", str(tmp_path / "copy"))[0] == 0
    return tmp_path / "copy"


def test_a_backup_holds_no_link_that_still_opens(copy):
    with contextlib.closing(sqlite3.connect(copy / "access.sqlite")) as db:
        assert db.execute("SELECT name FROM person").fetchall() == [("li.wei",)]
        assert db.execute("SELECT count(*) FROM link").fetchone() == (0,)
    with contextlib.closing(sqlite3.connect(".tandem/access.db")) as db:
        (digest,) = db.execute("SELECT digest FROM link").fetchone()
    assert digest not in (copy / "access.sqlite").read_bytes()


def test_a_copy_that_was_changed_is_named_and_nothing_is_restored(copy, tandem, monkeypatch, tmp_path):
    data = bytearray((copy / "access.sqlite").read_bytes())
    data[len(data) // 2] ^= 1
    (copy / "access.sqlite").write_bytes(data)
    monkeypatch.setenv("TANDEM_HOME", str(new_home(tmp_path / "new")))
    code, said = tandem("journal", "restore", str(copy))
    assert code == 8
    assert "access.sqlite" in said
    assert not (tmp_path / "new" / "access.db").exists()


def test_a_copy_that_no_manifest_vouches_for_is_not_restored(copy, tandem, monkeypatch, tmp_path):
    shutil.copy(copy / "access.sqlite", tmp_path / "strange.sqlite")
    Path(".tandem/access.db").unlink()
    assert tandem("journal", "backup", str(tmp_path / "bare"))[0] == 0
    shutil.copy(tmp_path / "strange.sqlite", tmp_path / "bare" / "access.sqlite")
    monkeypatch.setenv("TANDEM_HOME", str(new_home(tmp_path / "new")))
    code, said = tandem("journal", "restore", str(tmp_path / "bare"))
    assert code == 0
    assert "no access.sqlite" in said
    assert not (tmp_path / "new" / "access.db").exists()


def test_people_who_are_here_already_are_never_set_back(copy, tandem, monkeypatch, tmp_path):
    """Somebody who lost only the journal: who was disabled since the backup stays disabled."""
    home = new_home(tmp_path / "new")
    shutil.copy(copy / "access.sqlite", home / "access.db")
    with contextlib.closing(sqlite3.connect(home / "access.db")) as db, db:
        db.execute("UPDATE person SET state = 'disabled'")
    monkeypatch.setenv("TANDEM_HOME", str(home))
    code, said = tandem("journal", "restore", str(copy))
    assert code == 0
    assert "access.db was here already" in said.replace("\n", " ")
    with contextlib.closing(sqlite3.connect(home / "access.db")) as db:
        assert db.execute("SELECT state FROM person").fetchall() == [("disabled",)]


@pytest.mark.usefixtures("copy")
def test_a_damaged_database_is_named_and_not_backed_up_in_silence(tandem, tmp_path):
    path = Path(".tandem/access.db")
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'person'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : (root - 1) * size + 16] = b"\xff" * 16
    path.write_bytes(data)
    code, said = tandem("journal", "backup", str(tmp_path / "second"))
    assert code == 8
    assert "access.db is damaged" in said.replace("\n", " ")
    assert not (tmp_path / "second").exists()
