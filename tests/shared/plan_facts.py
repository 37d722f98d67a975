"""Facts that may happen to a plan, as hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

from tandem.act.lending import Paid, Refunded, Rescheduled, Waived, WrittenOff

AMOUNT = st.integers(1, 60_000)
FACTS = st.one_of(
    st.builds(Paid, day=st.just(0), amount_minor=AMOUNT, early=st.booleans()),
    st.builds(Refunded, day=st.just(0), amount_minor=AMOUNT),
    st.builds(Waived, day=st.just(0), interest_minor=st.integers(0, 3), penalty_minor=st.integers(0, 2)),
    st.just(Waived(day=0, rest=True)),
    st.builds(Rescheduled, day=st.just(0), count=st.integers(1, 8), rate_bps=st.integers(0, 900)),
    st.just(WrittenOff(day=0)),
)
"""``day`` is set to the day on which it comes."""
