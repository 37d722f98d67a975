"""A model read aloud: its parts, its points, what each input weighs, and which promises about it are proven."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.decide.models.additives import mean_weight
from tandem.decide.models.documents import (
    Additive,
    AdditiveInput,
    Bin,
    Blend,
    Linear,
    LinearInput,
    ModelDocument,
    ModelInput,
    ModelKind,
    NetworkInput,
    NoCalibration,
    PlattCalibration,
    SageDocument,
    Scorecard,
    ScorecardInput,
    StatefulDocument,
    TabularNetwork,
    Trees,
)
from tandem.decide.models.monotonicity import monotone_violations
from tandem.decide.models.points import base_points, bin_points

__all__ = ["BinRow", "CardInput", "InputDescription", "ModelDescription", "PairRow", "Part", "describe_model"]

_Tabular = Scorecard | Additive | Linear | Trees | TabularNetwork
_AnyInput = ModelInput | ScorecardInput | AdditiveInput | LinearInput | NetworkInput


class InputDescription(msgspec.Struct, frozen=True, kw_only=True):
    """One input.

    Attributes:
        monotone: the direction it must move the margin in; 0 where it may do as it likes.
        proof: whether that is proven over all values (``free``: nothing was promised).
        violations: places where a part moves the other way.
        training_weight: mean absolute contribution over the training rows, in log-odds; exact for scorecards, linear
            models and inputs of an additive model that are in no pair; None where the document does
            not say.
    """

    name: str
    type: Literal["numeric", "categorical"]
    monotone: int
    reason: str | None
    proof: Literal["proven", "broken", "free"]
    violations: int
    training_weight: float | None


RowOf: TypeAlias = Literal["values", "missing", "other"]
_Range: TypeAlias = tuple[float | None, float | None]
_OPEN: Final[_Range] = (None, None)


class BinRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table; ``rate`` is the share of adverse training rows, None without any.

    ``of`` says whose row it is: of values, of a missing value, or of texts that no other row holds. Of numbers ``low`` and ``high``
    are the ends of the range, the first in it and the last not, None where it is open; equal where it is one value. ``woe`` is the bin's weight
    before the input's coefficient, in log-odds; ``points`` is what it adds to the score, None
    where the model has no scale of points or its probability is not a line over the margin.
    """

    label: str
    of: RowOf
    count: int
    adverse: int
    rate: float | None
    woe: float
    points: float | None
    low: float | None = None
    high: float | None = None


class CardInput(msgspec.Struct, frozen=True, kw_only=True):
    """One input of a scorecard, a linear or an additive model with its table; ``information_value`` over the training rows.

    Of a line, the rows are its ends and its centre, and nothing is counted.
    """

    name: str
    coefficient: float
    reason: str | None
    information_value: float
    rows: tuple[BinRow, ...]


class PairRow(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of an additive model: its inputs, its cells, and the least and most it adds, in log-odds."""

    first: str
    second: str
    cells: int
    least: float
    most: float


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A model, or a member of a blend: a scorecard or additive model with its tables, the others by their size.

    Attributes:
        reads: the row's own values that a network reads, ``inputs`` many, before it is the sum of its parts.
        links: how a network's rows are neighbours; ``slots`` of them per link, ``width`` numbers kept twice of each row.
            Of a tabular network ``width`` is the length of its state, of a recurrent one of the state it keeps of everybody.
    """

    kind: Literal["scorecard", "additive", "linear", "trees", "tabular_network", "sage", "gru"]
    weight: float
    inputs: int
    base_points: float | None = None
    card: tuple[CardInput, ...] = ()
    pairs: tuple[PairRow, ...] = ()
    trees: int = 0
    leaves: int = 0
    reads: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    slots: int = 0
    width: int = 0


class ModelDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A document in figures."""

    kind: ModelKind
    inputs: tuple[InputDescription, ...]
    parts: tuple[Part, ...]


def describe_model(document: ModelDocument) -> ModelDescription:
    """What a checked ``document`` says of itself."""
    if isinstance(document, StatefulDocument):
        return _described_network(document)
    members = _members(document)
    known: dict[str, _AnyInput] = {}
    for _, member in members:
        for one in member.inputs:
            known.setdefault(one.name, one)
    weights = _training_weights(members)
    return ModelDescription(
        kind=document.__struct_config__.tag,  # type: ignore[arg-type]  # the tags are these words
        inputs=tuple(_input(document, one, weights.get(name)) for name, one in known.items()),
        parts=tuple(_part(weight, member) for weight, member in members),
    )


def _described_network(document: StatefulDocument) -> ModelDescription:
    parts = [
        ModelInput(name=name, reason=reason) for name, reason in zip(document.parts, document.part_reasons, strict=True)
    ]
    whole = Part(
        kind=document.__struct_config__.tag,  # type: ignore[arg-type]  # the tags are these words
        weight=1.0,
        inputs=len(document.inputs),
        reads=document.inputs,
        links=document.kinds if isinstance(document, SageDocument) else (),
        slots=document.slots if isinstance(document, SageDocument) else 0,
        width=document.width,
    )
    return ModelDescription(kind=whole.kind, inputs=tuple(_input(document, one, None) for one in parts), parts=(whole,))


def _members(document: _Tabular | Blend) -> list[tuple[float, _Tabular]]:
    if isinstance(document, Blend):
        return [(member.weight, member.model) for member in document.members]
    return [(1.0, document)]


def _input(document: ModelDocument, one: _AnyInput, weight: float | None) -> InputDescription:
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


def _training_weights(members: list[tuple[float, _Tabular]]) -> dict[str, float]:
    """By input: only where the document's own counts say it, which is in tables that stand on their own."""
    if len(members) > 1:
        return {}
    (_, member) = members[0]
    if isinstance(member, Scorecard):
        return {one.name: _mean_contribution(one) for one in member.inputs}
    if isinstance(member, Additive):
        paired = {axis.name for pair in member.pairs for axis in (pair.first, pair.second)}
        return {one.name: _mean_step(one) for one in member.inputs if one.counts and one.name not in paired}
    if isinstance(member, Linear):
        return {one.name: one.spread for one in member.inputs}
    return {}


def _mean_contribution(one: ScorecardInput) -> float:
    rows = [row for _, row, _ in _bins(one)]
    total = sum(row.count for row in rows)
    if not total:
        return 0.0
    mean = sum(row.count * row.woe for row in rows) / total
    return sum(row.count * abs(one.coefficient * (row.woe - mean)) for row in rows) / total


def _mean_step(one: AdditiveInput) -> float:
    mean, total = mean_weight(one), max(sum(one.counts), 1)
    weights = (*one.weights, one.missing)
    return sum(count * abs(weight - mean) for weight, count in zip(weights, one.counts, strict=True)) / total


def _part(weight: float, member: _Tabular) -> Part:
    if isinstance(member, Additive):
        return _additive_part(weight, member)
    if isinstance(member, Linear):
        return _linear_part(weight, member)
    if isinstance(member, Scorecard):
        return Part(
            kind="scorecard",
            weight=weight,
            inputs=len(member.inputs),
            base_points=member.base_points,
            card=tuple(_card_input(one) for one in member.inputs),
        )
    if isinstance(member, TabularNetwork):
        return Part(kind="tabular_network", weight=weight, inputs=len(member.inputs), width=len(member.bias))
    leaves = sum(len(tree.leaf) for tree in member.trees)
    return Part(kind="trees", weight=weight, inputs=len(member.inputs), trees=len(member.trees), leaves=leaves)


def _additive_part(weight: float, member: Additive) -> Part:
    slope, intercept = _line(member)
    base = None
    if member.scaling is not None and slope is not None:
        base = base_points(member.scaling, slope * member.intercept + intercept)
    pairs = [
        _pair(one.first.name, one.second.name, [each for row in one.weights for each in row]) for one in member.pairs
    ]
    return Part(
        kind="additive",
        weight=weight,
        inputs=len(member.inputs),
        base_points=base,
        card=tuple(_additive_input(one, member, slope) for one in member.inputs),
        pairs=tuple(sorted(pairs, key=lambda one: one.least - one.most)),
    )


def _linear_part(weight: float, member: Linear) -> Part:
    slope, intercept = _line(member)
    base = None
    if member.scaling is not None and slope is not None:
        base = base_points(member.scaling, slope * member.intercept + intercept)
    return Part(
        kind="linear",
        weight=weight,
        inputs=len(member.inputs),
        base_points=base,
        card=tuple(_linear_input(one, member, slope) for one in member.inputs),
    )


def _linear_input(one: LinearInput, member: Linear, slope: float | None) -> CardInput:
    shown: list[tuple[RowOf, str, float, _Range]] = [
        ("values", level, weight, _OPEN) for level, weight in zip(one.levels, one.weights, strict=True)
    ]
    if one.type == "numeric":
        low, center, high = one.low, one.center, one.high
        ends = (("<= ", low, (None, low)), ("= ", center, (center, center)), (">= ", high, (high, None)))
        shown = [("values", f"{sign}{value:.6g}", one.weight * (value - center), span) for sign, value, span in ends]
        shown += [("values", f"= {each.value:g}", each.weight, (each.value, each.value)) for each in one.specials]
    shown.append(("missing", "missing", one.missing, _OPEN))
    if one.unknown is not None:
        shown.append(("other", "other", one.unknown, _OPEN))
    scaling = member.scaling
    rows = [
        BinRow(
            label=label,
            of=of,
            count=0,
            adverse=0,
            rate=None,
            woe=added,
            points=None if scaling is None or slope is None else bin_points(scaling, slope, added),
            low=low,
            high=high,
        )
        for of, label, added, (low, high) in shown
    ]
    coefficient = one.weight if one.type == "numeric" else 1.0
    return CardInput(name=one.name, coefficient=coefficient, reason=one.reason, information_value=0.0, rows=tuple(rows))


def _pair(first: str, second: str, cells: list[float]) -> PairRow:
    return PairRow(first=first, second=second, cells=len(cells), least=min(cells), most=max(cells))


def _line(member: Additive | Linear) -> tuple[float | None, float]:
    """The line from margin to calibrated log-odds; None where it is none."""
    match member.calibration:
        case PlattCalibration(slope=slope, intercept=intercept):
            return slope, intercept
        case NoCalibration():
            return 1.0, 0.0
    return None, 0.0


def _additive_input(one: AdditiveInput, member: Additive, slope: float | None) -> CardInput:
    weights = [*one.weights, one.missing]
    counts = one.counts or (0,) * len(weights)
    adverse = one.adverse or (0,) * len(weights)
    scaling = member.scaling

    def row(of: RowOf, label: str, weight: float, count: int, bad: int, span: _Range = _OPEN) -> BinRow:
        return BinRow(
            label=label,
            of=of,
            count=count,
            adverse=bad,
            rate=bad / count if count else None,
            woe=weight,
            points=None if scaling is None or slope is None else bin_points(scaling, slope, weight),
            low=span[0],
            high=span[1],
        )

    labels = [*_labels(one), "missing"]
    spans = [*_spans(one.edges, len(one.weights)), _OPEN]
    *rows, missing = zip(labels, weights, counts, adverse, spans, strict=True)
    shown = [*(row("values", *each) for each in rows), row("missing", *missing)]
    if one.unknown is not None:
        shown.append(row("other", "other", one.unknown, 0, 0))
    return CardInput(
        name=one.name,
        coefficient=1.0,
        reason=one.reason,
        information_value=_information_value(shown),
        rows=tuple(shown),
    )


def _labels(one: AdditiveInput) -> list[str]:
    """Bins in words: half-open intervals, or the texts of a group."""
    if one.type == "categorical":
        return [", ".join(group) for group in one.groups]
    return [_label(span) for span in _spans(one.edges, len(one.weights))]


def _label(span: _Range) -> str:
    low, high = (None if end is None else f"{end:.12g}" for end in span)
    if low is None:
        return "any" if high is None else f"< {high}"
    if high is None:
        return f">= {low}"
    return f"= {low}" if low == high else f"[{low}, {high})"


def _card_input(one: ScorecardInput) -> CardInput:
    rows = [*_bins(one)]
    return CardInput(
        name=one.name,
        coefficient=one.coefficient,
        reason=one.reason,
        information_value=_information_value([row for _, row, _ in rows]),
        rows=tuple(
            BinRow(
                label=row.label or (_label((low, high)) if of == "values" and not one.groups else ""),
                of=of,
                count=row.count,
                adverse=row.adverse,
                rate=row.adverse / row.count if row.count else None,
                woe=row.woe,
                points=row.points,
                low=low,
                high=high,
            )
            for of, row, (low, high) in rows
        ),
    )


def _bins(one: ScorecardInput) -> Iterator[tuple[RowOf, Bin, _Range]]:
    for each, span in zip(one.bins, _spans(one.edges, len(one.bins)), strict=True):
        yield "values", each, span
    for special in one.specials:
        yield "values", special.bin, (special.values[0], special.values[0]) if len(special.values) == 1 else _OPEN
    yield "missing", one.missing, _OPEN
    if one.unknown is not None:
        yield "other", one.unknown, _OPEN


def _spans(edges: Sequence[float], bins: int) -> list[_Range]:
    """The range of each of so many bins; of texts, which have no edges, all are open."""
    if not edges:
        return [_OPEN] * bins
    return [(None, edges[0]), *pairwise(edges), (edges[-1], None)]


def _information_value(rows: Sequence[Bin | BinRow]) -> float:
    """Sum over bins of (share of adverse - share of good) * woe (Siddiqi, 2006)."""
    adverse = sum(row.adverse for row in rows)
    good = sum(row.count - row.adverse for row in rows)
    if not adverse or not good:
        return 0.0
    found = sum((row.adverse / adverse - (row.count - row.adverse) / good) * row.woe for row in rows)
    return found if math.isfinite(found) else 0.0
