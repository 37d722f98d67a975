"""The desk of limits: reviews are drawn up, let go ahead by another person, answered by customers, and carried out."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from tandem.act.books import Book, Draft, Request
from tandem.act.lending import Account, Accounts, LendingDesk, NotAllowed
from tandem.act.limits.changes import (
    Agreed,
    Asked,
    DrawnUp,
    Ended,
    Line,
    Moved,
    ReviewChange,
    ReviewId,
    Settled,
    decode_change,
    encode_change,
)
from tandem.act.limits.deciding import decided_of
from tandem.act.limits.effect import EffectReport, effect_of
from tandem.act.limits.errors import NotOpen
from tandem.act.limits.facts import facts_of, schema_of
from tandem.act.limits.folding import ReviewLine, Reviews
from tandem.act.limits.guarding import Arms
from tandem.act.limits.reading import parse_limit_strategy
from tandem.act.limits.reviewing import Known, drawn_up
from tandem.act.limits.sorting import Sorter
from tandem.act.limits.strategies import InForce, Strategies
from tandem.act.limits.types import LimitStrategy
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import NotFound, Refused, TandemError, Unavailable
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, Clock, Micros, days_to_date

__all__ = ["LimitDesk"]

_LOG = logging.getLogger(__name__)
_LOOK_EVERY_S: Final = 60.0
_SYSTEM: Final = "tandem"
T = TypeVar("T")


class LimitDesk:
    """Safe to call from several threads. Between ``start`` and ``stop`` it carries out what has become due, every minute.

    Args:
        process: the one writer; stays open when the desk stops.
        lending: whose accounts' limits move.
    """

    def __init__(self, process: DecisionProcess, lending: LendingDesk, *, clock: Clock) -> None:
        self._process = process
        self._lending = lending
        self._clock = clock
        self.strategies = Strategies(process)
        self._book: Book[Reviews, ReviewChange] = Book(
            process, clock, kind="limit_review", empty=Reviews, encode=encode_change, decode=decode_change
        )
        self._versions: dict[Digest, LimitStrategy] = {}
        self._carrying = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    # -- reading -----------------------------------------------------------------------------------------------------

    def today(self) -> Day:
        """The day, in UTC."""
        return self._clock.now() // DAY

    def look(self, see: Callable[[Reviews], T]) -> T:
        """What ``see`` makes of all reviews; nothing moves meanwhile, so it must not keep them."""
        with self._book.lock:
            return see(self._book.now)

    def currency_of(self, product: str) -> str:
        """The currency that the limits of ``product`` are in.

        Raises:
            NotFound: the live release has no such product.
        """
        return self._lending.shelf.named(product).product.currency

    def effect(self, strategy: str) -> EffectReport:
        """What moving limits did by now: all accounts that may be moved beside those held out.

        Raises:
            NotFound: no such strategy.
        """
        found = self.strategies.named(strategy).strategy
        arms = Arms(found)
        accounts = [(one, arms.of(one.owner)) for one, _ in self._accounts(found)]
        return effect_of(accounts, self.today())

    # -- changing ----------------------------------------------------------------------------------------------------

    def propose(self, strategy: str, *, by: str) -> tuple[ReviewId, bool]:
        """Draw up a review by a strategy as accounts are today; its id, and whether it was there already.

        The same strategy on the same day is the same review.

        Raises:
            NotFound: no such strategy. Conflict: no choice keeps its constraints, or another review came between.
            Unavailable: it may not have been written; asking again finds out.
        """
        found, day = self.strategies.named(strategy), self.today()
        review = _id_of(found, day)
        with self._book.lock:
            if self._book.now.get(review) is not None:
                return review, True
            before = sum(1 for _ in self._book.now)
        product = self._lending.shelf.named(found.strategy.product).product
        records = drawn_up(review, found.strategy, found.digest, product, self._known(found.strategy), day, by=by)

        def drafting(change: ReviewChange) -> Callable[[Reviews, Micros], Draft[ReviewChange]]:
            def draft(reviews: Reviews, _: Micros) -> Draft[ReviewChange]:
                if isinstance(change, DrawnUp) and sum(1 for _ in reviews) != before:
                    raise NotOpen(
                        "Another review was drawn up meanwhile.", field="strategy", value=strategy, hint="ask again"
                    )
                return Draft(change=change)

            return draft

        made = self._book.ask_all(
            [Request(key=f"{review}:{at}", asked=[review, at], draft=drafting(one)) for at, one in enumerate(records)]
        )
        for one in made:
            if isinstance(one, TandemError):
                raise one
        return review, made[0].again if not isinstance(made[0], TandemError) else False

    def agree(self, review: str, *, by: str) -> None:
        """Let a review go ahead, by somebody else than who asked for it; what is due at once is carried out.

        Raises:
            NotFound: no such review. Refused: it is one's own. NotOpen: it is past that.
        """

        def draft(reviews: Reviews, _: Micros) -> Draft[ReviewChange]:
            found = reviews.named(review)
            if found.drawn_up.by == by:
                raise Refused(
                    f"{by} asked for this review and may not let it go ahead.", code="author_is_approver",
                    field="by", value=by, hint="ask someone else to look at it",
                )  # fmt: skip
            strategy, day = self._strategy_of(found.drawn_up.terms), self.today()
            offered = day + strategy.consent_days if strategy.consent_days else None
            change = Agreed(
                review=ReviewId(review), by=by, day=day, decreases_on=day + strategy.notice_days, offered_until=offered
            )
            return Draft(change=change)

        self._ask(f"{review}:agreed", ["agree", review, by], draft)
        self.carry_out()

    def end(self, review: str, *, by: str, note: str) -> None:
        """Decline a review; none of it will move.

        Raises:
            NotFound: no such review. NotOpen: it is past that.
        """
        change = Ended(review=ReviewId(review), by=by, note=note)
        self._ask(f"{review}:ended", ["end", review, by, note], lambda _, __: Draft(change=change))

    def answer(self, review: str, account: str, *, consents: bool, by: str) -> None:
        """Take down what the customer says to an increase; a consent moves the limit at once.

        Raises:
            NotFound: no such review or account. NotOpen: nothing is offered any more.
            Conflict: they have said otherwise before.
        """

        def draft(_: Reviews, __: Micros) -> Draft[ReviewChange]:
            return Draft(
                change=Asked(review=ReviewId(review), by=by, account=account, day=self.today(), consents=consents)
            )

        self._ask(f"{review}:answer:{account}", ["answer", review, account, consents], draft)
        self.carry_out()

    def carry_out(self) -> int:
        """Move every limit that is due, and settle what does not hold any more; how many moved.

        It may end anywhere and be asked again: a limit moves once for a review.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        with self._carrying:
            day = self.today()
            with self._book.lock:
                due = [
                    (one.drawn_up.review, one.drawn_up.terms, line.line, line.state)
                    for one in self._book.now
                    if one.agreed is not None
                    for line in one.lines.values()
                    if _is_due(line, day)
                ]
            return sum(self._carried(review, terms, line, state, day) for review, terms, line, state in due)

    # -- running by itself -------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Carrying out what is due in a thread of its own, and stopped at the end."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="limit-desk", daemon=True)
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._thread.join()
            self._thread = None

    # -- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, key: str, asked: object, draft: Callable[[Reviews, Micros], Draft[ReviewChange]]) -> None:
        self._book.ask(Request(key=key, asked=asked, draft=draft))

    def _accounts(self, strategy: LimitStrategy) -> list[tuple[Account, list[Account]]]:
        """Accounts of the strategy's product that are not closed, each with all accounts of its owner."""

        def see(accounts: Accounts) -> list[Account]:
            return list(accounts)

        owned: dict[str, list[Account]] = {}
        every = self._lending.look(see)
        for one in every:
            owned.setdefault(one.owner, []).append(one)
        return [
            (one, owned[one.owner])
            for one in every
            if one.product == strategy.product and one.limit_minor is not None and not one.ended
        ]

    def _known(self, strategy: LimitStrategy) -> list[tuple[Account, Known]]:
        looked = [pair for pair in self._accounts(strategy) if pair[0].state in {"open", "frozen"}]
        decided = decided_of(self._process, strategy, [one.owner for one, _ in looked], self._clock.now())
        with self._book.lock:
            reviews = self._book.now
            return [
                (
                    one,
                    Known(
                        others=others, risk=decided[one.owner].risk, decided=decided[one.owner].facts,
                        last=reviews.last_move(one.account_id), pending=reviews.pending(one.account_id),
                    ),
                )
                for one, others in looked
            ]  # fmt: skip

    def _strategy_of(self, terms: Digest) -> LimitStrategy:
        """The version of a strategy that a review was drawn up by, whatever is live by now."""
        found = self._versions.get(terms)
        if found is None:
            artefact = self._process.state.register.version(terms).artefact
            found = self._versions[terms] = parse_limit_strategy({**artefact.body, "name": artefact.name})
        return found

    def _carried(self, review: ReviewId, terms: Digest, line: Line, state: str, day: Day) -> bool:
        why = "no_answer" if state == "offered" else self._why_not(terms, line, day)
        if why is None:
            try:
                self._lending.move_reviewed(
                    line.account, review=review, from_minor=line.from_minor, to_minor=line.to_minor,
                    freeze=line.kind == "freeze", by=_SYSTEM,
                )  # fmt: skip
            except (NotAllowed, NotFound) as error:
                why = error.code
        change: ReviewChange
        if why is None:
            change = Moved(review=review, by=_SYSTEM, account=line.account, day=day)
        else:
            change = Settled(review=review, by=_SYSTEM, account=line.account, day=day, why=why)
        asked = ["carried", review, line.account]
        self._ask(f"{review}:carried:{line.account}", asked, lambda _, __: Draft(change=change))
        return why is None

    def _why_not(self, terms: Digest, line: Line, day: Day) -> str | None:
        """Why an increase is not affordable any more, as a code; it may have waited a month for its consent."""
        if line.kind != "increase":
            return None
        strategy = self._strategy_of(terms)
        account = self._lending.account(line.account)
        others: Sequence[Account] = self._lending.look(lambda accounts: accounts.of(account.owner))
        decided = decided_of(self._process, strategy, [account.owner], self._clock.now())[account.owner]
        facts: Mapping[str, Any] = facts_of(account, others, day, decided.risk, decided.facts)
        stands = Sorter(strategy, schema_of(strategy)).sort(dict(facts))
        if account.limit_minor == line.to_minor:  # moved, and the process ended before it was taken down
            return None
        if stands.affordable_minor is None or line.to_minor > stands.affordable_minor:
            return "not_affordable"
        names = [one.step for one in strategy.steps]
        return None if names.index(line.step) <= stands.highest else "rule"

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                moved = self.carry_out()
                if moved:
                    _LOG.info("%d limits have moved", moved)
            except Unavailable:
                _LOG.info("The journal takes no limits now; it is tried again in a minute")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Limits could not be moved; it is tried again in a minute")
            self._stopping.wait(_LOOK_EVERY_S)


def _is_due(one: ReviewLine, day: Day) -> bool:
    if one.on is None:
        return False
    if one.state == "offered":  # offered until that day, itself included
        return day > one.on
    return one.state in {"due", "noticed"} and day >= one.on


def _id_of(found: InForce, day: Day) -> ReviewId:
    return ReviewId(f"{found.strategy.name}-{days_to_date(day).isoformat()}-{found.digest[:8]}")
