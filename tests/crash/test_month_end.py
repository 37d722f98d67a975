"""Killed at every desk in the middle of its months, again and again: nothing that was said to be done is lost, nothing is done twice."""

from __future__ import annotations

import contextlib
import email
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mail_server import mail_server
from month_end import STAGES, House, day_of, prepare

from tandem.act.lending import LedgerAccount, Paid, buckets_on
from tandem.kernel.time import DAY

SCRIPT = Path(__file__).parents[1] / "shared" / "month_end.py"


@dataclass
class Lives:
    """What was said over all lives at ``home``, and where they ended.

    Attributes:
        paid: amount by key, of payments said to be durable.
        done: the last round of which a stage said that it is over; begun: the round in hand.
        killed: how many lives ended in which stage; took_s: the longest that a stage took, by its name.
        moving: whether limits were agreed to move and have not all moved yet.
    """

    home: Path
    port: int
    paid: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)
    took_s: dict[str, float] = field(default_factory=dict)
    begun: int = 0
    moving: bool = False

    def live_until_killed_in(self, stage, share, lives):
        """One life, which ends when ``share`` of the time is over that ``stage`` took at the longest."""
        seconds = max(share * self.took_s.get(stage, 0.01), 0.000_001)
        lives.stdin.write(f"{self.home} {self.begun} {self.port} {stage} {seconds:.6f}\n")
        lives.stdin.flush()
        name = ""
        while (what := self._hear(lives))[0] != "over":
            if what[0] == "begin":
                name = what[1]
            elif what[0] == "paid":
                self.paid[what[1]] = int(what[2])
            else:
                self.took_s[name] = max(self.took_s.get(name, 0.0), float(what[3]))
                self.done[name] = int(what[2])
                if name == STAGES[-1]:
                    self.begun = int(what[2]) + 1
        assert what == ["over", "SIGALRM"], f"a life ended by itself in {name}"
        self.killed[name] += 1

    @staticmethod
    def _hear(lives):
        line = lives.stdout.readline()
        assert line, "whoever starts the lives has ended"
        return line.split()

    def stage_of(self, number):
        """Where the life of that number is to end: each stage in its turn; among limits while they move, which is seldom."""
        return "limits" if self.moving else STAGES[number % len(STAGES)]

    def told(self):
        """One line for people."""
        ends = ", ".join(f"{self.killed[name]} in {name}" for name in STAGES)
        return f"{self.killed.total()} kills ({ends}); {len(self.paid)} payments acknowledged; round {self.begun} begun"


def check(lives, box):
    """Everything that holds between two lives."""
    house = House(lives.home, lives.begun)
    try:
        accounts, ledger = house.desks.lending.look(lambda book: (list(book), dict(book.ledger["CNY"])))
        facts = [pair for one in accounts for pair in one.draws["tv"].facts.items()]
        found = {key: fact.amount_minor for key, fact in facts if isinstance(fact, Paid)}
        assert lives.paid.items() <= found.items(), "a payment that was said to be durable"
        assert sum(ledger.values()) == 0
        assert ledger.get(LedgerAccount.CASH, 0) == sum(found.values())
        assert ledger[LedgerAccount.LOANS] == sum(one.principal_minor for one in accounts)
        assert all(sum(book.values()) == 0 for book in house.desks.provisions.ledger().values())
        measured = house.desks.provisions.look(lambda provisions: provisions.last)
        if "provisions" in lives.done:
            assert measured is not None
            assert measured.day >= day_of(lives.done["provisions"])
        lives.moving = bool(house.desks.limits.look(lambda reviews: list(reviews.due(house.day))))
        sent, contacts = mails(box), contacts_of(house)
        assert set(sent.values()) <= {1}, "no e-mail arrives twice"
        assert set(sent) <= set(contacts), "no e-mail that is not on record"
        delivered = {name for name, one in contacts.items() if one.state == "delivered"}
        assert delivered <= set(sent), "no e-mail is told to have left that did not"
        assert house.process.journal.verify().sound
    finally:
        house.close()


def mails(box):
    """How often each message came, by the contact that it names."""
    with box.arrived:
        got = list(box.got)
    return Counter(email.message_from_bytes(one.content)["Message-ID"].partition("@")[0][1:] for one in got)


def contacts_of(house):
    """Every contact by e-mail, by its id."""
    contacts = house.desks.collections.look(lambda files: dict(files.contacts))
    return {name: one for name, one in contacts.items() if one.channel == "email"}


def finish(home, first, rounds, port):
    """Live on to the end of ``rounds`` with nobody killing, and what everything has come to, with no id that is drawn."""
    house = House(home, first, port)
    try:
        while house.number < rounds:
            for name in STAGES:
                house.stage(name, lambda *_: None)
            house.next_round()
        house.desks.lending.age()
        accounts, ledger, aged = house.desks.lending.look(
            lambda book: (
                list(book), dict(book.ledger["CNY"]), (book.buckets == buckets_on(book.oldest_due, house.day))[1:].all()
            )
        )  # fmt: skip
        assert aged, "everybody is in the bucket of their days past due"
        warnings = house.desks.warnings.look(lambda warnings, _: list(warnings))
        cases = house.desks.cases.look(lambda cases, *_: [one.owner for one in cases])
        contacts = contacts_of(house)
        assert Counter(one.state for one in contacts.values()).keys() <= {"delivered", "unclear"}
        return {
            "books": ledger,
            "accounts": [(one.account_id, one.limit_minor, one.state, one.draws) for one in accounts],
            "provisions": house.desks.provisions.ledger(),
            "warnings": Counter(
                (one.rule, one.entity, one.raised_at, one.outcome, one.round, one.labelled_round) for one in warnings
            ),
            "cases": Counter(cases),
            "contacts": Counter((one.account, one.step, one.at // DAY) for one in contacts.values()),
        }, contacts
    finally:
        house.close()


@contextlib.contextmanager
def program():
    """What starts lives, with everything imported."""
    path = os.pathsep.join(filter(None, [str(SCRIPT.parent), os.environ.get("PYTHONPATH")]))
    command, environment = [sys.executable, str(SCRIPT)], {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as running:
        yield running
        running.stdin.close()


def killed_and_quiet(folder, count, rng, note):
    """``count`` kills of one lender, each stage in its turn, and the same lender undisturbed; compared at the end."""
    prepare(folder / "killed")
    shutil.copytree(folder / "killed", folder / "quiet")
    with mail_server() as (box, port), mail_server() as (quiet_box, quiet_port):
        lives = Lives(folder / "killed", port)
        with program() as running:
            for number in range(count):
                lives.live_until_killed_in(lives.stage_of(number), rng.uniform(0.0, 1.0), running)
                check(lives, box)
        note(lives.told())
        rounds = lives.begun + 4
        ours, contacts = finish(lives.home, lives.begun, rounds, port)
        check(lives, box)
        theirs, quiet_contacts = finish(folder / "quiet", 0, rounds, quiet_port)
        assert set(mails(quiet_box)) == set(quiet_contacts)
    unclear = [one for one in contacts.values() if one.state == "unclear"]
    assert len(unclear) <= lives.killed["collections"], "at most the one that was in hand at each death"
    assert {"delivered"} == {one.state for one in quiet_contacts.values()}
    for name, found in theirs.items():
        assert ours[name] == found, name
    assert all(theirs[name] for name in ("warnings", "cases", "contacts"))
    assert any(limit != 300_000 or state == "frozen" for _, limit, state, _ in theirs["accounts"]), "limits moved"
    return lives


@pytest.fixture
def note(request):
    return lambda text: request.node.user_properties.append(("crash", text))


def test_what_was_said_is_done_and_the_end_is_the_same_as_without_a_kill(tmp_path, note):
    lives = killed_and_quiet(tmp_path, len(STAGES), random.Random(5), note)
    assert lives.paid, "killed before it said anything"


@pytest.mark.prove
@pytest.mark.timeout(3_600)
def test_two_hundred_kills(tmp_path, note):
    lives = killed_and_quiet(tmp_path, 200, random.Random(6), note)
    assert set(lives.killed) == set(STAGES), "every stage was killed in"
