"""The verdict: go on, promote, stop, or no difference shown; by the rules that were written down before the first decision.

    stop           a guard is broken, the split is not the split, or the challenger is surely worse
    promote        surely better, on at least as many decisions as were planned, and nothing is doubtful
    no_difference  a difference worth finding is excluded, or the horizon is over
    continue       anything else

*Surely* is by the always-valid interval. A shadow is never promoted on labels alone: of whom its challenger would have
approved and the champion did not, nobody knows how they would have turned out.
"""

from __future__ import annotations

from collections.abc import Sequence

from tandem.decide.experiments import Experiment
from tandem.learn.experiments.balance import ExperimentBalance
from tandem.learn.experiments.planning import ExperimentPlan
from tandem.learn.experiments.results import DifferenceReading, ExperimentVerdict, GuardReading
from tandem.learn.experiments.wording import amount_of, measure_in_words

__all__ = ["verdict_of"]


def verdict_of(
    experiment: Experiment,
    plan: ExperimentPlan,
    differences: Sequence[DifferenceReading],
    guards: Sequence[GuardReading],
    balance: ExperimentBalance | None,
    counted: Sequence[int],
    *,
    over: bool,
    currency: str,
) -> ExperimentVerdict:
    """What follows.

    Args:
        counted: decisions of each challenger that the metric counts.
        over: the horizon is past.
    """
    broken = next((one for one in guards if one.state == "broken"), None)
    if broken is not None:
        en, zh = measure_in_words(broken.measure)
        value = [amount_of(broken.measure, broken.value, currency, language) for language in ("en", "zh")]
        limit = [amount_of(broken.measure, broken.limit, currency, language) for language in ("en", "zh")]
        return ExperimentVerdict(
            word="stop",
            en=f"Guard {broken.guard}: {en} of {broken.arm} is {value[0]}, and the limit is {limit[0]}.",
            zh=f"护栏 {broken.guard}：{broken.arm} 的{zh}为 {value[1]}，界限为 {limit[1]}。",
        )
    if balance is not None and balance.broken:
        return ExperimentVerdict(
            word="stop",
            en="The arms do not have the shares that were set, and chance does not explain it: the numbers compare nothing.",
            zh="各组的实际占比与设定不符，且无法用偶然解释：这些数字不可比较。",
        )
    for one in differences:
        if one.better is False and _sure(one):
            return _told("stop", one, experiment, currency, "surely worse", "确定更差")
    least = min(counted, default=0)
    best = max((one for one in differences if one.better and _sure(one)), key=_size, default=None)
    doubtful = next((one for one in guards if one.state == "doubtful"), None)
    if best is not None and least >= plan.minimum and doubtful is None:
        return _told("promote", best, experiment, currency, "surely better", "确定更好")
    if over or (least >= plan.minimum and differences and all(_excluded(one, experiment) for one in differences)):
        en = "The time is over" if over else "A difference worth finding is excluded"
        zh = "期限已到" if over else "已排除值得发现的差异"
        return ExperimentVerdict(word="no_difference", en=f"{en}; no difference was shown.", zh=f"{zh}；未显示差异。")
    left = max(0, plan.minimum - least)
    if left:
        return ExperimentVerdict(
            word="continue",
            en=f"{left:,} more decisions of the challenger are needed before anything is concluded.",
            zh=f"挑战者还需要 {left:,} 笔决策才能下结论。",
        )
    return ExperimentVerdict(
        word="continue",
        en="A difference worth finding is neither shown nor excluded yet.",
        zh="值得发现的差异既未显示，也未排除。",
    )


def _sure(one: DifferenceReading) -> bool:
    return one.low is not None and one.high is not None and (one.low > 0 or one.high < 0)


def _size(one: DifferenceReading) -> float:
    return abs(one.value or 0.0)


def _excluded(one: DifferenceReading, experiment: Experiment) -> bool:
    detect = experiment.metric.detect
    return one.low is not None and one.high is not None and one.low > -detect and one.high < detect


def _told(
    word: str, one: DifferenceReading, experiment: Experiment, currency: str, en_how: str, zh_how: str
) -> ExperimentVerdict:
    measure = experiment.metric.measure
    en, zh = measure_in_words(measure)

    def numbers(language: str) -> tuple[str, ...]:
        values = (one.value, one.low, one.high)
        return tuple(amount_of(measure, value, currency, language, difference=True) for value in values)

    english, chinese = numbers("en"), numbers("zh")
    return ExperimentVerdict(
        word=word,  # type: ignore[arg-type]
        en=f"{one.arm} is {en_how}: {en} {english[0]} against the champion (between {english[1]} and {english[2]}).",
        zh=f"{one.arm} {zh_how}：{zh}与冠军相差 {chinese[0]}（介于 {chinese[1]} 与 {chinese[2]} 之间）。",
    )
