"""What would have changed it: the smallest changes of facts under which the same policy decides otherwise.

Candidates come from where the policy and its models can change their mind: constants in conditions, cells of tables, bins
of scorecards, splits of trees; and, for conditions over computed values, a ladder of steps. Each is tried with ``judge``,
the same pure function that decided, so nothing is claimed that was not decided. What was found is pruned of every move that is not
needed and drawn back towards the facts for as long as the decision stays changed. A suggestion never worsens another condition: no
stage that was gone through comes to anything worse than it did. Nothing here is advice: it says what the policy of then would have
said to other facts, among those that a person can bring about and that the book has seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tandem.decide.decisions.answering import facts_again, judge, models_of
from tandem.decide.decisions.archive import DecisionArchive
from tandem.decide.decisions.book import Book, book_before
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.movable import REACH, Held, Movable, movable_fields
from tandem.decide.decisions.records import decode_body, find_decision, personal_of
from tandem.decide.decisions.searching import TRIES_MAX, Found, Search
from tandem.decide.decisions.suggesting import days_of, outcome_in_chinese, suggestion
from tandem.decide.decisions.types import Facts
from tandem.decide.models import Model, monotone_violations
from tandem.decide.policy import CompiledPolicy
from tandem.decide.reasons import adverse_of
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import Value
from tandem.observe.journal import Journal

__all__ = ["Counterfactual", "Counterfactuals", "Move", "counterfactuals_of", "find_counterfactuals"]


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One fact, as it was and as it would have had to be."""

    field: str
    then: Value
    now: Value


class Counterfactual(msgspec.Struct, frozen=True, kw_only=True):
    """Other facts, and what the policy decides on them.

    Attributes:
        moves: the facts that differ; all others are as they were.
        outcome, reasons, limit_minor: of the decision on them.
        cost: how large the moves are together: relative changes, and a quarter for every further fact.
        takes_days: how long it takes to bring about, as the statements say; None: they do not.
        monotone: every model that the policy calls and that reads a fact which moves is proved to move one way with it.
        en, zh: the same in words.
    """

    moves: tuple[Move, ...]
    outcome: str
    reasons: tuple[str, ...]
    limit_minor: int | None
    cost: float
    takes_days: int | None
    monotone: bool
    en: str
    zh: str


class Counterfactuals(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, smallest first; each was decided by the policy and release of the decision.

    Attributes:
        outcome: of the decision.
        moved: fields that were tried; ``held``: fields the policy looks at that were not, and why.
        tried: decisions taken in the search.
        complete: whether all that was meant to be tried was, within ``TRIES_MAX``.
        reach: a number was moved up to so many times itself.
        book: earlier decisions of the same type whose values bound the search; 0: too few to say.
        erased: the facts are gone with their person.
        en, zh: what was found, or that nothing was, in words.
    """

    decision_id: str
    outcome: str
    found: tuple[Counterfactual, ...] = ()
    moved: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    tried: int = 0
    complete: bool = True
    reach: float = REACH
    book: int = 0
    erased: bool = False
    en: str = ""
    zh: str = ""


def counterfactuals_of(identifier: str, archive: DecisionArchive, journal: Journal) -> Counterfactuals:
    """What would have changed the decision with this decision id or event id.

    Raises:
        NotFound: no such decision.
    """
    record = find_decision(journal, identifier)
    trail = decode_body(record.clear).trail
    personal = personal_of(record, journal)
    if personal is None:
        return Counterfactuals(
            decision_id=trail.decision_id,
            outcome=trail.outcome,
            erased=True,
            en="The facts of this decision were erased with their person.",
            zh="本决策所依据的信息已随当事人数据一并删除。",
        )
    live = archive.release(trail.release)
    policy = live.policy_of(trail)
    book = book_before(record, trail.event_type, journal)
    return find_counterfactuals(facts_again(personal, policy), policy, live, trail.event_type, trail.decision_id, book)


def find_counterfactuals(
    facts: Facts,
    policy: CompiledPolicy,
    live: LiveRelease,
    event_type: EventTypeName,
    decision_id: str,
    book: Book | None = None,
) -> Counterfactuals:
    """The smallest changes of ``facts`` under which ``policy`` comes to something better. Pure.

    Better is a better outcome; of an approval below what was asked for, one that is so in fewer ways.

    Args:
        facts: as they were.
        policy, live: that decided.
        event_type: of the event decided on.
        decision_id: for the answer.
        book: what was seen before; None: nothing bounds the search but the definitions.
    """
    result = judge(facts, policy)
    outcome = str(result.outcome)
    if not adverse_of(result, policy, facts.row, live.vocabulary):
        return Counterfactuals(
            decision_id=decision_id,
            outcome=outcome,
            en="The decision was the best this policy gives.",
            zh="该决策已是本策略的最优结果。",
        )
    declared = live.reader.event_types[event_type]
    movable, held = movable_fields(
        declared, policy.columns, live.plan, facts.row, live.known.networks, book=book, vocabulary=live.vocabulary
    )
    search = Search(facts, policy, live, result)
    search.run(movable)
    found = tuple(_told(one, outcome, facts, policy, live) for one in search.smallest())
    en, zh = _summary(found, movable, outcome)
    return Counterfactuals(
        decision_id=decision_id,
        outcome=outcome,
        found=found,
        moved=tuple(one.field for one in movable),
        held=tuple(held),
        tried=search.tried,
        complete=search.tried < TRIES_MAX,
        book=book.decisions if book is not None and book.speaks else 0,
        en=en,
        zh=zh,
    )


def _told(found: Found, before: str, facts: Facts, policy: CompiledPolicy, live: LiveRelease) -> Counterfactual:
    moves = tuple(
        Move(field=name, then=facts.row.get(name), now=value) for name, value in sorted(found.changed.items())
    )
    outcome, vocabulary = str(found.result.outcome), live.vocabulary
    days = days_of(moves, vocabulary)
    en, zh = suggestion(moves, outcome, days, vocabulary, _currency(policy, live), terms=outcome == before)
    return Counterfactual(
        moves=moves,
        outcome=outcome,
        reasons=tuple(reason.code for reason in found.result.reasons),
        limit_minor=found.result.limit_minor,
        cost=found.cost,
        takes_days=days,
        monotone=all(_monotone(one.field, policy) for one in moves),
        en=en,
        zh=zh,
    )


def _monotone(field: str, policy: CompiledPolicy) -> bool:
    """Whether every model called that reads ``field`` is proved to move one way with it."""
    models = models_of(policy)
    return all(
        _proved(models[stage.stage.uses], field) for stage in policy.plan.models.values() if field in stage.inputs
    )


def _currency(policy: CompiledPolicy, live: LiveRelease) -> str:
    """Of amounts in decisions of ``policy``; empty where nothing says."""
    written = [one.currency for one in live.letters.values() if policy.policy.policy in one.policies]
    return policy.policy.currency or next(iter(written), "")


def _proved(model: Model, field: str) -> bool:
    """Whether the document declares a direction for ``field``, everywhere it is read, and keeps to it."""
    members = getattr(model.document, "members", None)
    documents = [model.document] if members is None else [one.model for one in members]
    declared = [
        getattr(each, "monotone", 0)
        for document in documents
        for each in getattr(document, "inputs", ())
        if getattr(each, "name", None) == field
    ]
    return bool(declared) and set(declared) in ({1}, {-1}) and not monotone_violations(model, field)


def _summary(found: Sequence[Counterfactual], movable: Sequence[Movable], outcome: str) -> tuple[str, str]:
    if found:
        return found[0].en, found[0].zh
    if not movable:
        return (
            "None of the facts that this policy looked at may move, so nothing was tried.",
            "本策略所依据的信息均不可变动，因此未作尝试。",
        )
    tried = f"No change of the facts that may move, up to {REACH:g} times themselves, was found under which this policy"
    return (
        f"{tried} comes to anything better than {outcome}.",
        f"在可变动信息变动至 {REACH:g} 倍的范围内，未找到能使本策略给出优于{outcome_in_chinese(outcome)}结果的改变。",
    )
