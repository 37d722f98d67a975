"""What was told can be told again: the same words from the record and the release of then, whatever was released since."""

from __future__ import annotations

import copy
import json

import pytest
from small_workspace import application, go_live
from told_workspace import EVERYTHING, GOOD, LETTER, OWN, STATEMENTS, policy

from tandem.decide.decisions import letter_about
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, DefinitionError, NotFound

RISKY = {**GOOD, "income_minor": 50_000, "debt_minor": 90_000, "amount_minor": 95_000}


@pytest.fixture
def lender(opened):
    process = opened()
    go_live(process, *EVERYTHING)
    return process


def written(process, number, language="en"):
    return letter_about(f"app-{number}", process.archive, process.journal, language)


def decided(process, number, **values):
    return json.loads(process.decide_now(application(number, **{**RISKY, **values})).body)


def test_a_letter_says_what_was_decided_why_and_from_which_data(lender):
    assert decided(lender, 1)["outcome"] == "decline"
    text = written(lender, 1).text
    for said in (
        "We are not able to agree to your application.",
        "Your income is low against your debt. What you can do: repay debt.",
        "From your application form: age, the amount asked for, income a month.",
        "From the bureau: other debt.",
        "explanation of 2026, hello@lender.example.",
        "Only when declined.",
        "About the third party.",
    ):
        assert said in text
    assert text.index("Your income is low") < text.index("The amount asked for.")


def test_the_same_letter_in_chinese(lender):
    decided(lender, 1)
    letter = written(lender, 1, "zh-CN")
    assert "经评估，我们未能同意您的申请。" in letter.text
    assert "您可以：偿还负债。" in letter.text
    assert '<html lang="zh-CN">' in letter.html


def test_every_word_in_html_is_escaped(lender):
    decided(lender, 1)
    html = written(lender, 1).html
    assert "Lender &lt;Ltd&gt;" in html
    assert "Lender <Ltd>" not in html


def test_a_letter_is_the_same_whenever_it_is_written(lender):
    decided(lender, 1)
    then = written(lender, 1)
    statements = copy.deepcopy(STATEMENTS.body)
    statements["statements"]["MEANS"]["en"] = "Something else altogether."
    statements["method"] = {"reference": "best", "most": 1}
    letter = {**LETTER.body, "opening": [{"en": "New words.", "zh-CN": "新的措辞。"}]}
    changed = {one.key: one for one in EVERYTHING} | {
        one.key: one
        for one in (
            Artefact.of("statements", "customers", statements),
            Artefact.of("letter", "loans", letter),
            policy(decline_over=0.2, review_over=0.1),
        )
    }
    go_live(lender, *changed.values())
    assert written(lender, 1) == then
    decided(lender, 2)
    now = written(lender, 2)
    assert "New words." in now.text
    assert [one.statement for one in now.told.reasons] == ["MEANS"]
    assert now.told.reasons[0].words.en == "Something else altogether."


def test_an_explanation_and_the_letter_tell_the_same(lender):
    decided(lender, 1)
    explained = lender.archive.explain("app-1")["told"]
    letter = written(lender, 1).told
    assert tuple(explained["adverse"]) == letter.adverse == ("declined",)
    assert [one["statement"] for one in explained["reasons"]] == [one.statement for one in letter.reasons]


def test_the_answer_says_nothing_that_the_letter_does_not(lender):
    answer = decided(lender, 1)
    assert {one["en"] for one in answer["reasons"]} <= {one.words.en for one in written(lender, 1).told.reasons}


def test_of_a_blocked_person_the_letter_betrays_nothing(lender):
    stolen = {"add": [{"identifier": "d1", "reason": "stolen", "source": "ann"}]}
    lender.change_list("blocked_devices", stolen, by="ann")
    assert decided(lender, 1)["outcome"] == "decline"
    letter = written(lender, 1)
    assert [one.statement for one in letter.told.reasons] == ["NOT_OFFERED"]
    assert "We cannot offer you this service." in letter.text
    assert not any(word in letter.text.lower() for word in ("block", "list", "stolen", "device", "fraud"))


def test_the_law_of_the_day_of_the_decision_speaks(lender, clock):
    decided(lender, 1)
    clock.set(clock.now() + 60 * 86_400_000_000)
    decided(lender, 2)
    assert "explanation of 2026" in written(lender, 1).text
    assert "explanation of 2027." in written(lender, 2).text
    assert written(lender, 2).packs[0].effective == "2027-01-01"


def test_an_approval_as_asked_needs_no_letter(lender):
    lender.decide_now(application(1, **GOOD))
    with pytest.raises(Conflict) as none:
        written(lender, 1)
    assert none.value.code == "nothing_adverse"


def test_an_approval_for_less_has_one(lender):
    less = policy(decline_over=0.9, review_over=0.8, limit="CAST(ROUND(amount_minor * 0.5) AS BIGINT)")
    go_live(lender, *({one.key: one for one in EVERYTHING} | {less.key: less}).values())
    decided(lender, 1)
    assert "for CNY 475.00 instead of the CNY 950.00 that you asked for" in written(lender, 1).text
    assert "批准金额为人民币475.00元，低于您申请的人民币950.00元" in written(lender, 1, "zh-CN").text


def test_an_erased_person_gets_a_clear_error(lender):
    answer = decided(lender, 1)
    record = lender.journal.find("decision", answer["decision_id"])
    lender.journal.erase(record.subject).wait()
    with pytest.raises(Conflict) as erased:
        written(lender, 1)
    assert erased.value.code == "person_erased"


def test_a_release_without_a_letter_says_so(opened):
    process = opened()
    go_live(process, *(one for one in EVERYTHING if one.kind != "letter"))
    decided(process, 1)
    with pytest.raises(NotFound) as none:
        written(process, 1)
    assert none.value.code == "no_letter"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"policies": ["aplication"]}, "no such policy"),
        ({"legal": ["ownn"]}, "no such legal pack"),
        ({"sources": {"own records": {"en": "x", "zh-CN": "x"}}}, "source without words"),
    ],
)
def test_a_letter_that_does_not_fit_the_release_is_refused(opened, changes, says):
    bad = Artefact.of("letter", "loans", {**LETTER.body, **changes})
    with pytest.raises(DefinitionError, match=says):
        go_live(opened(), *({one.key: one for one in EVERYTHING} | {bad.key: bad}).values())


def test_a_letter_without_a_right_that_must_be_told_is_refused(opened):
    body = copy.deepcopy(OWN.body)
    body["versions"][1]["paragraphs"] = [one for one in body["versions"][1]["paragraphs"] if one["topic"] != "review"]
    bad = Artefact.of("legal_pack", "own", body)
    with pytest.raises(DefinitionError, match="No legal pack") as refused:
        go_live(opened(), *({one.key: one for one in EVERYTHING} | {bad.key: bad}).values())
    assert refused.value.value == "review"
