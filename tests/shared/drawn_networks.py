"""Graph networks whose weights are drawn by a seed, and things to name: what they score is no matter, that it is the same is."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from tandem.decide.models import MARKS, Layer, Metadata, SageDocument, SageLink
from tandem.kernel.identity import EntityKind, EventTypeName, Pseudonym
from tandem.observe.graph import Mark


def drawn(
    seed: int = 1,
    *,
    width: int = 4,
    slots: int = 3,
    kinds: Sequence[str] = ("device", "phone"),
    inputs: Sequence[str] = ("amount", "hour", "age"),
    name: str = "sage",
    marks: tuple[Mark, ...] = (),
    reason: str = "MASS_APPLICATION",
) -> SageDocument:
    rng = np.random.default_rng(seed)
    reads = width + len(kinds) * (width + MARKS)

    def layer(out: int, into: int) -> Layer:
        return Layer(
            weights=tuple(map(tuple, rng.normal(0, 0.2, (out, into)).tolist())),
            bias=tuple(rng.normal(0, 0.1, out).tolist()),
        )

    return SageDocument(
        metadata=Metadata(name=name, target="bad"),
        event=EventTypeName("application"),
        member=EntityKind("person"),
        marks=marks,
        inputs=tuple(inputs),
        mean=tuple(rng.normal(10, 5, len(inputs)).tolist()),
        scale=tuple(rng.uniform(1, 50, len(inputs)).tolist()),
        links=tuple(SageLink(kind=EntityKind(kind), reason=reason) for kind in kinds),
        slots=slots,
        width=width,
        first=layer(width, len(inputs)),
        second=layer(width, reads),
        head=layer(1, reads),
        expected=0.125,
        reason=reason,
    )


def names(count: int, seed: int = 7) -> list[Pseudonym]:
    rng = random.Random(seed)
    return [Pseudonym(f"{rng.getrandbits(128):032x}") for _ in range(count)]
