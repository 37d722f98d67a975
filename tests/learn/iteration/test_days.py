"""Days in a row on a real journal: what goes live, what is refused, what is taken back, and what people do in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from iterated_house import House, day_of, payments, plan_of, poisoned, put_live

from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY
from tandem.learn.iteration import Run, read_runs, render_log, render_page

START = 42
"""A day by which the window lies in the changed world, of which the first champion knows nothing."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    opened: list[House] = []

    def build(table: pa.Table | None = None, name: str = "home", **changes: object) -> House:
        one = House(tmp_path / name, payments(shift=14) if table is None else table, plan_of(**changes))
        opened.append(one)
        one.iterations.__enter__()
        return one

    yield build
    for one in opened:
        one.iterations.__exit__(None, None, None)
        one.process.close()


def moves(runs: list[Run]) -> list[str]:
    return [run.step("decide").facts["move"] for run in runs]


def test_a_better_challenger_goes_from_shadow_by_shares_to_all_by_real_releases(house: Callable[..., House]) -> None:
    one = house()
    runs = one.run(START, START + 5)
    assert moves(runs) == ["shadow", "stay", "canary", "canary", "promote", "stay"]
    live = one.process.state.register.live
    assert live is not None
    assert live.digest == runs[-1].state.champion.release
    assert "model/fraud_canary" not in live.manifest
    version = one.process.state.register.version(Digest(live.manifest["model/fraud"]))
    assert version.author == "iteration daily_fraud"
    assert version.reviews[-1].approver == "li.wei (envelope of daily_fraud)"
    assert runs[-1].state.before[0].how == "found"


def test_a_canary_decides_for_its_share_and_nobody_else(house: Callable[..., House]) -> None:
    one = house()
    one.run(START, START + 2)
    values = dict.fromkeys(("amount", "velocity", "distance", "hour"), 0.3)
    asked = [
        one.process.decide_now({
            "event_id": f"live-{place}", "event_type": "payment", "occurred_at": "2025-11-01T00:00:00Z",
            "values": {"person": f"p{place}", **values},
        })
        for place in range(300)
    ]  # fmt: skip
    assert len(asked) == 300
    stage = one.process.live.policies["payment"].policy.flow[0]  # type: ignore[union-attr]
    assert [arm.share for arm in stage.arms] == [90, 10]  # type: ignore[union-attr]


def test_without_an_agreed_envelope_a_person_is_asked_and_their_answer_holds(house: Callable[..., House]) -> None:
    one = house(envelope=None)
    runs = one.run(START, START + 2)
    assert moves(runs)[-1] == "draft"
    draft = runs[-1].state.flight.draft  # type: ignore[union-attr]
    assert moves(one.run(START + 3)) == ["stay"]
    one.process.review([draft], approver="wang.fang", note="looked at the report")
    later = one.run(START + 4, START + 6)
    assert moves(later) == ["canary", "canary", "promote"]
    assert later[-1].state.champion.how == "review"
    assert later[-1].state.validated == later[-1].state.champion.model


def test_a_draft_that_is_sent_back_ends_the_challenger(house: Callable[..., House]) -> None:
    one = house(envelope=None)
    draft = one.run(START, START + 2)[-1].state.flight.draft  # type: ignore[union-attr]
    one.process.decline([draft], by="wang.fang", reason="too many approvals in the north")
    run = one.run(START + 3)[0]
    assert run.step("decide").facts["move"] == "abort"
    assert run.state.flight is None
    assert "too many approvals in the north" in render_page(run)


def test_a_plan_that_is_not_live_as_it_stands_has_no_envelope(house: Callable[..., House]) -> None:
    one = house()
    body = msgspec.to_builtins(plan_of(owner="somebody else"))
    del body["name"]
    put_live(one.process, "iteration", "daily_fraud", body)
    assert one.run(START, START + 2)[-1].step("decide").facts["why"] == ["plan_not_reviewed"]


def test_a_champion_whose_predecessor_would_do_better_is_rolled_back_to_its_release(
    house: Callable[..., House],
) -> None:
    # The world turns back to the old one on the very day after the promotion: what was learned of it no longer holds.
    table = turned_back(payments(days=75, shift=14), START + 4)
    one = house(table)
    first = one.process.state.register.live
    runs = one.run(START, START + 14)
    assert "promote" in moves(runs)
    assert "roll_back" in moves(runs)
    back = runs[moves(runs).index("roll_back")]
    assert back.step("watch").facts["codes"] == ["predecessor_better"]
    assert back.step("watch").facts["predecessor"]["paired"]["high"] < 0
    assert back.state.champion.how == "rollback"
    assert one.process.state.register.went_live[-1].release == first.digest  # type: ignore[union-attr]
    assert one.process.state.register.went_live[-1].rolled_back


def test_a_model_that_somebody_releases_by_hand_is_the_champion_and_ends_what_was_on_its_way(
    house: Callable[..., House],
) -> None:
    one = house()
    run = one.run(START, START + 1)[-1]
    assert run.state.flight is not None
    live = one.process.live.models["fraud"].document  # type: ignore[union-attr]
    other = msgspec.structs.replace(live, metadata=msgspec.structs.replace(live.metadata, seed=1))
    put_live(one.process, "model", "fraud", msgspec.to_builtins(other))
    adopted = one.run(START + 2)[0]
    assert adopted.step("take").facts["adopted"]
    assert adopted.state.flight is None
    assert adopted.state.validated == adopted.state.champion.model
    assert "by hand" in render_page(adopted)


@pytest.mark.parametrize(("watched", "codes", "move"), [((27,), [], "shadow"), ((), ["too_good_jump"], "stay")])
def test_a_refit_that_only_gets_back_what_the_champion_was_seen_to_do_sets_out(
    house: Callable[..., House], watched: tuple[int, ...], codes: list[str], move: str
) -> None:
    # Amount counts the other way from day 28 on, of which the champion knows nothing.
    one = house(turned_round(payments(days=75), 28))
    for day in watched:
        one.run(day)
    run = one.run(START + 13)[0]
    assert run.step("compare").facts["chosen"] == "refit"
    assert run.step("check").facts["codes"] == codes
    assert run.step("decide").facts["move"] == move


def turned_round(table: pa.Table, number: int) -> pa.Table:
    """From day ``number`` on small amounts are the risky ones."""
    days = (table.column("occurred_at").cast(pa.int64()).to_numpy() - table["occurred_at"][0].value) // DAY
    risk = 1.5 * table["distance"].to_numpy() - table["amount"].to_numpy()
    turned = np.random.default_rng(9).random(table.num_rows) < 1 / (1 + np.exp(2.2 - 1.2 * risk))
    bad = np.where(days >= number, turned, table["bad"].to_numpy(zero_copy_only=False))
    return table.set_column(table.column_names.index("bad"), "bad", pa.array(bad))


def turned_back(table: pa.Table, number: int) -> pa.Table:
    """From day ``number`` on outcomes follow the old world, in which velocity counts the other way."""
    days = (table.column("occurred_at").cast(pa.int64()).to_numpy() - table["occurred_at"][0].value) // DAY
    risk = table["amount"].to_numpy() + table["distance"].to_numpy() - 0.9 * table["velocity"].to_numpy()
    old = np.random.default_rng(9).random(table.num_rows) < 1 / (1 + np.exp(2.2 - 1.2 * risk))
    bad = np.where(days >= number, old, table["bad"].to_numpy(zero_copy_only=False))
    return table.set_column(table.column_names.index("bad"), "bad", pa.array(bad))


def test_a_poisoned_day_is_refused_moves_nothing_and_never_teaches(house: Callable[..., House]) -> None:
    one = house(poisoned(payments(shift=14), START + 3))
    runs = one.run(START, START + 7)
    refused = runs[3]
    assert refused.step("gate").verdict == "refused"
    assert moves(runs)[3] == "stay"
    assert refused.state.champion == runs[2].state.champion
    assert refused.state.flight == runs[2].state.flight
    assert [runs[4].step("gate").verdict, runs[5].step("gate").verdict] == ["passed", "passed"]
    # Three days later its outcomes are mature: they are set aside all the same.
    assert runs[-1].step("take").facts["quarantined"] == 150
    assert "amount" in render_page(refused)


@pytest.mark.prove
def test_the_same_days_in_another_house_leave_the_same_digests(house: Callable[..., House]) -> None:
    one = house(name="one")
    first = [run.digest for run in one.run(START, START + 2)]
    one.iterations.__exit__(None, None, None)  # one process runs jobs at a time
    again = house(name="two").run(START, START + 2)
    assert [run.digest for run in again] == first


def test_the_chain_of_days_is_proved_when_it_is_read(house: Callable[..., House]) -> None:
    one = house()
    one.run(START, START + 1)
    store = one.setting.store
    assert len(read_runs(store, "daily_fraud")) == 2
    (store.folder / "runs" / "daily_fraud" / f"{day_of(START)}.run").unlink()
    with pytest.raises(IntegrityError, match="chain"):
        read_runs(store, "daily_fraud")


def test_days_that_were_missed_are_caught_up_in_order(house: Callable[..., House]) -> None:
    one = house()
    one.run(START)
    assert [run.day for run in one.iterations.catch_up("daily_fraud", day_of(START + 2))] == [
        day_of(START + 1),
        day_of(START + 2),
    ]
    assert one.iterations.catch_up("daily_fraud", day_of(START + 2)) == []


def test_a_day_that_is_run_again_is_the_day_that_was_run(house: Callable[..., House]) -> None:
    one = house()
    assert one.run(START)[0] == one.run(START)[0]


def test_a_page_says_in_both_languages_what_happened(house: Callable[..., House]) -> None:
    runs = house().run(START, START + 2)
    english, chinese = render_log(runs), render_log(runs, "zh-CN")
    assert english.count("## ") == chinese.count("## ") == 3
    assert "decides for 10 %" in english
    assert "承担 10 % 流量" in chinese
    for run in runs:
        assert run.digest[:12] in english
