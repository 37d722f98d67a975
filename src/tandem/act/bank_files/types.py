"""The nouns of bank files: what a bank says of an account, what we ask it to do, and what came of that."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.act.products import Day

__all__ = ["BankStatement", "Message", "PartyAccount", "StatusReport", "Transaction", "TransactionStatus"]

Message: TypeAlias = Literal["camt.053", "camt.054", "pain.002"]


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """One movement of a bank account, as a statement or a notification has it.

    Attributes:
        item: what it is known by, in whichever file it comes; the same movement has the same.
        sure: whether the bank gave it a reference of its own; else ``item`` is of this file only, and ``alike`` tells what
            may be the same movement in another one.
        at, line: where it stands.
        amount_minor: above zero; ``incoming`` says which way. charges_minor: what the bank kept or took beside it.
        reversal: it undoes an earlier one. returned: the reason code where one of ours came back.
        booked, valued: days.
        end_to_end: as the ordering party gave it. references: creditor references and what was written.
        party: the name of the other side.
    """

    item: str
    alike: str
    sure: bool
    at: str
    line: int
    amount_minor: int
    currency: str
    incoming: bool
    booked: Day
    valued: Day
    charges_minor: int = 0
    reversal: bool = False
    returned: str | None = None
    bank_reference: str | None = None
    end_to_end: str | None = None
    mandate: str | None = None
    references: tuple[str, ...] = ()
    party: str | None = None

    @property
    def net_minor(self) -> int:
        """What it moved the balance by; below zero what went out."""
        return (self.amount_minor if self.incoming else -self.amount_minor) - self.charges_minor


class BankStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement or a notification of one bank account.

    Attributes:
        account: IBAN or another number.
        opening_minor, closing_minor: signed; None where it does not say.
        left_out: entries that are not booked yet; they count when they are.
    """

    name: str
    account: str
    currency: str | None
    transactions: tuple[Transaction, ...]
    opening_minor: int | None = None
    closing_minor: int | None = None
    left_out: int = 0


class TransactionStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one order: a status such as ``RJCT`` or ``ACSC``, and the reason code."""

    at: str
    line: int
    end_to_end: str | None
    status: str
    reason: str | None = None
    amount_minor: int | None = None
    currency: str | None = None


class StatusReport(msgspec.Struct, frozen=True, kw_only=True):
    """A payment status report about one message of ours.

    Attributes:
        status, reason: of the whole message; None where only single orders have one.
    """

    original: str
    status: str | None
    reason: str | None
    orders: tuple[TransactionStatus, ...]


class PartyAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bank account and whose it is. One of ``iban`` and ``number``.

    Attributes:
        bic: of the bank; None where the bank is known by the account, as with an IBAN.
        clearing: the bank's number in its country's clearing, such as a CNAPS code, where there is no BIC.
    """

    name: str
    iban: str | None = None
    number: str | None = None
    bic: str | None = None
    clearing: str | None = None
