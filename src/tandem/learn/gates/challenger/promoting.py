"""Gate: evidence enough that promoting the challenger is no mistake.

It must be non-inferior: the lower 95 % bound of the paired AUC difference on matured rows (DeLong et al. 1988) above minus a
margin. And there must be a reason: it is superior, it repairs a calibration that the champion has lost, or the champion is due.

A champion is challenged many times, and one look in twenty finds a gain that is none. So the error allowed in all is spent
over the looks: look ``k`` may use ``alpha / (k (k + 1))``, which sums to ``alpha`` however many there are (alpha spending,
Lan and DeMets 1983; a union bound, so it holds for looks at any rows). The first look is the usual 95 % interval.
"""

from __future__ import annotations

from collections.abc import Iterator

from scipy.special import ndtri

from tandem.kernel.time import DAY
from tandem.learn.gates.challenger.calibrating import calibrated
from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import AucDifference, auc_difference

__all__ = ["alpha_at", "judge_evidence"]

_WIDTH = 2 * 1.959963984540054


def judge_evidence(contest: Contest) -> Iterator[GateFinding]:
    """Outcomes enough, non-inferior, and a reason to promote."""
    bad, limits = contest.evidence.bad, contest.limits
    fewest = min(int(bad.sum()), int(bad.size - bad.sum()))
    if fewest < limits.fewest_bads:
        en = f"Only {fewest} matured outcomes of the rarer kind: wait."
        zh = f"成熟的少数类样本仅 {fewest} 个：请等待。"
        yield found("evidence", "too_few_bads", en, zh, value=fewest, limit=limits.fewest_bads, n=bad.size)
        if not fewest:
            return
    gain = auc_difference(bad, contest.matured.challenger, contest.matured.champion)
    if gain.low <= -limits.margin:
        code = "worse" if gain.high < 0 else "not_non_inferior"
        en = f"It is not shown to be no worse: AUC {gain.value:+.4f} ({gain.low:+.4f} to {gain.high:+.4f})."
        zh = f"未能证明不劣：AUC {gain.value:+.4f}（{gain.low:+.4f} 至 {gain.high:+.4f}）。"
        yield found("evidence", code, en, zh, value=gain.low, limit=-limits.margin, n=bad.size)
    yield from _reason(contest, gain)


def alpha_at(look: int, alpha: float) -> float:
    """The error that look number ``look`` may use, of ``alpha`` in all."""
    return alpha / (look * (look + 1))


def _reason(contest: Contest, gain: AucDifference) -> Iterator[GateFinding]:
    evidence, limits = contest.evidence, contest.limits
    rows = evidence.bad.size
    if evidence.purpose == "better":
        low = gain.value - float(-ndtri(alpha_at(evidence.look, limits.alpha))) * (gain.high - gain.low) / _WIDTH
        if low <= 0:
            en = f"It is not shown to be better at look {evidence.look}: AUC {gain.value:+.4f}, at least {low:+.4f}."
            zh = f"第 {evidence.look} 次检视未能证明更优：AUC {gain.value:+.4f}，下界 {low:+.4f}。"
            yield found("evidence", "not_superior", en, zh, value=low, limit=0.0, n=rows)
    elif evidence.purpose == "calibration":
        if not list(calibrated(evidence.bad, contest.matured.champion, limits)):
            en = "The champion's calibration needs no repair."
            yield found("evidence", "no_repair_needed", en, "冠军的校准无需修复。", n=rows)
    elif (evidence.champion_age or 0) < limits.refresh_age:
        age, due = (evidence.champion_age or 0) / DAY, limits.refresh_age / DAY
        en = f"The champion is {age:.0f} days old; a refresh is due at {due:.0f}."
        yield found(
            "evidence", "refresh_not_due", en, f"冠军上线 {age:.0f} 天，{due:.0f} 天才需更新。", value=age, limit=due
        )
