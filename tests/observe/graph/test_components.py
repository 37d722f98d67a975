"""Components of everybody: the same that each member finds online, on one machine and on a cluster."""

import os
from collections import Counter

import pyarrow as pa
import pytest
from graph_runs import ENDLESS, name
from graph_tables import PLAN, START, chain, drawn, table

from benchmarks.spark_cluster import lacking, session
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest, EventId
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import DAY, Micros
from tandem.observe.events import Event
from tandem.observe.graph import Network, OnlineGraph, living_components

NOW = Micros(START + 4 * DAY)


def components(rows, at=NOW):
    return {one["member"]: one["component"] for one in living_components(PLAN, table(rows), at).to_pylist()}


def apart(*rows, at=NOW):
    """Whether the first two of ``rows`` are in components of their own."""
    found = components(rows, at)
    return found[name(rows[0][1])] != found[name(rows[1][1])]


def test_two_who_share_a_phone_hang_together_and_are_called_by_the_lower_of_them():
    found = components([(START, "b", None, "f", None), (START, "a", None, "f", None), (START, "c", None, "g", None)])
    assert found == {name("a"): name("a"), name("b"): name("a"), name("c"): name("c")}


def test_an_identifier_that_joins_nobody_joins_nobody():
    assert apart((START, "a", None, None, "i"), (START, "b", None, None, "i"))


def test_a_crowd_s_identifier_joins_nobody():
    def together(many):
        return [(NOW, f"p{one}", "d", None, None) for one in range(many)]

    assert not apart(*together(4))
    assert apart(*together(5))


def test_a_link_joins_until_its_life_after_the_last_use_is_over():
    rows = [(START, "a", "d", "f", None), (START, "b", "d", "g", None), (START + DAY, "b", "d", None, None)]
    assert not apart(*rows, at=Micros(START + 3 * DAY - 1))
    assert apart(*rows, at=Micros(START + 3 * DAY))


def test_what_comes_later_is_not_seen():
    assert apart((START, "a", None, "f", None), (START, "b", None, "g", None), (NOW + 1, "b", None, "f", None))


def test_who_has_no_living_link_is_in_none():
    assert components([(START, "a", "d", None, None)]) == {}
    assert components([]) == {}


@pytest.mark.parametrize("seed", range(6))
def test_a_member_finds_all_others_of_its_component_online(seed):
    # A member asks who else is there; so at the brink of a crowd it counts one fewer than an onlooker. Nothing is here.
    rows = list(drawn(seed, 60, people=60, things=60))
    used = Counter(device for _, _, device, *_ in rows)
    rows = [(at, who, device if used[device] < 4 else None, *rest) for at, who, device, *rest in rows]
    host = OnlineGraph(PLAN, compiled=False)
    host.network = Network(PLAN.graph.links, ENDLESS)
    for seq, event in enumerate(map(_event, rows), 1):
        host.observe(event, Number(seq))
    now = Micros(max(at for at, *_ in rows))
    found = components(rows, now)
    sizes = {one: list(found.values()).count(one) for one in found.values()}
    assert len(sizes) > 3
    for member, component in found.items():
        assert host.peek(member, now)["network_component"] == sizes[component] - 1


def test_a_table_without_a_column_is_refused_by_its_name():
    with pytest.raises(InvalidInput) as refused:
        living_components(PLAN, table([]).drop_columns(["phone"]), NOW)
    assert refused.value.field == "phone"


def _event(row):
    at, *used = row
    fields = zip(("person", "device", "phone", "ip"), used, strict=True)
    return Event(
        event_id=EventId(str(at)),
        event_type="application",
        occurred_at=at,
        received_at=at,
        values={},
        entities={field: name(one) for field, one in fields if one is not None},
        subject=None,
        digest=Digest("0" * 64),
        clear=b"",
        secret=None,
        entity_kinds={},
    )


@pytest.fixture(scope="module")
def spark():
    with session("local[2]", **{"spark.sql.shuffle.partitions": "2"}) as made:
        yield made


@pytest.mark.spark
@pytest.mark.skipif(bool(lacking()) and os.environ.get("CI") != "true", reason=lacking() or "")
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "rows",
    [list(drawn(7, 200, people=200, things=200)), list(drawn(8, 150, people=60, things=40)), list(chain(150)), []],
    ids=["sparse", "dense", "a chain", "nobody"],
)
def test_a_cluster_finds_the_same_partition(spark, rows):
    from tandem.observe.graph.spark import spark_components

    events = table(rows)
    instants = events["occurred_at"].cast(pa.timestamp("us", "UTC"))
    frame = spark.createDataFrame(events.set_column(3, "occurred_at", instants)).repartition(3)
    found = spark_components(PLAN, frame, NOW).toArrow().sort_by("member")
    assert found.to_pylist() == living_components(PLAN, events, NOW).to_pylist()
