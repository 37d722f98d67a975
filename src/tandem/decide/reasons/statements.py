"""What a customer is told, as an artefact: technical reasons gathered into few statements, and the method that ranks them.

A reason code names a mechanism; a statement is what is said of it. Several codes share a statement, and what they contributed
is added up. A code that no statement takes is told by the customer's words of its own in the reason catalogue, so a workspace
without this artefact tells what it always told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from tandem.decide.models import PRINCIPAL_REASONS, Wording
from tandem.kernel.errors import DefinitionError, near_match

__all__ = ["FactWords", "Method", "Statement", "Statements", "Terms", "parse_statements", "reveals"]

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_CODES_MAX: Final = 2_000
_REVEALING: Final = re.compile(
    r"\b(?:(?:black|block|watch|deny)[ -]?list\w*|list(?:s|ed)?|fraud\w*|suspicio\w*|suspect\w*|investigat\w*|crim\w*"
    r"|launder\w*|rings?|gangs?|mules?)\b|名单|欺诈|诈骗|可疑|嫌疑|调查|团伙|洗钱|反欺诈|犯罪",
    re.IGNORECASE,
)


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of the artefact: immutable, every key known."""


class Statement(_Part, frozen=True, kw_only=True):
    """One thing a customer may be told.

    Attributes:
        en, zh_cn: the words; never a value, a list or a suspicion.
        codes: of the reason catalogue, that are told by it; ``R_CARD_AMOUNT_*`` for all that begin so. A code itself wins over
            a beginning, a longer beginning over a shorter one.
        advice: what the person can do about it, where there is something.
        actionable: whether the person can change it at all.
        discreet: what stands behind it may not be guessed from how it is told (a list, known fraud): it is told alone of its
            kind, without advice, and its words are checked.
        cut_off: it only says that a score was too low. That is no reason (12 CFR 1002.9(b)(2)): told where nothing else is.
    """

    en: str
    zh_cn: str = msgspec.field(name="zh-CN")
    codes: tuple[str, ...]
    advice: Wording | None = None
    actionable: bool = False
    discreet: bool = False
    cut_off: bool = False


class FactWords(_Part, frozen=True, kw_only=True):
    """What a fact of an event or a feature is called when a customer is spoken to.

    Attributes:
        en, zh_cn: its name, as it stands in a sentence.
        unit: how its values are written: ``money`` in minor units, ``years``, ``months``, or as they are.
        takes_days: how long it takes a person to change it, by one year or month where that is its unit; None: not said.
    """

    en: str
    zh_cn: str = msgspec.field(name="zh-CN")
    unit: Literal["money", "years", "months", "plain"] = "plain"
    takes_days: Annotated[int, Meta(ge=0, le=3_660)] | None = None


class Terms(_Part, frozen=True, kw_only=True):
    """When an approval of a policy is worse than what was asked for.

    Attributes:
        asked: field with the amount asked for, in minor units; a lower limit speaks against the applicant.
        best_price: part of the price to its best value; a higher one speaks against the applicant.
    """

    asked: str | None = None
    best_price: dict[str, float] = {}


class Method(_Part, frozen=True, kw_only=True):
    """How principal reasons are found: written here, so that whoever reviews the artefact approves it.

    Attributes:
        version: of the method in ``ranking``. A later one gets another number; decisions of then keep theirs.
        reference: what a model's contributions are measured from: ``mean`` of its training rows, or the ``best`` row it knows.
        most: the most reasons that are told.
        never: inputs that are never told, beside those whose names say that the law protects them.
        horizon_days: what would have changed a decision is suggested only where it can be brought about within so many days.
        lacking: whether a code without a statement is told as a warning, or refuses the release.
    """

    version: Literal[1] = 1
    reference: Literal["mean", "best"] = "mean"
    most: Annotated[int, Meta(ge=1, le=PRINCIPAL_REASONS)] = PRINCIPAL_REASONS
    never: tuple[str, ...] = ()
    horizon_days: Annotated[int, Meta(ge=0, le=3_660)] = 730
    lacking: Literal["warn", "refuse"] = "warn"


class Statements(_Part, frozen=True, kw_only=True):
    """The artefact.

    Attributes:
        name: of the artefact.
        method: see ``Method``.
        statements: by name, UPPER_SNAKE.
        facts: words for facts, by column, or by the beginning of many and a star.
        terms: policy to ``Terms``.
    """

    name: str
    method: Method = Method()
    statements: dict[str, Statement]
    facts: dict[str, FactWords] = {}
    terms: dict[str, Terms] = {}

    def by_code(self) -> dict[str, str]:
        """Reason code, or beginning of codes and a star, to the name of the statement that tells it."""
        return {code: name for name, one in self.statements.items() for code in one.codes}


def reveals(text: str) -> str | None:
    """The first word of ``text`` that would tip somebody off; None where there is none."""
    found = _REVEALING.search(text)
    return None if found is None else found.group()


def parse_statements(document: Any) -> Statements:
    """The artefact in ``document``, checked.

    Raises:
        DefinitionError: what does not fit, a code of two statements, or discreet words that tell too much.
    """
    try:
        read = msgspec.convert(document, Statements)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise _fault(f"{words}.", place.rstrip("`").removeprefix(".")) from None
    owner: dict[str, str] = {}
    for name, one in read.statements.items():
        at = f"statements.{name}"
        if not _NAME.fullmatch(name):
            raise _fault("A statement has a name in UPPER_SNAKE.", at, name)
        for code in one.codes:
            if owner.setdefault(code, name) != name:
                raise _fault(f"{owner[code]} tells this code already.", f"{at}.codes", code)
        _check_words(one, at)
    if len(owner) > _CODES_MAX:
        raise _fault(f"More than {_CODES_MAX} codes.", "statements", len(owner))
    for name, fact in read.facts.items():
        _check_texts({"en": fact.en, "zh-CN": fact.zh_cn}, f"facts.{name}")
    return read


def _check_words(one: Statement, at: str) -> None:
    _check_texts({"en": one.en, "zh-CN": one.zh_cn}, at)
    if one.advice is not None:
        _check_texts({"en": one.advice.en, "zh-CN": one.advice.zh_cn}, f"{at}.advice")
    if not one.codes:
        raise _fault("A statement tells at least one code.", f"{at}.codes")
    if one.discreet and one.cut_off:
        raise _fault("A discreet statement is a reason and no cut-off.", f"{at}.cut_off")
    if one.discreet and one.advice is not None:
        raise _fault("Advice on a discreet statement says what stands behind it.", f"{at}.advice")
    for language, text in _spoken(one):
        word = reveals(text) if one.discreet else None
        if word is not None:
            raise _fault("These words of a discreet statement would tip somebody off.", f"{at}.{language}", word)


def _spoken(one: Statement) -> Iterator[tuple[str, str]]:
    yield "en", one.en
    yield "zh-CN", one.zh_cn


def _check_texts(texts: Mapping[str, str], at: str) -> None:
    for language, text in texts.items():
        if not text.strip():
            raise _fault("Words are needed in every language.", f"{at}.{language}")


def _fault(detail: str, field: str, value: object = None) -> DefinitionError:
    known = Statements.__struct_fields__
    hint = near_match(field.split(".", 1)[0], known) if "unknown field" in detail else None
    return DefinitionError(
        detail,
        code="invalid_statements",
        field=field or None,
        value=value,
        hint=hint or "see docs/reasons-and-letters.md",
    )
