"""The words for reason codes: what a customer is told and what a colleague reads, in English and Chinese.

A model is fit to publish when every input that could speak against an applicant has a code and every code has its words;
``check_reasons`` says so, or names everything that is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from tandem.decide.models.faults import require, require_text
from tandem.decide.models.limits import MAX_ENTRIES
from tandem.decide.models.model import Model
from tandem.kernel.errors import DefinitionError, NotFound, near_match

__all__ = ["Reason", "ReasonCatalogue", "Wording", "check_reasons", "read_catalogue"]

Audience = Literal["customer", "internal"]
Language = Literal["en", "zh-CN"]

_SHOWN = 12


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One text in every language we speak."""

    en: str
    zh_cn: str = msgspec.field(name="zh-CN")


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reason: ``customer`` is safe to print in a letter, ``internal`` names the mechanism for colleagues."""

    customer: Wording
    internal: Wording


class ReasonCatalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An artefact: reason code to words.

    Args:
        name: lower_snake name of the catalogue.
        reasons: by code.
    """

    name: str
    reasons: dict[str, Reason]

    def wording(self, code: str, language: Language = "en", audience: Audience = "customer") -> str:
        """The words of ``code``.

        Raises:
            NotFound: the catalogue has no such code.
        """
        reason = self.reasons.get(code)
        if reason is None:
            raise NotFound(
                "The catalogue has no such reason code.",
                code="unknown_reason",
                value=code,
                hint=near_match(code, self.reasons),
            )
        words = reason.customer if audience == "customer" else reason.internal
        return words.en if language == "en" else words.zh_cn


def read_catalogue(document: bytes | str | Mapping[str, Any] | ReasonCatalogue) -> ReasonCatalogue:
    """The catalogue in ``document`` (JSON text, JSON-like data or the struct), checked.

    Raises:
        DefinitionError: it is not a catalogue, or a code has no words in a language.
    """
    try:
        if isinstance(document, bytes | str):
            read = msgspec.json.decode(document, type=ReasonCatalogue)
        elif isinstance(document, ReasonCatalogue):
            read = msgspec.convert(msgspec.to_builtins(document), ReasonCatalogue)
        else:
            read = msgspec.convert(document, ReasonCatalogue)
    except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise DefinitionError(f"Not a reason catalogue: {error}", code="invalid_reasons") from error
    require_text(read.name, "name", empty=False)
    require(len(read.reasons) <= MAX_ENTRIES, "Too many reasons.", "reasons", len(read.reasons))
    for code, reason in read.reasons.items():
        require_text(code, "reasons", empty=False)
        for audience in ("customer", "internal"):
            words: Wording = getattr(reason, audience)
            for language, text in (("en", words.en), ("zh-CN", words.zh_cn)):
                at = f"reasons.{code}.{audience}.{language}"
                require_text(text, at)
                require(bool(text.strip()), "A reason needs words in every language.", at)
    return read


def check_reasons(model: Model, catalogue: ReasonCatalogue) -> None:
    """Return when every input of ``model`` has a reason code that ``catalogue`` has words for.

    Raises:
        DefinitionError: ``reasons_incomplete``, naming the inputs and codes that lack.
    """
    silent = [name for name, code in zip(model.inputs, model.reason_codes, strict=True) if code is None]
    unknown = sorted({code for code in model.reason_codes if code is not None and code not in catalogue.reasons})
    if not silent and not unknown:
        return
    parts = []
    if silent:
        parts.append(f"{len(silent)} inputs without a reason code: {_listed(silent)}")
    if unknown:
        parts.append(f"{len(unknown)} reason codes without words: {_listed(unknown)}")
    raise DefinitionError(
        f"The model {model.name} could decline somebody without a reason. " + "; ".join(parts) + ".",
        code="reasons_incomplete",
        field="inputs",
        value=(silent or unknown)[0],
        hint=near_match(unknown[0], catalogue.reasons) if unknown else "give each input a reason in the model document",
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
