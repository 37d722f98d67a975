"""Rings of a running workspace: found, kept, put on lists with the radius seen first, taken back, and the same after a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from ring_workspace import EVERYTHING, application_of, apply_for, finder, ring_of, turns_out
from small_workspace import go_live

from tandem.act.cases import CaseDesk
from tandem.act.rings import Asked, RingDesk, Seen, describe
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput, NotFound
from tandem.kernel.identity import EntityKind, Pseudonym, SeededEntropy
from tandem.kernel.time import DAY, FixedClock
from tandem.observe.lake import Lake


def called(process: DecisionProcess, kind: str, name: str) -> Pseudonym:
    return process.pseudonyms_of(name)[EntityKind(kind)]


def the_ring(desk: RingDesk) -> str:
    (shown,) = desk.page()
    return shown.ring.ring_id


def listed(process: DecisionProcess, name: str) -> set[str]:
    return {entry.member for entry in process.state.lists.entries(name)}


def put(desk: RingDesk, ring: str, asked: Asked = Asked(), *, by: str = "ann") -> str:  # noqa: B008 - frozen
    _, seen, _ = desk.radius(ring, asked)
    return desk.put_on_lists(ring, asked, seen=seen, reason="one device", by=by).listed.action


def test_a_ring_is_found_ranked_and_told_in_words(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    ring_of(process, *(f"x{number}" for number in range(5)), device="d2", phone="p2")
    first, second = desk.page()
    assert (len(first.ring.members), len(second.ring.members)) == (5, 3)
    assert first.figures is not None
    assert first.figures.at_stake_minor == 500_000
    assert [one.rank for one in desk.page()] == [1, 2]
    assert describe(first.figures).en == "5 applicants share 1 device and 1 phone within 4 h; none is known fraud yet"
    assert describe(first.figures).zh == "5 名申请人在 4 小时内共用 1 台设备、1 个手机号；尚无人确认欺诈"


def test_in_a_history_of_which_nothing_was_decided_known_fraud_is_a_ring(process: DecisionProcess, desk: RingDesk):
    for hour, person in enumerate(("a", "b", "c")):
        process.record_now(application_of(person, hours=hour, device="d1", phone="p1"))
        turns_out(process, person, fraud=True)
    (shown,) = desk.page()
    assert len(shown.ring.members) == 3


def test_a_ring_keeps_its_id_as_it_grows_and_its_story_says_so(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    ring = the_ring(desk)
    apply_for(process, "d", hours=5, device="d1", phone="p1")
    assert desk.refresh().changes == {"grown": 1}
    assert the_ring(desk) == ring
    assert [one.change.what for one in desk.story(ring).story if isinstance(one.change, Seen)] == ["born", "grown"]
    assert desk.refresh().changes == {}


def test_after_a_restart_the_same_rings_are_told_without_a_look(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock
):
    before = opened()
    go_live(before, *EVERYTHING)
    ring_of(before, "a", "b", "c")
    desk = RingDesk(before, lake, clock=clock, entropy=SeededEntropy(7))
    ring = the_ring(desk)
    put(desk, ring)
    told = desk.story(ring)
    before.close()
    again = RingDesk(opened(), lake, clock=clock, entropy=SeededEntropy(8))
    assert again.story(ring) == told
    assert again.refresh().changes == {}
    assert the_ring(again) == ring


def test_a_lake_that_is_behind_ends_no_ring(
    process: DecisionProcess, desk: RingDesk, clock: FixedClock, tmp_path: Path
):
    ring_of(process, "a", "b", "c")
    ring = the_ring(desk)
    empty = RingDesk(process, Lake(tmp_path / "other", clock=clock), clock=clock, followed=True)
    (shown,) = empty.page()
    assert shown.ring.ring_id == ring
    assert shown.figures is None


def test_the_radius_names_everybody_who_would_be_hit_and_changes_nothing(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    for number in range(4):
        apply_for(process, f"h{number}", hours=6 + number, odd=False, device="d1")
    turns_out(process, "h0", fraud=False)
    desk.refresh()
    radius, _, _ = desk.radius(the_ring(desk), Asked())
    assert {(one.list, one.entity) for one in radius.entries if one.list != "ring_members"} == {
        ("blocked_devices", called(process, "device", "d1")),
        ("blocked_phones", called(process, "phone", "p1")),
    }
    assert (len(radius.members), len(radius.others), len(radius.good)) == (3, 4, 1)
    # Three were looked at and would be declined; four were approved on that device.
    assert radius.changed == {"approve": 4, "review": 3}
    assert listed(process, "ring_members") == set()


def test_what_a_crowd_uses_and_what_the_honest_use_is_refused(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    for number, who in enumerate(("h0", "h1")):
        apply_for(process, who, hours=6 + number, odd=False, device="d1")
        turns_out(process, who, fraud=False)
    for number in range(6):
        apply_for(process, f"m{number}", hours=10 + number, odd=False, phone="p1")
    desk.refresh()
    radius, _, _ = desk.radius(the_ring(desk), Asked(members=False))
    assert radius.entries == ()
    assert {(str(one.kind), one.code) for one in radius.refused} == {("device", "honest_history"), ("phone", "crowd")}


def test_what_is_put_on_lists_is_in_force_for_the_next_event(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    put(desk, the_ring(desk))
    assert desk.page()[0].ring.state == "listed"
    assert apply_for(process, "new", hours=9, odd=False, device="d1") == "decline"
    assert apply_for(process, "a", hours=9, odd=False) == "review"


def test_taking_back_takes_off_exactly_what_was_put_on(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    phone = {"identifier": "p1", "reason": "seen before", "source": "bob"}
    process.change_list("blocked_phones", {"change_id": "bob-1", "add": [phone]}, by="bob")
    ring = the_ring(desk)
    action = put(desk, ring)
    device = {"identifier": "d1", "reason": "my own reason", "source": "cat"}
    process.change_list("blocked_devices", {"change_id": "cat-1", "add": [device]}, by="cat")
    taken, removed, kept = desk.take_back(ring, action, reason="a mistake", by="ann")
    assert (removed, kept) == (3, 1)
    assert listed(process, "ring_members") == set()
    assert listed(process, "blocked_devices") == {called(process, "device", "d1")}
    assert listed(process, "blocked_phones") == {called(process, "phone", "p1")}
    assert taken.undone is not None
    with pytest.raises(Conflict):
        desk.take_back(ring, action, reason="again", by="ann")


def test_nothing_is_done_where_others_would_be_hit_by_now_than_were_shown(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    ring = the_ring(desk)
    _, seen, _ = desk.radius(ring, Asked())
    apply_for(process, "late", hours=8, odd=False, device="d1")
    desk.refresh()
    with pytest.raises(Conflict) as refused:
        desk.put_on_lists(ring, Asked(), seen=seen, reason="one device", by="ann")
    assert refused.value.code == "radius_changed"
    assert listed(process, "blocked_devices") == set()


def test_what_stands_on_its_list_already_is_not_put_on_again(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    ring = the_ring(desk)
    put(desk, ring)
    with pytest.raises(InvalidInput) as refused:
        put(desk, ring)
    assert refused.value.code == "nothing_to_list"


def test_a_step_away_from_the_ring_people_are_listed_with_half_the_strength_and_the_way_there(
    process: DecisionProcess, desk: RingDesk
):
    ring_of(process, "a", "b", "c")
    apply_for(process, "c", hours=4, address="home")
    apply_for(process, "near", hours=5, odd=False, address="home", device="other")
    apply_for(process, "far", hours=6, odd=False, device="other")
    desk.refresh()
    ring = the_ring(desk)
    radius, _, _ = desk.radius(ring, Asked(steps=2, identifiers=False))
    strength = {one.entity: one.strength for one in radius.entries}
    near, far = (called(process, "person", who) for who in ("near", "far"))
    assert (strength[called(process, "person", "a")], strength[near], strength[far]) == (1.0, 0.5, 0.25)
    path = next(one.path for one in radius.entries if one.entity == far)
    assert [(step.kind, step.member) for step in path] == [("address", near), ("device", far)]
    put(desk, ring, Asked(steps=2, identifiers=False))
    entry = process.state.lists.entry("ring_members", far)
    assert entry is not None
    assert ring in entry.source
    assert "strength 0.25" in entry.reason


def test_who_is_left_out_is_left_out(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c")
    a = called(process, "person", "a")
    radius, _, _ = desk.radius(the_ring(desk), Asked(leave_out=frozenset({a})))
    assert a not in {one.entity for one in radius.entries}


def test_three_known_frauds_on_a_device_block_it_by_themselves_before_the_next_look(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock
):
    process = opened()
    go_live(process, *EVERYTHING[:-1], finder(automatic="act"))
    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
    desk.refresh()
    for hour, who in enumerate("abc"):  # none of them looked like anything
        apply_for(process, who, hours=hour, odd=False, device="d1")
    for who in "ab":
        turns_out(process, who, fraud=True)
    assert desk.follow_labels() == 0
    turns_out(process, "c", fraud=True)
    assert desk.follow_labels() == 1
    assert apply_for(process, "next", hours=9, odd=False, device="d1") == "decline"
    (ring,) = (one.ring for one in desk.page())
    desk.refresh()
    assert the_ring(desk) == ring.ring_id
    (action,) = ring.actions.values()
    assert action.listed.automatic


def test_the_automatic_rule_does_not_do_again_what_was_taken_back(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock
):
    process = opened()
    go_live(process, *EVERYTHING[:-1], finder(automatic="act"))
    ring_of(process, "a", "b", "c")
    for who in "abc":
        turns_out(process, who, fraud=True)
    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
    ring = the_ring(desk)
    assert listed(process, "blocked_devices") != set()
    for action in list(desk.story(ring).actions):
        desk.take_back(ring, action, reason="the device is a shop's", by="ann")
    desk.refresh()
    assert listed(process, "blocked_devices") == set()


def test_where_the_rule_only_proposes_nothing_is_blocked(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock
):
    process = opened()
    go_live(process, *EVERYTHING[:-1], finder(automatic="propose"))
    ring_of(process, "a", "b", "c")
    for who in "abc":
        turns_out(process, who, fraud=True)
    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
    (sight,) = (view.sight for view in [desk.ring(the_ring(desk))])
    assert sight is not None
    assert {str(one.kind) for one in desk.proposed(sight)} == {"device", "phone"}
    assert listed(process, "blocked_devices") == set()


def test_an_honest_device_is_never_blocked_by_itself(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock
):
    process = opened()
    go_live(process, *EVERYTHING[:-1], finder(automatic="act"))
    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
    desk.refresh()
    for hour, who in enumerate("abcgh"):
        apply_for(process, who, hours=hour, odd=False, device="tablet")
    for who in "gh":
        turns_out(process, who, fraud=False)
    for who in "abc":
        turns_out(process, who, fraud=True)
    assert desk.follow_labels() == 0
    desk.refresh()
    assert listed(process, "blocked_devices") == set()


def test_what_an_honest_person_used_before_the_first_fraud_is_never_blocked_by_itself(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock
):
    process = opened()
    go_live(process, *EVERYTHING[:-1], finder(automatic="act"))
    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
    desk.refresh()
    # Six frauds and one honest person each: a shop's till, where the honest one came first, and a device that a
    # stranger got hold of once the ring was there.
    for hour, who in enumerate(["shopper", *"abcdef"]):
        apply_for(process, who, hours=hour, odd=False, device="till")
    for hour, who in enumerate([*"uvwxyz", "stranger"]):
        apply_for(process, who, hours=hour, odd=False, device="means")
    for who in ("shopper", "stranger"):
        turns_out(process, who, fraud=False)
    for who in "abcdefuvwxyz":
        turns_out(process, who, fraud=True)
    assert desk.follow_labels() == 1
    desk.refresh()
    assert listed(process, "blocked_devices") == {called(process, "device", "means")}


def test_what_was_dismissed_comes_back_when_it_has_grown_by_a_half(process: DecisionProcess, desk: RingDesk):
    ring_of(process, "a", "b", "c", "d")
    ring = the_ring(desk)
    desk.dismiss(ring, reason="students", by="ann")
    assert desk.page() == []
    apply_for(process, "e", hours=5, device="d1", phone="p1")
    desk.refresh()
    assert desk.page() == []
    apply_for(process, "f", hours=6, device="d1", phone="p1")
    desk.refresh()
    assert the_ring(desk) == ring
    with pytest.raises(NotFound):
        desk.dismiss("ring_" + "0" * 32, reason="students", by="ann")


def test_a_crash_between_writing_down_and_doing_is_made_good_at_the_next_start(
    opened: Callable[[], DecisionProcess], lake: Lake, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
):
    process = opened()
    go_live(process, *EVERYTHING)
    ring_of(process, "a", "b", "c")
    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7))
    ring = the_ring(desk)

    def died(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(process, "change_list", died)
        with pytest.raises(KeyboardInterrupt):
            put(desk, ring)
    process.close()
    again = opened()
    RingDesk(again, lake, clock=clock, entropy=SeededEntropy(8)).finish()
    assert len(listed(again, "ring_members")) == 3
    assert len(listed(again, "blocked_devices")) == 1


def test_a_case_about_a_ring_has_the_decisions_on_its_members_and_there_is_one(
    process: DecisionProcess, lake: Lake, clock: FixedClock
):
    ring_of(process, "a", "b", "c")
    cases = CaseDesk(process, clock=clock, entropy=SeededEntropy(3))

    def open_case(ring_id: str, decisions, at_stake_minor: int | None, by: str) -> str:
        entity = Pseudonym(ring_id.removeprefix("ring_"))
        return cases.open_about("ring", entity, decisions, by=by, at_stake_minor=at_stake_minor)

    desk = RingDesk(process, lake, clock=clock, entropy=SeededEntropy(7), open_case=open_case)
    ring = the_ring(desk)
    case = cases.case(desk.open_case(ring, by="ann"))
    assert (case.entity_kind, case.at_stake_minor) == ("ring", 300_000)
    assert len(case.evidence) == 3
    assert desk.open_case(ring, by="bob") == case.case_id
    # What each decision asked for itself is still its own case, and found by it.
    own = cases.case(case.evidence[0].decision_id)
    assert own.entity_kind == "person"


def test_entries_of_a_ring_end_by_themselves(process: DecisionProcess, desk: RingDesk, clock: FixedClock):
    ring_of(process, "a", "b", "c")
    ring = the_ring(desk)
    action = put(desk, ring)
    clock.advance(91 * DAY)
    story = desk.story(ring)
    made = story.actions[action]
    assert {desk.standing(story, made, entry) for entry in made.listed.entries} == {"expired"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"graph": "peopel"}, "unknown_graph"),
        ({"smallest": 1}, "out_of_range"),
        ({"smalest": 3}, "unknown_key"),
        ({"automatic": "sometimes"}, "value_not_allowed"),
        ({"every": "1s"}, "out_of_range"),
        ({"hot": {"outcomes": ["reviewed"]}}, "value_not_allowed"),
        ({"hot": {"reasons": ["ODD"]}}, "missing_key"),
        ({"hot": {"score": {"model": "nobody", "at_least": 0.2}}}, "unknown_name"),
        ({"lists": {"members": "blocked_devices"}}, "other_entity"),
        ({"lists": {"identifiers": {"device": "blocked_device"}}}, "unknown_name"),
        ({"lists": {"identifiers": {"dvice": "blocked_devices"}}}, "unknown_name"),
        ({"amount": "amount"}, "unknown_name"),
    ],
)
def test_a_definition_that_does_not_hold_together_does_not_go_live(
    process: DecisionProcess, changes: dict[str, object], code: str
):
    from tandem.act.rings import check_rings

    process.check_releases(check_rings)
    wrong = finder(**changes)
    process.push([wrong], author="ann")
    process.review([wrong.digest], approver="bob")
    with pytest.raises(DefinitionError) as refused:
        process.release({wrong.key: wrong.digest}, by="bob")
    assert refused.value.code == code
    assert refused.value.at == "ring/people"
