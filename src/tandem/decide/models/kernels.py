"""The kernel of a tree model: the compiled twin where it was built, the Python reference elsewhere.

Both return the same margins bit for bit, and contributions equal to about 1e-15 relative; ``adverse`` counts in whole
1e-9 log-odds so that both name the same reasons in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.models.contributions import TABLE_BYTES_MAX, ContributionTables
from tandem.decide.models.documents import Tree, Trees
from tandem.decide.models.encoding import (
    UNKNOWN,
    Codes,
    Floats,
    category_text,
    encode_row,
    encoder_of,
    number_of,
)
from tandem.decide.models.reasons import adverse_groups
from tandem.decide.models.walking import flushed, margin_of
from tandem.kernel.values import Value

try:
    from tandem.decide.models import _compiled
except ImportError:  # no compiler where this was installed
    _compiled = None  # type: ignore[assignment]

__all__ = ["COMPILED", "Ints", "Kernel", "Ranking", "ReferenceKernel", "codes_of", "kernel_of", "ranking_of"]

COMPILED: Final = _compiled is not None
"""Whether the compiled twin is there."""

_BLOCK_BITS: Final = 7
"""Decisions one table may depend on: each more halves the look-ups at best and doubles the memory (measured)."""


Ints: TypeAlias = npt.NDArray[np.int32]
Ranking: TypeAlias = Callable[[list[float], int], list[tuple[int, float]]]
"""From contributions and a number to the groups that raised the margin most."""


class Kernel(Protocol):
    """What a tree model is asked; rows are sequences of values in the order of its inputs."""

    def margin(self, row: Sequence[Value]) -> float:
        """The log-odds of one row."""
        ...

    def contributions(self, row: Sequence[Value]) -> list[float]:
        """The contribution of each input, in log-odds."""
        ...

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        """The groups of inputs that raised the margin most: (input, sum in 1e-9 log-odds)."""
        ...

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        """Add ``scale`` times the contribution of each input to ``totals`` at its position."""
        ...

    def margins(self, rows: Floats, out: Floats) -> None:
        """The margins of encoded rows [n, inputs] into ``out`` [n]."""
        ...

    @property
    def table_bytes(self) -> int:
        """Memory of the contribution tables."""
        ...


def codes_of(document: Trees) -> list[Codes | None]:
    """Per input: text to code, or None where it is numeric."""
    return [
        {text: float(code) for code, text in enumerate(one.categories)} if one.type == "categorical" else None
        for one in document.inputs
    ]


def kernel_of(document: Trees, groups: Sequence[int], *, compiled: bool | None = None) -> Kernel:
    """The kernel of a checked ``document``.

    Args:
        document: checked trees.
        groups: per input, the number of the reason it belongs to.
        compiled: None: compiled where available; False: the reference; True: compiled or ImportError.
    """
    if compiled is False or (compiled is None and _compiled is None):
        return ReferenceKernel(document, groups)
    if _compiled is None:
        raise ImportError("the compiled kernel of tandem.decide.models was not built; run build_native.py")
    kernel: Kernel = _compiled.Kernel(
        **_arrays(document.trees),
        base=document.base,
        groups=np.array(groups, dtype=np.int32),
        codes=codes_of(document),
        number_of=number_of,
        category_text=category_text,
        block_bits=_BLOCK_BITS,
        table_bytes_max=float(TABLE_BYTES_MAX),
    )
    return kernel


def ranking_of(groups: Sequence[int], *, compiled: bool | None = None) -> Ranking:
    """``reasons.adverse_groups`` for these groups, compiled where available unless ``compiled`` is False."""
    if compiled is False or _compiled is None:
        return lambda contributions, top: adverse_groups(contributions, groups, top)
    return _compiled.Ranking(np.array(groups, dtype=np.int32))


class ReferenceKernel:
    """The kernel in Python and numpy."""

    def __init__(self, document: Trees, groups: Sequence[int]) -> None:
        self._trees = document.trees
        self._base = document.base
        self._groups = tuple(groups)
        self._encoders = [encoder_of(codes) for codes in codes_of(document)]
        self._categorical = [one.type == "categorical" for one in document.inputs]
        self._tables = ContributionTables(document.trees, len(document.inputs))

    def margin(self, row: Sequence[Value]) -> float:
        return margin_of(self._trees, self._base, self._encoded(row))

    def contributions(self, row: Sequence[Value]) -> list[float]:
        return self._tables.contributions([flushed(value) for value in self._encoded(row)])

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        return adverse_groups(self.contributions(row), self._groups, top)

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        for at, part in zip(positions.tolist(), self.contributions(row), strict=True):
            totals[at] += scale * part

    def margins(self, rows: Floats, out: Floats) -> None:
        for index, row in enumerate(rows.tolist()):
            out[index] = margin_of(self._trees, self._base, row)

    @property
    def table_bytes(self) -> int:
        return self._tables.table_bytes

    def _encoded(self, row: Sequence[Value]) -> list[float]:
        values = encode_row(row, self._encoders)
        for index, categorical in enumerate(self._categorical):
            if categorical and values[index] == UNKNOWN:
                values[index] = float("nan")
        return values


def _arrays(trees: Sequence[Tree]) -> dict[str, Any]:
    def joined(field: str, dtype: type) -> Any:
        return np.array([item for tree in trees for item in getattr(tree, field)], dtype=dtype)

    return {
        "node_offsets": np.cumsum([0, *(len(tree.feature) for tree in trees)], dtype=np.int32),
        "leaf_offsets": np.cumsum([0, *(len(tree.leaf) for tree in trees)], dtype=np.int32),
        "threshold": joined("threshold", np.float64),
        "leaf": joined("leaf", np.float64),
        **{
            field: joined(field, np.int32)
            for field in ("feature", "missing", "default_left", "left", "right", "leaf_count")
        },
    }
