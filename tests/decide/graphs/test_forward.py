"""One row through the network: the same margin as in bulk, and parts that are what game theory says they are."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import permutations

import numpy as np
import pytest
from drawn_networks import drawn, names

from tandem.decide.graphs import COMPILED, Forward, SageNetwork, encoded, kernel_of
from tandem.decide.models import MARKS

KINDS = ("device", "phone", "address", "card")
NO_TWIN = pytest.mark.skipif(not COMPILED, reason="no compiled kernel here")
BOTH = pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=NO_TWIN)])


def neighbours(document, seed, sizes):
    """Per link so many neighbours with drawn states."""
    rng = np.random.default_rng(seed)
    return [
        [(rng.uniform(0, 2, 2 * document.width).astype(np.float32), (True, False, None)[at % 3]) for at in range(size)]
        for size in sizes
    ]


def in_bulk(document, values, near):
    shape = (1, len(document.links), document.slots)
    table, present = np.zeros((*shape, 2 * document.width + MARKS), np.float32), np.zeros(shape, np.float32)
    for place, some in enumerate(near):
        for slot, (states, known) in enumerate(some):
            table[0, place, slot] = [*states, known is True, known is False]
            present[0, place, slot] = 1
    return SageNetwork(document).run(encoded(document, np.array([values], dtype=np.float64)), table, present)


@pytest.mark.parametrize("sizes", [(0, 0, 0, 0), (1, 0, 0, 0), (3, 1, 0, 2), (3, 3, 3, 3)])
def test_the_parts_sum_to_the_margin_of_the_network_in_bulk_and_the_states_are_its_states(sizes):
    document = drawn(kinds=KINDS, width=16)
    values, near = [3.0, None, 40.0], neighbours(document, 5, sizes)
    parts, states = Forward(document).run(values, near)
    margin, bulk = in_bulk(document, [3.0, np.nan, 40.0], near)
    assert sum(parts) == pytest.approx(float(margin[0]), abs=1e-5)
    assert np.allclose(states, bulk[0], rtol=0, atol=1e-5)
    assert [part != 0.0 for part in parts[1:]] == [size > 0 for size in sizes]


def test_a_part_is_the_shapley_value_of_its_link_by_the_definition():
    document = drawn(kinds=KINDS, width=16)
    values, near = [3.0, 1.0, 40.0], neighbours(document, 6, (2, 0, 3, 1))
    forward = Forward(document)
    players = [place for place, some in enumerate(near) if some]

    def worth(present):
        parts, _ = forward.run(values, [some if place in present else [] for place, some in enumerate(near)])
        return math.fsum(parts)

    # Over every order in which the links may come: what each adds when it comes.
    added = dict.fromkeys(players, 0.0)
    orders = list(permutations(players))
    for order in orders:
        for at, player in enumerate(order):
            added[player] += worth(set(order[: at + 1])) - worth(set(order[:at]))
    parts, _ = forward.run(values, near)
    assert parts[0] == worth(set())
    for player in players:
        assert parts[player + 1] == pytest.approx(added[player] / len(orders), abs=1e-12)


@BOTH
def test_whatever_is_no_number_is_the_mean_and_what_is_far_off_is_ten_deviations(compiled):
    document = drawn()
    kernel = kernel_of(document, compiled=compiled)
    nothing = kernel.read([None] * 3, [None, None])
    for odd in (math.nan, math.inf, -math.inf, "text", 10**400, -(10**400)):
        assert kernel.read([odd] * 3, [None, None]) == nothing
    assert kernel.read([1e300] * 3, [None, None]) == kernel.read([1e12] * 3, [None, None]) != nothing
    assert kernel.read([True, Decimal("2.5"), 3], [None, None]) == kernel.read([1.0, 2.5, 3.0], [None, None])


@BOTH
def test_what_does_not_fit_is_refused_and_nothing_moves(compiled):
    kernel = kernel_of(drawn(), compiled=compiled)
    one = names(1)[0]
    before = kernel.state()
    for values, named, member in [
        ([1.0], [None, None], one),
        ([1.0] * 3, [None], one),
        ([1.0] * 3, [None, "no pseudonym"], one),
        ([1.0] * 3, [one.upper(), None], one),
        ([1.0] * 3, [one, None], "nobody"),
    ]:
        with pytest.raises(ValueError, match=r"values|things|pseudonym"):
            kernel.observe(values, named, member)
    with pytest.raises(ValueError, match="pseudonym"):
        kernel.mark("nobody", bad=True)
    assert kernel.state() == before
