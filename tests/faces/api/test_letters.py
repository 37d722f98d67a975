"""The letter at its address: as declared, in both languages, and only for those who may read personal data."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, released_process
from small_workspace import application as asked
from told_workspace import EVERYTHING, GOOD

from tandem.faces.api import create_app

RISKY = {**GOOD, "income_minor": 50_000, "debt_minor": 90_000, "amount_minor": 95_000}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    process = released_process(tmp_path_factory.mktemp("told"), list(EVERYTHING))
    process.decide_now(asked(1, **RISKY))
    process.decide_now(asked(2, **GOOD))
    caller = Caller(create_app(process))
    yield caller, Contract(caller("GET", "/openapi.json").json)
    caller.close()
    process.close()


@pytest.mark.parametrize(("language", "says"), [("en", "We are not able to agree"), ("zh-CN", "未能同意")])
def test_a_letter_keeps_the_contract_in_both_languages(told, language, says):
    caller, contract = told
    path = "/v1/decisions/app-1/letter"
    reply = caller("GET", path, query=f"language={language}".encode())
    assert reply.status == 200
    contract.judge("GET", path, reply)
    assert says in reply.json["text"]
    assert says in reply.json["html"]
    assert reply.json["told"]["reasons"][0]["statement"] == "MEANS"


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("/v1/decisions/app-2/letter", b"", 409, "nothing_adverse"),
        ("/v1/decisions/none/letter", b"", 404, "unknown_decision"),
        ("/v1/decisions/app-1/letter", b"language=fr", 422, "invalid_parameter"),
    ],
)
def test_where_there_is_no_letter_the_problem_is_declared(told, path, query, status, code):
    caller, contract = told
    reply = caller("GET", path, query=query)
    assert (reply.status, reply.code) == (status, code)
    contract.judge("GET", path, reply)


def test_an_explanation_tells_what_the_letter_does(told):
    caller, contract = told
    path = "/v1/decisions/app-1/explanation"
    reply = caller("GET", path)
    contract.judge("GET", path, reply)
    assert reply.json["told"] == caller("GET", "/v1/decisions/app-1/letter").json["told"]


def test_counterfactuals_keep_the_contract(told):
    caller, contract = told
    path = "/v1/decisions/app-1/counterfactual"
    reply = caller("GET", path)
    contract.judge("GET", path, reply)
    assert reply.json["found"][0]["takes_days"] is not None


def test_once_the_person_is_erased_no_letter_can_be_written(tmp_path):
    process = released_process(tmp_path, list(EVERYTHING))
    process.decide_now(asked(1, **RISKY))
    record = next(iter(process.journal.read(kinds=["decision"])))
    process.journal.erase(record.subject).wait()
    caller = Caller(create_app(process))
    contract = Contract(caller("GET", "/openapi.json").json)
    reply = caller("GET", "/v1/decisions/app-1/letter")
    assert (reply.status, reply.code) == (409, "person_erased")
    contract.judge("GET", "/v1/decisions/app-1/letter", reply)
    caller.close()
    process.close()
