"""The plans of a release, and whether they hold together with the rest of it."""

from __future__ import annotations

from tandem.decide.decisions import LiveRelease, document_of
from tandem.decide.policy.types import Policy
from tandem.kernel.errors import DefinitionError, TandemError, near_match
from tandem.learn.backtest import condition_of, numbers_in, signed
from tandem.learn.iteration.parsing import parse_iteration
from tandem.learn.iteration.plan import IterationPlan, Threshold
from tandem.learn.labels import label_named

__all__ = ["check_iterations", "plans_of"]


def plans_of(live: LiveRelease) -> dict[str, IterationPlan]:
    """The plans that ``live`` carries, by name.

    Raises:
        DefinitionError: one of them is none.
    """
    carried = (one for one in live.carried if one.kind == "iteration")
    return {one.name: parse_iteration(document_of(one)) for one in carried}


def check_iterations(live: LiveRelease) -> None:
    """Refuse a release whose plans name what it does not have.

    Raises:
        DefinitionError: with every fault.
    """
    faults = [one for plan in plans_of(live).values() for one in _faults(live, plan)]
    if faults:
        first = faults[0]
        refusal = DefinitionError(first.detail, code=first.code, field=first.field, value=first.value, hint=first.hint)
        refusal.errors = tuple(faults)
        raise refusal


def _faults(live: LiveRelease, plan: IterationPlan) -> list[TandemError]:
    faults: list[TandemError] = []
    for field, name, known in (("model", plan.model, live.models), ("policy", plan.policy, live.policies)):
        if name not in known:
            hint = near_match(name, known) or "release it together with the plan"
            faults.append(_fault(plan, f"The release has no {field} of this name.", field, name, hint))
    policy = live.policies.get(plan.policy)
    if policy is not None and policy.policy.event != plan.event:
        faults.append(_fault(plan, "The policy decides on another event.", "event", plan.event, policy.policy.event))
    if policy is not None:
        faults += [one for each in plan.thresholds for one in _threshold_faults(plan, policy.policy, each)]
    try:
        label_named(live, plan.label)
    except TandemError as error:
        faults.append(_fault(plan, error.detail, "label", plan.label, error.hint or "add it to outcomes/"))
    return faults


def _threshold_faults(plan: IterationPlan, policy: Policy, one: Threshold) -> list[TandemError]:
    try:
        when = condition_of(policy, one.at)
    except TandemError as error:
        return [_fault(plan, "The policy has no such condition.", "thresholds.at", one.at, error.hint or "stage.rule")]
    numbers = numbers_in(when)
    if one.number >= len(numbers):
        hint = f"the condition of {one.at} has {len(numbers)}, counted from 0"
        return [_fault(plan, "There is no such number.", "thresholds.number", one.number, hint)]
    if signed(when, one.number):
        hint = "write the condition so that the number stands without a minus before it"
        return [_fault(plan, "A number with a sign is not looked at.", "thresholds.number", one.number, hint)]
    return []


def _fault(plan: IterationPlan, words: str, field: str, value: object, hint: str) -> DefinitionError:
    at = f"iteration/{plan.name}"
    return DefinitionError(words, code="invalid_iteration", field=field, value=value, hint=hint, at=at)
