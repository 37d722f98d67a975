"""Connectors: whom policies ask, how they do, what they cost, and what would be sent to them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tandem.faces.api.shapes.vocabulary import DigestText, Instant

__all__ = [
    "AnsweredFact",
    "ConnectorDetail",
    "ConnectorFault",
    "ConnectorPage",
    "ConnectorSummary",
    "ConnectorTry",
    "ConnectorTryRequest",
    "SentValue",
]

Mode = Literal["live", "record", "recorded", "simulated", "off"]


class ConnectorFault(msgspec.Struct, kw_only=True):
    """A question without an answer."""

    at: Instant
    fault: str


class ConnectorSummary(msgspec.Struct, kw_only=True):
    """A connector of the live release, and how it does since ``since``.

    Attributes:
        mode: who answers here: the vendor (``live``, ``record``), kept answers (``recorded``), a SIMULATED twin
            (``simulated``), nobody (``off``).
        policies: that ask it.
        breaker: ``open``: it is left alone; ``half_open``: one call may pass as a probe.
        failures: in a row, by now.
        open_until: until when it is left alone.
        asked: questions of decisions, by who answered; faults: those without an answer, by why.
        attempts: requests sent, retries among them.
        spent_minor: cost of its answers. unsure_minor: what may be billed for attempts without an answer.
            saved_minor: what kept answers would have cost.
        last_faults: newest first.
    """

    name: str
    description: str
    digest: DigestText
    url: str
    purpose: str
    mode: Mode
    policies: list[str]
    budget_ms: float
    valid_for_s: float
    price_minor: int
    currency: str
    breaker: Literal["closed", "open", "half_open"]
    failures: int
    open_until: Instant | None
    since: Instant
    asked: dict[str, int]
    faults: dict[str, int]
    attempts: int
    spent_minor: int
    unsure_minor: int
    saved_minor: int
    latency_ms_p50: float | None
    latency_ms_p99: float | None
    last_faults: list[ConnectorFault]


class ConnectorPage(msgspec.Struct, kw_only=True):
    """Every connector of the live release, by name."""

    connectors: list[ConnectorSummary]


class SentValue(msgspec.Struct, kw_only=True):
    """One field of the request: a field of the event with its data class, or a constant."""

    name: str
    field: str | None
    data_class: Literal["C1", "C2", "C3"] | None
    optional: bool


class AnsweredFact(msgspec.Struct, kw_only=True):
    """One fact of the answer, and where it stands there."""

    name: str
    type: str
    at: str
    nullable: bool
    description: str


class ConnectorDetail(ConnectorSummary, kw_only=True):
    """A connector with what leaves the house and what may come back."""

    send: list[SentValue]
    answer: list[AnsweredFact]
    attempt_ms: float
    retries: int
    no_record: list[int]
    secret: str | None
    breaker_failures: int
    breaker_pause_s: float


class ConnectorTryRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An event, as it would be sent to decide on."""

    event: dict[str, Any]


class ConnectorTry(msgspec.Struct, kw_only=True):
    """The request that would be sent, with what is personal masked. Nothing was sent.

    Attributes:
        body: None where nothing would be sent, because the event lacks what stands in ``missing``.
        headers: without their values where these are secret.
    """

    url: str
    headers: dict[str, str]
    body: dict[str, Any] | None
    missing: list[str]
