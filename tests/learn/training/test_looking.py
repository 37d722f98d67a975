"""A look before training: what columns are, what speaks against them, and what training would say."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.training import LOOKED_AT_MAX, LookAsked, look_at, sensitive_column
from tandem.prove.privacy import DataClass


@pytest.mark.parametrize(
    ("name", "kind", "ground"),
    [
        ("Age", "protected", "age"),
        ("applicant_sex", "protected", "sex"),
        ("maritalStatus", "protected", "marital_status"),
        ("foreign_worker", "protected", "origin"),
        ("性别", "protected", "sex"),
        ("婚姻状况", "protected", "marital_status"),
        ("loginPassword", "private", "credential"),
        ("card_number", "private", "identity_number"),
        ("身份证号", "private", "identity_number"),
        ("Email", "private", "contact"),
    ],
)
def test_a_name_tells_what_is_protected_and_what_names_a_person(name, kind, ground):
    found = sensitive_column(name)
    assert (found.kind, found.ground) == (kind, ground)


@pytest.mark.parametrize(
    "name", ["amount", "usage", "percentage", "essex_branch", "seniority", "Pinned", "origination"]
)
def test_a_name_that_only_sounds_like_it_says_nothing(name):
    assert sensitive_column(name) is None


def test_what_the_workspace_keeps_as_a_credential_shows_no_value(loans):
    seen = look_at(loans, LookAsked(), {"Records": DataClass.C3})
    (records,) = [one for one in seen.columns if one.name == "Records"]
    assert (records.sensitive.ground, records.examples, records.values) == ("credential", (), ())
    assert "Records" in seen.forbid


def test_nothing_said_suggests_and_finds_proxies_of_what_it_suggests_to_forbid(loans):
    seen = look_at(loans, LookAsked())
    assert (seen.suggested.target, seen.suggested.time, seen.suggested.id) == ("Status", None, ("rownames",))
    assert seen.forbid == ("Age", "Marital")
    assert {one.column for one in seen.findings} >= {"Expenses", "Seniority"}
    assert seen.outlook is None


def test_what_is_said_counts_more_than_what_is_suggested(loans):
    seen = look_at(loans, LookAsked(target="Status", forbid=("Home",)))
    assert seen.forbid == ("Home",)
    assert "Seniority" not in {one.column for one in seen.findings if one.code == "proxy"}
    assert (seen.outlook.positive, seen.outlook.labelled, seen.outlook.bads) == ("bad", 4454, 1254)
    assert seen.outlook.train_rows + seen.outlook.test_rows == 4454


def test_a_time_column_says_where_the_test_begins():
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    table = pa.table(
        {"applied_on": days, "x": [n % 17 for n in range(len(days))], "bad": [n % 5 == 0 for n in range(len(days))]}
    )
    seen = look_at(table, LookAsked(target="bad", time="applied_on"))
    assert seen.suggested.time == "applied_on"
    assert (seen.outlook.split, seen.outlook.first) == ("out_of_time", "2026-01-01T00:00:00Z")
    assert seen.outlook.first < seen.outlook.boundary < seen.outlook.last
    assert seen.outlook.test_rows == pytest.approx(0.2 * len(days), abs=2)


def test_months_as_whole_numbers_are_a_time_and_a_term_in_months_is_not():
    months = [202600 + 1 + n % 12 for n in range(120)]
    table = pa.table({"term_months": [12 * (1 + n % 4) for n in range(120)], "month": months, "bad": [0, 1] * 60})
    assert look_at(table, LookAsked()).suggested.time == "month"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (LookAsked(target="Home"), "target_not_binary"),
        (LookAsked(target="Statos"), "unknown_column"),
        (LookAsked(target="Status", time="Home"), "time_missing"),
        (LookAsked(target="Status", forbid=("Nothing",)), "unknown_column"),
    ],
)
def test_what_training_would_refuse_is_told_beside_what_was_seen(loans, asked, code):
    seen = look_at(loans, asked)
    assert (seen.fault.code, seen.outlook) == (code, None)
    assert len(seen.columns) == loans.num_columns


def test_a_copy_of_the_outcome_is_found_before_training(loans):
    copied = loans.append_column("paid_late", loans.column("Status"))
    found = {one.code for one in look_at(copied, LookAsked(target="Status")).findings if one.column == "paid_late"}
    assert "copy_of_target" in found


def test_of_a_large_table_evenly_spaced_rows_are_looked_at():
    count = LOOKED_AT_MAX * 2
    table = pa.table({"x": pa.array(range(count)), "bad": pa.array([n % 4 == 0 for n in range(count)])})
    seen = look_at(table, LookAsked(target="bad"))
    assert (seen.rows, seen.looked_at) == (count, LOOKED_AT_MAX)


def test_two_columns_of_one_name_are_refused():
    table = pa.Table.from_arrays([pa.array([1, 2]), pa.array([1, 2])], names=["x", "x"])
    with pytest.raises(InvalidInput, match="Two columns"):
        look_at(table, LookAsked())
