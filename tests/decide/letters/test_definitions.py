"""Letters and legal packs: what is refused, and which version speaks on a day."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from told_workspace import LETTER, OWN

from tandem.decide.letters import amount_in_words, parse_legal_pack, parse_letter, value_in_words
from tandem.kernel.errors import DefinitionError


def letter(**changes):
    return {"name": "loans", **copy.deepcopy(LETTER.body), **changes}


def pack(**changes):
    return {"name": "own", **copy.deepcopy(OWN.body), **changes}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"currency": "CNX"}, "Unknown currency"),
        ({"time_zone": "Asia/Shangai"}, "Unknown time zone"),
        ({"legal": []}, "names a legal pack"),
        ({"sources": {}}, "own records"),
        ({"opening": [{"en": "{lendr}", "zh-CN": "x"}]}, "nothing of that name"),
        ({"opening": [{"en": "{lender.name}", "zh-CN": "x"}]}, "nothing of that name"),
        ({"opening": [{"en": "{lender!r}", "zh-CN": "x"}]}, "nothing of that name"),
        ({"opening": [{"en": "{lender:>99}", "zh-CN": "x"}]}, "nothing of that name"),
        ({"opening": [{"en": "{lender", "zh-CN": "x"}]}, "brace is not closed"),
        ({"opening": [{"en": " ", "zh-CN": "x"}]}, "Words are needed"),
        ({"address": {"en": "{contact}", "zh-CN": "x"}}, "nothing of that name"),
        ({"lenders": {}}, "unknown field"),
    ],
)
def test_a_letter_that_does_not_fit_is_refused(changes, says):
    with pytest.raises(DefinitionError, match=says):
        parse_letter(letter(**changes))


def versions(*spans):
    paragraphs = [{"topic": "notice", "en": "x", "zh-CN": "x"}]
    return [{"effective": first, "until": last, "paragraphs": paragraphs} for first, last in spans]


@pytest.mark.parametrize(
    ("spans", "says"),
    [
        ([], "has a version"),
        ([("2026-01-01", None), ("2027-01-01", None)], "in effect on one day"),
        ([("2026-01-01", "2027-01-02"), ("2027-01-01", None)], "in effect on one day"),
        ([("2026-01-01", "2026-01-01")], "ends before it begins"),
        ([("2026-13-01", None)], "Invalid"),
    ],
)
def test_a_pack_that_does_not_fit_is_refused(spans, says):
    with pytest.raises(DefinitionError, match=says):
        parse_legal_pack(pack(versions=versions(*spans)))


@pytest.mark.parametrize(
    ("day", "effective"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2040, 1, 1), date(2027, 1, 1)),
    ],
)
def test_on_a_day_the_version_in_effect_speaks(day, effective):
    found = parse_legal_pack(pack()).version_at(day)
    assert (None if found is None else found.effective) == effective


def test_amounts_are_written_as_people_write_them():
    assert amount_in_words(1_234_567, "CNY", "zh-CN") == "人民币12,345.67元"
    assert amount_in_words(1_234_567, "CNY", "en") == "CNY 12,345.67"
    assert amount_in_words(1_234, "JPY", "zh-CN") == "1,234日元"
    assert amount_in_words(1_234, "", "en") == "1,234"


def test_values_are_written_in_their_unit():
    assert value_in_words(1, "years", "", "en") == "1 year"
    assert value_in_words(12, "months", "", "zh-CN") == "12个月"
    assert value_in_words(True, "plain", "", "zh-CN") == "是"
    assert value_in_words(0.25, "plain", "", "en") == "0.25"
