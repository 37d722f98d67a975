"""The artefact of statements: what is refused, and what a release check says of what lacks."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_workspace import STATEMENTS, policy, with_method

from tandem.decide.reasons import is_protected, parse_statements, reveals
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError


def changed(path, value):
    """The artefact with ``value`` at ``path``; None takes it away."""
    body = copy.deepcopy(STATEMENTS.body)
    at = body
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return {"name": "customers", **body}


BAD = [
    (("statements", "MEANS", "codes"), [], "tells at least one code"),
    (("statements", "AMOUNT", "codes"), ["R_INCOME"], "MEANS tells this code already"),
    (("statements", "MEANS", "en"), " ", "Words are needed"),
    (("statements", "MEANS", "zh-CN"), None, "missing required field"),
    (("statements", "NOT_OFFERED", "en"), "You are on our blacklist.", "tip somebody off"),
    (("statements", "NOT_OFFERED", "zh-CN"), "您涉嫌欺诈。", "tip somebody off"),
    (("statements", "NOT_OFFERED", "advice"), {"en": "x", "zh-CN": "x"}, "says what stands behind it"),
    (("statements", "NOT_OFFERED", "cut_off"), True, "no cut-off"),
    (("statements", "lower"), {"en": "x", "zh-CN": "x", "codes": ["X"]}, "UPPER_SNAKE"),
    (("method",), {"most": 5}, "<= 4"),
    (("method",), {"version": 2}, "Invalid enum value 2"),
    (("method",), {"refrence": "mean"}, "unknown field"),
    (("facts", "age", "unit"), "furlongs", "Invalid enum value"),
]


@pytest.mark.parametrize(("path", "value", "says"), BAD)
def test_what_does_not_fit_is_refused_with_its_place(path, value, says):
    with pytest.raises(DefinitionError, match=says) as refused:
        parse_statements(changed(path, value))
    assert refused.value.code == "invalid_statements"


@pytest.mark.parametrize(
    "text", ["We suspect fraud.", "listed", "a Black-List", "money mules", "列入黑名单", "反欺诈规则", "存在可疑交易"]
)
def test_words_that_would_tip_somebody_off_are_known(text):
    assert reveals(text)


@pytest.mark.parametrize("text", ["We are checking this.", "Listen to us.", "Bring proof.", "我们正在核实。"])
def test_words_that_only_sound_so_are_free(text):
    assert reveals(text) is None


@given(st.text())
def test_any_text_is_looked_at(text):
    found = reveals(text)
    assert found is None or found in text


def test_a_code_itself_wins_over_a_beginning_and_a_longer_one_over_a_shorter(released):
    body = copy.deepcopy(STATEMENTS.body)
    body["statements"]["ALL"] = {"en": "all", "zh-CN": "所有", "codes": ["R_*"]}
    body["statements"]["SOME"] = {"en": "some", "zh-CN": "部分", "codes": ["R_D*"]}
    body["statements"]["MEANS"]["codes"] = ["R_INCOME"]
    vocabulary = released(Artefact.of("statements", "customers", body)).vocabulary
    assert [vocabulary.saying(code).name for code in ("R_INCOME", "R_DEBT", "R_AGE")] == ["MEANS", "SOME", "OWN_AGE"]


def test_what_lacks_a_statement_is_a_warning(released):
    body = copy.deepcopy(STATEMENTS.body)
    body["statements"]["MEANS"]["codes"] = ["R_INCOME"]
    del body["statements"]["ASSESSMENT"], body["statements"]["OWN_AGE"]
    warnings = released(Artefact.of("statements", "customers", body)).warnings
    assert "model/credit: no statement tells R_DEBT" in warnings, "what is never told needs none"
    assert "policy/application: no statement tells SCORE_LOW" in warnings


def test_where_the_workspace_asks_a_release_in_which_something_lacks_is_refused(released):
    body = copy.deepcopy(with_method(lacking="refuse").body)
    released(Artefact.of("statements", "customers", body))
    body["statements"]["MEANS"]["codes"] = ["R_INCOME"]
    with pytest.raises(DefinitionError, match="no statement tells R_DEBT") as refused:
        released(Artefact.of("statements", "customers", body))
    assert refused.value.code == "statements_incomplete"


def test_a_list_that_is_told_without_discretion_is_a_warning(released):
    body = copy.deepcopy(STATEMENTS.body)
    body["statements"]["NOT_OFFERED"] = {
        "en": "Your device is listed.",
        "zh-CN": "设备在名单中。",
        "codes": ["BLOCKED"],
    }
    warnings = released(Artefact.of("statements", "customers", body)).warnings
    assert any("known_bad.blocked_devices" in one and "'listed'" in one for one in warnings)


def test_a_model_that_weighs_what_is_never_told_is_a_warning(released):
    assert "model/credit: it weighs age, which nobody is ever told" in released().warnings


def test_two_artefacts_of_statements_are_refused(released):
    with pytest.raises(DefinitionError, match="one artefact of statements"):
        released(Artefact.of("statements", "others", {"statements": {}}))


def test_an_answer_says_each_statement_once_and_nothing_protected(released):
    live = released(policy(decline_over=0.05, review_over=0.04))
    compiled = live.policy_for("application")
    row = {"amount_minor": 95_000, "income_minor": 50_000, "debt_minor": 90_000, "job_years": 5, "age": 20}
    result = compiled.run(row, dict.fromkeys(compiled.lists, frozenset()), live.models)
    assert [one.code for one in result.reasons] == ["SCORE_LOW", "R_INCOME", "R_DEBT", "R_AMOUNT"]
    told = live.vocabulary.answered(result.reasons)
    assert [code for code, _ in told] == ["R_INCOME", "R_AMOUNT"]
    assert told[0][1].en == "Your income is low against your debt."


def test_without_statements_every_code_speaks_for_itself(released):
    live = released()
    bare = type(live.vocabulary)(live.catalogue)
    assert bare.saying("R_AGE").words.en == "r_age."
    assert bare.saying("R_AGE").name == "R_AGE"


@pytest.mark.parametrize("name", ["age", "date_of_birth", "marital", "sex", "children_count", "applicant_race"])
def test_protected_attributes_are_known_by_their_words(name):
    assert is_protected(name)


@pytest.mark.parametrize("name", ["amount_minor", "wage", "sextant", "mileage", "garage_size"])
def test_a_word_that_only_sounds_like_one_is_free(name):
    assert not is_protected(name)
