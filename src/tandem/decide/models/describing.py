"""A model read aloud: its parts, its points, what each input weighs, and which promises about it are proven."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

import msgspec

from tandem.decide.models.documents import Bin, Blend, ModelDocument, ModelInput, Scorecard, ScorecardInput, Trees
from tandem.decide.models.monotonicity import monotone_violations

__all__ = ["BinRow", "CardInput", "InputDescription", "ModelDescription", "Part", "describe_model"]


class InputDescription(msgspec.Struct, frozen=True, kw_only=True):
    """One input.

    Attributes:
        monotone: the direction it must move the margin in; 0 where it may do as it likes.
        proof: whether that is proven over all values (``free``: nothing was promised).
        violations: places where a part moves the other way.
        training_weight: mean absolute contribution over the training rows, in log-odds; exact for scorecards, by the
            counts of their bins; None where the document does not say.
    """

    name: str
    type: Literal["numeric", "categorical"]
    monotone: int
    reason: str | None
    proof: Literal["proven", "broken", "free"]
    violations: int
    training_weight: float | None


class BinRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a scorecard's table; ``rate`` is the share of adverse training rows, None without any."""

    label: str
    count: int
    adverse: int
    rate: float | None
    woe: float
    points: float


class CardInput(msgspec.Struct, frozen=True, kw_only=True):
    """One input of a scorecard with its table; ``information_value`` over the training rows."""

    name: str
    coefficient: float
    reason: str | None
    information_value: float
    rows: tuple[BinRow, ...]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A model, or a member of a blend: a scorecard with its tables, or trees by their size."""

    kind: Literal["scorecard", "trees"]
    weight: float
    inputs: int
    base_points: float | None = None
    card: tuple[CardInput, ...] = ()
    trees: int = 0
    leaves: int = 0


class ModelDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A document in figures."""

    kind: Literal["scorecard", "trees", "blend"]
    inputs: tuple[InputDescription, ...]
    parts: tuple[Part, ...]


def describe_model(document: ModelDocument) -> ModelDescription:
    """What a checked ``document`` says of itself."""
    members = _members(document)
    known: dict[str, ModelInput | ScorecardInput] = {}
    for _, member in members:
        for one in member.inputs:
            known.setdefault(one.name, one)
    weights = _training_weights(members)
    return ModelDescription(
        kind=document.__struct_config__.tag,  # type: ignore[arg-type]  # the tags are these words
        inputs=tuple(_input(document, one, weights.get(name)) for name, one in known.items()),
        parts=tuple(_part(weight, member) for weight, member in members),
    )


def _members(document: ModelDocument) -> list[tuple[float, Scorecard | Trees]]:
    if isinstance(document, Blend):
        return [(member.weight, member.model) for member in document.members]
    return [(1.0, document)]


def _input(document: ModelDocument, one: ModelInput | ScorecardInput, weight: float | None) -> InputDescription:
    violations = len(monotone_violations(document, one.name)) if one.monotone else 0
    return InputDescription(
        name=one.name,
        type=one.type,
        monotone=one.monotone,
        reason=one.reason,
        proof="free" if not one.monotone else "broken" if violations else "proven",
        violations=violations,
        training_weight=weight,
    )


def _training_weights(members: list[tuple[float, Scorecard | Trees]]) -> dict[str, float]:
    """By input: only where the document's own counts say it, which is a scorecard on its own."""
    if len(members) > 1:
        return {}
    (_, member) = members[0]
    return {one.name: _mean_contribution(one) for one in member.inputs} if isinstance(member, Scorecard) else {}


def _mean_contribution(one: ScorecardInput) -> float:
    rows = [*_bins(one)]
    total = sum(row.count for row in rows)
    if not total:
        return 0.0
    mean = sum(row.count * row.woe for row in rows) / total
    return sum(row.count * abs(one.coefficient * (row.woe - mean)) for row in rows) / total


def _part(weight: float, member: Scorecard | Trees) -> Part:
    if isinstance(member, Scorecard):
        return Part(
            kind="scorecard",
            weight=weight,
            inputs=len(member.inputs),
            base_points=member.base_points,
            card=tuple(_card_input(one) for one in member.inputs),
        )
    leaves = sum(len(tree.leaf) for tree in member.trees)
    return Part(kind="trees", weight=weight, inputs=len(member.inputs), trees=len(member.trees), leaves=leaves)


def _card_input(one: ScorecardInput) -> CardInput:
    rows = [*_bins(one)]
    return CardInput(
        name=one.name,
        coefficient=one.coefficient,
        reason=one.reason,
        information_value=_information_value(rows),
        rows=tuple(
            BinRow(
                label=row.label,
                count=row.count,
                adverse=row.adverse,
                rate=row.adverse / row.count if row.count else None,
                woe=row.woe,
                points=row.points,
            )
            for row in rows
        ),
    )


def _bins(one: ScorecardInput) -> Iterator[Bin]:
    yield from one.bins
    yield from (special.bin for special in one.specials)
    yield one.missing
    if one.unknown is not None:
        yield one.unknown


def _information_value(rows: list[Bin]) -> float:
    """Sum over bins of (share of adverse - share of good) * woe (Siddiqi, 2006)."""
    adverse = sum(row.adverse for row in rows)
    good = sum(row.count - row.adverse for row in rows)
    if not adverse or not good:
        return 0.0
    found = sum((row.adverse / adverse - (row.count - row.adverse) / good) * row.woe for row in rows)
    return found if math.isfinite(found) else 0.0
