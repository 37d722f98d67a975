"""What is known of a run once history has gone by: how much of it is honest, and how each side stands."""

from __future__ import annotations

import numpy as np

from tandem.kernel.time import Micros, format_instant
from tandem.learn.backtest.batches import Ints
from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.labelling import UNKNOWN_REASONS
from tandem.learn.backtest.ledger import APPROVE, DECLINE, REVIEW, Ledger
from tandem.learn.backtest.preparing import Prepared, Weighing
from tandem.learn.backtest.report import Honesty, SideShown, UnknowableDecisions
from tandem.learn.effect import rate_of

__all__ = ["currency_of", "honesty_of", "side_shown"]


def honesty_of(prepared: Prepared, ledger: Ledger, erased: int) -> Honesty:
    """How much of the answer is known."""
    both = ledger.both
    known = both & (ledger.bad >= 0)
    approved = both & (ledger.decided == APPROVE)
    reasons = np.bincount(ledger.reason[both & ~known], minlength=len(UNKNOWN_REASONS)).tolist()
    newest = int(ledger.occurred_at[known].max()) if known.any() else None
    unknowable = [
        UnknowableDecisions(side=name, code=code, name=what, count=count)
        for name, side in (("candidate", prepared.candidate), ("against", prepared.against))
        if side is not None
        for (code, what), count in sorted(side.why.items())
    ]
    if erased:
        unknowable.append(UnknowableDecisions(side="", code="erased", name="", count=erased))
    return Honesty(
        decisions=len(ledger) + erased,
        compared=int(both.sum()),
        known=int(known.sum()),
        unknown={name: count for name, count in zip(UNKNOWN_REASONS, reasons, strict=True) if count},
        known_approved_then=int((known & approved).sum()),
        approved_then=int(approved.sum()),
        newest_known_at=None if newest is None else format_instant(Micros(newest)),
        unknowable=tuple(unknowable),
        defined=prepared.definition is not None,
        simulated=prepared.definition is not None and prepared.definition.simulated,
        inferred_by=prepared.inferred,
    )


def side_shown(counter: Counter, side: Weighing | None, outcome: Ints, label: str) -> SideShown:
    """One side and those it approves."""
    both = counter.ledger.both
    approved = both & (outcome == APPROVE)
    return SideShown(
        label=label if side is None else side.side.label,
        release="" if side is None else str(side.side.live.digest),
        policy="" if side is None else side.side.compiled.policy.policy,
        drafts=() if side is None else side.side.drafts,
        approved=rate_of(int(approved.sum()), int(both.sum())),
        reviewed=int((both & (outcome == REVIEW)).sum()),
        declined=int((both & (outcome == DECLINE)).sum()),
        standing=counter.group(approved),
        by_row=None if side is None else side.side.policy.by_row,
        computed={} if side is None else dict(sorted(side.computed.items())),
    )


def currency_of(prepared: Prepared) -> str:
    """In which money is counted."""
    if prepared.definition is not None and prepared.definition.currency:
        return prepared.definition.currency
    return prepared.candidate.side.compiled.policy.currency
