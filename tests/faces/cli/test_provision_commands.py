"""``tandem provisions``: a run stages accounts and prints what moved; run again it posts what has changed since."""

from __future__ import annotations

import json

import pytest
from bank_house import LOAN
from command_house import CommandHouse
from provision_material import RULES

from tandem.kernel.artefacts import Artefact


@pytest.fixture
def house(tmp_path, monkeypatch, capsys):
    more = [Artefact.of("product", "cash_loan", LOAN), Artefact.of("provision_rules", "ifrs9", RULES)]
    return CommandHouse(tmp_path, monkeypatch, capsys, more)


def ran(house, *words):
    code, out, err = house.run("provisions", "run", *words, "--by", "ann", "--json")
    assert code == 0, err
    return json.loads(out)


def test_before_the_first_run_it_says_how_to_have_one(house):
    code, out, err = house.run("provisions", "show")
    assert (code, "tandem provisions run" in out + err) == (0, True)


def test_a_run_posts_what_is_expected_to_be_lost_and_a_second_one_posts_nothing_more(house):
    house.sign("app-1")
    first = ran(house)
    (book,) = first["books"]
    (stage,) = [one for one in book["stages"] if one["accounts"]]
    assert (stage["stage"], stage["accounts"], stage["gross_minor"]) == (1, 1, 120_000)
    assert 0 < stage["new_minor"] == stage["closing_minor"] < 120_000
    seq = house.inside(lambda process: process.journal.drain().seq)
    again = ran(house)
    assert again["books"] == first["books"]
    assert house.inside(lambda process: process.journal.drain().seq) == seq
    assert json.loads(house.run("provisions", "show", "--json")[1]) == again


def test_the_table_says_rules_day_and_who_ran_it(house):
    house.sign("app-1")
    code, out, err = house.run("provisions", "run", "--by", "ann")
    said = out + err
    assert (code, "ifrs9, at the end of" in said, "run by ann" in said) == (0, True, True)
    assert "in scenario bad alone" in said


def test_whoever_grades_accounts_gives_their_own_probabilities(house):
    account = house.sign("app-1")
    before = ran(house)["books"][0]["stages"]
    grades = house.folder / "grades.csv"
    grades.write_text(f"account,probability\n{account.account_id},0.5\n", "utf-8")
    after = ran(house, "--probabilities", grades)["books"][0]["stages"]
    assert sum(one["closing_minor"] for one in after) > 2 * sum(one["closing_minor"] for one in before)


def test_what_cannot_be_run_is_named(house):
    code, _, err = house.run("provisions", "run", "--on", "2999-01-01", "--json")
    assert (code != 0, json.loads(err)["code"]) == (True, "in_future")
    grades = house.folder / "grades.csv"
    grades.write_text("who,what\na,0.5\n", "utf-8")
    code, _, err = house.run("provisions", "run", "--probabilities", grades, "--json")
    assert (code, json.loads(err)["field"]) == (3, "probabilities")
