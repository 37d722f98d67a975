"""How a decided event turns out: the `outcome` artefact, the one definition of a label.

name: loan_application          # of the label; the event type that is decided, unless `of` says which
of: loan_application
event: loan_outcome             # the event that tells
refers: application             # its field with the id of the decided event
bad: days_past_due >= 90        # a boolean field of it, or a condition over it
window: 365d                    # only what happened this long after the decided event counts
matures: 400d                   # from then on the label is trusted
good_when_silent: false         # whether nothing told by then means good
exclude:                        # decided events that are never labelled
  - {when: "staff", reason: staff_loan}
provisional:                    # what tells early; never taught from, never counted as the outcome
  {event: repayment, refers: application, bad: "days_late >= 30", window: 60d}
amount: amount_minor            # field of the decided event: what is at stake, in minor units
currency: TWD
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.kernel.time import parse_duration

__all__ = ["EarlySign", "Exclusion", "OutcomeDefinition", "parse_outcome"]

_EXCLUSIONS_MAX: Final = 50


class Exclusion(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Decided events that are never labelled: those of which ``when`` is true, and why."""

    when: str
    reason: str


class EarlySign(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What tells something before the label is mature.

    Attributes:
        bad: condition over the event that tells.
        event: type of that event; empty for the label's own.
        refers: its field with the id of the decided event; empty for the label's own.
        window: how long after the decided event it counts; None: until the label is mature.
    """

    bad: str
    event: str = ""
    refers: str = ""
    window: str | None = None

    @property
    def window_us(self) -> int | None:
        """``window`` in microseconds."""
        return None if self.window is None else parse_duration(self.window)


class OutcomeDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a decided event turns out.

    Attributes:
        name: of the label.
        of: the type of event that is decided; empty where the label is called like it. See ``decided``.
        event: the type of event that tells; a later one for the same decision replaces an earlier one.
        refers: its TEXT field with the id of the decided event.
        bad: its BOOLEAN field, or a condition over it, true where it went badly; unknown tells nothing.
        window: performance window, as ``365d``: only what happened within it after the decided event counts. None:
            whatever is told counts, however late.
        matures: from how long after the decided event on the label is trusted. None: as soon as it is told.
        good_when_silent: an approved event of which nothing was told by ``matures`` went well.
        exclude: decided events that are never labelled.
        provisional: an early sign.
        amount: INTEGER field of the decided event, in minor units: what is at stake. None: nothing is added up.
        currency: of ``amount``, ISO 4217.
        simulated: the outcomes are made up; said wherever they are counted.
        description: one line for people.
    """

    name: str
    event: str
    refers: str
    bad: str
    of: str = ""
    window: str | None = None
    matures: str | None = None
    good_when_silent: bool = False
    exclude: tuple[Exclusion, ...] = ()
    provisional: EarlySign | None = None
    amount: str | None = None
    currency: str = ""
    simulated: bool = False
    description: str = ""

    @property
    def decided(self) -> str:
        """The type of event that is decided."""
        return self.of or self.name

    @property
    def window_us(self) -> int | None:
        """``window`` in microseconds."""
        return None if self.window is None else parse_duration(self.window)

    @property
    def matures_us(self) -> int | None:
        """``matures`` in microseconds."""
        return None if self.matures is None else parse_duration(self.matures)

    @property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a label; what is said of it in words is left out."""
        return digest_of(msgspec.to_builtins(msgspec.structs.replace(self, description="", amount=None, currency="")))


def parse_outcome(document: Mapping[str, Any]) -> OutcomeDefinition:
    """The definition a document holds.

    Raises:
        DefinitionError: it is not one.
    """
    try:
        found = msgspec.convert(document, OutcomeDefinition)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `")
        raise DefinitionError(f"{words}.", code="wrong_shape", field=place.rstrip("`").removeprefix("$.")) from None
    _check_money(found)
    _check_times(found)
    if len(found.exclude) > _EXCLUSIONS_MAX:
        raise DefinitionError(
            f"More than {_EXCLUSIONS_MAX} exclusions.", code="too_many", field="exclude", value=len(found.exclude),
            hint="join conditions that have one reason with OR",
        )  # fmt: skip
    return found


def _check_money(found: OutcomeDefinition) -> None:
    if found.amount is not None and not found.currency:
        raise DefinitionError(
            "An amount has a currency.", code="no_currency", field="currency", hint="add currency: with its ISO code"
        )
    if found.currency and found.currency not in CURRENCY_EXPONENTS:
        raise DefinitionError(
            "Unknown currency.",
            code="unknown_currency",
            field="currency",
            value=found.currency,
            hint=near_match(found.currency, CURRENCY_EXPONENTS),
        )


def _check_times(found: OutcomeDefinition) -> None:
    _check_duration(found.window, "window")
    _check_duration(found.matures, "matures")
    if found.good_when_silent and found.matures is None:
        raise DefinitionError(
            "Silence means good from some time on.", code="no_maturity", field="matures",
            hint="say from how long after the decided event on, as in matures: 90d",
        )  # fmt: skip
    if found.provisional is None:
        return
    _check_duration(found.provisional.window, "provisional.window")
    if found.matures is None:
        raise DefinitionError(
            "An early sign is early for a label that matures later.", code="no_maturity", field="matures",
            hint="say when the label is trusted, as in matures: 365d, or leave provisional out",
        )  # fmt: skip


def _check_duration(text: str | None, field: str) -> None:
    try:
        length = 1 if text is None else parse_duration(text)
    except InvalidInput as error:
        raise DefinitionError(error.detail, code=error.code, field=field, value=text, hint=error.hint) from None
    if length < 1:
        raise DefinitionError(
            "A time of no length.", code="invalid_duration", field=field, value=text, hint="write 30d, or leave it out"
        )
