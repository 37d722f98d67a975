"""The nouns: a run, why it failed, and what a kind of run is called and allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from tandem.kernel.time import Micros

__all__ = ["Progress", "Run", "RunError", "RunKind"]

Progress: TypeAlias = Callable[[int, int], None]
"""Told by the child as it goes: done, of how many."""


class RunError(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a run came to nothing."""

    code: str
    detail: str
    field: str = ""
    hint: str = ""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What every run says of itself; a kind of run adds what was asked and, once it is done, its first figures.

    Attributes:
        state: ``running``, ``done``, ``failed`` or ``cancelled``.
        label: what it is called by the one who asked.
        done, total: how far it is, in units of its kind.
        error: why it failed.
    """

    state: str = "running"
    label: str = ""
    by: str = ""
    started_at: Micros
    finished_at: Micros | None = None
    done: int = 0
    total: int = 0
    error: RunError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunKind:
    """What sets one kind of run apart; runs of different kinds do not wait for each other.

    Attributes:
        name: one lower_snake word; codes of errors begin or end with it (``attack_running``).
        called: with its article, as a sentence has it (``an attack``).
        prefix: of ids and of folders (``atk``).
        worker: the module that the child process runs with the folder as its argument.
        seconds_max: a run that takes longer is ended.
        too_long_hint: what to ask for less of, when one was.
        kept: runs that are kept; the oldest goes when another one begins.
    """

    name: str
    called: str
    prefix: str
    worker: str
    seconds_max: float
    too_long_hint: str
    kept: int = 200

    @property
    def noun(self) -> str:
        """What it is called, without the article."""
        return self.called.partition(" ")[2]
