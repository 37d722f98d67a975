"""The nouns of the definition: a finder says in which graph to look, who looks like fraud, and what may be done about it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.identity import EntityKind
from tandem.kernel.time import DAY, MINUTE

__all__ = ["FINDER_KIND", "Automatic", "Finder", "Hot", "HotScore", "Targets"]

FINDER_KIND: Final = "ring"
"""Kind of artefact; its files lie in ``rings/`` of a workspace."""

Automatic: TypeAlias = Literal["off", "propose", "act"]


class HotScore(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model of the decision, and the probability from which on an application is hot."""

    model: str
    at_least: float


class Hot(msgspec.Struct, frozen=True, kw_only=True):
    """What makes an application hot: any of these. Known fraud always does.

    Attributes:
        score: what a model said in its decision.
        outcomes: how its decision ended; with ``reasons``, only for one of them.
    """

    score: HotScore | None = None
    outcomes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Targets(msgspec.Struct, frozen=True, kw_only=True):
    """Lists that a ring is put on: its members on one, what they share on one for each kind of identifier."""

    members: str | None = None
    identifiers: dict[EntityKind, str] = {}


class Finder(msgspec.Struct, frozen=True, kw_only=True):
    """How rings are found in one graph.

    Attributes:
        graph: whose members are joined by what.
        smallest: members of the smallest ring that is told of.
        every: microseconds between two looks.
        shares: identifiers of a ring that a member who is not hot has to share to be counted in; one is enough where most
            of its users are of the ring (see ``growing``).
        dense: share of an identifier's users from which on it is theirs: it joins them where they are hot.
        cells_above: a ring of more members is split into cells.
        amount: field of the event with the money asked for, in minor units.
        household: kind of identifier that a family shares: two who share one are joined only if they did on the same days.
        automatic: what becomes of an identifier with ``bad_members`` known frauds and that ``purity`` among its users
            whose end is known.
        case_from: members from which on a case is opened about a ring by itself; None: only when somebody asks.
        lists: where they are put; expires_after: for how long, in microseconds.
    """

    name: str
    graph: str
    hot: Hot = Hot()
    smallest: int = 3
    every: int = 10 * MINUTE
    shares: int = 2
    dense: float = 0.5
    cells_above: int = 60
    amount: str | None = None
    household: EntityKind | None = None
    automatic: Automatic = "off"
    bad_members: int = 3
    purity: float = 0.8
    case_from: int | None = None
    lists: Targets = Targets()
    expires_after: int = 90 * DAY
    description: dict[str, str] = {}
