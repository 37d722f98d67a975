"""What is durable reaches every subscriber: in order, at least once, through failures and restarts."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest
from small_workspace import go_live, policy

from tandem.act.webhooks import Change, Wanted
from tandem.act.webhooks.feeding import feed
from tandem.act.webhooks.types import WAITING_MAX
from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.time import DAY, HOUR, SECOND

URL = "https://partner.example/hooks"
DECISIONS = Wanted(kinds=("decision.made",))


def test_a_decision_is_told_with_ids_outcome_reasons_and_pseudonyms_only(desk):
    desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.decide(1, person="Zhang San 13800138000", age=16)
    desk.deliver()
    ((url, headers, body),) = desk.receiver.got
    told = json.loads(body)
    assert url == URL
    assert told["type"] == "decision.made"
    assert told["data"]["outcome"] == "decline"
    assert told["data"]["reasons"] == [{"code": "TOO_YOUNG", "en": "a reason", "zh": "原因"}]
    assert set(told["data"]["entities"]) == {"person", "device"}
    assert b"Zhang" not in body
    assert b"13800138000" not in body
    assert headers["content-type"] == "application/json"


def test_a_subscriber_hears_only_of_what_happens_after_it_was_made_and_of_what_it_wants(desk):
    desk.decide(1)
    desk.webhooks.create(URL, Wanted(kinds=("decision.made",), outcomes=("decline",)), owner="ann")
    desk.webhooks.create(URL + "/other", Wanted(kinds=("decision.made",), policies=("nobody",)), owner="ann")
    desk.decide(2, device="d2")
    desk.decide(3, device="d3", age=16)
    desk.deliver()
    assert desk.receiver.events == ["app-3"]


def test_lists_and_releases_are_told_too(desk):
    desk.webhooks.create(URL, Wanted(kinds=("list.changed", "release.changed")), owner="ann")
    entry = {"identifier": "d9", "reason": "seen in fraud by Li Si", "source": "test"}
    desk.process.change_list("blocked_devices", {"change_id": "c-1", "add": [entry]}, by="bob")
    go_live(desk.process, policy(9))
    desk.process.roll_back(by="bob")
    desk.deliver()
    told = [json.loads(body) for _, _, body in desk.receiver.got]
    assert [one["type"] for one in told] == ["list.changed", "release.changed", "release.changed"]
    assert (told[0]["data"]["list"], told[0]["data"]["added"]) == ("blocked_devices", 1)
    assert [one["data"]["rolled_back"] for one in told[1:]] == [False, True]
    assert b"Li Si" not in desk.receiver.got[0][2]


def test_each_subscriber_is_served_in_order_while_another_fails(desk):
    desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.decide(*range(1, 30))
    desk.deliver()
    assert desk.receiver.events == [f"app-{number}" for number in range(1, 30)]


def test_a_failure_holds_the_next_ones_back_until_the_retry_is_taken(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status = 503
    desk.decide(1, 2)
    desk.deliver()
    assert desk.receiver.events == ["app-1"], "not again before its time, and nothing overtakes it"
    desk.clock.advance(7 * SECOND)
    desk.receiver.status = 204
    desk.deliver()
    assert desk.receiver.events == ["app-1", "app-1", "app-2"]
    assert desk.receiver.ids[0] == desk.receiver.ids[1] != desk.receiver.ids[2]
    assert desk.webhooks.counts(made.id) == {"delivered": 2}
    assert desk.webhooks.find(made.id).failures == 0


def test_the_receivers_retry_after_is_kept_to(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status, desk.receiver.retry_after_s = 429, 600
    desk.decide(1)
    desk.deliver()
    assert desk.webhooks.find(made.id).due_at == desk.clock.now() + 600 * SECOND


@pytest.mark.parametrize("status", [300, 301, 307, 400, 500])
def test_only_2xx_is_taken_and_no_redirect_is_followed(desk, status):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status = status
    desk.decide(1)
    desk.deliver()
    (delivery,) = desk.webhooks.deliveries(made.id, limit=10)
    assert (delivery.state, delivery.status) == ("waiting", status)
    assert delivery.error == ("redirect" if status < 400 else "status")


def test_after_a_day_of_failure_a_message_is_a_dead_letter_and_can_be_sent_again(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.failure = "connection"
    desk.decide(1)
    for _ in range(80):
        desk.deliver(rounds=1)
        desk.clock.advance(HOUR // 2)
    desk.decide(2)
    assert desk.webhooks.counts(made.id) == {"dead": 1}
    (dead,) = desk.webhooks.deliveries(made.id, limit=10, state="dead")
    assert dead.error == "connection"
    assert 20 < dead.attempts < 50
    desk.receiver.failure = None
    desk.receiver.got.clear()
    desk.webhooks.start()
    again = desk.webhooks.send_again(made.id, dead.id)
    assert (again.state, again.attempts) == ("delivered", dead.attempts + 1)
    desk.webhooks.courier.stop()
    assert dead.id in desk.receiver.ids


def test_a_dead_letter_that_fails_again_stays_dead_and_what_waits_cannot_jump_the_queue(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status = 500
    desk.decide(1)
    desk.deliver()
    (waiting,) = desk.webhooks.deliveries(made.id, limit=1)
    with pytest.raises(Conflict, match="waits for its turn"):
        desk.webhooks.send_again(made.id, waiting.id)
    desk.clock.advance(DAY + HOUR)
    desk.deliver()
    desk.webhooks.start()
    assert desk.webhooks.send_again(made.id, waiting.id).state == "dead"
    desk.webhooks.courier.stop()


def test_after_many_failures_a_subscription_pauses_and_goes_on_where_it_was(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status = 500
    desk.decide(*range(1, 200), device="d1")
    for _ in range(130):
        desk.deliver(rounds=1)
        desk.clock.advance(2 * HOUR)
    paused = desk.webhooks.find(made.id)
    assert (paused.paused, paused.failures) == ("failures", 100)
    told = len(desk.receiver.got)
    assert told == 100
    first_waiting = desk.outbox.following(made.id)
    desk.receiver.status = 200
    desk.deliver()
    assert len(desk.receiver.got) == told, "a paused one is left alone"
    desk.webhooks.change(made.id, Change(enabled=True))
    desk.deliver()
    assert desk.receiver.ids[told] == first_waiting.id
    assert desk.receiver.events[-1] == "app-199"
    assert desk.webhooks.counts(made.id).get("waiting") is None


def test_gone_pauses_at_once(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status = 410
    desk.decide(1)
    desk.deliver()
    assert desk.webhooks.find(made.id).paused == "gone"


def test_a_disabled_one_keeps_its_place_or_skips_what_waits(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.webhooks.change(made.id, Change(enabled=False))
    desk.decide(1)
    desk.deliver()
    assert desk.receiver.got == []
    desk.webhooks.change(made.id, Change(enabled=True))
    desk.deliver()
    assert desk.receiver.events == ["app-1"]
    desk.webhooks.change(made.id, Change(enabled=False))
    desk.decide(2)
    desk.webhooks.change(made.id, Change(enabled=True, skip_waiting=True))
    desk.decide(3)
    desk.deliver()
    assert desk.receiver.events == ["app-1", "app-3"]


def test_the_outbox_holds_a_few_hundred_and_the_journal_the_rest(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.receiver.status = 500
    desk.decide(*range(1, WAITING_MAX + 60))
    desk.deliver(rounds=3)
    assert desk.webhooks.counts(made.id) == {"waiting": WAITING_MAX}
    desk.receiver.status = 200
    desk.clock.advance(HOUR)
    desk.receiver.got.clear()
    desk.deliver()
    assert desk.receiver.events == [f"app-{number}" for number in range(1, WAITING_MAX + 60)]


def test_nothing_is_lost_and_ids_stay_through_restarts_at_any_step(desk):
    desk.webhooks.create(URL, DECISIONS, owner="ann")
    for number in range(1, 40):
        desk.decide(number)
        step = number % 4
        if step == 1:  # decided, not fed
            desk.restart()
        elif step == 2:  # fed in part, not sent
            feed(desk.process.journal, desk.outbox, stride=1)
            desk.restart(keep_process=True)
        elif step == 3:  # sent
            desk.deliver(rounds=1)
            desk.restart()
    desk.deliver()
    assert desk.receiver.events == [f"app-{number}" for number in range(1, 40)]
    assert len(set(desk.receiver.ids)) == 39


def test_an_outbox_from_before_a_crash_repeats_messages_under_the_same_ids(desk, tmp_path):
    """A power cut may take the outbox back to an older state; what was sent since is sent again, and nothing is left out."""
    desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.decide(1, 2, 3)
    desk.deliver()
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as copy:
        desk.outbox._db.backup(copy)
    copy.close()
    desk.decide(4, 5)
    desk.deliver()
    desk.outbox.close()
    for stale in tmp_path.glob("webhooks.db-*"):
        stale.unlink()
    shutil.copy(old, tmp_path / "webhooks.db")
    desk.restart()
    desk.decide(6)
    desk.deliver()
    assert desk.receiver.events == [f"app-{number}" for number in (1, 2, 3, 4, 5, 4, 5, 6)]
    assert desk.receiver.ids[3:5] == desk.receiver.ids[5:7]


def test_old_deliveries_are_forgotten_and_dead_letters_later(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.decide(1)
    desk.deliver()
    desk.clock.advance(8 * DAY)
    desk.deliver()
    assert desk.webhooks.counts(made.id) == {}


def test_deliveries_are_paged_and_filtered(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.decide(*range(1, 6))
    desk.deliver()
    first = desk.webhooks.deliveries(made.id, limit=3)
    second = desk.webhooks.deliveries(made.id, limit=3, before=first[-1].number)
    assert [one.seq for one in first + second] == sorted((one.seq for one in first + second), reverse=True)
    assert len(second) == 2
    assert desk.webhooks.deliveries(made.id, limit=3, state="dead") == []
    with pytest.raises(NotFound):
        desk.webhooks.deliveries("whk_none", limit=1)


def test_a_deleted_one_takes_its_messages_along(desk):
    made, _ = desk.webhooks.create(URL, DECISIONS, owner="ann")
    desk.decide(1)
    desk.deliver()
    desk.webhooks.delete(made.id)
    assert desk.webhooks.all() == []
    with pytest.raises(NotFound):
        desk.webhooks.find(made.id)
    desk.decide(2)
    desk.deliver()
    assert len(desk.receiver.got) == 1
