"""Bins that a person has changed, each change with a name and a reason.

Edits are applied in order to the bins that the training rows gave; what comes out is where the column is cut, for good: the
same cuts are counted anew in every inner fold. So an edit is judged like everything else, but cuts that were seen on all
training rows are a little known to the folds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NoReturn

import msgspec
import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import BoolArray, FloatArray
from tandem.learn.training.binning.bins import BinCounts, Binning, weight_of_evidence
from tandem.learn.training.binning.numeric import information_value
from tandem.learn.training.binning.segments import Trend
from tandem.learn.training.binning.settings import BinningSettings
from tandem.learn.training.frame import Column, NumericColumn

__all__ = ["BinEdit", "FixedBins", "bin_fixed", "edited"]

Action = Literal["merge", "split", "lock", "special"]


class BinEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One change of the bins of a column.

    Attributes:
        input: the column.
        action: ``merge``: take away the breaks ``at``, or put the texts of each of ``groups`` into one bin; ``split``: add
            the breaks ``at``, or take the texts of each of ``groups`` into a bin of their own; ``lock``: the breaks are
            ``at``, or the groups are ``groups``, and no others; ``special``: each of the values ``at`` gets a bin of its own.
        at: numbers, for a numeric column.
        groups: texts, for a categorical column.
        who: whose decision it is; ``reason``: why.
    """

    input: str
    action: Action
    at: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    who: str
    reason: str

    @property
    def words(self) -> str:
        """The edit in a line."""
        what = ", ".join(f"{one:.12g}" for one in self.at) or "; ".join(", ".join(group) for group in self.groups)
        return f"{self.action} {self.input}: {what or 'nothing'}; {self.reason} ({self.who})"


@dataclass(frozen=True, slots=True)
class FixedBins:
    """Where a column is cut: ``edges`` and ``specials`` of numbers, ``groups`` of texts."""

    edges: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    specials: tuple[float, ...] = ()


def edited(binning: Binning, column: Column, edits: Sequence[BinEdit]) -> FixedBins:
    """The cuts of ``binning`` after ``edits``, in order.

    Raises:
        InvalidInput: an edit cannot be made; says which, and what there is to edit.
    """
    bins = FixedBins(tuple(binning.edges.tolist()), binning.groups, binning.special_values)
    for edit in edits:
        if not edit.who.strip() or not edit.reason.strip():
            _refuse(edit, "An edit says whose it is and why.", "give who and reason")
        bins = _numbers(bins, edit) if isinstance(column, NumericColumn) else _texts(bins, edit)
        if edit.action == "special":
            bins = _closed(bins, column)
    last = edits[-1]
    masks = _masks(column, bins)
    for mask in masks:
        if not mask.any():
            _refuse(last, "An edit leaves a bin without training rows.", f"cuts now: {_told(bins)}")
    return bins


def _closed(bins: FixedBins, column: Column) -> FixedBins:
    """``bins`` without the breaks of a bin that its special values left empty; it joins the one above it, or the last one."""
    edges = list(bins.edges)
    regular = _masks(column, bins)[: len(edges) + 1]
    empty = [at for at, mask in enumerate(regular) if not mask.any()]
    for at in reversed(empty):
        if edges:
            del edges[min(at, len(edges) - 1)]
    return FixedBins(tuple(edges), (), bins.specials)


def _numbers(bins: FixedBins, edit: BinEdit) -> FixedBins:
    _check_numbers(edit)
    edges, specials, named = set(bins.edges), set(bins.specials), set(edit.at)
    match edit.action:
        case "merge":
            if named - edges:
                _refuse(edit, "No such break.", f"breaks now: {_told(bins)}")
            edges -= named
        case "split":
            if named & edges:
                _refuse(edit, "The break is there already.", f"breaks now: {_told(bins)}")
            edges |= named
        case "lock":
            edges = named
        case "special":
            if named & specials:
                _refuse(edit, "The value is special already.", f"special now: {sorted(specials)}")
            specials |= named
    return FixedBins(tuple(sorted(edges)), (), tuple(sorted(specials)))


def _check_numbers(edit: BinEdit) -> None:
    if edit.groups:
        _refuse(edit, "A numeric column has breaks, not groups.", "use at")
    if not edit.at and edit.action != "lock":
        _refuse(edit, "An edit without a number.", "give at")
    if not all(math.isfinite(one) for one in edit.at) or len(set(edit.at)) < len(edit.at):
        _refuse(edit, "Breaks are finite, each once.", "check at")


def _texts(bins: FixedBins, edit: BinEdit) -> FixedBins:
    if edit.at or edit.action == "special":
        _refuse(edit, "A categorical column has groups of texts.", "use groups; a special text is a group of its own")
    named = [text for group in edit.groups for text in group]
    known = {text for group in bins.groups for text in group}
    if not named or len(set(named)) < len(named) or not known.issuperset(named):
        strange = sorted(set(named) - known)
        _refuse(edit, f"Texts stand once, and are texts of the column: {strange}.", f"groups now: {_told(bins)}")
    if edit.action == "lock":
        if known - set(named):
            _refuse(edit, "Locked groups hold every text.", f"left out: {', '.join(sorted(known - set(named)))}")
        return FixedBins((), edit.groups)
    groups = [list(group) for group in bins.groups]
    for texts in edit.groups:
        touched = [group for group in groups if set(group) & set(texts)]
        if edit.action == "merge":
            if len(touched) < 2:
                _refuse(edit, "These texts share a bin already.", f"groups now: {_told(bins)}")
            groups = [group for group in groups if group not in touched]
            groups.append([text for group in touched for text in group])
        else:
            if len(touched) != 1 or set(touched[0]) == set(texts):
                _refuse(edit, "A split takes some texts out of one bin.", f"groups now: {_told(bins)}")
            groups = [[text for text in group if text not in texts] for group in groups]
            groups.append(list(texts))
    return FixedBins((), tuple(tuple(group) for group in groups))


def bin_fixed(column: Column, bad: FloatArray, bins: FixedBins, settings: BinningSettings) -> Binning:
    """``column`` counted in ``bins``; the trend is what the weights show."""
    numeric = isinstance(column, NumericColumn)
    masks = _masks(column, bins)
    missing = np.isnan(column.values) if isinstance(column, NumericColumn) else column.codes == -1
    total, total_bads = float(bad.size), float(bad.sum())
    counts = [BinCounts(int(mask.sum()), int(bad[mask].sum())) for mask in (*masks, missing)]
    weights = np.asarray(
        [
            weight_of_evidence(one.bads, one.count, total_bads, total, settings.prior) if one.count else 0.0
            for one in counts
        ]
    )
    regular = len(masks) - len(bins.specials)
    return Binning(
        name=column.name,
        numeric=numeric,
        edges=np.asarray(bins.edges, dtype=np.float64),
        groups=bins.groups,
        bins=tuple(counts[:regular]),
        missing=counts[-1],
        trend=_trend(weights[:regular]) if numeric else "none",
        woe=weights[:regular],
        missing_woe=float(weights[-1]),
        unknown_woe=float(weights[-1]) if numeric else 0.0,
        iv=information_value(
            np.asarray([float(one.bads) for one in counts]), np.asarray([float(one.count) for one in counts]), weights
        ),
        special_values=bins.specials,
        special_bins=tuple(counts[regular:-1]),
        special_woe=weights[regular:-1],
    )


def _masks(column: Column, bins: FixedBins) -> list[BoolArray]:
    """The rows of every bin, then of every special value."""
    if not isinstance(column, NumericColumn):
        place = {level: code for code, level in enumerate(column.levels)}
        return [np.isin(column.codes, [place[text] for text in group if text in place]) for group in bins.groups]
    special = np.isin(column.values, bins.specials)
    code = np.searchsorted(np.asarray(bins.edges, dtype=np.float64), column.values, side="right")
    code[special | np.isnan(column.values)] = -1
    return [*(code == at for at in range(len(bins.edges) + 1)), *(column.values == value for value in bins.specials)]


def _trend(weights: FloatArray) -> Trend:
    if all(low <= high for low, high in pairwise(weights)):
        return "ascending"
    return "descending" if all(low >= high for low, high in pairwise(weights)) else "none"


def _told(bins: FixedBins) -> str:
    if bins.groups:
        return "; ".join(", ".join(group) for group in bins.groups)
    return ", ".join(f"{edge:.12g}" for edge in bins.edges) or "none"


def _refuse(edit: BinEdit, detail: str, hint: str) -> NoReturn:
    raise InvalidInput(detail, code="bin_edit_impossible", field="bin_edits", value=edit.words, hint=hint)
