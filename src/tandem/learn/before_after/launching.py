"""How long a change took from the draft to the customer: read from the history of artefacts, which nobody can rewrite."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

import msgspec

from tandem.kernel.artefacts import ArtefactVersion
from tandem.kernel.time import SECOND, Micros
from tandem.learn.before_after.types import LaunchTimes, Side

__all__ = ["FirstLive", "launch_times"]


class FirstLive(msgspec.Struct, frozen=True, kw_only=True):
    """A release that went live.

    Attributes:
        at: when.
        rolled_back: it was gone back to.
        first: versions that had never been live before.
    """

    at: Micros
    rolled_back: bool
    first: tuple[ArtefactVersion, ...] = ()


def launch_times(history: Iterable[FirstLive], side: Side) -> LaunchTimes:
    """The launches within ``side``, by processing time."""
    inside = [
        one
        for one in history
        if (side.start is None or one.at >= side.start) and (side.end is None or one.at < side.end)
    ]
    taken = [(one.at - version.pushed_at) / SECOND for one in inside for version in one.first]
    return LaunchTimes(
        releases=sum(not one.rolled_back for one in inside),
        rolled_back=sum(one.rolled_back for one in inside),
        artefacts=len(taken),
        median_s=median(taken) if taken else None,
        slowest_s=max(taken, default=None),
        by_one=sum(_by_its_author(version) for one in inside for version in one.first),
    )


def _by_its_author(version: ArtefactVersion) -> bool:
    return bool(version.reviews) and all(review.approver == version.author for review in version.reviews)
