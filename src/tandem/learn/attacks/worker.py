"""The child process of a run: ``python -m tandem.learn.attacks.worker FOLDER``."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tandem.kernel.artefacts import Artefact
from tandem.learn.attacks.runs import AttackWork
from tandem.learn.attacks.sandbox import attack_release, sandbox_release
from tandem.learn.runs import Progress, run_child

__all__ = ["attack"]


def attack(asked: bytes, folder: Path, progress: Progress) -> bytes:  # noqa: ARG001 - every worker is given its folder
    """Play the attack that was asked for; its report."""
    work = msgspec.json.decode(asked, type=AttackWork)
    release = sandbox_release([Artefact.of(kind, name, body) for kind, name, body in work.artefacts])
    return msgspec.json.encode(attack_release(release, work.asked, drafts=work.drafts, progress=progress))


if __name__ == "__main__":
    run_child(attack)
