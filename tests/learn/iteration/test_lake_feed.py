"""Days out of the journal: decided live, told later, learned from as of the end of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pyarrow.compute as pc
import pytest
from iterated_house import INPUTS, day_of, payments, plan_of, put_live

from tandem.decide.decisions import DecisionProcess, open_beside, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, DefinitionError
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant, parse_instant
from tandem.learn.iteration import LakeFeed, Quarantine
from tandem.learn.iteration.feeds import DAY_COLUMN
from tandem.observe.lake import Lake

DAYS, ROWS = 6, 12
PLAN = plan_of(window={"train_days": 3, "test_days": 1, "mature_days": 2})


def midnight(number: int) -> int:
    return int(parse_instant(f"{day_of(number)}T00:00:00Z"))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(midnight(0)))


@pytest.fixture
def played(tmp_path: Path, clock: FixedClock) -> Iterator[DecisionProcess]:
    """Six days of payments, each decided when it happened and told a day and a half later."""
    process = open_process(Settings(home=tmp_path), "lender", clock=clock, entropy=SeededEntropy(2))
    person = {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"}
    told = [person, {"name": "payment", "type": "text", "required": True}, {"name": "fraud", "type": "boolean"}]
    put_live(process, "event_type", "payment", {
        "subject": "person", "fields": [person, *({"name": name, "type": "double"} for name in INPUTS)],
    }, others=[
        Artefact.of("event_type", "payment_outcome", {"subject": "person", "fields": told}),
        Artefact.of("outcome", "payment", {
            "event": "payment_outcome", "refers": "payment", "bad": "fraud", "matures": "2d",
        }),
        Artefact.of("reasons", "payment", {"reasons": {
            code: {"customer": {"en": code, "zh-CN": code}, "internal": {"en": code, "zh-CN": code}}
            for code in ("RISKY", "INFORMATION_MISSING")
        }}),
        Artefact.of("policy", "payment", {"event": "payment", "when_missing": "review", "flow": [
            {"decide": "end", "cases": [
                {"case": "risky", "when": "amount > 1.0", "then": "decline", "reason": "RISKY"},
                {"case": "doubtful", "when": "amount > 0.3", "then": "review", "reason": "RISKY"},
                {"case": "looked", "when": "amount + velocity + distance + hour > -100", "then": "approve"},
                {"otherwise": "pass", "then": "approve"},
            ]},
        ]}),
    ])  # fmt: skip
    acts: list[tuple[int, bool, dict[str, object]]] = []
    for row in payments(days=DAYS, rows=ROWS).to_pylist():
        at = int(row["occurred_at"].replace(tzinfo=UTC).timestamp() * 1_000_000)
        told_at = at + DAY + DAY // 2
        acts += [
            (at, True, {
                "event_id": row["event_id"], "event_type": "payment", "occurred_at": format_instant(Micros(at)),
                "values": {"person": row["person"], **{name: row[name] for name in INPUTS}},
            }),
            (told_at, False, {
                "event_id": f"o-{row['event_id']}", "event_type": "payment_outcome",
                "occurred_at": format_instant(Micros(told_at)),
                "values": {"person": row["person"], "payment": row["event_id"], "fraud": row["bad"]},
            }),
        ]  # fmt: skip
    for at, asked, document in sorted(acts, key=lambda act: act[0]):
        if at < midnight(DAYS):
            clock.set(Micros(at))
            (process.decide_now if asked else process.record_now)(document)
    clock.set(Micros(midnight(DAYS)))
    yield process
    process.close()


@pytest.fixture
def feed(played: DecisionProcess, tmp_path: Path, clock: FixedClock) -> Iterator[LakeFeed]:
    assert played.live is not None
    with open_beside(Settings(home=tmp_path), "lender", clock=clock) as beside:
        yield LakeFeed(beside, Lake(tmp_path / "lake", clock=clock), clock)


def test_traffic_is_everything_that_was_decided_on_the_day_with_what_was_captured(feed: LakeFeed) -> None:
    rows = feed.take(PLAN, day_of(5), ())
    amounts = rows.traffic["amount"].to_pylist()
    assert any(amount > 1.0 for amount in amounts), "somebody was declined"
    assert any(0.3 < amount <= 1.0 for amount in amounts), "somebody waits for a person"
    assert rows.traffic.num_rows == ROWS
    assert set(rows.traffic[DAY_COLUMN].to_pylist()) == {day_of(5)}
    assert set(INPUTS) <= set(rows.traffic.column_names)
    assert "bad" not in rows.traffic.column_names


def test_a_row_counts_as_labelled_only_when_it_is_told_and_old_enough(feed: LakeFeed) -> None:
    rows = feed.take(PLAN, day_of(5), ())
    days = sorted(set(rows.mature[DAY_COLUMN].to_pylist()))
    assert days[-1] <= day_of(4)
    assert not pc.any(pc.is_null(rows.mature["bad"])).as_py()
    assert rows.immature > 0
    assert set(rows.told["row_id"].to_pylist()) <= set(rows.mature["row_id"].to_pylist())


def test_a_past_day_is_the_same_whenever_it_is_asked_for(feed: LakeFeed) -> None:
    early = feed.take(PLAN, day_of(4), ())
    assert feed.take(PLAN, day_of(5), ()).digest != early.digest
    assert feed.take(PLAN, day_of(4), ()).digest == early.digest


def test_rows_in_quarantine_do_not_teach(feed: LakeFeed) -> None:
    whole = feed.take(PLAN, day_of(5), ())
    aside = feed.take(PLAN, day_of(5), (Quarantine(day=day_of(2), of="decided"),))
    assert aside.quarantined > 0
    assert aside.mature.num_rows + aside.quarantined == whole.mature.num_rows
    assert day_of(2) not in aside.mature[DAY_COLUMN].to_pylist()


def test_a_day_that_is_not_over_is_not_run(feed: LakeFeed) -> None:
    with pytest.raises(Conflict, match="not over"):
        feed.take(PLAN, day_of(DAYS), ())


def test_a_plan_that_waits_less_than_the_label_needs_is_refused(feed: LakeFeed) -> None:
    with pytest.raises(DefinitionError) as refused:
        feed.take(plan_of(window={"train_days": 3, "test_days": 1, "mature_days": 1}), day_of(5), ())
    assert refused.value.field == "window.mature_days"
