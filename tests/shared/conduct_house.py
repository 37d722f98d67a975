"""The example's conduct rules, a debtor with two numbers and an address, and contacts to judge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from ruamel.yaml import YAML

from tandem.act.collections import DebtorFile, Past, Point, PointId, RuleSet, Wanted, parse_conduct_rules
from tandem.act.collections.file import ContactId
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros, parse_instant

EXAMPLE = Path(__file__).parents[2] / "examples" / "lender"
DEBTOR = Pseudonym("a" * 32)
PHONE, SECOND_PHONE, EMAIL, HOME, FRIEND = (PointId(letter * 32) for letter in ("1", "2", "3", "4", "5"))
NOON = parse_instant("2026-11-30T12:00:00+08:00")


def document(folder: str, name: str) -> dict[str, Any]:
    """A document of the example, as its reader takes it."""
    read = YAML(typ="safe", pure=True).load((EXAMPLE / folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return {"name": name, **read}


def rules_of(name: str) -> RuleSet:
    """A rule set of the example."""
    return parse_conduct_rules(document("conduct", name))


def only(rules: RuleSet, *names: str) -> RuleSet:
    """Of the set only these rules."""
    kept = tuple(one for one in rules.rules if one.rule in names)
    assert len(kept) == len(names)
    return msgspec.structs.replace(rules, rules=kept)


def a_file(**changes: Any) -> DebtorFile:
    """A debtor in Shanghai who can be reached by everything, and a friend of theirs."""
    points = [
        Point(point=PHONE, kind="phone", whose="debtor"),
        Point(point=SECOND_PHONE, kind="phone", whose="debtor"),
        Point(point=EMAIL, kind="email", whose="debtor"),
        Point(point=HOME, kind="address", whose="debtor"),
        Point(point=FRIEND, kind="phone", whose="third_party"),
    ]
    known: dict[str, Any] = {"zone": "Asia/Shanghai", "points": {one.point: one for one in points}}
    return DebtorFile(debtor=DEBTOR, **{**known, **changes})


def wanted(channel: str = "call", **changes: Any) -> Wanted:
    """A contact to the debtor's own number for ``channel``."""
    point = {"email": EMAIL, "letter": HOME, "visit": HOME}.get(channel, PHONE)
    return Wanted(**{"debtor": DEBTOR, "account": "acc_1", "channel": channel, "point": point, **changes})


def past(number: int, at: Micros, state: str = "answered", **changes: Any) -> Past:
    """A contact there was."""
    known: dict[str, Any] = {
        "contact": ContactId(f"con_{number}"), "debtor": DEBTOR, "account": "acc_1", "at": at, "channel": "call",
        "point": PHONE, "whose": "debtor", "purpose": "collection", "step": "soft", "state": state,
    }  # fmt: skip
    return Past(**{**known, **changes})
