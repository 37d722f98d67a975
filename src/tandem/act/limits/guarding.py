"""Which steps an account may take at all: what it is, what rules leave, what it can afford, when its limit moved last. Pure.

A step that this leaves out is never chosen, whatever it would bring, and is looked at once more before a limit moves.
"""

from __future__ import annotations

from tandem.act.lending import Account, Freeze, MoveLimit
from tandem.act.limits.sorting import Sorted
from tandem.act.limits.types import LimitStrategy, MoveKind
from tandem.act.products import AmountBounds, Day
from tandem.act.trials import Arm, Lots
from tandem.kernel.time import DAY

__all__ = ["Arms", "allowed_steps", "cooled_down", "last_moved", "limits_after"]


class Arms(Lots):
    """Who no review moves, so that moving is measured: the same owners in every review."""

    def __init__(self, strategy: LimitStrategy) -> None:
        super().__init__(strategy.hold_out.share, f"limits\x00{strategy.hold_out.salt}")


def limits_after(strategy: LimitStrategy, bounds: AmountBounds, limit_minor: int) -> list[int]:
    """The limit after each step: in steps of the product, rounded down, within its bounds where it moves at all."""
    found = []
    for step in strategy.steps:
        if step.kind in {"hold", "freeze"}:
            found.append(limit_minor)
            continue
        wanted = limit_minor * (10_000 + step.change_bps) // 10_000
        wanted = min(max(wanted, bounds.least_minor), bounds.most_minor)
        found.append(wanted // bounds.step_minor * bounds.step_minor)
    return found


def last_moved(account: Account) -> Day | None:
    """The day on which its limit moved last, or was stopped; by a review or by people, whom a review would else undo."""
    days = [
        (one.at if one.settled_at is None else one.settled_at) // DAY
        for one in account.deeds
        if one.state in {"done", "agreed"} and isinstance(one.act, MoveLimit | Freeze)
    ]
    return max(days, default=None)


def cooled_down(strategy: LimitStrategy, kind: MoveKind, last: Day | None, day: Day) -> bool:
    """Whether a limit that moved on day ``last`` may move again on ``day``, that way. A freeze need not wait."""
    if last is None or kind in {"hold", "freeze"}:
        return True
    wait = strategy.cool_down.increase if kind == "increase" else strategy.cool_down.decrease
    return day - last >= wait


def allowed_steps(
    strategy: LimitStrategy,
    account: Account,
    after: list[int],
    stands: Sorted,
    *,
    day: Day,
    arm: Arm,
    pending: bool,
) -> list[bool]:
    """By step, whether the account may take it; to hold is always allowed.

    Args:
        after: the limit after each step.
        pending: an earlier review still has something open with it.
    """
    hold, limit, last = strategy.hold, account.limit_minor or 0, last_moved(account)
    found = [at == hold for at in range(len(strategy.steps))]
    if arm == "held_out" or pending or account.state != "open":
        return found
    for at, step in enumerate(strategy.steps):
        if step.kind == "hold" or not stands.lowest <= at <= stands.highest:
            continue
        if not cooled_down(strategy, step.kind, last, day):
            continue
        if step.kind == "increase":
            affordable = stands.affordable_minor is not None and after[at] <= stands.affordable_minor
            found[at] = limit < after[at] and affordable
        elif step.kind == "decrease":
            found[at] = after[at] < limit
        else:
            found[at] = True
    if not stands.lowest <= hold <= stands.highest and any(one for at, one in enumerate(found) if at != hold):
        found[hold] = False  # a rule says that it must not stay as it is
    return found
