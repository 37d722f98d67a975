"""Bank files: what is paid out and collected, in ISO 20022, and what the bank says came of it, reconciled to the cent."""

from tandem.act.bank_files.changes import (
    Agreed,
    Assigned,
    BankChange,
    Declined,
    DeclineReason,
    FileTaken,
    ItemTaken,
    Ordered,
    Outcome,
    PartyKept,
    Sent,
    StatusTaken,
    Sum,
)
from tandem.act.bank_files.desk import BankDesk, FileOut
from tandem.act.bank_files.errors import BadFile
from tandem.act.bank_files.folding import BankBooks, Item, OrderState, Standing
from tandem.act.bank_files.matching import Match, match
from tandem.act.bank_files.ordering import Left, Wanted
from tandem.act.bank_files.pain_writing import Mandate, Order, OrderKind, Sender, message_id_of, write_orders
from tandem.act.bank_files.reading import BankFile, read_bank_file
from tandem.act.bank_files.references import Reference, find_references, order_id, read_reference, reference_of
from tandem.act.bank_files.taking import Told
from tandem.act.bank_files.types import BankStatement, PartyAccount, StatusReport, Transaction, TransactionStatus
from tandem.act.bank_files.xml_reading import BYTES_MAX, Element, read_xml

__all__ = [
    "BYTES_MAX",
    "Agreed",
    "Assigned",
    "BadFile",
    "BankBooks",
    "BankChange",
    "BankDesk",
    "BankFile",
    "BankStatement",
    "DeclineReason",
    "Declined",
    "Element",
    "FileOut",
    "FileTaken",
    "Item",
    "ItemTaken",
    "Left",
    "Mandate",
    "Match",
    "Order",
    "OrderKind",
    "OrderState",
    "Ordered",
    "Outcome",
    "PartyAccount",
    "PartyKept",
    "Reference",
    "Sender",
    "Sent",
    "Standing",
    "StatusReport",
    "StatusTaken",
    "Sum",
    "Told",
    "Transaction",
    "TransactionStatus",
    "Wanted",
    "find_references",
    "match",
    "message_id_of",
    "order_id",
    "read_bank_file",
    "read_reference",
    "read_xml",
    "reference_of",
    "write_orders",
]
