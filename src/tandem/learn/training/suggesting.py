"""What a table most likely is: which column says what happened, which when, which only name the rows."""

from __future__ import annotations

import re
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.instants import instants_of
from tandem.learn.training.profile import ColumnProfile

__all__ = ["Suggested", "suggest_columns"]

_OUTCOME: Final = re.compile(
    r"default|delinq|fraud|bad|target|label|outcome|status|class|churn|charge.?off|npl|dlq|is_|^y$|违约|逾期|欺诈|目标|标签|结果",
    re.IGNORECASE,
)
_WHEN: Final = re.compile(r"date|time|month|period|day|_at$|when|日期|时间|月份", re.IGNORECASE)
_SAMPLE: Final = 500
_YEARS: Final = (1970, 2100)


class Suggested(msgspec.Struct, frozen=True, kw_only=True):
    """What a person would most likely say; they decide.

    Attributes:
        target: two values and a name that tells of an outcome; None where no column has both.
        time: holds instants, dates or months in every row.
        id: names the rows.
        forbid: sensitive by name, see ``sensitive_column``.
    """

    target: str | None = None
    time: str | None = None
    id: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


def suggest_columns(table: pa.Table, profiles: tuple[ColumnProfile, ...], sensitive: tuple[str, ...]) -> Suggested:
    """What the columns of ``table`` most likely are."""
    binary = [one.name for one in profiles if one.distinct == 2 and one.kind in {"numeric", "categorical"}]
    target = next((name for name in binary if _OUTCOME.search(name) and name not in sensitive), None)
    times = [one for one in profiles if _holds_instants(table.column(one.name), one)]
    time = next((one.name for one in times if one.kind == "time"), None) or next((one.name for one in times), None)
    names = tuple(one.name for one in profiles if one.excluded == "identifier" and one.name != time)
    return Suggested(
        target=target, time=time, id=names, forbid=tuple(name for name in sensitive if name not in {target, *names})
    )


def _holds_instants(column: pa.ChunkedArray, profile: ColumnProfile) -> bool:
    if profile.missing or profile.distinct < 3:
        return False
    if profile.kind == "time":
        return not pa.types.is_time(column.type) and not pa.types.is_duration(column.type)
    if pa.types.is_integer(column.type):
        return bool(_WHEN.search(profile.name)) and _calendar(column)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        try:
            instants_of(profile.name, column.slice(0, _SAMPLE))
        except InvalidInput:
            return False
        return True
    return False


def _calendar(column: pa.ChunkedArray) -> bool:
    """Whether whole numbers are years with a month, or with a month and a day: 202611, 20261124."""
    values = np.asarray(column.slice(0, _SAMPLE).to_numpy(), dtype=np.int64)
    months = values if bool((values < 10**6).all()) else values // 100
    years, month = months // 100, months % 100
    return bool(((years >= _YEARS[0]) & (years <= _YEARS[1]) & (month >= 1) & (month <= 12)).all())
