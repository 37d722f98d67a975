"""What a day refused, accepted from the command line: by the same way as everybody, over the API."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from iterated_house import House, day_of, payments, plan_of, poisoned

from tandem.faces.cli import main

DAY = day_of(42)


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in whose log book a day was refused."""
    (tmp_path / "workspace.yaml").write_text("name: lender\n")
    house = House(tmp_path / ".tandem", poisoned(payments(shift=14), 42), plan_of())
    with house.iterations:
        house.run(42)
    house.process.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / ".tandem"))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> int:
    """The exit code of ``tandem`` with these words."""
    monkeypatch.setattr(sys, "argv", ["tandem", *words])
    try:
        main()
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


@pytest.mark.usefixtures("refused")
def test_rows_are_accepted_with_name_and_reason_and_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["iterate", "accept", "daily_fraud", DAY, "--by", "wang.fang", "-m", "a new kind of terminal"]
    assert run(monkeypatch, [*words, "--json"]) == 0
    (word,) = json.loads(capsys.readouterr().out)["acceptances"]
    assert (word["of"], word["by"], word["reason"]) == ("decided", "wang.fang", "a new kind of terminal")
    assert run(monkeypatch, words) != 0
    assert "already" in capsys.readouterr().err
