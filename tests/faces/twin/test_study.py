"""Studies in the twin: nothing is found where there is nothing to find, budgets and conduct rules hold, and what serves says what was learnt."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from benchmarks.conduct_count import Contacted, breaches
from tandem.act.collections import Action, ResponseModel, Situation, parse_conduct_rules
from tandem.act.trials import RESPONSE_TARGET
from tandem.decide.models import load_model
from tandem.faces.twin import ByUplift, Conduct, StudySpec, measured, offered, run_study, tried_of
from tandem.faces.twin.effects import adjusted
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.learn.simulator.portfolio import (
    CHANNELS,
    HOURS,
    STEPS,
    Allowance,
    Arm,
    Explorer,
    Log,
    Portfolio,
    PortfolioWorld,
    dials,
    run,
)
from tandem.learn.uplift import TARGET, fit_response, response_document

START = Micros(20_457 * DAY - 8 * HOUR)


@pytest.fixture(scope="module")
def rules():
    path = Path(__file__).parents[3] / "examples" / "lender" / "conduct" / "cn.yaml"
    return parse_conduct_rules({"name": "cn", **YAML(typ="safe", pure=True).load(path.read_text("utf-8"))})


@pytest.fixture(scope="module")
def explored():
    portfolio, log = Portfolio(PortfolioWorld(customers=4_000)), Log()
    who = np.ones(4_000, dtype=bool)
    run({"all": Arm(portfolio, Explorer(0.25, seed=1), who, log=log, alone=0.75)}, 120)
    tried = tried_of(log.rows())
    return portfolio, tried, fit_response(tried, offered(), seed=1)


def test_a_world_in_which_all_are_alike_shows_no_uplift():
    study = run_study(PortfolioWorld(customers=2_500, alike=True), StudySpec(months=3, arms=False))
    found = study.in_pairs[1.0]
    assert found.baseline.low > 0  # contacts do bring something there
    assert found.gained.low <= 0 <= found.gained.high
    assert found.more.low <= 0 <= found.more.high


def test_where_customers_differ_much_and_show_it_uplift_brings_more_with_as_many_contacts(rules):
    different = dials(taste_spread=0.8, firm_spread=0.7, shown=0.7, hour_gain=1.2, reach_taste=1.0)
    study = run_study(PortfolioWorld(customers=3_000, dials=different), StudySpec(months=3, rules=rules, keep=True))
    found = study.in_pairs[1.0]
    assert found.gained.low > 0
    assert found.contacts[1] <= found.contacts[0]
    assert study.arms["uplift"].calls <= study.arms["ladder"].calls * 1.001
    assert study.arms["alone"].contacts == 0
    assert sum(one.customers for one in study.arms.values()) < 3_000  # who explored is not looked at again
    made = [
        Contacted(one.customer + 10_000 * at, one.at, one.channel, one.step, one.answered, one.hardship)
        for at, governor in enumerate(study.governors)
        for one in governor.made
    ]
    assert len(made) > 5_000
    assert sum(breaches(made).values()) == 0


def test_the_count_of_breaches_sees_each_kind():
    noon = START + 12 * HOUR

    def one(at=0, channel="sms", **more):
        return Contacted(
            **{
                "customer": 1,
                "at": noon + at,
                "channel": channel,
                "step": "soft",
                "answered": True,
                "hardship": False,
                **more,
            }
        )

    night = [one(-5 * HOUR), one(10 * HOUR)]
    assert breaches(night)["silent_night"] == 2
    assert breaches([one(at, "call") for at in range(4)])["three_talks_a_day"] == 1
    assert breaches([one(at, "call", answered=False) for at in range(7)])["six_tries_a_day"] == 1
    assert breaches([one(at) for at in range(3)])["two_messages_a_day"] == 1
    week = [one(day * DAY + at) for day in range(4) for at in range(2)]
    assert breaches(week)["seven_messages_a_week"] == 1
    assert sum(breaches([one(day * DAY) for day in range(60)]).values()) == 0
    assert breaches([one(step="firm", hardship=True)])["hardship_gentle"] == 1
    assert breaches([one(barred=True)])["barred"] == 1
    assert sum(breaches([one(at * 8 * DAY, customer=at) for at in range(9)]).values()) == 0


def test_a_governor_remembers_what_it_let_through(rules):
    governor = Conduct(rules, START, keep=True)
    noon = governor.instant(3, 12 * 60)
    for minute in range(2):
        assert governor.may(1, "sms", "soft", Micros(noon + minute), hardship=False)
        governor.note(1, "sms", "soft", Micros(noon + minute), reached=True)
    assert not governor.may(1, "email", "soft", Micros(noon + 2))
    assert governor.may(2, "email", "soft", Micros(noon + 2))
    assert not governor.may(3, "call", "firm", noon, hardship=True)
    assert not governor.may(3, "call", "soft", governor.instant(3, 5 * 60))
    assert governor.blocked == {"two_messages_a_day": 1, "hardship_gentle": 1, "silent_night": 1}
    assert governor.judged == 6


def test_no_more_contacts_and_calls_are_chosen_than_are_allowed(explored):
    portfolio, tried, response = explored
    strategy, seen = ByUplift(response, tried.columns), portfolio.morning()
    chosen = strategy.choose(seen, Allowance(contacts=20, calls=3))
    assert 0 < len(chosen) <= 20
    assert (chosen.channel == CHANNELS.index("call")).sum() <= 3
    assert np.unique(chosen.row).size == len(chosen)
    told = dict(seen.columns, hardship=np.ones(len(seen)))
    gentle = strategy.options({name: one for name, one in told.items() if name != "usual_hour"}, Allowance())
    assert not strategy._firm[gentle[gentle >= 0]].any()


def test_the_log_becomes_rows_whose_propensities_count_the_hours(explored):
    _, tried, _ = explored
    offers = offered()
    contacted = tried.action >= 0
    usual = np.array([one.usual_hour for one in offers])[tried.action[contacted]]
    assert usual.mean() == pytest.approx(1 / len(HOURS), abs=0.03)
    one, other = (tried.propensity[tried.action == place].mean() for place in (1, 0))  # at the usual hour, and not
    assert other == pytest.approx(one * (len(HOURS) - 1))
    assert "usual_hour" not in tried.columns


def test_what_serves_says_what_was_learnt(explored):
    _, tried, response = explored
    model = load_model(response_document(response, "collection_response", seed=1, note="SIMULATED"))
    assert TARGET == RESPONSE_TARGET
    for row in range(0, 400, 40):
        columns = {name: float(one[row]) for name, one in tried.columns.items()}
        served = ResponseModel(model, more=lambda _, known=columns: known)
        expected = response.gains({name: one[row : row + 1] for name, one in tried.columns.items()})[0]
        for place, offer in enumerate(offered()):
            if offer.usual_hour:
                one = Situation(
                    account="a", day=1, currency="TWD", days_past_due=1, due_minor=1_000_000, balance_minor=2_000_000
                )
                action = Action(step=offer.step, channel=offer.channel)
                assert served(one, action) == pytest.approx(expected[place] * 1_000_000, abs=1)


def test_a_model_of_something_else_says_nothing_of_contacts(explored):
    from msgspec.structs import replace

    document = response_document(explored[2], "collection_response", seed=1)
    other = replace(document, metadata=replace(document.metadata, target="default"))
    with pytest.raises(DefinitionError, match="does not say what a contact adds"):
        ResponseModel(load_model(other))


def test_pairs_find_a_small_difference_that_strangers_do_not():
    rng = np.random.default_rng(1)
    size = rng.gamma(0.3, 10_000, 4_000)
    alone, ladder, ours = size, size * 0.9, size * 0.88
    contacts = (np.ones(4_000), np.ones(4_000))
    pairs = measured(alone, ladder, ours, contacts, paired=True, seed=1)
    strangers = measured(
        rng.permutation(alone), rng.permutation(ladder), rng.permutation(ours), contacts, paired=False, seed=1
    )
    assert pairs.more.value == pytest.approx(20)
    assert pairs.more.low > 10
    assert strangers.more.low < 0


def test_what_was_known_before_takes_noise_away_and_nothing_else():
    rng = np.random.default_rng(2)
    before = rng.normal(size=(5_000, 1))
    value = 3 * before[:, 0] + rng.normal(size=5_000)
    found = adjusted(value, before)
    assert found.mean() == pytest.approx(value.mean())
    assert found.std() == pytest.approx(1, abs=0.05)


def test_steps_and_channels_mean_the_same_on_both_sides():
    from tandem.act.collections import CHANNELS as REAL
    from tandem.act.collections import STEPS as REAL_STEPS

    assert set(CHANNELS) <= set(REAL)
    assert set(STEPS) <= set(REAL_STEPS)
