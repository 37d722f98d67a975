from __future__ import annotations

import ast
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from benchmarks.ring_worlds import ring_worlds
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY
from tandem.learn import simulator
from tandem.learn.simulator import (
    ROLES,
    ApplicationWorld,
    GroupLoanFraud,
    LoneFraud,
    application_rows,
    simulate_applications,
)

WORLD = ApplicationWorld(customers=6_000, days=40)
RINGS = GroupLoanFraud(intensity=0.05)


@pytest.fixture(scope="module")
def applications() -> pa.Table:
    return simulate_applications(WORLD, [RINGS, LoneFraud()])


def shared_by(table: pa.Table, identifier: str) -> list[int]:
    """How many people use each value of an identifier."""
    given = table.filter(pc.is_valid(table[identifier]))
    return given.group_by(identifier).aggregate([("person", "count_distinct")])["person_count_distinct"].to_pylist()


def test_the_same_seed_makes_the_same_world(applications):
    assert simulate_applications(WORLD, [RINGS, LoneFraud()]).equals(applications)


def test_another_seed_makes_another_world(applications):
    other = msgspec.structs.replace(WORLD, seed=8)
    assert not simulate_applications(other, [RINGS, LoneFraud()]).equals(applications)


def test_honest_people_do_the_same_whoever_attacks(applications):
    columns = ["occurred_at", "person", "device", "phone", "address", "contact", "card", "ip", "amount_minor", "role"]
    alone = simulate_applications(WORLD).select(columns)
    beside = applications.filter(pc.invert(applications["fraud"])).select(columns)
    assert beside.combine_chunks().equals(alone.combine_chunks())


def test_applications_come_in_order_of_time_with_ids_of_their_own(applications):
    at = applications["occurred_at"].cast(pa.int64()).to_numpy()
    assert (np.diff(at) >= 0).all()
    assert len(pc.unique(applications["event_id"])) == len(applications)
    assert at[0] >= WORLD.start
    assert at[-1] < WORLD.start + WORLD.days * DAY


def test_the_truth_beside_them_agrees_with_itself(applications):
    fraud = applications["fraud"]
    assert pc.all(pc.equal(fraud, pc.not_equal(applications["attack"], ""))).as_py()
    assert pc.all(
        pc.equal(pc.not_equal(applications["ring"], ""), pc.equal(applications["attack"], "group_loan"))
    ).as_py()
    delay = pc.subtract(applications["label_at"].cast(pa.int64()), applications["occurred_at"].cast(pa.int64()))
    assert pc.unique(delay).to_pylist() == [7 * DAY]


def test_honest_people_share_tills_dormitories_lockers_and_families_things(applications):
    honest = applications.filter(pc.invert(applications["fraud"]))
    assert max(shared_by(honest, "device")) > 50, "a shop's till"
    assert max(shared_by(honest, "address")) > 30, "a dormitory or a locker"
    assert max(shared_by(honest, "ip")) > 100, "a carrier"
    assert 2 <= max(shared_by(honest, "card")) <= 6, "a family's card"
    assert set(ROLES[:8]) == set(honest["role"].to_pylist())


def test_without_hubs_and_families_nearly_everybody_has_things_of_their_own():
    calm = msgspec.structs.replace(WORLD, hubs=0.0, households=0.0, strangers=0.0)
    found = simulate_applications(calm)
    assert max(shared_by(found, "device")) == 1
    assert max(shared_by(found, "phone")) == 1


@pytest.mark.parametrize(("camouflage", "least", "most"), [(0.0, 0.6, 1.0), (1.0, 0.0, 0.05)])
def test_camouflage_is_the_share_of_identifiers_that_is_clean(camouflage, least, most):
    rings = GroupLoanFraud(intensity=0.1, camouflage=camouflage, recruits=0.0, through_hubs=0.0)
    found = simulate_applications(WORLD, [rings])
    members = found.filter(pc.equal(found["attack"], "group_loan"))
    shared = [count > 1 for count in shared_by(members, "contact") for _ in range(count)]
    assert least <= np.mean(shared) <= most


def test_rings_have_the_sizes_that_are_asked_for():
    found = simulate_applications(
        ApplicationWorld(customers=30_000), [GroupLoanFraud(intensity=0.025, smallest=5, largest=220)]
    )
    sizes = [
        each["counts"] for each in pc.value_counts(found.filter(pc.not_equal(found["ring"], ""))["ring"]).to_pylist()
    ]
    assert max(sizes) == 220
    assert min(sizes) == 5
    assert np.median(sizes) < 15, "small ones are far more frequent"


@pytest.mark.parametrize(("tempo", "least", "most"), [("fast", 0.1, 3.0), ("slow", 8.0, 40.0)])
def test_a_fast_ring_is_over_in_three_days_and_a_slow_one_takes_weeks(tempo, least, most):
    found = simulate_applications(
        msgspec.structs.replace(WORLD, days=60), [GroupLoanFraud(intensity=0.1, smallest=40, largest=80, tempo=tempo)]
    )
    rings = found.filter(pc.not_equal(found["ring"], ""))
    span = rings.group_by("ring").aggregate([("occurred_at", "min"), ("occurred_at", "max")])
    days = [
        (last - first).total_seconds() / 86_400
        for first, last in zip(span["occurred_at_min"].to_pylist(), span["occurred_at_max"].to_pylist(), strict=True)
    ]
    assert least <= np.median(days) <= most


def test_documents_are_applications_and_their_outcomes_when_they_become_known(applications):
    few = applications.slice(0, 50)
    documents = list(application_rows(few))
    assert [at for at, _ in documents] == sorted(at for at, _ in documents)
    kinds = [document["event_type"] for _, document in documents]
    assert kinds.count("checkout_application") == kinds.count("checkout_outcome") == 50
    first = documents[0][1]
    assert first["event_id"] == few["event_id"][0].as_py()
    assert None not in first["values"].values()
    told = {document["values"]["application"]: document["values"]["fraud"] for _, document in documents[50:]}
    assert told == dict(zip(few["event_id"].to_pylist(), few["fraud"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: ApplicationWorld(customers=0), "customers"),
        (lambda: ApplicationWorld(hubs=9), "hubs"),
        (lambda: GroupLoanFraud(camouflage=1.5), "camouflage"),
        (lambda: GroupLoanFraud(tempo="leisurely"), "tempo"),
        (lambda: simulate_applications(WORLD, [RINGS], from_day=40), "from_day"),
    ],
)
def test_a_dial_turned_too_far_is_refused_by_name(make, field):
    with pytest.raises(InvalidInput) as refused:
        make()
    assert refused.value.field == field


def test_the_generator_imports_nothing_of_what_detects():
    for file in Path(simulator.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [one.name for one in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.startswith("tandem"):
                    assert name.startswith(("tandem.kernel", "tandem.learn.simulator")), f"{file.name} imports {name}"


def test_every_world_of_the_committed_grid_can_be_made():
    worlds = ring_worlds(customers=1_500)
    assert len(worlds) == 8 * 3
    assert {world.rings.camouflage for world in worlds} == {0.0, 0.25, 0.5}
    assert {world.rings.tempo for world in worlds} == {"fast", "slow"}
    assert not {world.seed for world in worlds} & {world.seed for world in ring_worlds("tuning")}
    for world in worlds[::3]:
        assert "group_loan" in world.applications()["attack"].to_pylist()
