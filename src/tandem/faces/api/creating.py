"""The application put together from a decision process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter

from tandem.act.bank_files import BankDesk
from tandem.act.cases import CaseDesk
from tandem.act.channel import ChannelDesk, Core, PaymentProvider
from tandem.act.collections import CollectionsDesk
from tandem.act.lending import LendingDesk
from tandem.act.limits import LimitDesk
from tandem.act.offers import OfferDesk
from tandem.act.papers import PaperDesk
from tandem.act.provisions import ProvisionDesk, check_provision_rules
from tandem.act.rings import RingDesk, check_rings
from tandem.act.statements import AccountHistories
from tandem.act.warning import WarningDesk
from tandem.act.webhooks import Webhooks
from tandem.decide.connectors import ConnectorDesk
from tandem.decide.decisions import Changed, Decided, DecisionProcess, Gathering
from tandem.faces.acting import Acting, acting_on
from tandem.faces.api.app import LOCAL_HOSTS, Application, Handler
from tandem.faces.api.control import create_control
from tandem.faces.api.control.access import key_router, people_router, session_router, welcome_router
from tandem.faces.api.control.accounts import account_change_router, account_router
from tandem.faces.api.control.artefacts import artefact_router, release_router
from tandem.faces.api.control.attacks import attack_router
from tandem.faces.api.control.backtests import backtest_router
from tandem.faces.api.control.bank import bank_router
from tandem.faces.api.control.cases import case_router
from tandem.faces.api.control.collections import collection_change_router, collection_router
from tandem.faces.api.control.connectors import connector_families, connector_router
from tandem.faces.api.control.counterfactuals import counterfactual_router
from tandem.faces.api.control.datasets import dataset_router
from tandem.faces.api.control.decisions import decision_router
from tandem.faces.api.control.effect import effect_router
from tandem.faces.api.control.effect_report import effect_report_router
from tandem.faces.api.control.entities import entity_router
from tandem.faces.api.control.event_types import event_type_router
from tandem.faces.api.control.experiments import experiment_router
from tandem.faces.api.control.features import feature_router
from tandem.faces.api.control.graphs import graph_router
from tandem.faces.api.control.invitations import invitation_router
from tandem.faces.api.control.iterations import iteration_router
from tandem.faces.api.control.labels import label_router
from tandem.faces.api.control.launching import assessment_router, launch_router
from tandem.faces.api.control.letters import letter_router
from tandem.faces.api.control.limits import limit_change_router, limit_router
from tandem.faces.api.control.list_editing import list_editing_router
from tandem.faces.api.control.lists import list_router
from tandem.faces.api.control.metrics import metric_router
from tandem.faces.api.control.models import model_router
from tandem.faces.api.control.monitoring import monitoring_families, monitoring_router
from tandem.faces.api.control.my import my_application_router, my_session_router, my_signing_router
from tandem.faces.api.control.my_account import my_account_router, my_rights_router
from tandem.faces.api.control.my_papers import my_paper_router
from tandem.faces.api.control.offers import my_offer_router, offer_router
from tandem.faces.api.control.products import product_router
from tandem.faces.api.control.propagation import propagation_router
from tandem.faces.api.control.provisions import provision_router
from tandem.faces.api.control.releases import release_view_router
from tandem.faces.api.control.rings import ring_router
from tandem.faces.api.control.servicing import servicing_router
from tandem.faces.api.control.statements import statement_router
from tandem.faces.api.control.studio import studio_router
from tandem.faces.api.control.system import system_router
from tandem.faces.api.control.trainings import training_router
from tandem.faces.api.control.warnings import warning_router
from tandem.faces.api.control.webhooks import webhook_router
from tandem.faces.api.gate import Gate
from tandem.faces.api.guarding import GuardWatch
from tandem.faces.api.hot import IN_FLIGHT_MAX, HotPath
from tandem.faces.api.limits import RateLimits
from tandem.faces.api.measuring import Measures
from tandem.faces.api.meters import Meters
from tandem.faces.api.openapi import openapi_document
from tandem.faces.api.page import page_handlers, with_pages
from tandem.faces.api.portraying import Portraits
from tandem.faces.api.shapes.access import WorkspaceSummary
from tandem.faces.api.stream import LiveStream
from tandem.faces.iterating import check_plans
from tandem.faces.launching import LaunchGate
from tandem.faces.read_marks import marks_of_lake
from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.time import Clock, SystemClock, format_instant
from tandem.learn.assessment import AssessmentRuns
from tandem.learn.attacks import AttackRuns
from tandem.learn.backtest import BacktestRuns
from tandem.learn.experiments import ExperimentDesk
from tandem.learn.monitoring import MonitoringDesk
from tandem.learn.training_runs import TrainingDesk
from tandem.observe.lake import Lake
from tandem.prove.access import AccessControl

__all__ = ["create_app"]


_ACTIONS_ON_RELEASES = ("/v1/releases/preview", "/v1/releases/rollback")


def create_app(
    process: DecisionProcess,
    access: AccessControl | None = None,
    *,
    hosts: Sequence[str] = LOCAL_HOSTS,
    in_flight_max: int = IN_FLIGHT_MAX,
    key_rate: int | None = None,
    lake: Lake | None = None,
    followed: bool = False,
    notices: Sequence[dict[str, str]] = (),
    workspace: WorkspaceSummary | None = None,
    cases: CaseDesk | None = None,
    lending: LendingDesk | None = None,
    provider: PaymentProvider | None = None,
    collections: CollectionsDesk | None = None,
    customers: Core | None = None,
    offers: OfferDesk | None = None,
    limits: LimitDesk | None = None,
    bank: BankDesk | None = None,
    provisions: ProvisionDesk | None = None,
    rings: RingDesk | None = None,
    warnings: WarningDesk | None = None,
    webhooks: Webhooks | None = None,
    attacks: AttackRuns | None = None,
    backtests: BacktestRuns | None = None,
    assessments: AssessmentRuns | None = None,
    experiments: ExperimentDesk | None = None,
    trainings: TrainingDesk | None = None,
    monitoring: MonitoringDesk | None = None,
    iterations: Path | None = None,
    connectors: ConnectorDesk | None = None,
    connector_budget_ms: int = 800,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
) -> Application:
    """The ASGI application that speaks for ``process``.

    Args:
        process: the one decision maker; stays open when the application ends.
        access: who may; None for a trusted caller in the same process, who may everything.
        hosts: host names answered to.
        in_flight_max: decisions worked on at once, above which 503 is answered.
        key_rate: requests of one key in a minute, above which 429 is answered; None for any number.
        lake: where metrics are measured; without it there are none.
        followed: whether another process keeps the lake up to date; else it is brought up to date when measured.
        notices: what people must know, such as what is simulated; each in ``en`` and ``zh``.
        rings: the desk of rings; one that looks only when it is asked by default, none without a lake.
        warnings: the desk of early warnings; one that works only when it is asked by default.
        webhooks: who is told of what happens; without it their addresses answer 503.
        attacks, backtests: where simulated attacks and backtests are run and kept; without, their addresses answer 503.
        assessments: where products are assessed before their launch; without it their addresses answer 503, and a release that
            needs an assessment is refused.
        experiments: where experiments are read; one of its own by default.
        trainings: where people train without code; without it their addresses answer 503.
        monitoring: where models and labels are looked at; without it their addresses answer 503.
        iterations: where runs of daily iterations are kept; without it their addresses answer 503.
        connectors: where policies ask third parties; without it nobody is asked, and the policy goes without.
        connector_budget_ms: longest that all questions of one decision take together.
        workspace: what pages say of where they are; its name alone by default.
        cases: the desk of the process; one that works only when it is asked by default.
        lending: the desk of accounts and products; one that ages nothing by itself by default.
        provider: takes what customers pay in their own channel; without it their pages say how to pay instead.
        collections: the desk of arrears; one that contacts nobody by itself by default.
        customers: the book of what customers say and agree to; one of the process by default.
        offers: the desk of reminders and offers; one that works only when it is asked by default.
        limits: the desk of limits; one that carries out only when it is asked by default.
        bank: the desk of bank files; one of the same accounts by default.
        bank, provisions: the desks of bank files and of expected losses; of the same accounts by default.
    """
    clock = clock or SystemClock()
    name = process.journal.workspace
    access = access or AccessControl.in_memory(name, clock=clock, entropy=entropy or SystemEntropy())
    pages = page_handlers(entropy or SystemEntropy())
    gate = Gate(access, pages=pages, limits=None if key_rate is None else RateLimits(key_rate))
    about = workspace or WorkspaceSummary(name=name, description="", kind="live", currency="")
    stream = LiveStream(clock, entropy)
    given = {
        "cases": cases, "lending": lending, "collections": collections, "limits": limits, "bank": bank,
        "provisions": provisions, "warnings": warnings, "rings": rings, "customers": customers, "offers": offers,
    }  # fmt: skip
    acting = acting_on(process, clock=clock, entropy=entropy, lake=lake, followed=followed, given=given)
    loans = acting.lending
    launch_gate = LaunchGate(
        process,
        assessments,
        strict=lambda: not gate.open or process.state.register.four_eyes,
        answerable=access.answerable_for,
    )
    channel = ChannelDesk(acting.customers, access.customers, provider=provider)
    meters = Meters(
        {"journal_seq": ("Place of the last record", lambda: float(process.state.seq))},
        more=lambda: chain(connector_families(process, connectors), monitoring_families(monitoring)),
    )
    gathering = None
    if connectors is not None:
        gathering = Gathering(process, connectors, budget_s=connector_budget_ms / 1000)
    hot = HotPath(process, meters, gathering=gathering, in_flight_max=in_flight_max)
    table: dict[tuple[str, str], Handler] = {
        ("POST", "/v1/decisions"): hot.decide,
        ("POST", "/v1/decisions/batch"): hot.decide_batch,
        ("POST", "/v1/events"): hot.record,
        ("POST", "/v1/events/batch"): hot.record_batch,
        ("GET", "/v1/stream"): stream,
        **pages,
    }
    document: dict[str, Any] = {}
    marks = marks_of_lake(lake.root) if lake is not None and followed else None

    def openapi() -> dict[str, Any]:
        if not document:
            document.update(openapi_document(control))
        return document

    measures = None if lake is None else Measures(process, lake, clock, followed=followed)
    routers = [
        welcome_router(gate, about),
        session_router(gate, about),
        people_router(gate, process),
        key_router(gate, clock),
        decision_router(process),
        counterfactual_router(process),
        letter_router(process),
        list_router(process, clock),
        list_editing_router(process, clock),
        entity_router(process, clock, None if lake is None else Portraits(process, lake, clock, followed=followed)),
        graph_router(process, clock),
        artefact_router(process, gate),
        release_router(process),
        release_view_router(process),
        event_type_router(process, measures, clock),
        connector_router(process, connectors, clock),
        feature_router(process, clock),
        model_router(process, lake),
        metric_router(measures),
        effect_report_router(measures),
        propagation_router(process, stream.log, lake if followed else None, marks, clock),
        studio_router(process),
        effect_router(process, clock),
        attack_router(process, attacks),
        backtest_router(process, backtests, clock),
        experiment_router(process, experiments or ExperimentDesk(process, clock=clock)),
        dataset_router(trainings),
        training_router(process, trainings),
        iteration_router(process, iterations, gate, clock),
        monitoring_router(process, monitoring, clock),
        label_router(process, monitoring),
        case_router(process, acting.cases),
        launch_router(process, loans.shelf, launch_gate, about.currency),
        assessment_router(process, loans.shelf, assessments, clock),
        product_router(process, loans.shelf),
        *_account_routers(process, gate, clock, acting),
        *_channel_routers(gate, clock, hot, channel),
        collection_router(acting.collections),
        collection_change_router(acting.collections),
        limit_router(process, acting.limits),
        limit_change_router(process, acting.limits, gate),
        offer_router(acting.offers, loans),
        my_offer_router(acting.offers),
        ring_router(acting.rings),
        warning_router(acting.warnings, measures),
        webhook_router(webhooks, clock, lambda: process.journal.head.seq),
        system_router(process, meters, clock, openapi, list(notices)),
    ]
    methods = _methods(table)
    shared = {getattr(route, "path", "") for router in routers for route in router.routes}
    control = create_control(routers, gate=gate, meters=meters, hot_paths=methods)

    guard = GuardWatch(process, clock, meters.failures)

    def watch(decided: Decided) -> None:
        meters.decided(decided.trail.outcome)
        guard.decided(decided)
        if stream.watched:
            stream.publish(_shown(decided))

    def tell(changed: Changed) -> None:
        guard.changed(changed)
        stream.publish_change(changed.kind, changed.name, changed.seq, asked_at=changed.asked_at)

    process.check_releases(check_rings)
    process.check_releases(check_provision_rules)
    process.check_releases(check_plans)
    process.check_releases(launch_gate.check)
    process.watch(watch)
    process.watch_changes(tell)
    acting.cases.watch(lambda case_id, seq: stream.publish_change("case", case_id, seq))
    return Application(
        table,
        with_pages(control, entropy or SystemEntropy(), _frames_of(access)),
        gate=gate,
        meters=meters,
        # /v1/decisions is both; /v1/decisions/batch would else be taken for a decision called batch, and a release for
        # one called rollback.
        closed={
            **{path: allowed for path, allowed in methods.items() if path not in shared},
            **dict.fromkeys(_ACTIONS_ON_RELEASES, ("POST",)),
        },
        close_streams=stream.close,
        close=None if connectors is None else connectors.close,
        hosts=hosts,
        entropy=entropy,
    )


def _account_routers(process: DecisionProcess, gate: Gate, clock: Clock, acting: Acting) -> list[APIRouter]:
    """What is told of accounts and done to them."""
    loans = acting.lending
    return [
        account_router(loans, acting.bank.ledger, acting.provisions.ledger),
        account_change_router(loans),
        servicing_router(loans, gate),
        statement_router(loans, *_papers(process, loans, clock)),
        bank_router(acting.bank),
        provision_router(acting.provisions, loans),
    ]


def _papers(process: DecisionProcess, lending: LendingDesk, clock: Clock) -> tuple[AccountHistories, PaperDesk]:
    """What accounts are told of themselves on paper."""
    histories = AccountHistories(process)
    return histories, PaperDesk(process, lending, histories, clock=clock)


def _channel_routers(gate: Gate, clock: Clock, hot: HotPath, channel: ChannelDesk) -> list[APIRouter]:
    """The customers' own channel."""
    return [
        invitation_router(channel, gate, clock),
        my_session_router(channel, gate),
        my_application_router(channel, hot),
        my_signing_router(channel, clock),
        my_account_router(channel),
        my_paper_router(channel, *_papers(channel.core.process, channel.core.lending, clock)),
        my_rights_router(channel, gate),
    ]


def _frames_of(access: AccessControl) -> Callable[[str], Sequence[str]]:
    """Whose pages may show the customers' own: those of the merchant whose key has that name."""

    def origins(key: str) -> Sequence[str]:
        merchant = access.customers.merchant_named(key)
        return () if merchant is None else merchant.origins

    return origins


def _shown(decided: Decided) -> dict[str, Any]:
    return {
        "seq": decided.trail.event_seq + 1,
        "recorded_at": format_instant(decided.decided_at),
        "answer": msgspec.Raw(decided.answer.body),
        "trail": decided.trail,
    }


def _methods(table: dict[tuple[str, str], Handler]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for method, path in table:
        found.setdefault(path, []).append(method)
    return {path: tuple(methods) for path, methods in found.items()}
