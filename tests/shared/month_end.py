"""A lender that lives through its months at every desk until it dies: a life for each ``HOME ROUND PORT STAGE SECONDS`` it is given.

A round is every fourth day, at ten in the morning: payments come in, accounts age and earn, statements are decided on, warnings
and cases follow, limits are reviewed and moved, customers in arrears are written to by the mail server at ``PORT``, and expected
losses are measured. Each life is a fork of one program that has imported everything and opened nothing. From the first time that it
begins ``STAGE`` it has so many seconds; then the kernel ends it by a signal that nobody handles. It says what it begins and what
is durable, a line each, as soon as it is: ``begin STAGE``, ``paid KEY AMOUNT``, ``done STAGE ROUND SECONDS``; and once it is dead
the program says ``over`` and by which signal.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from case_workspace import CASE_RULES, OUTCOME
from conduct_house import document
from limit_house import REASONS, product, strategy
from provision_material import RULES as PROVISION_RULES
from small_workspace import APPLICATION, BLOCKED, VELOCITY, WORDS, go_live, policy
from till_product import FIRST_DAY, agreed, till
from warned_workspace import ENDED, POLICY, STATEMENT
from warned_workspace import RULES as WARNING_RULES

from tandem.act.collections import EmailChannel, MailServer, Reach
from tandem.act.lending import AccountBook, AccountId, Paid, Request, draw, open_account
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.faces.acting import Acting, acting_on
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, HOUR, FixedClock, Micros, format_instant

ACCOUNTS: Final = 90
STEP_DAYS: Final = 4
REVIEW_EVERY: Final = 2
NEVER_PAYS: Final = 7
STAGES: Final = ("payments", "ageing", "accrual", "statements", "warnings", "limits", "collections", "provisions")


def day_of(number: int) -> int:
    """The day of a round; the first is that of the first due dates."""
    return FIRST_DAY + 36 + STEP_DAYS * number


class House:
    """The process at ``home`` and all its desks, in the morning of a round."""

    def __init__(self, home: Path, number: int, port: int | None = None) -> None:
        self.number, self.day = number, day_of(number)
        self.clock = FixedClock(Micros(self.day * DAY + 2 * HOUR))
        self.process: DecisionProcess = open_process(Settings(home=home), "test", clock=self.clock)
        server = MailServer(host="127.0.0.1", port=port or 1, sender="service@lender.example", security="none")
        outlets = [] if port is None else [EmailChannel(server, self.clock)]
        self.desks: Acting = acting_on(self.process, clock=self.clock, outlets=outlets)

    def next_round(self) -> None:
        """Four days later."""
        self.number, self.day = self.number + 1, day_of(self.number + 1)
        self.clock.set(Micros(self.day * DAY + 2 * HOUR))

    def owner(self, number: int) -> Pseudonym:
        """Whose an account is."""
        return self.process.pseudonyms_of(f"p-{number}")[EntityKind("person")]

    def stage(self, name: str, told: Callable[..., None]) -> None:
        """Do all that a stage asks for in this round; done again it does nothing twice."""
        getattr(self, f"_{name}")(told)

    def close(self) -> None:
        """The end."""
        self.process.close()

    # -- the stages ----------------------------------------------------------------------------------------------------

    def _payments(self, told: Callable[..., None]) -> None:
        for number, key, amount in payments_of(self.number):
            paid = Paid(day=self.day, amount_minor=amount)
            self.desks.lending.happen(f"acc_{number}", "tv", paid, key=key, by="bank")
            told("paid", key, str(amount))

    def _ageing(self, _: object) -> None:
        self.desks.lending.age()

    def _accrual(self, _: object) -> None:
        self.desks.lending.accrue()

    def _statements(self, _: object) -> None:
        for number in range(1, ACCOUNTS + 1):
            if (number + self.number) % 8 == 0:
                self.process.decide_now(_statement(number, self.number, self.clock.now()))

    def _warnings(self, _: object) -> None:
        self.desks.warnings.tend()
        self.desks.cases.tend()

    def _limits(self, _: object) -> None:
        if self.number % REVIEW_EVERY == 0:
            try:
                review, _again = self.desks.limits.propose("till_limits", by="ann")
            except Conflict:  # no choice keeps the constraints: nothing to review in this round
                return
            self.desks.limits.agree(review, by="bob")
        self.desks.limits.carry_out()

    def _collections(self, _: object) -> None:
        self.desks.collections.tend()

    def _provisions(self, _: object) -> None:
        self.desks.provisions.run(by="ann")


def prepare(home: Path) -> None:
    """A lender at ``home`` with accounts that have each drawn once; of every second customer the e-mail is known."""
    house = House(home, 0)
    go_live(house.process, *_artefacts())
    terms = next(one.digest for one in house.process.live.carried if one.kind == "product")
    requests = [part for number in range(1, ACCOUNTS + 1) for part in _account(house, number, terms)]
    AccountBook(house.process, house.clock).write_all(requests)
    for number in range(2, ACCOUNTS + 1, 2):
        reach = Reach(kind="email", value=f"p{number}@example.com")
        house.desks.collections.add_point(house.owner(number), reach, by="ann")
    house.close()


def payments_of(number: int) -> list[tuple[int, str, int]]:
    """Account, key and amount of each payment of a round: a third of the accounts pay, some not quite enough; and some never."""
    return [
        (one, f"{number}-{one}", 4_000 + 20 * one)
        for one in range(1, ACCOUNTS + 1)
        if (one + number) % 3 == 0 and one % NEVER_PAYS != 0
    ]


def _account(house: House, number: int, terms: Any) -> list[Request]:
    account, owner = AccountId(f"acc_{number}"), house.owner(number)
    signed = agreed(120_000, term=12, on=FIRST_DAY + number % 20)
    return [
        Request(
            key=f"open-{number}", asked=number,
            change=lambda _: open_account(
                account, till(), terms, owner_kind="person", owner=owner, day=FIRST_DAY - 150, by="ann",
                limit_minor=300_000,
            ),
        ),
        Request(
            key=f"draw-{number}", asked=number,
            change=lambda accounts: draw(accounts.get(account), "tv", signed, by="ann"),
        ),
    ]  # fmt: skip


def _statement(number: int, in_round: int, at: Micros) -> dict[str, Any]:
    """Of one account, by what its number says: some are risky, and a few more so later."""
    risk = {0: 60, 1: 30}.get((number + in_round // 8) % 5, 0)
    return {
        "event_id": f"s-{number}-{in_round}",
        "event_type": "statement",
        "occurred_at": format_instant(at),
        "values": {"person": f"p-{number}", "account": f"acc_{number}", "months_overdue": 0, "risk": risk},
    }


def _artefacts() -> list[Artefact]:
    collecting = {
        **document("collections", "consumer"),
        "products": ["till_limit"],
        "trying": {"hold_out": 0, "exploration": 0},
    }
    about = [{**one, "about": "person"} for one in WARNING_RULES["warnings"]]
    bodies = {
        ("reasons", "warned"): {"reasons": dict.fromkeys(("LIKELY", "CERTAIN"), WORDS)},
        ("warning_rules", "accounts"): {**WARNING_RULES, "warnings": about},
        ("conduct_rules", "cn"): document("conduct", "cn"),
        ("collection_strategy", "consumer"): collecting,
        ("provision_rules", "ifrs9"): PROVISION_RULES,
    }
    return [
        APPLICATION, VELOCITY, BLOCKED, REASONS, policy(), product(), strategy(), STATEMENT, ENDED, POLICY, OUTCOME, CASE_RULES,
        *(
            Artefact.of(kind, name, {key: value for key, value in body.items() if key != "name"})
            for (kind, name), body in bodies.items()
        ),
    ]  # fmt: skip


def say(*words: str) -> None:
    """Tell whoever started this, at once and in one piece, whenever the end comes."""
    os.write(1, (" ".join(words) + "\n").encode())


def live(home: Path, first: int, port: int, last: str, seconds: float) -> None:
    """Live through the rounds from ``first`` on, until ``seconds`` after the first beginning of the stage ``last``."""
    house, armed = House(home, first, port), False
    while True:
        for name in STAGES:
            say("begin", name)
            if name == last and not armed:
                armed = True
                signal.setitimer(signal.ITIMER_REAL, seconds)
            since = time.monotonic()
            house.stage(name, say)
            say("done", name, str(house.number), f"{time.monotonic() - since:.6f}")
        house.next_round()


def main() -> None:
    """One life after the other, as asked."""
    for line in sys.stdin:
        home, first, port, last, seconds = line.split()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            live(Path(home), int(first), int(port), last, float(seconds))
        _, status = os.waitpid(child, 0)
        say("over", signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "by itself")


if __name__ == "__main__":
    main()
