"""Public sets that benchmarks read are found where somebody says they are, else among the bundled ones, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.data_folder import PUBLISHED, VARIABLE, absent, data_at, data_if_here
from tandem.kernel.errors import NotFound

BUNDLED = Path(__file__).parents[2] / "examples" / "data"
HMEQ, GERMAN = "hmeq/hmeq.csv", "german_credit/german.data"


@pytest.fixture
def named(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def put(folder, path):
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text("a,b\n")


def test_a_set_in_the_named_folder_is_taken_before_the_bundled_one(named):
    assert data_at(GERMAN) == BUNDLED / GERMAN
    put(named, GERMAN)
    assert data_at(GERMAN) == named / GERMAN


def test_a_set_that_is_not_bundled_is_found_in_the_named_folder(named):
    assert data_if_here(HMEQ) is None
    put(named, HMEQ)
    assert data_if_here(HMEQ) == named / HMEQ
    assert data_if_here("hmeq") == named / "hmeq"


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_only_what_is_bundled_is_here(monkeypatch, value):
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    here = {name for name in PUBLISHED if data_if_here(name)}
    assert here == {one.name for one in BUNDLED.iterdir()}


def test_a_set_that_is_not_here_names_itself_the_variable_and_where_it_is_published(named):
    with pytest.raises(NotFound) as refused:
        data_at(HMEQ)
    assert (refused.value.code, refused.value.field, refused.value.value) == ("no_data_set", VARIABLE, str(named))
    for text in (str(refused.value), absent(HMEQ)):
        assert all(part in text for part in (HMEQ, VARIABLE, PUBLISHED["hmeq"]))
