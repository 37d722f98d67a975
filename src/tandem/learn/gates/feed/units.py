"""Gate: a column is in the unit it was in, in one currency, coded as it was.

A column whose shape broke is asked what happened to it: multiplied by a factor that units differ by, by any other factor,
moved, turned round, or its codes swapped. The answer counts only where undoing it restores the shape to within noise; a
shape that nothing restores has drifted, and drift only warns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from tandem.learn.gates.feed.bands import share_band
from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.feed.records import ColumnDay
from tandem.learn.gates.feed.rulers import ColumnRuler, place_numbers
from tandem.learn.gates.feed.sorts import numbers_in, texts_in
from tandem.learn.gates.feed.values import usual_reach
from tandem.learn.gates.reports import GateFinding, GateSeverity
from tandem.learn.training import FloatArray, Stability, psi_of_counts

__all__ = ["UNITS", "judge_currency", "judge_units"]

UNITS: Final[dict[float, str]] = {
    100: "100 (minor and major units, percent and share)",
    1000: "1,000 (thousands)",
    10000: "10,000 (wan, basis points)",
    1e6: "1,000,000 (millions)",
    10: "10",
    12: "12 (months and years)",
    30: "30 (days and months)",
    30.4375: "30.4375 (days and months)",
    365: "365 (days and years)",
    365.25: "365.25 (days and years)",
    7: "7 (days and weeks)",
    24: "24 (hours and days)",
    60: "60 (minutes and hours)",
    3600: "3,600 (seconds and hours)",
    86400: "86,400 (seconds and days)",
}
"""Factors that units differ by; each is tried both ways."""

_RESTORED = 0.25
_TWICE = 2
_FEWEST_ODD = 20
_FEWEST_BINS = 3
_STRAYS = 0.25


def judge_currency(day: DayInQuestion) -> Iterator[GateFinding]:
    """Amounts in a currency that accepted days did not have, or that they had far less of."""
    name = day.layout.currency
    if name is None or name in day.blamed or name not in day.record.columns:
        return
    ruler, now = day.profile.ruler(name), day.record.columns[name]
    if ruler.kind != "categorical":
        return
    texts, codes = texts_in(day.table.column(name))
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    for text, count in zip(texts, counts.tolist(), strict=True):
        if text not in ruler.levels:
            share = count / max(now.known, 1)
            en = f"{share:.1%} of the rows are in {text}, a currency this feed never had."
            yield _finding(
                "currency_mixed",
                name,
                share,
                0.0,
                now.known,
                en,
                f"{share:.1%} 的行币种为 {text}，此前从未出现。",
                segment=text,
            )
            continue
        at = ruler.levels.index(text)
        past = [one.columns[name] for one in day.past]
        band = share_band([one.counts[at] for one in past], [one.known for one in past], now.known, day.level)
        share = count / max(now.known, 1)
        if day.banded and not band.holds(share) and abs(share - band.mean) > day.limits.missing_jump:
            en = f"{share:.1%} of the rows are in {text}; {band.mean:.1%} were."
            yield _finding(
                "currency_mixed",
                name,
                share,
                band.high,
                now.known,
                en,
                f"{share:.1%} 的行币种为 {text}，以往为 {band.mean:.1%}。",
                segment=text,
            )


def judge_units(day: DayInQuestion) -> Iterator[GateFinding]:
    """Columns whose unit, scale, origin, sign or coding changed, wholly or in a part of the rows."""
    for ruler, now, past in day.columns():
        if ruler.kind not in {"numeric", "categorical"} or ruler.bins < 4 or ruler.name == day.layout.currency:
            continue
        usual = day.profile.counts(ruler.name).sum(axis=0)
        broken = _apart(usual, np.asarray(now.counts, dtype=np.float64))
        if ruler.kind == "categorical":
            if broken.psi > max(_TWICE * day.limits.psi_broken, broken.critical):
                yield from _swapped(ruler, usual, now, broken)
            continue
        values = numbers_in(day.table.column(ruler.name))
        found = None
        if broken.psi > max(day.limits.psi_broken, broken.critical):
            found = _explained(day, ruler, values, usual, now, past, broken)
        yield from filter(None, [found or _part(day, ruler, values, usual, past)])


def _explained(
    day: DayInQuestion,
    ruler: ColumnRuler,
    values: FloatArray,
    usual: FloatArray,
    now: ColumnDay,
    past: list[ColumnDay],
    broken: Stability,
) -> GateFinding | None:
    rows = now.known

    def restores(candidate: FloatArray) -> float | None:
        left = _apart(usual, _counted(ruler, candidate))
        good = left.psi < _RESTORED * broken.psi and left.psi < day.limits.psi_drift + left.critical
        return left.psi if good else None

    tried = [
        (left, unit, up)
        for unit in UNITS
        for up in (True, False)
        if (left := restores(values / unit if up else values * unit)) is not None
    ]
    if tried:
        _, unit, up = min(tried)
        way, words = ("times", "乘以") if up else ("divided by", "除以")
        en = f"{ruler.name} is {way} {UNITS[unit]}: its unit changed."
        factor = unit if up else 1 / unit
        return _finding(
            "unit_changed", ruler.name, factor, 1.0, rows, en, f"{ruler.name} 被{words} {unit:g}：单位已变。"
        )
    if restores(-values) is not None:
        en = f"{ruler.name} has its sign turned round."
        return _finding("sign_changed", ruler.name, -1.0, 1.0, rows, en, f"{ruler.name} 的正负号相反。")
    return _moved(day, ruler, values, now, past, restores)


def _moved(
    day: DayInQuestion,
    ruler: ColumnRuler,
    values: FloatArray,
    now: ColumnDay,
    past: list[ColumnDay],
    restores: Callable[[FloatArray], float | None],
) -> GateFinding | None:
    """Any other factor, or a shift, that restores the shape."""
    name, rows, limits = ruler.name, now.known, day.limits
    scale, shift, spread = _usual_place(past)
    if scale and now.scale:
        factor = now.scale / scale
        if max(factor, 1 / factor) > limits.scale_least and restores(values / factor) is not None:
            en = f"{name} is {factor:.3g} times what it was, in the same shape: its scale changed."
            zh = f"{name} 整体为以往的 {factor:.3g} 倍：量纲已变。"
            return _finding("scale_changed", name, factor, limits.scale_least, rows, en, zh)
    if now.middle is not None and spread:
        moved = now.middle[1] - shift
        if abs(moved) > limits.shift_least * spread and restores(values - moved) is not None:
            en = f"{name} moved by {moved:.4g} in the same shape: its origin changed."
            zh = f"{name} 整体平移 {moved:.4g}：基准已变。"
            return _finding("shifted", name, moved / spread, limits.shift_least, rows, en, zh)
    return None


def _part(
    day: DayInQuestion, ruler: ColumnRuler, values: FloatArray, usual: FloatArray, past: list[ColumnDay]
) -> GateFinding | None:
    """A part of the rows above everything usual, which a factor of units brings back into the usual shape.

    Only rows large enough to be seen count: those that multiplied by the factor pass the usual reach.
    """
    known = values[~np.isnan(values)]
    top = usual_reach(past)[1]
    odd = known[known > top]
    share = odd.size / max(known.size, 1)
    if odd.size < _FEWEST_ODD or share <= day.limits.outside_most / 5 or top <= 0:
        return None
    best: tuple[float, float] | None = None
    for unit in UNITS:
        seen = np.asarray([edge >= top / unit for edge in ruler.edges])
        if seen.sum() < _FEWEST_BINS:
            continue
        bins = np.append(np.append(False, seen), False)
        back = _counted(ruler, odd / unit)
        apart = _apart(usual[bins], back[bins])
        strays = 1 - back[bins].sum() / odd.size
        fits = apart.psi < day.limits.psi_broken + apart.critical and strays < _STRAYS
        if fits and (best is None or apart.psi < best[0]):
            best = (apart.psi, unit)
    if best is None:
        return None
    unit = best[1]
    en = f"At least {share:.1%} of {ruler.name} are apart by {UNITS[unit]}: two units are mixed."
    zh = f"{ruler.name} 至少有 {share:.1%} 相差 {unit:g} 倍：混用了两种单位。"
    return _finding("unit_mixed", ruler.name, share, day.limits.outside_most / 5, known.size, en, zh)


def _swapped(ruler: ColumnRuler, usual: FloatArray, now: ColumnDay, broken: Stability) -> Iterator[GateFinding]:
    """The same shares under other texts: codes were dealt anew."""
    counts = np.asarray(now.counts[:-2], dtype=np.float64)
    if counts.sum() == 0 or counts.size < _TWICE:
        return
    left = _apart(np.sort(usual[:-2]), np.sort(counts))
    if left.psi < _RESTORED * broken.psi and left.psi < 0.05 + left.critical:
        en = f"{ruler.name} has the usual shares under other texts: its codes were swapped."
        yield _finding(
            "category_recoded",
            ruler.name,
            broken.psi,
            broken.critical,
            now.known,
            en,
            f"{ruler.name} 的占比不变但取值互换：编码已变。",
        )


def _apart(usual: FloatArray, now: FloatArray) -> Stability:
    return psi_of_counts(usual, now)


def _counted(ruler: ColumnRuler, values: FloatArray) -> FloatArray:
    return np.bincount(place_numbers(ruler, values), minlength=ruler.bins).astype(np.float64)


def _usual_place(past: list[ColumnDay]) -> tuple[float | None, float, float]:
    """Median scale, median, and interquartile range of accepted days."""
    scales = [one.scale for one in past if one.scale is not None]
    middles = [one.middle for one in past if one.middle is not None]
    if not middles:
        return None, 0.0, 0.0
    quartiles = np.median(np.asarray(middles), axis=0)
    return (float(np.median(scales)) if scales else None), float(quartiles[1]), float(quartiles[2] - quartiles[0])


def _finding(
    code: str, column: str, value: float, limit: float, n: int, en: str, zh: str, *, segment: str | None = None
) -> GateFinding:
    return GateFinding(
        gate="units",
        code=code,
        severity=GateSeverity.HARD,
        column=column,
        segment=segment,
        en=en,
        zh=zh,
        value=float(value),
        limit=float(limit),
        n=n,
    )
