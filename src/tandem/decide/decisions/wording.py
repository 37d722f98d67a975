"""What a release has to say to customers, checked before it goes live: statements, letters and legal packs against the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tandem.decide.letters import LegalPack, Letter, missing_topics
from tandem.decide.models import Model, ReasonCatalogue
from tandem.decide.policy import CompiledPolicy
from tandem.decide.reasons import Statements, Vocabulary, lacking, telling_too_much
from tandem.kernel.errors import DefinitionError, near_match
from tandem.observe.events import EventField, EventType

__all__ = ["OWN_RECORDS", "check_letters", "check_told", "vocabulary_of"]

OWN_RECORDS = "own records"
"""Where features come from, in ``Letter.sources``."""
_HINT = "see docs/reasons-and-letters.md"


def vocabulary_of(catalogue: ReasonCatalogue, told: Mapping[str, Statements]) -> Vocabulary:
    """The vocabulary of a release.

    Raises:
        DefinitionError: two artefacts of statements: what a customer is told has one source.
    """
    if len(told) > 1:
        raise DefinitionError(
            "A release has one artefact of statements.",
            code="two_statements",
            field="statements",
            value=", ".join(sorted(told)),
            hint="join them in one file: the method that ranks reasons is one for all",
        )
    return Vocabulary(catalogue, next(iter(told.values()), None))


def check_told(
    policies: Mapping[str, CompiledPolicy], models: Mapping[str, Model], vocabulary: Vocabulary
) -> list[str]:
    """What is odd about what customers would be told, as warnings.

    Raises:
        DefinitionError: something lacks a statement, and the method wants such a release refused.
    """
    silent = lacking(policies, models, vocabulary)
    if silent and vocabulary.method.lacking == "refuse":
        raise DefinitionError(
            "This release could speak against somebody and say nothing of why. " + "; ".join(silent) + ".",
            code="statements_incomplete",
            field="statements",
            value=len(silent),
            hint="add the codes to a statement, or write method: {lacking: warn}",
        )
    return silent + telling_too_much(policies, models, vocabulary)


def check_letters(
    letters: Mapping[str, Letter],
    packs: Mapping[str, LegalPack],
    policies: Mapping[str, CompiledPolicy],
    known: Collection[str],
    event_types: Mapping[str, EventType],
    vocabulary: Vocabulary,
) -> list[str]:
    """What is odd about the letters, as warnings.

    Args:
        known: names of policies of the release, those that do not hold together among them.
        event_types: by name.

    Raises:
        DefinitionError: a pack or a policy that is not there, two letters for one policy, a right of which nothing is said, or a
            source of data that the letter cannot name.
    """
    writes: dict[str, str] = {}
    warnings: list[str] = []
    for name, letter in sorted(letters.items()):
        for policy in letter.policies:
            if policy not in known:
                raise _fault(name, "There is no such policy.", "policies", policy, near_match(policy, known))
            if writes.setdefault(policy, name) != name:
                raise _fault(name, f"{writes[policy]} writes about this policy already.", "policies", policy)
        for pack in letter.legal:
            if pack not in packs:
                raise _fault(name, "There is no such legal pack.", "legal", pack, near_match(pack, packs))
        silent = missing_topics(letter, packs)
        if silent:
            raise _fault(name, "No legal pack of this letter says anything until further notice.", "legal", silent[0])
        for policy in letter.policies:
            if policy in policies:
                _check_sources(letter, policies[policy], event_types)
                warnings += _nameless(policies[policy], event_types, vocabulary)
    return warnings


def _check_sources(letter: Letter, policy: CompiledPolicy, event_types: Mapping[str, EventType]) -> None:
    needed = {one.source for one in _fields(policy, event_types) if one.source}
    needed.update(f"connector:{name}" for name in policy.plan.asks)
    for source in sorted(needed - letter.sources.keys()):
        near = near_match(source, letter.sources)
        raise _fault(
            letter.name, f"{policy.policy.policy} uses data from a source without words.", "sources", source, near
        )


def _nameless(policy: CompiledPolicy, event_types: Mapping[str, EventType], vocabulary: Vocabulary) -> Iterator[str]:
    nameless = sorted(one for one in policy.columns if vocabulary.fact(one) is None and one not in _UNNAMED)
    entities = {one.name for one in _fields(policy, event_types) if one.entity is not None}
    lacking_words = [one for one in nameless if one not in entities]
    if lacking_words:
        yield f"policy/{policy.policy.policy}: a letter has no words for {', '.join(lacking_words)}"


_UNNAMED = frozenset({"occurred_at", "received_at"})


def _fields(policy: CompiledPolicy, event_types: Mapping[str, EventType]) -> list[EventField]:
    event_type = event_types.get(policy.policy.event)
    looked_at = set(policy.columns)
    return [] if event_type is None else [one for one in event_type.fields if one.name in looked_at]


def _fault(name: str, detail: str, field: str, value: str, hint: str | None = None) -> DefinitionError:
    return DefinitionError(
        detail, code="invalid_letter", field=field, value=value, hint=hint or _HINT, at=f"letter/{name}"
    )
