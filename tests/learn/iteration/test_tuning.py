"""A number in a rule that is too lax: held against others on what really was decided, proposed, and never live by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import msgspec
import pytest
from iterated_house import INPUTS, day_of, go_live, payments, plan_of, put_live

from tandem.decide.decisions import DecisionProcess, open_beside, open_process
from tandem.faces.iterating import check_plans
from tandem.kernel.artefacts import Artefact, ArtefactKey
from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant, parse_instant
from tandem.learn.iteration import (
    IterationPlan,
    Iterations,
    LakeFeed,
    LakeTrials,
    ReleaseDesk,
    Run,
    RunStore,
    Setting,
    render_page,
)
from tandem.observe.lake import Lake

DAYS, ROWS = 14, 90
LAX: dict[str, Any] = {"at": "limits.far", "field": "distance", "bad_costs": 4, "approval_shift": 0.25, "values": 5}
TUNED: dict[str, Any] = {
    "thresholds": [LAX],
    "window": {"train_days": 4, "test_days": 5, "mature_days": 2},
    "gates": {"feed": {"chance": 1e-9, "bad_rate_factor": 50.0}},
}


def policy(distance: float) -> dict[str, Any]:
    return {
        "event": "payment",
        "when_missing": "review",
        "flow": [
            {"model": "fraud", "probability": "risk"},
            {"rules": "limits", "all": [
                {"rule": "far", "when": f"distance > {distance}", "then": "decline", "reason": "RISKY"},
            ]},
            {"decide": "end", "cases": [
                {"case": "risky", "when": "risk >= 0.99", "then": "review", "reason": "RISKY"},
                {"otherwise": "pass", "then": "approve"},
            ]},
        ],
    }  # fmt: skip


class Tuned:
    """Two weeks really decided and told under a rule that is far too lax, and the days of the plan over them."""

    def __init__(self, home: Path) -> None:
        self.home, self.plan = home, plan_of(**TUNED)
        self.clock = FixedClock(Micros(parse_instant(f"{day_of(0)}T00:00:00Z")))
        self.process: DecisionProcess = open_process(
            Settings(home=home), "lender", clock=self.clock, entropy=SeededEntropy(2)
        )
        table = payments(days=DAYS, rows=150)
        go_live(self.process, table, plan_of())
        person = {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"}
        told = [person, {"name": "payment", "type": "text", "required": True}, {"name": "fraud", "type": "boolean"}]
        body = msgspec.to_builtins(self.plan)
        del body["name"]
        put_live(self.process, "policy", "payment", policy(2.5), others=[
            Artefact.of("event_type", "payment_outcome", {"subject": "person", "fields": told}),
            Artefact.of("outcome", "payment", {
                "event": "payment_outcome", "refers": "payment", "bad": "fraud", "matures": "2d",
            }),
            Artefact.of("iteration", self.plan.name, body),
        ])  # fmt: skip
        self._play(payments(days=DAYS, rows=ROWS, seed=8))

    def _play(self, table: Any) -> None:
        acts: list[tuple[int, bool, dict[str, object]]] = []
        for row in table.to_pylist():
            at = int(row["occurred_at"].replace(tzinfo=UTC).timestamp() * 1_000_000)
            later, person = at + DAY + DAY // 2, row["person"]
            values = {name: row[name] for name in INPUTS}
            acts.append((at, True, _event(row["event_id"], "payment", at, person=person, **values)))
            outcome = {"payment": row["event_id"], "fraud": row["bad"]}
            acts.append(
                (later, False, _event(f"o-{row['event_id']}", "payment_outcome", later, person=person, **outcome))
            )
        end = parse_instant(f"{day_of(DAYS)}T00:00:00Z")
        for at, asked, document in sorted(acts, key=lambda act: act[0]):
            if at < end:
                self.clock.set(Micros(at))
                (self.process.decide_now if asked else self.process.record_now)(document)
        self.clock.set(Micros(end))

    def run(self, number: int) -> Run:
        with open_beside(Settings(home=self.home), "lender", clock=self.clock) as beside:
            lake = self.home / "lake"
            feed = LakeFeed(beside, Lake(lake, clock=self.clock), self.clock)
            desk, store = ReleaseDesk(self.process, self.plan), RunStore(self.home / "iterations")
            setting = Setting(self.plan, feed, desk, store, LakeTrials(beside, lake, self.clock))
            with Iterations(lambda: {self.plan.name: setting}, store) as iterations:
                return iterations.run(self.plan.name, day_of(number))


def _event(event_id: str, kind: str, at: int, **values: object) -> dict[str, object]:
    return {"event_id": event_id, "event_type": kind, "occurred_at": format_instant(Micros(at)), "values": values}


@pytest.fixture
def tuned(tmp_path: Path) -> Iterator[Tuned]:
    one = Tuned(tmp_path)
    yield one
    one.process.close()


def looked(run: Run) -> dict[str, Any]:
    (facts,) = run.step("tune").facts["thresholds"]
    return dict(facts)


def test_a_number_that_is_too_lax_is_proposed_once_and_decides_nothing_until_people_release_it(tuned: Tuned) -> None:
    before = tuned.process.state.register.live
    run = tuned.run(DAYS - 3)
    found = looked(run)
    assert found["codes"] == ["proposed"]
    assert found["best"]["value"] < 2.5
    assert found["best"]["strict_low"] > 0
    assert found["best"]["decisions"] == 5 * ROWS
    assert tuned.process.state.register.live == before

    version = tuned.process.state.register.version(Digest(found["draft"]))
    assert version.author == "iteration daily_fraud"
    assert (version.reviews, version.decline) == ((), None)
    assert version.artefact.body == {**policy(2.5), **policy(found["best"]["value"])}
    page = render_page(run)
    assert f"limits.far, now 2.5: of {found['tried']} other numbers" in page
    assert "nothing changes until a person reviews and releases it" in page
    assert "经人工复核并发布之前不作任何变动" in render_page(run, "zh-CN")

    assert looked(tuned.run(DAYS - 2))["codes"] == ["proposal_waiting"]
    tuned.process.review([version.artefact.digest], approver="li.wei")
    tuned.process.release({ArtefactKey("policy", "payment"): version.artefact.digest}, by="li.wei")
    after = looked(tuned.run(DAYS - 1))
    assert after["stands"] == found["best"]["value"]
    assert after["codes"] != ["proposal_approved"]


def test_a_number_that_was_sent_back_is_not_proposed_again_on_the_same_evidence(tuned: Tuned) -> None:
    found = looked(tuned.run(DAYS - 3))
    tuned.process.decline([Digest(found["draft"])], by="wang.fang", reason="the north is seasonal")
    run = tuned.run(DAYS - 2)
    assert looked(run)["codes"] in (["declined_before"], ["number_stays"])
    assert "draft" not in looked(run)
    if looked(run)["codes"] == ["declined_before"]:
        assert "was sent back by wang.fang (the north is seasonal)" in render_page(run)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"at": "limits.near"}, "thresholds.at"),
        ({"number": 3}, "thresholds.number"),
        ({"at": "end.pass"}, "thresholds.at"),
    ],
)
def test_a_plan_whose_number_is_not_in_the_policy_is_not_released(
    tuned: Tuned, changed: dict[str, Any], field: str
) -> None:
    tuned.process.check_releases(check_plans)
    plan: IterationPlan = plan_of(**{**TUNED, "thresholds": [{**LAX, **changed}]})
    body = msgspec.to_builtins(plan)
    del body["name"]
    with pytest.raises(DefinitionError) as refused:
        put_live(tuned.process, "iteration", "daily_fraud", body)
    assert refused.value.field == field
