"""Data sets: from the journal to tables that know what was known when."""

from tandem.learn.datasets.as_of import as_of, caught_up
from tandem.learn.datasets.assembling import label_table
from tandem.learn.datasets.binding import bound
from tandem.learn.datasets.building import Built, DatasetFault, build, traffic, verify
from tandem.learn.datasets.facts import FactColumn
from tandem.learn.datasets.known_events import known_events
from tandem.learn.datasets.manifest import DatasetCounts, DatasetManifest
from tandem.learn.datasets.recorded import RecordedFacts, recorded_facts
from tandem.learn.datasets.spec import DatasetSpec, check_name
from tandem.learn.datasets.splitting import TimeSplit, before, split_by_time
from tandem.learn.datasets.store import DatasetStore

__all__ = [
    "Built",
    "DatasetCounts",
    "DatasetFault",
    "DatasetManifest",
    "DatasetSpec",
    "DatasetStore",
    "FactColumn",
    "RecordedFacts",
    "TimeSplit",
    "as_of",
    "before",
    "bound",
    "build",
    "caught_up",
    "check_name",
    "known_events",
    "label_table",
    "recorded_facts",
    "split_by_time",
    "traffic",
    "verify",
]
