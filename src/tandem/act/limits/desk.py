"""The desk of limits: reviews are drawn up, let go ahead by another person, answered by customers, and carried out."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from tandem.act.books import Book, Draft, Request
from tandem.act.lending import Account, LendingDesk
from tandem.act.limits.carrying import Carrier
from tandem.act.limits.changes import (
    Agreed,
    Asked,
    DrawnUp,
    Ended,
    ReviewChange,
    ReviewId,
    decode_change,
    encode_change,
)
from tandem.act.limits.deciding import decided_of
from tandem.act.limits.effect import EffectReport, effect_of
from tandem.act.limits.errors import NotOpen
from tandem.act.limits.folding import Reviews
from tandem.act.limits.guarding import Arms
from tandem.act.limits.reviewing import Known, drawn_up
from tandem.act.limits.strategies import InForce, Strategies
from tandem.act.limits.types import LimitStrategy
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Refused, TandemError, Unavailable
from tandem.kernel.time import DAY, Clock, Micros, days_to_date

__all__ = ["LimitDesk"]

_LOG = logging.getLogger(__name__)
_LOOK_EVERY_S: Final = 60.0
_SYSTEM: Final = "tandem"
T = TypeVar("T")


class LimitDesk:
    """Safe to call from several threads. While ``running`` it carries out what is due, at once after an approval and every minute.

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
        self._carrier = Carrier(process, lending, self._book, self.strategies, clock=clock)
        self._stopping = threading.Event()
        self._woken = threading.Event()
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
        """Let a review go ahead, by somebody else than who asked for it; what is due at once is next for the desk.

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
            strategy, day = self.strategies.version(found.drawn_up.terms), self.today()
            offered = day + strategy.consent_days if strategy.consent_days else None
            change = Agreed(
                review=ReviewId(review), by=by, day=day, decreases_on=day + strategy.notice_days, offered_until=offered
            )
            return Draft(change=change)

        self._ask(f"{review}:agreed", ["agree", review, by], draft)
        self._woken.set()

    def end(self, review: str, *, by: str, note: str) -> None:
        """Decline a review; none of it will move.

        Raises:
            NotFound: no such review. NotOpen: it is past that.
        """
        change = Ended(review=ReviewId(review), by=by, note=note)
        self._ask(f"{review}:ended", ["end", review, by, note], lambda _, __: Draft(change=change))

    def answer(self, review: str, account: str, *, consents: bool, by: str) -> None:
        """Take down what the customer says to an increase; a consent moves the limit at once, and no other one.

        Raises:
            NotFound: no such review or account. NotOpen: nothing is offered any more.
            Conflict: they have said otherwise before.
        """

        def draft(_: Reviews, __: Micros) -> Draft[ReviewChange]:
            return Draft(
                change=Asked(review=ReviewId(review), by=by, account=account, day=self.today(), consents=consents)
            )

        self._ask(f"{review}:answer:{account}", ["answer", review, account, consents], draft)
        self._carrier.one(review, account, self.today())

    def carry_out(self) -> int:
        """Move every limit that is due, and settle what does not hold any more; how many moved.

        It may end anywhere and be asked again: a limit moves once for a review.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        return self._carrier.round(self.today(), until=lambda: False)

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
            self._woken.set()
            self._thread.join()
            self._thread = None

    # -- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, key: str, asked: object, draft: Callable[[Reviews, Micros], Draft[ReviewChange]]) -> None:
        self._book.ask(Request(key=key, asked=asked, draft=draft))

    def _accounts(self, strategy: LimitStrategy) -> list[tuple[Account, list[Account]]]:
        """Accounts of the strategy's product that are not closed, each with all accounts of its owner."""
        owned: dict[str, list[Account]] = {}
        every = list(self._lending.look(lambda accounts: accounts.as_now()))  # read here, while they are changed there
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
                        pending=reviews.pending(one.account_id),
                    ),
                )
                for one, others in looked
            ]  # fmt: skip

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                moved = self._carrier.round(self.today(), until=self._stopping.is_set)
                if moved:
                    _LOG.info("%d limits have moved", moved)
            except Unavailable:
                _LOG.info("The journal takes no limits now; it is tried again in a minute")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Limits could not be moved; it is tried again in a minute")
            self._woken.wait(_LOOK_EVERY_S)
            self._woken.clear()


def _id_of(found: InForce, day: Day) -> ReviewId:
    return ReviewId(f"{found.strategy.name}-{days_to_date(day).isoformat()}-{found.digest[:8]}")
