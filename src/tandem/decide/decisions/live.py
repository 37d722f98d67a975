"""A release, assembled: every artefact of the set read, checked against the others, compiled, ready to decide.

Assembling either gives something that can decide on every event it knows, or an error that lists everything that does
not hold together. A half-valid release never goes live.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from tandem.decide.connectors import Connector, parse_connector
from tandem.decide.decisions.arming import Arming, signature_of
from tandem.decide.decisions.known import KnownPlan, StatefulPlan
from tandem.decide.decisions.trying import Arms, default_policies
from tandem.decide.decisions.types import Trail
from tandem.decide.decisions.wording import check_letters, check_told, vocabulary_of
from tandem.decide.experiments import parse_experiment
from tandem.decide.graphs import compile_network
from tandem.decide.guards import GuardRail, parse_guard
from tandem.decide.letters import LegalPack, Letter, parse_legal_pack, parse_letter
from tandem.decide.lists import ListDefinition, parse_list
from tandem.decide.models import (
    STATEFUL_KINDS,
    GruDocument,
    Model,
    Reason,
    ReasonCatalogue,
    StatefulDocument,
    check_reasons,
    load_model,
    read_catalogue,
)
from tandem.decide.policy import (
    CompiledPolicy,
    ExampleResult,
    PolicyContext,
    check_and_compile,
    check_examples,
    parse_policy,
)
from tandem.decide.reasons import Vocabulary, parse_statements
from tandem.decide.sequences import compile_sequence
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound, TandemError, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventReader, EventType, parse_event_type, retyped_fields
from tandem.observe.features import compile_plan, parse_feature_set
from tandem.observe.graph import compile_circles, compile_graph, parse_circles, parse_graph
from tandem.observe.journal import Record
from tandem.observe.lake import LakeView, parse_view
from tandem.observe.metrics import Metric, parse_metric
from tandem.prove.privacy import Vault

__all__ = ["ARTEFACT_FOLDERS", "LiveRelease", "assemble", "document_of"]

ARTEFACT_FOLDERS: Final = {
    "assessment": "assessments",
    "case_rules": "case_rules",
    "channel": "channels",
    "circle": "circles",
    "collection_strategy": "collections",
    "conduct_rules": "conduct",
    "connector": "connectors",
    "event_type": "event_types",
    "experiment": "experiments",
    "feature_set": "features",
    "graph": "graphs",
    "guard": "guards",
    "iteration": "iterations",
    "legal_pack": "legal",
    "letter": "letters",
    "limit_strategy": "limit_strategies",
    "list": "lists",
    "mapping": "mappings",
    "metric": "metrics",
    "model": "models",
    "offer_programme": "offers",
    "outcome": "outcomes",
    "policy": "policies",
    "product": "products",
    "provision_rules": "provision_rules",
    "rate_cap": "rate_caps",
    "reasons": "reasons",
    "ring": "rings",
    "statements": "statements",
    "view": "views",
    "warning_rules": "warnings",
}
"""Kind of artefact to the folder of a workspace that holds it."""

_PLANNED_BY: Final = frozenset({"circle", "event_type", "feature_set", "graph"})
"""Kinds that a plan is made of, besides the networks among the models."""

_READ_ABOVE: Final = (
    "assessment",
    "case_rules",
    "channel",
    "collection_strategy",
    "conduct_rules",
    "iteration",
    "limit_strategy",
    "offer_programme",
    "outcome",
    "product",
    "provision_rules",
    "rate_cap",
    "ring",
    "warning_rules",
)
"""Kinds that rooms above this one read; a release carries them."""

_TIMES: Final = {
    "occurred_at": Column(SqlType.TIMESTAMP, nullable=False),
    "received_at": Column(SqlType.TIMESTAMP, nullable=False),
}


class LiveRelease:
    """What decides.

    Attributes:
        digest: of the release.
        reader: reads documents of its event types.
        plan: its features; known: with them, what its graphs and networks tell.
        lists, models, policies: by name.
        catalogue: words for every reason code.
        vocabulary: what a customer is told of them; letters, legal_packs: how, by name.
        metrics, views: what is measured, and the questions over the lake that metrics look at.
        warnings: what validation found odd but not wrong.
        guards: limits that its policies must keep within.
        carried: artefacts of kinds that rooms above read.
        connectors: whom its policies may ask, by name.
        arms: its experiments.
    """

    def __init__(
        self,
        digest: Digest,
        reader: EventReader,
        known: KnownPlan,
        lists: Mapping[str, ListDefinition],
        models: Mapping[str, Model],
        policies: Mapping[str, CompiledPolicy],
        policy_digests: Mapping[str, Digest],
        catalogue: ReasonCatalogue,
        metrics: Sequence[Metric],
        views: Sequence[LakeView],
        warnings: Sequence[str],
        carried: Sequence[Artefact] = (),
        guards: Sequence[GuardRail] = (),
        connectors: Mapping[str, Connector] | None = None,
        vocabulary: Vocabulary | None = None,
        letters: Mapping[str, Letter] | None = None,
        legal_packs: Mapping[str, LegalPack] | None = None,
        arms: Arms | None = None,
    ) -> None:
        self.digest = digest
        self.reader = reader
        self.known = known
        self.plan = known.features
        self.lists = lists
        self.models = models
        self.policies = policies
        self.policy_digests = policy_digests
        self.catalogue = catalogue
        self.metrics = tuple(metrics)
        self.views = tuple(views)
        self.warnings = tuple(warnings)
        self.carried = tuple(carried)
        self.guards = tuple(guards)
        self.connectors = {} if connectors is None else connectors
        self.vocabulary = Vocabulary(catalogue) if vocabulary is None else vocabulary
        self.letters = {} if letters is None else letters
        self.legal_packs = {} if legal_packs is None else legal_packs
        self.arms = Arms({}) if arms is None else arms
        self.asks = any(each.plan.asks for each in policies.values())
        self._default = default_policies(policies)

    def policy_for(self, event_type: str, name: str | None = None) -> CompiledPolicy:
        """The policy that decides on events of that type, or the one asked for by name.

        Raises:
            NotFound: there is none.
            InvalidInput: the named one decides on another type of event.
        """
        if name is None:
            found = self._default.get(event_type)
            if found is None:
                raise NotFound(
                    f"No policy decides on {event_type}.",
                    code="no_policy",
                    field="event_type",
                    value=event_type,
                    hint="send it to /v1/events to record it without a decision",
                )
            return found
        named = self.policies.get(name)
        if named is None:
            raise NotFound(
                "No policy has this name.",
                code="unknown_policy",
                field="policy",
                value=name,
                hint=near_match(name, self.policies),
            )
        if named.policy.event != event_type:
            raise InvalidInput(
                f"{name} decides on {named.policy.event}.", code="other_event_type", field="policy", value=name
            )
        return named

    def policy_of(self, trail: Trail) -> CompiledPolicy:
        """The policy that took a recorded decision, with the models of its arm.

        Raises:
            NotFound, InvalidInput: this release has none of that name for such events.
        """
        found = self.arms.policy_of(trail.arms) if trail.arms else None
        return self.policy_for(trail.event_type, trail.policy) if found is None else found

    def running_without(self, withdrawn: Collection[Digest]) -> LiveRelease:
        """This release, of whose experiments the withdrawn ones decide nothing."""
        less = copy.copy(self)
        less.arms = self.arms.without(withdrawn)
        return less

    def context_for(self, event_type: str) -> PolicyContext:
        """The names that a policy on events of that type may use in this release."""
        types = {EventTypeName(name): each for name, each in self.reader.event_types.items()}
        return _context(event_type, types, self.known, self.lists, self.models, self.catalogue, self.connectors)

    def list_named(self, name: str) -> ListDefinition:
        """The list of that name.

        Raises:
            NotFound: the release has none.
        """
        found = self.lists.get(name)
        if found is None:
            raise NotFound(
                "There is no such list.",
                code="unknown_list",
                field="list",
                value=name,
                hint=near_match(name, self.lists),
            )
        return found

    def knows(self, record: Record) -> bool:
        """Whether an event record is of a type that this release reads."""
        return _TYPE_OF.decode(record.clear).event_type in self.reader.event_types


class _TypeOnly(msgspec.Struct):
    event_type: str


_TYPE_OF = msgspec.json.Decoder(_TypeOnly)


_NAMED_BY: Final = {"list": "list", "policy": "policy", "model": None}


def planning(artefacts: Iterable[Artefact]) -> frozenset[Digest]:
    """The digests of those that can make a difference to what is computed of an event: where they are equal, so is the plan."""
    return frozenset(
        one.digest for one in artefacts if one.kind in _PLANNED_BY or (one.kind == "model" and _is_network(one))
    )


def _is_network(model: Artefact) -> bool:
    document = model.body.get("document", model.body)  # of a signed one, what was signed
    return isinstance(document, dict) and document.get("kind") in STATEFUL_KINDS


def _planned(
    document: StatefulDocument, event_types: Mapping[EventTypeName, EventType], known: KnownPlan
) -> StatefulPlan:
    if isinstance(document, GruDocument):
        return compile_sequence(document, event_types, known.columns)
    return compile_network(document, event_types, known.columns)


def document_of(artefact: Artefact) -> dict[str, Any]:
    """The document that a room reads: the body, with the artefact's name where that room looks for it.

    Raises:
        DefinitionError: the body names itself otherwise.
    """
    key = _NAMED_BY.get(artefact.kind, "name")
    if key is None:
        return artefact.body
    if artefact.body.get(key, artefact.name) != artefact.name:
        raise DefinitionError(
            f"It is called {artefact.name} and says {artefact.body[key]!r}.",
            code="name_differs",
            field=key,
            value=artefact.body[key],
            hint=f"leave {key} out: the file's name is its name",
        )
    return {key: artefact.name, **artefact.body}


def assemble(
    artefacts: Iterable[Artefact], digest: Digest, vault: Vault, *, recorded: Iterable[Artefact] = ()
) -> LiveRelease:
    """The release made of ``artefacts``.

    Args:
        recorded: versions of event types that events may have been recorded by: none of the release's may read a field
            of theirs otherwise.

    Raises:
        DefinitionError: with ``errors``, everything that does not hold together.
    """
    by_kind: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        by_kind.setdefault(artefact.kind, []).append(artefact)
    faults = _Faults()
    types = faults.each(by_kind.get("event_type", []), parse_event_type)
    sets = faults.each(by_kind.get("feature_set", []), parse_feature_set)
    lists = faults.each(by_kind.get("list", []), parse_list)
    models = faults.each(by_kind.get("model", []), load_model)
    catalogue = faults.catalogue(faults.each(by_kind.get("reasons", []), read_catalogue))
    told = faults.each(by_kind.get("statements", []), parse_statements)
    vocabulary = faults.once("statements", lambda: vocabulary_of(catalogue, told)) or Vocabulary(catalogue)
    letters = faults.each(by_kind.get("letter", []), parse_letter)
    packs = faults.each(by_kind.get("legal_pack", []), parse_legal_pack)
    event_types = {each.name: each for each in types.values()}
    faults.check_retyped(types, recorded)
    metrics = faults.each(by_kind.get("metric", []), parse_metric)
    views = faults.each(by_kind.get("view", []), parse_view)
    plan = faults.once("features", lambda: compile_plan(sets.values(), event_types))
    if plan is None:
        faults.refuse()
        raise AssertionError("refuse always raises here")
    graphs = faults.each(by_kind.get("graph", []), lambda document: compile_graph(parse_graph(document), event_types))
    circles = faults.each(
        by_kind.get("circle", []), lambda document: compile_circles(parse_circles(document), event_types)
    )
    known = KnownPlan(
        plan, [graphs[name] for name in sorted(graphs)], circles=[circles[name] for name in sorted(circles)]
    )
    known = KnownPlan(plan, known.graphs, faults.networks(models, event_types, known), known.circles)
    connectors = faults.each(by_kind.get("connector", []), parse_connector)
    faults.check_names(known, connectors, event_types)
    faults.check_models(models, known, catalogue)
    parsed = faults.each(by_kind.get("policy", []), parse_policy)
    policies: dict[str, CompiledPolicy] = {}
    for name, policy in parsed.items():
        context = _context(policy.event, event_types, known, lists, models, catalogue, connectors)
        compiled, findings = check_and_compile(policy, context, models)
        faults.findings(name, findings)
        if compiled is not None:
            policies[name] = compiled
            faults.check_sent(name, policies[name], connectors, event_types)
            faults.check_scored(name, policies[name], models)
            faults.examples(name, check_examples(policy, policies[name], models))
    guards = faults.each(by_kind.get("guard", []), parse_guard)
    faults.check_guards(guards, parsed)
    faults.warnings += faults.once("statements", lambda: check_told(policies, models, vocabulary)) or []
    faults.warnings += (
        faults.once("letter", lambda: check_letters(letters, packs, policies, parsed, types, vocabulary)) or []
    )
    experiments = faults.each(by_kind.get("experiment", []), parse_experiment)
    arming = Arming(
        policies,
        models,
        lambda event: _context(event, event_types, known, lists, models, catalogue, connectors),
        {str(each): one for each, one in event_types.items()},
        {name: str(one.graph.member) for name, one in graphs.items()},
        parsed.keys() - policies.keys(),
        faults.errors.append,
    )
    trials = arming.trials(experiments, {one.name: one.digest for one in by_kind.get("experiment", [])})
    faults.refuse()
    digests = {artefact.name: artefact.digest for artefact in by_kind.get("policy", [])}
    reader = EventReader(types.values(), vault)
    return LiveRelease(
        digest,
        reader,
        known,
        lists,
        models,
        policies,
        digests,
        catalogue,
        tuple(metrics.values()),
        tuple(views.values()),
        faults.warnings,
        [artefact for kind in _READ_ABOVE for artefact in by_kind.get(kind, [])],
        tuple(guards.values()),
        connectors,
        vocabulary,
        letters,
        packs,
        Arms(trials),
    )


def _context(
    event: str,
    event_types: Mapping[EventTypeName, EventType],
    known: KnownPlan,
    lists: Mapping[str, ListDefinition],
    models: Mapping[str, Model],
    catalogue: ReasonCatalogue,
    connectors: Mapping[str, Connector],
) -> PolicyContext:
    event_type = event_types.get(EventTypeName(event))
    fields = () if event_type is None else event_type.fields
    columns = {field.name: Column(field.type, nullable=not field.required, scale=field.scale) for field in fields}
    signatures = {name: signature_of(name, model) for name, model in models.items()}
    return PolicyContext(
        columns={
            **{name: column for each in connectors.values() for name, column in each.columns.items()},
            **known.columns,
            **columns,
            **_TIMES,
        },
        lists=tuple(lists),
        models=signatures,
        reasons=tuple(catalogue.reasons),
        connectors={name: tuple(each.answer) for name, each in connectors.items()},
    )


class _Faults:
    """Everything found wrong while assembling, so that it can be told at once."""

    def __init__(self) -> None:
        self.errors: list[TandemError] = []
        self.warnings: list[str] = []

    def each(self, artefacts: Iterable[Artefact], read: Any) -> dict[str, Any]:
        """``read`` of every artefact's document, by name; what cannot be read is a fault."""
        found: dict[str, Any] = {}
        for artefact in artefacts:
            result = self.once(str(artefact.key), lambda artefact=artefact: read(document_of(artefact)))
            if result is not None:
                found[artefact.name] = result
        return found

    def once(self, where: str, step: Any) -> Any:
        """The result of ``step``; None where it is a fault."""
        try:
            return step()
        except TandemError as error:
            error.at = f"{where}, {error.at}" if error.at else where
            self.errors.append(error)
            return None

    def networks(
        self, models: Mapping[str, Model], event_types: Mapping[EventTypeName, EventType], known: KnownPlan
    ) -> list[StatefulPlan]:
        """What the graph and recurrent networks among ``models`` read of events and of what else is ``known``, in the order of their names."""
        plans: list[StatefulPlan | None] = []
        for name in sorted(models):
            document = models[name].document
            if isinstance(document, StatefulDocument):
                where = f"model/{name}"
                plans.append(self.once(where, lambda one=document: _planned(one, event_types, known)))
        return [plan for plan in plans if plan is not None]

    def findings(self, name: str, findings: Iterable[Any]) -> None:
        """Take in what validation found in policy ``name``."""
        for one in findings:
            if one.severity == "error":
                where = f"policy/{name}"
                self.errors.append(
                    DefinitionError(one.message, code=one.code, field=one.where, hint=one.hint, at=where)
                )
            else:
                self.warnings.append(f"policy/{name} {one.where}: {one.message}")

    def examples(self, name: str, results: Iterable[ExampleResult]) -> None:
        """A policy that does not do what its own examples say is not published."""
        for one in results:
            if one.passed:
                continue
            told = "; ".join(f"{each.field} is {each.got}, not {each.expected}" for each in one.differences)
            self.errors.append(
                DefinitionError(
                    f"An example does not come out as it says: {told}.",
                    code="example_failed",
                    field="examples",
                    value=one.example,
                    hint=one.because or "correct the policy or the example",
                    at=f"policy/{name}",
                )
            )

    def catalogue(self, parts: Mapping[str, ReasonCatalogue]) -> ReasonCatalogue:
        """One catalogue of all; a code that two of them word differently is a fault."""
        reasons: dict[str, Reason] = {}
        for name, part in parts.items():
            for code, reason in part.reasons.items():
                if reasons.setdefault(code, reason) != reason:
                    where = f"reasons/{name}"
                    self.errors.append(
                        DefinitionError("A reason code has two wordings.", field="reasons", value=code, at=where)
                    )
        return ReasonCatalogue(name="release", reasons=reasons)

    def check_retyped(self, types: Mapping[str, EventType], recorded: Iterable[Artefact]) -> None:
        """What is recorded can still be read."""
        earlier: dict[str, list[EventType]] = {}
        for artefact in recorded:
            if artefact.name in types:
                earlier.setdefault(artefact.name, []).append(parse_event_type(document_of(artefact)))
        for name, versions in earlier.items():
            for error in retyped_fields(types[name], versions):
                error.at = f"event_type/{name}"
                self.errors.append(error)

    def check_sent(
        self,
        name: str,
        policy: CompiledPolicy,
        connectors: Mapping[str, Connector],
        event_types: Mapping[EventTypeName, EventType],
    ) -> None:
        """What a connector sends of an event arrives with it, and is of the data class that the connector says it is."""
        fields = {field.name: field for field in event_types[EventTypeName(policy.policy.event)].sent}
        for connector in policy.plan.asks:
            for sent, one in connectors[connector].send.items():
                if one.field is None:
                    continue
                where = {"field": f"send.{sent}", "at": f"connector/{connector}, asked by policy/{name}"}
                field = fields.get(one.field)
                if field is None:
                    self.errors.append(
                        DefinitionError(
                            f"Events of type {policy.policy.event} have no such field to send.",
                            code="unknown_field",
                            value=one.field,
                            hint=near_match(one.field, fields),
                            **where,
                        )
                    )
                elif field.data_class is not one.data_class:
                    self.errors.append(
                        DefinitionError(
                            f"{one.field} is {field.data_class}, and the connector says it sends {one.data_class}.",
                            code="data_class_differs",
                            value=str(one.data_class),
                            hint=f"write class: {field.data_class}, or do not send it",
                            **where,
                        )
                    )

    def check_scored(self, name: str, policy: CompiledPolicy, models: Mapping[str, Model]) -> None:
        """A graph or recurrent network that a policy calls scores the events it decides on: of others its parts are never known."""
        for called in sorted({one.stage.uses for one in policy.plan.models.values()}):
            document = models[called].document
            if isinstance(document, StatefulDocument) and document.event != policy.policy.event:
                self.errors.append(
                    DefinitionError(
                        f"The network {called} scores events of type {document.event}, and this policy decides on others.",
                        code="other_event_type",
                        field="uses",
                        value=called,
                        hint=f"call it in a policy on {document.event}, or train one for {policy.policy.event}",
                        at=f"policy/{name}",
                    )
                )

    def check_names(
        self,
        known: KnownPlan,
        connectors: Mapping[str, Connector],
        event_types: Mapping[EventTypeName, EventType],
    ) -> None:
        """Every name means one thing."""
        fields = {field.name for each in event_types.values() for field in each.fields}
        answered = {*known.names, *fields, *_TIMES}
        for name, connector in connectors.items():
            for fact in connector.answer:
                if fact in answered:
                    self.errors.append(
                        DefinitionError(
                            "That fact has its name from elsewhere already.",
                            code="duplicate_fact",
                            field=f"answer.{fact}",
                            value=fact,
                            hint=f"call it {name}_{fact}",
                            at=f"connector/{name}",
                        )
                    )
                answered.add(fact)
        seen: set[str] = set()
        for name in known.names:
            if name in seen:
                self.errors.append(
                    DefinitionError(
                        "Two definitions give a feature this name.",
                        code="duplicate_feature",
                        value=name,
                        hint="call a graph or a network otherwise",
                        at="graph or network",
                    )
                )
            seen.add(name)

    def check_models(self, models: Mapping[str, Model], known: KnownPlan, catalogue: ReasonCatalogue) -> None:
        """A model may only score the very features it was trained on, and never without a reason to give."""
        for name, model in models.items():
            self.once(f"model/{name}", lambda model=model: check_reasons(model, catalogue))
            if model.features_digest is None:
                continue
            used = [one for one in model.reads if one in known.columns]
            if known.digest_of(used) != model.features_digest:
                self.errors.append(
                    DefinitionError(
                        f"Model {name} was trained on other definitions of its features.",
                        code="features_differ",
                        field="features_digest",
                        value=model.features_digest,
                        hint="train it again on the present features, or release it together with the ones it knows",
                        at=f"model/{name}",
                    )
                )

    def check_guards(self, guards: Mapping[str, GuardRail], policies: Mapping[str, Any]) -> None:
        """A guard rail watches a policy of the release."""
        for name, rail in guards.items():
            if rail.policy not in policies:
                self.errors.append(
                    DefinitionError(
                        f"Guard rail {name} watches a policy that is not in the release.",
                        code="unknown_policy",
                        field="policy",
                        value=rail.policy,
                        hint=near_match(rail.policy, policies),
                        at=f"guard/{name}",
                    )
                )

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        if not self.errors:
            return
        first = self.errors[0]
        if len(self.errors) == 1 and isinstance(first, DefinitionError):
            raise first
        refused = DefinitionError(
            f"The release does not hold together: {len(self.errors)} faults.\n"
            + "\n".join(f"- {error}" for error in self.errors),
            code="release_invalid",
            hint="correct what is listed and release again",
        )
        refused.errors = tuple(self.errors)
        raise refused
