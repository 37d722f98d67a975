"""What would have changed a decision, in a sentence: facts by the names that customers know, money and time written out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from tandem.decide.letters import Language, value_in_words
from tandem.decide.reasons import FactWords, Vocabulary
from tandem.kernel.values import Value

__all__ = ["days_of", "outcome_in_chinese", "suggestion"]

_OUTCOMES_ZH: Final = {"decline": "拒绝", "review": "人工审核", "approve": "通过"}
_DAYS_A_MONTH: Final = 31
_DAYS_A_YEAR: Final = 366


class _Moved(Protocol):
    @property
    def field(self) -> str: ...
    @property
    def then(self) -> Value: ...
    @property
    def now(self) -> Value: ...


def outcome_in_chinese(outcome: str) -> str:
    """An outcome in Chinese."""
    return _OUTCOMES_ZH[outcome]


def suggestion(
    moves: Sequence[_Moved],
    outcome: str,
    days: int | None,
    vocabulary: Vocabulary,
    currency: str,
    *,
    terms: bool = False,
) -> tuple[str, str]:
    """The sentence, in English and in Chinese.

    Args:
        moves: facts as they were and as they would have had to be.
        outcome: that would have come out.
        days: how long it takes to bring about; None: not said.
        currency: of amounts.
        terms: the outcome is the same, on better terms.
    """

    def of(one: _Moved, value: Value, language: Language) -> str:
        return _value(one, value, vocabulary, currency, language)

    en = " and ".join(
        f"{_name(one, vocabulary, 'en')} been {of(one, one.now, 'en')} instead of {of(one, one.then, 'en')}"
        for one in moves
    )
    zh = "且".join(
        f"{_name(one, vocabulary, 'zh-CN')}为{of(one, one.now, 'zh-CN')}（而非{of(one, one.then, 'zh-CN')}）"
        for one in moves
    )
    en_terms, zh_terms = (" on better terms", "，且条件更优") if terms else ("", "")
    en_takes = "" if not days else f" It would take about {_span(days, 'en')}."
    zh_takes = "" if not days else f"约需{_span(days, 'zh-CN')}。"
    return (
        f"Had {en}, the outcome would have been {outcome}{en_terms}.{en_takes}",
        f"若{zh}，结果将为{_OUTCOMES_ZH[outcome]}{zh_terms}。{zh_takes}",
    )


def days_of(moves: Sequence[_Moved], vocabulary: Vocabulary) -> int | None:
    """How long the slowest of ``moves`` takes; None where nothing says of any of them."""
    found = [days for one in moves if (days := _days(vocabulary.fact(one.field), one)) is not None]
    return max(found) if found else None


def _days(words: FactWords | None, one: _Moved) -> int | None:
    if words is None or words.takes_days is None:
        return None
    if words.unit in {"years", "months"} and isinstance(one.now, int | float) and isinstance(one.then, int | float):
        return round(abs(one.now - one.then) * words.takes_days)
    return words.takes_days


def _name(one: _Moved, vocabulary: Vocabulary, language: Language) -> str:
    words = vocabulary.fact(one.field)
    if words is None:  # a name for programs stands apart from Chinese
        return one.field if language == "en" else f" {one.field} "
    return words.en if language == "en" else words.zh_cn


def _value(one: _Moved, value: Value, vocabulary: Vocabulary, currency: str, language: Language) -> str:
    words = vocabulary.fact(one.field)
    if words is None:
        plain = f"{value:g}" if isinstance(value, float) else str(value)
        return plain if language == "en" else f" {plain}"
    return value_in_words(value, words.unit, currency, language)


def _span(days: int, language: Language) -> str:
    if days > 2 * _DAYS_A_YEAR:
        years = round(days / 365)
        return f"{years} years" if language == "en" else f"{years}年"
    if days > 2 * _DAYS_A_MONTH:
        months = round(days / 30.4)
        return f"{months} months" if language == "en" else f"{months}个月"
    return f"{days} day{'' if days == 1 else 's'}" if language == "en" else f"{days}天"
