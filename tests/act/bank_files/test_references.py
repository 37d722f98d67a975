"""References: they lead to one plan, and a wrong digit leads nowhere."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tandem.act.bank_files import find_references, order_id, read_reference, reference_of

NUMBERS = st.integers(1, 36**8 - 1)
PLANS = st.text(min_size=1, max_size=100)


def test_the_check_digits_are_those_of_the_standard():
    # ISO 11649 by hand: the letters count from 10, the rest of the number divided by 97 is 1.
    found = reference_of(1, "loan")
    digits = "".join(str(int(one, 36)) for one in found[4:] + found[:4])
    assert int(digits) % 97 == 1
    assert (len(found), found[:2]) == (19, "RF")


@given(NUMBERS, PLANS)
def test_a_reference_says_its_account_however_it_is_written(number, plan):
    text = reference_of(number, plan)
    spaced = " ".join(text[at : at + 4] for at in range(0, len(text), 4)).lower()
    assert read_reference(text).number == read_reference(spaced).number == number
    assert find_references(f"Invoice 12, ref. {spaced}; thanks") == [read_reference(text)]
    assert read_reference(order_id(number, plan, "D20500", 3)) == read_reference(text)


@given(NUMBERS, PLANS, st.integers(4, 18), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_one_wrong_digit_or_letter_leads_nowhere(number, plan, place, other):
    text = reference_of(number, plan)
    assume(text[place] != other)
    assume(text[place].isdigit() == other.isdigit())  # two check digits cannot catch every letter for a digit
    assert read_reference(text[:place] + other + text[place + 1 :]) is None


@given(NUMBERS, PLANS, st.integers(4, 17))
def test_two_digits_or_letters_swapped_lead_nowhere(number, plan, place):
    text = reference_of(number, plan)
    assume(text[place].isdigit() == text[place + 1].isdigit())
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assume(swapped != text)
    assert read_reference(swapped) is None


@given(NUMBERS, PLANS, st.integers(1, 30_000), st.integers(1, 99))
def test_an_order_id_fits_the_standards_35_characters(number, plan, due, attempt):
    assert len(order_id(number, plan, f"D{due}", attempt)) <= 35


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_reference_by_accident_or_fails(text):
    for one in find_references(text):
        assert one.number >= 0
