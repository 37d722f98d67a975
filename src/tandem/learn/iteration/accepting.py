"""A person's word on what a gate refused, kept as a note in the journal: by whom, when, why, and of exactly what.

Rows that are right as they are teach from the next run on. A challenger that was refused as too good to be true, and for nothing
else, sets out after all: that very document, by its digest, against the champion it was compared with, and to a review at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Refused
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock, Micros
from tandem.learn.iteration.states import Acceptance, Run
from tandem.observe.journal import Entry, Journal

__all__ = ["MAY_BE_TRUE", "What", "accept", "acceptable", "accepted", "author_of"]

What: TypeAlias = Literal["rows", "challenger"]
"""Rows of a day, or the challenger of a day."""

Kind: TypeAlias = Literal["decided", "told", "challenger"]
"""Rows decided or told on the day, or its challenger."""

MAY_BE_TRUE: Final = frozenset({"too_good_input", "too_good_jump"})
"""Reasons for refusing a challenger that a person who has looked may know better; every other one is a fault of the model."""

_ROOM: Final = "iterations"


class _Noted(msgspec.Struct, frozen=True, kw_only=True, tag="accepted", tag_field="change"):
    """An acceptance as it stands in the journal; when is the record's own time."""

    plan: str
    day: str
    of: Kind
    by: str
    why: str
    model: Digest | None = None
    room: str = _ROOM


class _Room(msgspec.Struct):
    room: str = ""


_ROOM_OF = msgspec.json.Decoder(_Room)
_NOTED = msgspec.json.Decoder(_Noted)


def accepted(journal: Journal, plan: str) -> tuple[Acceptance, ...]:
    """What people accepted of the days of ``plan``, oldest first."""
    return tuple(_all(journal, plan))


def acceptable(run: Run) -> dict[What, tuple[str, ...]]:
    """What of the day was refused and may be right after all: kinds of rows, or why the challenger was refused."""
    found: dict[What, tuple[str, ...]] = {}
    rows = tuple(run.step("gate").facts.get("quarantine", ()))
    if rows:
        found["rows"] = rows
    check = run.step("check")
    codes = tuple(check.facts.get("codes", ()))
    if check.verdict == "refused" and set(codes) <= MAY_BE_TRUE:
        found["challenger"] = codes
    return found


def author_of(process: DecisionProcess, plan: str) -> str | None:
    """Who wrote the plan that is live; None where it is not. Its challengers are, to four eyes, their work."""
    live = process.state.register.live
    digest = None if live is None else live.manifest.get(str(ArtefactKey("iteration", plan)))
    return None if digest is None else process.state.register.version(digest).author


def accept(
    process: DecisionProcess, run: Run, what: What, *, newest: Run, by: str, why: str, clock: Clock
) -> tuple[Acceptance, ...]:
    """Put on record that ``by`` accepts what was refused on the day of ``run``; durable on return.

    Args:
        newest: the newest run of the plan; a challenger is let on against the champion it was held against, and no other.

    Raises:
        Conflict: somebody accepted it already, or the champion is another by now.
        InvalidInput: nothing of this kind was refused, or not for a reason that a person may overrule; or no reason is given.
        NotFound: the plan is not live, so that no challenger of it can go on.
        Refused: the workspace asks for four eyes and ``by`` wrote the plan.
        Unavailable: the journal does not take it now.
    """
    kinds: tuple[Kind, ...] = _asked(run, what)
    if not why.strip():
        raise InvalidInput(
            "The record needs to know why.", code="missing_field", field="reason", hint="say what was checked"
        )
    model = None
    if what == "challenger":
        model = _challenger(process, run, newest, by)
    at: list[Micros] = []

    def entries() -> list[Entry]:
        if any(one.day == run.day and one.of in kinds for one in _all(process.journal, run.plan)):
            raise Conflict("Somebody accepted this already.", code="already_accepted", field="day", value=run.day)
        at.append(clock.now())
        noted = (
            _Noted(plan=run.plan, day=run.day, of=of, by=by, why=why.strip().rstrip("."), model=model) for of in kinds
        )
        return [Entry(kind="note", recorded_at=at[0], clear=canonical_bytes(one)) for one in noted]

    process.append(entries).wait()
    return tuple(one for one in _all(process.journal, run.plan) if one.day == run.day and one.of in kinds)


def _asked(run: Run, what: What) -> tuple[Kind, ...]:
    found = acceptable(run)
    if what in found:
        return ("challenger",) if what == "challenger" else run.step("gate").facts["quarantine"]
    codes = run.step("check").facts.get("codes", ()) if run.step("check").verdict == "refused" else ()
    if what == "challenger" and codes:
        raise InvalidInput(
            "The challenger has a fault that nobody's word repairs.",
            code="not_acceptable",
            field="day",
            value=run.day,
            hint=f"it was refused for {', '.join(codes)}; only {' and '.join(sorted(MAY_BE_TRUE))} may be accepted",
        )
    raise InvalidInput("Nothing was refused on that day.", code="nothing_refused", field="day", value=run.day)


def _challenger(process: DecisionProcess, run: Run, newest: Run, by: str) -> Digest:
    author = author_of(process, run.plan)
    if author is None:
        raise NotFound("No such plan is live.", code="unknown_plan", field="name", value=run.plan)
    if process.state.register.four_eyes and author == by:
        raise Refused(
            f"{by} wrote the plan and may not accept its challenger.",
            code="author_is_approver",
            field="by",
            value=by,
            hint="ask someone else to look at it",
        )
    inputs = run.step("check").inputs
    if newest.state.champion.model != inputs["champion"]:
        raise Conflict(
            "The champion is another by now.",
            code="champion_changed",
            field="day",
            value=run.day,
            hint="the challenger was held against the one before; the next comparison is with this one",
        )
    return Digest(inputs["challenger"])


def _all(journal: Journal, plan: str) -> Iterator[Acceptance]:
    for record in journal.read(kinds=["note"]):
        if _ROOM_OF.decode(record.clear).room != _ROOM:
            continue
        one = _NOTED.decode(record.clear)
        if one.plan == plan:
            yield Acceptance(day=one.day, of=one.of, by=one.by, why=one.why, at=record.recorded_at, model=one.model)
