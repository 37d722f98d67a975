"""As of when: a place of the journal, or an instant, becomes both."""

from __future__ import annotations

import time
from typing import Final

from tandem.decide.decisions import Beside
from tandem.kernel.errors import Conflict, InvalidInput, Unavailable
from tandem.kernel.time import Micros, parse_instant
from tandem.learn.labels import Asked
from tandem.observe.lake import Lake

__all__ = ["as_of", "caught_up"]

_PATIENCE_S: Final = 120.0
_LOOK_S: Final = 0.2


def as_of(beside: Beside, text: str | None) -> Asked:
    """The place and instant that ``text`` names.

    A number is a place of the journal, seen when it was written; an RFC 3339 time is that instant, with all that was recorded
    by then; None is the last place.

    Raises:
        InvalidInput: it is neither, or lies before or behind the journal.
        Unavailable: the journal is empty.
    """
    last = beside.store.last()
    if last is None:
        raise Unavailable("Nothing was recorded yet.", code="journal_empty", hint="tandem ingest, or tandem decide")
    head = int(last[0])
    if text is None or text.isdigit():
        seq = head if text is None else int(text)
        if not 1 <= seq <= head:
            raise InvalidInput(
                f"The journal goes from 1 to {head}.", code="out_of_range", field="as_of", value=text,
                hint="give a place within, or leave it out for the last",
            )  # fmt: skip
        return Asked(seq=seq, at=_recorded_at(beside, seq))
    try:
        at = parse_instant(text)
    except InvalidInput as error:
        raise InvalidInput(
            "Neither a place of the journal nor a time.", code=error.code, field="as_of", value=text,
            hint="write 123456, or 2026-11-24T06:38:00Z",
        ) from None  # fmt: skip
    seq = _last_by(beside, at, head)
    if seq == 0:
        raise InvalidInput(
            "Nothing was recorded by then.", code="out_of_range", field="as_of", value=text,
            hint="it is about when we learned of things, not about when they happened",
        )  # fmt: skip
    return Asked(seq=seq, at=at)


def caught_up(beside: Beside, lake: Lake) -> None:
    """Have the lake take in the whole journal, by us or by whoever is about it.

    The whole of it also for a set as of an earlier place: an erasure counts from when it was written.

    Raises:
        Unavailable: it does not get there within two minutes.
    """
    live, last = beside.live(), beside.store.last()
    seq = 0 if last is None else int(last[0])
    deadline = time.monotonic() + _PATIENCE_S
    while lake.projected_seq < seq:
        try:
            if live is not None:
                lake.project(beside.journal, live.reader)
        except Conflict as error:
            if error.code != "lake_busy":
                raise
        if lake.projected_seq < seq:
            if time.monotonic() > deadline:
                raise Unavailable(
                    "The lake does not take in what was recorded.", code="lake_behind", hint="see tandem lake follow"
                )
            time.sleep(_LOOK_S)  # somebody else is copying


def _last_by(beside: Beside, at: Micros, head: int) -> int:
    """The last place recorded by then; records are numbered in the order in which they are written."""
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        if _recorded_at(beside, middle) <= at:
            low = middle
        else:
            high = middle - 1
    return low


def _recorded_at(beside: Beside, seq: int) -> Micros:
    return beside.journal.at([seq])[0].recorded_at
