"""Reading payment status reports (pain.002): what became of what we asked for."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.act.bank_files.amounts import minor_of
from tandem.act.bank_files.types import StatusReport, TransactionStatus
from tandem.act.bank_files.xml_reading import Element

__all__ = ["read_pain_002"]


def read_pain_002(document: Element) -> tuple[str, StatusReport]:
    """The message id and the report in ``document``. A batch's status counts for its orders that have none of their own.

    Raises:
        BadFile: names what is missing.
    """
    root = document.find("CstmrPmtStsRpt")
    if root is None:
        raise document.wrong("There is no CstmrPmtStsRpt.", code="missing_element")
    group = root.find("OrgnlGrpInfAndSts")
    if group is None:
        raise root.wrong("OrgnlGrpInfAndSts is missing.", code="missing_element")
    return root.need("GrpHdr", "MsgId"), StatusReport(
        original=group.need("OrgnlMsgId"),
        status=group.say("GrpSts"),
        reason=_reason(group),
        orders=tuple(order for batch in root.all("OrgnlPmtInfAndSts") for order in _orders(batch)),
    )


def _orders(batch: Element) -> Iterator[TransactionStatus]:
    for one in batch.all("TxInfAndSts"):
        status = one.say("TxSts") or batch.say("PmtInfSts")
        if status is None:
            continue
        amount = one.find("OrgnlTxRef", "Amt", "InstdAmt") or one.find("OrgnlTxRef", "InstdAmt")
        minor, currency = (None, None) if amount is None else minor_of(amount)
        yield TransactionStatus(
            at=one.at,
            line=one.line,
            end_to_end=one.say("OrgnlEndToEndId"),
            status=status,
            reason=_reason(one) or _reason(batch),
            amount_minor=minor,
            currency=currency,
        )


def _reason(root: Element) -> str | None:
    found = root.find("StsRsnInf", "Rsn")
    return None if found is None else found.say("Cd") or found.say("Prtry")
