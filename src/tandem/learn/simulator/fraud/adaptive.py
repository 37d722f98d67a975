"""The adaptive attacker: tries, sees what it is told, and learns how far it can go.

What it imitates: someone with time and stolen names who probes a lender before robbing it. There are four levers: how much
to ask for, how many applicants to put on one device, how many to give one emergency contact, and how quickly to go on. It
begins modestly, then turns one lever at a time, halving between the boldest setting that passed and the mildest that was
stopped (bisection); what it has learned of one lever it keeps while it tries the next. When every lever is known well
enough it goes on at the boldest settings that passed, and begins to doubt a lever again whenever it is stopped.

It sees what an applicant sees, approved or not, and nothing of the policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from tandem.kernel.time import HOUR, MINUTE
from tandem.learn.simulator.applications import Stage, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import budget, check_dials, fresh_people, shops

__all__ = ["Adaptive", "AdaptiveAttacker", "Lever"]


class Lever(msgspec.Struct, frozen=True, kw_only=True):
    """What the attacker believes of one of its levers.

    Attributes:
        lever: ``amount_minor``, ``applicants_a_device``, ``applicants_a_contact`` or ``minutes_between``.
        passes: the boldest setting that passed.
        stopped: the mildest that was stopped; None while none was.
    """

    lever: str
    passes: float
    stopped: float | None


_MODEST: Final = {"amount_minor": 150_000.0, "applicants_a_device": 1.0, "applicants_a_contact": 1.0}
_BOLD: Final = {"amount_minor": 6_000_000.0, "applicants_a_device": 12.0, "applicants_a_contact": 12.0}
_ENOUGH: Final = {"amount_minor": 100_000.0, "applicants_a_device": 1.0, "applicants_a_contact": 1.0}
_PATIENT_MINUTES: Final = 24 * 60.0
_HASTY_MINUTES: Final = 4.0
_PROOFS: Final = 3
"""Attempts at one setting before it is believed to pass: one stop is a stop, one pass may be luck."""


class Adaptive(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: attempts at most, as a share of honest applications in the same time.
        camouflage: share of attempts with a device and a contact of their own, whatever the levers say.
    """

    intensity: float = 0.02
    camouflage: float = 0.2

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> Adaptive:
        """By the two dials that every attack has."""
        return cls(intensity=intensity, camouflage=disguise)

    def attacker(self, stage: Stage) -> AdaptiveAttacker:
        """Someone who attacks at ``stage``."""
        return AdaptiveAttacker(self, stage)


@dataclass
class _Means:
    """A device or a contact that is in use, and by how many applicants so far."""

    identifier: int
    users: int = 0


class AdaptiveAttacker:
    """Makes one attempt after the other: ``attempt``, then ``told`` what came of it."""

    def __init__(self, dials: Adaptive, stage: Stage) -> None:
        self._dials = dials
        self._stage = stage
        self._left = budget(stage, dials.intensity)
        self._at = stage.begin + int(stage.random.integers(0, HOUR))
        self._ring = int(stage.mint.rings(1)[0])
        self._known = {name: [modest, None] for name, modest in _MODEST.items()}
        self._known["minutes_between"] = [_PATIENT_MINUTES, None]
        self._trying: str | None = None
        self._setting = 0.0
        self._passed = 0
        self._device, self._contact = self._new("device"), self._new("phone")

    @property
    def levers(self) -> tuple[Lever, ...]:
        """What it has learned so far."""
        return tuple(
            Lever(lever=name, passes=float(low or 0), stopped=None if high is None else float(high))
            for name, (low, high) in self._known.items()
        )

    def attempt(self) -> Batch | None:
        """The next application; None when it gives up or its time is over."""
        if self._left <= 0 or self._at >= self._stage.end:
            return None
        self._left -= 1
        if self._trying is None:
            self._choose()
        stage, random = self._stage, self._stage.random
        people = fresh_people(stage, 1)
        if random.random() >= self._dials.camouflage:
            self._device = self._turned("device", self._device, self._now("applicants_a_device"))
            people["device"] = np.array([self._device.identifier])
            self._contact = self._turned("phone", self._contact, self._now("applicants_a_contact"))
            people["contact"] = np.array([self._contact.identifier])
        amount = int(self._now("amount_minor") * random.uniform(0.95, 1.0) / 1_000) * 1_000
        _, _, term = purchases(random, people["income_minor"])
        # It asks for terms that make the instalment look small, and says that it earns well.
        people["income_minor"] = np.maximum(people["income_minor"], 6_000_000)
        return batch(
            1,
            **people,
            at=self._at,
            merchant=shops(stage, 1),
            amount_minor=amount,
            loss_minor=amount,
            term_months=np.maximum(term, 12),
            attack=ATTACKS.index("adaptive"),
            ring=self._ring,
            role=ROLES.index("attacker"),
        )

    def told(self, *, approved: bool) -> None:
        """What came of the last attempt; what it does next depends on it."""
        wait = self._now("minutes_between") * self._stage.random.uniform(0.8, 1.2)
        self._at += int(wait * MINUTE)
        if not approved:
            # Whatever was used is burnt.
            self._device, self._contact = self._new("device"), self._new("phone")
        if self._trying is None:
            if not approved:
                self._doubt()
            return
        if not approved:
            self._known[self._trying][1] = self._setting
            self._trying = None
            return
        self._passed += 1
        needed = int(self._setting) + 1 if self._trying.startswith("applicants") else _PROOFS
        if self._passed >= needed:
            self._known[self._trying][0] = self._setting
            self._trying = None

    # -- inside

    def _choose(self) -> None:
        """The lever that is known least, and a setting between what passed and what was stopped."""
        for name, (low, high) in sorted(self._known.items(), key=lambda item: self._certainty(item[0])):
            assert low is not None, "the modest setting is where every lever begins"
            if name == "minutes_between":
                end = _HASTY_MINUTES if high is None else high
                if low / end > 1.5:
                    self._try(name, end if high is None and low < 60 else (low * end) ** 0.5)
                    return
                continue
            end = _BOLD[name] if high is None else high
            if end - low > _ENOUGH[name]:
                self._try(name, float(round((low + end) / 2)))
                return
        self._trying = None

    def _certainty(self, name: str) -> float:
        """How narrow what is not known of a lever has become; 1 is quite certain."""
        low, high = self._known[name]
        assert low is not None, "the modest setting is where every lever begins"
        if name == "minutes_between":
            return (_HASTY_MINUTES if high is None else high) / low
        return low / (_BOLD[name] if high is None else high)

    def _try(self, name: str, setting: float) -> None:
        self._trying, self._setting, self._passed = name, setting, 0

    def _now(self, name: str) -> float:
        """The setting in use: the one that is being tried, or the boldest that passed."""
        low = self._known[name][0]
        assert low is not None, "the modest setting is where every lever begins"
        return self._setting if name == self._trying else float(low)

    def _doubt(self) -> None:
        """Stopped at what used to pass: step back on every lever a little."""
        for name, (low, _) in self._known.items():
            assert low is not None, "the modest setting is where every lever begins"
            if name == "minutes_between":
                self._known[name] = [min(low * 1.5, _PATIENT_MINUTES), low]
            else:
                self._known[name] = [max(float(round(low * 0.8)), _MODEST[name]), low if low > _MODEST[name] else None]

    def _turned(self, kind: str, means: _Means, most: float) -> _Means:
        """The means to use next: the same until as many used it as the lever says."""
        if means.users >= most:
            means = self._new(kind)
        means.users += 1
        return means

    def _new(self, kind: str) -> _Means:
        return _Means(int(self._stage.mint.fresh(kind, 1)[0]))
