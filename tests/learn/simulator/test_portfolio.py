"""The portfolio twin: where its figures come from, that it does what they say, and what it keeps to itself."""

from __future__ import annotations

import ast
from copy import deepcopy
from pathlib import Path

import msgspec
import numpy as np
import pytest

from benchmarks.data_folder import absent, data_folders, data_if_here
from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound
from tandem.learn.simulator.portfolio import (
    CHANNELS,
    MONTH,
    OFFERS,
    TABLES,
    Allowance,
    Arm,
    Contacts,
    Explorer,
    Figure,
    Log,
    Nobody,
    Portfolio,
    PortfolioWorld,
    Quantiles,
    UsualLadder,
    assumptions,
    calibrate,
    calibration,
    count,
    deal,
    dials,
    encoded,
    read_calibration,
    run,
)

ROOT = Path(__file__).parents[3]
BUNDLED = ROOT / "examples" / "data"
SOURCE = ROOT / "src" / "tandem"


def figures(found):
    for name in found.__struct_fields__:
        value = getattr(found, name)
        yield from ((name, one) for one in (value if isinstance(value, tuple) else (value,)))


def lived(portfolio, strategy, days, **more):
    arm = Arm(portfolio, strategy, np.ones(portfolio.world.customers, dtype=bool), **more)
    run({"all": arm}, days)
    return arm


# -- Where it comes from -----------------------------------------------------------------------------------------------


def test_the_bundled_table_counts_to_what_is_committed():
    found, there = calibrate([BUNDLED], calibration())
    assert there == ["taiwan"]
    assert encoded(found) == (SOURCE / "learn" / "simulator" / "portfolio" / "calibration.json").read_bytes()
    taiwan = {name for name, one in figures(calibration()) if "taiwan" in one.source}
    assert taiwan == set(count("taiwan", BUNDLED / TABLES["taiwan"]))


@pytest.mark.data
def test_the_tables_beside_count_to_what_is_committed():
    missing = [file for file in TABLES.values() if data_if_here(file) is None]
    if missing:
        pytest.skip("; ".join(map(absent, missing)))
    found, there = calibrate(data_folders())
    assert set(there) == set(TABLES)
    assert encoded(found) == encoded(calibration())


def test_every_figure_names_its_table_its_rows_and_how_sure_it_is():
    for name, one in figures(calibration()):
        assert one.source, name
        assert one.how, name
        assert one.rows > 100, name
        if isinstance(one, Figure):
            assert one.low <= one.value <= one.high, name
        else:
            assert list(one.at) == sorted(one.at), name
            assert list(one.values) == sorted(one.values), name


def test_without_a_table_and_without_a_count_of_before_nothing_is_made_up(tmp_path):
    with pytest.raises(NotFound, match="not in the folders"):
        calibrate([tmp_path])


def test_a_broken_calibration_is_refused(tmp_path):
    path = tmp_path / "broken.json"
    path.write_text('{"entry": 1}')
    with pytest.raises(DefinitionError, match="entry"):
        read_calibration(path)
    with pytest.raises(NotFound):
        read_calibration(tmp_path / "absent.json")


@pytest.mark.parametrize("name", sorted(assumptions()))
def test_an_assumption_has_a_range_around_its_middle_and_says_where_from(name):
    one = assumptions()[name]
    assert min(one.low, one.high) <= one.middle <= max(one.low, one.high)
    assert one.low != one.high
    assert one.source
    assert one.unit


def test_an_unknown_assumption_is_refused_with_what_was_meant():
    with pytest.raises(InvalidInput) as caught:
        dials(lift_smss=0.2)
    assert "lift_sms" in caught.value.hint
    assert dials(lift_sms="high").lift_sms == assumptions()["lift_sms"].high
    assert dials(lift_sms=0.123).lift_sms == 0.123


# -- What it does ------------------------------------------------------------------------------------------------------


def test_a_seed_is_a_world():
    one, two, other = (Portfolio(PortfolioWorld(customers=500, seed=seed)) for seed in (3, 3, 4))
    for portfolio in (one, two, other):
        lived(portfolio, UsualLadder(), 60)
    assert (one.book.missed == two.book.missed).all()
    assert (one.balance_minor == two.balance_minor).all()
    assert (one.balance_minor != other.balance_minor).any()


def test_what_is_done_to_one_customer_changes_nobody_else():
    world = PortfolioWorld(customers=2_000)
    one = Portfolio(world)
    other = deepcopy(one)
    half = np.arange(world.customers) % 2 == 0
    run({"all": Arm(one, Nobody(), np.ones(world.customers, dtype=bool))}, 120)
    run({"half": Arm(other, UsualLadder(), half), "rest": Arm(other, Nobody(), ~half)}, 120)
    assert (one.book.missed[~half] == other.book.missed[~half]).all()
    assert (one.balance_minor[~half] == other.balance_minor[~half]).all()
    assert (one.book.missed[half] != other.book.missed[half]).any()


def test_money_past_due_is_paid_written_off_or_still_past_due():
    portfolio = Portfolio(PortfolioWorld(customers=3_000, dials=dials("low")))
    gone = np.zeros(3_000, dtype=np.int64)
    for _ in range(12 * MONTH):
        before, was = portfolio.past_due_minor.copy(), portfolio.gone.copy()
        lived(portfolio, UsualLadder(), 1)
        gone += np.where(portfolio.gone & ~was, before, 0)
        assert (portfolio.past_due_minor >= 0).all()
        assert (portfolio.balance_minor >= portfolio.past_due_minor).all()
        assert (portfolio.balance_minor <= portfolio.limit_minor).all()
    book = portfolio.book
    assert (book.late == book.recovered + portfolio.past_due_minor + gone).all()
    assert (book.missed <= book.late).all()
    assert (book.late <= book.due).all()
    assert portfolio.gone.any()
    assert (book.recovered_after <= book.written_off).all()


def test_usually_treated_it_falls_late_and_rolls_as_the_panels_do():
    world, found = PortfolioWorld(customers=20_000), calibration()
    portfolio = Portfolio(world)
    last, moves = np.full(world.customers, -1), np.zeros((8, 8))
    for day in range(9 * MONTH):
        due = np.flatnonzero((portfolio.people.due_day == day % MONTH) & ~portfolio.gone)
        lived(portfolio, UsualLadder(), 1)
        state = np.where(portfolio.past_due_minor[due] > 0, (day - portfolio.oldest[due]) // MONTH + 1, 0)
        if day >= 4 * MONTH:
            np.add.at(moves, (last[due], state), 1)
        last[due] = state
    share = moves / moves.sum(axis=1, keepdims=True).clip(1)
    assert moves[:2, 2].sum() / moves[:2].sum() == pytest.approx(found.entry.value, rel=0.2)
    assert share[2, 3:].sum() == pytest.approx(found.roll[0].value, rel=0.3)
    assert share[2, :2].sum() == pytest.approx(found.cure[0].value, rel=0.1)
    assert share[3, 4:].sum() == pytest.approx(found.roll[1].value, rel=0.3)


@pytest.mark.parametrize("level", ["low", "high"])
def test_however_contacts_work_the_usual_treatment_gives_the_panels_share_of_missed_bills(level):
    portfolio = Portfolio(PortfolioWorld(customers=15_000, dials=dials(level)))
    lived(portfolio, UsualLadder(), 3 * MONTH)
    portfolio.reopen_book()
    lived(portfolio, UsualLadder(), 4 * MONTH)
    share = portfolio.book.missed.sum() / portfolio.book.due.sum()
    middle = Portfolio(PortfolioWorld(customers=15_000))
    lived(middle, UsualLadder(), 3 * MONTH)
    middle.reopen_book()
    lived(middle, UsualLadder(), 4 * MONTH)
    assert share == pytest.approx(middle.book.missed.sum() / middle.book.due.sum(), rel=0.25)


def test_contacts_bring_money_and_fewer_bills_are_missed():
    one = Portfolio(PortfolioWorld(customers=6_000))
    other = deepcopy(one)
    lived(one, Nobody(), 6 * MONTH)
    lived(other, UsualLadder(), 6 * MONTH)
    assert other.book.missed.sum() < 0.95 * one.book.missed.sum()
    assert other.book.contacts.sum() > 0
    assert one.book.contacts.sum() == 0


def test_spending_follows_a_limit_as_far_as_is_assumed():
    spent = {}
    for follow in (0.0, 1.0):
        world = PortfolioWorld(customers=4_000, dials=dials(exposure_follow=follow, exposure_adverse=0.0))
        held, moved = Portfolio(world), Portfolio(world)
        everyone = np.arange(world.customers)
        moved.move_limits(everyone, moved.limit_minor * 2)
        for portfolio in (held, moved):
            lived(portfolio, Nobody(), 2 * MONTH)
        spent[follow] = moved.balance_minor.sum() / held.balance_minor.sum()
    assert spent[1.0] > spent[0.0] >= 1.0


def test_a_portfolio_of_nobody_is_refused():
    with pytest.raises(InvalidInput, match=r"10 to 5,000,000"):
        PortfolioWorld(customers=1)


# -- Exploration -------------------------------------------------------------------------------------------------------


def test_exploration_logs_how_likely_each_draw_was():
    portfolio, log = Portfolio(PortfolioWorld(customers=6_000)), Log()
    explorer = Explorer(0.3, seed=1)
    lived(portfolio, explorer, 3 * MONTH, log=log, alone=0.7)
    rows = log.rows()
    drawn = rows.channel >= 0
    assert (rows.propensity[~drawn] == 0.7).all()
    for place, (channel, step) in enumerate(OFFERS):
        of = (rows.channel == channel) & (rows.step == step)
        assert of.mean() == pytest.approx(0.3 * explorer.mix[place], rel=0.2)
    assert np.sum(1 / rows.propensity) / rows.propensity.size == pytest.approx(1 + 3 * len(OFFERS), rel=0.05)
    assert ((rows.share >= 0) & (rows.share <= 1)).all()


def test_a_log_leaves_out_what_is_not_known_yet_and_what_was_forbidden():
    class Forbids:
        def permit(self, _seen, wanted):
            return wanted.channel != CHANNELS.index("sms")

        def heard(self, _seen, made, _reached):
            assert (made.channel != CHANNELS.index("sms")).all()

    portfolio, log = Portfolio(PortfolioWorld(customers=2_000)), Log()
    arm = lived(portfolio, Explorer(0.3, seed=1), 2 * MONTH, log=log, alone=0.7, governor=Forbids())
    rows = log.rows()
    assert arm.blocked > 0
    assert (rows.channel != CHANNELS.index("sms")).all()
    assert rows.customer.size < sum(len(seen) for seen, *_ in log.days)


def test_an_arm_makes_no_more_contacts_and_calls_a_customer_than_the_one_that_paces_it():
    class Everything:
        def choose(self, seen, allowance: Allowance):
            call = CHANNELS.index("call")
            row = np.arange(len(seen))[: allowance.contacts]
            channel = np.where(np.arange(row.size) < allowance.calls, call, 0)
            return Contacts(row, channel, row * 0, row * 0, np.ones(row.size))

    world = PortfolioWorld(customers=3_000)
    portfolio, who = Portfolio(world), deal(3_000, {"ladder": 0.6, "paced": 0.4}, 1)
    arms = {
        "ladder": Arm(portfolio, UsualLadder(), who["ladder"]),
        "paced": Arm(portfolio, Everything(), who["paced"], paced_by="ladder", budget=0.5),
    }
    run(arms, 90)
    share = 0.5 * who["paced"].sum() / who["ladder"].sum()
    assert 0 < arms["paced"].contacts <= share * arms["ladder"].contacts
    assert 0 < arms["paced"].calls <= share * arms["ladder"].calls


# -- What it keeps to itself -------------------------------------------------------------------------------------------

KNOWN_BY_THE_WORLD = {
    "assumptions",
    "people",
    "responding",
    "fitting",
    "portfolio",
    "remembering",
    "calibration",
    "calibrating",
}
SEEN_BY_ANYBODY = {"CHANNELS", "HOURS", "OFFERS", "STEPS", "Allowance", "Contacts", "Drawn", "Nobody", "Seen", "Strategy", "BoolArray"}  # fmt: skip
TWIN = "tandem.learn.simulator.portfolio"
STRATEGY_SIDE = [
    SOURCE / "faces" / "twin" / "strategies.py",
    SOURCE / "act" / "collections" / "choosing.py",
    SOURCE / "act" / "collections" / "responding.py",
    SOURCE / "learn" / "simulator" / "portfolio" / "contacts.py",
    SOURCE / "learn" / "simulator" / "portfolio" / "usual.py",
    SOURCE / "learn" / "simulator" / "portfolio" / "exploring.py",
    *sorted((SOURCE / "learn" / "uplift").glob("*.py")),
]


@pytest.mark.parametrize("file", STRATEGY_SIDE, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_a_strategy_is_given_what_a_lender_sees_and_reads_nothing_of_the_world(file):
    text = file.read_text(encoding="utf-8")
    assert "assumptions.yaml" not in text
    assert "calibration.json" not in text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(TWIN):
            assert node.module.removeprefix(TWIN).lstrip(".") not in KNOWN_BY_THE_WORLD
            assert {one.name for one in node.names} <= SEEN_BY_ANYBODY
        if isinstance(node, ast.Import):
            assert not any(one.name.startswith(TWIN) for one in node.names)


def test_a_lender_sees_tastes_only_blurred_and_no_hardship_that_was_not_told():
    portfolio = Portfolio(PortfolioWorld(customers=20_000))
    for _ in range(40):
        portfolio.morning()
        portfolio.evening()
    seen = portfolio.morning()
    people, who = portfolio.people, seen.customer
    hidden = {
        "prone": people.prone,
        "tone": people.tone,
        **{f"taste {one}": people.taste[:, at] for at, one in enumerate(CHANNELS)},
    }
    for name, truth in hidden.items():
        for column, value in seen.columns.items():
            if value.std() > 0:
                assert abs(np.corrcoef(truth[who], value)[0, 1]) < 0.75, f"{column} tells {name}"
    assert (seen.columns["hardship"] == 0).all()
    assert people.hardship[who].any()
    assert 0.3 < (seen.columns["usual_hour"] == people.hour[who]).mean() < 0.8


def test_where_nothing_is_shown_a_lender_sees_nothing_of_tastes():
    people = Portfolio(PortfolioWorld(customers=20_000, dials=dials(shown=0.0))).people
    assert abs(np.corrcoef(people.habit[:, 1], people.taste[:, 1])[0, 1]) < 0.03


def test_quantiles_are_drawn_between_their_ends():
    one = Quantiles(at=(0.0, 0.5, 1.0), values=(1.0, 2.0, 10.0), rows=1, source="", how="")
    assert one.drawn(np.array([0.0, 0.25, 0.5, 1.0])).tolist() == [1.0, 1.5, 2.0, 10.0]
    assert one.mean == pytest.approx(3.75, rel=0.01)
    assert msgspec.json.decode(msgspec.json.encode(one), type=Quantiles) == one
