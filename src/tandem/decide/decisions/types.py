"""The nouns of the decision: the facts it looks at, the trail it leaves, the answer the caller gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from tandem.decide.connectors import Asked, Connector
from tandem.decide.experiments import Assigned
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import DecisionId, Digest, EventId, EventTypeName, Pseudonym
from tandem.kernel.time import Micros
from tandem.kernel.values import Row

__all__ = ["Answer", "AnswerReason", "Facts", "Given", "KeptScore", "OnAnswer", "Personal", "Trail"]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a decision may look at. Equal facts and an equal release give an equal decision, for ever.

    Attributes:
        row: the event's values, its times and the features as known then, by name.
        members: list name to those of the event's entities that were on it then.
    """

    row: Row
    members: dict[str, frozenset[Pseudonym]]


class AnswerReason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why, in words safe to show a customer."""

    code: str
    en: str = ""
    zh: str = ""


class KeptScore(msgspec.Struct, frozen=True, kw_only=True):
    """What a model said: calibrated probability of the adverse outcome, log-odds before calibration, points if any."""

    probability: float
    margin: float
    points: float | None = None


class Trail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept beside the answer so that the decision can be explained and repeated. Nothing personal in it.

    Attributes:
        event_seq: the event's place in the journal; what was known is everything up to it.
        policy_digest, plan_digest: which definitions computed it.
        path: stages and branches taken, in order.
        fired: rules and rows that fired.
        missing: facts that the policy asked for and did not find.
        timings_us: microseconds spent, by step.
        asked: connectors that were asked for it, in that order; what they answered is among its inputs, sealed.
        arms: the arm of the experiment it was taken in, if one ran.
    """

    decision_id: DecisionId
    event_id: EventId
    event_type: EventTypeName
    event_seq: int
    occurred_at: Micros
    policy: str
    policy_digest: Digest
    plan_digest: Digest
    release: Digest
    outcome: str
    reasons: tuple[str, ...]
    path: tuple[str, ...]
    fired: tuple[str, ...]
    scores: dict[str, KeptScore]
    missing: tuple[str, ...]
    entities: dict[str, Pseudonym]
    timings_us: dict[str, float]
    asked: tuple[Asked, ...] = ()
    arms: tuple[Assigned, ...] = ()


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What connectors were asked for a decision before it was taken.

    Attributes:
        asked: the questions.
        facts: the answers, by name; None where there was none.
        connectors: the definitions by which they were asked, by name.
    """

    asked: tuple[Asked, ...] = ()
    facts: Row = {}
    connectors: Mapping[str, Connector] = {}

    def under(self, connectors: Mapping[str, Connector]) -> Given:
        """What of it counts in a release with ``connectors``: answers of definitions that it has in the same form.

        A release may go live between a question and its decision. What another definition was answered has no meaning in it,
        and may bear the name of something else there; the question stays on record, for it may have cost money.
        """
        stale = {name for name, one in self.connectors.items() if connectors.get(name) != one}
        if not stale:
            return self
        left = {name for one in self.connectors.keys() - stale for name in self.connectors[one].answer}
        return Given(
            asked=tuple(
                msgspec.structs.replace(one, fault="other_release") if one.connector in stale else one
                for one in self.asked
            ),
            facts={name: value for name, value in self.facts.items() if name in left},
            connectors={name: one for name, one in self.connectors.items() if name not in stale},
        )


class Personal(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision used and the journal seals: every input by name, and who was on which list."""

    inputs: dict[str, Any]
    members: dict[str, tuple[Pseudonym, ...]]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller gets, once it is durable.

    Attributes:
        body: the JSON document; for the same event the same bytes, however often it is asked.
        duplicate: whether the event had been decided before.
    """

    decision_id: DecisionId | None
    event_id: EventId
    body: bytes
    duplicate: bool = False

    def again(self) -> Answer:
        """The same answer, for one who asks again."""
        return msgspec.structs.replace(self, duplicate=True)


OnAnswer: TypeAlias = Callable[[Answer | TandemError], None]
"""Called once, from the journal's writer thread, with the durable answer or the reason why there is none."""
