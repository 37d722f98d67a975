"""The nouns: what is asked of an attack, and what is told of it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tandem.kernel.errors import InvalidInput

__all__ = [
    "ATTACK_LIMITS",
    "AttackAgainst",
    "AttackAsked",
    "AttackLever",
    "AttackMoment",
    "AttackNote",
    "AttackReport",
    "AttackRole",
    "AttackSeen",
    "AttackStopper",
    "AttackTally",
]

ATTACK_LIMITS: Final[dict[str, tuple[float, float]]] = {
    "intensity": (0.001, 1.0),
    "disguise": (0.0, 1.0),
    "days": (1, 60),
    "warm_up_days": (0, 90),
    "customers": (100, 50_000),
    "seed": (0, 2**31 - 1),
}
"""How far every dial may be turned; a run is bounded by them."""


class AttackAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An attack to be run.

    Attributes:
        kind: of attack; see ``ATTACK_KINDS``.
        intensity: attempts, as a share of what honest people do in the same time; None for the kind's own.
        disguise: 0 shares all that can be shared, 1 nothing; None for the kind's own.
        seed: everything follows from it.
        days: length of the attack; warm_up_days: honest life before it.
        customers: people in the town.
        policy: which one decides; None for the one that decides on such events anyway.
        event_type: the workspace's name for the simulated event; None for the generator's own.
        fields: the workspace's field to the simulated one, where they are not called the same; ``=value`` for a constant.
    """

    kind: str
    intensity: float | None = None
    disguise: float | None = None
    seed: int = 7
    days: int = 14
    warm_up_days: int = 21
    customers: int = 4_000
    policy: str | None = None
    event_type: str | None = None
    fields: dict[str, str] = {}

    def check(self) -> None:
        """Refuse a dial that is turned too far.

        Raises:
            InvalidInput: names it, and its range.
        """
        for name, (least, most) in ATTACK_LIMITS.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise InvalidInput(
                    f"It lies between {least:g} and {most:g}.", code="dial_out_of_range", field=name, value=value
                )


class AttackTally(msgspec.Struct, frozen=True, kw_only=True):
    """Some events by what was decided on them: how many, and how much money they asked for."""

    count: int = 0
    approved: int = 0
    reviewed: int = 0
    declined: int = 0
    amount_minor: int = 0
    approved_minor: int = 0
    reviewed_minor: int = 0
    declined_minor: int = 0


class AttackRole(msgspec.Struct, frozen=True, kw_only=True):
    """Honest people of one role, and what was decided on what they did."""

    role: str
    people: int
    tally: AttackTally


class AttackStopper(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, a row of a table, a list or a case of the policy that stopped something.

    Attributes:
        name: ``stage.rule`` as a decision records it; a reason code where nothing fired by name.
        reasons: codes given with it.
        attack, honest: attempts and honest events that it stopped, alone or with others.
        alone: attempts that nothing else would have stopped.
        first_seconds: from the first attempt of all to the first that it stopped; None where it stopped none.
    """

    name: str
    reasons: tuple[str, ...]
    attack: int
    honest: int
    alone: int
    first_seconds: int | None


class AttackSeen(msgspec.Struct, frozen=True, kw_only=True):
    """How soon it was seen.

    Attributes:
        groups: rings, waves, thieves or chains that made at least one attempt.
        seen: groups of which at least one attempt was stopped.
        first_alarm_seconds: from the first attempt of all to the first that was stopped.
        attempts_before: attempts that got through before that.
        member_median, member_p90: which attempt of its group was the first to be stopped, of the groups that were seen.
        by_third: share of all groups that were seen by their third attempt.
        stopped_after: share of attempts stopped after the first alarm of their group.
    """

    groups: int
    seen: int
    first_alarm_seconds: int | None
    attempts_before: int
    member_median: float | None
    member_p90: float | None
    by_third: float | None
    stopped_after: float | None


class AttackMoment(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of the attack's time: what was attempted, what got through, and who was hurt meanwhile.

    Attributes:
        after_seconds: its beginning, from that of the attack.
    """

    after_seconds: int
    attempts: int
    approved: int
    reviewed: int
    declined: int
    honest: int
    honest_stopped: int
    lost_minor: int


class AttackLever(msgspec.Struct, frozen=True, kw_only=True):
    """What an adaptive attacker came to believe: the boldest setting that passes, the mildest that is stopped."""

    lever: str
    passes: float
    stopped: float | None


class AttackNote(msgspec.Struct, frozen=True, kw_only=True):
    """Something one has to know to read the report: a code, and what it is about."""

    code: str
    names: tuple[str, ...] = ()
    count: int = 0


class AttackAgainst(msgspec.Struct, frozen=True, kw_only=True):
    """What was attacked: a release, with some of its definitions replaced by drafts.

    Attributes:
        release: digest of the whole set.
        drafts: ``kind/name`` of what is not as it is live.
        policy, event_type: what decided on what.
    """

    release: str
    drafts: tuple[str, ...]
    policy: str
    event_type: str


class AttackReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an attack came to. Everything in it is SIMULATED, and says so.

    Attributes:
        asked: with the dials as they stood.
        attempts: fraudulent attempts, by what was decided.
        build_up: what attackers did that is no fraud in itself, such as a sleeper's good purchases.
        lost_minor: what is lost through the attempts that were approved, at most the limit that was granted.
        at_stake_minor: what would have been lost without any defence.
        honest: everybody else in the attack's time; roles: the same by role.
        reviews: cases that somebody has to look at; reviews_wasted: of them, honest ones.
        money: which field is the money; None where the event has none.
    """

    simulated: bool = True
    asked: AttackAsked
    against: AttackAgainst
    currency: str
    money: str | None
    attempts: AttackTally
    build_up: AttackTally
    lost_minor: int
    at_stake_minor: int
    honest: AttackTally
    honest_people_hurt: int
    roles: tuple[AttackRole, ...]
    reviews: int
    reviews_wasted: int
    seen: AttackSeen
    stoppers: tuple[AttackStopper, ...]
    timeline: tuple[AttackMoment, ...]
    levers: tuple[AttackLever, ...]
    notes: tuple[AttackNote, ...]

    def document(self) -> dict[str, Any]:
        """As JSON-like values."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found
