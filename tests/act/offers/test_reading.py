"""Programmes that do not hold together are named, with their field, before anybody is told anything by them."""

from __future__ import annotations

import pytest
from offer_house import PLAN, REMINDER, SAYS, SUGGESTION, House, artefacts, programme
from small_workspace import go_live

from tandem.act.offers import parse_offer_programme
from tandem.kernel.errors import DefinitionError


def said(en, zh, channels=("email", "sms")):
    return [{"channels": list(channels), "text": {"en": en, "zh-CN": zh}}]


@pytest.mark.parametrize(
    ("body", "changes", "field"),
    [
        (SUGGESTION, {"purpose": "service"}, "purpose"),
        (PLAN, {"purpose": "service"}, "purpose"),
        (PLAN, {"into": None}, "into"),
        (REMINDER, {"into": {"product": "cash_loan", "term": 6}}, "into"),
        (REMINDER, {"when": "days_past_due > 3"}, "when"),
        (REMINDER, {"when": "days_to_due + 1"}, "when"),
        (REMINDER, {"channels": ["email", "visit"]}, "channels[1]"),
        (REMINDER, {"channels": ["email", "email"]}, "channels"),
        (REMINDER, {"choose": {"by": "at_random", "propensities": {"email": 0.6, "sms": 0.4}}}, "choose.propensities"),
        (REMINDER, {"channels": ["email"]}, "choose.propensities.sms"),
        (REMINDER, {"caps": {"day": 0}}, "caps.day"),
        (REMINDER, {"hold_out": {"share": 0.0, "salt": "x"}}, "hold_out.share"),
        (REMINDER, {"templates": said("{lender}: {due_date}", "{lender}：{due_date}", ["email"])}, "templates"),
        (REMINDER, {"templates": said("{lender}: {saving}", "{lender}")}, "templates[0].text.en"),
        (REMINDER, {"templates": said("{lender}", "{amount}")}, "templates[0].text.zh-CN"),
        (SUGGESTION, {"templates": said("{lender} {saving}", "{lender} {opt_out}")}, "templates[0].text.en"),
        (SUGGESTION, {"says": {"lender": SAYS["lender"]}}, "templates[0].text.en"),
        (REMINDER, {"surprise": 1}, None),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_field(body, changes, field):
    with pytest.raises(DefinitionError) as refused:
        parse_offer_programme({"name": "one", **body, **changes})
    assert refused.value.code in {"invalid_offer_programme", "unknown_name", "unknown_column"}
    assert refused.value.field == field
    assert refused.value.hint


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"products": ["cash_loan", "gold"]}, "products[1]"),
        ({"into": {"product": "gold", "term": 6}}, "into.product"),
        ({"into": {"product": "cash_loan", "term": 5}}, "into.term"),
        ({"choose": {"by": "by_uplift", "model": "nobody"}}, "choose.model"),
    ],
)
def test_a_release_whose_programme_leans_on_what_is_not_there_does_not_go_live(tmp_path, changes, field):
    house = House(tmp_path / "home")
    try:
        with pytest.raises(DefinitionError) as refused:
            go_live(house.process, *artefacts(programme("one", PLAN, **changes)))
        assert refused.value.field == field
        assert "one" in str(refused.value.at)
    finally:
        house.close()
