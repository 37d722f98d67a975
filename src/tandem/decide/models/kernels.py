"""The kernel of a model: the compiled twin where it was built, the Python reference elsewhere.

Both return the same margins bit for bit. Tables contribute the same bit for bit as well, trees to about 1e-15 relative;
``adverse`` counts in whole 1e-9 log-odds so that both name the same reasons in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np

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
from tandem.decide.models.explaining import Explaining, Ints
from tandem.decide.models.reasons import reason_groups
from tandem.decide.models.tables import Joint, ReferenceTables, Tables, Term
from tandem.decide.models.twin import takes_twin, twin
from tandem.decide.models.walking import flushed, margin_of
from tandem.kernel.values import Value

__all__ = ["Explainer", "Kernel", "ReferenceKernel", "TableKernel", "codes_of", "kernel_of", "table_kernel_of"]

_BLOCK_BITS: Final = 7
"""Decisions one table may depend on: each more halves the look-ups at best and doubles the memory (measured)."""


class Explainer(Protocol):
    """Contributions of one row; rows are sequences of values in the order of the inputs."""

    def contributions(self, row: Sequence[Value]) -> list[float]:
        """The contribution of each input, in log-odds."""
        ...

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        """The groups of inputs that raised the margin most: (input, sum in 1e-9 log-odds)."""
        ...

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        """Add ``scale`` times the contribution of each input to ``totals`` at its position."""
        ...


class Kernel(Explainer, Protocol):
    """What a tree model is asked."""

    def margin(self, row: Sequence[Value]) -> float:
        """The log-odds of one row."""
        ...

    def margins(self, rows: Floats, out: Floats) -> None:
        """The margins of encoded rows [n, inputs] into ``out`` [n]."""
        ...

    @property
    def table_bytes(self) -> int:
        """Memory of the contribution tables."""
        ...


class TableKernel(Explainer, Protocol):
    """What a model that is a sum of tables is asked."""

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        """The log-odds of one row, and its points by the printed card where there is one."""
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
    if not takes_twin(compiled=compiled):
        return ReferenceKernel(document, groups)
    kernel: Kernel = twin.Kernel(
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


def table_kernel_of(tables: Tables, *, compiled: bool | None = None) -> TableKernel:
    """The kernel of ``tables``; ``compiled`` as in ``kernel_of``."""
    if not takes_twin(compiled=compiled):
        return ReferenceTables(tables)
    kernel = twin.Tables(
        intercept=tables.intercept,
        base_points=tables.base_points,
        groups=np.array(reason_groups(tables.reasons), dtype=np.int32),
        number_of=number_of,
        category_text=category_text,
    )
    for term in tables.terms:
        kernel.add_input(**_term_arrays(term))
    for joint in tables.joints:
        kernel.add_pair(**_joint_arrays(joint))
    return kernel


class ReferenceKernel(Explaining):
    """The kernel of trees in Python and numpy."""

    def __init__(self, document: Trees, groups: Sequence[int]) -> None:
        super().__init__(groups, compiled=False)
        self._trees = document.trees
        self._base = document.base
        self._encoders = [encoder_of(codes) for codes in codes_of(document)]
        self._categorical = [one.type == "categorical" for one in document.inputs]
        self._tables = ContributionTables(document.trees, len(document.inputs))

    def margin(self, row: Sequence[Value]) -> float:
        return margin_of(self._trees, self._base, self._encoded(row))

    def contributions(self, row: Sequence[Value]) -> list[float]:
        return self._tables.contributions([flushed(value) for value in self._encoded(row)])

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


def _term_arrays(term: Term) -> dict[str, Any]:
    lookup = term.lookup
    return {
        "codes": lookup.codes,
        "edges": _floats(lookup.edges),
        "special_values": _floats(list(lookup.specials)),
        "special_places": np.array(list(lookup.specials.values()), dtype=np.int32),
        "missing": lookup.missing,
        "unknown": lookup.unknown,
        "weights": _floats(term.weights),
        "offsets": _floats(term.offsets),
        "points": _floats(term.points),
    }


def _joint_arrays(joint: Joint) -> dict[str, Any]:
    return {
        "first": joint.first,
        "second": joint.second,
        "rows": np.array(joint.rows, dtype=np.int32),
        "columns": np.array(joint.columns, dtype=np.int32),
        "weights": _floats(joint.weights),
        "halves": _floats(joint.halves),
    }


def _floats(numbers: Sequence[float] | Sequence[Sequence[float]]) -> Floats:
    return np.array(numbers, dtype=np.float64)
