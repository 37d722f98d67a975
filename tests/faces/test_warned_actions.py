"""What a warning of monitoring begins, once whatever falls over: a proposal to freeze, a reminder within the rules, or people."""

from __future__ import annotations

import copy

import pytest
from monitored_accounts import PRODUCT, SERVING, opened_for, purchase
from small_workspace import START, go_live
from warned_workspace import ENDED, RULES, STATEMENT

from tandem.act.lending import Freeze, LendingDesk, Proposed, decode_change
from tandem.act.products import Shelf
from tandem.act.warning import WarningDesk
from tandem.decide.decisions import open_process
from tandem.faces.warned import warning_freezes
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, Unavailable
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

MISUSE = {
    "warning": "misuse", "title": {"en": "Misuse of funds", "zh-CN": "资金挪用"}, "about": "person",
    "when": {"policies": ["purchase"], "flags": ["cash_out", "circular_transfer"]}, "severity": "low",
    "by_flag": {"cash_out": "medium", "circular_transfer": "high"}, "owner": "early", "due_after": "1d",
    "horizon": "90d", "cool_down": "60d", "action": "limit_freeze",
}  # fmt: skip
WEAK = {**MISUSE, "warning": "weak", "when": {"policies": ["purchase"], "grades": ["weak"]}, "by_flag": {}, "action": "watch"}  # fmt: skip


def rules(*warnings):
    return Artefact.of("warning_rules", "people", {**copy.deepcopy(RULES), "warnings": list(warnings), "label": None})


def product(**servicing):
    return Artefact.of("product", "till_limit", {**PRODUCT, **({"servicing": servicing} if servicing else {})})


class House:
    """A lender who monitors; ``restart`` is a fall: nothing that was not durable is left."""

    def __init__(self, home, *artefacts):
        self.home, self.clock, self.seeds = home, FixedClock(Micros(START + DAY)), iter(range(1, 99))
        self.pursued = 0
        self.open()
        go_live(self.process, *SERVING, STATEMENT, ENDED, *artefacts)
        opened_for(self.process, self.clock, "a")
        self.restart()

    def open(self):
        entropy = SeededEntropy(next(self.seeds))
        self.process = open_process(Settings(home=self.home), "test", clock=self.clock, entropy=entropy)
        self.lending = LendingDesk(self.process, Shelf(self.process, self.clock), clock=self.clock, entropy=entropy)
        freeze = warning_freezes(self.lending)
        self.desk = WarningDesk(self.process, clock=self.clock, entropy=entropy, pursue={"limit_freeze": freeze})

    def restart(self):
        self.process.close()
        self.open()

    def buys(self, minute, **what):
        self.process.decide_now(purchase("a", minute, **what))

    def warnings(self):
        return self.desk.look(lambda warnings, _now: [one.copy() for one in warnings])

    def proposals(self):
        changes = [decode_change(one.clear) for one in self.process.journal.read(kinds=["account"])]
        return [one for one in changes if isinstance(one, Proposed)]


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path, product(), rules(MISUSE, WEAK))
    yield found
    found.process.close()


# -- raised by grade and flag ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bought", "rule", "severity", "flags"),
    [
        ({"cash": True}, "misuse", "medium", ("cash_out",)),
        ({"cash": True, "circular": True}, "misuse", "high", ("cash_out", "circular_transfer")),
        ({"risk": 60}, "weak", "low", ()),
    ],
)
def test_a_warning_says_which_flag_and_is_as_severe_as_the_loudest(house, bought, rule, severity, flags):
    house.buys(1, **bought)
    (warning,) = house.warnings()
    assert (warning.rule, warning.severity, warning.flags) == (rule, severity, flags)


def test_another_flag_makes_it_worse_and_the_same_flag_again_does_not(house):
    house.buys(1, cash=True)
    house.buys(2, cash=True)
    house.buys(3, circular=True)
    (warning,) = house.warnings()
    assert (warning.severity, warning.flags) == ("high", ("cash_out", "circular_transfer"))
    assert [type(one.change).__name__ for one in warning.history] == ["Raised", "Worsened", "Pursued"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"when": {"policies": ["purchase"], "flags": ["cash_in"]}}, "warnings[0].when.flags"),
        ({"when": {"policies": ["statement"], "grades": ["weak"]}}, "warnings[0].when.policies"),
        ({"by_flag": {"cash_outs": "high"}}, "warnings[0].by_flag"),
        ({"by_flag": {"cash_out": "loud"}}, "warnings[0].by_flag.cash_out"),
    ],
)
def test_a_flag_that_no_policy_says_keeps_a_release_back(house, change, field):
    with pytest.raises(DefinitionError) as refused:
        go_live(house.process, *SERVING, STATEMENT, ENDED, product(), rules({**MISUSE, **change}))
    assert refused.value.field == field


# -- the limit ------------------------------------------------------------------------------------------------------------


def test_a_freeze_is_proposed_and_happens_when_a_person_agrees(house):
    house.buys(1, cash=True)
    (warning,) = house.warnings()
    account = house.lending.account("acc_a")
    assert (account.state, warning.pursued) == ("open", {"limit_freeze": house.proposals()[0].proposal})
    (deed,) = account.deeds
    assert (deed.by, deed.state, deed.reason) == ("tandem", "open", "risk")
    assert house.lending.servicing.note_at(deed.seq) == warning.warning_id
    done = house.lending.servicing.agree(deed.proposal, version=account.version, by="wang")
    assert done.account.state == "frozen"
    house.restart()
    assert house.lending.account("acc_a").state == "frozen", "the journal folds to it too"


def test_a_person_may_decline_and_then_nothing_is_frozen(house):
    house.buys(1, cash=True)
    house.warnings()
    house.lending.servicing.decline(house.proposals()[0].proposal, by="wang")
    house.restart()
    house.warnings()
    assert (house.lending.account("acc_a").state, len(house.proposals())) == ("open", 1)


def test_where_the_released_product_says_so_the_account_is_frozen_at_once(tmp_path):
    house = House(tmp_path, product(freeze_on_warning=True), rules(MISUSE))
    house.buys(1, cash=True)
    (warning,) = house.warnings()
    assert (house.lending.account("acc_a").state, warning.pursued) == ("frozen", {"limit_freeze": "acc_a"})
    assert house.proposals() == []
    house.process.close()


def test_where_there_is_no_open_limit_it_is_left_to_people_with_the_reason_and_not_asked_again(house):
    account = house.lending.account("acc_a")
    house.lending.servicing.do(
        account.account_id, Freeze(), key="by-hand", by="li", reason="risk", note="seen by a colleague"
    )
    house.buys(1, cash=True)
    (warning,) = house.warnings()
    assert (warning.pursued, warning.left, warning.waits) == ({}, {"limit_freeze": "no_open_limit"}, True)
    house.clock.advance(10 * 60_000_000)
    assert len(house.warnings()[0].history) == 2


def test_what_a_person_has_proposed_already_is_what_it_points_to(tmp_path):
    house = House(tmp_path, product(), rules(MISUSE))
    first = house.lending.servicing.freeze_warned("acc_a", warning="warn_before").change
    house.buys(1, cash=True)
    (warning,) = house.warnings()
    assert warning.pursued == {"limit_freeze": first.proposal}
    house.process.close()


@pytest.mark.parametrize("writes", range(1, 6))
def test_it_is_proposed_once_wherever_the_house_falls_over(house, monkeypatch, writes):
    """The ``writes``-th write is durable and its answer lost, with everything that was known in memory."""
    house.buys(1, cash=True)
    house.buys(2, circular=True)
    append, done = house.process.append, []

    def falls(entries):
        receipt = append(entries)
        done.append(1)
        if len(done) == writes:
            receipt.wait()
            raise Unavailable("It fell over here.")
        return receipt

    monkeypatch.setattr(house.process, "append", falls)
    for _ in range(writes):
        try:
            house.desk.tend()
        except Unavailable:
            break
    monkeypatch.undo()
    house.restart()
    house.clock.advance(2 * 60_000_000)
    (warning,) = house.warnings()
    assert len(house.proposals()) == 1
    assert warning.pursued == {"limit_freeze": house.proposals()[0].proposal}
    assert sum(type(one.change).__name__ == "Raised" for one in warning.history) == 1
