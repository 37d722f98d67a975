"""Double entry: every movement has a pair of accounts, and whatever moves, the books sum to zero."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tandem.act.lending import TEMPLATES, LedgerAccount, Posting, Totals, balances, postings

NAMES = Totals.__struct_fields__
TOTALS = st.builds(Totals, **dict.fromkeys(NAMES, st.integers(0, 10**14)))


def test_every_movement_has_a_template_of_two_different_accounts():
    assert set(TEMPLATES) == set(NAMES)
    assert all(debit is not credit for debit, credit in TEMPLATES.values())


def test_a_draw_and_its_repayment():
    drawn = Totals(drawn=100_000)
    paid = Totals(drawn=100_000, received=60_000, interest_paid=1_000, principal_paid=50_000)
    assert postings(Totals(), drawn) == [Posting(LedgerAccount.LOANS, LedgerAccount.PAYOUTS, 100_000)]
    books = balances([*postings(Totals(), drawn), *postings(drawn, paid)])
    assert books[LedgerAccount.LOANS] == paid.principal == 50_000
    assert books[LedgerAccount.CUSTOMER_MONEY] == -paid.waiting == -9_000
    assert books[LedgerAccount.INTEREST_RECEIVABLE] == -1_000  # earned by time, and posted with it


@given(TOTALS, TOTALS)
def test_whatever_moves_the_books_sum_to_zero_and_moving_back_undoes_it(before, after):
    there, back = postings(before, after), postings(after, before)
    assert sum(balances(there).values()) == 0
    assert all(one.amount_minor > 0 for one in there)
    assert set(balances([*there, *back]).values()) <= {0}


@given(st.lists(TOTALS, min_size=1, max_size=6))
def test_the_books_are_the_totals_however_one_came_there(steps):
    entries, before = [], Totals()
    for after in steps:
        entries += postings(before, after)
        before = after
    books = balances(entries)
    assert books.get(LedgerAccount.LOANS, 0) == before.principal
    assert books.get(LedgerAccount.CUSTOMER_MONEY, 0) == -before.waiting
