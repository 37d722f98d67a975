"""Real, bundled tables that training is tested on."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from tandem.learn.training import TrainingResult, TrainSpec, read_table, train

DATA = Path(__file__).parents[3] / "examples" / "data"


@pytest.fixture(scope="session")
def loans() -> pa.Table:
    """4,454 real loan applications (modeldata, credit_data)."""
    return read_table(DATA / "modeldata_credit" / "credit_data.csv.gz")


@pytest.fixture(scope="session")
def german() -> pa.Table:
    """1,000 real credits (UCI 144); the file has no header."""
    names = [f"a{place}" for place in range(1, 21)] + ["outcome"]
    return pa_csv.read_csv(
        DATA / "german_credit" / "german.data",
        read_options=pa_csv.ReadOptions(column_names=names),
        parse_options=pa_csv.ParseOptions(delimiter=" "),
    )


@pytest.fixture(scope="session")
def german_spec() -> TrainSpec:
    return TrainSpec(target="outcome", positive="2", name="german", folds=3)


@pytest.fixture(scope="session")
def german_result(german: pa.Table, german_spec: TrainSpec) -> TrainingResult:
    return train(german, german_spec)
