"""``tandem accounts take-over``: a file of another system comes over as a whole or not at all, and every fault has its row."""

from __future__ import annotations

import csv
import json

import duckdb
import pytest
from command_house import CommandHouse
from till_product import TILL

from tandem.kernel.artefacts import Artefact

HEAD = "konto,kunde,eroeffnet,limit,tag,art,betrag,vertrag,raten"
ROWS = [
    "K-1,C-1,2026-01-05,3000.00,2026-01-05,ZAHL-AUS,1200.00,tv,3",
    "K-1,C-1,2026-01-05,3000.00,2026-02-20,ZAHL-EIN,400.00,,",
    "K-1,C-1,2026-01-05,3000.00,2026-02-25,GUTSCHRIFT,100.00,tv,",
    "K-2,C-2,2026-01-10,500.00,,,,,",
]
MAPPING = """
columns: {account: konto, owner: kunde, opened_on: eroeffnet, limit: limit, day: tag, kind: art, amount: betrag, plan: vertrag, term: raten}
kinds: {ZAHL-AUS: draw, ZAHL-EIN: payment, GUTSCHRIFT: refund}
"""
CONTROL = {"rows": 4, "accounts": 2, "drawn": "1200.00", "paid": "400.00", "refunded": "100.00"}


@pytest.fixture
def house(tmp_path, monkeypatch, capsys):
    product = {**TILL, "policies": {"application": "application"}}
    found = CommandHouse(tmp_path, monkeypatch, capsys, [Artefact.of("product", "till_limit", product)])
    (found.folder / "columns.yaml").write_text(MAPPING, "utf-8")
    return found


def take(house, rows, *words, control=CONTROL):
    file = house.folder / "cards.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    (house.folder / "control.yaml").write_text(json.dumps(control), "utf-8")
    if "--dry-run" not in words:
        words = (*words, "--control", "control.yaml")
    code, out, err = house.run(
        "accounts", "take-over", file, "--product", "till_limit", "--columns", "columns.yaml", "--by", "ann", "--json",
        *words,
    )  # fmt: skip
    return code, json.loads(out or err)


def accounts(house):
    """What stands in the book."""
    from tandem.act.lending import AccountBook
    from tandem.kernel.time import SystemClock

    def look(process):
        book = AccountBook(process, SystemClock())
        with book.lock:
            return [book.accounts.numbered(number) for number in reversed(list(book.accounts.newest()))]

    return house.inside(look)


def test_a_dry_run_says_what_the_file_comes_to_and_keeps_nothing(house):
    code, told = take(house, ROWS, "--dry-run")
    assert (code, told["faults"], told["taken"]) == (0, [], 0)
    assert told["totals"] == {
        "rows": 4, "accounts": 2, "movements": 3, "drawn_minor": 120_000, "paid_minor": 40_000, "refunded_minor": 10_000,
    }  # fmt: skip
    assert accounts(house) == []


def test_accounts_come_over_with_their_movements_and_come_over_once(house):
    assert take(house, ROWS, "--ids", "ids.csv")[1]["taken"] == 2
    first, second = accounts(house)
    plan = first.draws["tv"].plan
    assert (first.limit_minor, plan.totals.drawn, plan.totals.received, plan.totals.refunded) == (
        300_000, 120_000, 40_000, 10_000,
    )  # fmt: skip
    assert (second.limit_minor, second.draws) == (50_000, {})
    again = take(house, ROWS)[1]
    assert (again["taken"], again["again"]) == (0, 2)
    assert accounts(house) == [first, second]
    with (house.folder / "ids.csv").open(encoding="utf-8") as file:
        assert {row["account"]: row["account_id"] for row in csv.DictReader(file)} == {
            "K-1": first.account_id, "K-2": second.account_id,
        }  # fmt: skip
    assert "K-1" not in first.account_id, "another system's number is kept as a pseudonym"


def test_another_file_about_an_account_that_is_here_is_refused_with_its_row(house):
    take(house, ROWS)
    later = [ROWS[0], ROWS[1].replace("400.00", "500.00"), *ROWS[2:]]
    code, told = take(house, later, control={**CONTROL, "paid": "500.00"})
    assert (code, told["code"], told["at"]) == (5, "key_reused", "row 1")


@pytest.mark.parametrize(
    ("row", "field", "fault"),
    [
        ("K-3,C-3,2026-13-01,300.00,2026-01-05,ZAHL-AUS,100.00,tv,3", "eroeffnet", "invalid_date"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,ZAHL-AUS,1OO.00,tv,3", "betrag", "invalid_amount"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,ZAHL-AUS,100.005,tv,3", "betrag", "invalid_amount"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,ZAHL-AUS,-100.00,tv,3", "betrag", "out_of_range"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,ZINS,100.00,tv,3", "art", "unknown_kind"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-04,ZAHL-AUS,100.00,tv,3", "tag", "before_opening"),
        ("K-3,C-3,2026-01-05,300.00,2999-01-04,ZAHL-AUS,100.00,tv,3", "tag", "in_future"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,ZAHL-AUS,100.00,tv,x", "raten", "invalid_term"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,ZAHL-AUS,100.00,tv,5", "raten", "outside_product"),
        ("K-3,C-3,2026-01-05,300.00,2026-01-05,GUTSCHRIFT,1.00,sofa,", "vertrag", "unknown_plan"),
        ("K-3,C-3,2026-01-05,1.00,2026-01-05,ZAHL-AUS,100.00,tv,3", "limit", "not_allowed"),
        (",C-3,2026-01-05,300.00,2026-01-05,ZAHL-AUS,100.00,tv,3", "konto", "missing"),
        ("K-2,C-9,2026-01-10,500.00,,,,,", "kunde", "rows_differ"),
    ],
)
def test_a_fault_has_its_row_field_value_and_remedy_and_nothing_of_the_file_is_taken(house, row, field, fault):
    code, told = take(house, [*ROWS, row])
    assert code == 1
    (found,) = told["faults"]
    assert (found["row"], found["field"], found["code"]) == (5, field, fault)
    assert found["detail"]
    with (house.folder / "cards.csv.faults.csv").open(encoding="utf-8") as file:
        assert [one["row"] for one in csv.DictReader(file)] == ["5"]
    assert accounts(house) == []


@pytest.mark.parametrize("part", ["rows", "accounts", "drawn", "paid", "refunded"])
def test_a_file_that_does_not_come_to_its_control_total_is_not_taken_over(house, part):
    wrong = {**CONTROL, part: 7 if isinstance(CONTROL[part], int) else "7.00"}
    code, told = take(house, ROWS, control=wrong)
    assert (code, told["control"], len(told["differs"])) == (1, False, 1)
    assert told["differs"][0].startswith(part)
    assert accounts(house) == []


def test_parquet_comes_over_as_csv_does(house):
    take(house, ROWS, "--dry-run")
    file = house.folder / "cards.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{house.folder / 'cards.csv'}')) TO '{file}' (FORMAT parquet)"
        )
    code, out, _ = house.run(
        "accounts", "take-over", file, "--product", "till_limit", "--columns", "columns.yaml", "--control",
        "control.yaml", "--json",
    )  # fmt: skip
    assert (code, json.loads(out)["taken"]) == (0, 2)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--product", "nothing", "--columns", "columns.yaml", "--dry-run"), "product"),
        (("--product", "till_limit", "--columns", "nothing.yaml", "--dry-run"), "columns"),
        (("--product", "till_limit", "--columns", "columns.yaml"), "control"),
    ],
)
def test_what_is_asked_wrongly_is_named(house, words, field):
    (house.folder / "cards.csv").write_text(HEAD + "\n", "utf-8")
    code, _, err = house.run("accounts", "take-over", "cards.csv", *words, "--json")
    assert (code != 0, json.loads(err)["field"]) == (True, field)


def test_a_column_that_the_file_lacks_is_named(house):
    (house.folder / "cards.csv").write_text("konto,kunde\nK-1,C-1\n", "utf-8")
    words = ("--product", "till_limit", "--columns", "columns.yaml", "--dry-run", "--json")
    code, _, err = house.run("accounts", "take-over", "cards.csv", *words)
    told = json.loads(err)
    assert (code, told["code"], told["value"].split(", ")[0]) == (3, "unknown_column", "eroeffnet")
