"""The servicing desk: what people do to accounts, alone or by two; for the faces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from tandem.act.lending import servicing
from tandem.act.lending.accounts import Account, Accounts
from tandem.act.lending.acts import Act, Deed, Freeze, ProposalId, Reason
from tandem.act.lending.book import AccountBook, Done, Request
from tandem.act.lending.changes import SYSTEM, AccountChange, decode_note
from tandem.act.lending.deeds import cost_of
from tandem.act.lending.errors import NotAllowed
from tandem.act.lending.keys import asked_key, check_callers, own_key
from tandem.act.lending.servicing import SecondFor
from tandem.act.products import Product, Shelf
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, TandemError
from tandem.kernel.identity import Entropy, new_id
from tandem.kernel.time import DAY, Clock

__all__ = ["Effect", "ServicingDesk"]

_NOTE_MAX: Final = 2_000
_LOOKING: Final = "looking"


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What an act comes to now.

    Attributes:
        before, after: the account.
        cost_minor: what the lender gives up.
        second: why it takes a second person; None where one is enough.
    """

    before: Account
    after: Account
    cost_minor: int
    second: SecondFor | None


class ServicingDesk:
    """Safe to call from several threads; works on the book of the lending desk.

    Args:
        process: whose journal holds the notes.
        shelf: the products, whose rules say what one person may do alone.
    """

    def __init__(
        self, process: DecisionProcess, book: AccountBook, shelf: Shelf, *, clock: Clock, entropy: Entropy
    ) -> None:
        self._process = process
        self._book = book
        self._shelf = shelf
        self._clock = clock
        self._entropy = entropy

    # -- looking -----------------------------------------------------------------------------------------------------

    def effect(self, account_id: str, act: Act) -> Effect:
        """What ``act`` would come to; nothing is written.

        Raises:
            NotFound: no such account, plan or fact. NotAllowed, NotOwed: the account as it is does not take it.
        """
        return self._effect(self._book.account(account_id), act)

    def proposals(self, *, open_only: bool = True) -> list[tuple[Account, Deed]]:
        """What was proposed and the account it is about, the oldest first.

        Raises:
            Unavailable: the journal does not answer.
        """
        with self._book.lock:
            return list(self._book.accounts.proposed(open_only=open_only))

    def proposal(self, proposal: str) -> tuple[Account, Deed]:
        """The account and what was proposed of it.

        Raises:
            NotFound: nothing of that id.
        """
        with self._book.lock:
            return _proposed(self._book.accounts, proposal)

    def effect_of(self, account: Account, deed: Deed) -> Effect | TandemError | None:
        """What agreeing to ``deed`` would come to now, or why it does not hold any more; None where it is settled."""
        if deed.state != "open":
            return None
        try:
            return self._effect(account, deed.act)
        except TandemError as error:
            return error

    def note_at(self, seq: int | None) -> str | None:
        """What was written beside the change at that place; None where nothing was, or it was erased with its person."""
        if seq is None:
            return None
        for record in self._process.journal.at([seq]):
            found = self._process.journal.open_secret(record)
            if isinstance(found, bytes):
                return decode_note(found)
        return None

    # -- doing -------------------------------------------------------------------------------------------------------

    def do(self, account_id: str, act: Act, *, key: str, by: str, reason: Reason, note: str = "") -> Done:
        """Do ``act``, or propose it where it takes a second person: then the change is ``Proposed``, and nothing moved.

        Args:
            key: also what a fact that comes of it can be reversed by.

        Raises:
            InvalidInput: a note is missing or too long. NotFound, NotAllowed, NotOwed: as ``effect``.
            Conflict: the key was used for something else. Unavailable: asking again finds out.
        """
        words = _note(note)
        if reason == "other" and not words:
            raise InvalidInput("Which other reason?", code="empty_note", field="note", hint="write it down")
        proposal = ProposalId(new_id("prp", self._clock, self._entropy))

        def change(accounts: Accounts) -> AccountChange:
            check_callers(key)
            account = _account(accounts, account_id)
            product, day = self._product(account), self._clock.now() // DAY
            made = servicing.make(account, act, product=product, day=day, by=by, reason=reason, fact_id=key)
            rules = None if product is None else product.servicing
            if servicing.second_for(account, act, made, rules, day) is None:
                return made
            return servicing.propose(account, act, made, proposal=proposal, by=by, reason=reason, fact_id=key)

        asked = {"account": account_id, "act": msgspec.to_builtins(act), "reason": reason}
        return self._book.write(Request(key=asked_key(key), asked=asked, change=change, note=words))

    def freeze_warned(self, account_id: str, *, warning: str) -> Done:
        """Propose that nothing more be drawn, because of a warning: a person agrees to it. Asked again it is one proposal.

        Where the product says ``servicing.freeze_on_warning`` the account is frozen by this, and the change is ``Frozen``.

        Args:
            warning: its id; it stands as the note.

        Raises:
            NotFound: no such account. NotAllowed: it is frozen or closed, or somebody has proposed to freeze it.
            Unavailable: asking again finds out.
        """
        proposal = ProposalId(new_id("prp", self._clock, self._entropy))
        act = Freeze()

        def change(accounts: Accounts) -> AccountChange:
            account = _account(accounts, account_id)
            product, day = self._product(account), self._clock.now() // DAY
            made = servicing.make(account, act, product=product, day=day, by=SYSTEM, reason="risk", fact_id=warning)
            if product is not None and product.servicing.freeze_on_warning:
                return made
            return servicing.propose(account, act, made, proposal=proposal, by=SYSTEM, reason="risk", fact_id=warning)

        key = own_key("warning", f"{warning}:{account_id}")
        return self._book.write(Request(key=key, asked=[account_id, warning], change=change, note=warning))

    def agree(self, proposal: str, *, version: int, by: str, note: str = "") -> Done:
        """Agree to what another person proposed; it is done with that.

        Args:
            version: of the account, as ``by`` saw it.

        Raises:
            NotFound: no such proposal. Refused: ``by`` proposed it.
            NotAllowed, NotOwed: it is settled, or does not hold any more, or the account is another one by now.
            Unavailable: asking again finds out.
        """

        def change(account: Account, deed: Deed) -> AccountChange:
            day = self._clock.now() // DAY
            return servicing.agree(account, deed, version=version, product=self._product(account), day=day, by=by)

        return self._settle("agree", proposal, by, note, change)

    def decline(self, proposal: str, *, by: str, note: str = "") -> Done:
        """Do not agree.

        Raises:
            As ``agree``.
        """
        return self._settle("decline", proposal, by, note, lambda one, deed: servicing.decline(one, deed, by=by))

    def withdraw(self, proposal: str, *, by: str, note: str = "") -> Done:
        """Do not ask for it any more.

        Raises:
            As ``agree``; Refused: another person proposed it.
        """
        return self._settle("withdraw", proposal, by, note, lambda one, deed: servicing.withdraw(one, deed, by=by))

    # -- inside ------------------------------------------------------------------------------------------------------

    def _settle(
        self, verb: str, proposal: str, by: str, note: str, change: Callable[[Account, Deed], AccountChange]
    ) -> Done:
        request = Request(
            key=f"{verb}:{proposal}", asked=[proposal, by], note=_note(note),
            change=lambda accounts: change(*_proposed(accounts, proposal)),
        )  # fmt: skip
        try:
            return self._book.write(request)
        except Conflict as conflict:
            if conflict.code != "key_reused":
                raise
            _, deed = self.proposal(proposal)
        raise NotAllowed(
            f"This was {deed.state} already.", code="settled", field="proposal", value=proposal,
            hint=f"by {deed.settled_by}",
        )  # fmt: skip

    def _effect(self, account: Account, act: Act) -> Effect:
        product, day = self._product(account), self._clock.now() // DAY
        made = servicing.make(account, act, product=product, day=day, by=_LOOKING, reason="other", fact_id=_LOOKING)
        rules = None if product is None else product.servicing
        return Effect(
            before=account,
            after=servicing.after(account, made),
            cost_minor=cost_of(made),
            second=servicing.second_for(account, act, made, rules, day),
        )

    def _product(self, account: Account) -> Product | None:
        found = self._shelf.products.get(account.product)
        return None if found is None else found.product


def _account(accounts: Accounts, account_id: str) -> Account:
    found = accounts.get(account_id)
    if found is None:
        raise NotFound("No account has this id.", code="unknown_account", field="account", value=account_id)
    return found


def _proposed(accounts: Accounts, proposal: str) -> tuple[Account, Deed]:
    found = accounts.proposal(proposal)
    if found is None:
        raise NotFound(
            "Nothing of this id was proposed.", code="unknown_proposal", field="proposal", value=proposal,
            hint="GET /v1/proposals lists them",
        )  # fmt: skip
    return found


def _note(note: str) -> str:
    words = note.strip()
    if len(words) > _NOTE_MAX:
        raise InvalidInput(
            f"At most {_NOTE_MAX:,} characters.", code="text_too_long", field="note", value=len(words), hint="shorten"
        )
    return words
