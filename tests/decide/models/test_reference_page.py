"""What the reference page shows is true: its documents load, its limits are the limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tandem.decide.models as room
from tandem.decide.graphs import kernel_of
from tandem.decide.models import check_reasons, load_model, monotone_violations, read_catalogue
from tandem.decide.models import limits as table
from tandem.decide.sequences import Histories

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "models.md").read_text(encoding="utf-8")
TREES, CARD, TABLES, LINES, TABULAR, NETWORK, RECURRENT, CATALOGUE = re.findall(
    r"```json\n(.*?)```", PAGE, flags=re.DOTALL
)


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


def test_the_tables_of_the_page_score_as_it_says():
    model = load_model(TABLES)
    assert model.score([20, "rent"]).margin == -1.0 + 0.5 + 0.5 + 0.25
    assert model.score([30, "own"]).margin == -1.0 + 0.0 - 0.5 + 0.0
    assert model.score([None, "boat"]).margin == -1.0 + 0.25 + 0.25 + 0.0
    assert model.expected == pytest.approx(-1.0 + (100 * 0.5 - 100 * 0.75) / 400 + 0.0625)
    assert monotone_violations(model, "age") == ()


def test_the_lines_of_the_page_score_as_it_says():
    model = load_model(LINES)
    assert model.score([4.0, "rent"]).margin == -1.0 + 0.5 * 2.0 + 0.5
    assert model.score([1e9, "own"]).margin == -1.0 + 0.5 * 8.0 - 0.5
    assert model.score([-7, "boat"]).margin == -1.0 + 0.75 + 0.125
    assert model.score([None, None]).margin == -1.0 + 0.25 + 0.25
    assert model.expected == pytest.approx(-1.0 + 0.1 - 0.2)
    assert monotone_violations(model, "debt") == ()


def test_the_tabular_network_of_the_page_scores_as_it_says():
    model = load_model(TABULAR)
    # state [0.5 + 0.5, -0.5 + 0.25 + 0.5] = [1.0, 0.25]; hidden 1.25; state [1.625, 0.25]
    assert model.score([30, "rent"]).margin == -1.0 + 1.625 + 0.25
    # state [0, -0.5] + means [0, 0.25] twice: hidden 0
    assert model.expected == -1.0
    # on the way from [0, 0] to [1.0, 0.25] the hidden number is always on: gradient [1.5, 1.5]
    assert model.contributions([30, "rent"]) == (0.75, 1.125)
    assert model.score([99, "boat"]).margin == model.score([60, "boat"]).margin


def test_the_network_of_the_page_reads_the_parts_it_says():
    model = load_model(NETWORK)
    assert model.inputs == ("ring_own", "ring_device")
    assert model.score([-1.5, 0.5]).margin == -1.0
    assert model.contributions([-1.5, 0.5]) == (-1.5 + 1.9, 0.5)
    assert model.score([None, None]).margin == model.expected == -1.9
    kernel = kernel_of(model.document)
    # One deviation above the mean: first .5, second .5, and the head adds .25 to its bias.
    assert kernel.observe([1500], ["0" * 32], "1" * 32) == [-1.75, 0.0]
    kernel.mark("1" * 32, bad=True)
    # The neighbour's first state .5 and its mark come into the second (.5 + .25 + .25), and its second state and the mark into the head.
    assert sum(kernel.read([1500], ["0" * 32])) == -2.0 + 0.5 * 1.0 + 0.25 * 0.5 + 2.0


def test_the_recurrent_network_of_the_page_remembers_as_it_says():
    model = load_model(RECURRENT)
    assert model.inputs == ("habit_own", "habit_history")
    assert model.score([None, None]).margin == model.expected == -2.5
    histories = Histories(model.document)
    # row .75 + .5; before the head .625 and .75
    assert histories.observe([250.0, "web"], 0, "1" * 32) == [-3.0 + 0.75 * 0.625 + 1.25 * 0.75, 0.0]
    kept = (1 + 1.125 / 2.125) / 2
    state = 1.25 / 2.25 * (1 - kept)
    # a day later the gap's vector is nothing: the same row, with a state
    own, history = histories.read([250.0, "web"], 86_400_000_000, "1" * 32)
    assert own == -3.0 + 0.75 * 0.625 + 1.25 * 0.75
    assert own + history == pytest.approx(-3.0 + 0.75 * (0.625 - state) + 1.25 * (0.75 + 2 * state), abs=1e-6)


def test_the_limits_of_the_page_are_the_limits():
    row = dict(
        re.findall(r"^\| (.+?) \| (.+?) \|$", PAGE.split("## Limits")[1].split("## Errors")[0], flags=re.MULTILINE)
    )
    assert row["document"] == f"{table.MAX_DOCUMENT_BYTES // 2**20} MiB"
    assert row["inputs"] == f"{table.MAX_INPUTS:,}"
    sizes = (table.MAX_TREES, table.MAX_LEAVES, table.MAX_LEAVES_TOTAL, table.MAX_DEPTH)
    assert row["trees; leaves of a tree; leaves in all; depth"] == "; ".join(f"{size:,}" for size in sizes)
    assert row["members of a blend"] == str(table.MAX_MEMBERS)
    assert row["pairs of an additive model; their cells in all"] == f"{table.MAX_PAIRS:,}; {table.MAX_CELLS:,}"
    of_a_network = (table.MAX_NETWORK_INPUTS, table.MAX_LINKS, table.MAX_MARKS)
    of_a_tabular = (table.MAX_WIDTH, table.MAX_HIDDEN, table.MAX_BLOCKS)
    assert row["a tabular network's width, hidden numbers of a block, blocks; numbers in all its vectors"] == (
        f"{', '.join(map(str, of_a_tabular))}; {table.MAX_VECTOR_NUMBERS:,}"
    )
    told = "stretches its gradient may have: hidden numbers and one, multiplied over all blocks but the last"
    assert row[told] == f"{table.MAX_STRETCHES:,}"
    assert row["knots of one of its inputs; texts"] == f"{table.MAX_BINS:,}; {table.MAX_CATEGORIES:,}"
    assert row["inputs, links, marks of a graph network; neighbours per link; width"] == (
        f"{', '.join(map(str, of_a_network))}; {table.MAX_SLOTS}; {table.MAX_WIDTH}"
    )
    assert row["absolute leaf, coefficient, weight of evidence, slope"] == f"{table.MAX_WEIGHT:,.0f}"


def test_every_public_name_is_there():
    assert len(set(room.__all__)) == len(room.__all__)
    assert all(hasattr(room, name) for name in room.__all__)
