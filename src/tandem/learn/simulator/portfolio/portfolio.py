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
from scipy.special import expit

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.calibration import BUCKETS
from tandem.learn.simulator.portfolio.contacts import CHANNELS, STEPS, Contacts, Seen
from tandem.learn.simulator.portfolio.fitting import Odds, fit_odds
from tandem.learn.simulator.portfolio.people import MONTH, People, PortfolioWorld, draw_people
from tandem.learn.simulator.portfolio.responding import lift_of, reach_of

__all__ = ["GONE_AFTER", "Book", "Portfolio"]

GONE_AFTER: Final = MONTH * BUCKETS
"""Days past due from which an account is written off."""
_NEVER: Final = -(10**6)
_LEAST_DUE: Final = 1_000
_SOON: Final = 3
_WEEK: Final = 7
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
class _Past:
    """What a lender remembers of its contacts with each customer."""

    contacts: Ints
    reached: Ints
    contacts_ever: Ints
    reached_ever: Ints
    steps_ever: Ints
    paid_soon: Ints
    last_contact: Ints
    last_step: Ints
    last_paid: Ints
    times_late: Ints
    told_hardship: Ints
    week: Ints

    @classmethod
    def none(cls, n: int) -> _Past:
        def zeros(*shape: int) -> Ints:
            return np.zeros((n, *shape), dtype=np.int64)

        channels, steps = len(CHANNELS), len(STEPS)
        never = np.full(n, _NEVER, dtype=np.int64)
        return cls(
            zeros(channels), zeros(channels), zeros(channels), zeros(channels), zeros(steps), zeros(steps),
            never.copy(), np.full(n, -1, dtype=np.int64), never.copy(), zeros(), zeros(), zeros(_WEEK),
        )  # fmt: skip


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
    gone: Ints = field(init=False)
    _past: _Past = field(init=False)
    _lift: Floats = field(init=False)
    _last_due: Ints = field(init=False)
    _full: Ints = field(init=False)
    _paid_part: Ints = field(init=False)

    def __post_init__(self) -> None:
        n = self.world.customers
        self.people = draw_people(self.world, self._drawing(0))
        sample = self.world if n >= _FITTED_ON else _resized(self.world)
        fitted_on = draw_people(_resized(sample), self._drawing(1))
        self.odds = fit_odds(self.world, fitted_on, self._drawing(2))
        self.book, self._past = Book.opened(n), _Past.none(n)
        self.balance_minor = self.people.balance_minor.copy()
        self.limit_minor = self.people.limit_minor.copy()
        self.past_due_minor, self._last_due = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.oldest, self.gone = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=bool)
        self._lift, self._full = np.zeros(n), self.people.full.copy()
        self._paid_part = np.zeros(n, dtype=bool)

    @property
    def days_past_due(self) -> Ints:
        """Of every account, 0 where nothing is past due."""
        return np.where(self.past_due_minor > 0, self.day - self.oldest, 0)

    def morning(self) -> Seen:
        """Bills of the day fall due; what the lender sees of those in arrears."""
        self._fall_due()
        self._past.week[:, self.day % _WEEK] = 0
        return self._seen()

    def contact(self, seen: Seen, made: Contacts) -> Ints:
        """Make contacts with those seen this morning; True where one reached."""
        who, day, past = seen.customer[made.row], self.day, self._past
        drawn = self._uniform(_REACH)[who]
        reached = drawn < reach_of(self.world.response, self.people, who, made.channel, made.hour)
        before = past.week[who].sum(axis=1)
        lift = lift_of(self.world.response, self.people, who, made.channel, made.step, before)
        self._lift[who] += np.where(reached, lift, 0.0)
        past.contacts[who, made.channel] += 1
        past.contacts_ever[who, made.channel] += 1
        past.reached[who, made.channel] += reached
        past.reached_ever[who, made.channel] += reached
        past.steps_ever[who, made.step] += 1
        past.last_contact[who], past.last_step[who] = day, made.step
        past.week[who, day % _WEEK] += 1
        tells = reached & (made.channel == _CALL) & (self.people.hardship[who] > 0)
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

    def move_limits(self, customers: Ints, limits_minor: Ints) -> None:
        """Give these customers other limits; how far their spending follows is an assumption (``exposure_follow``)."""
        self.limit_minor[customers] = limits_minor

    def reopen_book(self) -> Book:
        """The book so far, and a new one from now on."""
        closed, self.book = self.book, Book.opened(self.world.customers)
        return closed

    def _fall_due(self) -> None:
        today = (self.people.due_day == self.day % MONTH) & ~self.gone
        found, people, book = self.world.calibration, self.people, self.book
        late = today & (self.past_due_minor > 0)
        book.missed[late] += np.minimum(self.past_due_minor, self._last_due)[late]
        lost = late & (self.day - self.oldest >= GONE_AFTER) & (not self.world.alike)
        self._write_off(lost)
        today &= ~lost
        late &= ~lost
        share = found.due_share.value * self.balance_minor
        due = np.minimum(np.maximum(np.rint(share).astype(np.int64), _LEAST_DUE), self.balance_minor - self.past_due_minor)
        if self.world.alike:
            due = np.rint(found.due_share.value * people.balance_minor).astype(np.int64)
        due = np.where(today, np.maximum(due, 0), 0)
        book.due += due
        slow = self.odds.prone * people.prone + self.world.response.hardship_drag * people.hardship
        misses = today & (due > 0) & (late | (self._uniform(_LATE) < expit(self.odds.late + slow)))
        newly = misses & ~late
        self._past.times_late[newly] += 1
        self._past.contacts[newly], self._past.reached[newly] = 0, 0
        self._past.last_contact[newly], self._past.last_step[newly] = _NEVER, -1
        self._lift[newly] = 0.0
        self.oldest[newly] = self.day
        self.past_due_minor[misses] += due[misses]
        book.late[misses] += due[misses]
        self._last_due[today], self._paid_part[today] = due[today], False
        self._settle(today & ~misses, due)

    def _settle(self, punctual: Ints, due: Ints) -> None:
        """Punctual customers pay their bill, or a part of it, and spend."""
        if self.world.alike:
            return  # what they pay they spend again: every account stays as it is
        found = self.world.calibration
        drawn = self._uniform(_FULL)
        stays = found.stays_full.value
        becomes = found.pays_in_full.value * (1 - stays) / (1 - found.pays_in_full.value)
        self._full = np.where(punctual, drawn < np.where(self._full, stays, becomes), self._full)
        part = found.paid_share.drawn(self._uniform(_PART)) * self.balance_minor
        paid = np.where(self._full, self.balance_minor, np.clip(np.rint(part), due, self.balance_minor)).astype(np.int64)
        self.balance_minor[punctual] -= paid[punctual]
        uniform = self._uniform(_SPEND)
        share = np.where(self._full, found.spend_share_full.drawn(uniform), found.spend_share.drawn(uniform))
        response, people = self.world.response, self.people
        follow = response.exposure_follow + response.exposure_adverse * people.prone
        spent = share * people.limit_minor * (self.limit_minor / people.limit_minor) ** follow
        room = np.maximum(self.limit_minor - self.balance_minor, 0)
        spent_minor = np.minimum(np.rint(spent).astype(np.int64), room)
        self.balance_minor[punctual] += spent_minor[punctual]
        self._past.last_paid[punctual & (paid > 0)] = self.day

    def _pay(self) -> None:
        days = self.days_past_due
        late = (self.past_due_minor > 0) & ~self.gone & ~self._paid_part
        slow = self.odds.prone * self.people.prone + self.world.response.hardship_drag * self.people.hardship
        odds = self.odds.paying[np.minimum(days, GONE_AFTER - 1)] - slow + self._lift
        uniform = self._uniform(_PAY)
        pays = np.flatnonzero(late & (uniform < expit(odds)))
        bucket = np.minimum(days[pays] // MONTH, BUCKETS - 1)
        # How much is drawn by what is left of a uniform that is known to be below its bound.
        left = uniform[pays] / expit(odds[pays])
        in_full = (bucket == 0) | (left < self.odds.in_full[bucket])
        rest = np.clip((left - self.odds.in_full[bucket]) / np.maximum(1 - self.odds.in_full[bucket], 1e-9), 0, 1 - 1e-9)
        bills = 1 + np.floor(rest * bucket).astype(np.int64)  # of bucket + 1 that are unpaid, at least one stays so
        owed = self.past_due_minor[pays]
        paid = np.where(in_full, owed, np.rint(owed * bills / (bucket + 1)).astype(np.int64))
        self.past_due_minor[pays] -= paid
        self.balance_minor[pays] -= 0 if self.world.alike else paid
        self.book.recovered[pays] += paid
        self.oldest[pays] += np.where(in_full, 0, MONTH * bills)
        self._paid_part[pays] = ~in_full
        past = self._past
        past.last_paid[pays] = self.day
        soon = pays[(self.day - past.last_contact[pays]) <= _SOON]
        past.paid_soon[soon, past.last_step[soon]] += 1

    def _write_off(self, lost: Ints) -> None:
        owed = self.balance_minor[lost]
        self.book.written_off[lost] += owed
        share = self.world.calibration.recovered_share.drawn(self._uniform(_AFTER)[lost])
        self.book.recovered_after[lost] += np.rint(share * owed).astype(np.int64)
        self.past_due_minor[lost] = 0
        self.balance_minor[lost] = 0
        self.gone |= lost

    def _seen(self) -> Seen:
        days = self.days_past_due
        who = np.flatnonzero((days > 0) & (days < GONE_AFTER if not self.world.alike else days > 0))
        people, past = self.people, self._past
        columns: dict[str, Floats] = {
            "days_past_due": days[who],
            "due_minor": self.past_due_minor[who],
            "balance_minor": self.balance_minor[who],
            "days_to_due": (people.due_day[who] - self.day - 1) % MONTH + 1,
            "limit_minor": self.limit_minor[who],
            "months_on_book": np.full(who.size, self.day // MONTH),
            "days_since_payment": _since(self.day, past.last_paid[who]),
            "times_late": past.times_late[who],
            "contacts": past.contacts[who].sum(axis=1),
            "reached": past.reached[who].sum(axis=1),
            "days_since_contact": _since(self.day, past.last_contact[who]),
            "hardship": past.told_hardship[who],
            "contacts_this_week": past.week[who].sum(axis=1),
            "age": people.age[who],
            "pays_in_full": self._full[who],
            "usual_hour": people.usual_hour[who],
            "firm_habit": people.tone_habit[who],
        }
        for place, channel in enumerate(CHANNELS):
            columns[f"contacts_{channel}"] = past.contacts[who, place]
            columns[f"reached_{channel}"] = past.reached[who, place]
            columns[f"contacts_ever_{channel}"] = past.contacts_ever[who, place]
            columns[f"reached_ever_{channel}"] = past.reached_ever[who, place]
            columns[f"habit_{channel}"] = people.habit[who, place]
        for place, step in enumerate(STEPS):
            columns[f"contacts_ever_{step}"] = past.steps_ever[who, place]
            columns[f"paid_soon_{step}"] = past.paid_soon[who, place]
        return Seen(self.day, who, {name: np.asarray(one, dtype=np.float64) for name, one in columns.items()})

    def _uniform(self, purpose: int) -> Floats:
        """One number a customer, the same for a day and a purpose whatever was done before."""
        return self._drawing(100 + self.day * 16 + purpose).random(self.world.customers)

    def _drawing(self, place: int) -> np.random.Generator:
        return np.random.Generator(np.random.Philox(key=[self.world.seed, place]))


def _since(day: int, last: Ints) -> Ints:
    return np.where(last == _NEVER, -1, day - last)


def _resized(world: PortfolioWorld) -> PortfolioWorld:
    from msgspec.structs import replace

    return replace(world, customers=_FITTED_ON)
