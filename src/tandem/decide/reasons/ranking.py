"""Whether a decision speaks against somebody, and why: the principal reasons, one ranking over rules, models and graphs.

The method, version 1, which the ``statements`` artefact approves:

1. Adverse is what declines, what is referred, and what approves less than was asked for or at more than the best price.
2. What decided comes first: rules, list checks, cases and table rows with the outcome that was given, and facts whose absence
   did, in the order in which the policy gave them. For a lower limit or a higher price: what set a term and gives a reason.
3. Then the scores behind what decided. Every input's exact contribution is measured from the method's reference and counted in
   whole 1e-9 log-odds; inputs of all of these models that share a statement are added up; a sum that is not positive favoured the
   applicant and is not told; larger sums come first, ties in the order of statement names. A graph network's links are inputs.
4. Then points that scorecards written into the policy took away.
5. A protected input is never told and adds to no sum. A statement is told once. That a score was too low is told only where
   nothing else is. At most ``most``.

Rules keep their own reason even where their condition looks at age: "at least 18 years old" is a rule of law that was written,
reviewed and given words for; what is kept out is a protected attribute that a model weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from tandem.decide.models import Model, StatefulDocument, Wording
from tandem.decide.policy import CompiledPolicy, Outcome, Place, PolicyResult, places_of
from tandem.decide.reasons.vocabulary import Saying, Vocabulary
from tandem.kernel.values import Row

__all__ = ["Adverse", "PrincipalReason", "adverse_of", "principal_reasons"]

Adverse = Literal["declined", "referred", "lower_limit", "higher_price"]
Source = Literal["rule", "list", "missing", "model", "graph", "scorecard"]
_UNIT = 1e9


class PrincipalReason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason as it is told.

    Attributes:
        statement: its name, or the reason code that speaks for itself.
        words, advice: in both languages.
        actionable, discreet: as the statement says.
        source: what gave it; for colleagues only.
        codes: the reason codes behind it; inputs: what a model read, largest contribution first. For colleagues only.
        weight: log-odds, or points lost, of all of them together; None of a rule.
    """

    statement: str
    words: Wording
    advice: Wording | None
    actionable: bool
    discreet: bool
    source: Source
    codes: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    weight: float | None = None


def adverse_of(result: PolicyResult, policy: CompiledPolicy, row: Row, vocabulary: Vocabulary) -> tuple[Adverse, ...]:
    """In which ways the result speaks against the applicant; nothing where it does not."""
    if result.outcome is Outcome.DECLINE:
        return ("declined",)
    if result.outcome is Outcome.REVIEW:
        return ("referred",)
    terms = vocabulary.terms_of(policy.policy.policy)
    found: list[Adverse] = []
    asked = None if terms.asked is None else row.get(terms.asked)
    if isinstance(asked, int) and result.limit_minor is not None and result.limit_minor < asked:
        found.append("lower_limit")
    if any(_over(result.price.get(part), best) for part, best in terms.best_price.items()):
        found.append("higher_price")
    return tuple(found)


def principal_reasons(
    result: PolicyResult,
    policy: CompiledPolicy,
    row: Row,
    models: Mapping[str, Model],
    vocabulary: Vocabulary,
) -> tuple[PrincipalReason, ...]:
    """The principal reasons of an adverse decision, as they are told; nothing where it speaks against nobody. Pure.

    Args:
        result: what ``policy`` came to for ``row``.
        row: the facts.
        models: of the release.
        vocabulary: of the release.
    """
    adverse = adverse_of(result, policy, row, vocabulary)
    if not adverse:
        return ()
    places = places_of(policy.plan)
    on_terms = result.outcome is Outcome.APPROVE
    decided = [
        places[one] for one in result.fired if one in places and _decided(places[one], result, on_terms=on_terms)
    ]
    told: dict[str, PrincipalReason] = {}
    for one in _of_rules(result, places, decided, vocabulary, on_terms=on_terms):
        told.setdefault(one.statement, one)
    sources = dict.fromkeys(name for one in decided for name in (one.term_sources if on_terms else one.sources))
    for one in (
        *_of_models(sources, result, policy, row, models, vocabulary),
        *_of_scorecards(sources, result, vocabulary),
    ):
        told.setdefault(one.statement, one)
    cut_off = {one.statement for one in told.values() if vocabulary.saying(one.codes[0]).cut_off}
    specific = [one for one in told.values() if one.statement not in cut_off]
    return tuple(specific or told.values())[: vocabulary.method.most]


def _over(value: object, best: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > best


def _decided(place: Place, result: PolicyResult, *, on_terms: bool) -> bool:
    return place.sets_terms if on_terms else place.outcome is result.outcome


def _told(
    saying: Saying, source: Source, codes: Iterable[str], inputs: Iterable[str] = (), weight: float | None = None
) -> PrincipalReason:
    return PrincipalReason(
        statement=saying.name,
        words=saying.words,
        advice=saying.advice,
        actionable=saying.actionable,
        discreet=saying.discreet,
        source=source,
        codes=tuple(dict.fromkeys(codes)),
        inputs=tuple(inputs),
        weight=weight,
    )


def _of_rules(
    result: PolicyResult,
    places: Mapping[str, Place],
    decided: Iterable[Place],
    vocabulary: Vocabulary,
    *,
    on_terms: bool,
) -> Iterator[PrincipalReason]:
    codes: dict[str, Source] = {}
    if on_terms:
        codes.update((place.reason, "rule") for place in decided if place.reason is not None)
    else:
        for one in result.reasons:
            if one.source == "missing":
                codes.setdefault(one.code, "missing")
            elif one.source == "rule":
                place = places.get(f"{one.stage}.{one.rule}")
                codes.setdefault(one.code, "list" if place is not None and place.kind == "lists" else "rule")
    grouped: dict[str, list[str]] = {}
    for code in codes:
        grouped.setdefault(vocabulary.saying(code).name, []).append(code)
    for group in grouped.values():
        yield _told(vocabulary.saying(group[0]), codes[group[0]], group)


def _of_models(
    sources: Iterable[str],
    result: PolicyResult,
    policy: CompiledPolicy,
    row: Row,
    models: Mapping[str, Model],
    vocabulary: Vocabulary,
) -> list[PrincipalReason]:
    parts: dict[str, list[tuple[int, str, str, Source]]] = {}
    for stage in sources:
        if stage not in result.scores:
            continue
        bound = policy.plan.models[stage]
        model = models[bound.stage.uses]
        links = model.document.parts[1:] if isinstance(model.document, StatefulDocument) else ()
        added = vocabulary.contributions(model, [row.get(name) for name in bound.inputs])
        for name, code, part in zip(bound.inputs, model.reason_codes, added, strict=True):
            if code is not None and vocabulary.may_tell(name):
                source: Source = "graph" if name in links else "model"
                parts.setdefault(vocabulary.saying(code).name, []).append((round(part * _UNIT), name, code, source))
    ranked = sorted(
        ((sum(one[0] for one in group), name) for name, group in parts.items()), key=lambda one: (-one[0], one[1])
    )
    told = []
    for total, name in ranked:
        if total <= 0:
            break  # the rest favoured the applicant
        strongest = sorted((one for one in parts[name] if one[0] > 0), key=lambda one: (-one[0], one[1]))
        saying = vocabulary.saying(strongest[0][2])
        told.append(
            _told(
                saying,
                strongest[0][3],
                (one[2] for one in strongest),
                dict.fromkeys(one[1] for one in strongest),
                total / _UNIT,
            )
        )
    return told


def _of_scorecards(sources: Iterable[str], result: PolicyResult, vocabulary: Vocabulary) -> Iterator[PrincipalReason]:
    grouped: dict[str, list[tuple[str, str, float]]] = {}
    behind = set(sources)
    for one in result.reasons:
        if one.source == "scorecard" and one.stage in behind:
            feature, weight = one.feature or one.code, one.weight or 0.0
            if vocabulary.may_tell(feature):
                grouped.setdefault(vocabulary.saying(one.code).name, []).append((one.code, feature, weight))
    for group in sorted(grouped.values(), key=lambda group: -sum(one[2] for one in group)):
        codes, features, weights = zip(*group, strict=True)
        yield _told(vocabulary.saying(codes[0]), "scorecard", codes, features, sum(weights))
