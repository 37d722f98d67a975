"""The governor: the only door a contact leaves by.

A contact is judged twice under the book's lock: when it is wanted, and again right before it goes out, when its sending is
written down before anything leaves. Only then is there a ``Permit``, which nothing but this module can make, which is good
for one use and a minute, and without which no channel sends. Two workers who want the fourth call at once ask one after
the other, and the second one is told the rule.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Literal

import msgspec

from tandem.act.books import Book, Draft, Request
from tandem.act.collections.changes import (
    Change,
    ContactAbout,
    ContactBlocked,
    ContactEnded,
    ContactSent,
    ContactWanted,
    Ending,
    PointMoved,
    Sealed,
    decode_change,
    decode_sealed,
    encode_sealed,
)
from tandem.act.collections.conduct import ALLOWED, Allowed, Blocked, Verdict, built_in, judge
from tandem.act.collections.file import ContactId, Past, PointId, Wanted
from tandem.act.collections.folding import Files
from tandem.act.collections.local_time import day_of
from tandem.act.collections.rules import RuleSet
from tandem.act.collections.types import Channel, Choice, Purpose, Situation
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import Conflict, NotFound, Refused
from tandem.kernel.identity import EntityKind, Entropy, Pseudonym, new_id
from tandem.kernel.time import SECOND, Clock, Micros

__all__ = ["PERMIT_FOR", "AgainstOffer", "Governor", "Judged", "Permit", "RulesOf"]

RulesOf = Callable[[str], RuleSet | None]
"""The conduct rules for accounts of a product, by its name; None where none are in force."""

AgainstOffer = Callable[[Pseudonym, str, Purpose], str | None]
"""Why nothing is to be offered to a customer about an account now, by the name of a built-in rule; None: nothing stands against
it, and where the purpose needs their consent, they gave it. Asked before the book is locked, when it is wanted and as it leaves."""

PERMIT_FOR: Final = 60 * SECOND
"""How long a permit is good for; a contact is judged for all of it."""
_SEAL: Final = object()
_SAID: Final = EntityKind("collections_words")


class Permit:
    """That one contact may go out now: to whom, and what is said. Made by the governor alone, used once.

    Attributes:
        address: the number or the address itself.
        subject, text: None where a person speaks.
    """

    __slots__ = ("_lock", "_until", "_used", "address", "channel", "contact", "language", "subject", "text")

    def __init__(
        self,
        seal: object,
        *,
        contact: ContactId,
        channel: Channel,
        address: str,
        language: Literal["en", "zh-CN"],
        subject: str | None,
        text: str | None,
        until: Micros,
    ) -> None:
        if seal is not _SEAL:
            raise TypeError("only the governor gives permits")
        self.contact, self.channel, self.address = contact, channel, address
        self.language, self.subject, self.text = language, subject, text
        self._until, self._used, self._lock = until, False, threading.Lock()

    def take(self, channel: Channel, now: Micros) -> None:
        """Use it, right before something leaves by ``channel``.

        Raises:
            Refused: it was used, has lapsed, or is for another channel.
        """
        with self._lock:
            if self._used or now > self._until or channel != self.channel:
                raise Refused("This permit is used up, lapsed, or for another channel.", code="no_permit")
            self._used = True


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What came of wanting a contact.

    Attributes:
        again: it was wanted before, under the same key.
    """

    contact: ContactId
    verdict: Verdict
    again: bool = False


class Governor:
    """Judges and lets out. Safe to call from several threads.

    Args:
        book: of collections; its lock is what makes two workers ask one after the other.
        against_offer: what stands against an offer; without it none leaves.
    """

    def __init__(
        self,
        process: DecisionProcess,
        book: Book[Files, Change],
        rules_of: RulesOf,
        *,
        clock: Clock,
        entropy: Entropy,
        against_offer: AgainstOffer | None = None,
    ) -> None:
        self._process = process
        self._book = book
        self._rules_of = rules_of
        self._clock = clock
        self._entropy = entropy
        self._against_offer = against_offer or _nobody

    def want(
        self,
        wanted: Wanted,
        *,
        key: str,
        by: str,
        subject: str | None = None,
        template: str | None = None,
        choice: Choice | None = None,
        situation: Situation | None = None,
    ) -> Judged:
        """Ask to make a contact: it is on its way from here on, or blocked, and either is on record.

        Args:
            wanted: ``text`` holds all that is said, the subject too.
            key: of who asks; the same contact under it again is no second one.

        Raises:
            NotFound: the account never was in collections. Conflict: the key was used for something else.
            Unavailable: it may not have been written; asking again finds out.
        """
        contact = ContactId(new_id("con", self._clock, self._entropy))
        against = self._against(wanted)

        def draft(files: Files, now: Micros) -> Draft[Change]:
            work = files.work.get(wanted.account)
            if work is None or work.debtor != wanted.debtor:
                raise NotFound(
                    "This account is not in collections.",
                    code="not_in_collections",
                    field="account",
                    value=wanted.account,
                )
            rules = self._rules_of(work.product)
            file = files.file(wanted.debtor)
            point = file.points.get(wanted.point)
            about = ContactAbout(
                account=wanted.account, channel=wanted.channel, point=wanted.point,
                whose="debtor" if point is None else point.whose, purpose=wanted.purpose, step=wanted.step,
                rules=None if rules is None else rules.name, template=template, agency=wanted.agency, choice=choice,
                situation=situation,
            )  # fmt: skip
            verdict = against or judge(_agreed(wanted), file, files.at_point.get(wanted.point, ()), rules, now)
            secret = encode_sealed(Sealed(subject=subject, text=wanted.text)) if wanted.text or subject else None
            change: Change
            if isinstance(verdict, Blocked):
                change = ContactBlocked(
                    debtor=wanted.debtor,
                    by=by,
                    contact=contact,
                    about=about,
                    rule=verdict.first.rule,
                    blocks=verdict.blocks,
                )
            else:
                change = ContactWanted(debtor=wanted.debtor, by=by, contact=contact, about=about)
            return Draft(change=change, owner=wanted.debtor, secret=secret)

        asked = {
            name: value
            for name, value in msgspec.to_builtins(wanted).items()
            if value is not None and name not in {"contact", "agreed"}
        }
        # Its digest stands in the readable part, where words could be found out by guessing.
        said = self.hidden([asked.pop("text", None), subject])
        written = self._book.ask(Request(key=key, asked=[asked, said, template], draft=draft))
        return _judged_by(written.change, again=written.again)

    def wanted_under(self, key: str) -> Judged | None:
        """What came of the contact that was wanted under ``key``; None where none was.

        Raises:
            Unavailable: the journal does not answer.
        """
        with self._book.lock:
            _ = self._book.now  # a journal that broke is mended by that, before it is asked
            known = self._process.journal.find_with_receipt("contact", key)
        if known is None:
            return None
        record, receipt = known
        if receipt is not None:
            receipt.wait()
        return _judged_by(decode_change(record.clear), again=True)

    def release(self, contact: ContactId, *, by: str) -> Permit | Blocked:
        """Let a wanted contact out, now: it is judged again, and its sending is on record when this returns.

        Raises:
            NotFound: it was never wanted. Conflict: it is out, or over.
            Unavailable: it may not have been written; then it is looked at again after a start.
        """
        subject, text, address = self._said(contact)
        against = self._against_past(contact)
        verdict: list[Verdict] = []

        def drafts(files: Files, now: Micros) -> list[Draft[Change]]:
            past = files.waiting.get(contact)
            if past is None:
                raise Conflict("This contact is out, or over.", code="contact_over", field="contact", value=contact)
            verdict.append(against or self._judged(files, past, text, address, now))
            found = verdict[-1]
            if isinstance(found, Allowed):
                return [Draft(change=ContactSent(debtor=past.debtor, by=by, contact=contact), owner=past.debtor)]
            about = files.made_by[contact].about
            rule = found.first.rule
            ended = ContactEnded(debtor=past.debtor, by=by, contact=contact, state="withdrawn", why=rule)
            blocked = ContactBlocked(
                debtor=past.debtor, by=by, contact=contact, about=about, rule=rule, blocks=found.blocks
            )
            return [Draft(change=one, owner=past.debtor) for one in (ended, blocked)]

        written = self._book.write(drafts)
        found = verdict[-1]
        if isinstance(found, Blocked):
            return found
        return self._permit(contact, subject, text, address or "", written[0].at)

    def renew(self, contact: ContactId) -> Permit | Blocked:
        """A permit for a contact that was let out before a crash, to a gateway that does the same contact only once.

        Raises:
            Conflict: it is not out.
        """
        subject, text, address = self._said(contact)
        against = self._against_past(contact)
        with self._book.lock:
            files, now = self._book.now, self._clock.now()
            past = files.handed.get(contact)
            if past is None:
                raise Conflict("This contact is not out.", code="contact_over", field="contact", value=contact)
            found = against or self._judged(files, past, text, address, now)
        return found if isinstance(found, Blocked) else self._permit(contact, subject, text, address or "", now)

    def end(
        self, contact: ContactId, state: Ending, *, by: str, why: str = "", minutes: float = 0.0, invalid: bool = False
    ) -> Past:
        """Say what came of a contact that was let out; what was said before may be put right.

        Args:
            minutes: a person's time.
            invalid: the number is nobody's: it is not used again.

        Raises:
            NotFound: there is no such contact. Conflict: it never left.
        """

        def drafts(files: Files, _now: Micros) -> list[Draft[Change]]:
            past = files.contacts.get(contact)
            if past is None:
                raise _unknown(contact)
            if past.state in {"wanted", "withdrawn"} and state != "withdrawn":
                raise Conflict("This contact never left.", code="contact_over", field="contact", value=contact)
            found: list[Change] = [
                ContactEnded(debtor=past.debtor, by=by, contact=contact, state=state, why=why, minutes=minutes)
            ]
            if invalid:
                found.append(PointMoved(debtor=past.debtor, by=by, point=past.point, invalid=True))
            elif state == "refused" and past.whose == "third_party":
                found.append(PointMoved(debtor=past.debtor, by=by, point=past.point, refused=True))
            return [Draft(change=one, owner=past.debtor) for one in found]

        self._book.write(drafts)
        with self._book.lock:
            return self._book.now.contacts[contact]

    def value_of(self, debtor: Pseudonym, point: PointId) -> str | None:
        """The number or address behind a pseudonym; None where it was erased or never given."""
        with self._book.lock:
            place = self._book.now.point_places.get((debtor, point))
        return None if place is None else self._sealed(place).value

    def hidden(self, said: object) -> str:
        """A digest of what was said that nobody outside can guess from candidates: it is keyed."""
        return self._process.vault.pseudonym(_SAID, canonical_bytes(said).decode())

    # -- inside --------------------------------------------------------------------------------------------------

    def _against(self, wanted: Wanted) -> Blocked | None:
        """What stands against an offer that no file knows; asked without the book's lock, for other books are read for it."""
        if wanted.step != "offer":
            return None
        found = self._against_offer(wanted.debtor, wanted.account, wanted.purpose)
        return None if found is None else built_in(found)

    def _against_past(self, contact: ContactId) -> Blocked | None:
        with self._book.lock:
            past = self._book.now.contacts.get(contact)
        if past is None or past.step != "offer":
            return None
        found = self._against_offer(past.debtor, past.account, past.purpose)
        return None if found is None else built_in(found)

    def _judged(self, files: Files, past: Past, text: str | None, address: str | None, now: Micros) -> Verdict:
        """For all the time that a permit would be good for."""
        made = files.made_by[past.contact]
        about, work = made.about, files.work[past.account]
        file = files.file(past.debtor)
        wanted = Wanted(
            debtor=past.debtor, account=past.account, channel=past.channel, point=past.point, purpose=past.purpose,
            step=past.step, text=text, language=file.language, agency=about.agency, contact=past.contact,
        )  # fmt: skip
        wanted, at_point = _agreed(wanted), files.at_point.get(past.point, ())
        rules = (
            self._rules_of(work.product) if address is not None else None
        )  # erased: nobody is to be reached any more
        stale = None if rules is None else _stale(past, files, file.zone or rules.zones[0], now)
        if stale is not None:
            return built_in(stale)
        found = judge(wanted, file, at_point, rules, now)
        return found if isinstance(found, Blocked) else judge(wanted, file, at_point, rules, Micros(now + PERMIT_FOR))

    def _said(self, contact: ContactId) -> tuple[str | None, str | None, str | None]:
        with self._book.lock:
            files = self._book.now
            place = files.place_of.get(contact)
            if place is None:
                raise _unknown(contact)
            past = files.contacts[contact]
        sealed = self._sealed(place)
        return sealed.subject, sealed.text, self.value_of(past.debtor, past.point)

    def _sealed(self, place: int) -> Sealed:
        record = next(iter(self._process.journal.at([place])), None)
        secret = None if record is None else self._process.journal.open_secret(record)
        return decode_sealed(secret) if isinstance(secret, bytes) else Sealed()

    def _permit(self, contact: ContactId, subject: str | None, text: str | None, address: str, now: Micros) -> Permit:
        with self._book.lock:
            past = self._book.now.contacts[contact]
            language = self._book.now.file(past.debtor).language
        return Permit(
            _SEAL, contact=contact, channel=past.channel, address=address, language=language, subject=subject, text=text,
            until=Micros(now + PERMIT_FOR),
        )  # fmt: skip


def _judged_by(change: Change, *, again: bool) -> Judged:
    if isinstance(change, ContactBlocked):
        return Judged(contact=change.contact, verdict=Blocked(change.blocks), again=again)
    assert isinstance(change, ContactWanted), "under such a key stands nothing else"
    return Judged(contact=change.contact, verdict=ALLOWED, again=again)


def _stale(past: Past, files: Files, zone: str, now: Micros) -> str | None:
    """Why what was wanted is not to be said any more, by the name of a built-in rule; None where it still is."""
    work = files.work[past.account]
    if past.step != "offer":  # whose account never was in collections
        if not work.is_in:
            return "stale_left"
        promise = work.open_promise
        if promise is not None and promise.seq > files.place_of[past.contact]:
            return "stale_promise"
    return None if day_of(past.at, zone) == day_of(now, zone) else "stale_day"


def _agreed(wanted: Wanted) -> Wanted:
    """An offer that nothing stands against was agreed to, where that is needed."""
    return msgspec.structs.replace(wanted, agreed=True) if wanted.step == "offer" else wanted


def _nobody(owner: Pseudonym, account: str, purpose: Purpose) -> str:
    del owner, account, purpose
    return "offer_to_nobody"


def _unknown(contact: ContactId) -> NotFound:
    return NotFound("No contact has this id.", code="unknown_contact", field="contact", value=contact)
