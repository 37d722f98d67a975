"""What a gate refused may be right after all: a person says so, on record, and the next run goes by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from iterated_house import House, day_of, payments, plan_of, poisoned, put_live

from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Refused
from tandem.kernel.time import FixedClock, Micros, parse_instant
from tandem.learn.iteration import Run, accept, acceptable, accepted, newest_run, render_page

START = 42
AT = "2025-11-20T08:00:00Z"
CLOCK = FixedClock(Micros(parse_instant(AT)))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    opened: list[House] = []

    def build(table: Any = None, **changes: Any) -> House:
        one = House(tmp_path / "home", payments(shift=14) if table is None else table, plan_of(**changes))
        opened.append(one)
        one.iterations.__enter__()
        return one

    yield build
    for one in opened:
        one.iterations.__exit__(None, None, None)
        one.process.close()


def too_good(**limits: Any) -> dict[str, Any]:
    """A plan by which every challenger that is better is too good to be true."""
    easy = {"approval_shift_most": 0.9, "score_psi_most": 9.0, "moved_most": 1.0, "churn_most": 0.5}
    return {"gates": {"challenger": {**easy, "jump_most": 0.0005, **limits}}}


def say(one: House, run: Run, what: str, by: str = "wang.fang", why: str = "checked with acquiring.") -> Any:
    newest = newest_run(one.setting.store, run.plan)
    return accept(one.process, run, what, newest=newest, by=by, why=why, clock=CLOCK)  # type: ignore[arg-type]


def test_rows_that_a_person_accepts_teach_from_the_next_day_on_and_the_page_says_who_when_and_why(
    house: Callable[..., House],
) -> None:
    one = house(poisoned(payments(shift=14), START))
    refused = one.run(START)[0]
    assert [each.day for each in refused.state.quarantine] == [day_of(START)]
    assert acceptable(refused) == {"rows": ("decided",)}
    (word,) = say(one, refused, "rows")
    assert (word.of, word.by, word.why, word.at) == ("decided", "wang.fang", "checked with acquiring", CLOCK.now())
    run = one.run(START + 1)[0]
    assert run.state.quarantine == ()
    assert f"wang.fang accepted the rows of {day_of(START)} after all ({AT}): checked with acquiring." in render_page(
        run
    )
    with pytest.raises(InvalidInput, match="Nothing was refused"):
        say(one, run, "rows")


def test_the_word_is_a_note_in_the_journal_and_stands_after_a_restart(house: Callable[..., House]) -> None:
    one = house(poisoned(payments(shift=14), START))
    refused = one.run(START)[0]
    before = one.process.journal.head.seq
    say(one, refused, "rows")
    (record,) = one.process.journal.read(before + 1)
    assert record.kind == "note"
    assert accepted(one.process.journal, "another_plan") == ()
    one.process.recover()
    assert [word.by for word in accepted(one.process.journal, "daily_fraud")] == ["wang.fang"]


def test_the_first_word_stands_and_one_without_a_reason_is_none(house: Callable[..., House]) -> None:
    one = house(poisoned(payments(shift=14), START))
    refused = one.run(START)[0]
    with pytest.raises(InvalidInput, match="why"):
        say(one, refused, "rows", why="  ")
    say(one, refused, "rows")
    with pytest.raises(Conflict, match="already"):
        say(one, refused, "rows", by="zhao.lei")


def test_a_challenger_too_good_to_be_true_sets_out_when_a_person_lets_it_on_and_is_reviewed_at_the_end(
    house: Callable[..., House],
) -> None:
    one = house(**too_good())
    refused = one.run(START)[0]
    assert refused.step("decide").facts["why"] == ["challenger_refused"]
    assert acceptable(refused) == {"challenger": ("too_good_jump",)}
    assert "accept daily_fraud" in render_page(refused)
    (word,) = say(one, refused, "challenger")
    assert word.model == refused.step("check").inputs["challenger"]
    runs = one.run(START + 1, START + 3)
    assert runs[0].step("decide").facts["why"] == ["let_on"]
    assert runs[0].state.flight is not None
    assert runs[0].state.flight.model == word.model
    assert runs[0].state.flight.let_on == "wang.fang"
    assert "wang.fang let The refit of" in render_page(runs[0])
    # Inside the envelope as it is, it asks a second person.
    assert (runs[-1].step("decide").facts["move"], runs[-1].step("decide").facts["why"]) == ("draft", ["let_on"])


def test_a_challenger_is_let_on_once(house: Callable[..., House]) -> None:
    one = house(**too_good())
    refused = one.run(START)[0]
    say(one, refused, "challenger")
    later = one.run(START + 1, START + 3)
    assert later[-1].state.flight is not None
    assert later[-1].state.flight.draft is not None
    one.process.decline([later[-1].state.flight.draft], by="li.wei", reason="a leak after all")
    gone = one.run(START + 4, START + 9)
    assert [run.state.flight for run in gone] == [None] * len(gone)


def test_a_fault_of_the_model_is_nobodys_to_accept(house: Callable[..., House]) -> None:
    one = house(**too_good(moved_most=0.0001))
    refused = one.run(START)[0]
    assert "too_good_jump" in refused.step("check").facts["codes"]
    assert acceptable(refused) == {}
    with pytest.raises(InvalidInput, match="nobody's word") as error:
        say(one, refused, "challenger")
    assert error.value.code == "not_acceptable"


def test_a_challenger_whose_champion_is_gone_stays_refused(house: Callable[..., House]) -> None:
    one = house(**too_good())
    refused = one.run(START)[0]
    say(one, refused, "challenger")
    live = one.process.live.models["fraud"].document
    other = msgspec.structs.replace(live, metadata=msgspec.structs.replace(live.metadata, seed=1))
    put_live(one.process, "model", "fraud", msgspec.to_builtins(other))
    run = one.run(START + 1)[0]
    assert run.state.flight is None or run.state.flight.let_on == ""
    assert "it stays refused" in render_page(run)
    assert "it stays refused" not in render_page(one.run(START + 2)[0])
    with pytest.raises(Conflict, match="The champion is another by now"):
        say(one, refused, "challenger")


def test_whoever_wrote_the_plan_does_not_let_its_challenger_on_where_four_eyes_are_asked(tmp_path: Path) -> None:
    one = House(tmp_path, payments(shift=14), plan_of(**too_good()), four_eyes=True)
    with one.iterations:
        refused = one.run(START)[0]
        with pytest.raises(Refused, match="wrote the plan"):
            say(one, refused, "challenger", by="zhang.min")
        say(one, refused, "challenger", by="li.wei")
    one.process.close()


def test_a_plan_that_is_no_longer_live_lets_nobody_on(house: Callable[..., House]) -> None:
    one = house(**too_good())
    refused = one.run(START)[0]
    process = one.process
    process.release({ArtefactKey("iteration", "daily_fraud"): None}, by="zhang.min")
    with pytest.raises(NotFound, match="No such plan"):
        say(one, refused, "challenger")
