"""Gate: labels arrive when they should, are as bad as they were, fit what is risky, and no column knows them beforehand."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from tandem.learn.gates.feed.bands import Band, share_band, value_band
from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.feed.hashing import row_hashes
from tandem.learn.gates.feed.records import LabelDay
from tandem.learn.gates.reports import GateFinding, GateSeverity
from tandem.learn.training import psi_of_counts, texts_of

__all__ = ["judge_labels", "judge_revisions"]

_MISFIT = 0.5
_FEWEST_RANKED = 3
_FEWEST_TURNED = 50
_SKILL = 0.03
_Z90 = 1.6448536269514722


def judge_labels(day: DayInQuestion) -> Iterator[GateFinding]:
    """Arrival, vocabulary, turned or poisoned labels, bad rate, columns too good to be true."""
    now = day.record.label
    past = [one.label for one in day.past if one.label is not None]
    if now is None or not past:
        return
    yield from _arrival(day, now, past)
    spoiled = list(_ranking(day, now, past))
    yield from spoiled
    if not spoiled or spoiled[0].code != "labels_flipped":
        yield from _bad_rate(day, now, past)
    yield from _too_good(day)


def judge_revisions(day: DayInQuestion, earlier: pa.Table) -> Iterator[GateFinding]:
    """Labels that are not what they were known to be: ``earlier`` holds keys and labels known before."""
    layout = day.layout
    if layout.label is None or not layout.key:
        return
    before = _label_of(earlier, layout.key, layout.label)
    now = _label_of(day.table, layout.key, layout.label)
    both = before.keys() & now.keys()
    flips = sum(before[key] != now[key] for key in both)
    share, limit = flips / max(len(both), 1), day.limits.flips_most
    if flips and share > limit / 2:
        en = f"{flips} of {len(both)} labels known before have changed."
        zh = f"{len(both)} 个已知标签中有 {flips} 个被改变。"
        yield _finding("labels_revised", share, limit, len(both), en, zh, hard=share > limit and flips >= 5)


def _label_of(table: pa.Table, key: tuple[str, ...], label: str) -> dict[int, str]:
    hashes = row_hashes(table, key).tolist()
    texts = texts_of(table.column(label))
    return {one: text for one, text in zip(hashes, texts, strict=True) if text is not None}


def _arrival(day: DayInQuestion, now: LabelDay, past: list[LabelDay]) -> Iterator[GateFinding]:
    rows = day.record.rows
    unknown = sorted(set(now.texts) - {text for one in past for text in one.texts})
    if unknown:
        en = f"Labels never seen before: {', '.join(unknown[:3])}."
        yield _finding("label_vocabulary", len(unknown), 0, now.known, en, f"出现未知标签：{'、'.join(unknown[:3])}。")
    for code, count, en, zh in (
        ("label_before_event", now.early, "labels were known before their event happened", "个标签早于事件本身"),
        ("label_from_future", now.late, "labels became known after the day was judged", "个标签晚于判定时刻"),
    ):
        if count:
            yield _finding(
                code,
                count / rows,
                0.0,
                now.known,
                f"{count} {en}.",
                f"{count} {zh}。",
                hard=count > day.limits.future_most * rows,
            )
    if not day.banded:
        return
    totals = [one.rows for one in day.past if one.label is not None]
    band = share_band([one.known for one in past], totals, rows, day.limits.chance)
    share = now.known / max(rows, 1)
    if not band.holds(share) and abs(share - band.mean) > day.limits.arrival_jump:
        en = f"{share:.1%} of the rows have a label; {band.low:.1%} to {band.high:.1%} were expected."
        yield _finding(
            "label_arrival",
            share,
            band.low if share < band.mean else band.high,
            rows,
            en,
            f"{share:.1%} 的行有标签，预期 {band.low:.1%} 至 {band.high:.1%}。",
        )
    delays = [one.delays for one in past if one.delays]
    if now.delays and delays:
        apart = psi_of_counts(
            np.sum(np.asarray(delays, dtype=np.float64), axis=0), np.asarray(now.delays, dtype=np.float64)
        )
        if apart.psi > _MISFIT + apart.critical:
            en = f"Labels arrive on another curve than before (PSI {apart.psi:.2f} of the delays)."
            yield _finding(
                "label_arrival",
                apart.psi,
                _MISFIT + apart.critical,
                now.known,
                en,
                f"标签到达曲线与以往不同（PSI {apart.psi:.2f}）。",
            )


def _ranking(day: DayInQuestion, now: LabelDay, past: list[LabelDay]) -> Iterator[GateFinding]:
    ranked = [one for one in past if one.ranking is not None]
    usual = [one.ranking for one in ranked if one.ranking is not None]
    noises = [one.noise for one in ranked]
    band = value_band(usual, day.limits.chance, noises, now.noise) if len(usual) >= _FEWEST_RANKED else None
    turned = (
        band is not None and band.mean - 0.5 > _SKILL and now.ranking is not None and now.ranking + 3 * now.noise < 0.5
    )
    rates = share_band([one.bads for one in past], [one.known for one in past], max(now.known, 1), day.limits.chance)
    rate = now.bads / max(now.known, 1)
    if turned or (day.banded and now.known >= _FEWEST_TURNED and rates.holds(1 - rate) and not rates.holds(rate)):
        en = f"The labels are turned round: {rate:.1%} are bad and {rates.mean:.1%} were"
        en += "." if now.ranking is None else f"; the usual score ranks them with AUC {now.ranking:.3f}."
        zh = f"标签被反转：坏样本率 {rate:.1%}（以往 {rates.mean:.1%}）。"
        yield _finding("labels_flipped", rate, rates.high, now.known, en, zh)
    elif band is not None and now.ranking is not None and band.mean - 0.5 > _SKILL and now.ranking < band.low:
        yield _misfit(day, band, rates, past)


def _misfit(day: DayInQuestion, band: Band, rates: Band, past: list[LabelDay]) -> GateFinding:
    """Labels that the profile's score ranks worse than ever: bads of a new kind, or made up."""
    now = day.record.label
    assert now is not None
    assert now.ranking is not None
    if _learnable(day, now, past):
        en = (
            f"The bads are of a kind that was not known to be risky: AUC {now.ranking:.3f} (before: {band.mean:.3f}); "
            f"but they can be learned as ever (AUC {now.learned:.3f} within the day)."
        )
        zh = f"坏样本属于新的类型：AUC {now.ranking:.3f}（以往 {band.mean:.3f}），但当日标签仍可学习（日内 AUC {now.learned:.3f}）。"
        return _finding("bads_of_a_new_kind", now.ranking, band.low, now.known, en, zh, hard=False)
    limit = _left(band.mean, day.limits.ranking_lost)
    # Be sure of the loss, or see the rate move as well.
    rate = now.bads / max(now.known, 1)
    hard = now.ranking + _Z90 * now.noise < limit or (now.ranking < limit and not rates.holds(rate))
    en = (
        f"Labels fit what is known to be risky less than ever: AUC {now.ranking:.3f} "
        f"(before: {band.mean:.3f}); some may be made up."
    )
    zh = f"标签与已知风险规律不符：AUC {now.ranking:.3f}（以往 {band.mean:.3f}），可能被污染。"
    return _finding("labels_poisoned", now.ranking, min(limit, band.low), now.known, en, zh, hard=hard)


def _learnable(day: DayInQuestion, now: LabelDay, past: list[LabelDay]) -> bool:
    """Whether the day's own labels teach what labels usually do, at most ``ranking_lost`` of it lost, for sure: made-up ones do not."""
    usual = [one.learned for one in past if one.learned is not None]
    if now.learned is None or len(usual) < _FEWEST_RANKED:
        return False
    mean = sum(usual) / len(usual)
    return mean - 0.5 > _SKILL and now.learned - _Z90 * now.learned_noise > _left(mean, day.limits.ranking_lost)


def _left(usual: float, lost: float) -> float:
    """The AUC that is left of a usual one when so much of its power (AUC - 0.5) is lost."""
    return 0.5 + (usual - 0.5) * (1 - lost)


def _bad_rate(day: DayInQuestion, now: LabelDay, past: list[LabelDay]) -> Iterator[GateFinding]:
    if not day.banded or not now.known:
        return
    band = share_band([one.bads for one in past], [one.known for one in past], now.known, day.limits.chance)
    rate = now.bads / now.known
    if band.holds(rate):
        return
    rates, factor = [one.bads / one.known for one in past if one.known], day.limits.bad_rate_factor
    hard = not min(rates) / factor <= rate <= max(rates) * factor
    en = f"{rate:.2%} of the labels are bad; {band.low:.2%} to {band.high:.2%} were expected."
    zh = f"坏样本率为 {rate:.2%}，预期 {band.low:.2%} 至 {band.high:.2%}。"
    yield _finding("bad_rate", rate, _nearer(band, rate), now.known, en, zh, hard=hard)


def _too_good(day: DayInQuestion) -> Iterator[GateFinding]:
    label = day.record.label
    assert label is not None
    for ruler, now, past in day.columns():
        usual = [one.alone for one in past if one.alone is not None]
        if now.alone is None:
            continue
        limit = day.limits.too_good
        if len(usual) >= _FEWEST_RANKED:
            limit = min(limit, max(value_band(usual, day.limits.chance).high, *usual) + day.limits.too_good_jump)
        if now.alone - 3 * _noise(now.alone, label) > limit and now.alone > max(usual, default=0.0):
            before = f"{sum(usual) / len(usual):.3f}" if usual else "-"
            en = f"{ruler.name} alone ranks the labels with AUC {now.alone:.3f} (before: {before}): it may know the outcome."
            zh = f"{ruler.name} 单独的 AUC 达 {now.alone:.3f}（以往 {before}）：可能泄露了结果。"
            yield _finding("too_good", now.alone, limit, label.known, en, zh, column=ruler.name)


def _noise(area: float, label: LabelDay) -> float:
    """Standard error of an AUC with these outcomes (Hanley and McNeil 1982)."""
    bads, goods = max(label.bads, 1), max(label.known - label.bads, 1)
    pairs = area / (2 - area) - area**2, 2 * area**2 / (1 + area) - area**2
    variance = (area * (1 - area) + (bads - 1) * pairs[0] + (goods - 1) * pairs[1]) / (bads * goods)
    return math.sqrt(max(variance, 0.0))


def _nearer(band: Band, rate: float) -> float:
    return band.low if rate < band.mean else band.high


def _finding(
    code: str, value: float, limit: float, n: int, en: str, zh: str, *, column: str | None = None, hard: bool = True
) -> GateFinding:
    severity = GateSeverity.HARD if hard else GateSeverity.WARN
    return GateFinding(
        gate="labels",
        code=code,
        severity=severity,
        column=column,
        en=en,
        zh=zh,
        value=float(value),
        limit=float(limit),
        n=n,
    )
