"""Arming a release: its experiments held against it, each arm compiled, and what all arms read recorded with each decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from tandem.decide.decisions.trying import Trial, default_policies, unit_field
from tandem.decide.experiments import MEASURES, Experiment, ExperimentArm
from tandem.decide.models import Model, StatefulDocument
from tandem.decide.policy import CompiledPolicy, ModelSignature, PolicyContext, check_and_compile
from tandem.kernel.errors import DefinitionError, TandemError, near_match
from tandem.kernel.expressions import Column, parse
from tandem.kernel.identity import Digest
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType

__all__ = ["Arming", "measured_columns", "signature_of"]


def signature_of(name: str, model: Model) -> ModelSignature:
    """What a policy sees of ``model`` where it is called ``name``."""
    return ModelSignature(
        name=name,
        inputs=model.inputs,
        digest=model.digest,
        points=model.document.scaling is not None,
        reasons=tuple(code for code in model.reason_codes if code is not None),
    )


def measured_columns(context: PolicyContext) -> dict[str, Column]:
    """The names that an experiment's own measure may use: every fact, what came out, and how it turned out."""
    return {
        **context.columns,
        "outcome": Column(SqlType.TEXT, nullable=False),
        "limit_minor": Column(SqlType.INTEGER),
        "bad": Column(SqlType.BOOLEAN),
    }


class Arming:
    """Arms one release.

    Args:
        policies: compiled, by name; those of which an experiment tries another are replaced by ones that record more.
        models: by name.
        context_of: the names a policy on events of that type may use.
        event_types: by name.
        members: graph to the kind of entity it joins.
        broken: policies with faults of their own, which are not told again.
        found: takes a fault.
    """

    def __init__(
        self,
        policies: dict[str, CompiledPolicy],
        models: Mapping[str, Model],
        context_of: Callable[[str], PolicyContext],
        event_types: Mapping[str, EventType],
        members: Mapping[str, str],
        broken: Iterable[str],
        found: Callable[[TandemError], None],
    ) -> None:
        self._policies = policies
        self._models = models
        self._context_of = context_of
        self._types = event_types
        self._members = members
        self._broken = frozenset(broken)
        self._found = found

    def trials(self, experiments: Mapping[str, Experiment], digests: Mapping[str, Digest]) -> dict[str, Trial]:
        """Every experiment, ready; what does not hold together is told to ``found``."""
        tried: dict[str, tuple[Experiment, str, dict[str, CompiledPolicy], str]] = {}
        busy: dict[str, str] = {}
        for name, experiment in sorted(experiments.items()):
            if experiment.ended:
                continue
            try:
                champion = self._champion(experiment)
                if champion is None:
                    continue
                field = self._field(experiment)
                self._check_measures(experiment)
                arms = {one.arm: self._arm(experiment, one, champion) for one in experiment.arms}
                if experiment.mode != "shadow" and busy.setdefault(champion, name) != name:
                    raise _wrong(
                        f"{busy[champion]} is on the traffic of {champion} already: two experiments would mix.",
                        "mode",
                        code="overlapping_experiments",
                        hint="end the other first, or make this one a shadow",
                    )
            except TandemError as error:
                error.at = f"experiment/{name}"
                self._found(error)
                continue
            tried[name] = (experiment, champion, arms, field)
        self._record_all(tried)
        return {
            name: Trial(experiment, digests[name], champion, arms, field)
            for name, (experiment, champion, arms, field) in tried.items()
        }

    def _record_all(self, tried: Mapping[str, tuple[Experiment, str, dict[str, CompiledPolicy], str]]) -> None:
        """Whatever any arm on a type of event looks at is recorded whichever of them decides."""
        families: dict[str, dict[int, CompiledPolicy]] = {}
        for experiment, champion, arms, _ in tried.values():
            for one in (self._policies[champion], *arms.values()):
                families.setdefault(experiment.on, {})[id(one)] = one
        for on, family in families.items():
            columns = {name for one in family.values() for name in one.columns}
            lists = {name for one in family.values() for name in one.lists}
            for name, policy in self._policies.items():
                if id(policy) in family:
                    self._policies[name] = policy.recording(columns, lists)
            for experiment, _, arms, _ in tried.values():
                if experiment.on == on:
                    arms.update({arm: one.recording(columns, lists) for arm, one in arms.items()})

    def _champion(self, experiment: Experiment) -> str | None:
        """The policy it tries others against; None where that has faults of its own."""
        if experiment.on not in self._types:
            raise _unknown("There is no such event type.", "on", experiment.on, self._types)
        if experiment.policy is None:
            found = default_policies(self._policies).get(experiment.on)
            if found is None and not self._broken:
                raise _wrong(f"No policy decides on {experiment.on}.", "on")
            return None if found is None else found.policy.policy
        return self._named(experiment.policy, experiment.on, "policy")

    def _named(self, name: str, on: str, field: str) -> str | None:
        if name in self._policies:
            if self._policies[name].policy.event != on:
                raise _wrong(f"{name} decides on {self._policies[name].policy.event}.", field)
            return name
        if name in self._broken:
            return None
        raise _unknown("There is no such policy in the release.", field, name, self._policies)

    def _field(self, experiment: Experiment) -> str:
        member = None
        if experiment.graph is not None:
            if experiment.graph not in self._members:
                raise _unknown("There is no such graph in the release.", "graph", experiment.graph, self._members)
            member = self._members[experiment.graph]
        field = unit_field(experiment, self._types[experiment.on], member)
        if field is None:
            kinds = {str(one.entity) for one in self._types[experiment.on].fields if one.entity is not None}
            raise _unknown(f"{experiment.on} names nobody of that kind.", "unit", member or experiment.unit, kinds)
        return field

    def _arm(self, experiment: Experiment, arm: ExperimentArm, champion: str) -> CompiledPolicy:
        where = f"arms.{arm.arm}"
        base = champion if arm.policy is None else self._named(arm.policy, experiment.on, f"{where}.policy")
        policy = self._policies[base or champion]
        asked = {one.stage.uses for one in policy.plan.models.values()}
        models = dict(self._models)
        context = self._context_of(experiment.on)
        for live, other in arm.models.items():
            if live not in asked:
                raise _unknown("The policy asks no such model.", f"{where}.models", live, asked)
            if other not in self._models:
                raise _unknown("There is no such model in the release.", f"{where}.models.{live}", other, self._models)
            models[live] = self._models[other]
            signatures = {**context.models, live: signature_of(live, models[live])}
            context = msgspec.structs.replace(context, models=signatures)
        compiled = policy if not arm.models else self._with_models(policy, context, models, where)
        self._check_networks(compiled, models, experiment.on, where)
        if experiment.mode == "shadow":
            self._check_asks(compiled, self._policies[champion], where)
        return compiled

    @staticmethod
    def _with_models(
        policy: CompiledPolicy, context: PolicyContext, models: Mapping[str, Model], where: str
    ) -> CompiledPolicy:
        compiled, findings = check_and_compile(policy.policy, context, models)
        if compiled is None:
            first = next(one for one in findings if one.severity == "error")
            raise _wrong(f"{policy.policy.policy} does not hold together with this model: {first.message}", where)
        return compiled

    @staticmethod
    def _check_networks(policy: CompiledPolicy, models: Mapping[str, Model], on: str, where: str) -> None:
        for called in sorted({one.stage.uses for one in policy.plan.models.values()}):
            document = models[called].document
            if isinstance(document, StatefulDocument) and document.event != on:
                raise _wrong(f"The network {called} scores events of type {document.event}.", where)

    @staticmethod
    def _check_asks(challenger: CompiledPolicy, champion: CompiledPolicy, where: str) -> None:
        more = sorted(set(challenger.plan.asks) - set(champion.plan.asks))
        if more:
            raise _wrong(
                "A shadow asks nobody: its challenger would ask third parties that the champion does not.",
                where,
                code="shadow_asks",
                value=more,
                hint="let the champion ask them too, or make it a canary",
            )

    def _check_measures(self, experiment: Experiment) -> None:
        columns = measured_columns(self._context_of(experiment.on))
        asked = [("metric", experiment.metric.measure, experiment.metric.of)]
        asked += [(f"guards.{one.guard}", one.measure, one.of) for one in experiment.guards]
        for field, measure, text in asked:
            if text is None:
                continue
            kind = parse(text, columns).type
            wanted = (
                {SqlType.BOOLEAN}
                if MEASURES[measure].kind == "share"
                else {SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL}
            )
            if kind not in wanted:
                raise _wrong(f"{measure} needs another type than {kind.value}.", f"{field}.of", value=text)
        fields = {one.name for one in self._types[experiment.on].fields}
        for name in experiment.segments:
            if name not in fields:
                raise _unknown(f"{experiment.on} has no such field.", "segments", name, fields)
        if experiment.exposure is not None and experiment.exposure.field not in fields:
            raise _unknown(f"{experiment.on} has no such field.", "exposure.field", experiment.exposure.field, fields)


def _unknown(detail: str, field: str, value: str, known: Iterable[str]) -> DefinitionError:
    return _wrong(detail, field, value=value, hint=near_match(value, known))


def _wrong(
    detail: str, field: str, *, code: str = "invalid_experiment", value: object = None, hint: str | None = None
) -> DefinitionError:
    return DefinitionError(detail, code=code, field=field, value=value, hint=hint or "see docs/experiments.md")
