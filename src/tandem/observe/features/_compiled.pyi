# The compiled twin of reference.ReferenceKernel; built from _compiled.cpp where a compiler is.
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

class Kernel:
    def __init__(self, program: tuple[Any, ...]) -> None: ...
    def observe(
        self,
        type: int,  # noqa: A002 - the name the module exports
        seq: int,
        t: int,
        event_id: bytes,
        supersedes: bytes | None,
        values: tuple[Any, ...],
        filters: tuple[Any, ...],
    ) -> list[Any]: ...
    def peek(self, type: int, t: int, values: tuple[Any, ...]) -> list[Any]: ...  # noqa: A002
    def correct(self, event_id: bytes) -> None: ...
    def statuses(self) -> list[int]: ...
    def event_count(self) -> int: ...
    def key_count(self) -> int: ...
    def dump(self) -> bytes: ...
    def load(self, state: bytes) -> None: ...
    def keys(self, track: int) -> list[bytes]: ...
    def dump_key(self, track: int, key: bytes) -> bytes | None: ...
    def load_key(self, track: int, key: bytes, state: bytes) -> None: ...
    def clear(self) -> None: ...
    def run_track(
        self,
        track: int,
        codes: NDArray[np.int64],
        seqs: NDArray[np.int64],
        ops: NDArray[np.uint8],
        times: NDArray[np.int64],
        targets: NDArray[np.int64],
        flags: NDArray[np.int64],
        nulls: NDArray[np.int64],
        columns: Sequence[NDArray[np.int64]],
        where: NDArray[np.int64],
        outs: Sequence[NDArray[np.int64]],
        valid: Sequence[NDArray[np.uint8]],
    ) -> int: ...
    def track_states(
        self,
        track: int,
        codes: NDArray[np.int64],
        seqs: NDArray[np.int64],
        ops: NDArray[np.uint8],
        times: NDArray[np.int64],
        targets: NDArray[np.int64],
        flags: NDArray[np.int64],
        nulls: NDArray[np.int64],
        columns: Sequence[NDArray[np.int64]],
        where: NDArray[np.int64],
        event_high: NDArray[np.int64],
        event_low: NDArray[np.int64],
    ) -> tuple[int, list[tuple[int, bytes]]]: ...
