"""How a model did on decisions that have turned out: its recorded scores against what became of them.

Which outcome belongs to which decision is a matter of the workspace, and said by its views: one that has the column the
model predicts and a column ``decision_id``. The figures are those of the training, by the same code.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec
import numpy as np

from tandem.decide.decisions import LiveRelease
from tandem.decide.models import log_odds
from tandem.kernel.errors import InvalidInput, NotFound, TooLarge, Unavailable
from tandem.kernel.identity import Digest
from tandem.observe.lake import Lake

__all__ = ["LivedFigures", "lived_figures"]

_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
_KEY: Final = "decision_id"
_FEWEST: Final = 20


class LivedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """``view`` is where the outcomes stand; ``figures`` as ``tandem.learn.training`` tells them."""

    view: str
    target: str
    figures: dict[str, Any]


def lived_figures(
    lake: Lake, live: LiveRelease, stages: Mapping[Digest, str], target: str, releases: Collection[Digest]
) -> LivedFigures | None:
    """The figures of a model as it was in ``releases``; None where no view knows enough outcomes.

    Fewer than twenty of either outcome say nothing.

    Args:
        stages: by the digest of each policy that asks it, the stage that does; scores are recorded by stage.
    """
    if not _COLUMN.match(target) or not all(map(_COLUMN.match, stages.values())) or not stages or not releases:
        return None
    lake.define_views(live.views)
    named = ", ".join(f"'{digest}'" for digest in sorted(releases))
    asked = " ".join(f"WHEN '{policy}' THEN '{stage}'" for policy, stage in sorted(stages.items()))
    scores = f"(d.scores::JSON -> (CASE d.policy_digest {asked} END)) ->> 'probability'"
    for view in live.views:
        # Names of views, columns and stages are lower_snake, digests are hex: nothing here can end a string.
        query = (
            f"SELECT CAST(v.{target} AS INTEGER) AS bad, CAST({scores} AS DOUBLE) AS p "  # noqa: S608
            f"FROM {view.name} AS v JOIN decisions AS d ON d.{_KEY} = v.{_KEY} "
            f"WHERE v.{target} IS NOT NULL AND d.release IN ({named}) ORDER BY d.seq"
        )
        with contextlib.suppress(
            InvalidInput, NotFound, TooLarge, Unavailable
        ):  # it has no such column, or no rows yet
            table = lake.sql(query)
            known = [(row["bad"], row["p"]) for row in table.to_pylist() if row["p"] is not None]
            if (found := _judged([bad for bad, _ in known], [p for _, p in known])) is not None:
                return LivedFigures(view=view.name, target=target, figures=found)
    return None


def _judged(bad: list[int], probabilities: list[float]) -> dict[str, Any] | None:
    if min(sum(bad), len(bad) - sum(bad)) < _FEWEST:
        return None
    from tandem.learn.training import judge, model_figures  # loads what fits models: only where figures are asked for

    scores = np.array([log_odds(p) for p in probabilities])
    return model_figures(judge(np.array(bad, dtype=np.float64), scores, scores[: scores.size // 2]))
