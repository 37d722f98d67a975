"""A small policy to begin a product with: what of its template the applications of a workspace have the facts for.

A template does not know which facts a workspace records. So each of its rules is kept if its condition can be read against
the columns there are, and left out, by name, if not. Block lists of the live release come in front, a model behind. What
comes out is a policy like any other: to be read, changed, assessed and reviewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from tandem.act.products.starting import template_document
from tandem.act.products.types import Product
from tandem.decide.lists import ListDefinition
from tandem.decide.policy import PolicyContext
from tandem.kernel.errors import InvalidInput, TandemError
from tandem.kernel.expressions import parse
from tandem.kernel.values import SqlType

__all__ = ["StartingPolicy", "start_policy"]

_DECLINE_ABOVE: Final = 0.42
_REVIEW_ABOVE: Final = 0.30
_BANDS: Final = (0.08, 0.18)
"""Probabilities of a bad outcome: those of the example lender's policy. A model of one's own has others."""


class StartingPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """A policy to begin with.

    Attributes:
        policy: its body; reasons: codes with their words that the workspace has not, empty where it has all.
        left_out: rules of the template whose facts the applications have not.
    """

    policy: dict[str, Any]
    reasons: dict[str, Any]
    left_out: tuple[str, ...]


def start_policy(
    template: str,
    product: Product,
    event_type: str,
    context: PolicyContext,
    *,
    entities: Mapping[str, str],
    lists: Mapping[str, ListDefinition],
    model: str | None = None,
) -> StartingPolicy:
    """The policy of ``template`` for ``product``, on events of ``event_type``.

    Args:
        context: the names that a policy on such events may use.
        entities: field of such an event to the kind of entity it names.
        lists: of the live release, by name.
        model: of the release, whose probability is that of a bad outcome.

    Raises:
        NotFound: no such template. InvalidInput: applications ask for no ``amount_minor``.
    """
    document = template_document(f"policies/{template}")
    if "amount_minor" not in context.columns:
        raise InvalidInput(
            "Applications of that type have no amount_minor.",
            code="no_amount",
            field="event_type",
            value=event_type,
            hint="add the field, or choose a policy of your own",
        )
    rules, left_out = _rules(document["rules"], context)
    large = int(product.amount.most_minor * document["review_above"])
    rules.append(
        {"rule": "large_amount", "when": f"amount_minor > {large}", "then": "review", "reason": "LARGE_AMOUNT"}
    )
    flow: list[dict[str, Any]] = []
    checks = _checks(entities, lists)
    if checks:
        flow.append({"lists": "known_bad", "checks": checks, "stop_on": ["decline"]})
    flow.append({"rules": "never", "all": rules, "stop_on": ["decline"]})
    flow += _risk(product, model)
    policy = {"event": event_type, "description": document["description"], "when_missing": "review", "flow": flow}
    words = template_document("policies/reasons")
    codes = sorted(set(_codes(flow)) - set(context.reasons))
    reasons = {code: {"customer": words[code], "internal": words[code]} for code in codes}
    return StartingPolicy(policy=policy, reasons=reasons, left_out=tuple(left_out))


def _rules(given: list[dict[str, Any]], context: PolicyContext) -> tuple[list[dict[str, Any]], list[str]]:
    kept: dict[str, dict[str, Any]] = {}
    for rule in given:
        if rule["rule"] in kept:
            continue
        try:
            if parse(rule["when"], context.columns).type is SqlType.BOOLEAN:
                kept[rule["rule"]] = dict(rule)
        except TandemError:
            continue
    return list(kept.values()), [name for name in dict.fromkeys(one["rule"] for one in given) if name not in kept]


def _checks(entities: Mapping[str, str], lists: Mapping[str, ListDefinition]) -> list[dict[str, Any]]:
    return [
        {"list": name, "of": field, "then": "decline", "reason": "BLOCKED", "when_missing": "skip"}
        for name, one in sorted(lists.items())
        for field, kind in sorted(entities.items())
        if one.kind == "block" and str(one.entity) == kind
    ]


def _risk(product: Product, model: str | None) -> list[dict[str, Any]]:
    offer: dict[str, Any] = {"then": "approve", "limit": "amount_minor"}
    if model is None:
        return [{"decide": "offer", **offer}]
    rates = product.price.rate_bps
    if rates.least < rates.most:
        low, middle = _BANDS
        rate = (
            f"CASE WHEN pd < {low} THEN {rates.least} WHEN pd < {middle} THEN {rates.otherwise} ELSE {rates.most} END"
        )
        offer["price"] = {"rate_bps": rate}
    return [
        {"model": model, "probability": "pd"},
        {
            "decide": "offer",
            "cases": [
                {"case": "high", "when": f"pd >= {_DECLINE_ABOVE}", "then": "decline", "reason": "RISK_TOO_HIGH"},
                {"case": "middle", "when": f"pd >= {_REVIEW_ABOVE}", "then": "review", "reason": "RISK_TO_BE_REVIEWED"},
                {"otherwise": "low", **offer},
            ],
        },
    ]


def _codes(part: Any) -> list[str]:
    if isinstance(part, list):
        return [code for one in part for code in _codes(one)]
    if isinstance(part, dict):
        own = [part["reason"]] if isinstance(part.get("reason"), str) else []
        return own + [code for one in part.values() for code in _codes(one)]
    return []
