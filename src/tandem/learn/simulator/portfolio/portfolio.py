"""The portfolio twin itself: customers' accounts, day by day. SIMULATED, whatever it is calibrated on.

A day has three parts. In the ``morning`` bills of that day fall due: paid, as their customers pay, or missed; and the lender looks at who
is in arrears. Then contacts are made (``contact``), and reach or do not. In the ``evening`` people in arrears pay, with odds that a
contact has moved for some days. Every draw of a customer on a day is the same whatever was done to whom, so two strategies can be
looked at in the very same world.

It is not lending: no interest accrues, months have thirty days, somebody who paid a part pays no more that month, who is in arrears
spends nothing, and from 150 days past due an account is written off and gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from msgspec.structs import replace
from scipy.special import expit

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.calibration import BUCKETS
from tandem.learn.simulator.portfolio.contacts import CHANNELS, BoolArray, Contacts, Seen
from tandem.learn.simulator.portfolio.fitting import Odds, fit_odds
from tandem.learn.simulator.portfolio.people import MONTH, People, PortfolioWorld, draw_people
from tandem.learn.simulator.portfolio.remembering import Memory
from tandem.learn.simulator.portfolio.responding import lift_of, reach_of

__all__ = ["GONE_AFTER", "Book", "Portfolio"]

GONE_AFTER: Final = MONTH * BUCKETS
"""Days past due from which an account is written off."""
_LEAST_DUE: Final = 1_000
_FITTED_ON: Final = 5_000
_CALL = CHANNELS.index("call")
_LATE, _PART, _FULL, _SPEND, _PAY, _REACH, _TELL, _AFTER = range(8)


@dataclass(slots=True)
class Book:
    """What came of each customer, in minor units and counts, since the day it was opened.

    Attributes:
        due: fell due. late: of it, not paid on its day. missed: of it, still unpaid 30 days after.
        recovered: paid of what was past due. written_off: owed when it was; recovered_after: recovered of that at the end.
        contacts, reached, calls: made; that reached; made by people.
    """

    due: Ints
    late: Ints
    missed: Ints
    recovered: Ints
    written_off: Ints
    recovered_after: Ints
    contacts: Ints
    reached: Ints
    calls: Ints

    @classmethod
    def opened(cls, customers: int) -> Book:
        """A book with nothing in it."""
        return cls(*(np.zeros(customers, dtype=np.int64) for _ in range(9)))


@dataclass(slots=True)
class Portfolio:
    """A portfolio on its way through the days; ``day`` is the next morning.

    Attributes:
        world: its dials; people: what customers are really like: for the twin only.
        balance_minor, limit_minor: of each account; past_due_minor: of the balance, what is past due.
        oldest: day on which the oldest unpaid bill fell due, where something is past due.
        book: what came of it all.
    """

    world: PortfolioWorld
    people: People = field(init=False)
    odds: Odds = field(init=False)
    day: int = 0
    book: Book = field(init=False)
    balance_minor: Ints = field(init=False)
    limit_minor: Ints = field(init=False)
    past_due_minor: Ints = field(init=False)
    oldest: Ints = field(init=False)
    gone: BoolArray = field(init=False)
    _past: Memory = field(init=False)
    _lift: Floats = field(init=False)
    _last_due: Ints = field(init=False)
    _full: BoolArray = field(init=False)
    _paid_part: BoolArray = field(init=False)
    _due_on: list[Ints] = field(init=False)

    def __post_init__(self) -> None:
        n = self.world.customers
        self.people = draw_people(self.world, self._drawing(0))
        fitted_on = draw_people(replace(self.world, customers=_FITTED_ON), self._drawing(1))
        self.odds = fit_odds(self.world, fitted_on, self._drawing(2))
        self.book, self._past = Book.opened(n), Memory.none(n)
        self.balance_minor = self.people.balance_minor.copy()
        self.limit_minor = self.people.limit_minor.copy()
        self.past_due_minor, self._last_due = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.oldest, self.gone = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=bool)
        self._lift, self._full = np.zeros(n), self.people.full.copy()
        self._paid_part = np.zeros(n, dtype=bool)
        self._due_on = [np.flatnonzero(self.people.due_day == day) for day in range(MONTH)]

    @property
    def days_past_due(self) -> Ints:
        """Of every account, 0 where nothing is past due."""
        return np.where(self.past_due_minor > 0, self.day - self.oldest, 0)

    def morning(self) -> Seen:
        """Bills of the day fall due; what the lender sees of those in arrears."""
        self._fall_due()
        self._past.begin_day(self.day)
        return self._seen()

    def contact(self, seen: Seen, made: Contacts) -> BoolArray:
        """Make contacts with those seen this morning; True where one reached."""
        who, day, past = seen.customer[made.row], self.day, self._past
        drawn = self._uniform(_REACH)[who]
        reached = drawn < reach_of(self.world.response, self.people, who, made.channel, made.hour)
        before = past.this_week(who)
        lift = lift_of(self.world.response, self.people, who, made.channel, made.step, before)
        self._lift[who] += np.where(reached, lift, 0.0)
        past.note(who, day, made, reached)
        tells = reached & (made.channel == _CALL) & (self.people.hardship[who])
        past.told_hardship[who] |= tells & (self._uniform(_TELL)[who] < self.world.response.tells_hardship)
        self.book.contacts[who] += 1
        self.book.reached[who] += reached
        self.book.calls[who] += made.channel == _CALL
        return reached

    def evening(self) -> None:
        """Those in arrears pay or do not, and the day ends."""
        self._pay()
        fade = 0.0 if self.world.alike else 0.5 ** (1 / self.world.response.half_life_days)
        self._lift *= fade
        self.day += 1

    def in_full(self, customers: Ints) -> BoolArray:
        """Which of these paid their last bill in full."""
        result: BoolArray = self._full[customers]
        return result

    def move_limits(self, customers: Ints, limits_minor: Ints) -> None:
        """Give these customers other limits; how far their spending follows is an assumption (``exposure_follow``)."""
        self.limit_minor[customers] = limits_minor

    def reopen_book(self) -> Book:
        """The book so far, and a new one from now on."""
        closed, self.book = self.book, Book.opened(self.world.customers)
        return closed

    def _fall_due(self) -> None:
        who = self._due_on[self.day % MONTH]
        who = who[~self.gone[who]]
        book, past = self.book, self._past
        owing = self.past_due_minor[who]
        late = owing > 0
        book.missed[who] += np.where(late, np.minimum(owing, self._last_due[who]), 0)
        lost = late & (self.day - self.oldest[who] >= GONE_AFTER) & (not self.world.alike)
        self._write_off(who[lost])
        who, owing, late = who[~lost], owing[~lost], late[~lost]
        due = self._bills(who, owing)
        book.due[who] += due
        odds = self.odds.late + self._slow(who)
        misses = (due > 0) & (late | (self._uniform(_LATE)[who] < expit(odds)))
        newly = who[misses & ~late]
        past.begin(newly)
        self._lift[newly] = 0.0
        self.oldest[newly] = self.day
        self.past_due_minor[who[misses]] += due[misses]
        book.late[who[misses]] += due[misses]
        self._last_due[who], self._paid_part[who] = due, False
        if not self.world.alike:  # where all are alike, what they pay they spend again: every account stays as it is
            self._settle(who[~misses & ~late], due[~misses & ~late])

    def _bills(self, who: Ints, owing: Ints) -> Ints:
        """What falls due of each today: a share of the balance, no more than is not past due already."""
        share = self.world.calibration.due_share.value
        if self.world.alike:
            same: Ints = np.rint(share * self.people.balance_minor[who]).astype(np.int64)
            return same
        balance = self.balance_minor[who]
        asked = np.maximum(np.rint(share * balance).astype(np.int64), _LEAST_DUE)
        due: Ints = np.maximum(np.minimum(asked, balance - owing), 0)
        return due

    def _slow(self, who: Ints) -> Floats:
        """Log-odds by which each is likelier to miss a bill, and less likely to pay on a day."""
        drag = self.world.response.hardship_drag * self.people.hardship[who]
        result: Floats = self.odds.prone * self.people.prone[who] + drag
        return result

    def _settle(self, who: Ints, due: Ints) -> None:
        """Punctual customers pay their bill, or a part of it, and spend."""
        found, people = self.world.calibration, self.people
        stays = found.stays_full.value
        becomes = found.pays_in_full.value * (1 - stays) / (1 - found.pays_in_full.value)
        full = self._uniform(_FULL)[who] < np.where(self._full[who], stays, becomes)
        self._full[who] = full
        balance = self.balance_minor[who]
        part = np.rint(found.paid_share.drawn(self._uniform(_PART)[who]) * balance)
        paid = np.where(full, balance, np.clip(part, due, balance)).astype(np.int64)
        balance -= paid
        uniform = self._uniform(_SPEND)[who]
        share = np.where(full, found.spend_share_full.drawn(uniform), found.spend_share.drawn(uniform))
        first, now = people.limit_minor[who], self.limit_minor[who]
        follow = self.world.response.exposure_follow + self.world.response.exposure_adverse * people.prone[who]
        spent = np.rint(share * first * (now / first) ** follow).astype(np.int64)
        self.balance_minor[who] = balance + np.minimum(spent, np.maximum(now - balance, 0))
        self._past.last_paid[who[paid > 0]] = self.day

    def _pay(self) -> None:
        who = np.flatnonzero((self.past_due_minor > 0) & ~self._paid_part)
        days = self.day - self.oldest[who]
        chance = expit(self.odds.paying[np.minimum(days, GONE_AFTER - 1)] - self._slow(who) + self._lift[who])
        uniform = self._uniform(_PAY)[who]
        drawn = uniform < chance
        pays, bucket = who[drawn], np.minimum(days[drawn] // MONTH, BUCKETS - 1)
        # How much is drawn by what is left of a number that is known to be below its bound.
        left = uniform[drawn] / chance[drawn]
        whole = self.odds.in_full[bucket]
        in_full = (bucket == 0) | (left < whole)
        rest = np.clip((left - whole) / np.maximum(1 - whole, 1e-9), 0, 1 - 1e-9)
        bills = 1 + np.floor(rest * bucket).astype(np.int64)  # of bucket + 1 that are unpaid, at least one stays so
        owed = self.past_due_minor[pays]
        paid = np.where(in_full, owed, np.rint(owed * bills / (bucket + 1)).astype(np.int64))
        self.past_due_minor[pays] -= paid
        if not self.world.alike:
            self.balance_minor[pays] -= paid
        self.book.recovered[pays] += paid
        self.oldest[pays] += np.where(in_full, 0, MONTH * bills)
        self._paid_part[pays] = ~in_full
        self._past.paid(pays, self.day)

    def _write_off(self, lost: Ints) -> None:
        if not lost.size:
            return
        owed = self.balance_minor[lost]
        self.book.written_off[lost] += owed
        share = self.world.calibration.recovered_share.drawn(self._uniform(_AFTER)[lost])
        self.book.recovered_after[lost] += np.rint(share * owed).astype(np.int64)
        self.past_due_minor[lost] = 0
        self.balance_minor[lost] = 0
        self.gone[lost] = True

    def _seen(self) -> Seen:
        days, people = self.days_past_due, self.people
        who = np.flatnonzero(days > 0)
        columns = {
            "days_past_due": days[who],
            "due_minor": self.past_due_minor[who],
            "balance_minor": self.balance_minor[who],
            "days_to_due": (people.due_day[who] - self.day - 1) % MONTH + 1,
            "limit_minor": self.limit_minor[who],
            "age": people.age[who],
            "pays_in_full": self._full[who],
            "usual_hour": people.usual_hour[who],
            "habit_firm": people.tone_habit[who],
            **{f"habit_{channel}": people.habit[who, place] for place, channel in enumerate(CHANNELS)},
        }
        known = {name: np.asarray(one, dtype=np.float64) for name, one in columns.items()}
        return Seen(self.day, who, known | self._past.columns(who, self.day))

    def _uniform(self, purpose: int) -> Floats:
        """One number a customer, the same for a day and a purpose whatever was done before."""
        return self._drawing(100 + self.day * 16 + purpose).random(self.world.customers)

    def _drawing(self, place: int) -> np.random.Generator:
        return np.random.Generator(np.random.Philox(key=[self.world.seed, place]))
