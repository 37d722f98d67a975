"""A policy ready to decide."""

from __future__ import annotations

import copy
from collections.abc import Container, Iterable, Mapping

from tandem.decide.models import Model
from tandem.decide.policy.binding import bind
from tandem.decide.policy.compiling import compile_plan, plan_of
from tandem.decide.policy.context import Finding, PolicyContext
from tandem.decide.policy.plan import Plan
from tandem.decide.policy.results import PolicyResult, ScoringModel
from tandem.decide.policy.traces import Trace
from tandem.decide.policy.tracing import trace_plan
from tandem.decide.policy.types import Policy
from tandem.kernel.errors import DefinitionError
from tandem.kernel.values import Row

__all__ = ["CompiledPolicy", "check_and_compile", "compile_bound", "compile_policy", "validate"]


class CompiledPolicy:
    """A policy as one function; immutable, safe to share between threads. Made by ``compile_policy``.

    Args:
        plan: the bound policy.
        models: the models it uses, by name.
    """

    def __init__(self, plan: Plan, models: Mapping[str, ScoringModel]) -> None:
        self.plan = plan
        self.policy = plan.policy
        self.columns = plan.columns
        """Facts a row should hold; one that is absent counts as missing."""
        self.lists = plan.lists
        """Lists the view must hold."""
        self.models = dict(models)
        """The models it was compiled with."""
        self.recorded_columns: tuple[str, ...] = tuple(plan.columns)
        """Facts that are recorded with a decision: what it may look at, and what a challenger beside it would."""
        self.recorded_lists: tuple[str, ...] = tuple(plan.lists)
        self._run = compile_plan(plan)

    def run(
        self,
        row: Row,
        lists: Mapping[str, Container[str]],
        models: Mapping[str, ScoringModel] | None = None,
    ) -> PolicyResult:
        """Decide one application. Pure: the same arguments give the same result, always.

        Args:
            row: facts by name; types as in the context the policy was compiled with.
            lists: members by list name, as of the application's event time.
            models: instead of those the policy was compiled with.
        """
        return self._run(row, lists, self.models if models is None else models)

    def recording(self, columns: Iterable[str], lists: Iterable[str]) -> CompiledPolicy:
        """The same policy, whose decisions are recorded with these facts and lists too."""
        more = copy.copy(self)
        more.recorded_columns = tuple(sorted({*self.recorded_columns, *columns}))
        more.recorded_lists = tuple(sorted({*self.recorded_lists, *lists}))
        return more

    def trace(
        self,
        row: Row,
        lists: Mapping[str, Container[str]],
        models: Mapping[str, ScoringModel] | None = None,
    ) -> Trace:
        """Decide one application slowly, telling every comparison; its result is that of ``run``."""
        return trace_plan(self.plan, row, lists, self.models if models is None else models)


def validate(policy: Policy, context: PolicyContext) -> tuple[Finding, ...]:
    """Everything that is wrong with a policy; with an ``error`` among it, it cannot be published."""
    return bind(policy, context)[1]


def compile_policy(policy: Policy, context: PolicyContext, models: Mapping[str, ScoringModel]) -> CompiledPolicy:
    """The policy as a function.

    Args:
        policy: a valid policy.
        context: the names it may use.
        models: by name; each stage's model must be there.

    Raises:
        DefinitionError: ``validate`` finds an error, or a model is not there.
    """
    return compile_bound(plan_of(policy, context), models)


def check_and_compile(
    policy: Policy, context: PolicyContext, models: Mapping[str, ScoringModel]
) -> tuple[CompiledPolicy | None, tuple[Finding, ...]]:
    """``validate`` and ``compile_policy`` at once: the function, None where there is an ``error`` among what was found."""
    plan, findings = bind(policy, context)
    broken = any(one.severity == "error" for one in findings)
    return None if broken else compile_bound(plan, models), findings


def compile_bound(plan: Plan, models: Mapping[str, ScoringModel]) -> CompiledPolicy:
    """A plan without errors as a function; refuses a model that is not there, or reads other inputs."""
    for model in plan.models.values():
        loaded = models.get(model.stage.uses)
        if isinstance(loaded, Model) and loaded.inputs != model.inputs:
            raise DefinitionError(
                "The model reads other inputs than the policy was checked with.",
                code="model_inputs_differ",
                field=f"{model.at}.uses",
                value=model.stage.uses,
                hint="check the policy against the models of this release",
            )
        if loaded is None:
            raise DefinitionError(
                "The model is not loaded.",
                code="model_not_loaded",
                field=f"{model.at}.uses",
                value=model.stage.uses,
                hint="put it into the release",
            )
    return CompiledPolicy(plan, models)
