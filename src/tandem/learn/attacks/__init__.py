"""Attack my policy: a seeded, simulated attack on a release, and what it came to."""

from tandem.learn.attacks.comparing import AttackChange, AttackComparison, compare_attacks
from tandem.learn.attacks.definitions import (
    ATTACK_LIMITS,
    AttackAgainst,
    AttackAsked,
    AttackLever,
    AttackMoment,
    AttackNote,
    AttackReport,
    AttackRole,
    AttackSeen,
    AttackStopper,
    AttackTally,
)
from tandem.learn.attacks.runs import RUNS_KEPT, AttackRun, AttackRuns
from tandem.learn.attacks.sandbox import attack_release, checked_attack, sandbox_release

__all__ = [
    "ATTACK_LIMITS",
    "RUNS_KEPT",
    "AttackAgainst",
    "AttackAsked",
    "AttackChange",
    "AttackComparison",
    "AttackLever",
    "AttackMoment",
    "AttackNote",
    "AttackReport",
    "AttackRole",
    "AttackRun",
    "AttackRuns",
    "AttackSeen",
    "AttackStopper",
    "AttackTally",
    "attack_release",
    "checked_attack",
    "compare_attacks",
    "sandbox_release",
]
