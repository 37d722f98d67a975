"""Every function and operator of the language, each with a line for people: what an editor offers while one types."""

from __future__ import annotations

from typing import Final

import msgspec

__all__ = ["FUNCTIONS", "FunctionHelp"]


class FunctionHelp(msgspec.Struct, frozen=True):
    """A form of the language.

    Attributes:
        name: as it is typed.
        group: ``logic``, ``choice``, ``number``, ``text``, ``time`` or ``type``.
        insert: what an editor inserts; ``$`` marks where typing goes on.
        example: an expression over the row of docs/reference/expressions.md.
        en, zh: what it does, one line.
    """

    name: str
    group: str
    insert: str
    example: str
    en: str
    zh: str


def _help(group: str, *rows: tuple[str, str, str, str, str]) -> tuple[FunctionHelp, ...]:
    return tuple(FunctionHelp(name, group, insert, example, en, zh) for name, insert, example, en, zh in rows)


FUNCTIONS: Final[tuple[FunctionHelp, ...]] = (
    *_help(
        "logic",
        ("AND", "AND $", "active AND age >= 18", "both hold", "两者都成立"),
        ("OR", "OR $", "active OR confirmed", "at least one holds", "至少一个成立"),
        ("NOT", "NOT $", "NOT confirmed", "does not hold", "不成立"),
        ("BETWEEN", "BETWEEN $ AND ", "age BETWEEN 18 AND 34", "from one to the other, both included", "介于两者之间，含两端"),
        ("IN", "IN ($)", "name IN ('Ann Lee', 'Bo')", "one of these values", "属于这些值之一"),
        ("LIKE", "LIKE '$%'", "name LIKE 'Ann%'", "matches a pattern: % any characters, _ one", "匹配模式：% 任意多个字符，_ 一个字符"),
        ("IS NULL", "IS NULL", "score IS NULL", "is unknown", "未知"),
        ("IS NOT NULL", "IS NOT NULL", "score IS NOT NULL", "is known", "已知"),
        ("IS TRUE", "IS TRUE", "confirmed IS TRUE", "holds; never unknown", "成立；结果不会未知"),
        ("IS DISTINCT FROM", "IS DISTINCT FROM $", "score IS DISTINCT FROM 1.0", "differs, where unknown equals unknown", "有别于；未知与未知视为相同"),
        ("IN_LIST", "IN_LIST($, '')", "IN_LIST(person, 'blocked')", "is a member of a list", "在名单中"),
        ("STARTS_WITH", "STARTS_WITH($, '')", "STARTS_WITH(name, 'Ann')", "text starts with another", "文本以另一文本开头"),
    ),
    *_help(
        "choice",
        ("CASE", "CASE WHEN $ THEN  ELSE  END", "CASE WHEN age < 18 THEN 'minor' ELSE 'adult' END", "the first that holds; without ELSE, unknown", "取第一个成立的；没有 ELSE 则为未知"),
        ("COALESCE", "COALESCE($, )", "COALESCE(score, 0.5)", "the first that is known", "取第一个已知值"),
        ("NULLIF", "NULLIF($, )", "NULLIF(open_loans, 0)", "unknown where the two are equal", "两者相等时视为未知"),
        ("LEAST", "LEAST($, )", "LEAST(score, income)", "the smallest of those known", "已知值中的最小值"),
        ("GREATEST", "GREATEST($, )", "GREATEST(age, open_loans, 40)", "the largest of those known", "已知值中的最大值"),
    ),
    *_help(
        "number",
        ("ABS", "ABS($)", "ABS(-7)", "without its sign", "绝对值"),
        ("SIGN", "SIGN($)", "SIGN(-2.5)", "-1, 0 or 1", "符号：-1、0 或 1"),
        ("FLOOR", "FLOOR($)", "FLOOR(-2.5)", "rounded down", "向下取整"),
        ("CEIL", "CEIL($)", "CEIL(price)", "rounded up", "向上取整"),
        ("TRUNC", "TRUNC($)", "TRUNC(-2.5)", "the whole part", "截去小数部分"),
        ("ROUND", "ROUND($, 0)", "ROUND(price, 1)", "rounded to so many digits, half away from zero", "四舍五入到若干位"),
        ("MOD", "MOD($, )", "MOD(age, 4)", "the remainder of a division", "余数"),
        ("SQRT", "SQRT($)", "SQRT(16)", "square root; of a negative number unknown", "平方根；负数为未知"),
        ("LN", "LN($)", "LN(10)", "natural logarithm", "自然对数"),
        ("LOG10", "LOG10($)", "LOG10(1000)", "decimal logarithm", "常用对数"),
        ("EXP", "EXP($)", "EXP(0)", "e to this power", "e 的幂"),
        ("POWER", "POWER($, )", "POWER(2, 10)", "one to the power of the other", "幂"),
    ),
    *_help(
        "text",
        ("LOWER", "LOWER($)", "LOWER(name)", "in small letters", "转为小写"),
        ("UPPER", "UPPER($)", "UPPER(name)", "in capital letters", "转为大写"),
        ("LENGTH", "LENGTH($)", "LENGTH(name)", "number of characters", "字符数"),
        ("TRIM", "TRIM($)", "TRIM('  x ')", "without blanks around it", "去除首尾空格"),
        ("SUBSTRING", "SUBSTRING($, 1, 3)", "SUBSTRING(name, 1, 3)", "a part, from a character on", "取子串"),
        ("LEFT", "LEFT($, 3)", "LEFT(name, 3)", "the first characters", "前若干字符"),
        ("RIGHT", "RIGHT($, 3)", "RIGHT(name, 3)", "the last characters", "后若干字符"),
        ("CONCAT", "CONCAT($, )", "CONCAT(name, '!')", "put together; unknown adds nothing", "拼接；未知值不计"),
        ("REPLACE", "REPLACE($, '', '')", "REPLACE(name, 'Ann', 'Bo')", "with one text replaced by another", "替换文本"),
        ("POSITION", "POSITION('$' IN )", "POSITION('Lee' IN name)", "where a text begins, from 1; 0 if absent", "文本出现的位置，从 1 起；没有则为 0"),
    ),
    *_help(
        "time",
        ("INTERVAL", "INTERVAL '$ days'", "due + INTERVAL '1 month'", "a span, to add to or take from a time", "时间间隔，用于加减"),
        ("EXTRACT", "EXTRACT($ FROM )", "EXTRACT(month FROM due)", "year, month, day, dow, hour ... of a time", "取年、月、日、星期、小时等"),
        ("DATE_TRUNC", "DATE_TRUNC('$', )", "DATE_TRUNC('month', due)", "the start of its month, day, hour ...", "所在月、日、小时等的起点"),
    ),
    *_help(
        "type",
        ("CAST", "CAST($ AS BIGINT)", "CAST(income AS BIGINT)", "as another type; unknown where that cannot be", "转换类型；无法转换则为未知"),
    ),
)  # fmt: skip
