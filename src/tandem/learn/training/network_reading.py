"""How networks read a row, in torch: the vectors of ``decide.models.Vectors`` while they are learned, and as a document after that.

Shared by every network that reads vectors (``network``, ``learn.sequences``). torch is handed in by whoever imported it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from tandem.decide.models import Vectors
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.network_encoding import Encoding

__all__ = ["hidden_at_random", "reading_of", "vectors_of"]


def reading_of(torch: Any, encoding: Encoding, width: int) -> Any:
    """A torch module: ``(start, numbers, codes)`` to ``start`` and the vector of every value, rows by ``width``.

    ``numbers`` are binary64 with NaN where missing, ``codes`` point into ``texts``. ``slopes`` (numeric columns x stretches x
    width) is what each stretch between two knots adds, ``gaps`` what a missing number adds.
    """
    low, high = (torch.from_numpy(ends) for ends in encoding.stretches)
    spread = 1.0 / np.sqrt(max(len(encoding.knots) + len(encoding.levels), 1)) / 4

    class Reading(torch.nn.Module):  # type: ignore[misc]  # torch is imported only when asked for
        def __init__(self) -> None:
            super().__init__()
            # Where a number stands between two knots is reckoned in binary64, as when it is served.
            self.low, self.high = low, high
            self.slopes = torch.nn.Parameter(spread * torch.randn(*low.shape, width))
            self.gaps = torch.nn.Parameter(spread * torch.randn(low.shape[0], width))
            self.texts = torch.nn.Parameter(spread * torch.randn(max(encoding.texts, 1), width))

        def forward(self, start: Any, numbers: Any, codes: Any) -> Any:
            missing = torch.isnan(numbers)
            filled = torch.where(missing, torch.zeros_like(numbers), numbers)[:, :, None]
            share = ((filled - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
            share = torch.where(missing[:, :, None], torch.zeros_like(share), share).to(start.dtype)
            read = start + share.flatten(1) @ self.slopes.flatten(0, 1) + missing.to(start.dtype) @ self.gaps
            if codes.shape[1]:
                read = read + torch.nn.functional.embedding(codes, self.texts).sum(dim=1)
            return read

    return Reading()


def hidden_at_random(
    torch: Any, encoding: Encoding, numbers: Any, codes: Any, draw: Any, share: float
) -> tuple[Any, Any]:
    """The same rows with some numbers missing, and some texts missing or unknown."""
    nan = torch.full_like(numbers, torch.nan)
    numbers = torch.where(torch.rand(numbers.shape, generator=draw) < share, nan, numbers)
    chance = torch.rand(codes.shape, generator=draw)
    ends = torch.from_numpy(encoding.missing_codes)
    codes = torch.where(chance < share / 2, ends, torch.where(chance < share, ends + 1, codes))
    return numbers, codes


def vectors_of(encoding: Encoding, slopes: FloatArray, texts: FloatArray, gaps: FloatArray) -> dict[str, Vectors]:
    """What was learned as part of a document, by the name of the column: the slopes between knots summed to vectors at them."""
    found: dict[str, Vectors] = {}
    for place, (name, knots) in enumerate(encoding.knots.items()):
        steps = np.cumsum(slopes[place, : len(knots) - 1], axis=0)
        found[name] = Vectors(
            name=name,
            knots=knots,
            vectors=_rows(np.concatenate([np.zeros((1, slopes.shape[2])), steps])),
            missing=_line(gaps[place]),
        )
    for name, levels in encoding.levels.items():
        own = texts[encoding.starts[name] : encoding.starts[name] + len(levels) + 2]
        found[name] = Vectors(
            name=name,
            type="categorical",
            levels=levels,
            vectors=_rows(own[:-2]),
            missing=_line(own[-2]),
            unknown=_line(own[-1]),
        )
    return found


def _rows(matrix: FloatArray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


def _line(vector: FloatArray) -> tuple[float, ...]:
    return tuple(vector.tolist())
