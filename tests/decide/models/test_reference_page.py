"""What the reference page shows is true: its documents load, its limits are the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tandem.decide.models as room
from tandem.decide.models import check_reasons, load_model, monotone_violations, read_catalogue
from tandem.decide.models import limits as table

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "models.md").read_text(encoding="utf-8")
TREES, CARD, CATALOGUE = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)


def test_the_trees_of_the_page_score_as_it_says():
    model = load_model(TREES)
    assert model.score([20, "own"]).margin == 0.7
    assert model.score([30, "own"]).margin == -0.4
    assert model.score([30, "rent"]).margin == 0.2
    assert model.score([30, "boat"]).margin == model.score([30, None]).margin == -0.4
    assert model.reasons([20, "own"])[0].reason_code == "AGE"
    assert monotone_violations(model, "age") == ()


def test_the_card_of_the_page_scores_as_it_says():
    model = load_model(CARD)
    assert model.score([24]) == model.score([20])
    assert model.score([24]).points == 516 - 14
    assert model.score([25]).points == 516 + 7
    assert model.score([-7]).margin == pytest.approx(-0.75)
    check_reasons(model, read_catalogue(CATALOGUE))


def test_the_limits_of_the_page_are_the_limits():
    row = dict(
        re.findall(r"^\| (.+?) \| (.+?) \|$", PAGE.split("## Limits")[1].split("## Errors")[0], flags=re.MULTILINE)
    )
    assert row["document"] == f"{table.MAX_DOCUMENT_BYTES // 2**20} MiB"
    assert row["inputs"] == f"{table.MAX_INPUTS:,}"
    sizes = (table.MAX_TREES, table.MAX_LEAVES, table.MAX_LEAVES_TOTAL, table.MAX_DEPTH)
    assert row["trees; leaves of a tree; leaves in all; depth"] == "; ".join(f"{size:,}" for size in sizes)
    assert row["members of a blend"] == str(table.MAX_MEMBERS)
    assert row["absolute leaf, coefficient, weight of evidence, slope"] == f"{table.MAX_WEIGHT:,.0f}"


def test_every_public_name_is_there():
    assert len(set(room.__all__)) == len(room.__all__)
    assert all(hasattr(room, name) for name in room.__all__)
