"""People's work on accounts over HTTP: looked at first, done alone or proposed, agreed to by another, each on record."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from access_house import GOOD, CountingHasher
from http_face import HOST, JSON, Caller, Contract, application, released_process, starter_artefacts
from till_product import loan_of

from tandem.faces.api import create_app, journal_notes
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import DAY, FixedClock, date_to_days
from tandem.prove.access import AccessControl, Permission, Role, SqliteAccessStore

TODAY = date(2026, 3, 2)
CLOCK = FixedClock(date_to_days(TODAY) * DAY + DAY // 2)
LIMITS = {"least_minor": 10_000, "most_minor": 5_000_000}
LIMIT = loan_of(
    "application", kind="revolving", limit_minor=LIMITS, currency="CNY", servicing={"waive_alone_minor": 100}
)
PENALTY = {"act": "waive", "plan": "tv", "penalty_minor": 60}
OFF = {"act": "write_off", "plan": "tv"}


class House:
    """A lender with one account that is late, asked by whoever."""

    def __init__(self, process, access=None):
        self.process = process
        self.call = Caller(create_app(process, access, clock=CLOCK))
        self.contract = Contract(self.call("GET", "/openapi.json").json)
        self.headers = None

    def __call__(self, method, path, body=None, *, query=b"", status=200):
        sent = b"" if body is None else json.dumps(body).encode()
        reply = self.call(method, path, sent, query=query, headers=self.headers)
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def lend(self):
        event = {**application("app-1"), "occurred_at": "2026-03-02T08:00:00Z"}
        decided = self("POST", "/v1/decisions", event)
        account = self("POST", f"/v1/decisions/{decided['decision_id']}/acceptance", {"term": 12, "by": "shop"})[
            "account"
        ]
        self.account = account["account_id"]
        order = {"draw_id": "o-1", "plan": "tv", "amount_minor": 60_000, "term": 3, "by": "shop"}
        self("POST", f"/v1/accounts/{self.account}/draws", order)
        CLOCK.advance(50 * DAY)
        return self

    def act(self, act, *, by="li", act_id="a-1", status=200, **more):
        body = {"act_id": act_id, "act": act, "reason": "goodwill", "by": by, **more}
        return self("POST", f"/v1/accounts/{self.account}/acts", body, status=status)

    def look(self, act, status=200):
        return self("POST", f"/v1/accounts/{self.account}/acts/preview", {"act": act}, status=status)

    def proposed(self, act=OFF, **more):
        return self.act(act, **more)["proposal_id"]

    def settle(self, proposal, verb, *, by="wang", status=200, **more):
        return self("POST", f"/v1/proposals/{proposal}/{verb}", {"by": by, **more}, status=status)

    def agree(self, proposal, *, version=None, **more):
        seen = self("GET", f"/v1/accounts/{self.account}")["version"] if version is None else version
        return self.settle(proposal, "agreement", version=seen, **more)

    def close(self):
        self.call.close()
        self.process.close()
        CLOCK.set(date_to_days(TODAY) * DAY + DAY // 2)


def lender(folder):
    return released_process(folder, [*starter_artefacts(folder), Artefact.of("product", "till", LIMIT)], clock=CLOCK)


@pytest.fixture
def ask(tmp_path):
    house = House(lender(tmp_path)).lend()
    yield house
    house.close()


def test_what_it_would_come_to_is_shown_first_and_nothing_moves(ask):
    before = ask("GET", f"/v1/accounts/{ask.account}")
    effect = ask.look({"act": "reschedule", "plan": "tv", "count": 24, "rate_bps": 300})
    assert (effect["second"], effect["cost_minor"]) == ("reschedules", 0)
    assert effect["before"]["due_minor"] == before["due_minor"] > effect["after"]["due_minor"] == 0
    assert (effect["before"]["instalments"], effect["after"]["instalments"]) == (3, 24)
    assert ask("GET", f"/v1/accounts/{ask.account}") == before


def test_a_small_waiver_is_one_persons_act_and_stands_in_the_history(ask):
    assert ask.look(PENALTY)["second"] is None
    done = ask.act(PENALTY, note="Bank holiday.")
    assert (done["proposed"], done["again"]) == (False, False)
    assert ask.act(PENALTY, note="Bank holiday.")["again"]
    (shown,) = ask("GET", f"/v1/accounts/{ask.account}/acts")["acts"]
    assert (shown["state"], shown["by"], shown["note"], shown["cost_minor"]) == ("done", "li", "Bank holiday.", 60)
    assert (shown["act"], shown["fact_id"], shown["reason"]) == (PENALTY, "a-1", "goodwill")


def test_more_than_the_product_lets_one_person_waive_is_proposed_and_agreed_to(ask):
    ask.act(PENALTY)
    more = {"act": "waive", "plan": "tv", "penalty_minor": 41}
    assert ask.look(more)["second"] == "waives_more"
    before = ask("GET", f"/v1/accounts/{ask.account}")["due_minor"]
    proposal = ask.proposed(more, act_id="a-2")
    assert ask("GET", f"/v1/accounts/{ask.account}")["due_minor"] == before
    (waiting,) = ask("GET", "/v1/proposals")["proposals"]
    assert (waiting["proposal"]["proposal_id"], waiting["effect"]["cost_minor"], waiting["fails"]) == (
        proposal,
        41,
        None,
    )
    done = ask.agree(proposal, note="Fine.")
    assert done["account"]["due_minor"] == before - 41
    assert ask("GET", "/v1/proposals")["proposals"] == []
    agreed = ask("GET", f"/v1/proposals/{proposal}")["proposal"]
    assert (agreed["by"], agreed["settled_by"], agreed["settled_note"], agreed["state"]) == (
        "li", "wang", "Fine.", "agreed",
    )  # fmt: skip


def test_what_happened_says_how_much_a_waiver_and_a_write_off_gave_up(ask):
    def amounts():
        (plan,) = ask("GET", f"/v1/accounts/{ask.account}")["plans"]
        return {one["id"]: (one["what"], one["amount_minor"]) for one in plan["facts"]}

    ask.act(PENALTY)
    cost = ask.look({"act": "waive", "plan": "tv", "rest": True})["cost_minor"]
    ask.agree(ask.proposed({"act": "waive", "plan": "tv", "rest": True}, act_id="a-2"))
    assert amounts() == {"a-1": ("waived", 60), "a-2": ("waived", cost)}
    back = ask.proposed({"act": "reverse", "plan": "tv", "fact_id": "a-2"}, act_id="a-3", by="mei")
    ask.agree(back, by="li")
    ask.agree(ask.proposed(OFF, act_id="a-4"))
    assert amounts() == {"a-1": ("waived", 60), "a-4": ("written_off", cost)}


def test_what_is_written_off_and_taken_back_took_four_people(ask):
    ask.agree(ask.proposed())
    assert ask("GET", f"/v1/accounts/{ask.account}")["state"] == "written_off"
    back = ask.proposed(
        {"act": "reverse", "plan": "tv", "fact_id": "a-1"}, act_id="a-2", by="mei", reason="our_mistake"
    )
    assert ask.agree(back, by="li")["account"]["state"] == "open"
    assert [one["act"]["act"] for one in ask("GET", f"/v1/accounts/{ask.account}/acts")["acts"]] == [
        "reverse", "write_off",
    ]  # fmt: skip
    assert sum(ask("GET", "/v1/ledger")["books"][0]["balances_minor"].values()) == 0


def test_after_a_new_schedule_the_account_shows_that_one_and_since_when(ask):
    ask.agree(ask.proposed({"act": "reschedule", "plan": "tv", "count": 24, "rate_bps": 300}))
    (plan,) = ask("GET", f"/v1/accounts/{ask.account}")["plans"]
    assert (plan["instalments"], plan["rate_bps"], len(plan["lines"])) == (24, 300, 24)
    assert plan["rescheduled_on"] == (TODAY + timedelta(days=50)).isoformat()
    taken_back = {"act": "reverse", "plan": "tv", "fact_id": "a-1"}
    ask.agree(ask.proposed(taken_back, act_id="a-2"))
    (plan,) = ask("GET", f"/v1/accounts/{ask.account}")["plans"]
    assert (plan["instalments"], plan["rescheduled_on"]) == (3, None)


def test_a_limit_is_lowered_by_one_person_and_raised_by_two(ask):
    limit = ask("GET", f"/v1/accounts/{ask.account}")["limit_minor"]
    assert ask.act({"act": "move_limit", "limit_minor": limit - 1})["account"]["limit_minor"] == limit - 1
    assert ask.act({"act": "move_limit", "limit_minor": limit}, act_id="a-2")["proposed"]


def test_an_account_is_frozen_thawed_and_closed(ask):
    frozen = ask.act({"act": "freeze"}, reason="fraud")["account"]
    assert (frozen["state"], frozen["available_minor"]) == ("frozen", 0)
    assert ask.act({"act": "unfreeze"}, act_id="a-2")["account"]["state"] == "open"
    assert ask.act({"act": "close"}, act_id="a-3", status=409)["detail"] == "Something is still open."


@pytest.mark.parametrize(
    ("verb", "by", "version", "status", "code"),
    [
        ("agreement", "li", None, 403, "same_person"),
        ("agreement", "wang", 1, 409, "account_changed"),
        ("refusal", "li", None, 403, "same_person"),
        ("withdrawal", "wang", None, 403, "not_yours"),
    ],
)
def test_who_may_not_settle_is_told_why(ask, verb, by, version, status, code):
    proposal = ask.proposed()
    if verb == "agreement":
        told = ask.agree(proposal, by=by, version=version, status=status)
    else:
        told = ask.settle(proposal, verb, by=by, status=status)
    assert (told["code"], bool(told["hint"])) == (code, True)
    assert ask("GET", "/v1/proposals")["total"] == 1


def test_what_was_settled_stays_so(ask):
    proposal = ask.proposed()
    ask.settle(proposal, "refusal", note="One more month first.")
    for verb, by in (("withdrawal", "li"), ("refusal", "mei")):
        assert ask.settle(proposal, verb, by=by, status=409)["code"] == "settled"
    assert ask.agree(proposal, by="mei", status=409)["code"] == "settled"
    assert ask("GET", "/v1/proposals", query=b"state=all")["proposals"][0]["proposal"]["state"] == "declined"


def test_a_proposal_that_does_not_hold_any_more_says_so_in_the_list_and_when_it_is_agreed_to(ask):
    proposal = ask.proposed()
    owed = ask("GET", f"/v1/accounts/{ask.account}")["plans"][0]["owed"]["payoff_minor"]
    paid = {"payment_id": "bank-1", "plan": "tv", "amount_minor": owed, "early": True, "by": "bank"}
    ask("POST", f"/v1/accounts/{ask.account}/payments", paid)
    (waiting,) = ask("GET", "/v1/proposals")["proposals"]
    assert (waiting["effect"], waiting["fails"]["code"]) == (None, "not_owed")
    assert ask.agree(proposal, status=422)["code"] == "not_owed"


@pytest.mark.parametrize(
    ("act", "more", "status", "code"),
    [
        ({"act": "waive", "plan": "tv"}, {}, 409, "not_allowed"),
        ({"act": "waive", "plan": "car", "fee_minor": 1}, {}, 404, "unknown_plan"),
        ({"act": "waive", "plan": "tv", "fee_minor": 10**9}, {}, 422, "not_owed"),
        ({"act": "burn"}, {}, 422, "wrong_shape"),
        ({"act": "freeze", "plan": "tv"}, {}, 422, "wrong_shape"),
        ({"act": "freeze"}, {"reason": "because"}, 422, "wrong_shape"),
        ({"act": "freeze"}, {"reason": "other"}, 422, "empty_note"),
        ({"act": "reverse", "plan": "tv", "fact_id": "none"}, {}, 404, "unknown_fact"),
    ],
)
def test_what_cannot_be_done_is_said(ask, act, more, status, code):
    assert ask.act(act, status=status, **more)["code"] == code


def test_a_key_of_an_act_is_for_one_act(ask):
    ask.act(PENALTY)
    assert ask.act({"act": "freeze"}, status=409)["code"] == "key_reused"


def test_no_account_and_no_proposal_of_this_id(ask):
    assert ask("GET", "/v1/accounts/acc_0/acts", status=404)["code"] == "unknown_account"
    assert ask("GET", "/v1/proposals/prp_0", status=404)["code"] == "unknown_proposal"
    assert ask.settle("prp_0", "refusal", status=404)["code"] == "unknown_proposal"


def test_a_bank_does_not_take_back_what_a_person_did(ask):
    ask.act(PENALTY)
    body = {"reversal_id": "bank-2", "plan": "tv", "reversed_id": "a-1", "by": "bank"}
    assert ask("POST", f"/v1/accounts/{ask.account}/reversals", body, status=409)["code"] == "needs_second"


def test_servicers_do_it_viewers_look_without_the_notes_and_no_key_carries_it(tmp_path):
    process = lender(tmp_path)
    house = House(process).lend()
    access = AccessControl(
        SqliteAccessStore(None), "lender", clock=CLOCK, entropy=SeededEntropy(3), tell=journal_notes(process),
        hasher=CountingHasher(),
    )  # fmt: skip
    root = access.welcome(access.first_link() or "", GOOD, name="root").principal
    people = {}
    for name, role in (("li", Role.SERVICER), ("wang", Role.SERVICER), ("vi", Role.VIEWER)):
        _, token = access.add_person(name, name, [role], by=root)
        signed = access.welcome(token, GOOD)
        cookie = (b"cookie", f"{access.cookie}={signed.token}".encode())
        people[name] = [HOST, JSON, cookie, (b"x-tandem-csrf", signed.csrf.encode())]
    asked, asked.account = House(process, access), house.account
    try:
        asked.headers = people["li"]
        proposal = asked.proposed(OFF, by="wang", note="Gone abroad.")  # a page speaks for who signed in
        assert asked.agree(proposal, status=403)["code"] == "same_person"
        asked.headers = people["vi"]
        assert asked.look(OFF, status=403)["code"] == "not_permitted"
        assert asked.agree(proposal, status=403)["code"] == "not_permitted"
        assert asked("GET", "/v1/proposals")["proposals"][0]["proposal"]["note"] is None
        asked.headers = people["wang"]
        assert asked("GET", "/v1/proposals")["proposals"][0]["proposal"]["note"] == "Gone abroad."
        assert asked.agree(proposal)["account"]["state"] == "written_off"
        with pytest.raises(Exception, match="scope"):
            access.make_key("core", [Permission.SERVICE_ACCOUNTS], by=root)
    finally:
        asked.call.close()
        access.close()
        house.close()
