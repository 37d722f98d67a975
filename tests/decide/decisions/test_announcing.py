"""Who watches hears of every change once it is durable and in force, in the order of the journal."""

from __future__ import annotations

import json
import threading
import time

from small_workspace import BLOCKED, REASONS, application, go_live, policy

from tandem.decide.decisions.announcing import Announcements, Changed
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import Micros


def change(seq: int) -> Changed:
    return Changed(kind="list", name=f"list_{seq}", seq=seq, asked_at=Micros(0))


def entry(number: int) -> dict[str, list[dict[str, str]]]:
    return {"add": [{"identifier": f"d{number}", "reason": "seen", "source": "test"}]}


def test_nothing_is_told_before_it_is_durable():
    told: list[int] = []
    announcements = Announcements()
    announcements.watch(lambda one: told.append(one.seq))
    for seq in (1, 2, 3):
        announcements.expect(change(seq))
    announcements.durable(2)
    assert told == [1, 2]
    announcements.forget()
    announcements.durable(3)
    assert told == [1, 2]


def test_a_watcher_can_stop():
    told: list[int] = []
    announcements = Announcements()
    stop = announcements.watch(lambda one: told.append(one.seq))
    stop()
    announcements.expect(change(1))
    announcements.durable(1)
    assert told == []


def test_pushes_reviews_releases_and_list_changes_are_told_when_they_are_in_force(process):
    told: list[tuple[str, str]] = []

    def watch(one: Changed) -> None:
        assert one.seq <= process.journal.head.seq, "durable"
        if one.kind == "release":
            assert process.live.digest == one.name, "in force"
        if one.kind == "list":
            assert len(process.state.lists.entries(one.name)) == 1, "in force"
        told.append((one.kind, one.name))

    process.watch_changes(watch)
    first = process.live.digest
    process.change_list(BLOCKED.name, entry(1), by="ann")
    second = go_live(process, policy(limit=1))
    process.push([policy(limit=2)], author="ann")
    process.decline([policy(limit=2).digest], by="bob", reason="too lax")
    process.roll_back(by="ann", to=first)
    assert told == [
        ("list", "blocked_devices"),
        ("artefact", "policy/application"),
        ("artefact", "policy/application"),
        ("release", second),
        ("artefact", "policy/application"),
        ("artefact", "policy/application"),
        ("release", first),
    ]


def test_changes_from_many_threads_are_told_in_the_order_of_the_journal(process):
    told: list[int] = []
    process.watch_changes(lambda one: told.append(one.seq))
    threads = [
        threading.Thread(target=process.change_list, args=(BLOCKED.name, entry(number)), kwargs={"by": "ann"})
        for number in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 40
    assert told == sorted(told)


def worded(text: str) -> Artefact:
    words = {audience: {"en": text, "zh-CN": text} for audience in ("customer", "internal")}
    return Artefact.of("reasons", "words", {"reasons": dict.fromkeys(REASONS.body["reasons"], words)})


def test_no_decision_sees_half_a_release(process):
    """Two releases differ in their policy and in the words for reasons; every answer holds to the one it names."""
    body = policy(limit=1_000_000).body
    rules = [{**body["flow"][1]["all"][0], "when": "age < 99"}, body["flow"][1]["all"][1]]
    other = Artefact.of(
        "policy", "application", {**body, "flow": [body["flow"][0], {**body["flow"][1], "all": rules}, body["flow"][2]]}
    )
    first = go_live(process, policy(limit=0), worded("of the first"))
    second = go_live(process, other, worded("of the second"))
    expected = {first: ("MASS_APPLICATION", "of the first"), second: ("TOO_YOUNG", "of the second")}
    stop = threading.Event()
    seen: list[tuple[str, tuple[str, str]]] = []

    def ask(thread: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            asked = application(thread * 100_000 + number, at=number, device=f"d{thread}")
            answer = json.loads(process.decide_now(asked).body)
            (reason,) = answer["reasons"]
            seen.append((answer["release"], (reason["code"], reason["en"])))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for turn in range(10):
        release, before = (first, second)[turn % 2], len(seen)
        process.roll_back(by="ann", to=release)
        until = time.monotonic() + 30
        while all(one != release for one, _ in seen[before:]) and time.monotonic() < until:
            time.sleep(0.001)  # on a busy machine ten turns are over before anybody asked
    stop.set()
    for thread in threads:
        thread.join()
    assert {release for release, _ in seen} == {first, second}
    assert all(found == expected[release] for release, found in seen)
