"""Reading effects and ``when_missing`` clauses; they look the same wherever they stand."""

from __future__ import annotations

from typing import Any, Final

from tandem.decide.policy.reading import Reader, refuse
from tandem.decide.policy.types import Effect, Missing, Outcome

__all__ = ["EFFECT_KEYS", "read_effect", "read_missing", "read_stop_on"]

EFFECT_KEYS: Final = frozenset({"then", "reason", "severity", "set", "actions", "cap", "limit", "price", "stop"})
_OUTCOMES: Final = tuple(Outcome)


def read_effect(reader: Reader) -> Effect:
    """The effect whose keys stand in ``reader`` beside others."""
    then = reader.choice("then", _OUTCOMES) if reader.has("then") else None
    return Effect(
        then=Outcome(then) if then else None,
        reason=reader.text("reason") if reader.has("reason") else None,
        severity=reader.integer("severity", 0),
        assign=tuple((name, Reader.expression_of(value, at)) for at, name, value in reader.pairs("set", ordered=True)),
        actions=reader.texts("actions"),
        cap=reader.optional_expression("cap"),
        limit=reader.optional_expression("limit"),
        price=tuple(
            (name, Reader.expression_of(value, at)) for at, name, value in reader.pairs("price", ordered=False)
        ),
        stop=reader.flag("stop"),
    )


def read_missing(reader: Reader, *, wholesale: bool = False) -> Missing | None:
    """The ``when_missing`` clause, short (``review``) or long (``{then: review, reason: NO_INCOME}``).

    Args:
        reader: where it may stand.
        wholesale: the clause covers the whole policy, where ``approve`` and ``skip`` would open every gate at once.
    """
    value: Any = reader.document.get("when_missing")
    if value is None:
        return None
    path = reader.at("when_missing")
    inner = Reader(value if isinstance(value, dict) else {"then": value}, path, {"then", "reason"})
    allowed = ("decline", "review") if wholesale else ("decline", "review", "approve", "skip")
    if wholesale and inner.document.get("then") in ("approve", "skip"):
        refuse(
            "For a whole policy, missing facts lead to decline or review.",
            path,
            inner.document["then"],
            code="wholesale_fail_open",
            hint="write when_missing: skip at the one rule or stage it is meant for",
        )
    then = inner.choice("then", allowed)
    if then == "skip" and inner.has("reason"):
        refuse("skip does nothing, so it needs no reason.", path, inner.document["reason"])
    return Missing(then=then, reason=inner.text("reason") if inner.has("reason") else None)  # type: ignore[arg-type]


def read_stop_on(reader: Reader) -> tuple[Outcome, ...]:
    """The outcomes after which the flow ends at this stage's end."""
    return tuple(Outcome(Reader.choice_of(word, reader.at("stop_on"), _OUTCOMES)) for word in reader.texts("stop_on"))
