"""The nouns: a guard rail and its limits, read from an artefact of kind ``guard``."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tandem.kernel.errors import DefinitionError

__all__ = ["Band", "GuardRail", "parse_guard"]

_Share = Annotated[float, Meta(ge=0, le=1)]


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A share that must stay within ``min`` and ``max``, both included."""

    min: _Share = 0.0
    max: _Share = 1.0


class GuardRail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a policy must keep within while a release is young and ever after.

    Attributes:
        name: lower_snake.
        policy: whose decisions are watched.
        window_minutes: only decisions of the last so many minutes count.
        minimum: nothing is judged on fewer decisions.
        approval_rate: share of decisions that approve.
        latency_ms_p99: the 99th percentile of the time spent on a decision, in milliseconds, is at most this.
        error_share: failures of the server over all that was asked is at most this.
        description: one line for people.
    """

    name: str
    policy: str
    window_minutes: Annotated[int, Meta(ge=1, le=10_080)] = 60
    minimum: Annotated[int, Meta(ge=20, le=10_000)] = 200
    approval_rate: Band | None = None
    latency_ms_p99: Annotated[float, Meta(gt=0)] | None = None
    error_share: _Share | None = None
    description: str = ""


def parse_guard(document: Any) -> GuardRail:
    """The guard rail a document describes.

    Raises:
        DefinitionError: a key or value that does not fit, or no limit at all.
    """
    try:
        rail = msgspec.convert(document, GuardRail)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(
            f"{words}.", code="invalid_guard", field=field, hint="see docs/reference/guards.md"
        ) from None
    if rail.approval_rate is None and rail.latency_ms_p99 is None and rail.error_share is None:
        raise DefinitionError(
            "A guard rail without a limit guards nothing.", code="invalid_guard", hint="add approval_rate, for example"
        )
    if rail.approval_rate is not None and rail.approval_rate.min > rail.approval_rate.max:
        raise DefinitionError("The band is empty.", code="invalid_guard", field="approval_rate", hint="min <= max")
    return rail
