"""A process that takes payments and ages accounts, day after day, until it is killed: ``python month_end.py HOME DAYS``.

It says what is durable, a line each, as soon as it is: ``paid KEY AMOUNT``, ``aged DAY``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import AccountBook, AccountId, Paid, Request, draw, happen, open_account
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

CLOCK = FixedClock(Micros(FIRST_DAY * DAY))
ACCOUNTS = 400


def opened(home: Path) -> DecisionProcess:
    """The process at ``home``."""
    return open_process(Settings(home=home), "test", clock=CLOCK)


def fill(book: AccountBook) -> None:
    """Accounts that have each drawn once; those that are there stay."""
    requests = []
    for number in range(1, ACCOUNTS + 1):
        requests += [_opening(number), _drawing(number)]
    book.write_all(requests)


def paying(number: int, key: str, amount_minor: int, day: int) -> Request:
    """A payment of one account."""
    fact = Paid(day=day, amount_minor=amount_minor)
    return Request(
        key=key, asked=[number, amount_minor, day],
        change=lambda accounts: happen(accounts.numbered(number), "tv", key, fact, by="bank"),
    )  # fmt: skip


def payments_of(day: int) -> list[tuple[int, str, int]]:
    """Account, key and amount of each payment of a day: an eleventh of the accounts pay."""
    return [
        (number, f"{day}-{number}", 3_000 + number) for number in range(1, ACCOUNTS + 1) if (number + day) % 11 == 0
    ]


def _opening(number: int) -> Request:
    account, owner = AccountId(f"acc_{number}"), Pseudonym(f"{number:032x}")
    return Request(
        key=f"open-{number}", asked=number,
        change=lambda _: open_account(
            account, till(), Digest("d" * 64), owner_kind="person", owner=owner, day=FIRST_DAY, by="ann",
            limit_minor=300_000,
        ),
    )  # fmt: skip


def _drawing(number: int) -> Request:
    terms = agreed(120_000, term=12, on=FIRST_DAY + number % 20)
    return Request(
        key=f"draw-{number}", asked=number,
        change=lambda accounts: draw(accounts.numbered(number), "tv", terms, by="ann"),
    )  # fmt: skip


def say(*words: str) -> None:
    """Tell whoever started this, at once."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main(home: Path, days: int) -> None:
    """Live through the days from the first due dates on."""
    book = AccountBook(opened(home), CLOCK)
    fill(book)
    say("ready")
    for day in range(FIRST_DAY + 36, FIRST_DAY + 36 + days):
        for number, key, amount in payments_of(day):
            book.write(paying(number, key, amount, day))
            say("paid", key, str(amount))
        book.age(day)
        say("aged", str(day))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
