"""A challenger: a better one passes, a bad one is refused for what is bad about it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from tandem.decide.models import Blend, Linear, LinearInput, Member, Metadata, ModelInput, Tree, Trees, from_lightgbm
from tandem.kernel.errors import NotFound
from tandem.kernel.time import DAY, Micros
from tandem.learn.gates import (
    ChallengerLimits,
    Evidence,
    alpha_at,
    fairness_pack,
    judge_challenger,
    operations,
    read_fairness_pack,
)

NAMES = ("a", "b", "c", "d")
LIMITS = ChallengerLimits(fairness=fairness_pack("four-fifths"))


def people(rows, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, 4))
    bad = (rng.random(rows) < 1 / (1 + np.exp(1.5 - x @ np.array([0.9, 0.6, 0.5, 0.2])))).astype(float)
    group = rng.integers(0, 2, rows).astype(float)
    return pa.table({**dict(zip(NAMES, x.T, strict=True)), "group": group}), bad


def fit(table, bad, names=NAMES, *, seed=1, reasons=True, rounds=60, **more):
    import lightgbm

    settings = {
        "objective": "binary", "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 40, "lambda_l2": 5.0, "verbosity": -1,
        "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": seed, **more,
    }  # fmt: skip
    matrix = np.column_stack([table[name].to_numpy() for name in names])
    booster = lightgbm.train(settings, lightgbm.Dataset(matrix, bad), rounds)
    inputs = [ModelInput(name=name, reason=f"R_{name.upper()}" if reasons else None) for name in names]
    return from_lightgbm(booster, Metadata(name="m", target="bad"), inputs)


@pytest.fixture(scope="module")
def rows():
    return {"train": people(8000, 1), "matured": people(9000, 2), "traffic": people(3000, 3)}


@pytest.fixture(scope="module")
def champion(rows):
    return fit(*rows["train"], ("a", "b"))


@pytest.fixture(scope="module")
def challenger(rows):
    return fit(*rows["train"])


@pytest.fixture(scope="module")
def evidence(rows, challenger):
    (table, bad), (traffic, _) = rows["train"], rows["traffic"]
    rng = np.random.default_rng(9)
    drawn = rng.integers(0, bad.size, bad.size)
    matured, outcome = rows["matured"]
    return Evidence(
        traffic=traffic,
        matured=matured,
        bad=outcome,
        training=table,
        training_bad=bad,
        segments={"side": np.where(matured["b"].to_numpy() > 0, "up", "down").tolist()},
        groups={"sex": np.where(traffic["group"].to_numpy() > 0.5, "f", "m").tolist()},
        retrained=challenger,
        refits=(fit(table.take(pa.array(drawn)), bad[drawn]),),
    )


def codes(*arguments):
    return judge_challenger(*arguments).codes


def test_a_truly_better_challenger_passes(champion, challenger, evidence):
    report = judge_challenger(champion, challenger, evidence, LIMITS)

    assert report.passed, report.hard


def test_the_champion_itself_is_no_better_than_itself(champion, evidence):
    report = judge_challenger(champion, champion, replace(evidence, retrained=champion, refits=()), LIMITS)

    assert report.codes == ("not_superior",)


def test_an_input_that_is_filled_in_later_is_a_leak(champion, rows, evidence):
    table, bad = rows["train"]
    rng = np.random.default_rng(4)

    def told(outcome):
        return pa.array(outcome * (rng.random(outcome.size) < 0.3) + rng.normal(0, 0.2, outcome.size))

    leaky = table.append_column("calls", told(bad))
    model = fit(leaky, bad, (*NAMES, "calls"))
    nothing = evidence.traffic.append_column("calls", pa.nulls(evidence.traffic.num_rows, pa.float64()))
    matured = evidence.matured.append_column("calls", told(evidence.bad))
    known = replace(evidence, traffic=nothing, matured=matured, training=leaky, retrained=model, refits=())

    assert codes(champion, model, known, LIMITS)[0] == "absent_in_traffic"
    assert codes(champion, model, replace(known, later=("calls",)), LIMITS)[0] == "after_the_fact"
    forbidding = msgspec.structs.replace(LIMITS, forbidden=("calls",))
    assert codes(champion, model, known, forbidding)[0] == "forbidden_input"


def test_an_input_that_alone_tells_the_outcome_is_a_leak(champion, rows, evidence):
    table, bad = rows["train"]
    rng = np.random.default_rng(4)
    leaky = table.append_column("x", pa.array(bad + rng.normal(0, 0.2, bad.size)))
    model = fit(leaky, bad, (*NAMES, "x"))
    traffic = evidence.traffic.append_column("x", pa.array(rng.normal(0, 0.2, evidence.traffic.num_rows)))
    matured = evidence.matured.append_column("x", pa.array(evidence.bad + rng.normal(0, 0.2, evidence.bad.size)))

    known = replace(evidence, traffic=traffic, matured=matured, training=leaky, retrained=model, refits=())
    found = codes(champion, model, known, LIMITS)

    assert found[:2] == ("too_good_input", "too_good_jump")


def test_getting_back_to_what_the_champion_once_showed_is_no_jump_too_good_to_be_true(rows, challenger, evidence):
    # Trained where the signs were others, as if the world had turned round: worse than chance by now.
    table, bad = rows["train"]
    fallen = fit(table, 1.0 - bad)
    known = replace(evidence, refits=())

    assert "too_good_jump" in codes(fallen, challenger, known, LIMITS)
    assert "too_good_jump" in codes(fallen, challenger, replace(known, champion_shown=0.6), LIMITS)
    assert "too_good_jump" not in codes(fallen, challenger, replace(known, champion_shown=0.75), LIMITS)


def test_a_champion_that_showed_little_lets_no_jump_pass_that_is_small_over_it_now(champion, challenger, evidence):
    assert "too_good_jump" not in codes(champion, challenger, replace(evidence, champion_shown=0.5), LIMITS)


def test_a_challenger_whose_level_moved_has_drifted(champion, challenger, evidence):
    risen = msgspec.structs.replace(challenger, base=challenger.base + 1.0)

    found = codes(champion, risen, replace(evidence, retrained=risen, refits=()), LIMITS)

    assert found[0] == "score_drift"
    assert "calibration_in_large" in found
    assert "calibration_error" in found


def test_a_surcharge_on_a_group_is_unfair_by_the_pack_and_unjudged_without_one(champion, challenger, evidence):
    stump = Tree(
        feature=(4,), threshold=(0.5,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,), leaf=(-0.5, 0.5),
        leaf_count=(1, 1),
    )  # fmt: skip
    reads = (*challenger.inputs, ModelInput(name="group", reason="R_G"))
    unfair = msgspec.structs.replace(challenger, inputs=reads, trees=(*challenger.trees, stump))
    known = replace(evidence, retrained=unfair, refits=())

    report = judge_challenger(champion, unfair, known, LIMITS)
    fair = [one for one in report.hard if one.gate == "fairness"]

    assert report.hard[0].code == "approval_ratio"
    assert report.hard[0].segment == "sex=f"
    assert {"mean_difference", "proxy_input"} <= {one.code for one in fair}
    without = judge_challenger(champion, unfair, known)
    assert "fairness_unjudged" in [one.code for one in without.warnings]
    assert not [one for one in without.hard if one.gate == "fairness"]


def test_a_training_that_cannot_be_repeated_is_refused(champion, challenger, rows, evidence):
    other = fit(*rows["train"], seed=2, feature_fraction=0.5)

    assert codes(champion, challenger, replace(evidence, retrained=other), LIMITS)[0] == "not_reproducible"


def test_decisions_that_change_between_refits_are_refused(champion, rows, evidence):
    table, bad = rows["train"]
    few = [np.random.default_rng(seed).integers(0, bad.size, 150) for seed in range(3)]
    first, *others = (fit(table.take(pa.array(one)), bad[one], min_data_in_leaf=3, lambda_l2=0.0) for one in few)

    found = codes(champion, first, replace(evidence, training=None, retrained=first, refits=tuple(others)), LIMITS)

    assert found[0] == "unstable_decisions"


def test_the_same_scores_from_many_more_trees_are_too_slow(champion, challenger, evidence):
    thin = [msgspec.structs.replace(t, leaf=tuple(v / 16 for v in t.leaf)) for t in challenger.trees]
    slow = msgspec.structs.replace(challenger, trees=tuple(thin) * 16)

    found = judge_challenger(champion, slow, replace(evidence, retrained=slow), LIMITS)

    assert found.codes == ("too_slow",)
    assert found.hard[0].value == pytest.approx(16 * operations(challenger))


def test_rows_learned_by_heart_are_refused(champion, rows, evidence):
    table, bad = rows["train"]
    deep = fit(table, bad, num_leaves=200, min_data_in_leaf=1, lambda_l2=0.0)

    assert codes(champion, deep, replace(evidence, retrained=deep, refits=()), LIMITS)[0] == "overfit"


def test_a_sign_that_is_asked_is_proved_or_refused(champion, challenger, rows, evidence):
    asking = msgspec.structs.replace(LIMITS, monotone={"d": 1})
    held = fit(*rows["train"], monotone_constraints=[0, 0, 0, 1], monotone_constraints_method="basic")

    assert "not_monotone" in codes(champion, challenger, evidence, asking)
    assert "not_monotone" not in codes(champion, held, replace(evidence, retrained=held), asking)


def test_every_input_needs_its_reason(champion, rows, evidence):
    silent = fit(*rows["train"], reasons=False)

    report = judge_challenger(champion, silent, replace(evidence, retrained=silent), LIMITS)

    assert [one.column for one in report.hard] == list(NAMES)
    assert report.codes == ("reason_missing",)


def test_knowing_nothing_must_not_be_the_safest(champion, challenger, evidence):
    nothing = Tree(
        feature=(0, 0), threshold=(-1e30, 0.0), missing=(2, 2), default_left=(True, True), left=(-1, -2), right=(1, -3),
        leaf=(-4.0, 0.0, 0.0), leaf_count=(1, 5, 5),
    )  # fmt: skip
    lenient = msgspec.structs.replace(challenger, trees=(*challenger.trees, nothing))

    assert codes(champion, lenient, replace(evidence, retrained=lenient, refits=()), LIMITS) == ("missing_is_safe",)


def test_a_segment_does_not_pay_for_the_others(champion, challenger, evidence):
    matured = evidence.matured
    crowd = np.where(np.arange(evidence.bad.size) % 4 == 0, "small", "large")
    hurt = matured.set_column(
        matured.column_names.index("c"), "c", pa.array(np.where(crowd == "small", -2.0, 1.0) * matured["c"].to_numpy())
    )

    report = judge_challenger(
        champion, challenger, replace(evidence, matured=hurt, segments={"crowd": crowd.tolist()}), LIMITS
    )

    worse = [one for one in report.hard if one.code == "segment_worse"]
    assert [one.segment for one in worse] == ["crowd=small"]


def test_a_segment_with_few_bads_is_named_and_stops_nothing(champion, challenger, evidence):
    crowd = ["tiny" if row < 40 else "rest" for row in range(evidence.bad.size)]

    report = judge_challenger(champion, challenger, replace(evidence, segments={"crowd": crowd}), LIMITS)

    assert report.passed
    assert [(one.code, one.segment) for one in report.warnings] == [("segment_unproven", "crowd=tiny")]


def test_evidence_has_to_be_enough(champion, challenger, evidence):
    few = replace(evidence, matured=evidence.matured.slice(0, 900), bad=evidence.bad[:900], segments={})

    assert codes(champion, challenger, few, LIMITS)[0] == "too_few_bads"


def test_a_worse_challenger_is_called_worse(champion, challenger, evidence):
    report = judge_challenger(challenger, champion, replace(evidence, retrained=champion, refits=()), LIMITS)

    assert report.codes[-2:] == ("worse", "not_superior")


def test_error_is_spent_over_the_looks_and_never_more_than_all_of_it():
    spent = [alpha_at(look, 0.05) for look in range(1, 2000)]

    assert spent[0] == pytest.approx(0.025)
    assert all(later < earlier for earlier, later in pairwise(spent))
    assert sum(spent) < 0.05


def test_noise_is_not_promoted_over_a_year_of_looks():
    """Twins by construction, looked at daily: the share of champions that a year of noise replaces stays below alpha."""
    from scipy.stats import norm

    rng = np.random.default_rng(1)
    steps = rng.normal(size=(2000, 365))
    looks = np.arange(1, 366)
    z = np.cumsum(steps, axis=1) / np.sqrt(looks)
    limits = np.asarray([norm.isf(alpha_at(int(look), 0.05)) for look in looks])

    assert float(np.mean((z > limits).any(axis=1))) <= 0.05
    assert float(np.mean((z > norm.isf(0.025)).any(axis=1))) > 0.2


def test_a_repair_and_a_refresh_need_their_reason(champion, evidence):
    risen = msgspec.structs.replace(champion, base=champion.base + 0.5)
    same = replace(evidence, retrained=champion, refits=())

    assert codes(champion, champion, replace(same, purpose="calibration"), LIMITS) == ("no_repair_needed",)
    assert judge_challenger(risen, champion, replace(same, purpose="calibration"), LIMITS).passed
    assert codes(risen, champion, same, LIMITS)[0] == "score_drift"
    assert codes(champion, champion, replace(same, purpose="refresh", champion_age=Micros(10 * DAY)), LIMITS) == (
        "refresh_not_due",
    )
    due = replace(same, purpose="refresh", champion_age=Micros(200 * DAY))
    assert judge_challenger(champion, champion, due, LIMITS).passed


def test_a_challenger_that_reads_what_is_not_there_is_refused(champion, challenger, evidence):
    bare = replace(evidence, traffic=evidence.traffic.drop_columns(["d"]))

    report = judge_challenger(champion, challenger, bare, LIMITS)

    assert report.codes == ("cannot_be_scored",)


def test_operations_are_counted_over_all_members(challenger, champion):
    half = Blend(
        metadata=Metadata(name="m", target="bad"),
        members=(Member(weight=0.5, model=champion), Member(weight=0.5, model=challenger)),
    )
    stump = Tree(
        feature=(0,), threshold=(0.0,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,), leaf=(0.0, 1.0),
        leaf_count=(3, 1),
    )  # fmt: skip

    assert operations(half) == pytest.approx(operations(champion) + operations(challenger))
    assert operations(Trees(metadata=half.metadata, inputs=(ModelInput(name="a"),), trees=(stump,))) == 2.0
    texts = LinearInput(name="b", type="categorical", levels=("x", "y", "z"), weights=(0.0, 0.1, 0.2))
    lines = Linear(metadata=half.metadata, inputs=(LinearInput(name="a", weight=1.0, high=1.0), texts), intercept=0.0)
    assert operations(lines) == 1.0 + 3.0


def test_packs_are_files_with_a_date(tmp_path):
    assert fairness_pack("four-fifths").effective_from == "1978-08-25"
    with pytest.raises(NotFound):
        fairness_pack("five-sixths")
    own = tmp_path / "own.yaml"
    own.write_text('{name: own, effective_from: "2026-07-21", source: us, ratio_least: 0.9, smd_most: 0.2}')
    assert read_fairness_pack(own).ratio_least == 0.9
