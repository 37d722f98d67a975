"""Every benchmark still runs and says what it measured; whether a claim holds is the machine's to say, and no test's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import names

ROOT = Path(__file__).parents[2]
OFTEN = {"decision", "rules"}
"""Those that end in seconds, and stand in for parts of the hot path: run with every change."""


@pytest.mark.parametrize(
    "name",
    [
        one if one in OFTEN else pytest.param(one, marks=[pytest.mark.prove, pytest.mark.timeout(900)])
        for one in names()
    ],
)
def test_a_benchmark_prints_its_claims(name):
    command = [sys.executable, "-m", "benchmarks", name, "--json", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=880, check=False)
    assert done.stdout, done.stderr[-2_000:]
    told = json.loads(done.stdout)
    assert (told["name"], told["quick"]) == (name, True)
    assert told["claims"]
    for one in told["claims"]:
        assert one["id"], one
        assert one["protocol"], one
        assert one["target"] == "" or one["holds"] is not None or one["value"] is None, one
