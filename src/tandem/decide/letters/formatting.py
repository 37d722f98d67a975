"""Amounts, dates and spans of time as a letter writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from tandem.decide.letters.words import Language
from tandem.kernel.money import CURRENCY_EXPONENTS, Money
from tandem.kernel.time import Micros
from tandem.kernel.values import Value

__all__ = ["amount_in_words", "date_in_words", "day_of", "value_in_words"]

_CHINESE_UNITS: Final = {
    "CNY": "人民币{}元", "TWD": "新台币{}元", "HKD": "港币{}元", "USD": "{}美元", "EUR": "{}欧元", "GBP": "{}英镑", "JPY": "{}日元",
    "SGD": "{}新加坡元", "DEM": "{}德国马克",
}  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_of(instant: Micros, time_zone: str) -> date:
    """The day it was in ``time_zone``."""
    return datetime.fromtimestamp(instant / 1_000_000, tz=UTC).astimezone(ZoneInfo(time_zone)).date()


def date_in_words(day: date, language: Language) -> str:
    """``28 November 2026``, ``2026年11月28日``."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def amount_in_words(amount_minor: int, currency: str, language: Language) -> str:
    """``TWD 1,234.50``, ``新台币1,234.50元``; an unknown currency in minor units."""
    if currency not in CURRENCY_EXPONENTS:
        return f"{amount_minor:,}"
    figure = f"{Money(amount_minor, currency).major():,}"
    if language == "en" or currency not in _CHINESE_UNITS:
        return f"{currency} {figure}"
    return _CHINESE_UNITS[currency].format(figure)


def value_in_words(value: Value, unit: str, currency: str, language: Language) -> str:
    """A value as its unit wants it: ``money``, ``years``, ``months``, or as it is."""
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "zh-CN": ("否", "是")}[language][value]
    if unit == "money" and isinstance(value, int):
        return amount_in_words(value, currency, language)
    figure = f"{value:,.6g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
    if unit == "years":
        return f"{figure} {'year' if value == 1 else 'years'}" if language == "en" else f"{figure}年"
    if unit == "months":
        return f"{figure} {'month' if value == 1 else 'months'}" if language == "en" else f"{figure}个月"
    return figure
