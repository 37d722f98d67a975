"""One look: at a model as monitoring sees it, or at a label as far as it is known. Reads the journal and the lake, writes nothing."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from tandem.decide.decisions import Beside, LiveRelease
from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.errors import InvalidInput, Unavailable, near_match
from tandem.kernel.time import Micros
from tandem.learn.datasets import as_of, caught_up, label_table
from tandem.learn.labels import (
    ArrivalBy,
    ArrivalCurve,
    LabelMonth,
    arrival_of_labels,
    label_named,
    months_of_labels,
    outcome_for,
)
from tandem.learn.monitoring.reading import hidden_inputs, read_watched, scored_event
from tandem.learn.monitoring.rows import WatchedRows
from tandem.learn.monitoring.watching import Watch, watch
from tandem.observe.lake import Lake

__all__ = ["LabelAsked", "LabelReport", "LookAsked", "ModelAsked", "ModelReport", "look_at_label", "look_at_model"]


class ModelAsked(msgspec.Struct, frozen=True, kw_only=True, tag="model"):
    """How does a model do?

    Attributes:
        model: a live one.
        by: ``month``, ``release`` or a field of the event that names a segment; None for all together.
        since, until: event times of the decisions (micros; the first within, the second not).
    """

    model: str
    by: str | None = None
    since: int | None = None
    until: int | None = None


class LabelAsked(msgspec.Struct, frozen=True, kw_only=True, tag="label"):
    """How much is known of a label? ``by`` and ``share`` are those of its arrival curve."""

    label: str
    by: ArrivalBy = "received"
    share: Annotated[float, Meta(ge=0.5, le=0.999)] = 0.95


LookAsked: TypeAlias = ModelAsked | LabelAsked


class ModelReport(msgspec.Struct, frozen=True, kw_only=True, tag="model"):
    """What was seen of a model.

    Attributes:
        event: type of the events it scores; ``label`` the outcome they are held against, empty where none is defined.
        simulated: the outcomes are.
        seq: place of the journal that was looked at.
        groupings: what decisions may be told apart by.
        hidden: inputs that are not compared, since they name a person or let somebody in.
    """

    event: str
    label: str
    simulated: bool
    seq: int
    groupings: tuple[str, ...]
    hidden: tuple[str, ...]
    watch: Watch


class LabelReport(msgspec.Struct, frozen=True, kw_only=True, tag="label"):
    """What is known of a label as of ``seq`` and ``at``: decisions by month and state, and how late the bads come."""

    seq: int
    at: Micros
    simulated: bool
    months: tuple[LabelMonth, ...]
    arrival: ArrivalCurve


def look_at_model(beside: Beside, lake: Lake, asked: ModelAsked) -> ModelReport:
    """The figures of a model.

    Raises:
        InvalidInput: decisions are not told apart by what was asked.
        NotFound: no live model has that name, or no decision holds a score of it.
        Unavailable: no release is live, or the lake does not catch up.
    """
    live = _live(beside)
    caught_up(beside, lake)
    event = scored_event(lake, live, asked.model)
    outcome = outcome_for(live, event)
    now = as_of(beside, None)
    labels = None if outcome is None else label_table(lake.moment(), label_named(live, outcome.name), now)
    rows = read_watched(lake, live, asked.model, event, labels)
    if asked.by is not None and asked.by not in rows.groups:
        known = sorted(rows.groups)
        raise InvalidInput(
            "Decisions are not told apart by this.",
            code="unknown_segment",
            field="by",
            value=asked.by,
            hint=near_match(asked.by, known) or "known: " + ", ".join(known),
        )
    return ModelReport(
        event=event,
        label="" if outcome is None else outcome.name,
        simulated=outcome is not None and outcome.simulated,
        seq=now.seq,
        groupings=tuple(sorted(rows.groups)),
        hidden=hidden_inputs(live, asked.model, event),
        watch=watch(_within(rows, asked), model=asked.model, owner=_owner(beside, asked.model), by=asked.by),
    )


def look_at_label(beside: Beside, lake: Lake, asked: LabelAsked) -> LabelReport:
    """What is known of a label.

    Raises:
        NotFound: no such label is live.
        Unavailable: no release is live, or the lake does not catch up.
    """
    conditions = label_named(_live(beside), asked.label)
    now = as_of(beside, None)
    caught_up(beside, lake)
    labels = label_table(lake.moment(), conditions, now)
    return LabelReport(
        seq=now.seq,
        at=now.at,
        simulated=conditions.definition.simulated,
        months=months_of_labels(labels),
        arrival=arrival_of_labels(labels, conditions, now, by=asked.by, share=asked.share),
    )


def _within(rows: WatchedRows, asked: ModelAsked) -> WatchedRows:
    if asked.since is None and asked.until is None:
        return rows
    since = rows.at >= (asked.since if asked.since is not None else rows.at.min(initial=0))
    return rows.take(since & (rows.at < asked.until) if asked.until is not None else since)


def _live(beside: Beside) -> LiveRelease:
    live = beside.live()
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return live


def _owner(beside: Beside, model: str) -> str:
    register = beside.register()
    live = register.live
    return "" if live is None else register.version(live.manifest[str(ArtefactKey("model", model))]).author
