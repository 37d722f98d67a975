"""Safety of daily learning: planted faults and bad challengers refused for the right reason, good ones and clean days not.

A refusal is for the right reason when the first finding that stops is the planted fault's own code: causes come before
consequences. Feeds: our generator's card payments (simulated, dated) and real sets whose rows are dealt at random into days,
since they have no dates. Challengers: real sets dealt at random into rows to learn from, matured rows, traffic, and rows that
only say which model is truly better; and a simulated book.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import beta

from benchmarks.challenger_worlds import Book, bad_challenges, better_challenges, real_book, simulated_book
from benchmarks.claims import Claim, claim
from benchmarks.feed_worlds import Feed, dealt_feed, faults_of, handbook_feed, payment_feed
from tandem.kernel.time import DAY, Micros
from tandem.learn.gates import FeedProfile, GateReport, extend_profile, judge_challenger, judge_feed, profile_feed

__all__ = ["challenger_claims", "feed_claims"]

_LEARNED = 14


@dataclass
class Tally:
    """Trials, those that went right, and what was wrong with the others."""

    trials: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, report: GateReport, *, right: bool) -> None:
        self.trials += 1
        self.right += right
        if not right:
            codes = ", ".join(f"{one.code}{'' if one.column is None else ' ' + one.column}" for one in report.hard[:3])
            self.wrong.append(f"{name}: {codes or 'passed'}")

    @property
    def misses(self) -> int:
        return self.trials - self.right

    @property
    def words(self) -> str:
        return f"{self.right} of {self.trials}" + (f"; not: {'; '.join(self.wrong[:6])}" if self.wrong else "")

    @property
    def bound(self) -> float:
        """Upper 95 % bound of the share that goes wrong (Clopper and Pearson 1934)."""
        return float(beta.ppf(0.95, self.misses + 1, self.right)) if self.right else 1.0


def feed_claims(quick: bool) -> list[Claim]:
    """Whether every planted fault of a feed is refused for its own reason, and clean days are not."""
    payments = payment_feed(34 if quick else 100, seed=7)
    claims = []
    for feed, trials in ((payments, 1 if quick else 5), (dealt_feed("taiwan", 1000, 1), 1 if quick else 5)):
        if feed is not None:
            claims.append(_faults(feed, trials))
    for name in () if quick else ("gmsc", "hmeq"):
        feed = dealt_feed(name, 2000 if name == "gmsc" else 250, 1)
        if feed is not None:
            claims.append(_faults(feed, 5))
    # One world has too few days to tell one refusal in a hundred from one in five hundred.
    worlds = [payments] if quick else [payments, *(payment_feed(100, seed=seed) for seed in (8, 9, 10, 11))]
    claims += [_clean("payments", worlds, "simulated"), _clean_drift(payments)]
    dealt = [feed for seed in range(1 if quick else 6) if (feed := dealt_feed("taiwan", 500, 10 + seed)) is not None]
    claims.append(_clean("taiwan", dealt, "real rows, dealt at random"))
    if not quick:
        gmsc = [feed for seed in range(3) if (feed := dealt_feed("gmsc", 1000, 20 + seed)) is not None]
        handbook = handbook_feed(120)
        claims += [_clean("gmsc", gmsc, "real rows, dealt at random")] if gmsc else []
        claims += [_clean("handbook", [handbook], "simulated by its authors, dated")] if handbook else []
    return claims


def _faults(feed: Feed, trials: int) -> Claim:
    tally, kinds = Tally(), faults_of(feed)
    step = max(1, (len(feed.days) - _LEARNED - 4) // trials)
    for trial in range(trials):
        day = _LEARNED + 3 + trial * step
        profile = profile_feed(feed.days[day - _LEARNED : day], feed.layout)
        for number, fault in enumerate(kinds):
            rows = fault.plant(feed, day, np.random.default_rng([day, number]))
            at = Micros(feed.ends[day] + fault.at_days * DAY)
            report = judge_feed(profile, rows, at=at, limits=feed.limits)
            tally.add(fault.name, report, right=report.codes[:1] != () and report.codes[0] in fault.codes)
    return claim(
        f"daily.feed.{feed.name}.missed",
        tally.misses,
        "faults",
        "== 0",
        protocol=f"{len(kinds)} kinds of fault planted on {trials} days each; refused with the fault's own code first: {tally.words}",
    )


def _days(feed: Feed) -> tuple[FeedProfile, range]:
    return profile_feed(feed.days[:_LEARNED], feed.layout), range(_LEARNED, len(feed.days))


def _clean(name: str, feeds: list[Feed], origin: str) -> Claim:
    tally, warned = Tally(), 0
    for feed in feeds:
        profile, days = _days(feed)
        for day in days:
            report = judge_feed(profile, feed.days[day], at=feed.ends[day], limits=feed.limits)
            tally.add(f"day {day}", report, right=report.passed)
            warned += bool(report.warnings)
            profile = extend_profile(profile, feed.days[day]) if report.passed else profile
    return claim(
        f"daily.clean.{name}.refused",
        tally.misses / max(tally.trials, 1),
        "of days",
        "<= 0.01",
        protocol=f"{tally.trials} clean days ({origin}), {warned} with warnings; accepted {tally.words}; "
        f"at most {tally.bound:.3f} are refused (95 %)",
    )


def _clean_drift(feed: Feed) -> Claim:
    """Prices rise by half a percent a day, the online share by half a point, rows by up to a quarter at the week's end."""
    tally, warned = Tally(), 0
    profile, days = _days(feed)
    for day in days:
        rows = _drifted(feed, day, day - _LEARNED)
        report = judge_feed(profile, rows, at=feed.ends[day], limits=feed.limits)
        tally.add(f"day {day}", report, right=report.passed)
        warned += any(one.code == "drift" for one in report.warnings)
        profile = extend_profile(profile, rows) if report.passed else profile
    return claim(
        "daily.drift.refused",
        tally.misses / max(tally.trials, 1),
        "of days",
        "<= 0.01",
        protocol=f"{tally.trials} days of simulated payments that drift and swing with the week, {warned} of them warned; accepted {tally.words}",
    )


def _drifted(feed: Feed, day: int, age: int) -> pa.Table:
    table, rng = feed.days[day], np.random.default_rng(day)
    if day % 7 < 5:
        table = table.filter(pa.array(rng.random(table.num_rows) < 0.8))
    dearer = pc.cast(
        pc.round(pc.multiply(pc.cast(table["amount_minor"], pa.float64()), 1 + 0.005 * min(age, 60))), pa.int64()
    )
    online = pc.if_else(pa.array(rng.random(table.num_rows) < 0.005 * min(age, 40)), "online", table["channel"])
    names = table.column_names
    table = table.set_column(names.index("amount_minor"), "amount_minor", dearer)
    return table.set_column(names.index("channel"), "channel", online)


def challenger_claims(quick: bool) -> list[Claim]:
    """Whether bad challengers are refused, each for what is bad about it, and truly better ones are not."""
    shares = (10_000, 10_000, 4_000)
    books: list[tuple[Book | None, int]] = [
        (real_book("taiwan", shares, 1), 1 if quick else 8),
        (simulated_book(60_000, (10_000, 16_000, 4_000), 2), 1 if quick else 6),
        (None if quick else real_book("gmsc", (30_000, 40_000, 10_000), 3), 6),
    ]
    bad, better, gains, bads = Tally(), Tally(), [], []
    for book, count in books:
        if book is None:
            continue
        for one in () if quick and book.name == "simulated" else bad_challenges(book):
            report = judge_challenger(one.champion, one.challenger, one.evidence, one.limits)
            bad.add(one.name, report, right=report.codes[:1] != () and report.codes[0] in one.codes)
        for one in better_challenges(
            book, count if book.name != "simulated" or quick else 20 - 8 - 6 * _has_gmsc(books)
        ):
            report = judge_challenger(one.champion, one.challenger, one.evidence, one.limits)
            better.add(one.name, report, right=report.passed)
            gains.append(one.better)
            bads.append(int(one.evidence.bad.sum()))
        print(f"{book.name}: {bad.words}; {better.words}", file=sys.stderr, flush=True)
    return [
        claim(
            "daily.challengers.bad_missed",
            bad.misses,
            "challengers",
            "== 0",
            protocol=f"leak, drift, unfair, unstable, slower, overfit, on every book; refused with the fault's own code first: {bad.words}",
        ),
        claim(
            "daily.challengers.better_refused",
            better.misses,
            "challengers",
            "== 0",
            protocol=f"{better.trials} challengers better by {min(gains):.3f} to {max(gains):.3f} AUC on rows that only say the truth, "
            f"{min(bads):,} matured bads or more, first look; accepted {better.words}",
        ),
    ]


def _has_gmsc(books: list[tuple[Book | None, int]]) -> bool:
    return books[-1][0] is not None
