"""Four eyes, whatever is asked in whatever order: nobody agrees to their own, and what is agreed to is done once.

A model that knows nothing but the rules walks beside the book; the journal is read anew at the end and has to say the same.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from small_workspace import EVERYTHING, go_live
from till_product import FIRST_DAY, TILL, agreed, till

from tandem.act.lending import (
    AccountId,
    LendingDesk,
    MoveLimit,
    NotAllowed,
    NotOwed,
    Paid,
    Proposed,
    Request,
    Reverse,
    Waive,
    WriteOff,
    draw,
    open_account,
)
from tandem.act.products import Shelf
from tandem.decide.decisions import open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, NotFound, Refused
from tandem.kernel.identity import Digest, Pseudonym, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

TODAY = FIRST_DAY + 120
CLOCK = FixedClock(Micros(TODAY * DAY))
PEOPLE = ("li", "wang", "mei")
ACTS = (
    Waive(plan="tv", penalty_minor=300),
    Waive(plan="tv", rest=True),
    WriteOff(plan="tv"),
    MoveLimit(limit_minor=400_000),
    MoveLimit(limit_minor=500_000),
)


def opened(home):
    process = open_process(Settings(home=home), "test", clock=CLOCK, entropy=SeededEntropy(1))
    desk = LendingDesk(process, Shelf(process, CLOCK), clock=CLOCK, entropy=SeededEntropy(2))
    return process, desk


def begun(home):
    """A lender with one account, late by some months."""
    process, desk = opened(home)
    product = {**TILL, "policies": {"application": "application"}}
    product = Artefact.of("product", "till_limit", product)
    go_live(process, *EVERYTHING, product)
    book = desk._book
    opening = open_account(
        AccountId("acc_1"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym("a" * 32), day=FIRST_DAY,
        by="shop", limit_minor=300_000,
    )  # fmt: skip
    book.write(Request(key="open", asked=1, change=lambda _: opening))
    book.write(
        Request(
            key="draw", asked=1, change=lambda accounts: draw(accounts.numbered(1), "tv", agreed(120_000), by="shop")
        )
    )
    return process, desk


@pytest.fixture
def desk(tmp_path):
    process, desk = begun(tmp_path / "home")
    yield desk
    process.close()


def proposed(desk, act=ACTS[2], *, by="li", key="p1", note=""):
    done = desk.servicing.do("acc_1", act, key=key, by=by, reason="hardship", note=note)
    assert isinstance(done.change, Proposed)
    return done.change.proposal


def version(desk):
    return desk.account("acc_1").version


def test_a_proposal_moves_nothing_until_another_person_agrees(desk):
    proposal = proposed(desk)
    assert desk.account("acc_1").state == "open"
    done = desk.servicing.agree(proposal, version=version(desk), by="wang")
    assert done.account.state == "written_off"
    (deed,) = done.account.deeds
    assert (deed.by, deed.settled_by, deed.state) == ("li", "wang", "agreed")


def test_nobody_agrees_to_their_own_nor_declines_it_but_may_withdraw_it(desk):
    proposal = proposed(desk)
    for settle in (
        lambda: desk.servicing.agree(proposal, version=version(desk), by="li"),
        lambda: desk.servicing.decline(proposal, by="li"),
        lambda: desk.servicing.withdraw(proposal, by="wang"),
    ):
        with pytest.raises(Refused):
            settle()
    assert desk.servicing.withdraw(proposal, by="li").account.deeds[0].state == "withdrawn"


def test_what_was_declined_stays_so(desk):
    proposal = proposed(desk)
    desk.servicing.decline(proposal, by="wang")
    with pytest.raises(NotAllowed, match="declined already"):
        desk.servicing.agree(proposal, version=version(desk), by="mei")


def test_asking_again_does_it_once_and_another_person_is_told_who_was_first(desk):
    proposal = proposed(desk)
    seen = version(desk)
    first = desk.servicing.agree(proposal, version=seen, by="wang")
    again = desk.servicing.agree(proposal, version=seen, by="wang")
    assert (first.again, again.again) == (False, True)
    with pytest.raises(NotAllowed, match="agreed already") as refused:
        desk.servicing.agree(proposal, version=version(desk), by="mei")
    assert refused.value.hint == "by wang"


def test_an_account_that_has_changed_since_is_looked_at_again(desk):
    proposal = proposed(desk)
    seen = version(desk)
    desk.happen("acc_1", "tv", Paid(day=TODAY, amount_minor=1_000), key="bank-1", by="bank")
    with pytest.raises(NotAllowed) as refused:
        desk.servicing.agree(proposal, version=seen, by="wang")
    assert refused.value.code == "account_changed"
    assert desk.servicing.agree(proposal, version=version(desk), by="wang").account.state == "written_off"


def test_a_proposal_that_does_not_hold_any_more_says_so(desk):
    proposal = proposed(desk)
    desk.happen("acc_1", "tv", Paid(day=TODAY, amount_minor=200_000, early=True), key="bank-1", by="bank")
    account, deed = desk.servicing.proposal(proposal)
    assert isinstance(desk.servicing.effect_of(account, deed), NotOwed)
    with pytest.raises(NotOwed, match="Nothing is owed"):
        desk.servicing.agree(proposal, version=version(desk), by="wang")
    assert desk.servicing.proposals() == [(account, deed)]


def test_the_same_is_proposed_once(desk):
    proposal = proposed(desk)
    with pytest.raises(NotAllowed) as refused:
        desk.servicing.do("acc_1", ACTS[2], key="p2", by="mei", reason="other", note="Also me.")
    assert (refused.value.code, refused.value.value) == ("already_proposed", proposal)


def test_what_was_agreed_to_is_taken_back_by_two_as_well(desk):
    desk.servicing.agree(proposed(desk), version=version(desk), by="wang")
    with pytest.raises(NotAllowed) as refused:
        desk.reverse("acc_1", "tv", "p1", key="r0", by="bank")
    assert refused.value.code == "needs_second"
    back = proposed(desk, Reverse(plan="tv", fact_id="p1"), by="wang", key="r1")
    assert desk.servicing.agree(back, version=version(desk), by="li").account.state == "open"


def test_what_was_written_about_it_is_sealed(desk):
    proposed(desk, note="His mother told us that he is ill.")
    (deed,) = desk.account("acc_1").deeds
    process = desk._process
    (record,) = process.journal.at([deed.seq])
    assert b"mother" not in record.clear
    assert desk.servicing.note_at(deed.seq) == "His mother told us that he is ill."


def test_a_note_for_another_reason_is_asked_for(desk):
    with pytest.raises(Exception, match="Which other reason"):
        desk.servicing.do("acc_1", ACTS[0], key="p1", by="li", reason="other")


class FourEyes(RuleBasedStateMachine):
    """People propose, agree, decline and withdraw, the customer pays, requests are sent again."""

    proposals = Bundle("proposals")

    @initialize()
    def begin(self):
        self.home = Path(tempfile.mkdtemp())
        self.process, self.desk = begun(self.home)
        self.open: dict[str, str] = {}
        self.state: dict[str, tuple[str, str]] = {}
        self.keys = 0
        self.sent: list = []

    def teardown(self):
        if not hasattr(self, "process"):
            return
        self.process.close()
        process, desk = opened(self.home)
        with desk._book.lock:
            anew = list(desk._book.accounts), desk._book.accounts.ledger
        assert anew == self.last
        process.close()
        shutil.rmtree(self.home)

    def key(self):
        self.keys += 1
        return f"k{self.keys}"

    def try_to(self, do):
        """What came of it, or None where it was refused; it may be sent again later."""
        try:
            done = do()
        except (Conflict, Refused, NotOwed, NotFound):
            return None
        self.sent.append(do)
        return done

    @rule(target=proposals, act=st.sampled_from(ACTS), by=st.sampled_from(PEOPLE))
    def propose(self, act, by):
        key = self.key()
        before = self.figures()
        done = self.try_to(lambda: self.desk.servicing.do("acc_1", act, key=key, by=by, reason="goodwill"))
        if done is None:
            return multiple()
        if isinstance(done.change, Proposed):
            assert self.figures() == before, "a proposal moves nothing"
            self.open[done.change.proposal] = by
            return done.change.proposal
        assert isinstance(act, MoveLimit), "all others take two"
        assert done.account.limit_minor < before[0], "a limit is lowered by one, raised by two"
        return multiple()

    @rule(proposal=proposals, by=st.sampled_from(PEOPLE), stale=st.sampled_from([False, False, False, True]))
    def agree(self, proposal, by, stale):
        seen = version(self.desk) - stale
        done = self.try_to(lambda: self.desk.servicing.agree(proposal, version=seen, by=by))
        if done is None or done.again:
            return
        assert not stale
        assert self.open.pop(proposal) != by, "never by who proposed it"
        assert proposal not in self.state, "at most once"
        self.state[proposal] = ("agreed", by)

    @rule(proposal=proposals, by=st.sampled_from(PEOPLE))
    def decline(self, proposal, by):
        done = self.try_to(lambda: self.desk.servicing.decline(proposal, by=by))
        if done is not None and not done.again:
            assert self.open.pop(proposal) != by
            self.state[proposal] = ("declined", by)

    @rule(proposal=proposals, by=st.sampled_from(PEOPLE))
    def withdraw(self, proposal, by):
        done = self.try_to(lambda: self.desk.servicing.withdraw(proposal, by=by))
        if done is not None and not done.again:
            assert self.open.pop(proposal) == by
            self.state[proposal] = ("withdrawn", by)

    @rule(amount=st.integers(1, 60_000))
    def pay(self, amount):
        key = self.key()
        fact = Paid(day=TODAY, amount_minor=amount)
        self.try_to(lambda: self.desk.happen("acc_1", "tv", fact, key=key, by="bank"))

    @rule(data=st.data())
    def send_again(self, data):
        if self.sent:
            before = self.process.journal.head.seq
            done = data.draw(st.sampled_from(self.sent))()
            assert done.again
            assert self.process.journal.head.seq == before, "nothing is written twice"

    def figures(self):
        account = self.desk.account("acc_1")
        return account.limit_minor, account.draws["tv"].plan.totals

    @invariant()
    def what_is_known_is_what_was_done(self):
        if not hasattr(self, "desk"):
            return
        account = self.desk.account("acc_1")
        found = {one.proposal: one for one in account.deeds if one.proposal}
        assert {name for name, one in found.items() if one.state == "open"} == set(self.open)
        assert {name: (one.state, one.settled_by) for name, one in found.items() if one.state != "open"} == self.state
        assert {deed.proposal for _, deed in self.desk.servicing.proposals()} == set(self.open)
        with self.desk._book.lock:
            ledger = self.desk._book.accounts.ledger["CNY"]
            assert sum(ledger.values()) == 0
            self.last = (
                list(self.desk._book.accounts),
                {key: dict(value) for key, value in self.desk._book.accounts.ledger.items()},
            )


def test_whatever_is_asked_in_whatever_order_two_people_did_what_takes_two():
    run_state_machine_as_test(
        FourEyes,
        settings=settings(
            max_examples=25, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
