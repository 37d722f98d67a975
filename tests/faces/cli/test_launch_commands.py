"""``tandem product assess`` and ``waive``: from files to a product that another person signed, on a workspace of its own."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from http_face import application

from tandem.decide.decisions import open_process
from tandem.faces.cli import main
from tandem.faces.cli.starting import write_starter
from tandem.kernel.settings import Settings


@pytest.fixture
def tandem(tmp_path, monkeypatch, capsys):
    write_starter(tmp_path / "lender", "lender")
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path / "lender")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["tandem", *words])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


def leaning_on_the_starter(name):
    path = Path("products") / f"{name}.yaml"
    text = path.read_text("utf-8")
    for own in ("loan_application", "checkout_application"):
        text = text.replace(own, "application")
    path.write_text(text, "utf-8")


def published(tandem, *names):
    assert tandem("push", "--by", "ann", "--json")[0] == 0
    assert tandem("review", *names, "--by", "bob", "--json")[0] == 0
    return tandem("release", *names, "--by", "bob", "--json")


def test_a_second_product_is_assessed_from_its_file_and_released_with_what_was_signed(tandem):
    tandem("product", "new", "till", "--template", "till_instalments")
    leaning_on_the_starter("till")
    assert tandem("push", "--by", "ann", "--json")[0] == 0
    assert tandem("review", "--all", "--by", "bob", "--json")[0] == 0
    assert tandem("release", "--by", "bob", "--json")[0] == 0
    process = open_process(Settings(home=Path(".tandem")), "lender")
    for number in range(120):
        process.decide_now(application(f"past-{number}", age=17 if number % 6 == 0 else 34))
    process.close()

    tandem("product", "new", "quick_loan", "--template", "cash_loan")
    leaning_on_the_starter("quick_loan")
    code, _, err = published(tandem, "product/quick_loan")
    assert code != 0
    assert "not_assessed" in err or "Nobody signed" in err
    code, _, err = tandem("product", "waive", "quick_loan", "--reason", "In a hurry.", "--by", "ann")
    assert code != 0
    code, out, err = tandem("product", "assess", "quick_loan", "--propose", "--by", "ann", "--json")
    assert code == 0, err
    found = json.loads(out)
    assert (found["report"]["counted"], found["report"]["backtest"]["candidate"]["approved"]["part"]) == (120, 100)
    names = ["product/quick_loan", "assessment/quick_loan"]
    assert tandem("review", *names, "--by", "bob", "--json")[0] == 0
    code, _, err = tandem("release", *names, "--by", "bob", "--json")
    assert code == 0, err


def test_a_product_that_no_file_has_is_not_assessed(tandem):
    code, _, err = tandem("product", "assess", "nothing")
    assert code != 0
    assert "no such product" in err.lower()
