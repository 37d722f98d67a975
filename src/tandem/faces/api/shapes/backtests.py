"""Backtests: what is asked, and what is told; questions and reports are the nouns of ``learn.backtest``."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant
from tandem.learn.backtest import BacktestAsked, BacktestReport
from tandem.learn.runs import RunError

__all__ = ["BacktestRequest", "BacktestRunDetail", "BacktestRunPage", "BacktestRunShown"]


class BacktestRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What would these decisions have come to?

    Attributes:
        label: what the run is called.
    """

    asked: BacktestAsked
    label: Annotated[str, Meta(max_length=200)] = ""


class BacktestRunShown(msgspec.Struct, kw_only=True):
    """One run.

    Attributes:
        asked: as it was asked; of drafts the names alone.
        done, total: decisions looked at, of how many.
        decisions, compared, changed: of the report, once it is done.
    """

    backtest_id: str
    state: Literal["running", "done", "failed", "cancelled"]
    asked: BacktestAsked
    label: str
    by: str
    started_at: Instant
    finished_at: Instant | None
    done: int
    total: int
    error: RunError | None
    currency: str
    decisions: int | None
    compared: int | None
    changed: int | None


class BacktestRunPage(msgspec.Struct, kw_only=True):
    """Runs that are kept, the newest first."""

    items: list[BacktestRunShown]


class BacktestRunDetail(msgspec.Struct, kw_only=True):
    """A run with its report, once it is done."""

    run: BacktestRunShown
    report: BacktestReport | None
