"""Two engines, one set: what a cluster builds has the rows and the digest of what DuckDB builds on one machine."""

import os
import random

import msgspec
import pytest
from lender_month import SOME_LET_THROUGH
from small_workspace import NETWORK, START, VELOCITY, go_live

from benchmarks.spark_cluster import lacking, session, standalone
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.time import DAY, Micros, format_instant
from tandem.learn.datasets import DatasetStore, verify

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(lacking()) and os.environ.get("CI") != "true", reason=lacking() or ""),
    pytest.mark.timeout(900),
    # pyspark leaves sockets to its gateway to the collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
EARLY = {"bad": "days_late >= 30", "window": "5d"}


@pytest.fixture(scope="module")
def spark():
    # A piece is never smaller than what Spark hands over at once: few rows, so that what belongs together is far apart.
    few = {"spark.sql.shuffle.partitions": "2", "spark.sql.execution.arrow.maxRecordsPerBatch": "3"}
    with session("local[2]", **few) as made:
        yield made


class BothEngines:
    """Builds each set twice, and says where they differ."""

    def __init__(self, spark, month, folder):
        self.spark, self.month = spark, month
        self.store = DatasetStore(folder / "datasets")

    def same(self, at=None, piece_rows=2, **changes):
        """The set as of ``at``, which both engines gave."""
        from tandem.learn.datasets.spark import build_spark

        here = self.month.build(at, **changes)
        beside, lake, clock = self.month.beside(), self.month.lake, self.month.clock
        with self.store.draft() as draft:
            there = build_spark(beside, lake, here.manifest.spec, draft, self.spark, clock=clock, piece_rows=piece_rows)
            self.store.keep(there, draft)
        assert self.store.rows(there).to_pylist() == here.rows.to_pylist()
        assert self.store.rows(there).schema == here.rows.schema
        assert self.store.declined(there).equals(here.declined)
        assert msgspec.structs.replace(there, built_at=here.manifest.built_at) == here.manifest
        return here

    def faults(self, kept):
        """What each engine finds wrong with a kept set."""
        from tandem.learn.datasets.spark import verify_spark

        beside, lake, clock = self.month.beside(), self.month.lake, self.month.clock
        by_duckdb = verify(beside, lake, self.store, kept, clock=clock)
        assert verify_spark(beside, lake, self.store, kept, self.spark, clock=clock) == by_duckdb
        return [one.code for one in by_duckdb]


def eventful(month):
    """A month in which everything happens that can happen to a label."""
    go_live(month.process, NETWORK)
    month.decide(0, day=0)
    month.decide(1, day=1)
    month.decide(2, day=2)  # nothing is ever told of it
    month.decide(3, day=3, age=17)  # declined
    month.decide(4, day=4, age=70)  # excluded
    month.decide(7, day=4.1, device="d1")
    month.decide(8, day=4.2, device="d1", age=None)  # for a person to look at
    month.decide(9, day=4.3, device=None)
    month.record(10, day=4.4)  # taken in without a decision
    month.tell(0, day=9, days_late=0)
    month.tell(1, day=10, days_late=120)
    month.tell(7, day=8, days_late=95)
    month.tell(8, day=17, days_late=95)  # after the window
    month.tell(9, day=9, days_late=91, known=20)  # told late
    month.tell(10, day=9, days_late=0)
    month.decide(5, day=19)
    month.tell(5, day=21, days_late=40)  # an early sign, too young for a label
    month.decide(6, day=20)
    # What was told of one was wrong, and is corrected by something that tells of another.
    month.tell(2, day=11, days_late=3, known=22, supersedes="out-1-10-120")
    month.tell(7, day=8, days_late=1, known=22, supersedes="out-7-8-95")


def test_a_month_with_all_that_can_happen_gives_one_set(spark, month_of, tmp_path):
    month = month_of(provisional=EARLY)
    eventful(month)
    both = BothEngines(spark, month, tmp_path)
    month.process.journal.erase(month.process.vault.pseudonym("person", "p0"))
    manifest = both.same().manifest
    counts = manifest.counts
    assert (counts.mature, counts.bad, counts.declined, counts.erased) == (4, 1, 1, 1)
    assert (counts.provisional, counts.immature, counts.excluded) == (1, 1, {"pensioner": 1})
    assert counts.unknown > 0
    columns = {one.name: one for one in manifest.columns}
    assert columns["device_applications_1d"].recorded
    assert columns["device_amount_1d"].computed
    assert any(name.startswith("network") for name in columns)

    earlier = both.same(format_instant(Micros(START + 18 * DAY))).manifest
    assert earlier.counts.mature < counts.mature + 2
    both.same(since=Micros(START + DAY), until=Micros(START + 4 * DAY), forbid=("age",), features=("device_velocity",))
    both.same(features=())
    both.same(features=("network",))


def live_through(month, chance, deeds=60):
    """Let random things happen, some hours apart; how many corrections take back what was told of somebody else."""
    asked, told, across = 0, [], 0
    for place in range(deeds):
        day, deed = place / 4, chance.choices(["decide", "record", "tell", "erase"], [6, 2, 12, 1])[0]
        if deed in {"decide", "record"} or not asked:
            getattr(month, "record" if deed == "record" else "decide")(
                asked, day=day, age=chance.choice([None, 17, 30, 40, 50, 70]), device=chance.choice(["d1", "d2", None])
            )
            asked += 1
        elif deed == "tell":
            who, late, happened = chance.randrange(asked + 1), chance.choice([0, 40, 95]), day - chance.random() * 2
            corrects = chance.choice(told) if told and chance.random() < 0.4 else None
            more = {} if corrects is None else {"supersedes": corrects[1]}
            month.tell(who, day=max(0, happened), known=day, days_late=late, **more)
            told.append((who, f"out-{who}-{max(0, happened)}-{late}"))
            across += corrects is not None and corrects[0] != who
        else:
            month.process.journal.erase(month.process.vault.pseudonym("person", f"p{chance.randrange(asked)}"))
    month.decide(999, day=30)  # by then most labels are mature
    return across


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_both_give_one_set_however_small_the_pieces(spark, month_of, tmp_path, seed):
    chance = random.Random(seed)
    month = month_of(provisional=EARLY, good_when_silent=bool(seed % 2), window="12d", matures="12d")
    assert live_through(month, chance) > 0
    both = BothEngines(spark, month, tmp_path)
    assert both.same().manifest.counts.mature > 5
    both.same(str(chance.randrange(1, month.head)), piece_rows=1)


def test_either_engine_verifies_what_the_other_built_and_says_the_same_of_what_is_wrong(spark, month_of, tmp_path):
    month = month_of()
    eventful(month)
    both = BothEngines(spark, month, tmp_path)
    kept = both.same().manifest
    assert both.faults(kept) == []
    changed = {**VELOCITY.body, "features": [{**one, "window": "2d"} for one in VELOCITY.body["features"]]}
    go_live(month.process, Artefact.of("feature_set", "device_velocity", changed))
    assert "features_changed" in both.faults(kept)
    month.process.journal.erase(month.process.vault.pseudonym("person", "p1"))
    assert "erased_since" in both.faults(kept)


def test_before_the_first_event_both_give_the_empty_set(spark, month_of, tmp_path):
    built = BothEngines(spark, month_of(), tmp_path).same()
    assert built.rows.num_rows == built.manifest.counts.events == 0


def test_whom_chance_let_through_carries_the_same_chance(spark, month_of, tmp_path):
    month = month_of(matures="2d")
    go_live(month.process, SOME_LET_THROUGH)
    for number in range(20):
        month.decide(number, day=number / 100, age=25 if number % 2 else 40)
        month.tell(number, day=1 + number / 100, days_late=0)
    month.decide(99, day=9)
    built = BothEngines(spark, month, tmp_path).same(explored="try_some:yes")
    assert set(built.rows["decision_propensity"].to_pylist()) == {0.4, None}


VISIT = Artefact.of(
    "event_type",
    "visit",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "amount_minor", "type": "double", "data_class": "C2"},
        ],
    },
)
VISITS = Artefact.of(
    "feature_set",
    "visits",
    {
        "entity": ["person"],
        "events": ["visit"],
        "features": [{"name": "visit_amount_1d", "aggregate": "max", "field": "amount_minor", "window": "1d"}],
    },
)


def test_a_field_of_two_kinds_is_refused_and_not_read_by_rules_of_spark(spark, month, tmp_path):
    from tandem.learn.datasets.spark import build_spark

    go_live(month.process, VISIT, VISITS)
    both = BothEngines(spark, month, tmp_path)
    spec = month.build(features=("device_velocity",)).manifest.spec
    both.same(features=("device_velocity",))
    both.same(features=("visits",))
    spec = msgspec.structs.replace(spec, features=None)
    with both.store.draft() as draft, pytest.raises(InvalidInput) as refused:
        build_spark(month.beside(), month.lake, spec, draft, spark, clock=month.clock)
    assert (refused.value.code, refused.value.value) == ("kinds_differ", "amount_minor")


def test_an_arm_that_nobody_has_is_refused_by_both(spark, month, tmp_path):
    from tandem.learn.datasets.spark import build_spark

    both = BothEngines(spark, month, tmp_path)
    spec = msgspec.structs.replace(month.build().manifest.spec, explored="try_some:maybe")
    with both.store.draft() as draft, pytest.raises(NotFound) as refused:
        build_spark(month.beside(), month.lake, spec, draft, spark, clock=month.clock)
    assert refused.value.code == "unknown_arm"
    with pytest.raises(NotFound):
        month.build(explored="try_some:maybe")


@pytest.mark.prove
def test_a_master_and_two_workers_give_the_set_of_one_machine(month_of, tmp_path):
    month = month_of(provisional=EARLY)
    eventful(month)
    with standalone(tmp_path) as master, session(master) as spark:
        assert spark.sparkContext.master == master
        assert BothEngines(spark, month, tmp_path).same().manifest.counts.mature > 0
