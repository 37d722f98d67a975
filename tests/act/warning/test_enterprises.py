"""Enterprises are warned of as people's accounts are: real yearly accounts, an enterprise policy, a trained model."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from small_workspace import START, go_live

from tandem.act.warning import WarningDesk, report_of
from tandem.decide.decisions import ARTEFACT_FOLDERS, open_process
from tandem.kernel.artefacts import Artefact, load_workspace
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant
from tandem.learn.training import TrainSpec, train

EXAMPLES = Path(__file__).parents[3] / "examples"
ACCOUNTS = EXAMPLES / "data" / "polish_bankruptcy" / "5year.arff.gz"
PLACES = {
    "net_profit_to_assets": 0, "liabilities_to_assets": 1, "working_capital_to_assets": 2, "current_ratio": 3,
    "retained_to_assets": 5, "operating_profit_to_costs": 26, "sales_to_assets": 35, "sales_growth": 20,
    "days_of_payables": 31,
}  # fmt: skip
DECIDED = 400
CLOCK = FixedClock(Micros(START + 400 * DAY))


def enterprises():
    """The ratios by name and who went bankrupt, shuffled by a seed."""
    with gzip.open(ACCOUNTS, "rt") as file:
        lines = file.read().split("@data")[1].split()
    cells = np.array([line.split(",") for line in lines])
    values = np.where(cells == "?", "nan", cells).astype(float)
    values = values[np.random.default_rng(7).permutation(len(values))]
    return {name: values[:, place] for name, place in PLACES.items()}, values[:, -1] == 1


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    ratios, bankrupt = enterprises()
    table = pa.table({name: pa.array(found[DECIDED:], from_pandas=True) for name, found in ratios.items()})
    table = table.append_column("bankrupt", pa.array(bankrupt[DECIDED:].astype(np.int64)))
    spec = TrainSpec(target="bankrupt", positive="1", families=("lightgbm",), folds=2, name="enterprise_risk")
    made = train(table, spec)
    words = {one.code: {"en": one.en, "zh-CN": one.zh} for one in made.reasons.values()}
    reasons = {code: {"customer": one, "internal": one} for code, one in words.items()}
    process = open_process(
        Settings(home=tmp_path_factory.mktemp("enterprise")), "test", clock=CLOCK, entropy=SeededEntropy(1)
    )
    go_live(
        process,
        *load_workspace(EXAMPLES / "enterprise", ARTEFACT_FOLDERS).artefacts.values(),
        Artefact.of("model", "enterprise_risk", msgspec.to_builtins(made.document)),
        Artefact.of("reasons", "of_model", {"reasons": reasons}),
    )
    for number in range(DECIDED):
        at = Micros(START + (number % 30) * DAY)
        found = {name: float(one[number]) for name, one in ratios.items() if not np.isnan(one[number])}
        process.decide_now(
            {
                "event_id": f"accounts-{number}",
                "event_type": "annual_accounts",
                "occurred_at": format_instant(at),
                "values": {"enterprise": f"E{number}", **found},
            }
        )
    for number in range(DECIDED):
        known_at = format_instant(Micros(START + (300 + number % 30) * DAY))
        process.record_now(
            {
                "event_id": f"outcome-{number}",
                "event_type": "enterprise_outcome",
                "occurred_at": known_at,
                "values": {
                    "enterprise": f"E{number}", "accounts": f"accounts-{number}", "bankrupt": bool(bankrupt[number])
                },
            }
        )  # fmt: skip
    yield process
    process.close()


def test_an_enterprise_is_warned_of_and_its_outcome_is_known_most_of_a_year_later(process):
    desk = WarningDesk(process, clock=CLOCK, entropy=SeededEntropy(2))
    every = desk.look(lambda warnings, _now: [one.copy() for one in warnings])
    _, bankrupt = enterprises()
    came_true = [one for one in every if one.outcome == "came_true"]
    assert {one.entity_kind for one in every} == {"enterprise"}
    assert {one.said.policy for one in every} == {"annual_accounts"}
    assert {one.lead_days for one in came_true} == {300}
    assert {int(one.said.event_id.split("-")[1]) for one in came_true} <= set(
        np.flatnonzero(bankrupt[:DECIDED]).tolist()
    )


def test_warnings_are_several_times_as_often_right_as_chance(process):
    desk = WarningDesk(process, clock=CLOCK, entropy=SeededEntropy(2))
    report = desk.look(report_of)
    _, bankrupt = enterprises()
    assert report.all.raised >= 20
    assert report.all.open == 0, "a good end settles it as a bad one does"
    assert report.all.precision.value > 3 * bankrupt[:DECIDED].mean()
