"""The small workspace with case rules: applications without an age, or above 50,000, ask for a person."""

from __future__ import annotations

from typing import Any

import small_workspace as small

from tandem.kernel.artefacts import Artefact

RULES = {
    "group_by": ["person", "device"],
    "queues": [
        {"queue": "senior", "title": {"en": "Senior", "zh-CN": "高级"}, "due_after": "1d", "takes": {"actions": ["x"]}},
        {"queue": "large", "title": {"en": "Large", "zh-CN": "大额"}, "due_after": "1h", "takes": {"reasons": ["LARGE"]},
         "escalates_to": "senior"},
        {"queue": "review", "title": {"en": "Review", "zh-CN": "审核"}, "due_after": "4h", "escalates_to": "senior"},
    ],
    "dispositions": [
        {"disposition": "approve", "title": {"en": "Approve", "zh-CN": "通过"}, "key": "a"},
        {"disposition": "decline", "title": {"en": "Decline", "zh-CN": "拒绝"}, "key": "d"},
        {"disposition": "fraud", "title": {"en": "Fraud", "zh-CN": "欺诈"}, "adverse": True, "key": "f"},
        {"disposition": "honest", "title": {"en": "Honest", "zh-CN": "正常"}, "adverse": False, "key": "h"},
        {"disposition": "write_off", "title": {"en": "Write off", "zh-CN": "核销"}, "adverse": True,
         "second_approval": True, "key": "w"},
    ],
    "labels": [
        {"event_type": "outcome", "of": "application",
         "fields": {"application": "event_id", "bad": "adverse", "disposition": "disposition"}},
    ],
}  # fmt: skip
CASE_RULES = Artefact.of("case_rules", "cases", RULES)
OUTCOME = Artefact.of(
    "event_type",
    "outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "bad", "type": "boolean", "required": True},
            {"name": "disposition", "type": "text"},
        ],
    },
)
REASONS = Artefact.of("reasons", "words", {"reasons": {**small.REASONS.body["reasons"], "LARGE": small.WORDS}})


def _policy() -> Artefact:
    body: dict[str, Any] = dict(small.policy(10_000).body)
    large = {"rules": "large", "all": [{"rule": "large", "when": "amount_minor > 50000", "then": "review", "reason": "LARGE"}],
             "stop_on": ["review"]}  # fmt: skip
    body["flow"] = [*body["flow"][:-1], large, body["flow"][-1]]
    return Artefact.of("policy", "application", body)


EVERYTHING = (small.APPLICATION, small.VELOCITY, small.BLOCKED, REASONS, _policy(), OUTCOME, CASE_RULES)
"""What goes live."""


def review(
    number: int, *, person: str | None = None, amount_minor: int = 60_000, **values: object
) -> dict[str, object]:
    """An application that asks for a person."""
    return small.application(
        number, person=person or f"p{number}", device=f"d{number}", amount_minor=amount_minor, **values
    )


def approved(number: int) -> dict[str, object]:
    """An application that does not."""
    return small.application(number, device=f"d{number}")
