"""Why an account is in its stage: which conditions it met on the day of the run, or since when it waits to leave. Pure.

What a run wrote are stages and the days on which their conditions were last met. Which condition that was is found again from
the account and the rules of that run; where it does not show any more, because the run was given a grade that nobody kept or
the account has moved since, that is said and nothing is made up.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.act.lending import AccountId
from tandem.act.products import Day
from tandem.act.provisions.rules import Staging
from tandem.act.provisions.staging import Seen, riskier

__all__ = ["Placed", "Reason", "Recorded", "reasons_of"]

Code: TypeAlias = Literal["default", "late", "riskier", "forborne", "seen_then", "stays"]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for a stage above the first.

    Attributes:
        code: ``default``, ``late``: so many ``days`` past due; ``riskier``: ``pd_now`` against ``pd_open``, within twelve months;
            ``forborne``: scheduled anew ``on`` that day; ``seen_then``: a condition was met that does not show any more;
            ``stays``: it was last met ``on`` that day.
        until: the first day on which it does not count any more, if nothing else happens.
    """

    code: Code
    days: int | None = None
    pd_open: float | None = None
    pd_now: float | None = None
    on: Day | None = None
    until: Day | None = None


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What the runs wrote of one account; ``stage`` 0 of one that owes nothing, or was never measured."""

    stage: int
    met_2: Day
    met_3: Day
    gross_minor: int
    allowance_minor: int


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """An account as the last run left it.

    Attributes:
        moved: it owes another amount than it did then; the next run measures it.
    """

    number: int
    account_id: AccountId
    currency: str
    recorded: Recorded
    reasons: tuple[Reason, ...]
    moved: bool


def reasons_of(rules: Staging, day: Day, seen: Seen, place: int, recorded: Recorded) -> tuple[Reason, ...]:
    """Why the account at ``place`` of ``seen`` is in its stage at the end of ``day``; none in stage 1.

    Args:
        seen: accounts as they are on that day.
    """
    late = int(seen.late[place])
    if recorded.stage == 3:
        if recorded.met_3 < day:
            return (Reason(code="stays", on=recorded.met_3, until=recorded.met_3 + rules.stage_3_days),)
        return (Reason(code="default", days=late) if late > rules.default_days else Reason(code="seen_then"),)
    if recorded.stage != 2:
        return ()
    if recorded.met_2 < day:
        return (Reason(code="stays", on=recorded.met_2, until=recorded.met_2 + rules.stage_2_days),)
    found = []
    if late > rules.late_days:
        found.append(Reason(code="late", days=late))
    if riskier(rules, seen)[place]:
        found.append(Reason(code="riskier", pd_open=float(seen.pd_open[place]), pd_now=float(seen.pd_now[place])))
    anew = int(seen.forborne[place])
    if day - anew < rules.forborne_days:
        found.append(Reason(code="forborne", on=anew, until=anew + rules.forborne_days))
    return tuple(found) or (Reason(code="seen_then"),)
