"""Rate caps: the most a product may cost a year by law, as dated rows with their source, never as code."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tandem.act.products.annual_rate import Measure, TimeBasis
from tandem.act.products.calendars import Day
from tandem.act.products.types import Words
from tandem.kernel.errors import DefinitionError, TandemError
from tandem.kernel.time import days_to_date, parse_date

__all__ = ["CapRow", "RateCap", "cap_on", "parse_cap"]


class CapRow(msgspec.Struct, frozen=True, kw_only=True):
    """What holds from a day on, until the next row's day.

    Attributes:
        most_bps: the yearly rate, everything in, that no price may be above.
        source: where it is written.
    """

    since: Day
    most_bps: int
    source: str


class RateCap(msgspec.Struct, frozen=True, kw_only=True):
    """A cap and how it measures.

    Attributes:
        rows: ascending by day.
    """

    name: str
    title: Words
    measure: Measure
    basis: TimeBasis
    rows: tuple[CapRow, ...]


class _Row(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    since: str
    most_bps: Annotated[int, Meta(ge=0, le=1_000_000)]
    source: Annotated[str, Meta(min_length=1, max_length=500)]


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    title: Words
    rows: Annotated[list[_Row], Meta(min_length=1, max_length=100)]
    measure: Measure = "effective"
    basis: TimeBasis = "months"


def parse_cap(document: Any) -> RateCap:
    """The cap that ``document`` describes.

    Raises:
        DefinitionError: names what does not fit.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(
            f"{words}.", code="invalid_rate_cap", field=field, hint="see docs/reference/products.md"
        ) from None
    rows = tuple(
        CapRow(since=_day(row, at), most_bps=row.most_bps, source=row.source) for at, row in enumerate(read.rows)
    )
    for number in range(1, len(rows)):
        if rows[number].since <= rows[number - 1].since:
            raise DefinitionError(
                "Rows are in the order of their days.",
                code="invalid_rate_cap",
                field=f"rows[{number}].since",
                value=read.rows[number].since,
                hint="put the earlier day first; a day has one row",
            )
    return RateCap(name=read.name, title=read.title, measure=read.measure, basis=read.basis, rows=rows)


def cap_on(cap: RateCap, day: Day) -> CapRow:
    """What holds on ``day``.

    Raises:
        DefinitionError: nothing holds yet.
    """
    found = [row for row in cap.rows if row.since <= day]
    if not found:
        raise DefinitionError(
            "This cap holds only later.",
            code="cap_not_yet",
            field="cap",
            value=cap.name,
            hint=f"it begins on {days_to_date(cap.rows[0].since).isoformat()}; add a row for the time before",
        )
    return found[-1]


def _day(row: _Row, number: int) -> Day:
    try:
        return parse_date(row.since)
    except TandemError as error:
        raise DefinitionError(
            error.detail, code=error.code, field=f"rows[{number}].since", value=row.since, hint=error.hint
        ) from None
