# Types of the compiled twin, _compiled.cpp.

from collections.abc import Callable, Sequence

from tandem.decide.models.encoding import Codes, Floats
from tandem.kernel.values import Value

class Network:
    def __init__(
        self,
        starts: Sequence[int],
        knots: Sequence[Floats],
        codes: Sequence[Codes | None],
        finds: Sequence[Callable[[Value], tuple[int, float]]],
        rows: Floats,
        steps: Floats,
        means: Floats,
        bias: Floats,
        hidden: Sequence[int],
        weights: Sequence[Floats],
        biases: Sequence[Floats],
        head: Floats,
        intercept: float,
    ) -> None: ...
    @property
    def expected(self) -> float: ...
    def margin(self, row: Sequence[Value]) -> float: ...
    def contributions(self, row: Sequence[Value]) -> list[float]: ...
    def contributions_from(self, best: Sequence[Value], row: Sequence[Value]) -> list[float]: ...
