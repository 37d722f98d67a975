"""A list is changed with open eyes: whom would it meet, which rows are bad, what happened to an entry before."""

from __future__ import annotations

import pytest
from http_face import Caller, application, starter_process

from tandem.faces.api import create_app
from tandem.faces.api.pasted import PASTED_ROWS_MAX, read_pasted
from tandem.kernel.errors import InvalidInput, TooLarge

LIST = "/v1/lists/blocked_devices"


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    one = starter_process(tmp_path_factory.mktemp("lists"))
    for number in range(6):
        one.decide_now(application(f"old-{number}", device=f"d-{number % 2}", age=16 if number == 0 else 34))
    yield one
    one.close()


@pytest.fixture(scope="module")
def call(process):
    caller = Caller(create_app(process))
    yield caller
    caller.close()


@pytest.fixture
def bulk(call):
    def ask(text: str, **asked):
        body = {"text": text, "reason": "seen in a ring", "source": "test", **asked}
        return call("POST", f"{LIST}/bulk", body)

    return ask


def entry(identifier: str, **more: str) -> dict[str, str]:
    return {"identifier": identifier, "reason": "seen", "source": "test", **more}


def test_a_preview_says_whom_the_change_would_have_met_and_changes_nothing(call, process):
    before = process.state.seq
    told = call("POST", f"{LIST}/preview", {"add": [entry("d-0"), entry("d-1"), entry("d-never")]}).json
    assert (told["added"], told["renewed"], told["removed"], told["absent"]) == (3, 0, 0, 0)
    hits = told["hits"]
    assert (hits["looked_at"], hits["decisions"], hits["members"]) == (6, 6, 2)
    assert hits["outcomes"] == {"approve": 5, "decline": 1}
    assert [one["decisions"] for one in hits["most"]] == [3, 3]
    assert hits["examples"][0]["event_id"] == "old-5"
    assert process.state.seq == before


def test_a_preview_looks_back_as_far_as_asked(call):
    told = call("POST", f"{LIST}/preview", {"add": [entry("d-0")], "look_back": 2}).json
    assert (told["hits"]["looked_at"], told["hits"]["decisions"]) == (2, 1)


def test_a_preview_refuses_what_the_change_would_refuse(call):
    for body in ({}, {"add": [{"identifier": "d-0"}]}, {"add": [entry("d-0", expires_at="2001-01-01T00:00:00Z")]}):
        assert call("POST", f"{LIST}/preview", body).status == 422
    assert call("POST", "/v1/lists/no_such/preview", {"add": [entry("d-0")]}).code == "unknown_list"


def test_pasted_rows_are_looked_at_before_they_are_applied(bulk, call):
    text = "d-10\nd-11,in two rings\n\nd-10\n"
    told = bulk(text).json
    assert (told["rows"], told["accepted"], told["repeated"], told["rejected"]) == (3, 3, 1, [])
    assert (told["preview"]["added"], told["changed"]) == (2, None)
    done = bulk(text, apply=True, change_id="bulk-1", expires_after="30d").json
    assert done["changed"]["added"] == 2
    entries = call("GET", f"{LIST}/entries", query=b"search=in+two").json
    assert [one["reason"] for one in entries["entries"]] == ["in two rings"]
    assert entries["entries"][0]["expires_at"] is not None
    again = bulk(text, apply=True, change_id="bulk-1", expires_after="30d").json
    assert again["changed"]["duplicate"] is True


def test_one_bad_row_keeps_all_of_them_out_and_is_named_by_its_line(bulk, process):
    text = "identifier,reason,expires_at\nd-20,seen,\nd-21,seen,2001-01-01T00:00:00Z\n,nobody,\n"
    before = process.state.seq
    refused = bulk(text, apply=True, change_id="bulk-2")
    assert (refused.status, refused.code) == (422, "rows_rejected")
    assert [fault["field"] for fault in refused.json["errors"]] == ["line 3: expires_at", "line 4: identifier"]
    assert process.state.seq == before
    done = bulk(text, apply=True, change_id="bulk-2", skip_rejected=True).json
    assert (done["changed"]["added"], [one["line"] for one in done["rejected"]]) == (1, [3, 4])


def test_rows_can_take_members_off_by_identifier_or_pseudonym(bulk, call):
    bulk("d-30\nd-31\n", apply=True, change_id="bulk-3")
    member = call("POST", f"{LIST}/lookup", {"identifier": "d-30"}).json["member"]
    told = bulk(f"{member}\nd-31\nd-32\n", action="remove").json
    assert (told["preview"]["removed"], told["preview"]["absent"]) == (2, 1)
    done = bulk(f"{member}\nd-31\n", action="remove", apply=True, change_id="bulk-4").json
    assert done["changed"]["removed"] == 2
    assert call("POST", f"{LIST}/lookup", {"identifier": "d-30"}).json["entry"] is None


def test_a_change_without_an_id_is_not_applied(bulk):
    refused = bulk("d-40", apply=True)
    assert (refused.code, refused.json["field"]) == ("missing_field", "change_id")


def test_the_history_of_an_entry_says_who_did_what_when_and_why(call, bulk):
    bulk("d-50", apply=True, change_id="h-1", by="ann")
    bulk("d-50", apply=True, change_id="h-2", by="bob", reason="seen again")
    bulk("d-50", apply=True, change_id="h-3", by="eve", action="remove")
    detail = call("POST", f"{LIST}/lookup", {"identifier": "d-50"}).json
    assert detail["entry"] is None
    told = [(one["by"], one["what"], one["reason"]) for one in detail["history"]]
    assert told == [
        ("ann", "added", "seen in a ring"),
        ("bob", "renewed", "seen again"),
        ("eve", "removed", None),
    ]
    same = call("GET", f"{LIST}/entries/{detail['member']}").json
    assert same == detail
    changes = call("GET", f"{LIST}/changes", query=b"limit=3").json
    assert [(one["change_id"], one["add"], one["remove"]) for one in changes["changes"]] == [
        ("h-3", 0, 1),
        ("h-2", 1, 0),
        ("h-1", 1, 0),
    ]
    older = call("GET", f"{LIST}/changes", query=f"before={changes['next_before']}".encode()).json
    assert all(one["seq"] < changes["next_before"] for one in older["changes"])


def test_entries_can_be_chosen_and_ordered(call, bulk):
    bulk("d-60", apply=True, change_id="o-1", expires_after="3d")
    bulk("d-61", apply=True, change_id="o-2", expires_after="300d")
    newest = call("GET", f"{LIST}/entries", query=b"order=newest&limit=1").json
    assert newest["total"] > 1
    assert newest["next_after"] == 1
    soon = call("GET", f"{LIST}/entries", query=b"state=expiring").json["entries"]
    assert len(soon) == 1
    by_expiry = call("GET", f"{LIST}/entries", query=b"order=expiry").json["entries"]
    assert by_expiry[0] == soon[0]
    assert call("GET", f"{LIST}/entries", query=b"state=expired").json["entries"] == []
    member = soon[0]["member"]
    assert call("GET", f"{LIST}/entries", query=f"search={member[:8]}".encode()).json["total"] == 1
    assert call("GET", f"{LIST}/entries", query=b"order=up").code == "invalid_parameter"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\nb", [(1, {"identifier": "a"}), (2, {"identifier": "b"})]),
        ("a\tseen in\tme\n", [(1, {"identifier": "a", "reason": "seen in", "source": "me"})]),
        ("a;seen, twice\n", [(1, {"identifier": "a", "reason": "seen, twice"})]),
        ('\ufeffIdentifier,Reason\r\n"a,b",why\r\n', [(2, {"identifier": "a,b", "reason": "why"})]),
        ("\n\n a \n", [(3, {"identifier": "a"})]),
    ],
)
def test_pasted_text_is_read_as_people_paste_it(text, rows):
    assert read_pasted(text) == rows


@pytest.mark.parametrize("text", ["", " \n\t\n", "identifier,colour\na,red", "a,b,c,d,e,f\n"])
def test_text_that_is_no_table_is_refused(text):
    with pytest.raises(InvalidInput):
        read_pasted(text)


def test_too_many_rows_are_refused():
    with pytest.raises(TooLarge):
        read_pasted("a\n" * (PASTED_ROWS_MAX + 1))


def test_every_answer_is_declared(call, contract):
    asked = [
        ("POST", f"{LIST}/preview", {"add": [entry("d-0")]}),
        ("POST", f"{LIST}/preview", {"add": [entry("")]}),
        ("POST", f"{LIST}/bulk", {"text": "a", "reason": "r", "source": "s"}),
        ("POST", f"{LIST}/bulk", {"text": "a"}),
        ("POST", f"{LIST}/bulk", {"text": "\n"}),
        ("POST", f"{LIST}/bulk", {"text": "identifier,colour\na,b"}),
        ("POST", f"{LIST}/bulk", {"text": "a", "apply": True}),
        ("POST", f"{LIST}/bulk", {"text": "a\n" * 10_001}),
        ("POST", f"{LIST}/bulk", {"text": "a", "action": "burn"}),
        ("POST", "/v1/lists/no_such/bulk", {"text": "a"}),
        ("POST", "/v1/lists/no_such/lookup", {"identifier": "a"}),
        ("POST", f"{LIST}/lookup", {"identifier": " "}),
        ("GET", f"{LIST}/entries/{'0' * 32}", b""),
        ("GET", f"{LIST}/entries/zzz", b""),
        ("GET", f"{LIST}/changes", b""),
        ("GET", "/v1/lists/no_such/changes", b""),
        ("GET", "/v1/propagation", b""),
    ]
    for method, path, body in asked:
        contract.judge(method, path, call(method, path, body))
