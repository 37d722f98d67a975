"""Writing what a bank is to do: pay out (pain.001.001.09) and collect (pain.008.001.08), as the official schemas have it.

The same orders give the same bytes and the same message id, so a file that is made again is known to the bank as the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias
from xml.etree import ElementTree as ET

import msgspec

from tandem.act.bank_files.amounts import amount_text
from tandem.act.bank_files.types import PartyAccount
from tandem.act.lending import AccountId
from tandem.act.products import Day
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import Micros, days_to_date, format_instant, parse_date

__all__ = ["Mandate", "Order", "OrderKind", "Sender", "message_id_of", "write_orders"]

OrderKind: TypeAlias = Literal["payout", "debit"]
_NAMESPACES: Final = {
    "payout": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
    "debit": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08",
}
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{1,30}\Z", re.ASCII)
_BIC: Final = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\Z", re.ASCII)
_MANDATE: Final = re.compile(r"[A-Za-z0-9+?/:().,' -]{1,35}\Z", re.ASCII)
_CODE: Final = re.compile(r"[A-Z0-9]{1,4}\Z", re.ASCII)
_SCHEME_ID: Final = re.compile(r"[A-Za-z0-9]{1,35}\Z", re.ASCII)
_PLAIN: Final = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+\Z")


class Mandate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer signed so that their account may be debited.

    Attributes:
        first: whether nothing was collected under it before.
    """

    id: str
    signed_on: str
    first: bool = False


class Sender(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The lender, as the bank knows them.

    Attributes:
        account: that is paid from, or collected to.
        creditor_id: the scheme's identifier of who collects, such as a SEPA creditor identifier.
        scheme: the local instrument of debits, such as ``CORE``; None where the country's clearing has none.
        service_level: such as ``SEPA``; None where there is none.
    """

    account: PartyAccount
    creditor_id: str | None = None
    scheme: str | None = None
    service_level: str | None = None


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One payment to make or to collect.

    Attributes:
        words: what the other side reads on their statement.
    """

    end_to_end: str
    account: AccountId
    plan: str
    amount_minor: int
    party: PartyAccount
    words: str
    mandate: Mandate | None = None


def message_id_of(kind: OrderKind, orders: Sequence[Order], *, key: str, currency: str, on: Day) -> str:
    """What a file of these orders is called: 32 letters and digits, the same for the same orders under the same key."""
    told = sorted([one.end_to_end, one.amount_minor] for one in orders)
    return f"TD{digest_of_bytes(canonical_bytes([kind, told, key, currency, on]))[:30].upper()}"


def write_orders(
    kind: OrderKind,
    orders: Sequence[Order],
    *,
    message_id: str,
    sender: Sender,
    currency: str,
    on: Day,
    made_at: Micros,
) -> bytes:
    """The file that has ``orders`` done on day ``on``.

    Args:
        orders: at least one, each with an end-to-end id of its own.
        made_at: the time in the file.

    Raises:
        InvalidInput: names the party and the field that no bank would take.
    """
    orders = sorted(orders, key=lambda one: one.end_to_end)
    _check(sender.account, "sender.account")
    for one in orders:
        _check(one.party, f"parties[{one.account}]")
        if kind == "debit" and one.mandate is None:
            raise InvalidInput(
                "Nobody is debited without a mandate.", code="no_mandate", field=f"parties[{one.account}]"
            )
    root = ET.Element("Document", xmlns=_NAMESPACES[kind])
    body = _in(root, "CstmrCdtTrfInitn" if kind == "payout" else "CstmrDrctDbtInitn")
    total = amount_text(sum(one.amount_minor for one in orders), currency)
    header = _in(body, "GrpHdr")
    _in(header, "MsgId", message_id)
    _in(header, "CreDtTm", format_instant(made_at))
    _in(header, "NbOfTxs", str(len(orders)))
    _in(header, "CtrlSum", total)
    _in(_in(header, "InitgPty"), "Nm", sender.account.name)
    groups = (
        [orders] if kind == "payout" else [[one for one in orders if _first(one) is first] for first in (True, False)]
    )
    for number, group in enumerate((group for group in groups if group), 1):
        batch = _in(body, "PmtInf")
        _in(batch, "PmtInfId", f"{message_id}-{number}")
        _in(batch, "PmtMtd", "TRF" if kind == "payout" else "DD")
        _in(batch, "NbOfTxs", str(len(group)))
        _in(batch, "CtrlSum", amount_text(sum(one.amount_minor for one in group), currency))
        if kind == "payout":
            _pay(batch, group, sender, currency, on)
        else:
            _collect(batch, group, sender, currency, on)
    ET.indent(root, " ")
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _pay(batch: ET.Element, orders: Sequence[Order], sender: Sender, currency: str, on: Day) -> None:
    if sender.service_level is not None:
        _in(_in(_in(batch, "PmtTpInf"), "SvcLvl"), "Cd", sender.service_level)
    _in(_in(batch, "ReqdExctnDt"), "Dt", days_to_date(on).isoformat())
    _party(batch, "Dbtr", sender.account)
    _account(batch, "DbtrAcct", sender.account)
    _agent(batch, "DbtrAgt", sender.account)
    _in(batch, "ChrgBr", "SLEV")
    for one in orders:
        order = _in(batch, "CdtTrfTxInf")
        _in(_in(order, "PmtId"), "EndToEndId", one.end_to_end)
        _in(_in(order, "Amt"), "InstdAmt", amount_text(one.amount_minor, currency), Ccy=currency)
        if one.party.bic is not None or one.party.clearing is not None:
            _agent(order, "CdtrAgt", one.party)
        _party(order, "Cdtr", one.party)
        _account(order, "CdtrAcct", one.party)
        _in(_in(order, "RmtInf"), "Ustrd", one.words[:140])


def _collect(batch: ET.Element, orders: Sequence[Order], sender: Sender, currency: str, on: Day) -> None:
    kind = _in(batch, "PmtTpInf")
    if sender.service_level is not None:
        _in(_in(kind, "SvcLvl"), "Cd", sender.service_level)
    if sender.scheme is not None:
        _in(_in(kind, "LclInstrm"), "Cd", sender.scheme)
    _in(kind, "SeqTp", "FRST" if _first(orders[0]) else "RCUR")
    _in(batch, "ReqdColltnDt", days_to_date(on).isoformat())
    _party(batch, "Cdtr", sender.account)
    _account(batch, "CdtrAcct", sender.account)
    _agent(batch, "CdtrAgt", sender.account)
    _in(batch, "ChrgBr", "SLEV")
    if sender.creditor_id is not None:
        known = _in(_in(_in(_in(batch, "CdtrSchmeId"), "Id"), "PrvtId"), "Othr")
        _in(known, "Id", sender.creditor_id)
        if sender.service_level is not None:
            _in(_in(known, "SchmeNm"), "Prtry", sender.service_level)
    for one in orders:
        assert one.mandate is not None, "that was checked"
        order = _in(batch, "DrctDbtTxInf")
        _in(_in(order, "PmtId"), "EndToEndId", one.end_to_end)
        _in(order, "InstdAmt", amount_text(one.amount_minor, currency), Ccy=currency)
        mandate = _in(_in(order, "DrctDbtTx"), "MndtRltdInf")
        _in(mandate, "MndtId", one.mandate.id)
        _in(mandate, "DtOfSgntr", one.mandate.signed_on)
        _agent(order, "DbtrAgt", one.party)
        _party(order, "Dbtr", one.party)
        _account(order, "DbtrAcct", one.party)
        _in(_in(order, "RmtInf"), "Ustrd", one.words[:140])


def _first(order: Order) -> bool:
    return order.mandate is not None and order.mandate.first


def _party(root: ET.Element, name: str, party: PartyAccount) -> None:
    _in(_in(root, name), "Nm", party.name)


def _account(root: ET.Element, name: str, party: PartyAccount) -> None:
    known = _in(_in(root, name), "Id")
    if party.iban is not None:
        _in(known, "IBAN", party.iban)
    else:
        _in(_in(known, "Othr"), "Id", party.number or "")


def _agent(root: ET.Element, name: str, party: PartyAccount) -> None:
    known = _in(_in(root, name), "FinInstnId")
    if party.bic is not None:
        _in(known, "BICFI", party.bic)
    elif party.clearing is not None:
        _in(_in(known, "ClrSysMmbId"), "MmbId", party.clearing)
    else:
        _in(_in(known, "Othr"), "Id", "NOTPROVIDED")


def _in(root: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    found = ET.SubElement(root, name, attributes)
    found.text = text
    return found


def _check(party: PartyAccount, field: str) -> None:
    def wrong(name: str, words: str, value: str | None, hint: str) -> InvalidInput:
        return InvalidInput(words, code="invalid_party", field=f"{field}.{name}", value=value, hint=hint)

    if not 1 <= len(party.name) <= 140 or not _PLAIN.match(party.name):
        raise wrong(
            "name", "A name has 1 to 140 characters, none of them a control character.", None, "as the bank has it"
        )
    if (party.iban is None) == (party.number is None):
        raise wrong("iban", "An account has an IBAN or another number.", None, "give one of iban and number")
    if party.iban is not None and (not _IBAN.match(party.iban) or not _sound(party.iban)):
        raise wrong("iban", "This is no IBAN.", None, "two letters, two check digits; no spaces; a digit may be wrong")
    if party.number is not None and (not 1 <= len(party.number) <= 34 or not _PLAIN.match(party.number)):
        raise wrong("number", "An account number has 1 to 34 characters.", None, "without spaces")
    if party.bic is not None and not _BIC.match(party.bic):
        raise wrong("bic", "This is no BIC.", party.bic, "eight or eleven letters and digits")
    if party.clearing is not None and (not 1 <= len(party.clearing) <= 35 or not _PLAIN.match(party.clearing)):
        raise wrong("clearing", "A clearing number has 1 to 35 characters.", party.clearing, "such as a CNAPS code")


def _check_sender(sender: Sender) -> None:
    _check(sender.account, "sender.account")
    for name, value, allowed in (
        ("creditor_id", sender.creditor_id, _SCHEME_ID),
        ("scheme", sender.scheme, _CODE),
        ("service_level", sender.service_level, _CODE),
    ):
        if value is not None and not allowed.match(value):
            raise InvalidInput(
                "No bank would take this.", code="invalid_party", field=f"sender.{name}", value=value[:40],
                hint="letters and digits; a code has at most four",
            )  # fmt: skip


def _check_mandate(mandate: Mandate | None, field: str) -> None:
    if mandate is None:
        raise InvalidInput("Nobody is debited without a mandate.", code="no_mandate", field=field)
    if not _MANDATE.match(mandate.id):
        raise InvalidInput(
            "This is no mandate's id.", code="invalid_party", field=f"{field}.mandate.id", value=mandate.id[:40],
            hint="1 to 35 letters, digits and + ? / : ( ) . , ' -",
        )  # fmt: skip
    parse_date(mandate.signed_on)


def _sound(iban: str) -> bool:
    return int("".join(str(int(one, 36)) for one in iban[4:] + iban[:4])) % 97 == 1
