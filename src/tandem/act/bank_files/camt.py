"""Reading statements (camt.053) and notifications (camt.054) of a bank account, of any version since 2.

What a file says twice has to agree: the details of an entry sum to it, entries to what the file counts, opening and entries to
the closing balance. A file that does not is refused whole, with the entry's place; half of a day's money is worse than none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

import msgspec

from tandem.act.bank_files.amounts import minor_of
from tandem.act.bank_files.types import BankStatement, Transaction
from tandem.act.bank_files.xml_reading import Element
from tandem.act.products import Day
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import parse_date

__all__ = ["read_camt"]

_WHERE: Final = {
    "camt.053": ("BkToCstmrStmt", "Stmt"),
    "camt.054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}
_RETURNS: Final = frozenset({"UPDD", "PRDD", "RCDD", "RRTN", "RPCR"})
"""Sub-families of bank transaction codes that are returns (external code set of ISO 20022): a debit unpaid, reversed or
cancelled, a transfer that came back or was called back."""
_NO_REASON: Final = "NOAS"
"""Returned, and nobody said why."""


def read_camt(document: Element, message: str, *, name: str) -> tuple[str, list[BankStatement]]:
    """The message id and the statements in ``document``.

    Args:
        message: ``camt.053`` or ``camt.054``. name: what the file is known by, where the bank gives no references.

    Raises:
        BadFile: names the entry and what does not hold.
    """
    body, each = _WHERE[message]
    root = document.find(body)
    if root is None:
        raise document.wrong(f"There is no {body}.", code="missing_element")
    message_id = root.need("GrpHdr", "MsgId")
    return message_id, [_statement(one, f"{name}#{number}") for number, one in enumerate(root.all(each), 1)]


def _statement(root: Element, name: str) -> BankStatement:
    account = root.say("Acct", "Id", "IBAN") or root.need("Acct", "Id", "Othr", "Id")
    found: list[Transaction] = []
    left_out, counted, came, went = 0, 0, 0, 0
    for entry in root.all("Ntry"):
        amount, _ = _amount(entry)
        counted += 1
        incoming = _incoming(entry)
        came, went = (came + amount, went) if incoming else (came, went + amount)
        if (entry.say("Sts", "Cd") or entry.say("Sts")) != "BOOK":
            left_out += 1
            continue
        found += _transactions(entry, amount, account, f"{name}/{counted}")
    told = root.say("Acct", "Ccy") or (found[0].currency if found else None)
    for one in found:
        if one.currency != told:
            raise root.wrong("An account has one currency.", code="mixed_currencies", value=one.currency, hint=one.at)
    _check_summary(root, counted, came, went, told)
    opening, closing = _balance(root, told, "OPBD", "PRCD"), _balance(root, told, "CLBD")
    if opening is not None and closing is not None:
        moved = sum(one.net_minor for one in found)
        if opening + moved != closing:
            raise root.wrong(
                "Opening balance and entries do not come to the closing balance.", code="balance_differs",
                value=closing, hint=f"they come to {opening + moved} minor units",
            )  # fmt: skip
    return BankStatement(
        name=root.need("Id"), account=account, currency=told, transactions=tuple(found), opening_minor=opening,
        closing_minor=closing, left_out=left_out,
    )  # fmt: skip


def _transactions(entry: Element, amount: int, account: str, place: str) -> Iterator[Transaction]:
    """The transactions of one booked entry; their sum is the entry."""
    details = [one for group in entry.all("NtryDtls") for one in group.all("TxDtls")] or [entry]
    if len(details) > 1 and not all(_told(one, _amount(entry)[1]) for one in details):
        details = [entry]  # the bank does not say what is whose: it is one movement, for a person to look at
    found = [_transaction(entry, one, amount if len(details) == 1 else None, account) for one in details]
    signed = amount if _incoming(entry) else -amount
    told = sum(one.net_minor for one in found)
    if told != signed and len(details) > 1:  # what the bank kept of a batch stands at the entry
        found[0] = msgspec.structs.replace(found[0], charges_minor=found[0].charges_minor + _charges(entry))
        told = sum(one.net_minor for one in found)
    if told != signed:
        raise entry.wrong(
            "The details of this entry do not sum to it.", code="entry_sum", value=signed, hint=f"they sum to {told}"
        )
    seen: dict[str, int] = {}
    for one in found:
        number = seen[one.item] = seen.get(one.item, 0) + 1
        known = one.item if one.sure else f"{place}:{one.item}"
        yield msgspec.structs.replace(one, item=_name(known, number))


def _transaction(entry: Element, details: Element, alone_minor: int | None, account: str) -> Transaction:
    incoming = _incoming(details if details.find("CdtDbtInd") else entry)
    reversal = entry.say("RvslInd") == "true" or entry.say("RvslInd") == "1"
    charges = _charges(details) if details is not entry else 0
    amount, currency, charges = _split(entry, details, alone_minor, charges, incoming=incoming)
    reason = details.find("RtrInf")
    code = details.say("BkTxCd", "Domn", "Fmly", "SubFmlyCd") or entry.say("BkTxCd", "Domn", "Fmly", "SubFmlyCd")
    returned = None
    if reason is not None or code in _RETURNS:
        said = None if reason is None else reason.say("Rsn", "Cd") or reason.say("Rsn", "Prtry")
        returned = said or _NO_REASON
    refs = details.find("Refs")
    reference = (refs.say("AcctSvcrRef") if refs is not None else None) or entry.say("AcctSvcrRef")
    end_to_end = None if refs is None else refs.say("EndToEndId")
    end_to_end = None if end_to_end == "NOTPROVIDED" else end_to_end
    booked = _day(entry, "BookgDt")
    way = ("C" if incoming else "D") + ("R" if reversal or returned else "")
    known = f"{account}|{reference or ''}|{end_to_end or ''}|{amount}|{currency}|{way}"
    return Transaction(
        item=known,
        alike=_name(f"{known}|{booked}", 0),
        sure=reference is not None,
        at=details.at,
        line=details.line,
        amount_minor=amount,
        currency=currency,
        incoming=incoming,
        booked=booked,
        valued=_day(entry, "ValDt") if entry.find("ValDt") else booked,
        charges_minor=charges,
        reversal=reversal,
        returned=returned,
        bank_reference=reference,
        end_to_end=end_to_end,
        mandate=None if refs is None else refs.say("MndtId"),
        references=tuple(_written(details)),
        party=_party(details, incoming=incoming),
    )


def _told(details: Element, currency: str) -> int | None:
    """What a transaction's own details say it came to, in ``currency``; None if they do not."""
    told = details.find("Amt") or details.find("AmtDtls", "TxAmt", "Amt")
    if told is None:
        return None
    minor, told_in = minor_of(told)
    return minor if told_in == currency else None


def _split(
    entry: Element, details: Element, alone_minor: int | None, charges: int, *, incoming: bool
) -> tuple[int, str, int]:
    """The amount of a transaction without what the bank kept, its currency, and that.

    Args:
        alone_minor: the amount of its entry where it is the only one of it; that is what moved.
    """
    _, currency = _amount(entry)
    told = None if details is entry else _told(details, currency)
    if alone_minor is None:
        assert told is not None, "else its entry is taken as one"
        return told, currency, 0  # what the bank kept of a batch is counted with the entry
    ordered = details.find("AmtDtls", "InstdAmt", "Amt")
    instructed = None if ordered is None else minor_of(ordered)
    sign = 1 if incoming else -1
    for amount in (told, instructed[0] if instructed is not None and instructed[1] == currency else None):
        if amount is not None and sign * amount - charges == sign * alone_minor:
            return amount, currency, charges
    if told is not None and told != alone_minor:
        raise entry.wrong(
            "The details of this entry do not sum to it.", code="entry_sum", value=alone_minor,
            hint=f"its details say {told} minor units and {charges} of charges",
        )  # fmt: skip
    return alone_minor, currency, 0


def _charges(root: Element) -> int:
    """What the bank took with this, in minor units; only what is in the amount of the entry."""
    total = 0
    for group in root.all("Chrgs"):
        for one in group.all("Rcrd") if group.find("Rcrd") else [group]:
            amount = one.find("Amt")
            if amount is None or one.say("ChrgInclInd") in {"false", "0"}:
                continue
            minor, _ = minor_of(amount)
            total += -minor if one.say("CdtDbtInd") == "CRDT" else minor
    return total


def _written(details: Element) -> Iterator[str]:
    """What leads to a plan, the surest first: the end-to-end id, the creditor's reference, the mandate, free words."""
    for path in (("Refs", "EndToEndId"), ("Refs", "MndtId")):
        found = details.say(*path)
        if found is not None:
            yield found
    remittance = details.find("RmtInf")
    if remittance is not None:
        for one in remittance.all("Strd"):
            reference = one.say("CdtrRefInf", "Ref") or one.say("CdtrRefInf", "CdtrRef")
            if reference is not None:
                yield reference
        for one in remittance.all("Ustrd"):
            yield one.text
    words = details.say("AddtlTxInf") or details.say("AddtlNtryInf")
    if words is not None:
        yield words


def _party(details: Element, *, incoming: bool) -> str | None:
    side = "Dbtr" if incoming else "Cdtr"
    return details.say("RltdPties", side, "Nm") or details.say("RltdPties", side, "Pty", "Nm")


def _check_summary(root: Element, counted: int, came: int, went: int, currency: str | None) -> None:
    summary = root.find("TxsSummry")
    if summary is None or currency is None:
        return
    for path, number, total in (
        ("TtlNtries", counted, came + went),
        ("TtlCdtNtries", None, came),
        ("TtlDbtNtries", None, went),
    ):
        part = summary.find(path)
        if part is None:
            continue
        told = part.find("Sum")
        if told is not None:
            minor, _ = minor_of(
                Element(
                    name="Sum", namespace="", line=told.line, at=told.at, attributes={"Ccy": currency}, text=told.text
                )
            )
            if minor != total:
                raise part.wrong(
                    "The entries do not come to this sum.",
                    code="control_sum",
                    value=told.text,
                    hint=f"they come to {total} minor units",
                )
        if number is not None and part.say("NbOfNtries") not in {None, str(number)}:
            raise part.wrong(
                "There are not so many entries.", code="control_sum", value=part.say("NbOfNtries"), hint=str(number)
            )


def _balance(root: Element, currency: str | None, *kinds: str) -> int | None:
    """The first balance of one of these kinds, signed; the closing one of the day before is the opening one."""
    for kind in kinds:
        for one in root.all("Bal"):
            if one.say("Tp", "CdOrPrtry", "Cd") == kind:
                minor, told_in = _amount(one)
                if currency in {None, told_in}:
                    return minor if _incoming(one) else -minor
    return None


def _amount(root: Element) -> tuple[int, str]:
    amount = root.find("Amt")
    if amount is None:
        raise root.wrong("Amt is missing.", code="missing_element")
    return minor_of(amount)


def _incoming(root: Element) -> bool:
    found = root.need("CdtDbtInd")
    if found not in {"CRDT", "DBIT"}:
        raise root.wrong("Credit or debit?", code="invalid_indicator", value=found, hint="CRDT or DBIT")
    return found == "CRDT"


def _day(entry: Element, name: str) -> Day:
    text = entry.say(name, "Dt") or entry.need(name, "DtTm")
    try:
        return parse_date(text[:10])
    except InvalidInput:
        raise entry.wrong(
            f"{name} is no date.", code="invalid_date", value=text[:40], hint="such as 2026-11-30"
        ) from None


def _name(known: str, number: int) -> str:
    """A short name for what something is known by."""
    return hashlib.sha256(f"{known}|{number}".encode()).hexdigest()[:32]
