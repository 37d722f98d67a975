"""The artefacts of a letter: the lender's own words, and dated packs of legal paragraphs.

The law changes on dates and differs by place, so it is data: a pack has versions, each in effect from a day until another, and a
letter names the packs it takes. Words may hold placeholders of a closed set in braces, and nothing else: there is no template
language that could compute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from string import Formatter
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from tandem.decide.models import Wording
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = [
    "PLACEHOLDERS",
    "REQUIRED_TOPICS",
    "DataSource",
    "LegalPack",
    "LegalVersion",
    "Letter",
    "Paragraph",
    "missing_topics",
    "parse_legal_pack",
    "parse_letter",
]

PLACEHOLDERS: Final = (
    "lender", "address", "contact", "reviewer", "complaints", "product", "date", "reference", "asked", "granted",
)  # fmt: skip
"""What words in a letter may name in braces."""
Topic = Literal["reasons", "data", "explanation", "review", "correction", "complaint", "notice"]
REQUIRED_TOPICS: Final[tuple[Topic, ...]] = ("explanation", "review", "correction", "complaint")
"""What the packs of a letter must say something of: the right to an explanation, to a person, to correct data, to complain."""
_PROBLEM = "see docs/reasons-and-letters.md"
_OWN_RECORDS: Final = "own records"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of an artefact: immutable, every key known."""


class Paragraph(_Part, frozen=True, kw_only=True):
    """A paragraph of a pack.

    Attributes:
        topic: under which heading it stands.
        en, zh_cn: the words.
        when: only of letters that say one of these; empty: of all.
    """

    topic: Topic
    en: str
    zh_cn: str = msgspec.field(name="zh-CN")
    when: tuple[Literal["declined", "referred", "lower_limit", "higher_price", "third_party"], ...] = ()


class LegalVersion(_Part, frozen=True, kw_only=True):
    """What a pack says from a day on.

    Attributes:
        effective: the first day; ``until``: the first day no more, None: until further notice.
        basis: the provisions, for lawyers.
    """

    effective: date
    until: date | None = None
    basis: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...]


class LegalPack(_Part, frozen=True, kw_only=True):
    """An artefact: what the law of one place, or the lender's own promise, wants said.

    Attributes:
        name: of the artefact.
        title: for people who choose packs.
        jurisdiction: such as ``CN``, ``EU``, ``US``, or ``own``.
        versions: by ``effective``; no two in effect on one day.
    """

    name: str
    title: Wording
    jurisdiction: str
    versions: tuple[LegalVersion, ...]

    def version_at(self, day: date) -> LegalVersion | None:
        """The version in effect on ``day``; None where there is none."""
        for one in self.versions:
            if one.effective <= day and (one.until is None or day < one.until):
                return one
        return None


class DataSource(_Part, frozen=True, kw_only=True):
    """Where data came from, in words.

    Attributes:
        en, zh_cn: who, such as "the credit bureau".
        third_party: whether it is somebody else than the applicant and the lender; it is then named with its ``address``.
    """

    en: str
    zh_cn: str = msgspec.field(name="zh-CN")
    third_party: bool = False
    address: Wording | None = None


class Letter(_Part, frozen=True, kw_only=True):
    """An artefact: the lender's words around a decision.

    Attributes:
        name: of the artefact.
        policies: whose decisions it writes about.
        currency, time_zone: of amounts and of the date.
        lender, address, contact: who writes, from where, and how to be reached.
        reviewer, complaints: who looks at a decision again, and where complaints go.
        product: what was applied for, such as "your application for an instalment loan".
        opening, closing: paragraphs of the lender's own.
        legal: names of the packs, in the order in which they speak.
        sources: source of a field, ``own records`` of features and lists, or ``connector:`` and its name, to words.
    """

    name: str
    policies: tuple[str, ...]
    currency: str
    time_zone: str = "UTC"
    lender: Wording
    address: Wording
    contact: Wording
    reviewer: Wording
    complaints: Wording
    product: Wording
    opening: tuple[Wording, ...] = ()
    closing: tuple[Wording, ...] = ()
    legal: tuple[str, ...]
    sources: dict[str, DataSource]


def parse_letter(document: Any) -> Letter:
    """The letter in ``document``, checked.

    Raises:
        DefinitionError: what does not fit.
    """
    letter: Letter = _converted(document, Letter)
    if letter.currency not in CURRENCY_EXPONENTS:
        raise _fault("Unknown currency.", "currency", letter.currency, near_match(letter.currency, CURRENCY_EXPONENTS))
    try:
        ZoneInfo(letter.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise _fault("Unknown time zone.", "time_zone", letter.time_zone, "such as Asia/Shanghai") from None
    if not letter.policies or not letter.legal:
        raise _fault("A letter is of a policy, and names a legal pack.", "policies" if letter.legal else "legal")
    if _OWN_RECORDS not in letter.sources:
        raise _fault("What the lender's own records are called is missing.", "sources", _OWN_RECORDS)
    for at, text in _texts(document):
        # Only paragraphs hold placeholders: what is put in their place is put there as it is.
        _check_text(text, at, PLACEHOLDERS if at.startswith(("opening", "closing")) else ())
    return letter


def parse_legal_pack(document: Any) -> LegalPack:
    """The pack in ``document``, checked.

    Raises:
        DefinitionError: what does not fit, or two versions in effect on one day.
    """
    pack: LegalPack = _converted(document, LegalPack)
    if not pack.versions:
        raise _fault("A pack has a version.", "versions")
    for at, (earlier, later) in enumerate(zip(pack.versions, pack.versions[1:], strict=False)):
        if earlier.until is None or earlier.until > later.effective:
            raise _fault(
                "Two versions are in effect on one day.", f"versions[{at + 1}].effective", str(later.effective)
            )
    for at, one in enumerate(pack.versions):
        if one.until is not None and one.until <= one.effective:
            raise _fault("It ends before it begins.", f"versions[{at}].until", str(one.until))
    for place, text in _texts(document):
        _check_text(text, place, () if place.startswith("title") else PLACEHOLDERS)
    return pack


def missing_topics(letter: Letter, packs: Mapping[str, LegalPack]) -> tuple[Topic, ...]:
    """Required topics of which no pack of the letter says anything until further notice."""
    said = {
        paragraph.topic
        for name in letter.legal
        if name in packs
        for version in packs[name].versions
        if version.until is None
        for paragraph in version.paragraphs
        if not paragraph.when
    }
    return tuple(topic for topic in REQUIRED_TOPICS if topic not in said)


def _converted(document: Any, kind: type[Any]) -> Any:
    try:
        # Dates come from YAML as dates and from JSON as text.
        return msgspec.convert(document, kind, strict=True)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise _fault(f"{words}.", place.rstrip("`").removeprefix(".")) from None


def _texts(document: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Everything that is said, with its place."""
    if isinstance(document, Mapping):
        for key, value in document.items():
            place = f"{at}.{key}" if at else str(key)
            if key in {"en", "zh-CN"} and isinstance(value, str):
                yield place, value
            else:
                yield from _texts(value, place)
    elif isinstance(document, Iterable) and not isinstance(document, str | bytes):
        for index, value in enumerate(document):
            yield from _texts(value, f"{at}[{index}]")


def _check_text(text: str, at: str, known: tuple[str, ...]) -> None:
    if not text.strip():
        raise _fault("Words are needed in every language.", at)
    try:
        fields = [(name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        raise _fault("A brace is not closed.", at, text) from None
    for name, spec, conversion in fields:
        if spec or conversion or name not in known:
            hint = near_match(name, known) or ("known: " + ", ".join(known) if known else "write it out")
            raise _fault("There is nothing of that name to put here.", at, re.sub(r"\s+", " ", name), hint)


def _fault(detail: str, field: str, value: object = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(detail, code="invalid_letter", field=field or None, value=value, hint=hint or _PROBLEM)
