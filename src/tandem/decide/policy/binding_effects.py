"""Effects, typed; they look the same wherever they stand."""

from __future__ import annotations

from tandem.decide.policy.plan import BoundEffect
from tandem.decide.policy.scope import Scope, Workbench
from tandem.decide.policy.types import Effect, Outcome
from tandem.kernel.expressions import Column

__all__ = ["bind_effect"]


def bind_effect(
    bench: Workbench, effect: Effect, at: str, scope: Scope, sources: tuple[str, ...], *, sure: bool
) -> BoundEffect:
    """An effect with its expressions typed and its reason checked.

    Args:
        bench: where findings go.
        effect: as written.
        at: path in the document.
        scope: changed by what the effect sets.
        sources: scoring stages behind the condition that leads here.
        sure: every application that comes past has this effect.
    """
    bench.reason(effect.reason, f"{at}.reason")
    if effect.then in (Outcome.DECLINE, Outcome.REVIEW) and effect.reason is None and not sources:
        bench.error(
            "no_reason",
            at,
            f"This leads to {effect.then.value} and gives no reason.",
            "add reason: with a code of the catalogue",
        )
    assign = []
    for i, (name, text) in enumerate(effect.assign):
        place = f"{at}.set[{i}]"
        value = bench.expression(text, place, scope)
        if value is None:
            scope.broken.add(name)
            continue
        origin = scope.sources_of(value.columns)
        bench.assign(
            name,
            Column(value.type, value.nullable, value.scale),
            place,
            scope,
            sure=sure,
            sources=origin,
            read=value.columns,
        )
        assign.append((name, value))
    price = []
    for i, (name, text) in enumerate(effect.price):
        value = bench.expression(text, f"{at}.price[{i}]", scope, "number")
        if value is not None:
            price.append((name, value))
    cap = bench.expression(effect.cap, f"{at}.cap", scope, "integer") if effect.cap else None
    limit = bench.expression(effect.limit, f"{at}.limit", scope, "integer") if effect.limit else None
    return BoundEffect(
        then=effect.then,
        reason=effect.reason,
        severity=effect.severity,
        assign=tuple(assign),
        actions=effect.actions,
        cap=cap,
        limit=limit,
        price=tuple(price),
        stop=effect.stop,
        sources=sources,
    )
