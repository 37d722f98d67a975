"""From the facts of one decision to a letter in blocks. Pure: the same facts, artefacts and language give the same letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from tandem.decide.letters import words
from tandem.decide.letters.definitions import LegalPack, LegalVersion, Letter
from tandem.decide.letters.formatting import amount_in_words, date_in_words, day_of
from tandem.decide.letters.words import Language, said
from tandem.decide.models import Wording
from tandem.decide.reasons import Adverse, PrincipalReason
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import Micros

__all__ = ["LetterBlock", "LetterFacts", "PackInEffect", "UsedData", "WrittenLetter", "compose"]

_TOPICS = ("explanation", "review", "correction", "complaint", "notice")


class UsedData(msgspec.Struct, frozen=True, kw_only=True):
    """Facts from one source that a decision looked at.

    Attributes:
        source: key of ``Letter.sources``.
        facts: what they are called.
        simulated: whether a twin answered in the place of a third party.
    """

    source: str
    facts: tuple[Wording, ...]
    simulated: bool = False


class LetterFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a letter says of a decision.

    Attributes:
        reference: the id of the event that was decided on.
        adverse: how it speaks against the applicant; ``reasons``: why, in order.
        asked_minor, granted_minor: amounts, where there are any.
        data: what it looked at.
    """

    decision_id: str
    reference: str
    decided_at: Micros
    adverse: tuple[Adverse, ...]
    reasons: tuple[PrincipalReason, ...]
    data: tuple[UsedData, ...]
    asked_minor: int | None = None
    granted_minor: int | None = None


class LetterBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a letter: ``sender`` and ``note`` are small print around it; ``items`` belong to a list."""

    kind: Literal["sender", "note", "title", "heading", "paragraph", "list"]
    text: str = ""
    items: tuple[str, ...] = ()


class PackInEffect(msgspec.Struct, frozen=True, kw_only=True):
    """A legal pack that spoke, by the version in effect on the day of the decision."""

    name: str
    effective: str
    basis: tuple[str, ...]


class WrittenLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter, before it is HTML or text."""

    letter: str
    language: Language
    title: str
    blocks: tuple[LetterBlock, ...]
    packs: tuple[PackInEffect, ...]


def compose(letter: Letter, packs: Mapping[str, LegalPack], facts: LetterFacts, language: Language) -> WrittenLetter:
    """The letter about a decision.

    Args:
        letter: the lender's words.
        packs: those that the letter names, by name.

    Raises:
        DefinitionError: the packs that were in effect on that day say nothing of a right that must be told.
    """
    day = day_of(facts.decided_at, letter.time_zone)
    spoken = [(name, version) for name in letter.legal if (version := packs[name].version_at(day)) is not None]
    writing = _Writing(letter, spoken, facts, language, date_in_words(day, language))
    silent = [topic for topic in _TOPICS[:-1] if not writing.paragraphs(topic)]
    if silent:
        raise DefinitionError(
            f"On {day.isoformat()} no legal pack of this letter says anything of: {', '.join(silent)}.",
            code="letter_lacks_topic",
            field="legal",
            value=", ".join(letter.legal),
            hint="add a version in effect on that day, or another pack",
        )
    return WrittenLetter(
        letter=letter.name,
        language=language,
        title=writing.title,
        blocks=tuple(writing.blocks()),
        packs=tuple(
            PackInEffect(name=name, effective=version.effective.isoformat(), basis=version.basis)
            for name, version in spoken
        ),
    )


class _Writing:
    """One letter being written."""

    def __init__(
        self,
        letter: Letter,
        spoken: list[tuple[str, LegalVersion]],
        facts: LetterFacts,
        language: Language,
        date: str,
    ) -> None:
        self._letter = letter
        self._spoken = spoken
        self._facts = facts
        self._language = language
        self._places = {
            "lender": said(letter.lender, language),
            "address": said(letter.address, language),
            "contact": said(letter.contact, language),
            "reviewer": said(letter.reviewer, language),
            "complaints": said(letter.complaints, language),
            "product": said(letter.product, language),
            "date": date,
            "reference": facts.reference,
            "asked": self._amount(facts.asked_minor),
            "granted": self._amount(facts.granted_minor),
        }
        self.title = self._say(words.TITLE)

    def blocks(self) -> Iterator[LetterBlock]:
        """Everything, in order."""
        yield LetterBlock(kind="sender", text=f"{self._places['lender']}\n{self._places['address']}")
        yield LetterBlock(kind="note", text=f"{self._places['date']}\n{self._say(words.REFERENCE)}")
        yield LetterBlock(kind="title", text=self.title)
        yield self._paragraph(words.DEAR)
        yield from map(self._paragraph, self._letter.opening)
        for one in self._facts.adverse:
            yield self._paragraph(words.DECIDED[one])
        yield from self._section(
            "reasons", [LetterBlock(kind="list", items=tuple(map(self._reason, self._facts.reasons)))]
        )
        yield from self._section("data", [LetterBlock(kind="list", items=tuple(map(self._used, self._facts.data)))])
        for topic in _TOPICS:
            yield from self._section(topic, [])
        yield from map(self._paragraph, self._letter.closing)
        yield LetterBlock(kind="sender", text=f"{self._places['lender']}\n{self._places['contact']}")

    def paragraphs(self, topic: str) -> list[Wording]:
        """What the packs say under a heading, for this decision."""
        holds: set[str] = {*self._facts.adverse}
        if any(self._letter.sources[one.source].third_party for one in self._facts.data):
            holds.add("third_party")
        return [
            Wording(en=one.en, zh_cn=one.zh_cn)
            for _, version in self._spoken
            for one in version.paragraphs
            if one.topic == topic and (not one.when or not holds.isdisjoint(one.when))
        ]

    def _section(self, topic: str, first: list[LetterBlock]) -> Iterator[LetterBlock]:
        paragraphs = self.paragraphs(topic)
        first = [one for one in first if one.items]
        if not paragraphs and not first:
            return
        yield LetterBlock(kind="heading", text=said(words.HEADINGS[topic], self._language))
        yield from first
        yield from map(self._paragraph, paragraphs)

    def _paragraph(self, one: Wording) -> LetterBlock:
        return LetterBlock(kind="paragraph", text=self._say(one))

    def _say(self, one: Wording, **more: str) -> str:
        return said(one, self._language).format_map({**self._places, **more})

    def _reason(self, one: PrincipalReason) -> str:
        told = said(one.words, self._language)
        if one.advice is None:
            return told
        gap = " " if self._language == "en" else ""
        return f"{told}{gap}{self._say(words.ADVICE, advice=said(one.advice, self._language))}"

    def _used(self, one: UsedData) -> str:
        source = self._letter.sources[one.source]
        who = source.en if self._language == "en" else source.zh_cn
        if source.address is not None:
            address = said(source.address, self._language)
            who = f"{who} ({address})" if self._language == "en" else f"{who}（{address}）"
        if one.simulated:
            who = f"{who} [{said(words.SIMULATED, self._language)}]"
        facts = said(words.JOINED, self._language).join(said(fact, self._language) for fact in one.facts)
        return self._say(words.FROM_SOURCE, source=who, facts=facts)

    def _amount(self, amount_minor: int | None) -> str:
        return "" if amount_minor is None else amount_in_words(amount_minor, self._letter.currency, self._language)
