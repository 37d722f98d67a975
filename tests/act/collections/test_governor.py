"""The one door: two workers cannot both make the fourth call, a permit is good once, and nothing else opens a channel."""

from __future__ import annotations

import ast
import re
import threading
from pathlib import Path

import pytest

import tandem
from tandem.act.collections import Blocked, Permit, Wanted
from tandem.kernel.errors import Conflict, Refused
from tandem.kernel.time import DAY, HOUR, MINUTE

SOURCE = Path(tandem.__file__).parent
ROOM = SOURCE / "act" / "collections"


@pytest.fixture
def late(house):
    account = house.customer()
    house.points = house.reachable(account)
    house.at("2026-12-03T10:00:00+08:00")
    house.desk.tend()
    return account


def call(house, account, **changes):
    debtor = house.desk.work(account).debtor
    return Wanted(
        **{"debtor": debtor, "account": account, "channel": "call", "point": house.points["phone"], **changes}
    )


def test_of_many_workers_who_want_a_call_at_once_three_get_it(house, late):
    found, ready = [], threading.Barrier(12)

    def work(number):
        ready.wait()
        judged = house.desk.governor.want(call(house, late), key=f"w{number}", by=f"worker-{number}")
        if not isinstance(judged.verdict, Blocked):
            permit = house.desk.governor.release(judged.contact, by=f"worker-{number}")
            if isinstance(permit, Permit):
                found.append(permit)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 3
    assert house.desk.look(lambda files: files.blocked_by["three_talks_a_day"]) == 9


def test_a_contact_that_is_wanted_counts_before_it_leaves(house, late):
    for number in range(3):
        house.desk.governor.want(call(house, late), key=f"w{number}", by="li")
    assert isinstance(house.desk.governor.want(call(house, late), key="w3", by="li").verdict, Blocked)


def test_wanted_again_under_its_key_it_is_the_same_contact_and_another_under_it_is_refused(house, late):
    first = house.desk.governor.want(call(house, late), key="w1", by="li")
    again = house.desk.governor.want(call(house, late), key="w1", by="li")
    assert (again.contact, again.again) == (first.contact, True)
    with pytest.raises(Conflict, match="something else"):
        house.desk.governor.want(call(house, late, step="firm"), key="w1", by="li")


def test_what_was_blocked_stays_blocked_under_its_key(house, late):
    house.people.mark(late, "lawyer", on=True, by="li", key="m1")
    first = house.desk.governor.want(call(house, late), key="w1", by="li")
    house.people.mark(late, "lawyer", on=False, by="li", key="m2")
    again = house.desk.governor.want(call(house, late), key="w1", by="li")
    assert first.verdict.first.rule == again.verdict.first.rule == "lawyer"


def test_a_permit_is_good_once_for_its_channel_and_a_minute(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    permit = house.desk.governor.release(judged.contact, by="li")
    now = house.clock.now()
    with pytest.raises(Refused):
        permit.take("sms", now)
    permit.take("call", now)
    with pytest.raises(Refused):
        permit.take("call", now)
    second = house.desk.governor.release(
        house.desk.governor.want(call(house, late), key="w2", by="li").contact, by="li"
    )
    with pytest.raises(Refused):
        second.take("call", now + MINUTE + 1)


def test_a_contact_leaves_once(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    assert isinstance(house.desk.governor.release(judged.contact, by="li"), Permit)
    with pytest.raises(Conflict):
        house.desk.governor.release(judged.contact, by="li")


def test_what_changed_between_wanting_and_leaving_counts(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    house.people.mark(late, "deceased", on=True, by="li", key="m1")
    found = house.desk.governor.release(judged.contact, by="li")
    assert isinstance(found, Blocked)
    assert found.first.rule == "deceased"
    assert house.desk.look(lambda files: files.contacts[judged.contact].state) == "withdrawn"


def test_what_waited_is_not_sent_once_the_debt_was_paid(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    house.pays(late, house.desk.customer(late).situation.due_minor)
    house.desk.tend()
    found = house.desk.governor.release(judged.contact, by="li")
    assert isinstance(found, Blocked)
    assert found.first.rule == "stale_left"
    assert house.desk.look(lambda files: files.contacts[judged.contact].state) == "withdrawn"


def test_what_waited_is_not_sent_once_the_debtor_promised_and_what_is_wanted_after_that_is(house, late):
    before = house.desk.governor.want(call(house, late), key="w1", by="li")
    house.people.promise(late, 1_000, house.desk.today() + 1, by="li", key="p1")
    found = house.desk.governor.release(before.contact, by="li")
    assert isinstance(found, Blocked)
    assert found.first.rule == "stale_promise"
    after = house.desk.governor.want(call(house, late), key="w2", by="li")
    assert isinstance(house.desk.governor.release(after.contact, by="li"), Permit)


def test_what_waited_is_not_sent_on_another_day_of_the_debtors(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    house.at("2026-12-04T07:59:00+08:00")  # the same day in UTC still: only their own clock says another
    assert house.clock.now() // DAY == house.desk.work(late).contacts[0].at // DAY
    house.at("2026-12-04T09:00:00+08:00")
    found = house.desk.governor.release(judged.contact, by="li")
    assert isinstance(found, Blocked)
    assert found.first.rule == "stale_day"


def test_what_went_out_before_a_crash_is_not_sent_again_once_it_is_stale(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    assert isinstance(house.desk.governor.release(judged.contact, by="li"), Permit)
    assert isinstance(house.desk.governor.renew(judged.contact), Permit)
    house.people.promise(late, 1_000, house.desk.today() + 1, by="li", key="p1")
    found = house.desk.governor.renew(judged.contact)
    assert isinstance(found, Blocked)
    assert found.first.rule == "stale_promise"


def test_what_never_left_has_no_outcome(house, late):
    judged = house.desk.governor.want(call(house, late), key="w1", by="li")
    with pytest.raises(Conflict, match="never left"):
        house.desk.governor.end(judged.contact, "answered", by="li")
    house.clock.advance(HOUR)


def test_nobody_makes_a_permit_by_hand():
    with pytest.raises(TypeError, match="only the governor"):
        Permit(
            object(),
            contact="con_1",
            channel="sms",
            address="+8613800138000",
            language="en",
            subject=None,
            text="x",
            until=0,
        )


def calls_in(path):
    """Every call in a file: by the name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""), node


def modules_calling(name, *, below=SOURCE):
    return {
        path.relative_to(SOURCE).as_posix()
        for path in below.rglob("*.py")
        if any(called == name for called, _ in calls_in(path))
    }


def names_in(path):
    return {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    } | {
        node.module or ""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }


def test_only_the_governor_makes_permits_and_knows_their_seal():
    assert modules_calling("Permit") == {"act/collections/governor.py"}
    knowing = {path for path in ROOM.rglob("*.py") if re.search(r"\b_SEAL\b", path.read_text(encoding="utf-8"))}
    assert knowing == {ROOM / "governor.py"}


def test_only_the_outbox_hands_a_contact_to_a_channel():
    assert modules_calling("hand") == {"act/collections/outgoing.py"}


def test_only_channels_send_and_each_uses_its_permit_first():
    assert modules_calling("send_message") == {"act/collections/channels/email.py"}
    sending = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if "smtplib" in names_in(path)}
    assert sending == {"act/collections/channels/email.py"}
    for name, leaves in (("email.py", "send_message"), ("gateway.py", "_post")):
        order = sorted(
            (node.lineno, called) for called, node in calls_in(ROOM / "channels" / name) if called in {"take", leaves}
        )
        assert [called for _, called in order] == ["take", leaves]


def test_only_the_governor_writes_that_a_contact_was_wanted_or_sent():
    for name in ("ContactWanted", "ContactSent", "ContactBlocked", "ContactEnded"):
        assert modules_calling(name) == {"act/collections/governor.py"}


def test_only_the_governor_opens_a_number():
    assert modules_calling("value_of", below=ROOM) <= {"act/collections/governor.py"}
