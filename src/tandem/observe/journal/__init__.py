"""The journal: one ordered, durable, tamper-evident book of everything that happened."""

from tandem.observe.journal.awaiting import AsyncJournal
from tandem.observe.journal.backup import Manifest, back_up, restore
from tandem.observe.journal.companions import Companion
from tandem.observe.journal.damage import Damage, DamageKind, VerificationReport
from tandem.observe.journal.erasure import Erasure, ErasureRegister
from tandem.observe.journal.heads import HeadsFile
from tandem.observe.journal.journal import Journal
from tandem.observe.journal.limits import JournalLimits
from tandem.observe.journal.opening import open_store
from tandem.observe.journal.reading import JournalView
from tandem.observe.journal.receipts import OnDurable, Receipt
from tandem.observe.journal.sqlite_store import SqliteStore
from tandem.observe.journal.store import JournalStore
from tandem.observe.journal.types import Entry, EntryKind, Head, Record
from tandem.observe.journal.verification import verify_store

__all__ = [
    "AsyncJournal",
    "Companion",
    "Damage",
    "DamageKind",
    "Entry",
    "EntryKind",
    "Erasure",
    "ErasureRegister",
    "Head",
    "HeadsFile",
    "Journal",
    "JournalLimits",
    "JournalStore",
    "JournalView",
    "Manifest",
    "OnDurable",
    "Receipt",
    "Record",
    "SqliteStore",
    "VerificationReport",
    "back_up",
    "open_store",
    "restore",
    "verify_store",
]
