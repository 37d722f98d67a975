"""Training sets that the workspace keeps, as the API tells of them: the record of a set, and none of its rows."""

from __future__ import annotations

import msgspec

from tandem.faces.api.shapes.vocabulary import Instant

__all__ = ["DatasetPage", "DatasetShown"]


class DatasetShown(msgspec.Struct, kw_only=True):
    """One set.

    Attributes:
        names: that point to it. of: type of the events that were decided. label: its definition's name.
        simulated: whether outcomes come from a simulation.
        rows, bad: labelled rows, and those of them that went badly; declined: rows beside, whose outcome nobody will know.
        young: too young to be counted, or an early sign only. excluded: never labelled, by reason.
        seq, at: as of which place of the journal, and when. since, until: of the decided events; null: no bound.
        target, positive, time: the columns that whoever trains needs, and the bad value.
        inputs: columns that a model may read. forbid: those that it may not.
    """

    digest: str
    names: list[str]
    of: str
    label: str
    simulated: bool
    rows: int
    bad: int
    declined: int
    young: int
    unknown: int
    excluded: dict[str, int]
    seq: int
    at: Instant
    since: Instant | None
    until: Instant | None
    built_at: Instant
    target: str
    positive: str
    time: str
    inputs: list[str]
    forbid: list[str]


class DatasetPage(msgspec.Struct, kw_only=True):
    """Training sets, the newest first."""

    items: list[DatasetShown]
