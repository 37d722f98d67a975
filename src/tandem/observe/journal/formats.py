"""Whose journal a database holds, in which format, and how an older format becomes the present one.

A migration changes tables and indexes, never a record: the chain covers content and order, not how a database lays them
out, so a migrated journal verifies exactly as before, and a migration that touched a record would be told as damage.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tandem.kernel.errors import Refused
from tandem.observe.journal.store import JournalStore
from tandem.prove.privacy import Vault

__all__ = ["MIGRATIONS", "Migration", "bring_up_to_date", "claim"]

_FORMAT = "format_version"


class Migration(msgspec.Struct, frozen=True, kw_only=True):
    """The statements that take a journal from one format to the next, for each database."""

    sqlite: str
    postgres: str


_RARE_KINDS = """
CREATE INDEX IF NOT EXISTS record_case ON record (seq) WHERE kind = 'case';
CREATE INDEX IF NOT EXISTS record_audit ON record (seq) WHERE kind = 'audit';
"""

_ACCOUNTS = "CREATE INDEX IF NOT EXISTS record_account ON record (seq) WHERE kind = 'account';"

_CARE = """
CREATE INDEX IF NOT EXISTS record_contact ON record (seq) WHERE kind = 'contact';
CREATE INDEX IF NOT EXISTS record_warning ON record (seq) WHERE kind = 'warning';
CREATE INDEX IF NOT EXISTS record_limit_review ON record (seq) WHERE kind = 'limit_review';
CREATE INDEX IF NOT EXISTS record_customer ON record (seq) WHERE kind = 'customer';
CREATE INDEX IF NOT EXISTS record_bank ON record (seq) WHERE kind = 'bank';
CREATE INDEX IF NOT EXISTS record_provision ON record (seq) WHERE kind = 'provision';
"""

_OFFERS = "CREATE INDEX IF NOT EXISTS record_offer ON record (seq) WHERE kind = 'offer';"

MIGRATIONS: Mapping[int, Migration] = {
    1: Migration(sqlite=_RARE_KINDS, postgres=_RARE_KINDS),
    2: Migration(sqlite=_ACCOUNTS, postgres=_ACCOUNTS),
    3: Migration(sqlite=_CARE, postgres=_CARE),
    4: Migration(sqlite=_OFFERS, postgres=_OFFERS),
}
"""Format to the migration that leads out of it. Format 2 knows cases and audits, format 3 accounts, format 4 contacts, warnings,
reviews of limits, what customers do in their own channel, bank files and provisions, format 5 offers: all folded at a start."""


def bring_up_to_date(store: JournalStore, migrations: Mapping[int, Migration] = MIGRATIONS) -> None:
    """Take ``store`` to the newest format, one step and one transaction at a time.

    Raises:
        Refused: a newer Tandem wrote this journal.
        Unavailable: a migration failed; the journal stands in the last format that was reached, whole.
    """
    newest = max(migrations, default=0) + 1
    while (found := int(store.meta(_FORMAT) or 1)) != newest:
        if found > newest:
            raise Refused(
                f"This journal has format {found}; this version of Tandem knows formats up to {newest}.",
                code="newer_format",
                hint="start it with the version that wrote it, or a later one",
            )
        migration = migrations[found]
        script = migration.sqlite if store.dialect == "sqlite" else migration.postgres
        store.migrate(script, {_FORMAT: str(found + 1)})


def claim(store: JournalStore, vault: Vault) -> None:
    """Bind a new store to the vault's workspace and key.

    Raises:
        Refused: it is bound to others.
    """
    facts = {_FORMAT: "1", "workspace": vault.workspace, "master_key_check": vault.check_value}
    for name, ours in facts.items():
        theirs = store.meta(name)
        if theirs is None:
            store.set_meta(name, ours)
        elif theirs != ours and name != _FORMAT:
            raise Refused(
                f"This journal was written under another {name.replace('_', ' ')}.",
                code=f"other_{name}",
                hint="start with the workspace and the master key it belongs to",
            )
