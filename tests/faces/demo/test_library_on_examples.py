"""The ready features on the example lender's data: enough of them, and none that says the same of everybody."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tandem.decide.decisions import ARTEFACT_FOLDERS, document_of
from tandem.faces.demo.sources import PANEL_MONTHS, panel_documents, payment_documents, read_panel
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.time import DAY, Micros, SystemClock
from tandem.learn.simulator import CardWorld
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.features import compile_plan, compute_batch, parse_feature_set

EXAMPLES = Path(__file__).parents[3] / "examples"
# What the events made here have: statements, repayments and card payments. The other sets are for other events.
OF_THE_EXAMPLE = (
    "account_statements", "card_outcomes", "payment_card", "payment_card_device", "payment_card_merchant", "payment_device",
    "payment_merchant", "payment_online", "payment_outcomes", "payment_person", "payment_person_merchant",
)  # fmt: skip


class Vault:
    def pseudonym(self, kind, identifier):
        return hashlib.sha256(f"{kind}:{identifier}".encode()).hexdigest()[:32]


@pytest.fixture(scope="module")
def event_types():
    artefacts = load_workspace(EXAMPLES / "lender", ARTEFACT_FOLDERS).artefacts.values()
    found = (parse_event_type(document_of(one)) for one in artefacts if one.kind == "event_type")
    return {one.name: one for one in found}


@pytest.fixture(scope="module")
def feature_sets():
    return [parse_feature_set({"name": name, "use": f"library/{name}"}) for name in OF_THE_EXAMPLE]


@pytest.fixture(scope="module")
def features(event_types, feature_sets):
    reader = EventReader(event_types.values(), Vault())
    documents = list(
        panel_documents(read_panel(EXAMPLES / "data").slice(0, 400), PANEL_MONTHS, SystemClock().now() // DAY - 1)
    )
    world = CardWorld(customers=60, merchants=60, days=40, takeovers_per_day=1, compromised_per_day=1, bursts_per_day=1)
    documents += payment_documents(world, until=Micros(world.start + 39 * DAY)).known
    now = SystemClock().now()
    events = [reader.read(one, received_at=now) for one in documents]
    fields = sorted({field.name for one in event_types.values() for field in one.fields})
    columns = {name: pa.array([event.values.get(name) for event in events]) for name in fields}
    table = pa.table(
        {
            "seq": pa.array(range(1, len(events) + 1)),
            "event_id": pa.array([event.event_id for event in events]),
            "event_type": pa.array([event.event_type for event in events]),
            "occurred_at": pa.array([event.occurred_at for event in events], pa.int64()),
            **{name: column for name, column in columns.items() if not pa.types.is_null(column.type)},
        }
    )
    return compute_batch(compile_plan(feature_sets, event_types), table)


def test_there_are_at_least_120_ready_features_of_at_least_40_definitions(feature_sets):
    names = {feature.name for one in feature_sets for feature in one.features}
    definitions = {(one.name, feature.template) for one in feature_sets for feature in one.features}
    assert len(names) >= 120
    assert len(definitions) >= 40


def test_every_ready_feature_tells_the_example_s_events_apart(features):
    constant = [name for name in features.column_names if pc.count_distinct(features[name]).as_py() < 2]
    assert constant == []
