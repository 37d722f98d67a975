"""What a feature costs, by the plan: exact where the plan decides it, and never a time measured on somebody's machine."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.program import Cell, ColumnKind, Op, TrackProgram

__all__ = ["FeatureCost", "Work", "cost_of"]

_ROW_BYTES = 48
"""Time, sequence number, event, flags and nulls of a kept event, as the state is written (``states``)."""
_WIDTHS = {ColumnKind.INTEGER: 8, ColumnKind.DOUBLE: 8, ColumnKind.IDENTITY: 16}


class Work(StrEnum):
    """How the work of reading grows with the number of events in the window."""

    CONSTANT = "constant"
    LOGARITHMIC = "logarithmic"
    LINEAR = "linear"


class FeatureCost(msgspec.Struct, frozen=True, kw_only=True):
    """The cost of one feature.

    Attributes:
        work: how reading grows with the events in the window, where the newest event asks.
        keeps: ``rows`` one by one, ``tiles`` of totals, or one ``total``; the longest-kept of what it needs.
        kept_for: how long rows are kept, in microseconds: the longest window of all that share them, and the lateness.
        bytes_per_event: what one kept event takes in the state, in all places that this feature reads.
        shared_by: how many features read the same rows.
        cells: aggregates that it is made of.
    """

    work: Work
    keeps: str
    kept_for: int
    bytes_per_event: int
    shared_by: int
    cells: int


def cost_of(plan: FeaturePlan, name: str) -> FeatureCost:
    """The cost of the feature ``name``.

    Raises:
        NotFound: the plan has no such feature.
    """
    plan.feature(name)
    place = plan.names.index(name)
    homes = plan.homes[place]
    tracks = [plan.program.tracks[home] for home in homes]
    numbered = [(track, cell) for track in plan.program.tracks for cell in track.cells]
    output = plan.program.outputs[place]
    used = [numbered[cell] for cell in output.cells]
    return FeatureCost(
        work=max((_work(track, cell) for track, cell in used), key=list(Work).index),
        keeps=_keeps(tracks),
        kept_for=max(track.lateness + (track.reach if track.fold < 0 else 0) for track in tracks),
        bytes_per_event=sum(_ROW_BYTES + sum(_WIDTHS[kind] for kind in track.columns) for track in tracks),
        shared_by=sum(1 for others in plan.homes if set(others) & set(homes)),
        cells=len(used),
    )


def _keeps(tracks: list[TrackProgram]) -> str:
    folds = {track.fold for track in tracks}
    if -1 in folds:
        return "rows"
    return "total" if folds == {0} else "tiles"


def _work(track: TrackProgram, cell: Cell) -> Work:
    kind = ColumnKind.INTEGER if track.lanes[cell.lane].column < 0 else track.columns[track.lanes[cell.lane].column]
    if cell.op in {Op.SUM, Op.MEAN, Op.STD} and kind is ColumnKind.DOUBLE:
        return Work.LINEAR  # floats are summed exactly, row by row
    if cell.op is Op.REPEATS:
        return Work.LINEAR
    if cell.op is Op.CURRENT:
        return Work.CONSTANT
    return Work.LOGARITHMIC if cell.window else Work.CONSTANT
