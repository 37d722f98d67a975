"""What a preview says: the nouns."""

from __future__ import annotations

import msgspec

from tandem.learn.effect.rates import EffectRate
from tandem.learn.effect.segments import EffectLabel

__all__ = [
    "Effect",
    "EffectCell",
    "EffectExample",
    "EffectGroup",
    "EffectMoved",
    "EffectNote",
    "EffectOutcomes",
    "EffectSegment",
    "EffectStanding",
]


class EffectCell(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions that go from one outcome to another; ``unknown`` are those of which nobody knows how they turned out."""

    before: str
    after: str
    count: int
    bad: int
    good: int
    unknown: int
    amount_minor: int | None


class EffectStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a policy stands on these decisions.

    Attributes:
        approved: of all of them.
        bad: of those it approves and whose outcome is known.
        reviewed, declined: counts.
        amount_minor: asked for by those it approves; null where no amount is defined.
        limit_minor: limits it gives, added up; null where it gives none.
    """

    approved: EffectRate
    bad: EffectRate
    reviewed: int
    declined: int
    amount_minor: int | None
    limit_minor: int | None


class EffectMoved(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions that move to one side.

    Attributes:
        count: all of them; ``bad`` and ``good`` turned out so, of ``unknown`` nobody knows.
        bad_rate: of those whose outcome is known.
        amount_minor, bad_amount_minor, good_amount_minor: what was at stake; null where no amount is defined.
    """

    count: int
    bad: int
    good: int
    unknown: int
    bad_rate: EffectRate
    amount_minor: int | None
    bad_amount_minor: int | None
    good_amount_minor: int | None


class EffectGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One group of a segment, with what changes in it."""

    label: EffectLabel
    decisions: int
    changed: int
    approved_before: int
    approved_after: int
    bad_stopped: int
    good_hurt: int


class EffectSegment(msgspec.Struct, frozen=True, kw_only=True):
    """A field whose groups the change treats differently; ``spread`` is Cramer's V, 0 to 1."""

    field: str
    spread: float
    groups: tuple[EffectGroup, ...]


class EffectExample(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that changes; ``side`` is ``stopped``, ``let_through`` or ``other``."""

    side: str
    decision_id: str
    event_id: str
    occurred_at: str
    before: str
    after: str
    bad: bool | None
    amount_minor: int | None
    reasons_before: tuple[str, ...]
    reasons_after: tuple[str, ...]
    limit_before_minor: int | None
    limit_after_minor: int | None


class EffectOutcomes(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of how decisions turned out.

    Attributes:
        defined: whether the workspace says which event tells.
        event, field: which one it is.
        known: decisions with an outcome, of ``decisions``.
        known_approved, approved: the same of those that were approved; only these can have turned out at all.
        simulated: the outcomes are made up.
    """

    defined: bool
    event: str | None
    field: str | None
    known: int
    decisions: int
    known_approved: int
    approved: int
    simulated: bool


class EffectNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to know before believing the numbers; ``code`` has its words in the console and in the handbook."""

    code: str
    count: int = 0
    names: tuple[str, ...] = ()
    text: str = ""


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """What a draft would have done.

    Attributes:
        decisions: looked at; ``redecided`` of them could be taken again under both policies.
        changed: with another outcome; ``terms_changed``: the same outcome on other terms (limit, price).
        matrix: from each outcome to each, where there are any.
        stopped: approved before and not after; ``let_through``: the other way round.
        currency: of every amount; empty where none is defined.
        by_row: decided one by one, because they have no set-based form.
        erased: decisions left out because their person was erased.
    """

    policy: str
    event_type: str
    currency: str
    decisions: int
    redecided: int
    since: str | None
    until: str | None
    changed: int
    terms_changed: int
    matrix: tuple[EffectCell, ...]
    before: EffectStanding
    after: EffectStanding
    stopped: EffectMoved
    let_through: EffectMoved
    segments: tuple[EffectSegment, ...]
    examples: tuple[EffectExample, ...]
    outcomes: EffectOutcomes
    notes: tuple[EffectNote, ...]
    by_row: int
    took_ms: dict[str, float]
    erased: int = 0
