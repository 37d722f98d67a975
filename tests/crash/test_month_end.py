"""Killed in the middle of a month's end, again and again: nothing that was said to be done is lost, nothing is done twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from month_end import CLOCK, fill, opened, paying, payments_of
from till_product import FIRST_DAY

from tandem.act.lending import AccountBook, LedgerAccount, buckets_on

SCRIPT = Path(__file__).parents[1] / "shared" / "month_end.py"
DAYS = 240


def live_until_killed(home, after_s):
    """What it said was done."""
    path = os.pathsep.join(filter(None, [str(SCRIPT.parent), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path}
    child = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(home), str(DAYS)], stdout=subprocess.PIPE, text=True, env=environment
    )
    lines = [child.stdout.readline()]
    assert lines == ["ready\n"]
    threading.Timer(after_s, child.send_signal, [signal.SIGKILL]).start()
    lines += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    return [line.split() for line in lines if line.endswith("\n")]


def kills(home, count, rng):
    """What was said to be done over ``count`` lives, and after the last of them everything that can be checked."""
    said: dict[str, int] = {}
    for _ in range(count):
        done = live_until_killed(home, rng.uniform(0.05, 1.0))
        said |= {words[1]: int(words[2]) for words in done if words[0] == "paid"}
        check(home, said)
    return said


def check(home, said):
    process = opened(home)
    try:
        book = AccountBook(process, CLOCK)
        with book.lock:
            accounts = list(book.accounts)
            ledger = book.accounts.ledger["CNY"]
            found = {key: fact.amount_minor for one in accounts for key, fact in one.draws["tv"].facts.items()}
        assert said.items() <= found.items()
        assert sum(ledger.values()) == 0
        assert ledger.get(LedgerAccount.CASH, 0) == sum(found.values())
        assert ledger[LedgerAccount.LOANS] == sum(one.principal_minor for one in accounts)
        assert process.journal.verify().sound
    finally:
        process.close()


def finish(home):
    """Send every payment of the killed lives again, and age once more."""
    process = opened(home)
    try:
        book = AccountBook(process, CLOCK)
        last = FIRST_DAY + 36 + DAYS
        requests = [paying(number, key, amount, day) for day in range(FIRST_DAY + 36, last)
                    for number, key, amount in payments_of(day)]  # fmt: skip
        book.write_all(requests)
        book.age(last)
        assert book.age(last) == 0
        fill(book)
        with book.lock:
            assert (book.accounts.buckets[1:] == buckets_on(book.accounts.oldest_due, last)[1:]).all()
            return list(book.accounts), book.accounts.ledger
    finally:
        process.close()


def test_what_was_said_is_done_and_the_end_is_the_same_as_without_a_kill(tmp_path):
    assert kills(tmp_path / "killed", 4, random.Random(5)), "killed before it said anything"
    undisturbed = opened(tmp_path / "quiet")
    fill(AccountBook(undisturbed, CLOCK))
    undisturbed.close()
    accounts, ledger = finish(tmp_path / "killed")
    quiet, books = finish(tmp_path / "quiet")
    assert ledger == books
    assert [(one.account_id, one.draws) for one in accounts] == [(one.account_id, one.draws) for one in quiet]


@pytest.mark.prove
def test_two_hundred_kills(tmp_path):
    assert kills(tmp_path / "killed", 200, random.Random(6))
