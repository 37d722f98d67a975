"""What each column is: its kind, how full it is, what it holds, and whether a model may read it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.columns import numbers_in_text, numbers_of, texts_of
from tandem.learn.training.frame import MISSING_CODE, UNKNOWN_CODE, CategoricalColumn, Column, Frame, NumericColumn

__all__ = ["ColumnProfile", "Profile", "conform", "profile_table"]

_MOST_LEVELS = 1000
_ID_NAME = re.compile(r"(^|_|\b)(id|uuid|guid|key|no|number|rownames?|index|idx|hash|serial)($|_|\b)", re.IGNORECASE)


class ColumnProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What a column is.

    Attributes:
        name: of the column.
        kind: ``numeric``, ``categorical``, ``time`` or ``other``.
        source: the Arrow type as read.
        excluded: why no model reads it; None for an input. One of ``target``, ``time``, ``id``, ``forbidden``,
            ``constant``, ``identifier``, ``high_cardinality``, ``unsupported``, ``copy_of_target``.
        rows, missing, distinct: counts.
        low, high, mean, quartiles: of the known numbers.
        levels: most frequent texts with counts.
        specials: values with a meaning of their own.
        numeric_text: numbers that arrived as text.
    """

    name: str
    kind: str
    source: str
    excluded: str | None
    rows: int
    missing: int
    distinct: int
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    quartiles: tuple[float, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    specials: tuple[float, ...] = ()
    numeric_text: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Profiles of all columns, and the readable ones as a frame over the same rows."""

    columns: tuple[ColumnProfile, ...]
    frame: Frame


def profile_table(table: pa.Table, reserved: dict[str, str]) -> Profile:
    """Profile ``table``; ``reserved`` names columns that no model may read, and why."""
    profiles: list[ColumnProfile] = []
    columns: list[Column] = []
    for name in table.column_names:
        profile, column = _one(name, table.column(name), reserved.get(name))
        profiles.append(profile)
        if profile.excluded is None and column is not None:
            columns.append(column)
    if not columns:
        raise InvalidInput(
            "No column is left to learn from.",
            code="no_inputs",
            field="table",
            value=", ".join(f"{p.name}: {p.excluded}" for p in profiles),
            hint="add columns that were known when the decision was made",
        )
    return Profile(tuple(profiles), Frame(tuple(columns), table.num_rows))


def _one(name: str, array: pa.ChunkedArray, reserved: str | None) -> tuple[ColumnProfile, Column | None]:
    kind, column, numeric_text = _typed(name, array, strict=reserved is None)
    if column is None:
        distinct = int(pc.count_distinct(array).as_py()) if kind == "time" else 0
        excluded = reserved or ("time" if kind == "time" else "unsupported")
        blank = ColumnProfile(
            name=name,
            kind=kind,
            source=str(array.type),
            excluded=excluded,
            rows=len(array),
            missing=array.null_count,
            distinct=distinct,
        )
        return blank, None
    if isinstance(column, NumericColumn):
        return _numeric(column, str(array.type), reserved, numeric_text=numeric_text)
    return _categorical(column, str(array.type), reserved)


def _typed(name: str, array: pa.ChunkedArray, *, strict: bool) -> tuple[str, Column | None, bool]:
    kind = array.type
    if pa.types.is_temporal(kind):
        return "time", None, False
    if (
        pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
    ):
        try:
            return "numeric", NumericColumn(name, numbers_of(name, array)), False
        except InvalidInput:
            if strict:
                raise
            return "numeric", None, False
    if pa.types.is_null(kind):
        return "numeric", NumericColumn(name, np.full(len(array), np.nan)), False
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return "other", None, False
    texts = texts_of(array)
    numbers = numbers_in_text(texts)
    if numbers is not None:
        return "numeric", NumericColumn(name, numbers), True
    levels = tuple(sorted({text for text in texts if text is not None}))
    place = {level: code for code, level in enumerate(levels)}
    codes = np.asarray([MISSING_CODE if text is None else place[text] for text in texts], dtype=np.int32)
    return "categorical", CategoricalColumn(name, codes, levels), False


def _numeric(
    column: NumericColumn, source: str, reserved: str | None, *, numeric_text: bool
) -> tuple[ColumnProfile, Column]:
    known = column.values[~np.isnan(column.values)]
    unique = np.unique(known)
    excluded = reserved
    if excluded is None and (unique.size == 0 or (unique.size == 1 and known.size == column.values.size)):
        excluded = "constant"
    elif excluded is None and _numbers_rows(column.name, known, unique):
        excluded = "identifier"
    specials = _specials(known, unique)
    profile = ColumnProfile(
        name=column.name,
        kind="numeric",
        source=source,
        excluded=excluded,
        rows=int(column.values.size),
        missing=int(column.values.size - known.size),
        distinct=int(unique.size),
        low=float(unique[0]) if unique.size else None,
        high=float(unique[-1]) if unique.size else None,
        mean=float(known.mean()) if known.size else None,
        quartiles=tuple(float(q) for q in np.quantile(known, (0.25, 0.5, 0.75))) if known.size else (),
        specials=specials,
        numeric_text=numeric_text,
    )
    return profile, NumericColumn(column.name, column.values, specials)


def _numbers_rows(name: str, known: FloatArray, unique: FloatArray) -> bool:
    """Whether whole numbers, each once, merely number the rows."""
    if known.size < 50 or unique.size < known.size or bool(np.any(unique != np.floor(unique))):
        return False
    dense = float(unique[-1] - unique[0] + 1) <= 1.5 * known.size
    ordered = bool(np.all(np.diff(known) > 0))
    return dense or ordered or bool(_ID_NAME.search(name)) or not name.strip()


def _specials(known: FloatArray, unique: FloatArray) -> tuple[float, ...]:
    """Sentinels such as -999 or 9999: frequent, at an end, made of nines, and far from all other values."""
    found = []
    for value, rest in ((unique[0], unique[1:]), (unique[-1], unique[:-1])) if unique.size > 3 else ():
        digits = f"{abs(value):.0f}"
        if float(value) != np.floor(value) or len(digits) < 2 or set(digits) != {"9"}:
            continue
        spread = float(rest[-1] - rest[0])
        gap = float(min(abs(value - rest[0]), abs(value - rest[-1])))
        if gap > max(spread, 1.0) and int((known == value).sum()) >= max(5, 0.001 * known.size):
            found.append(float(value))
    return tuple(found)


def _categorical(
    column: CategoricalColumn, source: str, reserved: str | None
) -> tuple[ColumnProfile, CategoricalColumn]:
    counts = Counter(column.codes[column.codes >= 0].tolist())
    known, distinct = sum(counts.values()), len(counts)
    excluded = reserved
    if excluded is None and (distinct == 0 or (distinct == 1 and known == column.codes.size)):
        excluded = "constant"
    elif excluded is None and known >= 50 and distinct > 0.9 * known:
        excluded = "identifier"
    elif excluded is None and (distinct > _MOST_LEVELS or (distinct > 50 and distinct > 0.2 * known)):
        excluded = "high_cardinality"
    profile = ColumnProfile(
        name=column.name,
        kind="categorical",
        source=source,
        excluded=excluded,
        rows=int(column.codes.size),
        missing=int((column.codes == MISSING_CODE).sum()),
        distinct=distinct,
        levels=tuple((column.levels[code], count) for code, count in counts.most_common(12)),
    )
    return profile, column


def conform(table: pa.Table, like: Frame) -> Frame:
    """``table`` as a frame with the columns, kinds, levels and special values of ``like``.

    Raises:
        InvalidInput: a column is missing, or holds texts where numbers are read.
    """
    from tandem.learn.training.target import require_column

    columns: list[Column] = []
    for wanted in like.columns:
        array = require_column(table, wanted.name, "table")
        if isinstance(wanted, CategoricalColumn):
            place = {level: code for code, level in enumerate(wanted.levels)}
            codes = [MISSING_CODE if t is None else place.get(t, UNKNOWN_CODE) for t in texts_of(array)]
            columns.append(CategoricalColumn(wanted.name, np.asarray(codes, dtype=np.int32), wanted.levels))
            continue
        _, column, _ = _typed(wanted.name, array, strict=True)
        if not isinstance(column, NumericColumn):
            raise InvalidInput(
                "The column held numbers in training and holds something else here.",
                code="type_changed",
                field=wanted.name,
                value=str(array.type),
                hint="give the same table layout as in training",
            )
        columns.append(NumericColumn(wanted.name, column.values, wanted.specials))
    return Frame(tuple(columns), table.num_rows)
