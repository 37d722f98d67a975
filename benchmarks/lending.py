"""Lending: schedules beside numpy-financial, postings by the second, money that is conserved, and a million accounts aged.

All loans and payments are drawn from a seed (SIMULATED): what is measured is arithmetic and speed, not how people repay.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.claims import Claim, claim
from benchmarks.features import memory_mb
from benchmarks.loans_beside import differing, ours, random_loan, theirs
from tandem.act.lending import (
    AccountBook,
    AccountId,
    Accounts,
    Columns,
    Fact,
    Happened,
    LedgerAccount,
    NotOwed,
    Opened,
    Paid,
    PlanTerms,
    Refunded,
    Request,
    Reversed,
    Waived,
    decode_change,
    draw,
    earned_by,
    happen,
    open_account,
    reverse,
    terms_of,
)
from tandem.act.products import Product, parse_product, quote
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, date_to_days

_START = date_to_days(date(2026, 1, 5))
_DIGEST = Digest("d" * 64)
_LIMIT = 300_000
_BATCH = 500
_PRODUCT = {
    "name": "till_limit",
    "kind": "revolving",
    "title": {"en": "Pay at the till", "zh-CN": "先买后付"},
    "currency": "CNY",
    "amount": {"least_minor": 1_000, "most_minor": 2_000_000},
    "limit_minor": {"least_minor": 10_000, "most_minor": 5_000_000},
    "terms": [3, 6, 12],
    "schedule": {"method": "equal_instalment", "due_day": 10, "first_after_days": 10},
    "price": {
        "rate_bps": {"least": 0, "most": 2_000, "otherwise": 1_200},
        "fee_bps": 20,
        "overdue": {"bps_per_day": 5, "grace_days": 3},
        "early": {"fee_bps": 50},
    },
    "policies": {"application": "application"},
}


def run(quick: bool) -> list[Claim]:
    return [
        *_schedules(2_000 if quick else 100_000),
        *_postings(2_000 if quick else 20_000),
        _money(20_000 if quick else 1_000_000),
        *_ageing(20_000 if quick else 1_000_000),
        *_starting(10_000 if quick else 200_000),
    ]


def _schedules(loans: int) -> list[Claim]:
    rng = random.Random(1)
    drawn = [
        random_loan(rng, method)
        for _ in range(loans // 3 + 1)
        for method in ("equal_instalment", "equal_principal", "bullet")
    ]
    drawn = drawn[:loans]
    wrong = sum(map(differing, drawn))
    some = drawn[:1_000]
    started = time.process_time()
    for loan in some:
        ours(loan)
    us = (time.process_time() - started) / len(some) * 1e6
    started = time.process_time()
    for loan in some:
        theirs(loan)
    peer_us = (time.process_time() - started) / len(some) * 1e6
    protocol = (
        f"{loans:,} loans drawn from a seed, 1 to 120 months, up to 36 %; every principal and every interest compared"
    )
    return [
        claim("lending.schedules.different", wrong, "loans", "== 0", peer="numpy-financial", peer_value=0, protocol=protocol),
        claim("lending.schedules.time", us, "us", peer="numpy-financial, payment by payment", peer_value=peer_us,
              protocol="one schedule of 60 months on average, processor time"),
    ]  # fmt: skip


def _postings(accounts: int) -> list[Claim]:
    """Payments on accounts in memory; then the same through the journal, durable."""
    product = parse_product(_PRODUCT)
    agreed = [_agreed(product, 60_000 + 2_000 * number, 12, _START) for number in range(50)]
    book = Accounts()
    for number in range(1, accounts + 1):
        book.apply(_opening(product, number, _START), number)
        book.apply(draw(book.numbered(number), "p", agreed[number % 50], by="bench"), number)
    posted, started = 0, time.process_time()
    for month in range(3):
        for number in range(1, accounts + 1):
            fact = Paid(day=_START + 36 + 30 * month, amount_minor=4_000 + 37 * (number % 400))
            change = happen(book.numbered(number), "p", f"{month}", fact, by="bench")
            book.apply(change, number)
            posted += len(change.posted)
    rate = posted / (time.process_time() - started)
    with tempfile.TemporaryDirectory() as folder:
        durable, lines = _durable(Path(folder), product, min(accounts, 10_000))
    return [
        claim("lending.postings", rate, "postings/s", ">= 20000",
              protocol=f"{3 * accounts:,} payments on {accounts:,} accounts in memory, one core: decided, posted, folded; processor time"),
        claim("lending.postings.durable", durable, "postings/s",
              protocol=f"{lines:,} postings through the journal in batches of {_BATCH}, fsync, wall clock"),
    ]  # fmt: skip


def _durable(folder: Path, product: Product, accounts: int) -> tuple[float, int]:
    clock = FixedClock(Micros(_START * DAY))
    process = open_process(Settings(home=folder), "bench", clock=clock)
    try:
        book = AccountBook(process, clock)
        _fill(book, product, accounts, lambda _: _START)
        started = time.perf_counter()
        for numbers in _batches(accounts):
            book.write_all([_paying(number, 8_000, _START + 36) for number in numbers])
        seconds = time.perf_counter() - started
        lines = _posted_lines(process)
        return lines / seconds, lines
    finally:
        process.close()


def _posted_lines(process: DecisionProcess) -> int:
    found = (decode_change(record.clear) for record in process.journal.read(kinds=["account"]))
    return sum(len(one.posted) for one in found if isinstance(one, Happened))


def _money(target: int) -> Claim:
    """Random facts, some back-dated, some reversed, some asked for twice, until so many postings are made."""
    product, rng = parse_product(_PRODUCT), random.Random(3)
    book, seq, posted = Accounts(), 0, 0
    received = returned = 0
    number = 0
    while posted < target:
        number += 1
        seq += 1
        book.apply(_opening(product, number, _START), seq)
        book.apply(
            draw(book.numbered(number), "p", _agreed(product, rng.randrange(1_000, 200_000), 6, _START), by="b"), seq
        )
        happened: list[str] = []
        for _ in range(12):
            account = book.numbered(number)
            try:
                if happened and rng.random() < 0.15:
                    gone = happened.pop(rng.randrange(len(happened)))
                    change: Happened | Reversed = reverse(account, "p", gone, by="b")
                    fact = account.draws["p"].facts[gone]
                    received -= fact.amount_minor if isinstance(fact, Paid) else 0
                    returned -= fact.amount_minor if isinstance(fact, Refunded) else 0
                else:
                    name, fact = f"f{seq}-{len(happened)}-{rng.random()}", _fact(rng)
                    change = happen(account, "p", name, fact, by="b")
                    happened.append(name)
                    received += fact.amount_minor if isinstance(fact, Paid) else 0
                    returned += fact.amount_minor if isinstance(fact, Refunded) else 0
            except NotOwed:
                continue
            seq += 1
            book.apply(change, seq)
            posted += len(change.posted)
    ledger = book.ledger["CNY"]
    principal = sum(one.principal_minor for one in book)
    waiting = sum(one.draws["p"].plan.totals.waiting for one in book)
    gone = [
        sum(ledger.values()),
        ledger[LedgerAccount.LOANS] - principal,
        ledger.get(LedgerAccount.CUSTOMER_MONEY, 0) + waiting,
        ledger.get(LedgerAccount.CASH, 0) - received,
        ledger.get(LedgerAccount.MERCHANT_REFUNDS, 0) - returned,
    ]
    return claim(
        "lending.money.lost", sum(map(abs, gone)), "minor units", "== 0",
        protocol=f"{posted:,} postings of {number:,} accounts, a fifth of the facts back-dated, a seventh reversed: sum of the books, "
        "loans against plans, customers' money against what waits, cash against what was paid in",
    )  # fmt: skip


def _fact(rng: random.Random) -> Fact:
    day = _START + rng.randrange(200)
    roll = rng.random()
    if roll < 0.8:
        return Paid(day=day, amount_minor=rng.randrange(1, 30_000), early=rng.random() < 0.2)
    if roll < 0.9:
        return Refunded(day=day, amount_minor=rng.randrange(1, 30_000))
    return Waived(day=day, interest_minor=rng.randrange(3), penalty_minor=rng.randrange(3))


def _ageing(accounts: int) -> list[Claim]:
    """Accounts in a journal, aged on a day, a month later, the night after, and that night again."""
    product = parse_product(_PRODUCT)
    before = memory_mb("VmRSS")
    clock = FixedClock(Micros(_START * DAY))
    with tempfile.TemporaryDirectory() as folder:
        process = open_process(Settings(home=Path(folder)), "bench", clock=clock)
        try:
            book = AccountBook(process, clock)
            _fill(book, product, accounts, lambda number: _START + number % 360)
            memory = memory_mb("VmRSS") - before
            book.age(_START + 400)
            found = []
            for day in (430, 431, 431):
                started = time.perf_counter()
                found.append((book.age(_START + day), time.perf_counter() - started))
            nights = []
            for day in range(431, 463):
                started = time.process_time()
                book.accrue(_START + day)
                nights.append(time.process_time() - started)
            by_account_s, beside = _by_account(book, _START + 462)
            with book.lock:
                owed = _receivable(book.accounts, _START + 462)
        finally:
            process.close()
    (month, month_s), (night, night_s), (again, _) = found
    return [
        claim("lending.ageing.month", month_s, "s", "<= 60",
              protocol=f"{accounts:,} accounts of one plan each, a month after they were last aged: {month:,} moved, written, durable; wall clock"),
        claim("lending.ageing.night", night_s, "s", protocol=f"the next night: {night:,} of them moved"),
        claim("lending.ageing.again", again, "accounts", "== 0", protocol="the same night once more"),
        claim("lending.accrual", statistics.median(nights[1:]), "s", "<= 5", peer="account by account", peer_value=by_account_s,
              protocol=f"what {accounts:,} accounts have earned by a night, in columns, posted; the middle one of the 31 nights after the first; processor time"),
        claim("lending.accrual.worst", max(nights[1:]), "s",
              protocol="the longest of these nights: every account is due on the same day of the month, and is read on it"),
        claim("lending.accrual.first", nights[0], "s", protocol="the first night there is: every account is read"),
        claim("lending.accrual.different", beside, "minor units", "== 0",
              protocol="what was posted by the last of these nights, less what the count account by account says"),
        claim("lending.accrual.off", owed, "minor units", "== 0",
              protocol="interest, fees and penalties receivable in the books after them, less what all customers owe"),
        claim("lending.memory", memory, "MB", protocol=f"{accounts:,} accounts of one plan each in memory, growth of the process"),
    ]  # fmt: skip


def _starting(accounts: int) -> list[Claim]:
    """How long a start needs until the accounts are known: every record folded, and from a snapshot with what came after."""
    product = parse_product(_PRODUCT)
    clock = FixedClock(Micros(_START * DAY))
    with tempfile.TemporaryDirectory() as folder:

        def started(leave: bool) -> tuple[float, Columns]:
            """Processor time to the first look; and what was seen. ``leave``: a snapshot, and a day's payments after it."""
            process = open_process(Settings(home=Path(folder)), "bench", clock=clock)
            try:
                book, began = AccountBook(process, clock), time.process_time()
                with book.lock:
                    book.accounts  # noqa: B018 - the first look is what takes the time
                    seconds = time.process_time() - began
                    seen = book.accounts.columns()
                if leave:
                    book.keep()
                    book.write_all([_paying(number, 4_000, _START + 36) for number in range(1, accounts + 1, 100)])
                return seconds, seen
            finally:
                process.close()

        process = open_process(Settings(home=Path(folder)), "bench", clock=clock)
        book = AccountBook(process, clock)
        _fill(book, product, accounts, lambda number: _START + number % 30)
        book.keep()
        process.close()
        shutil.rmtree(Path(folder) / "snapshots" / "accounts", ignore_errors=True)
        whole, _ = started(leave=True)
        size = sum(one.stat().st_size for one in (Path(folder) / "snapshots" / "accounts").iterdir()) / 1e6
        short, from_snapshot = started(leave=False)
        shutil.rmtree(Path(folder) / "snapshots" / "accounts")
        _, from_records = started(leave=False)
    differing = sum(one != other for one, other in zip(from_snapshot.blobs, from_records.blobs, strict=True))
    return [
        claim("lending.start", short, "s", peer="every record folded", peer_value=whole,
              protocol=f"from a snapshot and the {accounts // 100:,} payments after it to the first look at {accounts:,} accounts of one plan each; processor time"),
        claim("lending.start.different", differing, "accounts", "== 0",
              protocol="accounts that are not the same to the last bit as after folding every record"),
        claim("lending.start.snapshot", size, "MB", protocol="the snapshot on disk"),
    ]  # fmt: skip


def _by_account(book: AccountBook, day: int) -> tuple[float, int]:
    """How long it takes to count account by account what all have earned; and how far off what is posted is from it."""
    with book.lock:
        every, posted = book.accounts.as_now(), book.accounts.earned["CNY"]
    started = time.process_time()
    counted = earned_by(every, day)["CNY"]
    seconds = time.process_time() - started
    return seconds, sum(abs(one - other) for one, other in zip(counted, posted, strict=True))


def _receivable(accounts: Accounts, day: int) -> int:
    """Receivables of the books less what customers owe of them."""
    ledger = accounts.ledger["CNY"]
    names = (LedgerAccount.INTEREST_RECEIVABLE, LedgerAccount.FEES_RECEIVABLE, LedgerAccount.PENALTIES_RECEIVABLE)
    owed = 0
    for account in accounts:
        for one in account.owed(day).values():
            owed += one.interest + one.accrued + one.fee + one.penalty
    return sum(ledger.get(name, 0) for name in names) - owed


def _fill(book: AccountBook, product: Product, accounts: int, day_of: Callable[[int], int]) -> None:
    agreed: dict[int, PlanTerms] = {}
    for numbers in _batches(accounts):
        requests = []
        for number in numbers:
            day = day_of(number)
            if day not in agreed:
                agreed[day] = _agreed(product, 120_000, 12, day)
            terms = agreed[day]
            requests += [
                Request(key=f"o{number}", asked=number, change=lambda _, n=number, d=day: _opening(product, n, d)),
                Request(
                    key=f"d{number}", asked=number,
                    change=lambda accounts, n=number, t=terms: draw(accounts.numbered(n), "p", t, by="bench"),
                ),
            ]  # fmt: skip
        book.write_all(requests)


def _paying(number: int, amount_minor: int, day: int) -> Request:
    return Request(
        key=f"p{number}", asked=[number, amount_minor],
        change=lambda accounts: happen(
            accounts.numbered(number), "p", "first", Paid(day=day, amount_minor=amount_minor), by="bench"
        ),
    )  # fmt: skip


def _batches(accounts: int) -> Iterator[range]:
    for start in range(1, accounts + 1, _BATCH):
        yield range(start, min(start + _BATCH, accounts + 1))


def _opening(product: Product, number: int, day: int) -> Opened:
    return open_account(
        AccountId(f"acc_{number:032x}"), product, _DIGEST, owner_kind="person", owner=Pseudonym(f"{number:032x}"), day=day,
        by="bench", limit_minor=_LIMIT,
    )  # fmt: skip


def _agreed(product: Product, amount_minor: int, term: int, day: int) -> PlanTerms:
    return terms_of(product, quote(product, amount_minor=amount_minor, term=term, on=day))
