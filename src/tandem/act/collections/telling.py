"""Telling who is not late something, by the same door: the governor judges it like any contact, and the outbox sends it.

A programme of offers decides what is told to whom; this says how somebody can be reached, what stands against a message now, and lets
it out once for its key.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tandem.act.collections.automatic import point_for
from tandem.act.collections.changes import SYSTEM
from tandem.act.collections.conduct import Blocked, judge
from tandem.act.collections.desk import CollectionsDesk
from tandem.act.collections.file import ContactId, DebtorFile, Wanted
from tandem.act.collections.governor import Judged
from tandem.act.collections.types import AUTOMATIC, Channel, Purpose
from tandem.act.lending import Account
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Pseudonym

__all__ = ["Said", "Telling"]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What is told.

    Attributes:
        template: who wrote it, by name.
    """

    account: str
    owner: Pseudonym
    channel: Channel
    purpose: Purpose
    language: Literal["en", "zh-CN"]
    template: str
    subject: str | None
    text: str


class Telling:
    """Safe to call from several threads."""

    def __init__(self, desk: CollectionsDesk) -> None:
        self._desk = desk

    def file(self, account: Account) -> DebtorFile:
        """The file of the owner of ``account``, who need not be late; contact details of their application are taken once."""
        return self._desk.know(account)

    def known(self, account: Account) -> DebtorFile | None:
        """The same, where it is there already."""
        return self._desk.look(lambda files: files.file(account.owner) if account.account_id in files.work else None)

    def collected(self, owner: Pseudonym) -> bool:
        """Whether an account of theirs is in collections, late or soon due."""
        return self._desk.look(lambda files: any(files.work[one].is_in for one in files.accounts_of.get(owner, ())))

    def channels(self, file: DebtorFile) -> tuple[Channel, ...]:
        """By which they can be reached without a person, and there is a way out."""
        ways = sorted(AUTOMATIC & self._desk.outgoing.channels)
        return tuple(one for one in ways if one not in file.off and point_for(file, one) is not None)

    def against(self, said: Said) -> str | None:
        """The rule that stands against it now; nothing is recorded. Consent is asked about as it is told."""
        with self._desk.book.lock:
            files, now = self._desk.book.now, self._desk.clock.now()
            work, file = files.work.get(said.account), files.file(said.owner)
            wanted = None if work is None else self._wanted(said, file)
            if work is None or wanted is None:
                return "not_their_point"
            rules = self._desk.rulebook.rules_for(work.product)
            wanted = msgspec.structs.replace(wanted, agreed=True)
            found = judge(wanted, file, files.at_point.get(wanted.point, ()), rules, now)
        return found.first.rule if isinstance(found, Blocked) else None

    def tell(self, said: Said, *, key: str) -> Judged:
        """Let it out, or have it on record with the rule that stood against it; once for ``key``.

        Raises:
            NotFound: they cannot be reached by the channel any more. Conflict: the key was used for something else.
            Unavailable: it may not have been written; asking again finds out.
        """
        wanted = self._desk.look(lambda files: self._wanted(said, files.file(said.owner)))
        if wanted is None:
            raise NotFound("They cannot be reached by this.", code="no_point", field="channel", value=said.channel)
        return self._desk.governor.want(
            wanted, key=f"offer:{key}", by=SYSTEM, subject=said.subject, template=said.template
        )

    def stopped(self, contact: str) -> str | None:
        """The rule by which a contact was withdrawn before it left; None where it was not."""
        return self._desk.look(lambda files: files.withdrawn.get(ContactId(contact)))

    @staticmethod
    def _wanted(said: Said, file: DebtorFile) -> Wanted | None:
        point = point_for(file, said.channel)
        if point is None:
            return None
        return Wanted(
            debtor=said.owner, account=said.account, channel=said.channel, point=point, purpose=said.purpose, step="offer",
            text=f"{said.subject or ''}\n{said.text}".strip(), language=said.language,
        )  # fmt: skip
