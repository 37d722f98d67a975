# Types of the compiled twin, _compiled.cpp.

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.models.encoding import Codes, Floats
from tandem.kernel.values import Value

Ints: TypeAlias = npt.NDArray[np.int32]

class Ranking:
    def __init__(self, groups: Ints) -> None: ...
    def __call__(self, contributions: list[float], top: int) -> list[tuple[int, float]]: ...

class Tables:
    def __init__(
        self,
        intercept: float,
        base_points: float | None,
        groups: Ints,
        number_of: Callable[[object], float],
        category_text: Callable[[object], str | None],
    ) -> None: ...
    def add_input(
        self,
        codes: Codes | None,
        edges: Floats,
        special_values: Floats,
        special_places: Ints,
        missing: int,
        unknown: int,
        weights: Floats,
        offsets: Floats,
        points: Floats,
    ) -> None: ...
    def add_pair(self, first: int, second: int, rows: Ints, columns: Ints, weights: Floats, halves: Floats) -> None: ...
    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]: ...
    def contributions(self, row: Sequence[Value]) -> list[float]: ...
    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]: ...
    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None: ...

class Kernel:
    def __init__(
        self,
        node_offsets: Ints,
        leaf_offsets: Ints,
        feature: Ints,
        threshold: Floats,
        missing: Ints,
        default_left: Ints,
        left: Ints,
        right: Ints,
        leaf: Floats,
        leaf_count: Ints,
        base: float,
        groups: Ints,
        codes: list[Codes | None],
        number_of: Callable[[object], float],
        category_text: Callable[[object], str | None],
        block_bits: int,
        table_bytes_max: float,
    ) -> None: ...
    def margin(self, row: Sequence[Value]) -> float: ...
    def contributions(self, row: Sequence[Value]) -> list[float]: ...
    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]: ...
    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None: ...
    def margins(self, rows: Floats, out: Floats) -> None: ...
    @property
    def table_bytes(self) -> int: ...
    @property
    def tabled_trees(self) -> int: ...
