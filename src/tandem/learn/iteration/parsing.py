"""Reading a plan: every fault at once, each with the field and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from croniter import croniter

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import Digest
from tandem.learn.iteration.plan import IterationPlan

__all__ = ["parse_iteration", "plan_digest"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")


def parse_iteration(document: Any) -> IterationPlan:
    """The plan a document describes.

    Raises:
        DefinitionError: a key or value that does not fit, or parts that contradict each other; ``errors`` lists all.
    """
    try:
        plan = msgspec.convert(document, IterationPlan)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise _fault(f"{words}.", field, None, "see docs/reference/iterations.md") from None
    faults = list(_faults(plan))
    if faults:
        raise _together(faults)
    return plan


def plan_digest(plan: IterationPlan) -> Digest:
    """What the plan says, as one digest; runs are kept under it."""
    return digest_of(msgspec.to_builtins(plan))


def _together(faults: list[DefinitionError]) -> DefinitionError:
    """The first fault, carrying all of them."""
    first = faults[0]
    refusal = _fault(first.detail, first.field, first.value, first.hint or "")
    refusal.errors = tuple(faults)
    return refusal


def _faults(plan: IterationPlan) -> Iterator[DefinitionError]:
    for field in ("name", "model", "policy", "event", "label", "target"):
        value = getattr(plan, field)
        if _NAME.fullmatch(value) is None:
            yield _fault("Not a name.", field, value, "lower case letters, digits and _, beginning with a letter")
    yield from _schedule_faults(plan)
    if list(plan.canary.shares) != sorted(set(plan.canary.shares)):
        yield _fault("Shares grow.", "canary.shares", list(plan.canary.shares), "such as [1, 5, 25]")
    names = [one.name for one in plan.candidates]
    for name in names:
        if _NAME.fullmatch(name) is None or name == "refit" or names.count(name) > 1:
            yield _fault("Not a name for a candidate.", "candidates", name, "lower_snake, once, and not refit")
    if not plan.families:
        yield _fault("Nothing to train.", "families", [], "such as [lightgbm]")
    yield from _threshold_faults(plan)
    if plan.envelope is not None:
        yield from _envelope_faults(plan)


def _schedule_faults(plan: IterationPlan) -> Iterator[DefinitionError]:
    if not croniter.is_valid(plan.schedule.cron) or len(plan.schedule.cron.split()) != 5:
        yield _fault("Not a cron line of five fields.", "schedule.cron", plan.schedule.cron, "such as 30 2 * * *")
    try:
        ZoneInfo(plan.schedule.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield _fault(
            "No such time zone.", "schedule.time_zone", plan.schedule.time_zone, "such as Asia/Shanghai or UTC"
        )


def _threshold_faults(plan: IterationPlan) -> Iterator[DefinitionError]:
    places = [(one.at, one.number) for one in plan.thresholds]
    for one in plan.thresholds:
        if places.count((one.at, one.number)) > 1:
            yield _fault("The same number twice.", "thresholds", one.at, "name each number of a rule once")
        if one.field and one.field not in plan.inputs:
            yield _fault(
                "Its values are not among the inputs.", "thresholds.field", one.field, "one of inputs, or none"
            )


def _envelope_faults(plan: IterationPlan) -> Iterator[DefinitionError]:
    envelope = plan.envelope
    assert envelope is not None
    if not envelope.kinds:
        yield _fault("An envelope that allows nothing.", "envelope.kinds", [], "leave envelope out, or add refit")
    if not plan.canary.shares:
        yield _fault(
            "What goes live without a person begins small.", "canary.shares", [], "add shares, or leave envelope out"
        )
    if envelope.approval_shift > plan.watch.approval_shift:
        yield _fault(
            "The envelope lets through what the watch takes back.",
            "envelope.approval_shift",
            envelope.approval_shift,
            f"at most watch.approval_shift, {plan.watch.approval_shift:g}",
        )
    if plan.evidence.minimum_bads < plan.watch.minimum_bads:
        yield _fault(
            "It would be promoted on fewer bad outcomes than it is watched on.",
            "evidence.minimum_bads",
            plan.evidence.minimum_bads,
            f"at least watch.minimum_bads, {plan.watch.minimum_bads}",
        )


def _fault(words: str, field: str | None, value: object, hint: str) -> DefinitionError:
    return DefinitionError(words, code="invalid_iteration", field=field, value=value, hint=hint)
