"""The desk of papers: contracts, statements and payoff quotes of accounts as PDF, for the faces."""

from __future__ import annotations

from tandem.act.bank_files import reference_of
from tandem.act.lending import Drawn, LendingDesk, Opened
from tandem.act.papers.account_papers import payoff_paper, statement_paper
from tandem.act.papers.contract import Signed, contract_paper
from tandem.act.papers.lender import Lender, lender_of
from tandem.act.papers.types import Paper, Person
from tandem.act.products import Product, parse_product
from tandem.act.statements import AccountHistories, Heard, PayoffQuote, Statement
from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.decide.letters import Language
from tandem.kernel.errors import NotFound, TandemError
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock

__all__ = ["PaperDesk"]


class PaperDesk:
    """Safe to call from several threads.

    Args:
        process: whose journal and releases are read. histories: of the accounts of ``lending``.
    """

    def __init__(
        self, process: DecisionProcess, lending: LendingDesk, histories: AccountHistories, *, clock: Clock
    ) -> None:
        self._process = process
        self._lending = lending
        self._histories = histories
        self._clock = clock

    def contract(self, account_id: str, language: Language, *, borrower: Person | None = None) -> Paper:
        """The contract of an account, with each draw so far.

        Raises:
            NotFound: there is no such account. Unavailable: the journal does not answer.
        """
        history = self._histories.of(account_id)
        opening = _opening(history)
        assert isinstance(opening.change, Opened), "an account begins with its opening"
        opened = opening.change
        product = self._product(opened.terms)
        number = self._lending.account(account_id).number
        plans = {one.change.plan: one.change.terms for one in history if isinstance(one.change, Drawn)}
        signed = Signed(
            opened=opened,
            at=opening.at,
            product=product,
            plans=plans,
            references={name: reference_of(number, name) for name in plans},
        )
        return contract_paper(
            signed, lender=self._lender(opened, product, language), borrower=borrower, language=language
        )

    def statement(self, found: Statement, language: Language) -> Paper:
        """A statement as a paper."""
        opened, product = self._signed(found.account_id)
        lender = self._lender(opened, product, language)
        return statement_paper(
            found,
            title=product.title,
            references=self._references(found.account_id, [one.plan for one in found.plans]),
            lender=None if lender is None else lender.name,
            language=language,
        )

    def payoff(self, quote: PayoffQuote, language: Language) -> Paper:
        """A payoff quote as a paper, made now."""
        opened, product = self._signed(quote.account_id)
        lender = self._lender(opened, product, language)
        return payoff_paper(
            quote,
            title=product.title,
            references=self._references(quote.account_id, [one.plan for one in quote.plans]),
            lender=None if lender is None else lender.name,
            made_at=self._clock.now(),
            language=language,
        )

    def _signed(self, account_id: str) -> tuple[Opened, Product]:
        opened = _opening(self._histories.of(account_id)).change
        assert isinstance(opened, Opened), "an account begins with its opening"
        return opened, self._product(opened.terms)

    def _references(self, account_id: str, plans: list[str]) -> dict[str, str]:
        number = self._lending.account(account_id).number
        return {plan: reference_of(number, plan) for plan in plans}

    def _product(self, terms: Digest) -> Product:
        artefact = self._process.state.register.version(terms).artefact
        return parse_product({**artefact.body, "name": artefact.name})

    def _lender(self, opened: Opened, product: Product, language: Language) -> Lender | None:
        """As the release had it under which was decided; as it is live now where nothing was decided here."""
        live: LiveRelease | None = self._process.live
        if opened.decision is not None:
            try:
                found = self._process.archive.find(opened.decision)
                live = self._process.archive.release(found["trail"]["release"])
            except NotFound:
                pass
            except TandemError:  # a release that this version of the program does not take any more
                live = None
        return lender_of(live, product.policies.application, opened.day, language)


def _opening(history: list[Heard]) -> Heard:
    return next(one for one in history if isinstance(one.change, Opened))
