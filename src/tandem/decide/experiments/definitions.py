"""The nouns: an experiment, its arms, what it is judged by and what ends it, read from an artefact of kind ``experiment``.

Everything that could be bent afterwards to fit a result is written down here before the first decision, and reviewed: the
metric, the direction that counts as better, the smallest difference worth finding, how sure one must be, when it ends.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = [
    "MEASURES",
    "Experiment",
    "ExperimentArm",
    "Exposure",
    "GuardAction",
    "Measure",
    "Mode",
    "PrimaryMetric",
    "SafetyLimit",
    "parse_experiment",
]

Mode: TypeAlias = Literal["shadow", "canary", "champion_challenger", "ab"]
GuardAction: TypeAlias = Literal["stop", "roll_back"]
_Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]
_Share = Annotated[float, Meta(ge=0, le=100)]


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """Something that can be measured of decisions.

    Attributes:
        kind: ``share`` (0 to 1 of each decision), ``money`` (minor units of each), ``number``, or ``limit`` (not a mean).
        labels: whether it waits for how decisions turn out.
    """

    kind: Literal["share", "money", "number", "limit"]
    labels: bool = False


MEASURES: Final[dict[str, Measure]] = {
    "approval_rate": Measure(kind="share"),
    "review_rate": Measure(kind="share"),
    "decline_rate": Measure(kind="share"),
    "bad_rate": Measure(kind="share", labels=True),
    "alert_precision": Measure(kind="share", labels=True),
    "loss_per_application": Measure(kind="money", labels=True),
    "margin_per_application": Measure(kind="money", labels=True),
    "share_of": Measure(kind="share"),
    "mean_of": Measure(kind="number"),
    "latency_ms_p99": Measure(kind="limit"),
    "exposure_minor": Measure(kind="limit"),
}
"""What experiments measure, by name."""


class ExperimentArm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One arm: its share in percent and what it puts in the place of what is live.

    Attributes:
        models: a model that the policy asks to the one that is asked instead.
        policy: the policy that decides instead.
    """

    arm: _Name
    share: _Share
    models: dict[str, str] = {}
    policy: str | None = None

    @property
    def replaces(self) -> bool:
        """Whether it differs from the champion at all."""
        return bool(self.models) or self.policy is not None


class PrimaryMetric(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the experiment is judged by, said before it begins.

    Attributes:
        measure: one of ``MEASURES`` that is a share or a mean.
        of: for ``share_of`` and ``mean_of``: an expression over the facts of the decision, ``outcome`` and ``bad``.
        better: which way is better.
        detect: the smallest difference worth finding, in the measure's own units (0.01 is one percentage point).
        expected: what the champion is expected to show; of a share the minimum sample follows from it.
        spread: standard deviation of one decision's value, for a mean.
        alpha: how often a difference may be claimed where there is none, however often one looks.
        power: how often a difference of ``detect`` is to be found.
        margin_bps, loss_share: what a good application earns and a bad one loses of its amount, for money.
    """

    measure: str
    better: Literal["lower", "higher"]
    detect: Annotated[float, Meta(gt=0)]
    of: str | None = None
    expected: float | None = None
    spread: Annotated[float, Meta(gt=0)] | None = None
    alpha: Annotated[float, Meta(gt=0, le=0.2)] = 0.05
    power: Annotated[float, Meta(ge=0.5, lt=1)] = 0.8
    margin_bps: Annotated[int, Meta(ge=0, le=10_000)] = 0
    loss_share: Annotated[float, Meta(ge=0, le=1)] = 1.0


class SafetyLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a challenger may not do; when it does, the experiment ends by itself.

    Attributes:
        guard: its name.
        measure: one of ``MEASURES``.
        limit: what it may be at most (``breached: above``) or at least (``below``). Of ``against: champion`` the difference.
        minimum: nothing is judged on fewer decisions of the challenger.
        hard: judged by the number alone, at once; otherwise only when chance cannot explain it (``alpha``).
        action: ``stop`` (everybody gets the champion again) or ``roll_back`` (the release before the experiment too).
    """

    guard: _Name
    measure: str
    limit: float
    breached: Literal["above", "below"] = "above"
    against: Literal["limit", "champion"] = "limit"
    of: str | None = None
    minimum: Annotated[int, Meta(ge=1, le=1_000_000)] = 200
    hard: bool = False
    alpha: Annotated[float, Meta(gt=0, le=0.2)] = 0.01
    action: GuardAction = "stop"


class Exposure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The most money that challengers may approve; reached, the experiment stops."""

    amount_minor: Annotated[int, Meta(gt=0)]
    currency: str
    field: str = "amount_minor"


class Experiment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Arms beside each other on live traffic.

    Attributes:
        name: lower_snake; salts the assignment: the same name keeps everybody where they are when shares change.
        on: the type of event that is decided.
        policy: the champion's policy; by default the one that decides on ``on``.
        mode: ``shadow`` computes the challenger on what was recorded and answers with the champion; the others answer
            with the arm.
        unit: the kind of entity that is assigned, or ``cluster``: everybody of one component of ``graph``.
        arms: the champion first; shares add up to 100. In a shadow the share of the challenger is how many are computed.
        metric: what it is judged by.
        horizon_days: after which it has ended, whatever was found.
        guards: what ends it earlier.
        exposure: the most money at stake with challengers.
        segments: fields of the event that results are broken down by.
        run: a stopped version never runs again; another run of the same definition has another number.
        ended: it assigns nobody and computes nothing any more; the version that ends it, reviewed like one that begins it.
        salt: by default the name.
    """

    name: str
    on: str
    arms: tuple[ExperimentArm, ...]
    metric: PrimaryMetric
    mode: Mode
    unit: str
    graph: str | None = None
    policy: str | None = None
    horizon_days: Annotated[int, Meta(ge=1, le=1_000)] = 60
    guards: tuple[SafetyLimit, ...] = ()
    exposure: Exposure | None = None
    segments: tuple[str, ...] = ()
    run: Annotated[int, Meta(ge=1)] = 1
    ended: bool = False
    salt: str | None = None
    description: str = ""

    @property
    def champion(self) -> ExperimentArm:
        """The arm that is as things were."""
        return self.arms[0]

    @property
    def challengers(self) -> tuple[ExperimentArm, ...]:
        """The others."""
        return self.arms[1:]

    @property
    def salted(self) -> str:
        """What the assignment is mixed with."""
        return f"experiment\x00{self.salt or self.name}"


def parse_experiment(document: Any) -> Experiment:
    """The experiment a document describes.

    Raises:
        DefinitionError: a key or value that does not fit, or parts that do not fit together.
    """
    try:
        found = msgspec.convert(document, Experiment)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise _wrong(f"{words}.", place.rstrip("`").removeprefix(".") or None) from None
    _check_arms(found)
    _check_measure(found.metric.measure, found.metric.of, "metric")
    if MEASURES[found.metric.measure].kind == "limit":
        raise _wrong("An experiment is judged by a share or a mean.", "metric.measure", value=found.metric.measure)
    if MEASURES[found.metric.measure].kind == "share":
        if found.metric.expected is None or not 0 <= found.metric.expected <= 1:
            raise _wrong(
                "Say what share the champion is expected to show.", "metric.expected", hint="0.06, for example"
            )
    elif found.metric.spread is None:
        raise _wrong("Say how much single values differ.", "metric.spread", hint="their standard deviation")
    for number, guard in enumerate(found.guards):
        _check_measure(guard.measure, guard.of, f"guards[{number}]")
    if len({guard.guard for guard in found.guards}) != len(found.guards):
        raise _wrong("Two guards have one name.", "guards")
    if (found.unit == "cluster") != (found.graph is not None):
        raise _wrong("A cluster is a component of a graph.", "graph", hint="unit: cluster and graph: NAME go together")
    if found.exposure is not None and found.exposure.currency not in CURRENCY_EXPONENTS:
        hint = near_match(found.exposure.currency, CURRENCY_EXPONENTS)
        raise _wrong("Unknown currency.", "exposure.currency", value=found.exposure.currency, hint=hint)
    return found


def _check_arms(found: Experiment) -> None:
    names = [one.arm for one in found.arms]
    if len(names) < 2 or len(names) > 8 or len(set(names)) != len(names):
        raise _wrong("An experiment has two to eight arms, each with a name of its own.", "arms")
    if found.mode in {"shadow", "canary"} and len(names) != 2:
        raise _wrong(f"A {found.mode} has a champion and one challenger.", "arms")
    if abs(sum(one.share for one in found.arms) - 100) > 1e-9:
        raise _wrong("Shares add up to 100.", "arms", value=[one.share for one in found.arms])
    if found.champion.replaces and found.mode != "ab":
        raise _wrong("The first arm is the champion: it replaces nothing.", "arms[0]")
    for place, one in enumerate(found.challengers, 1):
        if not one.replaces:
            raise _wrong("A challenger replaces something.", f"arms[{place}]", hint="models: {live: other}, or policy:")


def _check_measure(measure: str, of: str | None, field: str) -> None:
    if measure not in MEASURES:
        hint = near_match(measure, MEASURES)
        raise _wrong("There is no such measure.", f"{field}.measure", value=measure, hint=hint)
    if (of is not None) != (measure in {"share_of", "mean_of"}):
        raise _wrong("share_of and mean_of have an expression, the others have none.", f"{field}.of")


def _wrong(detail: str, field: str | None, *, value: object = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(
        detail, code="invalid_experiment", field=field, value=value, hint=hint or "see docs/experiments.md"
    )
