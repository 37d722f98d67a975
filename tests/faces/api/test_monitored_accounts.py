"""Grade and flags over HTTP: the lender's own people see them on the account, and warnings carry the flag."""

from __future__ import annotations

import json

import pytest
from http_face import Caller, Contract, released_process
from monitored_accounts import PRODUCT, SERVING, opened_for, purchase
from small_workspace import START
from warned_workspace import ENDED, RULES, STATEMENT

from tandem.act.lending import LendingDesk
from tandem.act.products import Shelf
from tandem.faces.api import create_app
from tandem.faces.api.shapes.accounts import AccountDetail
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, FixedClock, Micros

CLOCK = FixedClock(Micros(START + DAY))
MISUSE = {
    "warning": "misuse", "title": {"en": "Misuse of funds", "zh-CN": "资金挪用"}, "about": "person",
    "when": {"policies": ["purchase"], "flags": ["cash_out"]}, "severity": "medium", "by_flag": {"cash_out": "high"},
    "owner": "early", "due_after": "1d", "horizon": "90d", "cool_down": "60d", "action": "limit_freeze",
}  # fmt: skip


@pytest.fixture
def ask(tmp_path):
    rules = Artefact.of("warning_rules", "people", {**RULES, "warnings": [MISUSE], "label": None})
    product = Artefact.of("product", "till_limit", PRODUCT)
    process = released_process(tmp_path, [*SERVING, STATEMENT, ENDED, product, rules], clock=CLOCK)
    opened_for(process, CLOCK, "a", "b")
    process.decide_now(purchase("a", 5, risk=30))
    process.decide_now(purchase("a", 6, risk=60, cash=True, name="bought"))
    LendingDesk(process, Shelf(process, CLOCK), clock=CLOCK).monitoring.follow()
    caller = Caller(create_app(process, clock=CLOCK))
    contract = Contract(caller("GET", "/openapi.json").json)

    def asked(method, path, body=None, *, query=b"", status=200):
        reply = caller(method, path, b"" if body is None else json.dumps(body).encode(), query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    yield asked
    caller.close()
    process.close()


def test_an_account_says_its_grade_the_one_before_its_flags_since_when_and_by_which_decision(ask):
    standing = ask("GET", "/v1/accounts/acc_a")["standing"]
    decided = ask("GET", "/v1/decisions/bought")["answer"]["decision_id"]
    assert standing == {
        "grade": "weak", "before": "watch", "flags": ["cash_out"], "since": "2026-11-01T00:06:00Z",
        "decision_id": decided, "policy": "purchase",
    }  # fmt: skip
    assert ask("GET", "/v1/accounts/acc_b")["standing"] is None


def test_what_customers_get_of_their_account_has_no_place_for_it():
    assert "standing" not in AccountDetail.__struct_fields__


def test_a_warning_carries_its_flag_and_the_proposal_that_it_begins_waits_for_a_person(ask):
    (one,) = ask("GET", "/v1/warnings")["warnings"]
    assert (one["severity"], one["flags"], one["grades"]) == ("high", ["cash_out"], ["weak"])
    found = ask("GET", f"/v1/warnings/{one['warning_id']}")
    (proposed,) = ask("GET", "/v1/proposals")["proposals"]
    assert found["pursued"] == {"limit_freeze": proposed["proposal"]["proposal_id"]}
    assert (proposed["proposal"]["by"], proposed["effect"]["after"]["state"]) == ("tandem", "frozen")
    agreed = ask(
        "POST", f"/v1/proposals/{proposed['proposal']['proposal_id']}/agreement",
        {"version": proposed["effect"]["version"], "by": "wang"},
    )  # fmt: skip
    assert agreed["account"]["state"] == "frozen"
