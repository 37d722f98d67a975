"""What a person was told, or would have been: principal reasons and the letter, derived from the record and the release of then.

Nothing of it is stored beside the decision, and nothing can drift: the facts are sealed in the record, the release is named by its
digest, and with it the models, the statements, the method that ranks them, the letter and the legal packs. So a letter that is
written again in ten years has the same words. What cannot be written again is a letter to somebody whose facts were erased.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tandem.decide.decisions.answering import facts_again, judge, models_of
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.records import decode_body, find_decision, personal_of
from tandem.decide.decisions.types import Facts, Trail
from tandem.decide.decisions.wording import OWN_RECORDS
from tandem.decide.letters import (
    Language,
    Letter,
    LetterBlock,
    LetterFacts,
    PackInEffect,
    UsedData,
    compose,
    letter_html,
    letter_text,
)
from tandem.decide.models import Wording
from tandem.decide.policy import CompiledPolicy, PolicyResult
from tandem.decide.reasons import Adverse, PrincipalReason, adverse_of, principal_reasons
from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.time import Micros, format_instant
from tandem.observe.journal import Journal

if TYPE_CHECKING:  # the archive explains, and an explanation says what is told
    from tandem.decide.decisions.archive import DecisionArchive

__all__ = ["Told", "WrittenDecision", "letter_about", "told_of"]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a decision.

    Attributes:
        adverse: in which ways it speaks against the applicant; empty: in none, and there is nothing to tell.
        reasons: the principal ones, in the order in which they are told.
        method: its version; ``reference``: what contributions were measured from.
        statements: whether the release had an artefact of statements.
    """

    adverse: tuple[Adverse, ...]
    reasons: tuple[PrincipalReason, ...]
    method: int
    reference: str
    statements: bool


class WrittenDecision(msgspec.Struct, frozen=True, kw_only=True):
    """A letter about a decision.

    Attributes:
        letter: name of the artefact; ``packs``: the legal packs that spoke, by the version in effect then.
        release: by which it was decided and is told.
        told: why, for colleagues.
        blocks, html, text: the letter, three times the same words.
    """

    decision_id: str
    language: Language
    letter: str
    title: str
    release: str
    decided_at: str
    told: Told
    packs: tuple[PackInEffect, ...]
    blocks: tuple[LetterBlock, ...]
    html: str
    text: str


def told_of(result: PolicyResult, facts: Facts, policy: CompiledPolicy, live: LiveRelease) -> Told:
    """What is told of a result. Pure."""
    method = live.vocabulary.method
    return Told(
        adverse=adverse_of(result, policy, facts.row, live.vocabulary),
        reasons=principal_reasons(result, policy, facts.row, models_of(policy), live.vocabulary),
        method=method.version,
        reference=method.reference,
        statements=live.vocabulary.statements is not None,
    )


def letter_about(
    identifier: str, archive: DecisionArchive, journal: Journal, language: Language = "en"
) -> WrittenDecision:
    """The letter about the decision with this decision id or event id.

    Raises:
        NotFound: no such decision, or the release of then had no letter for its policy.
        Conflict: the person was erased, or the decision gave what was asked for.
    """
    known = _known(identifier, archive, journal)
    told = told_of(known.result, known.facts, known.policy, known.live)
    if not told.adverse:
        raise Conflict(
            "This decision gave what was asked for: it needs no letter of reasons.",
            code="nothing_adverse",
            field="decision_id",
            value=known.trail.decision_id,
            hint="a limit or price below what was asked for counts where the statements say so under terms",
        )
    letter = _letter_for(known)
    row = known.facts.row
    asked = known.live.vocabulary.terms_of(known.trail.policy).asked
    amount = None if asked is None else row.get(asked)
    facts = LetterFacts(
        decision_id=known.trail.decision_id,
        reference=known.trail.event_id,
        decided_at=known.decided_at,
        adverse=told.adverse,
        reasons=told.reasons,
        data=_used_data(known, letter),
        asked_minor=amount if isinstance(amount, int) else None,
        granted_minor=known.result.limit_minor,
    )
    written = compose(letter, known.live.legal_packs, facts, language)
    return WrittenDecision(
        decision_id=known.trail.decision_id,
        language=language,
        letter=letter.name,
        title=written.title,
        release=known.trail.release,
        decided_at=format_instant(known.decided_at),
        told=told,
        packs=written.packs,
        blocks=written.blocks,
        html=letter_html(written),
        text=letter_text(written),
    )


class _Known(NamedTuple):
    """A decision, taken again from its record by the release of then."""

    trail: Trail
    decided_at: Micros
    facts: Facts
    policy: CompiledPolicy
    live: LiveRelease
    result: PolicyResult


def _known(identifier: str, archive: DecisionArchive, journal: Journal) -> _Known:
    record = find_decision(journal, identifier)
    trail = decode_body(record.clear).trail
    personal = personal_of(record, journal)
    if personal is None:
        raise Conflict(
            "The facts of this decision were erased with their person: no letter can be written any more.",
            code="person_erased",
            field="decision_id",
            value=trail.decision_id,
            hint="the reasons as they were answered stand in the record: tandem explain, or GET /v1/decisions/{id}",
        )
    live = archive.release(trail.release)
    policy = live.policy_of(trail)
    facts = facts_again(personal, policy)
    return _Known(trail, record.recorded_at, facts, policy, live, judge(facts, policy))


def _letter_for(known: _Known) -> Letter:
    for _, letter in sorted(known.live.letters.items()):
        if known.trail.policy in letter.policies:
            return letter
    raise NotFound(
        f"The release of this decision has no letter for the policy {known.trail.policy}.",
        code="no_letter",
        field="policy",
        value=known.trail.policy,
        hint="write letters/NAME.yaml and release it; it is for decisions from then on (docs/reasons-and-letters.md)",
    )


def _used_data(known: _Known, letter: Letter) -> tuple[UsedData, ...]:
    """What the policy looked at and found, by source in the order of the letter, in the words of the vocabulary."""
    fields = {one.name: one for one in known.live.reader.event_types[known.trail.event_type].fields}
    connectors = {name: connector for connector, names in known.policy.plan.asks.items() for name in names}
    found: dict[str, dict[str, Wording]] = {}
    for name in known.policy.columns:
        words = known.live.vocabulary.fact(name)
        if words is None or known.facts.row.get(name) is None:
            continue
        if name in fields:
            source = fields[name].source or OWN_RECORDS
        else:
            source = f"connector:{connectors[name]}" if name in connectors else OWN_RECORDS
        found.setdefault(source, {}).setdefault(words.en, Wording(en=words.en, zh_cn=words.zh_cn))
    simulated = {f"connector:{one.connector}" for one in known.trail.asked if one.source == "simulated"}
    return tuple(
        UsedData(source=source, facts=tuple(found[source].values()), simulated=source in simulated)
        for source in letter.sources
        if source in found
    )
