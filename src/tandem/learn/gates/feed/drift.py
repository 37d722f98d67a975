"""Gate: whether columns moved more than chance and the usual unrest of days explain. Drift warns; it never stops a day.

PSI over ``b`` bins without drift is about chi-squared with ``b - 1`` degrees of freedom times ``1/n + 1/m`` (Yurdakul 2018);
days that always differ make it larger by a factor, which is taken from the accepted days (as in quasi-likelihood; McCullagh
and Nelder 1989). The p-values of all columns are adjusted together (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.reports import GateFinding, GateSeverity
from tandem.learn.training import FloatArray, holm, psi_chance, psi_of_counts, psi_of_rows

__all__ = ["judge_drift"]


def judge_drift(day: DayInQuestion) -> Iterator[GateFinding]:
    """Columns that drifted, most first."""
    found: list[tuple[str, float, float]] = []
    for ruler, now, _ in day.columns():
        past = day.profile.counts(ruler.name)
        if ruler.kind in {"numeric", "categorical"} and len(past) >= day.limits.fewest_days:
            usual, counts = past.sum(axis=0), np.asarray(now.counts, dtype=np.float64)
            chance = psi_chance(usual, counts, unrest=_unrest(past))
            found.append((ruler.name, psi_of_counts(usual, counts).psi, chance))
    adjusted = holm([chance for _, _, chance in found])
    for (name, psi, _), p in sorted(zip(found, adjusted, strict=True), key=lambda one: -one[0][1]):
        if psi > day.limits.psi_drift and p < day.limits.chance:
            yield GateFinding(
                gate="drift",
                code="drift",
                severity=GateSeverity.WARN,
                column=name,
                en=f"{name} drifted: PSI {psi:.3f} from the accepted days.",
                zh=f"{name} 发生漂移：与以往相比 PSI {psi:.3f}。",
                value=psi,
                limit=day.limits.psi_drift,
                n=day.record.rows,
            )


def _unrest(past: FloatArray) -> float:
    """How much more accepted days differ from one another than sampling explains; at least 1."""
    usual = past.sum(axis=0)
    rest = usual - past
    noise = ((usual > 0).sum() - 1) * (1 / np.maximum(past.sum(axis=1), 1) + 1 / np.maximum(rest.sum(axis=1), 1))
    return max(1.0, float(np.mean(psi_of_rows(rest, past) / np.maximum(noise, 1e-300))))
