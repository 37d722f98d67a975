"""The newcomer's tour in the README, run as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def blocks() -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(r"```sh\n(.*?)```", text[text.index("<!-- tour") :], re.DOTALL)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> str:
    """What the tour's commands print, run one after the other in a folder that has the examples."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "examples").symlink_to(ROOT / "examples")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANDEM_")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    assert shutil.which("tandem", path=environment["PATH"]), "installed beside the interpreter"
    script = "set -e\n" + "".join(blocks())
    done = subprocess.run(
        ["sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_tour_goes_from_a_csv_to_a_model_and_a_released_policy(told):
    assert "Champion:" in told
    assert "In force from the next event on" in told


def test_the_tour_ends_in_a_decision_that_is_explained(told):
    assert re.search(r"DECLINE\s+dec_\w+", told)
    assert "The way through the policy" in told
    assert "What raised the score" in told


def test_the_tour_shows_that_the_decision_repeats_and_the_book_is_whole(told):
    ids = set(re.findall(r"dec_[0-9a-f]{32}", told))
    assert len(ids) == 1, "asking again does not decide again"
