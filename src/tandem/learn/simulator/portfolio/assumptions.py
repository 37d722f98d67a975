"""What is assumed of how customers respond, read from ``assumptions.yaml``: a middle, and a range to sweep.

Nothing but the world itself may import this: a strategy that read it would know what no lender knows.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

import msgspec
from ruamel.yaml import YAML

from tandem.kernel.errors import InvalidInput, near_match

__all__ = ["Assumed", "Dials", "Level", "alike", "assumptions", "dials"]

_ALIKE_LIFT: Final = 4.7

Level: TypeAlias = Literal["low", "middle", "high"]


class Assumed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One assumption: what is used, and the range it is swept over."""

    low: float
    middle: float
    high: float
    unit: str
    source: str


class Dials(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value for each assumption; what each means stands in ``assumptions.yaml``."""

    forgets: float
    reached_email: float
    reached_sms: float
    reached_ai_call: float
    reached_call: float
    lift_email: float
    lift_sms: float
    lift_ai_call: float
    lift_call: float
    taste_spread: float
    firm_lift: float
    firm_spread: float
    reach_taste: float
    hour_gain: float
    shown: float
    half_life_days: float
    fatigue: float
    hardship_drag: float
    restructure_lift: float
    restructure_put_off: float
    tells_hardship: float
    exposure_follow: float
    exposure_adverse: float


@cache
def assumptions() -> dict[str, Assumed]:
    """Every assumption by name, as committed."""
    text = (files(__package__) / "assumptions.yaml").read_text(encoding="utf-8")
    return msgspec.convert(YAML(typ="safe", pure=True).load(text), dict[str, Assumed])


def dials(level: Level = "middle", **other: Level | float) -> Dials:
    """All assumptions at ``level``, but those named, which stand at a level or a value of their own.

    Raises:
        InvalidInput: no assumption is called so.
    """
    known = assumptions()
    for name in other:
        if name not in known:
            raise InvalidInput(
                "No such assumption.", code="unknown_assumption", value=name, hint=near_match(name, known)
            )
    found = {name: getattr(one, level) for name, one in known.items()}
    for name, value in other.items():
        found[name] = getattr(known[name], value) if isinstance(value, str) else value
    return msgspec.convert(found, Dials, strict=False)


def alike(found: Dials) -> Dials:
    """The same with every difference gone: all channels, tones and hours work alike, on everybody.

    Nobody pays unasked there (see ``fitting``), and a contact that reaches is paid upon with a chance of about one in ten, that day.
    """
    return msgspec.structs.replace(
        found,
        **{f"reached_{one}": 0.5 for one in ("email", "sms", "ai_call", "call")},
        **{f"lift_{one}": _ALIKE_LIFT for one in ("email", "sms", "ai_call", "call")},
        taste_spread=0.0, firm_lift=0.0, firm_spread=0.0, reach_taste=0.0, hour_gain=0.0, shown=0.0, fatigue=1.0,
        hardship_drag=0.0, restructure_lift=0.0, restructure_put_off=0.0, exposure_adverse=0.0,
    )  # fmt: skip
