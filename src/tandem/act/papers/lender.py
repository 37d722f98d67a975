"""Who lends, in its own words: from the letter of the product's policy, as the release had it under which was decided."""

from __future__ import annotations

import msgspec

from tandem.decide.decisions import LiveRelease
from tandem.decide.letters import Language
from tandem.decide.models import Wording
from tandem.kernel.time import days_to_date

__all__ = ["Lender", "lender_of"]

_TOPICS = ("explanation", "review", "correction", "complaint")


class Lender(msgspec.Struct, frozen=True, kw_only=True):
    """The lender in one language.

    Attributes:
        rights: what its legal packs say of the right to an explanation, to a person, to correction and to complain, on the
            day; empty where it has none.
    """

    name: str
    address: str
    contact: str
    rights: tuple[str, ...]


def lender_of(live: LiveRelease | None, policy: str, day: int, language: Language) -> Lender | None:
    """The lender that decides by ``policy``; None where the release has no letter for it.

    Args:
        day: for which its legal packs speak.
    """
    if live is None:
        return None
    letter = next((one for _, one in sorted(live.letters.items()) if policy in one.policies), None)
    if letter is None:
        return None
    places = {
        name: _said(getattr(letter, name), language)
        for name in ("lender", "address", "contact", "reviewer", "complaints", "product")
    }
    versions = [
        version
        for name in letter.legal
        if (pack := live.legal_packs.get(name)) is not None
        and (version := pack.version_at(days_to_date(day))) is not None
    ]
    rights = [
        (one.en if language == "en" else one.zh_cn).format_map(_Places(places))
        for topic in _TOPICS
        for version in versions
        for one in version.paragraphs
        if one.topic == topic and not one.when
    ]
    return Lender(
        name=places["lender"], address=places["address"], contact=places["contact"], rights=tuple(dict.fromkeys(rights))
    )


class _Places(dict[str, str]):
    """Places of a letter that a contract has no use for stay empty."""

    def __missing__(self, _: str) -> str:
        return ""


def _said(words: Wording, language: Language) -> str:
    return words.en if language == "en" else words.zh_cn
