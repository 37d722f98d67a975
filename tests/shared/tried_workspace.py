"""The small workspace with a stricter challenger beside its policy, and experiments that try it."""

from __future__ import annotations

from typing import Any

from small_workspace import APPLICATION, BLOCKED, NETWORK, REASONS, VELOCITY, policy

from tandem.kernel.artefacts import Artefact

OUTCOME = Artefact.of(
    "event_type",
    "repayment",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "bad", "type": "boolean", "required": True},
        ],
    },
)
TURNS_OUT = Artefact.of(
    "outcome",
    "application",
    {"event": "repayment", "refers": "application", "bad": "bad", "amount": "amount_minor", "currency": "CNY"},
)


def stricter(age: int = 25, *, name: str = "stricter") -> Artefact:
    """A challenger: nobody under ``age``, and it looks at what the champion does not."""
    return Artefact.of(
        "policy",
        name,
        {
            "event": "application",
            "when_missing": "review",
            "flow": [
                {
                    "rules": "knock_out",
                    "all": [
                        {"rule": "too_young", "when": f"age < {age}", "then": "decline", "reason": "TOO_YOUNG"},
                        {
                            "rule": "much_money",
                            "when": "device_amount_1d > 10000000",
                            "then": "decline",
                            "reason": "MASS_APPLICATION",
                            "when_missing": "skip",
                        },
                    ],
                },
                {"decide": "end", "then": "approve", "limit": "amount_minor"},
            ],
        },
    )


def experiment(name: str = "older", *, share: float = 50, **changes: Any) -> Artefact:
    """An experiment that tries the stricter policy on ``share`` percent."""
    body: dict[str, Any] = {
        "on": "application",
        "mode": "canary",
        "unit": "person",
        "arms": [
            {"arm": "champion", "share": 100 - share},
            {"arm": "challenger", "share": share, "policy": "stricter"},
        ],
        "metric": {"measure": "approval_rate", "better": "higher", "detect": 0.05, "expected": 0.7},
    }
    return Artefact.of("experiment", name, {**body, **changes})


TRIED = (APPLICATION, VELOCITY, BLOCKED, REASONS, NETWORK, OUTCOME, TURNS_OUT, policy(10_000), stricter())
