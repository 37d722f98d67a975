"""The launch of a product over HTTP: a draft looked at, assessed over history, signed by another person, or refused."""

from __future__ import annotations

import json
import time

import pytest
from http_face import Caller, Contract
from launching_lender import CASH, founded, with_a_past
from till_product import loan_of

from tandem.faces.api import create_app
from tandem.faces.launching import LaunchGate, assessment_runs
from tandem.kernel.artefacts import Artefact

DEFINITION = loan_of("application", cap="law", title={"en": "Quick loan", "zh-CN": "极速贷"}, terms=[6, 12])
PATIENCE_S = 60.0


class House:
    """A lender asked over HTTP, every answer held against the contract."""

    def __init__(self, folder, process):
        self.process = process
        self.runs = assessment_runs(folder / "home", "lender")
        self._call = Caller(create_app(process, assessments=self.runs))
        self._contract = Contract(self._call("GET", "/openapi.json").json)

    def ask(self, method, path, body=None, *, status=200):
        reply = self._call(method, path, b"" if body is None else json.dumps(body).encode())
        self._contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def assessed(self, **asked):
        begun = self.ask(
            "POST", "/v1/assessments", {"name": "quick_loan", "definition": DEFINITION, **asked}, status=202
        )
        path = f"/v1/assessments/{begun['assessment_id']}"
        deadline = time.monotonic() + PATIENCE_S
        while (found := self.ask("GET", path))["run"]["state"] == "running":
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert found["run"]["state"] == "done", found["run"]["error"]
        return found

    def proposed(self, found, *, author="ann"):
        path = f"/v1/assessments/{found['run']['assessment_id']}/proposal"
        return self.ask("POST", path, {"author": author})["artefacts"]

    def released(self, artefacts, *, approver="bob", status=200):
        digests = [one["digest"] for one in artefacts]
        self.ask("POST", "/v1/reviews", {"digests": digests, "approver": approver})
        return self.ask("POST", "/v1/releases", {"digests": digests, "by": approver}, status=status)

    def close(self):
        self.runs.close()
        self._call.close()
        self.process.close()


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lived")
    house = House(folder, with_a_past(founded(folder)))
    yield house
    house.close()


@pytest.fixture(scope="module")
def assessed(lived):
    return lived.assessed(chosen={"groups": ["age >= 60"], "assumptions": {"funding_bps": 300, "opening_minor": 100}})


@pytest.fixture
def fresh(tmp_path):
    house = House(tmp_path, founded(tmp_path))
    yield house
    house.close()


def pushed(house, artefact, *, author="ann"):
    document = {"kind": artefact.kind, "name": artefact.name, "body": artefact.body}
    house.ask("POST", "/v1/artefacts", {"artefacts": [document], "author": author})
    return {"digest": artefact.digest}


# -- drafts


def test_templates_come_in_the_currency_of_the_workspace_and_with_the_cap_that_is_live(lived):
    found = lived.ask("GET", "/v1/products/templates")
    assert [one["template"] for one in found["templates"]] == ["till_instalments", "cash_loan", "merchant_line"]
    assert {one["definition"]["cap"] for one in found["templates"]} == {"law"}
    assert found["event_types"] == ["application"]
    assert found["policies"] == {"application": "application"}


def test_a_draft_is_checked_with_its_price_its_cap_and_its_cash_flows(lived):
    asked = {
        "name": "quick_loan",
        "definition": DEFINITION,
        "quote": {"amount_minor": 120_000, "term": 12},
        "whole": True,
    }
    found = lived.ask("POST", "/v1/products/check", asked)
    assert found["faults"] == []
    assert 3_000 <= found["dearest_bps"] <= found["cap"]["most_bps"] == 3_600
    assert sum(one["principal_minor"] for one in found["quote"]["instalments"]) == 120_000
    assert (found["change"], found["needs_signature"], found["may_waive"], found["nearest"]) == (
        "new",
        True,
        False,
        "cash_loan",
    )


def test_every_fault_of_a_draft_is_named_with_its_field(lived):
    wrong = {**DEFINITION, "currency": "XXX", "terms": [12, 6], "cap": "no_law"}
    found = lived.ask("POST", "/v1/products/check", {"name": "Quick", "definition": wrong})
    assert {one["field"] for one in found["faults"]} == {"name", "currency", "terms"}
    misshapen = {**DEFINITION, "terms": "twelve", "price": {"fee_bps": -1}}
    found = lived.ask("POST", "/v1/products/check", {"name": "quick", "definition": misshapen})
    assert [one["field"] for one in found["faults"]] == ["terms", "price.fee_bps"]


def test_a_price_above_the_cap_is_a_fault_and_says_how_much_it_is(lived):
    dear = {**DEFINITION, "price": {**DEFINITION["price"], "fee_bps": 300}}
    found = lived.ask("POST", "/v1/products/check", {"name": "quick_loan", "definition": dear})
    assert [one["code"] for one in found["faults"]] == ["cap_exceeded"]
    assert found["dearest_bps"] > 3_600


def test_a_starting_policy_has_the_rules_that_the_applications_have_facts_for(lived):
    asked = {"template": "cash_loan", "name": "quick_loan", "definition": DEFINITION, "event_type": "application"}
    found = lived.ask("POST", "/v1/products/starting-policy", asked)
    policy = found["drafts"][0]
    rules = [rule["rule"] for stage in policy["body"]["flow"] for rule in stage.get("all", ())]
    assert found["policy"] == policy["name"] == "quick_loan_application"
    assert rules == ["under_age", "cannot_pay", "many_applications", "large_amount"]
    assert found["left_out"] == ["adverse_records", "short_work"]
    leaning = {**DEFINITION, "policies": {"application": found["policy"]}}
    whole = {"name": "quick_loan", "definition": leaning, "drafts": found["drafts"], "whole": True}
    assert lived.ask("POST", "/v1/products/check", whole)["faults"] == []


# -- assessed


def test_an_assessment_tells_who_is_approved_what_it_earns_who_changes_sides_and_whom_it_treats_how(assessed):
    report = assessed["report"]
    approved = report["backtest"]["candidate"]["approved"]
    assert (report["counted"], approved["part"]) == (240, 216)
    economics = report["economics"]
    assert economics["known"]["counted"] == 144
    assert economics["weighed_by"] == "known"
    assert economics["expected"]["lent_minor"] == sum(100_000 + 5_000 * (n % 60) for n in range(240) if n % 10 != 9)
    assert economics["all_bad_minor"] < economics["expected"]["net_minor"] < economics["all_good_minor"]
    assert [one["how"] for one in report["backtest"]["swap"]] == ["as_decided"]
    assert report["backtest"]["proof"]["differing"] == 0
    (treated,) = report["treated"]
    assert {one["label"] for one in treated["groups"]} == {"true", "false"}
    assert report["capacity"]["reviewed"]["part"] == 0
    assert report["moved_terms"] == 60


def test_what_is_wrong_with_a_question_is_told_before_anything_runs(lived):
    def refused(code, **asked):
        body = {"name": "quick_loan", "definition": DEFINITION, **asked}
        assert lived.ask("POST", "/v1/assessments", body, status=422)["code"] == code

    refused("unknown_column", chosen={"where": "shoe_size > 40"})
    refused("not_a_condition", chosen={"where": "amount_minor"})
    refused("invalid_input", chosen={"assumptions": {"lgd": 2.0}})
    refused("not_of_a_product", drafts=[{"kind": "list", "name": "blocked", "body": {}}])
    refused("unknown_policy", definition={**DEFINITION, "policies": {"application": "nobody"}})


# -- signed or refused


def test_a_product_is_refused_until_an_assessment_of_it_is_signed_and_then_it_can_be_had(tmp_path):
    house = House(tmp_path, with_a_past(founded(tmp_path)))
    try:
        product = pushed(house, Artefact.of("product", "quick_loan", DEFINITION))
        problem = house.released([product], status=422)
        assert (problem["code"], problem["at"]) == ("not_assessed", "product/quick_loan")
        found = house.assessed()
        artefacts = house.proposed(found)
        assert [one["kind"] for one in artefacts] == ["product", "assessment"]
        house.released(artefacts)
        assert house.ask("GET", "/v1/products/quick_loan")["digest"] == product["digest"]
        proposed = house.ask("GET", f"/v1/assessments/{found['run']['assessment_id']}")["proposed"]
        assert [(one["kind"], one["state"], one["approvers"]) for one in proposed] == [
            ("product", "live", ["bob"]),
            ("assessment", "live", ["bob"]),
        ]

        better = pushed(house, Artefact.of("product", "quick_loan", {**DEFINITION, "description": "Better said."}))
        house.released([better])
        dearer = Artefact.of("product", "quick_loan", {**DEFINITION, "terms": [6, 12, 24]})
        assert house.released([pushed(house, dearer)], status=422)["code"] == "other_assessed"
        policy = next(one for one in house.process.live.policies)
        body = {**house.process.state.register.version(house.process.live.policy_digests[policy]).artefact.body}
        changed = Artefact.of("policy", policy, {**body, "description": "Another."})
        assert house.released([pushed(house, changed)], status=422)["code"] == "not_assessed"

        house.ask("POST", "/v1/releases/rollback", {"by": "bob"})
        house.ask("POST", "/v1/releases/rollback", {"by": "bob"})
        assert [one["name"] for one in house.ask("GET", "/v1/products")["products"]] == ["cash_loan"]
    finally:
        house.close()


def test_what_was_signed_must_be_what_was_counted(tmp_path):
    house = House(tmp_path, with_a_past(founded(tmp_path)))
    try:
        artefacts = house.proposed(house.assessed())
        told = house.process.state.register.version(artefacts[-1]["digest"]).artefact
        better = Artefact.of("assessment", "quick_loan", {**told.body, "report": "0" * 64})
        forged = [*artefacts[:-1], pushed(house, better)]
        assert house.released(forged, status=422)["code"] == "other_report"
        gone = Artefact.of("assessment", "quick_loan", {**told.body, "assessment": "asm_0"})
        assert house.released([*artefacts[:-1], pushed(house, gone)], status=422)["code"] == "assessment_gone"
    finally:
        house.close()


def test_without_a_history_two_people_may_do_without_an_assessment_and_say_why(fresh):
    asked = {"name": "quick_loan", "definition": DEFINITION, "reason": "Nobody has applied yet.", "author": "ann"}
    artefacts = fresh.ask("POST", "/v1/products/waivers", asked)["artefacts"]
    fresh.released(artefacts)
    signed = fresh.process.state.register.version(artefacts[-1]["digest"])
    assert signed.artefact.body["waived"] == "Nobody has applied yet."
    assert [one.approver for one in signed.reviews] == ["bob"]


def test_where_people_are_known_whoever_asked_for_an_assessment_does_not_sign_it(fresh):
    fresh.process.check_releases(LaunchGate(fresh.process, fresh.runs, strict=lambda: True).check)
    asked = {"name": "quick_loan", "definition": DEFINITION, "reason": "Nobody has applied yet.", "author": "ann"}
    artefacts = fresh.ask("POST", "/v1/products/waivers", asked)["artefacts"]
    assert fresh.released(artefacts, approver="ann", status=422)["code"] == "own_assessment"
    fresh.released(artefacts, approver="bob")


def test_with_a_history_nothing_is_waived_but_a_change_of_policy_that_cannot_wait(lived):
    asked = {"name": "quick_loan", "definition": DEFINITION, "reason": "We are in a hurry.", "author": "ann"}
    assert lived.ask("POST", "/v1/products/waivers", asked, status=409)["code"] == "cannot_be_waived"
    live = lived.process.live
    body = lived.process.state.register.version(live.policy_digests["application"]).artefact.body
    stricter = {"kind": "policy", "name": "application", "body": {**body, "description": "Stricter."}}
    changing = {**asked, "name": "cash_loan", "definition": CASH.body, "drafts": [stricter]}
    artefacts = lived.ask("POST", "/v1/products/waivers", changing)["artefacts"]
    assert [one["kind"] for one in artefacts] == ["policy", "assessment"]
