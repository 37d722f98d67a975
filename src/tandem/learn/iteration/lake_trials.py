"""Trials of a deployment: backtests over the journal as it stood at the end of a day, by the policy that is live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from tandem.decide.decisions import Beside
from tandem.kernel.time import Clock, format_instant
from tandem.learn.backtest import BacktestAsked, RuleSweep, SideAsked, Sources, lake_for, run_backtest
from tandem.learn.datasets import as_of
from tandem.learn.iteration.feeds import day_shifted, midnight
from tandem.learn.iteration.plan import IterationPlan, Threshold
from tandem.learn.iteration.thresholds import Changed, Tried

__all__ = ["LakeTrials"]


class LakeTrials:
    """Trials over what ``beside`` has recorded.

    Args:
        beside: the journal, read beside whoever writes it.
        lake: folder of the lake that follows it; there may be none yet.
    """

    def __init__(self, beside: Beside, lake: Path, clock: Clock) -> None:
        self._beside = beside
        self._lake = lake
        self._clock = clock

    def try_values(
        self, plan: IterationPlan, day: str, threshold: Threshold, values: Sequence[float], days: tuple[str, str]
    ) -> list[Tried]:
        """See ``Trials``.

        Raises:
            DefinitionError, InvalidInput, NotFound: the live policy has no such rule or number.
            Unavailable: no release is live.
        """
        zone = ZoneInfo(plan.schedule.time_zone)
        end = midnight(day_shifted(day, 1), zone)
        asked = as_of(self._beside, format_instant(end))
        lake = lake_for(self._lake, asked.seq, clock=self._clock)
        sources = replace(Sources.beside(self._beside, lake, clock=self._clock), last=asked.seq, known_at=end)
        side = SideAsked(policy=plan.policy)
        report = run_backtest(
            sources,
            BacktestAsked(
                event_type=plan.event,
                candidate=side,
                against=side,
                since=format_instant(midnight(days[0], zone)),
                until=format_instant(midnight(day_shifted(days[1], 1), zone)),
                rules=False,
                sweep=RuleSweep(rule=threshold.at, values=tuple(values), number=threshold.number),
                sample=1,
            ),
        )
        return [
            Tried(
                value=one.value,
                when=one.when,
                decisions=report.honesty.compared,
                gained=Changed(one.gained.good, one.gained.bad, one.gained.unknown),
                lost=Changed(one.lost.good, one.lost.bad, one.lost.unknown),
            )
            for one in report.sweep
        ]
