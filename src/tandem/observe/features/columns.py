"""Arrow columns as the numbers a kernel takes, and a kernel's numbers as Arrow columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField
from tandem.observe.features.identities import identity_of, pseudonym_text

__all__ = ["Numbers", "field_numbers", "instants", "key_codes", "plain", "pseudonym_bytes", "to_arrow"]

Words = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Numbers:
    """One column: one array of 64-bit words (two for an identity, high first) and which are null."""

    words: tuple[Words, ...]
    nulls: Flags


def plain(table: pa.Table, name: str) -> pa.Array:
    """The column ``name`` in one piece.

    Raises:
        InvalidInput: the table does not have it.
    """
    if name not in table.column_names:
        raise InvalidInput(
            "The table of events lacks a column.",
            code="missing_column",
            field=name,
            hint=near_match(name, table.column_names) or "see docs/reference/features.md for the columns",
        )
    column = table.column(name)
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def instants(column: pa.Array, name: str) -> Words:
    """Instants as microseconds since the epoch; none may be null."""
    if column.null_count:
        raise InvalidInput("A null where none may be.", code="null", field=name)
    return _integers(column, name)


def _integers(column: pa.Array, name: str) -> Words:
    """Whole numbers, instants (microseconds), dates (days) and booleans; nulls are 0."""
    kind = column.type
    try:
        if pa.types.is_timestamp(kind):
            column = column.cast(pa.timestamp("us", kind.tz)).cast(pa.int64())
        elif pa.types.is_date(kind):
            column = column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
        elif pa.types.is_boolean(kind):
            column = column.cast(pa.int8()).cast(pa.int64())
        elif pa.types.is_integer(kind) or pa.types.is_null(kind):
            column = column.cast(pa.int64())
        else:
            raise InvalidInput("Whole numbers, instants or booleans are expected.", field=name, value=str(kind))
    except pa.ArrowInvalid as error:
        raise InvalidInput("A value that does not fit.", field=name, value=str(error)) from None
    return column.fill_null(0).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def field_numbers(table: pa.Table, field: EventField) -> Numbers:
    """The values of ``field``, as the kernel takes them."""
    column = plain(table, field.name)
    nulls = column.is_null().to_numpy(zero_copy_only=False)
    if field.type is SqlType.TEXT:
        return Numbers(_identities(column, is_pseudonym=field.entity is not None, name=field.name), nulls)
    if field.type is SqlType.DOUBLE:
        floats = column.cast(pa.float64()).fill_null(0.0).to_numpy(zero_copy_only=False) + 0.0
        if not np.isfinite(floats).all():
            raise InvalidInput("A number that is not finite.", code="not_finite", field=field.name)
        return Numbers((floats.view(np.int64),), nulls)
    if field.type is SqlType.DECIMAL:
        return Numbers((_scaled(column, field),), nulls)
    return Numbers((_integers(column, field.name),), nulls)


def _scaled(column: pa.Array, field: EventField) -> Words:
    """Decimals as whole numbers of their last digit."""
    if not pa.types.is_decimal(column.type) and not pa.types.is_null(column.type):
        raise InvalidInput(
            "A decimal column is expected.",
            field=field.name,
            value=str(column.type),
            hint=f"decimal128(18, {field.scale})",
        )
    fitted = column.cast(pa.decimal128(38, field.scale)).fill_null(0)
    words = np.frombuffer(fitted.buffers()[1], dtype=np.int64).reshape(-1, 2)[
        fitted.offset : fitted.offset + len(fitted), 0
    ]
    return np.ascontiguousarray(words)


def _identities(column: pa.Array, *, is_pseudonym: bool, name: str) -> tuple[Words, Words]:
    encoded = column.dictionary_encode() if not pa.types.is_dictionary(column.type) else column
    texts = encoded.dictionary.to_pylist()
    high = np.zeros(len(texts) + 1, dtype=np.int64)
    low = np.zeros(len(texts) + 1, dtype=np.int64)
    for index, text in enumerate(texts):
        identity = pseudonym_bytes(text, name) if is_pseudonym else identity_of(text)
        high[index] = int.from_bytes(identity[:8], "big", signed=True)
        low[index] = int.from_bytes(identity[8:], "big", signed=True)
    places = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return high[places], low[places]


def pseudonym_bytes(text: str, name: str) -> bytes:
    """The 16 bytes of a pseudonym that stands in column ``name``.

    Raises:
        InvalidInput: it is not one.
    """
    try:
        if len(text) == 32:
            return bytes.fromhex(text)
    except ValueError:
        pass
    raise InvalidInput(
        "An entity is known by a pseudonym of 32 hex digits.",
        code="invalid_pseudonym",
        field=name,
        value=text,
        hint="map identifiers through the vault first",
    )


def to_arrow(
    words: tuple[Words, ...], valid: Flags, sql_type: SqlType, scale: int, texts: Mapping[bytes, str] | None
) -> pa.Array:
    """A feature's column; ``texts`` gives free text back, None where the value is a pseudonym."""
    if sql_type is SqlType.TEXT:
        return _texts(words, valid, texts)
    numbers = words[0]
    if sql_type is SqlType.BOOLEAN:
        return pa.array(numbers != 0, mask=~valid)
    if sql_type is SqlType.DECIMAL:
        return _wrapped(pa.decimal128(38, scale), np.stack([numbers, numbers >> 63], axis=1), valid)
    if sql_type is SqlType.DATE:
        return _wrapped(pa.int64(), numbers, valid).cast(pa.int32()).cast(pa.date32())
    kinds = {SqlType.DOUBLE: pa.float64(), SqlType.TIMESTAMP: pa.timestamp("us", "UTC")}
    return _wrapped(kinds.get(sql_type, pa.int64()), numbers, valid)


def _wrapped(kind: pa.DataType, numbers: Words, valid: Flags) -> pa.Array:
    """``numbers`` as an Arrow array without a copy."""
    bits = None if valid.all() else pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(kind, len(valid), [bits, pa.py_buffer(numbers)])


def _texts(words: tuple[Words, ...], valid: Flags, texts: Mapping[bytes, str] | None) -> pa.Array:
    pairs = np.stack([words[0].byteswap(), words[1].byteswap()], axis=1).view("S16")
    known: dict[bytes, str] = {}
    raw = pairs.tobytes()
    out: list[str | None] = []
    for index, is_valid in enumerate(valid):
        if not is_valid:
            out.append(None)
            continue
        identity = raw[16 * index : 16 * index + 16]
        text = known.get(identity)
        if text is None:
            text = pseudonym_text(int.from_bytes(identity, "big")) if texts is None else texts[identity]
            known[identity] = text
        out.append(text)
    return pa.array(out, pa.string())


def key_codes(columns: list[pa.Array]) -> list[NDArray[np.int64]]:
    """The same small number for the same text, over several columns; -1 for null."""
    joined = pa.concat_arrays([column.cast(pa.string()) for column in columns]).dictionary_encode()
    codes = pc.fill_null(joined.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    lengths = np.cumsum([len(column) for column in columns])[:-1]
    return np.split(codes, lengths)
