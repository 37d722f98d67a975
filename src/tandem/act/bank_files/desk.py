"""The bank desk: files out and in, and what nobody could place given its place by a person; for the faces.

A movement is posted to its account first and written here after, both by the same key. Whatever happens in between, taking
the file again finishes what was begun and does nothing twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from tandem.act.bank_files.changes import (
    Agreed,
    Assigned,
    BankChange,
    Declined,
    DeclineReason,
    FileTaken,
    ItemTaken,
    Ordered,
    PartyKept,
    Sent,
    decode_change,
    encode_change,
)
from tandem.act.bank_files.folding import BankBooks, Item, Standing
from tandem.act.bank_files.ordering import Left, Orders, Wanted, changed_since, orders_again, orders_of
from tandem.act.bank_files.pain_writing import OrderKind, Sender, message_id_of, write_orders
from tandem.act.bank_files.reading import read_bank_file
from tandem.act.bank_files.taking import DESK, OnUnmatched, Taking, Told, drafting
from tandem.act.books import Book, Draft, Request
from tandem.act.lending import Account, AccountId, Happened, LedgerAccount, LendingDesk, Paid, Posting, Reversed
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Refused, TandemError
from tandem.kernel.identity import EntityKind
from tandem.kernel.time import Clock, Micros
from tandem.prove.privacy import Erased

__all__ = ["BankDesk", "FileOut"]

_PARTIES: Final = EntityKind("bank_parties")
T = TypeVar("T")


class FileOut(msgspec.Struct, frozen=True, kw_only=True):
    """A file for the bank.

    Attributes:
        standing: whether it may go out.
        content: None unless it may.
        left: what was wanted and is not in it, each with why.
        again: the same file had been made before.
    """

    message_id: str
    standing: Standing
    content: bytes | None
    count: int
    total_minor: int
    currency: str
    left: tuple[Left, ...]
    again: bool = False


class BankDesk:
    """Safe to call from several threads; files are taken one after the other.

    Args:
        process: the one writer.
        lending: whose accounts are paid.
        on_unmatched: told of each item that nobody could place, after it is durable; such as to open a case. It may be told
            of one more than once.
    """

    def __init__(
        self, process: DecisionProcess, lending: LendingDesk, *, clock: Clock, on_unmatched: OnUnmatched | None = None
    ) -> None:
        self._process = process
        self._lending = lending
        self._clock = clock
        self._turn = threading.Lock()
        self._book: Book[BankBooks, BankChange] = Book(
            process, clock, kind="bank", empty=BankBooks, encode=encode_change, decode=decode_change
        )
        self._taking = Taking(self._book, lending, on_unmatched)

    # -- reading -----------------------------------------------------------------------------------------------------

    def look(self, see: Callable[[BankBooks], T]) -> T:
        """What ``see`` makes of the books; nothing moves meanwhile, so it must not keep them.

        Raises:
            Unavailable: the journal does not answer.
        """
        with self._book.lock:
            return see(self._book.now)

    def ledger(self) -> dict[str, dict[LedgerAccount, int]]:
        """By currency, what was posted here beside what accounts post themselves; debits above zero.

        Raises:
            Unavailable: the journal does not answer.
        """
        return self.look(lambda books: {currency: dict(book) for currency, book in books.ledger.items()})

    def told(self, item: Item) -> Told | None:
        """What the bank said of an item's other side; None once that is erased."""
        records = self._process.journal.at([item.seq])
        secret = self._process.journal.open_secret(records[0]) if records else None
        return None if secret is None or isinstance(secret, Erased) else msgspec.json.decode(secret, type=Told)

    def sent(self, message_id: str) -> Sent:
        """The file of orders with this message id.

        Raises:
            NotFound: there is none.
        """
        found = self.look(lambda books: books.file(message_id))
        if found is None:
            raise NotFound(
                "No file of orders has this message id.", code="unknown_order_file", field="message_id",
                value=message_id, hint="GET /v1/bank/orders has them",
            )  # fmt: skip
        return found

    def parties(self, message_id: str) -> list[tuple[Ordered, Wanted | None]]:
        """Where the money of each order of a proposed file goes to or comes from; None of what was erased.

        Raises:
            NotFound: there is no such file. Conflict: a program made it, and nothing of this was kept.
        """
        sent = self.sent(message_id)
        if not sent.proposed:
            raise Conflict(
                "The bank accounts of this file were not kept.", code="not_kept", field="message_id", value=message_id,
                hint="a program made it; the same request gives it again",
            )  # fmt: skip
        seqs = self.look(lambda books: [books.parties[sent.key, one.end_to_end] for one in sent.orders])
        records = {int(one.seq): one for one in self._process.journal.at(seqs)}
        found: list[tuple[Ordered, Wanted | None]] = []
        for one, seq in zip(sent.orders, seqs, strict=True):
            secret = self._process.journal.open_secret(records[seq])
            if secret is None or isinstance(secret, Erased):
                found.append((one, None))
            else:
                found.append((one, msgspec.json.decode(secret, type=Wanted)))
        return found

    def content(self, message_id: str) -> bytes:
        """A file that a person proposed and another one agreed to, from what they saw: the same bytes each time.

        Raises:
            NotFound: there is no such file.
            Conflict: nobody has agreed to it, or nothing was kept to make it from.
        """
        sent, parties = self.sent(message_id), self.parties(message_id)
        standing, at = self.look(lambda books: (books.standing(sent), books.sent_at[sent.key]))
        if standing != "agreed":
            raise Conflict(
                "Nobody else has agreed to this file.", code="not_agreed", field="message_id", value=message_id,
                hint="another person agrees to it first" if standing == "proposed" else "it was declined; make another one",
            )  # fmt: skip
        wanted = [one for _, one in parties if one is not None]
        if len(wanted) < len(parties):
            raise Conflict(
                "A customer of this file was erased.", code="party_erased", field="message_id", value=message_id,
                hint="their bank account is known no longer; the file cannot be made again",
            )  # fmt: skip
        assert sent.sender is not None, "what is proposed says who sends it"
        return write_orders(
            sent.kind, orders_again(sent, wanted).orders, message_id=message_id, sender=sent.sender,
            currency=sent.currency, on=sent.on, made_at=at,
        )  # fmt: skip

    # -- out -----------------------------------------------------------------------------------------------------------

    def order(
        self,
        kind: OrderKind,
        wanted: Sequence[Wanted],
        *,
        key: str,
        sender: Sender,
        currency: str,
        on: Day,
        by: str,
        proposed: bool = False,
    ) -> FileOut:
        """A file that pays out what was drawn, or collects what falls due on day ``on``, of the accounts in ``wanted``.

        What is under way or done is not ordered again; what was rejected or came back is, as another attempt. Asked again
        under the same ``key`` it gives the same file, byte for byte where the parties are the same.

        Args:
            proposed: a person asks; there is no file before another person has agreed, and who is paid is kept sealed, so
                that the other sees what they agree to and the file is made from just that.

        Raises:
            InvalidInput: a party no bank would take, or nothing is left to order.
            Conflict: the key was used for something else, other parties or another sender too.
            Unavailable: it may have been written; asking again with the same key gives the same file.
        """
        told = sorted([one.account_id, one.plan or ""] for one in wanted)
        asked = [kind, told, currency, on, self._mark_of(sender, wanted)]
        with self._turn:
            found = self.look(
                lambda books: (
                    orders_again(books.sent[key], wanted)
                    if key in books.sent
                    else self._lending.look(lambda accounts: orders_of(kind, wanted, accounts, books, currency, on))
                )
            )
            if not found.orders:
                raise InvalidInput(
                    "There is nothing to order.", code="nothing_to_order", field="parties", value=len(wanted),
                    hint="; ".join(f"{one.account}: {one.why}" for one in found.left[:3]) or "name some accounts",
                )  # fmt: skip
            message_id = message_id_of(kind, found.orders, key=key, currency=currency, on=on)

            def content(at: Micros) -> bytes:
                return write_orders(
                    kind, found.orders, message_id=message_id, sender=sender, currency=currency, on=on, made_at=at
                )

            content(self._clock.now())  # what no bank would take is not written down as sent
            if proposed and not self.look(lambda books: key in books.sent):
                self._keep(key, found, wanted, asked, by)
            change = Sent(
                by=by, key=key, kind=kind, message_id=message_id, currency=currency, on=on, proposed=proposed,
                sender=sender if proposed else None,
                orders=tuple(
                    Ordered(end_to_end=one.end_to_end, account=one.account, plan=one.plan, amount_minor=one.amount_minor)
                    for one in found.orders
                ),
            )  # fmt: skip
            written = self._book.ask(Request(key=f"sent:{key}", asked=asked, draft=drafting(change)))
            standing = self.look(lambda books: books.standing(books.sent[key]))
        return FileOut(
            message_id=message_id,
            standing=standing,
            content=content(written.at) if standing == "agreed" else None,
            count=len(found.orders),
            total_minor=sum(one.amount_minor for one in found.orders),
            currency=currency,
            left=tuple(found.left),
            again=written.again,
        )

    def agree(self, message_id: str, *, by: str) -> Sent:
        """Agree to a file that another person proposed; it may go out, and its orders are under way.

        Asked again it stands as it is.

        Raises:
            NotFound: there is no such file. Refused: they proposed it themselves.
            Conflict: it was declined, or is a program's; or an order of it would not be made so any more.
            Unavailable: it may have been written; asking again finds out.
        """
        with self._turn:
            sent = self._to_answer(message_id, by, "agreed")
            if self.look(lambda books: books.standing(sent)) == "proposed":
                changed = self.look(
                    lambda books: self._lending.look(lambda accounts: changed_since(sent, accounts, books))
                )
                if changed:
                    raise Conflict(
                        "Some of these orders would not be made so any more.", code="orders_changed", field="message_id",
                        value=message_id, hint=f"decline it and make another; changed: {', '.join(changed[:3])}",
                    )  # fmt: skip
                self._answer(Agreed(by=by, message_id=message_id))
        return sent

    def decline(self, message_id: str, reason: DeclineReason, *, by: str) -> Sent:
        """Do not agree to a file that another person proposed; its orders may be made in another one.

        Asked again it stands as it is, with the reason that was given first.

        Raises:
            NotFound: there is no such file. Refused: they proposed it themselves.
            Conflict: it was agreed to, or is a program's.
            Unavailable: it may have been written; asking again finds out.
        """
        with self._turn:
            sent = self._to_answer(message_id, by, "declined")
            if self.look(lambda books: books.standing(sent)) == "proposed":
                self._answer(Declined(by=by, message_id=message_id, reason=reason))
        return sent

    # -- in ------------------------------------------------------------------------------------------------------------

    def take(self, data: bytes, *, by: str) -> tuple[FileTaken, bool]:
        """Take in a file of the bank; what came of it, and whether it had been taken before.

        Raises:
            BadFile: it cannot be read or contradicts itself; nothing of it was taken.
            Conflict: another file with the same message id was taken.
            Unavailable: it may be taken in part; taking it again finishes it.
        """
        read = read_bank_file(data)
        with self._turn:
            known = self.look(lambda books: books.files.get(read.digest))
            if known is not None:
                return known[1], True
            before = self.look(lambda books: books.file_of(read.version, read.message_id))
            if before is not None:
                raise Conflict(
                    "Another file with this message id was taken.", code="message_id_reused", field="MsgId",
                    value=read.message_id, hint="ask the bank for the right one; what was taken stays",
                )  # fmt: skip
            sums = self._taking.transactions(read, by)
            statuses = self._taking.statuses(read, by)
            taken = FileTaken(
                by=by, file=read.digest, version=read.version, message_id=read.message_id, sums=sums, statuses=statuses,
                left_out=sum(one.left_out for one in read.statements),
            )  # fmt: skip
            written = self._book.ask(Request(key=f"file:{read.digest}", asked=read.digest, draft=drafting(taken)))
        assert isinstance(written.change, FileTaken)
        return written.change, written.again

    def assign(
        self,
        item: str,
        to: Literal["payment", "return", "payout", "charge", "elsewhere"],
        *,
        by: str,
        account: str | None = None,
        plan: str | None = None,
        fact_id: str | None = None,
    ) -> Assigned:
        """Say what an unmatched item is; what is a payment is paid, what is a return takes the payment ``fact_id`` back.

        Raises:
            NotFound: no such item waits, or no such account, plan or payment.
            InvalidInput: it goes the other way, or something is missing.
            Conflict: it was begun as something else, cut off, and has moved an account.
            Anything that paying or taking back raises.
        """
        with self._turn:
            waits = self.look(lambda books: books.open.get(item))
            if waits is None:
                raise NotFound("No such item waits.", code="unknown_item", field="item", value=item)
            taken = waits.taken
            if (to == "payment" and not taken.incoming) or (to in {"return", "payout"} and taken.incoming):
                raise InvalidInput(
                    "This money went the other way.", code="wrong_way", field="to", value=to,
                    hint="payment: came in; return, payout: went out",
                )  # fmt: skip
            if to in {"payment", "return"} and (
                account is None or plan is None or (to == "return" and fact_id is None)
            ):
                raise InvalidInput(
                    "Which one?", code="incomplete", field="account_id",
                    hint="account_id and plan; of a return payment_id too",
                )  # fmt: skip
            self._check_begun(taken, to, account, plan, fact_id)
            if account is not None and plan is not None and to == "payment":
                _check_currency(self._lending.account(account), taken)
                done = self._lending.happen(account, plan, _paid(taken), key=item, by=by, own=DESK)
                assert isinstance(done.change, Happened), "what happened"
                fact_id = done.change.fact_id
            elif account is not None and plan is not None and to == "return" and fact_id is not None:
                self._check_return(account, plan, fact_id, taken)
                self._lending.reverse(account, plan, fact_id, key=item, by=by, own=DESK)
            change = Assigned(
                by=by, item=item, to=to, account=None if account is None else AccountId(account), plan=plan,
                fact_id=fact_id, posted=_assigned_postings(taken, to),
            )  # fmt: skip
            asked = msgspec.to_builtins(msgspec.structs.replace(change, by=""))
            self._book.ask(Request(key=f"assign:{item}", asked=asked, draft=drafting(change)))
        return change

    # -- inside ----------------------------------------------------------------------------------------------------------

    def _keep(self, key: str, found: Orders, wanted: Sequence[Wanted], asked: object, by: str) -> None:
        """Seal who each order is about, under the key of whose account it is.

        Before the file is on record: one that is has all of them, and what a crash leaves behind belongs to no file.
        """
        given = {(one.account_id, one.plan): one for one in wanted}

        def keeping(end_to_end: str, account: AccountId, plan: str) -> Request[BankBooks, BankChange]:
            one = msgspec.structs.replace(given.get((account, plan)) or given[account, None], plan=plan)
            draft: Draft[BankChange] = Draft(
                change=PartyKept(by=by, key=key, end_to_end=end_to_end, account=account),
                owner=self._lending.account(account).owner,
                secret=canonical_bytes(msgspec.to_builtins(one)),
            )
            return Request(key=f"party:{key}:{end_to_end}", asked=asked, draft=lambda _books, _now: draft)

        for written in self._book.ask_all([keeping(one.end_to_end, one.account, one.plan) for one in found.orders]):
            if isinstance(written, TandemError):
                raise written

    def _to_answer(self, message_id: str, by: str, answer: Standing) -> Sent:
        """A file that may be answered so, or was."""
        sent = self.sent(message_id)
        if sent.proposed and by == sent.by:
            raise Refused(
                "Whoever made this file does not answer for it.", code="same_person", field="by", value=by,
                hint="another person looks at it, and agrees or declines",
            )  # fmt: skip
        standing = self.look(lambda books: books.standing(sent))
        if not sent.proposed or standing not in {"proposed", answer}:
            raise Conflict(
                "This file waits for nobody's answer.", code="settled", field="message_id", value=message_id,
                hint=f"it was {standing}" if sent.proposed else "a program made it",
            )  # fmt: skip
        return sent

    def _answer(self, change: Agreed | Declined) -> None:
        self._book.ask(Request(key=f"answer:{change.message_id}", asked=change.message_id, draft=drafting(change)))

    def _mark_of(self, sender: Sender, wanted: Sequence[Wanted]) -> str:
        """The same for the same sender and parties: keyed, so that nobody finds an account number by trying them all."""
        parties = sorted(canonical_bytes(msgspec.to_builtins(one)).decode() for one in wanted)
        told = digest_of_bytes(canonical_bytes([msgspec.to_builtins(sender), parties]))
        return self._process.vault.pseudonym(_PARTIES, told)

    def _check_begun(
        self, taken: ItemTaken, to: str, account: str | None, plan: str | None, fact_id: str | None
    ) -> None:
        """Of what was cut off after it moved an account only the same can be said again, or the money stands twice."""
        begun = self._lending.done_under(DESK, taken.item)
        if isinstance(begun, Reversed):
            same = (to, account, plan, fact_id) == ("return", begun.account, begun.plan, begun.fact_id)
            what, stands = f"return of {begun.fact_id}", True
        elif isinstance(begun, Happened) and begun.fact == _paid(taken):
            stands = begun.fact_id in self._lending.account(begun.account).draws[begun.plan].facts
            same = stands == (to == "payment") and (not stands or (account, plan) == (begun.account, begun.plan))
            what = "payment"
        else:
            return
        if not same:
            raise Conflict(
                "This item has moved an account already.", code="assignment_begun", field="to", value=to,
                hint=f"say again: {what}, account {begun.account}, plan {begun.plan}" if stands
                else f"it was paid to {begun.account} and taken back; pay it there under an id of its own, and say elsewhere",
            )  # fmt: skip

    def _check_return(self, account: str, plan: str, fact_id: str, taken: ItemTaken) -> None:
        found = self._lending.account(account)
        _check_currency(found, taken)
        draw = found.draws.get(plan)
        fact = None if draw is None else draw.facts.get(fact_id)
        if fact is None:  # taking it back says so, unless that is what was begun before
            return
        if not isinstance(fact, Paid):
            raise InvalidInput(
                "This was no payment.", code="not_a_payment", field="payment_id", value=fact_id,
                hint="name the payment whose money went back",
            )  # fmt: skip
        if fact.amount_minor != taken.amount_minor:
            raise InvalidInput(
                "That payment was of another amount.", code="amount_differs", field="payment_id", value=fact_id,
                hint=f"it was {fact.amount_minor}, and {taken.amount_minor} went back",
            )  # fmt: skip


def _paid(taken: ItemTaken) -> Paid:
    return Paid(day=taken.valued, amount_minor=taken.amount_minor)


def _check_currency(account: Account, taken: ItemTaken) -> None:
    if account.currency != taken.currency:
        raise InvalidInput(
            "That account is in another currency.", code="other_currency", field="account_id",
            value=account.account_id, hint=f"it is in {account.currency}, and this is {taken.currency}",
        )  # fmt: skip


def _assigned_postings(taken: ItemTaken, to: str) -> tuple[Posting, ...]:
    """What takes an item out of suspense."""
    other = {
        "payment": LedgerAccount.CASH,
        "return": LedgerAccount.CASH,
        "payout": LedgerAccount.PAYOUTS,
        "charge": LedgerAccount.BANK_CHARGES,
        "elsewhere": LedgerAccount.ELSEWHERE,
    }[to]
    if taken.incoming:
        return (Posting(LedgerAccount.SUSPENSE, other, taken.amount_minor),)
    return (Posting(other, LedgerAccount.SUSPENSE, taken.amount_minor),)
