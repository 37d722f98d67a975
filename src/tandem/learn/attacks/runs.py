"""Attacks that were run: one at a time, in a process of their own (``learn.runs``), kept in the workspace's home.

A run that is over is its report and what was asked; the definitions it was played against are in the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock, Micros
from tandem.learn.attacks.definitions import AttackAsked, AttackReport
from tandem.learn.runs import Run, RunKind, Runs

__all__ = ["RUNS_KEPT", "AttackRun", "AttackRuns", "AttackWork"]

RUNS_KEPT: Final = 200
"""Runs that are kept; the oldest goes when another one begins."""
_KIND: Final = RunKind(
    name="attack",
    called="an attack",
    prefix="atk",
    worker="tandem.learn.attacks.worker",
    seconds_max=900.0,
    too_long_hint="fewer customers, or fewer days",
    kept=RUNS_KEPT,
)


class AttackRun(Run, frozen=True, kw_only=True):
    """One run.

    Attributes:
        release: the live release it began from; drafts: ``kind/name`` of what was put in its place.
        done, total: events played, of how many.
        attempts, approved, lost_minor, honest_stopped: of the report, where there is one.
    """

    attack_id: str
    asked: AttackAsked
    release: str
    drafts: tuple[str, ...] = ()
    currency: str = ""
    attempts: int | None = None
    approved: int | None = None
    lost_minor: int | None = None
    honest_stopped: int | None = None


class AttackWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given: the whole set of definitions to attack, and how."""

    asked: AttackAsked
    drafts: tuple[str, ...]
    artefacts: tuple[tuple[str, str, dict[str, Any]], ...]


class AttackRuns(Runs[AttackRun]):
    """The runs of one workspace. Safe to call from several threads.

    Args:
        folder: where they are kept; made when the first one begins.
    """

    def __init__(self, folder: Path, *, clock: Clock, entropy: Entropy) -> None:
        super().__init__(folder, kind=_KIND, record=AttackRun, figures=_figures, clock=clock, entropy=entropy)

    def begin(
        self,
        artefacts: Sequence[Artefact],
        asked: AttackAsked,
        *,
        release: str,
        drafts: Sequence[str] = (),
        label: str = "",
        by: str = "",
    ) -> AttackRun:
        """Begin a run against ``artefacts``, a whole set of definitions that was found to hold together.

        Raises:
            Conflict: another one is running.
        """

        def recorded(attack_id: str, now: Micros) -> AttackRun:
            return AttackRun(
                attack_id=attack_id,
                asked=asked,
                release=release,
                drafts=tuple(drafts),
                label=label,
                by=by,
                started_at=now,
            )

        work = AttackWork(
            asked=asked, drafts=tuple(drafts), artefacts=tuple((one.kind, one.name, one.body) for one in artefacts)
        )
        return self.start(recorded, lambda _: msgspec.json.encode(work))

    def report(self, attack_id: str) -> AttackReport:
        """What a run came to.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        return msgspec.json.decode(self.report_bytes(attack_id), type=AttackReport)


def _figures(report: bytes) -> dict[str, Any]:
    found = msgspec.json.decode(report, type=AttackReport)
    return {
        "asked": found.asked,
        "currency": found.currency,
        "attempts": found.attempts.count,
        "approved": found.attempts.approved,
        "lost_minor": found.lost_minor,
        "honest_stopped": found.honest.reviewed + found.honest.declined,
    }
