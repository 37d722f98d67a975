# The compiled twin of states.Network, with the same words; built from _compiled.cpp where a compiler is.
import builtins
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from tandem.kernel.identity import Pseudonym

class Network:
    def __init__(
        self,
        mean: npt.NDArray[np.float64],
        scale: npt.NDArray[np.float64],
        first_w: npt.NDArray[np.float64],  # [in][out], flat, as second_w
        first_b: npt.NDArray[np.float64],
        second_w: npt.NDArray[np.float64],
        second_b: npt.NDArray[np.float64],
        head_w: npt.NDArray[np.float64],
        head_b: float,
        links: int,
        slots: int,
        things: int,
        number_of: Callable[[object], float],
    ) -> None: ...
    @property
    def bytes(self) -> int: ...  # of memory; what was let go is used again and not given back
    @property
    def things(self) -> int: ...
    def read(self, values: Sequence[object], named: Sequence[Pseudonym | None]) -> list[float]: ...
    def observe(
        self, values: Sequence[object], named: Sequence[Pseudonym | None], member: Pseudonym | None
    ) -> list[float]: ...
    def mark(self, member: Pseudonym, *, bad: bool) -> None: ...
    def gather(
        self, named: Sequence[Pseudonym | None]
    ) -> list[list[tuple[Pseudonym, bool | None, builtins.bytes]]]: ...
    def state(self) -> builtins.bytes: ...
    def load(self, state: builtins.bytes) -> None: ...  # once, into an empty one; ValueError: it is damaged
    def __len__(self) -> int: ...
