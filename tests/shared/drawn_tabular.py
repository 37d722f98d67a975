"""Tabular networks drawn from a seed, so that kernels are tried on weights of any shape without a training."""

from __future__ import annotations

from typing import Any

import numpy as np

from tandem.decide.models import Block, Layer, Metadata, NetworkInput, TabularNetwork
from tandem.kernel.values import Value

__all__ = ["TEXTS", "drawn_rows", "drawn_tabular"]

TEXTS = ("own", "rent", "parents")


def drawn_tabular(
    seed: int, *, numbers: int = 3, texts: int = 2, width: int = 4, hidden: int = 6, blocks: int = 2
) -> TabularNetwork:
    """A network of ``numbers`` numeric inputs (knots -3 to 3) and ``texts`` categorical ones (``TEXTS``)."""
    rng = np.random.default_rng(seed)

    def line(size: int = width) -> tuple[float, ...]:
        return tuple(rng.normal(size=size).tolist())

    def layer(rows: int, columns: int) -> Layer:
        return Layer(weights=tuple(line(columns) for _ in range(rows)), bias=line(rows))

    def given(name: str, **what: Any) -> NetworkInput:
        return NetworkInput(name=name, missing=line(), mean=line(), reason=name.upper(), **what)

    knots = (-3.0, -1.0, 0.0, 0.5, 3.0)
    return TabularNetwork(
        metadata=Metadata(name="drawn", target="bad"),
        inputs=(
            *(given(f"x{at}", knots=knots, vectors=tuple(line() for _ in knots)) for at in range(numbers)),
            *(
                given(f"c{at}", type="categorical", levels=TEXTS, vectors=tuple(line() for _ in TEXTS), unknown=line())
                for at in range(texts)
            ),
        ),
        bias=line(),
        blocks=tuple(Block(inner=layer(hidden, width), outer=layer(width, hidden)) for _ in range(blocks)),
        head=line(),
        intercept=-1.0,
    )


def drawn_rows(document: TabularNetwork, seed: int, count: int) -> list[list[Value]]:
    """Rows for ``document``: numbers within and beyond its knots, known and unknown texts, gaps."""
    rng = np.random.default_rng(seed)
    texts = (*TEXTS, "boat")

    def value(one: NetworkInput) -> Value:
        if rng.random() < 0.1:
            return None
        return float(2 * rng.normal()) if one.type == "numeric" else texts[rng.integers(len(texts))]

    return [[value(one) for one in document.inputs] for _ in range(count)]
