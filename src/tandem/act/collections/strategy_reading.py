"""Reading a collection strategy from its document; what does not hold together, or may not be said, is named at release."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from tandem.act.collections.phrases import Speech, found_in
from tandem.act.collections.rules import Phrases, RequiredWords, RuleSet, ThirdParty
from tandem.act.collections.strategy import Cost, Limits, Rung, Segment, Strategy, Template, Trying
from tandem.act.collections.types import SITUATION_COLUMNS, Channel, Words
from tandem.act.collections.writing import DEBT_FIELDS, FIELDS
from tandem.act.texts import fields_in
from tandem.kernel.errors import DefinitionError, TandemError, near_match
from tandem.kernel.expressions import parse
from tandem.kernel.values import SqlType

__all__ = ["check_against_rules", "parse_strategy"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_HINT: Final = "see docs/reference/conduct-rules.md"
_PROPOSED: Final = frozenset({"agency", "write_off"})
_ASKING: Final = frozenset({"reminder", "soft", "firm", "settlement", "restructure"})
_MUST_SAY: Final = frozenset({"lender", "how_to_object"})


class _SegmentDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    segment: str
    title: Words
    ladder: Annotated[tuple[Rung, ...], Meta(min_length=1, max_length=40)]
    when: str = "TRUE"
    assumed_share: Annotated[float, Meta(ge=0, le=1)] = 0.05


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    title: Words
    products: Annotated[tuple[str, ...], Meta(min_length=1, max_length=100)]
    conduct: str
    segments: Annotated[tuple[_SegmentDocument, ...], Meta(min_length=1, max_length=50)]
    templates: Annotated[tuple[Template, ...], Meta(max_length=200)]
    costs: dict[Channel, Cost]
    says: dict[Literal["lender", "how_to_pay", "how_to_object", "opt_out"], Words]
    person_minor_per_hour: Annotated[int, Meta(ge=0, le=10**9)] = 0
    trying: Trying = Trying()
    limits: Limits = Limits()
    response: str | None = None


def parse_strategy(document: Any) -> Strategy:
    """The strategy that ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(f"{words}.", code="invalid_strategy", field=field, hint=_HINT) from None
    _check_names("segments", [one.segment for one in read.segments])
    _check_names("templates", [one.template for one in read.templates])
    segments = []
    for number, one in enumerate(read.segments):
        _check_condition(one.when, f"segments[{number}].when")
        _check_ladder(one.ladder, f"segments[{number}].ladder")
        segments.append(Segment(**msgspec.structs.asdict(one)))
    for number, template in enumerate(read.templates):
        _check_template(template, set(read.says), f"templates[{number}]")
    found = Strategy(**{**msgspec.structs.asdict(read), "segments": tuple(segments)})
    _check_every_rung(found)
    return found


def check_against_rules(strategy: Strategy, rules: Mapping[str, RuleSet], products: Sequence[str], today: date) -> None:
    """Refuse a strategy whose rule set or products are not there, or whose templates say what the rules forbid.

    Raises:
        DefinitionError: names the template and the phrase.
    """
    found = rules.get(strategy.conduct)
    if found is None:
        raise DefinitionError(
            "No conduct rules have this name.", code="unknown_conduct_rules", field="conduct", value=strategy.conduct,
            hint=near_match(strategy.conduct, rules) or "add them under conduct/",
        )  # fmt: skip
    for number, product in enumerate(strategy.products):
        if product not in products:
            raise DefinitionError(
                "No product has this name.", code="unknown_product", field=f"products[{number}]", value=product,
                hint=near_match(product, products),
            )  # fmt: skip
    for number, template in enumerate(strategy.templates):
        for language in ("en", "zh"):
            _check_words(template, language, strategy, found, today, f"templates[{number}]")


def _check_words(
    template: Template, language: str, strategy: Strategy, rules: RuleSet, today: date, where: str
) -> None:
    named = fields_in(_all_of(template, language))
    own = "\n".join(getattr(words, language) for name, words in strategy.says.items() if name in named)
    speech = Speech(f"{_all_of(template, language)}\n{own}")
    for rule in rules.on(today):
        if not set(template.channels) & set(rule.channels):
            continue
        wrong = None
        if isinstance(rule, Phrases):
            wrong = found_in(speech, rule.never)
        elif isinstance(rule, ThirdParty) and template.whose == "third_party":
            wrong = found_in(speech, rule.never_said)
        elif isinstance(rule, RequiredWords) and found_in(speech, rule.one_of) is None:
            wrong = "none of the words that must be said"
        if wrong is not None:
            raise DefinitionError(
                f"The rule {rule.rule} forbids what this template says.", code="forbidden_words",
                field=f"{where}.text.{'zh-CN' if language == 'zh' else language}", value=wrong, hint=rule.title.en,
            )  # fmt: skip


def _all_of(template: Template, language: str) -> str:
    subject = "" if template.subject is None else getattr(template.subject, language)
    return f"{subject}\n{getattr(template.text, language)}"


def _check_condition(when: str, field: str) -> None:
    try:
        condition = parse(when, SITUATION_COLUMNS)
    except TandemError as error:
        raise DefinitionError(
            error.detail, code=error.code, field=field, value=when, hint=error.hint, at=error.at
        ) from None
    if condition.type is not SqlType.BOOLEAN:
        raise _wrong("A condition is true or false.", field, when, "compare it with something")


def _check_ladder(ladder: Sequence[Rung], where: str) -> None:
    for number, rung in enumerate(ladder):
        if number and rung.from_day <= ladder[number - 1].from_day:
            raise _wrong("Rungs ascend by their day.", f"{where}[{number}].from_day", rung.from_day, "a later day")
        if rung.step == "offer":
            raise _wrong("Offers are made by programmes.", f"{where}[{number}].step", rung.step, "see offers/")
        needs_none = rung.step in _PROPOSED or rung.step == "wait"
        if needs_none == bool(rung.channels):
            raise _wrong(
                "A step that asks has channels; waiting, an agency and writing off have none.",
                f"{where}[{number}].channels", list(rung.channels), "add some, or leave it out",
            )  # fmt: skip


def _check_template(template: Template, says: set[str], where: str) -> None:
    for language, text in (("en", template.text.en), ("zh-CN", template.text.zh)):
        named = fields_in(text) | (fields_in(_all_of(template, language[:2])))
        for name in sorted(named):
            if name not in FIELDS:
                raise _wrong("No such field.", f"{where}.text.{language}", name, near_match(name, FIELDS) or "")
            if name in {"lender", "how_to_pay", "how_to_object", "opt_out"} and name not in says:
                raise _wrong("The strategy does not say this.", f"{where}.text.{language}", name, f"add says.{name}")
        if template.whose == "third_party":
            told = sorted(named & DEBT_FIELDS)
            if told:
                raise _wrong(
                    "A third party is told nothing of a debt.", f"{where}.text.{language}", told[0], "leave it out"
                )
        elif set(template.steps) & _ASKING and (missing := sorted(_MUST_SAY - named)):
            raise _wrong("A debtor is told who asks and how to object.", f"{where}.text.{language}", missing[0],
                         f"say {{{missing[0]}}}")  # fmt: skip


def _check_every_rung(strategy: Strategy) -> None:
    for number, segment in enumerate(strategy.segments):
        for at, rung in enumerate(segment.ladder):
            for channel in rung.channels:
                where = f"segments[{number}].ladder[{at}].channels"
                if strategy.template_for(rung.step, channel) is None:
                    raise _wrong(
                        "No template is said there.", where, channel, f"a template for {rung.step} by {channel}"
                    )
                if channel not in strategy.costs:
                    raise _wrong("What does it cost?", where, channel, f"add costs.{channel}")


def _check_names(field: str, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        if not _NAME.match(name):
            raise _wrong("A name is lower_snake.", f"{field}[{number}]", name, "such as early_small")
        if name in names[:number]:
            raise _wrong("This name is taken.", f"{field}[{number}]", name, "give it another one")


def _wrong(words: str, field: str, value: object, hint: str) -> DefinitionError:
    return DefinitionError(words, code="invalid_strategy", field=field, value=value, hint=hint)
