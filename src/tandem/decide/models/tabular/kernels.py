"""The kernel of a tabular network: the compiled twin where it was built, the Python reference elsewhere; the same bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from tandem.decide.models.documents import TabularNetwork
from tandem.decide.models.encoding import Floats
from tandem.decide.models.tabular.forward import Forward
from tandem.decide.models.tabular.vectors import Places, VectorTable
from tandem.kernel.values import Value

try:
    from tandem.decide.models.tabular import _compiled
except ImportError:  # no compiler where this was installed
    _compiled = None  # type: ignore[assignment]

__all__ = ["COMPILED", "Kernel", "kernel_of"]

COMPILED: Final = _compiled is not None
"""Whether the compiled twin is there."""


class Kernel(Protocol):
    """What a network is asked; a row of another width is a ``ValueError``."""

    @property
    def expected(self) -> float:
        """The margin of the mean state."""
        ...

    def margin(self, row: Sequence[Value]) -> float:
        """The margin of one row."""
        ...

    def margins(self, places: Sequence[Places], shares: Sequence[Floats]) -> Floats:
        """The margins of many, ``places`` and ``shares`` per input."""
        ...

    def contributions(self, row: Sequence[Value]) -> list[float]:
        """What each input adds to ``expected``."""
        ...

    def contributions_from(self, best: Sequence[Value], row: Sequence[Value]) -> list[float]:
        """What each input adds to the margin of another row."""
        ...


def kernel_of(document: TabularNetwork, table: VectorTable, *, compiled: bool | None = None) -> Kernel:
    """The kernel of a checked ``document``.

    Args:
        document: checked.
        table: its vectors.
        compiled: None: compiled where available; False: the reference; True: compiled or ImportError.
    """
    if compiled is False or (compiled is None and _compiled is None):
        return Forward(document, table)
    if _compiled is None:
        raise ImportError("the compiled kernel of tandem.decide.models.tabular was not built; run build_native.py")
    return _Compiled(document, table)


class _Compiled:
    """One row compiled; whole columns are numpy's either way, and the bits are the same."""

    def __init__(self, document: TabularNetwork, table: VectorTable) -> None:
        layers = [each for block in document.blocks for each in (block.inner, block.outer)]
        twin = _compiled.Network(
            starts=[one.start for one in table.finders],
            knots=[np.array(one.knots) for one in table.finders],
            codes=[one.codes for one in table.finders],
            finds=[one.find for one in table.finders],
            rows=table.rows.ravel(),
            steps=table.steps.ravel(),
            means=np.array([one.mean for one in document.inputs]).ravel(),
            bias=np.array(document.bias),
            hidden=[len(block.inner.bias) for block in document.blocks],
            weights=[np.array(layer.weights).ravel() for layer in layers],
            biases=[np.array(layer.bias) for layer in layers],
            head=np.array(document.head),
            intercept=document.intercept,
        )
        self.expected = twin.expected
        self.margin = twin.margin
        self.contributions = twin.contributions
        self.contributions_from = twin.contributions_from
        self.margins = Forward(document, table).margins
