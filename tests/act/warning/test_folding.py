"""What is still to do about warnings is known without looking at those that are over: whatever happened, in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from small_workspace import START

from tandem.act.warning.changes import (
    Acted,
    Dismissed,
    Escalated,
    Labelled,
    Pursued,
    Raised,
    Said,
    Settled,
    Taken,
    Worsened,
)
from tandem.act.warning.folding import Warnings
from tandem.act.warning.rules import ACTIONS, SEVERITIES
from tandem.kernel.identity import DecisionId, EventId, Pseudonym
from tandem.kernel.time import Micros

SAID = Said(
    decision_id=DecisionId("dec_1"), decision_seq=2, event_id=EventId("e"), event_seq=1,
    event_type="statement", policy="statement", outcome="review", occurred_at=START,
)  # fmt: skip
NAMES = ("warn_a", "warn_b", "warn_c")


def raised(name):
    return Raised(
        warning=name, by="tandem", rule="likely", entity_kind="account", entity=Pseudonym(name), severity="low",
        owner="early", action="case", due_at=START, ends_at=START, said=SAID,
    )  # fmt: skip


def changes(name):
    """Anything that can happen to a warning, also what no desk would do."""
    made = {"warning": st.just(name), "by": st.just("ann")}
    loud, asks = st.sampled_from(SEVERITIES), st.sampled_from(ACTIONS)
    return st.one_of(
        st.builds(
            Worsened, **made, rule=st.just("likely"), severity=loud, owner=st.just("early"), action=asks,
            due_at=st.just(START), said=st.just(SAID),
        ),
        st.builds(Taken, **made, to=st.sampled_from(["ann", None])),
        st.builds(Escalated, **made, severity=loud, owner=st.just("senior"), due_at=st.just(START)),
        st.builds(Pursued, **made, action=asks, ref=st.just("case_1")),
        st.builds(Acted, **made, action=asks),
        st.builds(Dismissed, **made),
        st.builds(Settled, **made, outcome=st.sampled_from(["came_true", "did_not"])),
        st.builds(Labelled, **made, event_id=st.just(EventId("label"))),
    )  # fmt: skip


@given(happened=st.lists(st.sampled_from(NAMES).flatmap(changes), max_size=40))
def test_what_is_kept_as_still_to_do_is_what_a_look_at_every_warning_finds(happened):
    warnings = Warnings()
    for seq, change in enumerate([*map(raised, NAMES), *happened]):
        warnings.apply(change, seq, Micros(START + seq))
        every = {one.warning_id: one for one in warnings}
        assert {one.warning_id: one for one in warnings.unsettled} == {
            name: one for name, one in every.items() if one.outcome is None
        }
        assert {one.warning_id: one for one in warnings.unlabelled} == {
            name: one for name, one in every.items() if one.round > one.labelled_round
        }
        assert {one.warning_id: one for one in warnings.unpursued} == {
            name: one for name, one in every.items() if one.waits and one.action not in one.pursued
        }
