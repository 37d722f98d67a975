"""What the example lender learns before it goes live: four models, each from what was known by then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from tandem.decide.decisions import KnownPlan, LiveRelease
from tandem.decide.models import ModelDocument, load_model
from tandem.kernel.artefacts import Artefact
from tandem.learn.training import ReasonText, TrainingResult, TrainSpec, read_reasons, reason_of, train

__all__ = ["Learned", "learn_account_risk", "learn_card_fraud", "learn_checkout_fraud", "learn_credit_risk"]

_FIELDS = {
    "loan_application": ("amount_minor", "price_minor", "term_months", "age", "seniority_years", "job", "home", "records",
                         "income_minor", "expenses_minor", "assets_minor", "debt_minor"),
    "statement": ("bill_minor", "limit_minor", "months_overdue"),
    "card_payment": ("amount_minor", "channel", "country"),
    "checkout_application": ("amount_minor", "coupon_minor", "term_months", "age", "income_minor"),
}  # fmt: skip

_QUICK: Any = {"folds": 2, "threads": 2}
"""Somebody is waiting in front of a screen."""

# The label of a statement is what the next statement of the account shows: known a month later, before going live.
# Half of the accounts teaches; somebody is waiting, and more rows add little here.
_NEXT_STATEMENT = """
SELECT *, lead(months_overdue) OVER (PARTITION BY account ORDER BY occurred_at) >= 2 AS bad
FROM known WHERE event_type = 'statement' AND hash(account) % 2 = 0 QUALIFY bad IS NOT NULL AND occurred_at >= $since ORDER BY seq
"""
# Only what has a known outcome counts, and outcomes are known after seven days.
_KNOWN_OUTCOME = """
SELECT asked.*, outcomes.fraud AS bad FROM known AS asked JOIN known AS outcomes ON outcomes."{refers}" = asked.event_id
WHERE asked.event_type = '{event}' AND outcomes.event_type = '{outcome}' ORDER BY asked.seq
"""


class Learned(msgspec.Struct, frozen=True):
    """A trained model as artefacts, and how it did on rows it had not seen."""

    result: Any
    artefacts: tuple[Artefact, ...]


def learn_credit_risk(applications: pa.Table, folder: Path) -> Learned:
    """The application model, from applications whose outcome is known (undated: a random hold-out judges).

    Args:
        folder: of the workspace, which says what customers are told of each field.
    """
    columns = _FIELDS["loan_application"]
    spec = TrainSpec(target="bad", positive="1", name="credit_risk", reasons=_told_of(folder, "loan_application"))
    return _learned(train(applications.select([*columns, "bad"]), spec), None)


def learn_account_risk(known: pa.Table, release: LiveRelease, folder: Path, *, since: str) -> Learned:
    """The early-warning model: statements since ``since``, labelled by the statement a month later."""
    with duckdb.connect() as connection:
        connection.register("known", known)
        rows = connection.execute(_NEXT_STATEMENT, {"since": since}).to_arrow_table()
    spec = TrainSpec(target="bad", positive="true", name="account_risk", families=("lightgbm",), **_QUICK)
    return _trained(rows, "statement", "account", release, folder, spec)


def learn_card_fraud(known: pa.Table, release: LiveRelease, folder: Path) -> Learned:
    """The card model, from payments whose outcome was known. The payments are simulated."""
    rows = _judged(known, "card_payment", "payment_outcome", refers="payment")
    return _trained(rows, "card_payment", None, release, folder, _of_fraud("card_fraud"))


def learn_checkout_fraud(known: pa.Table, release: LiveRelease, folder: Path) -> Learned:
    """The model of the till, from applications whose outcome was known and what the graph told of each. Simulated."""
    rows = _judged(known, "checkout_application", "checkout_outcome", refers="application")
    return _trained(rows, "checkout_application", None, release, folder, _of_fraud("checkout_fraud"))


def _judged(known: pa.Table, event: str, outcome: str, *, refers: str) -> pa.Table:
    query = _KNOWN_OUTCOME.format(event=event, outcome=outcome, refers=refers)
    with duckdb.connect() as connection:
        connection.register("known", known)
        return connection.execute(query).to_arrow_table()


def _of_fraud(name: str) -> TrainSpec:
    return TrainSpec(
        target="bad",
        positive="true",
        name=name,
        families=("lightgbm",),
        preset="fraud",
        time="occurred_at",
        **_QUICK,
    )


def _trained(
    rows: pa.Table, event_type: str, entity: str | None, release: LiveRelease, folder: Path, spec: TrainSpec
) -> Learned:
    # What other events move says little here, and takes longer to learn.
    moved = {
        feature.name for each in release.plan.feature_sets if event_type in each.events for feature in each.features
    }
    moved |= {name for graph in release.known.graphs for name in graph.names}
    moved |= {name for circle in release.known.circles for name in circle.names}
    features = [
        name
        for name in release.known.names_for(release.reader.event_types[event_type])
        if name in moved and (entity is None or entity in release.known.entity(name))
    ]
    columns = [*_FIELDS[event_type], *features, "bad"]
    if spec.time is not None:
        columns.append(spec.time)
    reasons = {**_told_of(folder, event_type), **_told_of_features(release.known, features)}
    spec = msgspec.structs.replace(spec, reasons=reasons)
    return _learned(train(rows.select(columns), spec), release.known)


def _learned(result: TrainingResult, plan: KnownPlan | None) -> Learned:
    document = result.document
    if plan is not None:
        used = [name for name in load_model(document).inputs if name in plan.columns]
        document = _bound(document, plan.digest_of(used))
    model = Artefact.of("model", result.spec.name, msgspec.to_builtins(document))
    reasons = Artefact.of("reasons", result.spec.name, {"reasons": _words(result.reasons, plan)})
    return Learned(result, (model, reasons))


def _bound(document: ModelDocument, digest: str) -> ModelDocument:
    """The document, tied to the definitions of the features it was trained on."""
    metadata = msgspec.structs.replace(document.metadata, features_digest=digest)
    return msgspec.structs.replace(document, metadata=metadata)


def _told_of(folder: Path, event_type: str) -> dict[str, ReasonText]:
    """What customers are told of each field of an event."""
    return read_reasons(folder / "data" / f"reasons_{event_type}.yaml")


def _told_of_features(plan: KnownPlan, names: Iterable[str]) -> dict[str, ReasonText]:
    """What customers are told of a feature: what its set is about; which feature it was is for the house."""
    about = {feature.name: each.description for each in plan.features.feature_sets for feature in each.features}
    about.update({name: each.graph.description for each in plan.graphs for name in each.names})
    about.update({name: each.definition.description for each in plan.circles for name in each.names})
    return {
        name: ReasonText(code=reason_of(name).code, en=about[name]["en"], zh=about[name]["zh"])
        for name in names
        if {"en", "zh"} <= about[name].keys()
    }


def _words(reasons: Mapping[str, ReasonText], plan: KnownPlan | None) -> Mapping[str, Any]:
    words = {}
    for name, one in reasons.items():
        customer = {"en": one.en, "zh-CN": one.zh}
        internal = customer
        if plan is not None and name in plan.columns:
            internal = {"en": plan.describe(name, "en"), "zh-CN": plan.describe(name, "zh")}
        words[one.code] = {"customer": customer, "internal": internal}
    return words
