"""Recurrent networks whose weights are drawn by a seed: what they score is no matter, that it is the same is."""

from __future__ import annotations

import numpy as np

from tandem.decide.models import GruDocument, Layer, Metadata, Vectors
from tandem.kernel.identity import EntityKind, EventTypeName


def drawn_gru(
    seed: int = 1,
    *,
    width: int = 4,
    hidden: int = 5,
    numbers: tuple[str, ...] = ("amount", "hour"),
    texts: tuple[str, ...] = ("channel",),
    event: str = "payment",
    member: str = "card",
    name: str = "habit",
) -> GruDocument:
    rng = np.random.default_rng(seed)

    def lines(rows: int, columns: int, spread: float = 0.5) -> tuple[tuple[float, ...], ...]:
        return tuple(map(tuple, rng.normal(0, spread, (rows, columns)).tolist()))

    def layer(out: int, into: int) -> Layer:
        return Layer(weights=lines(out, into), bias=lines(1, out, 0.1)[0])

    def number(called: str, most: float) -> Vectors:
        knots = tuple(np.cumsum(rng.uniform(0.1, most / 4, 5)).tolist())
        return Vectors(name=called, knots=knots, vectors=lines(5, width), missing=lines(1, width)[0])

    return GruDocument(
        metadata=Metadata(name=name, target="bad"),
        event=EventTypeName(event),
        member=EntityKind(member),
        values=(
            *(number(one, 100.0) for one in numbers),
            *(
                Vectors(
                    name=one, type="categorical", levels=("web", "shop"), vectors=lines(2, width),
                    missing=lines(1, width)[0], unknown=lines(1, width)[0],
                )
                for one in texts
            ),
        ),
        gap=number("gap", 4_000.0),
        bias=lines(1, width)[0],
        keep=layer(width, 2 * width),
        reset=layer(width, 2 * width),
        candidate=layer(width, 2 * width),
        outer=layer(hidden, 2 * width),
        head=lines(1, hidden)[0],
        intercept=-1.5,
        expected=-1.25,
        reason="UNUSUAL_PAYMENT",
        history_reason="PAST_PAYMENTS",
    )  # fmt: skip
