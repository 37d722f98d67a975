"""The words of every operator: SQL, English, Chinese. A row here and a row in the table of operators belong together."""

from __future__ import annotations

from typing import Final

__all__ = ["DETAILS", "LEVELS", "PHRASES", "SILENT"]

Phrase = tuple[str, str, str]

_LOGIC: Final[dict[str, Phrase]] = {
    "and": ("{joined AND }", "{joined and }", "{joined 且 }"),
    "or": ("{joined OR }", "{joined or }", "{joined 或 }"),
    "not": ("NOT {x}", "it is not so that {x}", "并非{x}"),
    "=": ("{x} = {y}", "{x} is {y}", "{x} 等于 {y}"),
    "<>": ("{x} <> {y}", "{x} is not {y}", "{x} 不等于 {y}"),
    "<": ("{x} < {y}", "{x} is less than {y}", "{x} 小于 {y}"),
    "<=": ("{x} <= {y}", "{x} is at most {y}", "{x} 不超过 {y}"),
    ">": ("{x} > {y}", "{x} is more than {y}", "{x} 大于 {y}"),
    ">=": ("{x} >= {y}", "{x} is at least {y}", "{x} 不低于 {y}"),
    "between": ("{x} BETWEEN {y} AND {z}", "{x} is from {y} to {z}", "{x} 介于 {y} 与 {z} 之间"),
    "not_between": ("{x} NOT BETWEEN {y} AND {z}", "{x} is outside {y} to {z}", "{x} 不在 {y} 与 {z} 之间"),
    "in": ("{x} IN ({members})", "{x} is one of {members}", "{x} 属于 {members}"),
    "not_in": ("{x} NOT IN ({members})", "{x} is none of {members}", "{x} 不属于 {members}"),
    "in_list": ("in_list({x}, {d0})", "{x} is on the list {d0}", "{x} 在名单 {d0} 中"),
    "not_in_list": ("NOT in_list({x}, {d0})", "{x} is not on the list {d0}", "{x} 不在名单 {d0} 中"),
    "like": ("{x} LIKE {d0}", "{x} matches {d0}", "{x} 匹配 {d0}"),
    "not_like": ("{x} NOT LIKE {d0}", "{x} does not match {d0}", "{x} 不匹配 {d0}"),
    "like_escape": ("{x} LIKE {d0} ESCAPE {d1}", "{x} matches {d0} (escape {d1})", "{x} 匹配 {d0}（转义 {d1}）"),
    "is_null": ("{x} IS NULL", "{x} is unknown", "{x} 未知"),
    "not_is_null": ("{x} IS NOT NULL", "{x} is known", "{x} 已知"),
    "is_true": ("{x} IS TRUE", "{x} holds", "{x} 成立"),
    "is_false": ("{x} IS FALSE", "{x} does not hold", "{x} 不成立"),
    "not_is_true": ("{x} IS NOT TRUE", "{x} does not hold or is unknown", "{x} 不成立或未知"),
    "not_is_false": ("{x} IS NOT FALSE", "{x} holds or is unknown", "{x} 成立或未知"),
    "distinct": ("{x} IS DISTINCT FROM {y}", "{x} differs from {y}", "{x} 有别于 {y}"),
    "not_distinct": ("{x} IS NOT DISTINCT FROM {y}", "{x} is the same as {y}", "{x} 与 {y} 相同"),
    "case": ("CASE{x} ELSE {y} END", "{x}otherwise {y}", "{x}否则 {y}"),
    "case_branch": (" WHEN {x} THEN {y}", "if {x} then {y}, ", "若 {x} 则 {y}，"),
    "case_default": ("{x}", "{x}", "{x}"),
    "coalesce": ("COALESCE({all})", "the first known of ({all})", "首个已知值（{all}）"),
    "null_if": ("NULLIF({x}, {y})", "{x} unless it is {y}", "{x}（等于 {y} 时视为未知）"),
    "least": ("LEAST({all})", "the smallest of ({all})", "最小值（{all}）"),
    "greatest": ("GREATEST({all})", "the largest of ({all})", "最大值（{all}）"),
    "concat": ("CONCAT({all})", "({all}) put together", "拼接（{all}）"),
}


def _typed(word: str, phrase: Phrase) -> dict[str, Phrase]:
    return {f"{word}_{kind}": phrase for kind in ("integer", "double", "decimal")}


_NUMBERS: Final[dict[str, Phrase]] = {
    **_typed("add", ("{x} + {y}", "{x} + {y}", "{x} + {y}")),
    **_typed("subtract", ("{x} - {y}", "{x} - {y}", "{x} - {y}")),
    **_typed("multiply", ("{x} * {y}", "{x} × {y}", "{x} × {y}")),
    **_typed("negate", ("-{x}", "minus {x}", "负 {x}")),
    **_typed("abs", ("ABS({x})", "the size of ({x})", "绝对值（{x}）")),
    **_typed("sign", ("SIGN({x})", "the sign of ({x})", "符号（{x}）")),
    **_typed("floor", ("FLOOR({x})", "({x}) rounded down", "向下取整（{x}）")),
    **_typed("ceil", ("CEIL({x})", "({x}) rounded up", "向上取整（{x}）")),
    **_typed("trunc", ("TRUNC({x})", "the whole part of ({x})", "截断取整（{x}）")),
    **_typed("round", ("ROUND({x}, {d0})", "({x}) rounded to {d0} digits", "四舍五入（{x}，{d0} 位）")),
    "divide_double": ("{x} / {y}", "{x} ÷ {y}", "{x} ÷ {y}"),
    "remainder": ("{x} % {y}", "the remainder of {x} ÷ {y}", "{x} 除以 {y} 的余数"),
    "sqrt": ("SQRT({x})", "the square root of ({x})", "平方根（{x}）"),
    "ln": ("LN({x})", "the natural logarithm of ({x})", "自然对数（{x}）"),
    "log10": ("LOG10({x})", "the decimal logarithm of ({x})", "常用对数（{x}）"),
    "exp": ("EXP({x})", "e to the power of ({x})", "e 的幂（{x}）"),
    "power": ("POWER({x}, {y})", "{x} to the power of {y}", "{x} 的 {y} 次幂"),
}

_TEXTS: Final[dict[str, Phrase]] = {
    "lower": ("LOWER({x})", "({x}) in small letters", "小写（{x}）"),
    "upper": ("UPPER({x})", "({x}) in capital letters", "大写（{x}）"),
    "length": ("LENGTH({x})", "the length of ({x})", "长度（{x}）"),
    "trim": ("TRIM({x})", "({x}) without blanks around it", "去除首尾空格（{x}）"),
    "ltrim": ("LTRIM({x})", "({x}) without blanks before it", "去除前导空格（{x}）"),
    "rtrim": ("RTRIM({x})", "({x}) without blanks after it", "去除尾随空格（{x}）"),
    "substring": ("SUBSTRING({x}, {d0})", "({x}) from character {d0} on", "({x}) 自第 {d0} 个字符起"),
    "substring_length": (
        "SUBSTRING({x}, {d0}, {d1})",
        "{d1} characters of ({x}) from character {d0} on",
        "({x}) 自第 {d0} 个字符起的 {d1} 个字符",
    ),
    "left": ("LEFT({x}, {d0})", "the first {d0} characters of ({x})", "({x}) 的前 {d0} 个字符"),
    "right": ("RIGHT({x}, {d0})", "the last {d0} characters of ({x})", "({x}) 的后 {d0} 个字符"),
    "append": ("{x} || {y}", "{x} followed by {y}", "{x} 接 {y}"),
    "replace": ("REPLACE({x}, {d0}, {d1})", "({x}) with {d0} replaced by {d1}", "({x}) 中 {d0} 替换为 {d1}"),
    "starts_with": ("STARTS_WITH({x}, {y})", "{x} starts with {y}", "{x} 以 {y} 开头"),
    "position": ("POSITION({y} IN {x})", "the place of {y} in {x}", "{y} 在 {x} 中的位置"),
}

_TIMES: Final[dict[str, Phrase]] = {
    "timestamp_part": ("EXTRACT({d0} FROM {x})", "the {d0} of ({x})", "({x}) 的{d0}"),
    "date_part": ("EXTRACT({d0} FROM {x})", "the {d0} of ({x})", "({x}) 的{d0}"),
    "timestamp_epoch": ("EXTRACT(epoch FROM {x})", "({x}) in seconds since 1970", "({x}) 的纪元秒数"),
    "date_epoch": ("EXTRACT(epoch FROM {x})", "({x}) in seconds since 1970", "({x}) 的纪元秒数"),
    "truncate_timestamp": ("DATE_TRUNC('{d0}', {x})", "the start of the {d0} of ({x})", "({x}) 所在{d0}的起点"),
    "truncate_date": ("DATE_TRUNC('{d0}', {x})", "the start of the {d0} of ({x})", "({x}) 所在{d0}的起点"),
    "add_days": ("{x} + INTERVAL '{d0} days'", "{x} moved by {d0} days", "{x} 移动 {d0} 天"),
    "add_months_date": ("{x} + INTERVAL '{d0} months'", "{x} moved by {d0} months", "{x} 移动 {d0} 个月"),
    "add_micros": ("{x} + INTERVAL '{d1}'", "{x} moved by {d1}", "{x} 移动 {d1}"),
    "add_months_timestamp": ("{x} + INTERVAL '{d0} months'", "{x} moved by {d0} months", "{x} 移动 {d0} 个月"),
    "shift_days": ("{x} + {y}", "{x} moved by {y} days", "{x} 移动 {y} 天"),
    "days_between": ("{x} - {y}", "the days from {y} to {x}", "{y} 至 {x} 的天数"),
    "seconds_between": ("{x} - {y}", "the seconds from {y} to {x}", "{y} 至 {x} 的秒数"),
}

_TARGETS: Final = {
    "boolean": ("BOOLEAN", "yes or no", "布尔值"),
    "integer": ("INTEGER", "a whole number", "整数"),
    "double": ("DOUBLE", "a number", "数值"),
    "decimal": ("DECIMAL(18, {scale})", "a decimal with {scale} digits", "{scale} 位小数"),
    "text": ("TEXT", "text", "文本"),
    "date": ("DATE", "a date", "日期"),
    "timestamp": ("TIMESTAMP", "an instant", "时刻"),
}
_CASTS: Final[dict[str, Phrase]] = {
    f"{source}_to_{target}": (f"CAST({{x}} AS {sql})", f"({{x}}) as {english}", f"({{x}}) 转为{chinese}")
    for source in _TARGETS
    for target, (sql, english, chinese) in _TARGETS.items()
}
SILENT: Final = frozenset({"integer_to_double", "decimal_to_double", "date_to_timestamp"})
"""Conversions that comparing makes by itself; they say nothing to a reader."""

PHRASES: Final[dict[str, Phrase]] = _LOGIC | _NUMBERS | _TEXTS | _TIMES | _CASTS

DETAILS: Final[dict[str, dict[str, str]]] = {
    "year": {"zh": "年"},
    "quarter": {"zh": "季度"},
    "month": {"zh": "月"},
    "week": {"zh": "周"},
    "day": {"zh": "日"},
    "hour": {"zh": "时"},
    "minute": {"zh": "分"},
    "second": {"zh": "秒"},
    "days": {"zh": "天"},
    "hours": {"zh": "小时"},
    "minutes": {"zh": "分钟"},
    "seconds": {"zh": "秒"},
    "dow": {"en": "day of the week (Sunday 0)", "zh": "星期（周日为 0）"},
    "isodow": {"en": "day of the week (Monday 1)", "zh": "星期（周一为 1）"},
    "doy": {"en": "day of the year", "zh": "年内第几天"},
}

_PREDICATES: Final = "= <> < <= > >= between in like like_escape is_null is_true is_false distinct not_between not_in not_like not_is_null"
_SUMS: Final = (
    "add_integer add_double add_decimal subtract_integer subtract_double subtract_decimal append add_days add_months_date"
    " add_micros add_months_timestamp shift_days days_between seconds_between null_if remainder position power"
)
_PRODUCTS: Final = "multiply_integer multiply_double multiply_decimal divide_double"
LEVELS: Final[dict[str, int]] = (
    {"case": 0, "or": 1, "and": 2, "not": 3}
    | dict.fromkeys(_PREDICATES.split(), 4)
    | dict.fromkeys(_SUMS.split(), 5)
    | dict.fromkeys(_PRODUCTS.split(), 6)
    | dict.fromkeys(("negate_integer", "negate_double", "negate_decimal"), 7)
)
"""How tightly an operator holds its operands, loosest first; those that are not here are functions and need no brackets."""
