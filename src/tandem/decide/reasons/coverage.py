"""Before a release: is there something to say to everybody it can decide against?

Looked at are the reason codes of every input of every model that a policy calls, of every place of a policy that declines, refers or
sets terms, of every characteristic and every missing fact. What lacks is told as a warning, or refuses the release where the method
says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tandem.decide.models import Model
from tandem.decide.policy import CompiledPolicy, Outcome, adverse_codes, places_of
from tandem.decide.reasons.statements import reveals
from tandem.decide.reasons.vocabulary import Vocabulary

__all__ = ["lacking", "telling_too_much"]

_SHOWN = 12


def lacking(policies: Mapping[str, CompiledPolicy], models: Mapping[str, Model], vocabulary: Vocabulary) -> list[str]:
    """What could speak against somebody and has no statement, one sentence a place; nothing without the artefact."""
    if vocabulary.statements is None:
        return []
    found: list[str] = []
    called = {one.stage.uses for policy in policies.values() for one in policy.plan.models.values()}
    for name in sorted(called & models.keys()):
        silent = sorted({code for code in _codes_of(models[name], vocabulary) if not vocabulary.takes(code)})
        if silent:
            found.append(f"model/{name}: no statement tells {_listed(silent)}")
    for name, policy in sorted(policies.items()):
        silent = sorted({code for code in adverse_codes(policy.plan) if not vocabulary.takes(code)})
        if silent:
            found.append(f"policy/{name}: no statement tells {_listed(silent)}")
        fields = policy.columns
        terms = vocabulary.terms_of(name)
        if terms.asked is not None and terms.asked not in fields:
            found.append(
                f"policy/{name}: it does not look at {terms.asked}, of which the terms say that it is asked for"
            )
    return found


def telling_too_much(
    policies: Mapping[str, CompiledPolicy], models: Mapping[str, Model], vocabulary: Vocabulary
) -> list[str]:
    """What is told, or weighed, and should not be: words that betray a list, and protected inputs that cannot be reasons."""
    found: list[str] = []
    for name, policy in sorted(policies.items()):
        for place, one in places_of(policy.plan).items():
            if one.kind != "lists" or one.reason is None or one.outcome in {None, Outcome.APPROVE}:
                continue
            saying = vocabulary.saying(one.reason)
            word = reveals(saying.words.en) or reveals(saying.words.zh_cn)
            if word is not None:
                found.append(f"policy/{name} {place}: a list was hit, and a customer would read {word!r}")
            elif vocabulary.statements is not None and not saying.discreet:
                found.append(f"policy/{name} {place}: a list was hit, and {saying.name} is not discreet")
    if vocabulary.statements is not None:
        called = {one.stage.uses for policy in policies.values() for one in policy.plan.models.values()}
        for name in sorted(called & models.keys()):
            held = [one for one in models[name].inputs if not vocabulary.may_tell(one)]
            if held:
                found.append(f"model/{name}: it weighs {_listed(held)}, which nobody is ever told")
    return found


def _codes_of(model: Model, vocabulary: Vocabulary) -> Iterator[str]:
    for name, code in zip(model.inputs, model.reason_codes, strict=True):
        if code is not None and vocabulary.may_tell(name):
            yield code


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
