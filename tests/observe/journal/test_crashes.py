"""A process that is killed at any moment: what it acknowledged is there, whole, in order, and proved."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHILD = """
import sys
from pathlib import Path

from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import FixedClock, Micros
from tandem.observe.journal import Entry, HeadsFile, Journal, JournalLimits, open_store
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

location, folder, run = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
clock = FixedClock(Micros(0))
vault = Vault(MasterKey(b"m" * 32), SqliteSubjectKeys(folder / "keys.sqlite"), "main", clock=clock, entropy=SystemEntropy())
heads = HeadsFile(folder / "heads.jsonl", "main", vault.signing_key())
journal = Journal(open_store(location), vault, clock=clock, heads=heads, limits=JournalLimits(head_every=50))
told = open(folder / "told.txt", "a", buffering=1)


def acknowledge(receipts):
    told.write("".join(f"{r.first_seq} {r.last_seq}\\n" for r in receipts if r.durable))


print("ready", flush=True)
number = 0
while True:
    person = vault.pseudonym("person", f"{run}-{number % 37}")
    pair = [
        Entry(kind="event", recorded_at=Micros(number), key=f"{run}-{number}", clear=b"{}", subject=person, secret=b"%d" % number),
        Entry(kind="decision", recorded_at=Micros(number), clear=b"[%d]" % number),
    ]
    journal.submit(pair, on_durable=acknowledge, wait=True)
    number += 1
"""


def kill_at_random(book, run: int, rng: random.Random) -> None:
    """Every other run may be killed before it wrote anything; the rest have acknowledged something when the blow falls."""
    told_before = told_of(book.folder)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, book.location, str(book.folder), str(run)], stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout.readline() == b"ready\n"
        if run % 2:
            until_more_is_told(book.folder, told_before)
        time.sleep(rng.uniform(0.0, 0.08))
        os.kill(child.pid, signal.SIGKILL)


def until_more_is_told(folder: Path, before: set[int]) -> None:
    for _ in range(3_000):
        if told_of(folder) > before:
            return
        time.sleep(0.01)
    raise AssertionError("nothing was acknowledged in 30 seconds")


def told_of(folder: Path) -> set[int]:
    if not (folder / "told.txt").exists():
        return set()
    lines = (folder / "told.txt").read_text().split("\n")[:-1]  # a last line the kill has cut told nobody anything
    return {number for line in lines for number in range(int(line.split()[0]), int(line.split()[1]) + 1)}


def survives(book, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    told: set[int] = set()
    for run in range(kills):
        kill_at_random(book, run, rng)
        told |= told_of(book.folder)
        journal = opened(book)
        records = list(journal.read())
        assert [record.seq for record in records] == list(range(1, len(records) + 1))
        assert told <= {record.seq for record in records}
        # Pairs are atomic: every event is followed by its decision.
        assert [record.kind for record in records] == ["event", "decision"] * (len(records) // 2)
        assert journal.verify().sound
        secrets = [journal.open_secret(record) for record in records[::2]]
        assert secrets == [record.clear[1:-1] for record in records[1::2]]
        book.close()
    assert told


def opened(book):
    """The journal, as soon as a server has noticed that the dead process is gone."""
    from tandem.kernel.errors import Refused

    for _ in range(200):
        try:
            return book.open()
        except Refused:
            time.sleep(0.02)
    raise AssertionError("the right to write was never given back")


def test_twenty_kills_lose_and_double_nothing(sqlite_book):
    survives(sqlite_book, kills=20, seed=1)


@pytest.mark.services
def test_five_kills_lose_and_double_nothing_on_postgres(postgres_dsn, make_book, tmp_path):
    survives(make_book(postgres_dsn, tmp_path), kills=5, seed=2)


@pytest.mark.prove
@pytest.mark.timeout(1_200)
def test_two_hundred_kills_lose_and_double_nothing(book):
    survives(book, kills=200, seed=3)
