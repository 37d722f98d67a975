"""What a backtest is asked: whose decisions, over which stretch, what against what, under which assumptions."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import Micros, parse_instant

__all__ = ["LIVE", "RECORDED", "BacktestAsked", "Draft", "Price", "RuleSweep", "SideAsked", "checked_asked"]

LIVE: Final = "live"
RECORDED: Final = "recorded"
_SAMPLE_MAX: Final = 20_000
_SWEEP_MAX: Final = 25


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A definition that stands in no release: it takes the place of the one of its kind and name."""

    kind: str
    name: str
    body: dict[str, Any]


class SideAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What decides on one side.

    Attributes:
        release: a digest, ``live``, or ``recorded`` for what was really answered then.
        drafts: put in the place of what the release has: a policy, a model, features, a list.
        versions: digests of artefacts in the register, likewise.
        policy: the one that decides; by default the one that the release would take.
        label: what people call it.
    """

    release: str = LIVE
    drafts: tuple[Draft, ...] = ()
    versions: tuple[str, ...] = ()
    policy: str | None = None
    label: str = ""


class Price(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a decision earns or costs: an assumption of whoever asks, said in the report.

    Attributes:
        margin: share of the amount that a good one earns, such as 0.06.
        lgd: share of the amount that is lost on a bad one, 0 to 1.
    """

    margin: float
    lgd: float = 1.0


class RuleSweep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number in a rule's condition, and the values to try in its place.

    Attributes:
        rule: ``stage.rule``.
        number: which of the numbers in the condition, counted from 0.
    """

    rule: str
    values: tuple[float, ...]
    number: int = 0


class BacktestAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question.

    Attributes:
        event_type: of the events decided on.
        candidate, against: the two sides.
        since, until: of the events' own time, RFC 3339; from and up to but without. None: from the first, to the last.
        price: what money is counted by; None counts amounts at stake only.
        score: a model of the candidate, by name: orders decisions for cut-offs and for equal approval.
        inferred: a model whose probability stands for the outcome where nobody knows it; by default ``score``.
        segments: recorded fields by which approval is compared.
        rules: measure each rule of the candidate.
        sweep: try other numbers in a rule.
        attribute: say what made the difference where a decision differs.
        sample: decisions taken again one by one, to hold the columns against; drawn by ``seed``.
    """

    event_type: str
    candidate: SideAsked = SideAsked()
    against: SideAsked = SideAsked(release=RECORDED)
    since: str | None = None
    until: str | None = None
    price: Price | None = None
    score: str | None = None
    inferred: str | None = None
    segments: tuple[str, ...] = ()
    rules: bool = True
    sweep: RuleSweep | None = None
    attribute: bool = False
    sample: int = 500
    seed: int = 7

    def stretch(self) -> tuple[Micros | None, Micros | None]:
        """``since`` and ``until`` as instants."""
        return (
            None if self.since is None else parse_instant(self.since),
            None if self.until is None else parse_instant(self.until),
        )


def checked_asked(asked: BacktestAsked) -> BacktestAsked:
    """``asked``, once it holds together by itself.

    Raises:
        InvalidInput: names what does not.
    """
    if asked.candidate.release == RECORDED:
        raise InvalidInput("What was answered then is what a candidate is held against.", field="candidate.release")
    if asked.price is not None and not (0.0 <= asked.price.margin <= 10.0 and 0.0 <= asked.price.lgd <= 1.0):
        raise InvalidInput("A margin is 0 to 10 times the amount, a loss 0 to 1.", field="price")
    if not 1 <= asked.sample <= _SAMPLE_MAX:
        raise InvalidInput(f"A sample has 1 to {_SAMPLE_MAX:,} decisions.", field="sample", value=asked.sample)
    if asked.sweep is not None and not 1 <= len(asked.sweep.values) <= _SWEEP_MAX:
        raise InvalidInput(f"A sweep tries 1 to {_SWEEP_MAX} values.", field="sweep.values")
    since, until = asked.stretch()
    if since is not None and until is not None and since >= until:
        raise InvalidInput("The stretch ends before it begins.", field="until", value=asked.until)
    return asked
