"""What is asked of a day of rows and of a challenger: every threshold of the gates, named, with where it comes from.

A limit is a value that is passed in and recorded, never a constant inside a gate. Most gates ask two questions: is it more
than chance explains (a level shared by all tests of the day), and is it more than practice cares about (a size). A day is
refused only where both answers are yes.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, HOUR, MINUTE, Micros

__all__ = ["ChallengerLimits", "FairnessPack", "FeedLimits"]


class FeedLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits of the gates on a day of rows.

    Attributes:
        chance: level of all tests of one gate on one day together; shared among columns.
        fewest_days: accepted days that a profile needs before its bands are used.
        age_most: the newest row may be so old when the day is judged (micros).
        skew: clocks may differ by so much (micros).
        future_most: share of rows dated later than the moment of judging that only warns.
        repeated_most: share of rows that may repeat a key.
        overlap_most: share of a day's keys that an earlier day may have had.
        rows_beyond: a row count must also be so much (relative) outside everything seen.
        missing_jump: a missing rate must also have risen by so much (absolute).
        outside_most: share of values far outside everything usual; half of it warns.
        scale_least: a factor between two days that is no longer drift.
        shift_least: a shift, in interquartile ranges, that is no longer drift.
        unseen_most: share of texts never seen before; a fifth of it warns.
        psi_drift: PSI that practice calls small; below it nothing is drift however many rows there are.
        psi_broken: PSI from which a column is asked whether its unit, scale or coding changed.
        bad_rate_factor: a bad rate must also be beyond every accepted day's by this factor.
        ranking_lost: share of the usual ranking power (AUC - 0.5) that labels may lose; of what halves of a day teach each other too.
        too_good: AUC of one column alone that is not believed; ``too_good_jump``: its rise over the usual.
        arrival_jump: the share of labelled rows must also differ by so much (absolute).
        flips_most: share of labels known before that may change.
    """

    chance: float = 0.001
    fewest_days: int = 5
    age_most: Micros = Micros(36 * HOUR)
    skew: Micros = Micros(5 * MINUTE)
    future_most: float = 0.001
    repeated_most: float = 0.001
    overlap_most: float = 0.02
    rows_beyond: float = 0.3
    missing_jump: float = 0.05
    outside_most: float = 0.05
    scale_least: float = 1.5
    shift_least: float = 1.0
    unseen_most: float = 0.1
    psi_drift: float = 0.1
    psi_broken: float = 0.25
    bad_rate_factor: float = 2.0
    ranking_lost: float = 0.3
    too_good: float = 0.95
    too_good_jump: float = 0.15
    arrival_jump: float = 0.1
    flips_most: float = 0.02

    def __post_init__(self) -> None:
        if not 0 < self.chance < 0.5:
            raise InvalidInput("A level lies between 0 and 0.5.", field="chance", value=self.chance)
        if self.fewest_days < 3:
            raise InvalidInput("A band needs three days at least.", field="fewest_days", value=self.fewest_days)


class FairnessPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a regime, or a lender, asks of approvals by protected group, from a date on. Data, never code.

    Attributes:
        name: such as ``four-fifths``.
        effective_from: ISO date from which it is asked.
        source: where it is written.
        ratio_least: adverse impact ratio: a group's approval rate over the best-treated group's.
        smd_most: standardised mean difference of the score between a group and all others, absolute.
        worsening_most: how far the ratio may fall below the champion's.
        fewest: rows a group needs before it is judged.
    """

    name: str
    effective_from: str
    source: str
    ratio_least: float
    smd_most: float
    worsening_most: float = 0.02
    fewest: int = 100


class ChallengerLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits of the gates on a challenger.

    Attributes:
        forbidden: inputs that no model may read; other inputs are asked whether they stand in for protected groups.
        monotone: sign per input that the challenger must be proved to follow, beside those it declares.
        too_good: AUC of one input alone that is not believed; ``jump_most``: a rise over the champion that is not.
        proxy_auc: an input that tells a protected group this well stands in for it.
        absent_jump: an input may be missing so much more often in traffic than in matured rows.
        score_psi_most: PSI between both models' scores on the same traffic.
        level_most: expected bads on the same traffic may differ from the champion's by so much (relative).
        moved_most: so much probability may a decision move in 99 of 100 rows.
        approval_shift_most: change of the approval rate at the champion's cut; a fifth of it warns.
        ratio_apart: expected over observed bads may differ from 1 by so much, beyond its interval.
        ece_most: expected calibration error, beyond its own noise.
        margin: non-inferiority: lower bound of the AUC difference.
        segment_margin: a segment may not be significantly worse than this.
        segment_bads: bads and goods a segment needs before it is judged.
        fairness: the pack in force; None: groups are reported, not judged.
        churn_most: share of traffic whose approval changes between refits.
        importance_least: share of the importances that refits have in common.
        operations_free: operations per row that are always fast enough; ``cost_most``: beyond, times the champion's.
        gap_most: AUC on training rows above the out-of-time AUC, beyond its interval.
        spread: level of the tests of segments, calibration and gaps together.
        fewest_bads: matured bads, before anything is promoted.
        alpha: error spent on all looks at challengers of one champion (one-sided).
        refresh_age: age of a champion (micros) from which "refresh" is a reason.
    """

    forbidden: tuple[str, ...] = ()
    monotone: dict[str, Literal[-1, 1]] = {}
    too_good: float = 0.95
    jump_most: float = 0.1
    proxy_auc: float = 0.7
    absent_jump: float = 0.2
    score_psi_most: float = 0.25
    level_most: float = 0.1
    moved_most: float = 0.6
    approval_shift_most: float = 0.05
    ratio_apart: float = 0.05
    ece_most: float = 0.01
    margin: float = 0.002
    segment_margin: float = 0.002
    segment_bads: int = 50
    fairness: FairnessPack | None = None
    churn_most: float = 0.1
    importance_least: float = 0.7
    operations_free: int = 3000
    cost_most: float = 2.0
    gap_most: float = 0.1
    spread: float = 0.01
    fewest_bads: int = 400
    alpha: float = 0.05
    refresh_age: Micros = Micros(180 * DAY)
