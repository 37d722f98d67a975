"""Accounts as the fold of their changes, kept small: a million of them are arrays and bytes, and one is an object.

What ageing needs of all accounts stands in arrays by account number; the rest of an account is encoded and read when
something happens to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

import msgspec
import numpy as np
import numpy.typing as npt

from tandem.act.lending.acts import Deed
from tandem.act.lending.changes import (
    AccountChange,
    AccountId,
    Accrued,
    Aged,
    Agreed,
    Closed,
    Drawn,
    Frozen,
    GradeMoved,
    Happened,
    LimitMoved,
    Opened,
    Proposed,
    Reversed,
)
from tandem.act.lending.deeds import BY_PEOPLE, SETTLING, deed_of, settle
from tandem.act.lending.earnings import EarningColumns, Earnings, Fresh, Look
from tandem.act.lending.facts import Fact, Rescheduled, Waived, WrittenOff
from tandem.act.lending.plan import NEVER, Earned, Owed, Plan, replayed
from tandem.act.lending.postings import LedgerAccount, Posting, income_postings, postings
from tandem.act.lending.totals import Totals
from tandem.act.products import Day
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import DecisionId, Digest, Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "Account",
    "AccountState",
    "Accounts",
    "Columns",
    "Draw",
    "Earning",
    "ShownState",
    "Standing",
    "change_account",
    "moved",
]

AccountState: TypeAlias = Literal["open", "frozen", "written_off", "closed"]
ShownState: TypeAlias = Literal["open", "frozen", "written_off", "closed", "repaid"]
"""How an account is told: an open one that was drawn once and has nothing left to pay is repaid."""
_STATES: Final[tuple[ShownState, ...]] = get_args(ShownState)
_NOTHING: Final = Totals()
_NO_INCOME: Final = Earned(0, 0, 0)
_UNKNOWN: Final = Micros(0)
_MOVING: Final = (Drawn, Happened, Reversed)
_ENCODE: Final = msgspec.msgpack.Encoder().encode


class Draw(msgspec.Struct, array_like=True, gc=False):
    """A plan and what happened to it, as we heard of it: ``facts`` holds what still stands, by id.

    Attributes:
        decision: that carried it, where one was asked for.
        elsewhere: whether another system paid it out, before it was taken over.
    """

    plan: Plan
    facts: dict[str, Fact]
    merchant: Pseudonym | None = None
    decision: DecisionId | None = None
    elsewhere: bool = False

    @property
    def rescheduled(self) -> Rescheduled | None:
        """The newest schedule that replaced the one that was signed; None while that holds."""
        found = [one for one in self.facts.values() if isinstance(one, Rescheduled)]
        return max(reversed(found), key=lambda one: one.day, default=None)  # of one day, the last we heard of

    def given_up(self) -> dict[str, int]:
        """What each waiver and write-off gave up of what was owed, by fact, in minor units; by all that is known now."""
        found: dict[str, int] = {}
        plan = Plan.drawn(self.plan.terms)
        for name, fact in sorted(self.facts.items(), key=lambda one: one[1].day):
            before = plan.totals.waived + plan.totals.lost
            plan.apply(fact)
            if isinstance(fact, (Waived, WrittenOff)):
                found[name] = plan.totals.waived + plan.totals.lost - before
        return found

    def with_fact(self, fact_id: str, fact: Fact) -> Draw:
        """This draw after ``fact``, wherever among the others its day is.

        Raises:
            NotOwed: with the others it does not hold.
        """
        facts = {**self.facts, fact_id: fact}
        if fact.day < self.plan.day:
            return self._with(replayed(self.plan.terms, facts.values()), facts)
        plan = self.plan.copy()
        plan.apply(fact)
        return self._with(plan, facts)

    def without_fact(self, fact_id: str) -> Draw:
        """This draw as if that fact had not happened.

        Raises:
            NotOwed: a later one does not hold without it.
        """
        facts = {one: fact for one, fact in self.facts.items() if one != fact_id}
        return self._with(replayed(self.plan.terms, facts.values()), facts)

    def _with(self, plan: Plan, facts: dict[str, Fact]) -> Draw:
        return Draw(plan, facts, self.merchant, self.decision, self.elsewhere)


class Standing(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What decisions have said of an account since it was opened, as it stands.

    Attributes:
        grade: of risk; None where only flags were said. before: the one that stood until then.
        flags: of misuse, in the order of the product.
        since: when that occurred which it was decided on.
        decision, decision_seq, policy: the decision that moved it last.
    """

    grade: str | None
    before: str | None
    flags: tuple[str, ...]
    since: Micros
    decision: DecisionId
    decision_seq: int
    policy: str


class Account(msgspec.Struct, kw_only=True, array_like=True, gc=False):
    """One account.

    Attributes:
        number: counted from 1 in the order of opening.
        owner: pseudonym of the person or enterprise, of kind ``owner_kind``.
        terms: digest of the product version that was signed.
        limit_minor: None where the product has one draw.
        decision: that approved it.
        draws: by the name of their plan.
        version: changes so far.
        deeds: what people did to it or proposed, in order.
        opened_seq: where in the journal it was opened; what was decided before says nothing of it.
        standing: grade and flags; None where no decision has said any.
    """

    account_id: AccountId
    number: int
    owner_kind: str
    owner: Pseudonym
    product: str
    terms: Digest
    currency: str
    opened_on: Day
    limit_minor: int | None
    decision: DecisionId | None = None
    frozen: bool = False
    ended: bool = False
    draws: dict[str, Draw]
    version: int = 1
    deeds: list[Deed] = []
    opened_seq: int = 0
    standing: Standing | None = None

    @property
    def state(self) -> AccountState:
        """What it is; late or not is another question."""
        if self.ended:
            return "closed"
        if any(draw.plan.lost for draw in self.draws.values()):
            return "written_off"
        return "frozen" if self.frozen else "open"

    @property
    def shown_state(self) -> ShownState:
        """``state``, or that it is repaid: what is drawn once lives no longer than its plan, whoever closes the account."""
        over = self.limit_minor is None and self.draws and all(draw.plan.closed for draw in self.draws.values())
        return "repaid" if over and self.state == "open" else self.state

    @property
    def principal_minor(self) -> int:
        """What is lent and not repaid."""
        return sum(draw.plan.totals.principal for draw in self.draws.values())

    @property
    def available_minor(self) -> int:
        """What may still be drawn."""
        if self.state != "open" or self.limit_minor is None:
            return 0
        return max(self.limit_minor - self.principal_minor, 0)

    def owed(self, day: Day) -> dict[str, Owed]:
        """What is owed on each plan at the end of ``day``.

        Raises:
            OutOfOrder: something happened after that day.
        """
        return {name: draw.plan.owed(day) for name, draw in self.draws.items()}

    def days_past_due(self, day: Day) -> int:
        """Days since the oldest due date that is not wholly paid, of all its plans; 0 if none is."""
        return max(day - self.oldest_due(), 0)

    def oldest_due(self) -> Day:
        """The oldest due date that is not wholly paid, of all its plans; ``NEVER`` if none."""
        return min((draw.plan.oldest_due() for draw in self.draws.values()), default=NEVER)


_DECODE: Final = msgspec.msgpack.Decoder(Account).decode


class Earning(NamedTuple):
    """What all accounts have earned, to be counted.

    Attributes:
        blobs: the accounts that have to be read for it.
    """

    look: Look
    blobs: list[bytes]
    currencies: list[str]

    def counted(self) -> tuple[dict[str, Earned], Fresh]:
        """What they have earned by currency, and the formulas that were read for it."""
        fresh = self.look.read(self._plans)
        return self.look.earned(fresh, self.currencies), fresh

    def _plans(self, place: int) -> list[Plan]:
        return [draw.plan for draw in _DECODE(self.blobs[place]).draws.values()]


class Columns(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """All accounts as they stand in memory, for a snapshot; by number, from 0, which is nobody.

    Attributes:
        blobs: the accounts, encoded. ids, owners: of each.
        oldest_due, meets, buckets, states, currency: the columns of these names, as bytes.
        proposals: the number of the account that each is about. open: those that nobody has settled.
        ledger, earned: the books, and the income that was posted, by currency.
        graded_to: place of the last decision that moved a grade.
    """

    blobs: list[bytes]
    ids: list[str]
    owners: list[str]
    oldest_due: bytes
    meets: bytes
    buckets: bytes
    states: bytes
    currency: bytes
    currencies: list[str]
    proposals: dict[str, int]
    open: list[str]
    ledger: dict[str, dict[LedgerAccount, int]]
    earned: dict[str, tuple[int, int, int]]
    earnings: EarningColumns
    graded_to: int


class Accounts:
    """Every account of a workspace; ``apply`` changes in journal order, then ask.

    Attributes:
        oldest_due, buckets: by account number, from 1: the day that days past due are counted from; the bucket in which
            ageing saw the account last. int32 and int8.
        ledger: balance of each ledger account by currency, in minor units; debits above zero.
        earned: income that was posted, by currency.
    """

    def __init__(self) -> None:
        self._blobs: list[bytes] = [b""]
        self._numbers: dict[str, int] = {}
        self._owners: list[str] = [""]
        self._by_owner: dict[str, list[int]] = {}
        self._due = np.full(1_024, NEVER, dtype=np.int32)
        self._meets = np.full(1_024, NEVER, dtype=np.int32)
        self._bucket = np.zeros(1_024, dtype=np.int8)
        self._state = np.zeros(1_024, dtype=np.int8)
        self._currency = np.zeros(1_024, dtype=np.int8)
        self._moved = np.zeros(1_024, dtype=np.int64)
        self.currencies: list[str] = []
        self.earnings = Earnings()
        self._proposals: dict[str, int] = {}
        self._open: dict[str, int] = {}
        self.ledger: dict[str, dict[LedgerAccount, int]] = {}
        self.earned: dict[str, Earned] = {}
        self.seq = 0
        """Place of the last change."""
        self.graded_to = 0
        """Place of the last decision that moved a grade or flags."""

    def __len__(self) -> int:
        return len(self._blobs) - 1

    def __iter__(self) -> Iterator[Account]:
        return self.as_now()

    @property
    def oldest_due(self) -> np.ndarray:
        """By account number; number 0 is nobody."""
        return self._due[: len(self._blobs)]

    @property
    def meets(self) -> np.ndarray:
        """By account number, the day on which money that waits will meet something."""
        return self._meets[: len(self._blobs)]

    @property
    def buckets(self) -> np.ndarray:
        """By account number; number 0 is nobody."""
        return self._bucket[: len(self._blobs)]

    def earning(self, day: Day) -> Earning:
        """What there is to count of what all have earned by ``day``; to be read while others change them."""
        look = self.earnings.look(day, self._currency[: len(self._blobs)])
        return Earning(look, [self._blobs[number] for number in look.stale.tolist()], list(self.currencies))

    def keep(self, earning: Earning, fresh: Fresh) -> None:
        """Count with the formulas that were read for ``earning`` from now on, where accounts are still as they were."""
        numbers = earning.look.stale.tolist()
        same = [self._blobs[number] is blob for number, blob in zip(numbers, earning.blobs, strict=True)]
        self.earnings.keep(earning.look, fresh, np.asarray(same, dtype=bool))

    def columns(self) -> Columns:
        """All of them as they are now; what changes later does not reach it."""
        count = len(self._blobs)
        return Columns(
            blobs=list(self._blobs),
            ids=list(self._numbers),
            owners=list(self._owners),
            oldest_due=self._due[:count].tobytes(),
            meets=self._meets[:count].tobytes(),
            buckets=self._bucket[:count].tobytes(),
            states=self._state[:count].tobytes(),
            currency=self._currency[:count].tobytes(),
            currencies=list(self.currencies),
            proposals=dict(self._proposals),
            open=list(self._open),
            ledger={currency: dict(book) for currency, book in self.ledger.items()},
            earned={currency: (one.interest, one.fee, one.penalty) for currency, one in self.earned.items()},
            earnings=self.earnings.columns(count),
            graded_to=self.graded_to,
        )

    @classmethod
    def restored(cls, columns: Columns, seq: int) -> Accounts:
        """The accounts that ``columns`` were taken of; ``seq``: the place of their last change."""
        found = cls()
        found.seq, found.graded_to = seq, columns.graded_to
        found._blobs, found._owners = columns.blobs, columns.owners
        found._numbers = {account: number for number, account in enumerate(columns.ids, 1)}
        for number, owner in enumerate(columns.owners[1:], 1):
            found._by_owner.setdefault(owner, []).append(number)
        found._due = np.frombuffer(columns.oldest_due, dtype=np.int32).copy()
        found._meets = np.frombuffer(columns.meets, dtype=np.int32).copy()
        found._bucket = np.frombuffer(columns.buckets, dtype=np.int8).copy()
        found._state = np.frombuffer(columns.states, dtype=np.int8).copy()
        found._currency = np.frombuffer(columns.currency, dtype=np.int8).copy()
        found._moved = np.zeros(len(found._due), dtype=np.int64)
        found.currencies = columns.currencies
        found._proposals = columns.proposals
        found._open = {one: columns.proposals[one] for one in columns.open}
        found.ledger = columns.ledger
        found.earned = {currency: Earned(*one) for currency, one in columns.earned.items()}
        found.earnings = Earnings.restored(columns.earnings)
        return found

    def as_now(self) -> Iterator[Account]:
        """Every account as it is now, read one by one while others change: for what needs all of them and may take long."""
        return map(_DECODE, self._blobs[1:])

    def get(self, account_id: str) -> Account | None:
        """The account with that id; changing it changes nothing here."""
        number = self._numbers.get(account_id)
        return None if number is None else _DECODE(self._blobs[number])

    def numbered(self, number: int) -> Account:
        """The account of that number, from 1."""
        return _DECODE(self._blobs[number])

    def of(self, owner: str) -> list[Account]:
        """All accounts of a person or an enterprise, by pseudonym, oldest first."""
        return [self.numbered(number) for number in self._by_owner.get(owner, ())]

    def proposed(self, *, open_only: bool = True) -> Iterator[tuple[Account, Deed]]:
        """What was proposed and the account it is about, the oldest first; only what nobody has settled, or all."""
        for proposal in list(self._open if open_only else self._proposals):
            found = self.proposal(proposal)
            assert found is not None, "it is one of them"
            yield found

    def proposal(self, proposal: str) -> tuple[Account, Deed] | None:
        """The account and the deed of that proposal."""
        number = self._proposals.get(proposal)
        if number is None:
            return None
        account = self.numbered(number)
        return account, next(one for one in account.deeds if one.proposal == proposal)

    def moved_since(self, seq: int) -> list[int]:
        """Numbers of the accounts that were changed behind place ``seq``; what a snapshot had taken in counts as before."""
        return np.flatnonzero(self._moved[: len(self._blobs)] > seq).tolist()

    def newest(
        self,
        *,
        before: int | None = None,
        state: ShownState | None = None,
        late_on: Day | None = None,
        owner: str | None = None,
    ) -> Iterator[int]:
        """Numbers of accounts, the newest first.

        Args:
            before: only lower numbers.
            late_on: only those past due on that day.
            owner: only those of this pseudonym.
        """
        found = self._that(state=state, late_on=late_on, owner=owner)
        if before is not None:
            found = found[found < before]
        return iter(found[::-1].tolist())

    def count(self, *, state: ShownState | None = None, late_on: Day | None = None, owner: str | None = None) -> int:
        """How many there are in all of what ``newest`` gives."""
        return len(self._that(state=state, late_on=late_on, owner=owner))

    def _that(self, *, state: ShownState | None, late_on: Day | None, owner: str | None) -> npt.NDArray[np.int64]:
        """Numbers of accounts that stand like this, the oldest first."""
        if owner is not None:
            numbers = np.asarray(self._by_owner.get(owner, ()), dtype=np.int64)
        else:
            numbers = np.arange(1, len(self._blobs), dtype=np.int64)
        if state is not None:
            numbers = numbers[self._state[numbers] == _STATES.index(state)]
        if late_on is not None:
            numbers = numbers[self._due[numbers] < late_on]
        return numbers

    def apply(self, change: AccountChange, seq: int, at: Micros = _UNKNOWN) -> Account | None:
        """Move by one change, recorded at place ``seq``; the account as it is then, None after what is about many.

        Args:
            at: when it was recorded.

        Raises:
            IntegrityError: it changes what was never opened, or posted something else than it comes to.
        """
        self.seq = seq
        if isinstance(change, Aged):
            self._bucket[np.asarray(change.numbers, dtype=np.int64)] = change.buckets
            return None
        if isinstance(change, Accrued):
            found = income_postings(change.interest_minor, change.fee_minor, change.penalty_minor)
            self._post(change.currency, found, change.posted, seq)
            before = self.earned.get(change.currency, _NO_INCOME)
            self.earned[change.currency] = Earned(
                before.interest + change.interest_minor,
                before.fee + change.fee_minor,
                before.penalty + change.penalty_minor,
            )
            return None
        if isinstance(change, Opened):
            account = self._opened(change, seq)
        else:
            known = self.get(change.account)
            if known is None:
                raise IntegrityError("What was changed was never opened.", code="unknown_account", at=f"record {seq}")
            account = known
            self._move(account, change, seq)
            if not isinstance(change, Happened) or isinstance(change.fact, BY_PEOPLE):
                self._note(account, change, seq, at)
            account.version += 1
        if isinstance(change, GradeMoved):
            self.graded_to = max(self.graded_to, change.decision_seq)
        self._blobs[account.number] = _ENCODE(account)
        self._moved[account.number] = seq
        self._due[account.number] = account.oldest_due()
        self._meets[account.number] = min((draw.plan.meets_on() for draw in account.draws.values()), default=NEVER)
        self._state[account.number] = _STATES.index(account.shown_state)
        self.earnings.forget(account.number)
        return account

    def _opened(self, change: Opened, seq: int) -> Account:
        number = len(self._blobs)
        if number == len(self._due):
            self._due = np.concatenate([self._due, np.full(number, NEVER, dtype=np.int32)])
            self._meets = np.concatenate([self._meets, np.full(number, NEVER, dtype=np.int32)])
            self._bucket = np.concatenate([self._bucket, np.zeros(number, dtype=np.int8)])
            self._state = np.concatenate([self._state, np.zeros(number, dtype=np.int8)])
            self._currency = np.concatenate([self._currency, np.zeros(number, dtype=np.int8)])
            self._moved = np.concatenate([self._moved, np.zeros(number, dtype=np.int64)])
        if change.currency not in self.currencies:
            self.currencies.append(change.currency)
        self._currency[number] = self.currencies.index(change.currency)
        self._blobs.append(b"")
        self._numbers[change.account] = number
        self._owners.append(change.owner)
        self._by_owner.setdefault(change.owner, []).append(number)
        return Account(
            account_id=change.account, number=number, owner_kind=change.owner_kind, owner=change.owner,
            product=change.product, terms=change.terms, currency=change.currency, opened_on=change.day,
            limit_minor=change.limit_minor, decision=change.decision, draws={}, opened_seq=seq,
        )  # fmt: skip

    def _move(self, account: Account, change: AccountChange, seq: int) -> None:
        if isinstance(change, SETTLING) and change.proposal not in self._open:
            raise IntegrityError("What was settled is not open.", code="unknown_proposal", at=f"record {seq}")
        made = change.made if isinstance(change, Agreed) else change
        if isinstance(made, _MOVING):
            before = _totals_of(account, made.plan)
            change_account(account, made)
            self._post(account.currency, postings(before, account.draws[made.plan].plan.totals), made.posted, seq)
        else:
            change_account(account, made)

    def _note(self, account: Account, change: AccountChange, seq: int, at: Micros) -> None:
        """Keep what a person did or proposed."""
        if isinstance(change, SETTLING):
            settle(account.deeds, change, seq, at)
            self._open.pop(change.proposal)
            return
        deed = deed_of(change, seq, at)
        if deed is not None:
            account.deeds.append(deed)
        if isinstance(change, Proposed):
            self._proposals[change.proposal] = self._open[change.proposal] = account.number

    def _post(self, currency: str, found: list[Posting], posted: tuple[Posting, ...], seq: int) -> None:
        if tuple(found) != posted:
            raise IntegrityError("A change posted something else than it comes to.", code="posted", at=f"record {seq}")
        book = self.ledger.setdefault(currency, {})
        for one in found:
            book[one.debit] = book.get(one.debit, 0) + one.amount_minor
            book[one.credit] = book.get(one.credit, 0) - one.amount_minor


def change_account(account: Account, change: AccountChange) -> None:
    """Move ``account`` itself by what ``change`` does to it; a proposal does nothing.

    Raises:
        NotOwed: it does not hold.
    """
    if isinstance(change, LimitMoved):
        account.limit_minor = change.limit_minor
    elif isinstance(change, Frozen):
        account.frozen = change.frozen
    elif isinstance(change, GradeMoved):
        account.standing = Standing(
            grade=change.grade, before=change.before, flags=change.flags, since=change.occurred_at,
            decision=change.decision, decision_seq=change.decision_seq, policy=change.policy,
        )  # fmt: skip
    elif isinstance(change, Closed):
        account.ended = True
    elif isinstance(change, _MOVING):
        account.draws[change.plan] = moved(account, change)


def moved(account: Account, change: Drawn | Happened | Reversed) -> Draw:
    """The draw that ``change`` is about, after it.

    Raises:
        NotOwed: it does not hold.
    """
    if isinstance(change, Drawn):
        return Draw(Plan.drawn(change.terms), {}, change.merchant, change.decision, change.elsewhere)
    draw = account.draws[change.plan]
    if isinstance(change, Happened):
        return draw.with_fact(change.fact_id, change.fact)
    return draw.without_fact(change.fact_id)


def _totals_of(account: Account, plan: str) -> Totals:
    draw = account.draws.get(plan)
    return _NOTHING if draw is None else draw.plan.totals
