"""Which message a file is, and what it says."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from tandem.act.bank_files.camt import read_camt
from tandem.act.bank_files.errors import BadFile
from tandem.act.bank_files.pain_002 import read_pain_002
from tandem.act.bank_files.types import BankStatement, Message, StatusReport
from tandem.act.bank_files.xml_reading import Element, read_xml
from tandem.kernel.canonical import digest_of_bytes
from tandem.kernel.identity import Digest

__all__ = ["BankFile", "read_bank_file"]

_NAMESPACE: Final = re.compile(r"urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3})\.(\d{3})\.(\d{2})\Z")
_ENVELOPE_DEEP: Final = 3


class BankFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a bank, read.

    Attributes:
        version: such as ``camt.053.001.08``.
        digest: of its bytes.
        statements: of a camt message; report: of a pain.002.
    """

    message: Message
    version: str
    message_id: str
    digest: Digest
    statements: tuple[BankStatement, ...] = ()
    report: StatusReport | None = None


def read_bank_file(data: bytes) -> BankFile:
    """What ``data`` says: a camt.053, a camt.054 or a pain.002, of any version, alone or in an envelope.

    Raises:
        BadFile: it is none of these, cannot be read, or contradicts itself.
    """
    document = _document(read_xml(data), _ENVELOPE_DEEP)
    read = None if document is None else _NAMESPACE.match(document.namespace)
    if document is None or read is None:
        raise BadFile(
            "This is no ISO 20022 message.",
            code="unknown_message",
            value=None if document is None else document.namespace[:80],
            hint="a Document in a namespace such as urn:iso:std:iso:20022:tech:xsd:camt.053.001.08",
        )
    message, version = read[1], f"{read[1]}.{read[2]}.{read[3]}"
    digest = digest_of_bytes(data)
    if message == "pain.002":
        message_id, report = read_pain_002(document)
        return BankFile(message="pain.002", version=version, message_id=message_id, digest=digest, report=report)
    camt: Message | None = {"camt.053": "camt.053", "camt.054": "camt.054"}.get(message)  # type: ignore[assignment]
    if camt is not None:
        message_id, statements = read_camt(document, camt, name=digest)
        return BankFile(
            message=camt, version=version, message_id=message_id, digest=digest, statements=tuple(statements)
        )
    raise BadFile(
        "This message is not one that is taken.", code="unknown_message", value=version,
        hint="camt.053 (statement), camt.054 (notification) or pain.002 (status report)",
    )  # fmt: skip


def _document(root: Element, deep: int) -> Element | None:
    if root.name == "Document":
        return root
    if not deep:
        return None
    return next((found for one in root.children if (found := _document(one, deep - 1)) is not None), None)
