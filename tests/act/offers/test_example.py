"""The example's programmes hold together, and what they say is allowed by its conduct rules in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from conduct_house import EXAMPLE, document, rules_of

from tandem.act.collections import Speech, found_in
from tandem.act.collections.rules import Phrases, RequiredWords
from tandem.act.offers import Plan, Subject, parse_offer_programme
from tandem.act.offers.reading import check_programme
from tandem.act.offers.writing import written
from tandem.act.products import Words, parse_product
from tandem.kernel.time import date_to_days

NAMES = sorted(one.stem for one in (EXAMPLE / "offers").glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_programme_of_the_example_leans_on_what_is_there_and_says_what_is_allowed(name):
    programme = parse_offer_programme(document("offers", name))
    products = {
        one.stem: parse_product(document("products", one.stem)) for one in (EXAMPLE / "products").glob("*.yaml")
    }
    check_programme(programme, products, {})
    plan = (
        None
        if programme.into is None
        else Plan(product="cash_loan", term=12, amount_minor=1_200_000, first_minor=110_000)
    )
    subject = Subject(stake_minor=1_200_000, due=date_to_days(date(2026, 12, 5)), plan=plan)
    for channel in programme.channels:
        for language in ("en", "zh-CN"):
            line, text = written(
                programme, channel, language, subject, currency="TWD", product=products["card_line"].title,
                into=Words("Cash loan", "现金分期"),
            )  # fmt: skip
            assert "{" not in f"{line}{text}"
            speech = Speech(f"{line or ''}\n{text}")
            for rule in rules_of("cn").on(date(2026, 12, 1)):
                if channel not in rule.channels or programme.purpose not in rule.purposes:
                    continue
                if isinstance(rule, Phrases):
                    assert found_in(speech, rule.never) is None
                if isinstance(rule, RequiredWords):
                    assert found_in(speech, rule.one_of) is not None


def test_the_example_has_a_reminder_that_is_service_and_an_offer_that_needs_consent():
    found = {name: parse_offer_programme(document("offers", name)) for name in NAMES}
    assert {(one.kind, one.purpose) for one in found.values()} == {
        ("reminder", "service"),
        ("instalment_offer", "marketing"),
    }
