"""The nouns of a call: what was asked, and what came of it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.kernel.values import Row

__all__ = ["FAULTS", "SOURCES", "Answered", "Asked", "Fault", "Mode", "Request", "Source", "Standby"]

Mode: TypeAlias = Literal["live", "record", "recorded", "simulated", "off"]
"""Who answers: the vendor; the vendor, and every answer is kept; kept answers only; the simulated twin; nobody."""

Source: TypeAlias = Literal["live", "cache", "recorded", "simulated", "nobody"]
SOURCES: Final = ("live", "cache", "recorded", "simulated", "nobody")

Fault: TypeAlias = Literal[
    "timeout", "connection", "tls", "name", "address_not_allowed", "status", "refused", "answer", "too_large",
    "breaker_open", "no_time", "no_input", "no_secret", "not_recorded", "off", "other_release", "internal",
]  # fmt: skip
"""Why there is no answer. ``status``: 5xx or 429; ``refused``: another status; ``answer``: not the one declared;
``other_release``: there is one, by a definition that the release that decides has not."""
FAULTS: Final = (
    "timeout", "connection", "tls", "name", "address_not_allowed", "status", "refused", "answer", "too_large",
    "breaker_open", "no_time", "no_input", "no_secret", "not_recorded", "off", "other_release", "internal",
)  # fmt: skip


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request, ready to be sent.

    Attributes:
        body: canonical JSON.
        subject: whose personal values are in it; None where nothing in it is personal.
    """

    body: bytes
    subject: Pseudonym | None


class Asked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question of a decision, as it is recorded. Nothing personal in it; the facts are sealed with the inputs.

    Attributes:
        connector: its name.
        source: who answered; ``simulated`` answers are SIMULATED.
        fault: why there is no answer; None where there is one.
        no_record: the answer is that nothing is known.
        attempts: requests that were sent for it.
        latency_ms: waited for it.
        cost_minor: what it cost, in ``currency``.
        unsure_minor: price of attempts that were sent and not answered, which may be billed all the same.
        worth_minor: what asking was expected to be worth, where that chose the order.
    """

    connector: str
    source: Source
    fault: Fault | None = None
    no_record: bool = False
    attempts: int = 0
    latency_ms: float = 0.0
    cost_minor: int = 0
    unsure_minor: int = 0
    currency: str = ""
    worth_minor: float | None = None


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A question and the facts that came of it; every fact is None where there is no answer."""

    asked: Asked
    facts: Row


class Standby(msgspec.Struct, frozen=True, kw_only=True):
    """A kept answer. ``facts`` None: nothing was known."""

    answered_at: Micros
    facts: Row | None
