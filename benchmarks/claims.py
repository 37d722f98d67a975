"""A claim: one measured number, what we promised, and what the peer did in the same run on the same rows."""

from __future__ import annotations

import operator
import os
import platform
import time
from collections.abc import Callable
from typing import Any

import msgspec

__all__ = ["Claim", "claim", "machine", "percentile_us"]

_COMPARE: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a benchmark.

    Attributes:
        id: stable name, such as ``rules.250.p50``.
        value: what was measured; None where it could not be (the protocol says why).
        target: such as ``<= 20``; empty for a figure without a promise.
        holds: whether the target was met; None without a target or a value.
        peer, peer_value: who was measured beside us, and what it reached, in the same unit.
        protocol: how it was measured, in a sentence.
    """

    id: str
    value: float | None
    unit: str
    target: str = ""
    holds: bool | None = None
    peer: str = ""
    peer_value: float | None = None
    protocol: str = ""


def claim(
    name: str,
    value: float | None,
    unit: str,
    target: str = "",
    *,
    peer: str = "",
    peer_value: float | None = None,
    protocol: str = "",
) -> Claim:
    """A claim whose ``holds`` follows from its target (``<= 20``, ``>= 2000``, ``== 0``)."""
    holds = None
    if target and value is not None:
        sign, bound = target.split()
        holds = _COMPARE[sign](value, float(bound))
    return Claim(
        id=name, value=value, unit=unit, target=target, holds=holds, peer=peer, peer_value=peer_value, protocol=protocol
    )


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    model = "unknown"
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:  # noqa: PTH123 - a kernel file, not a path of ours
            model = next((line.split(":", 1)[1].strip() for line in cpuinfo if line.startswith("model name")), model)
    except OSError:
        pass
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "load_1m": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }


def percentile_us(call: Callable[[int], object], rounds: int, *percentiles: float, warm_up: int = 200) -> list[float]:
    """Percentiles, in microseconds, of ``call(i)`` timed one by one, after ``warm_up`` calls that do not count."""
    for index in range(warm_up):
        call(index)
    clock = time.perf_counter_ns
    taken = []
    for index in range(rounds):
        start = clock()
        call(index)
        taken.append(clock() - start)
    taken.sort()
    return [taken[min(len(taken) - 1, int(len(taken) * p / 100))] / 1000 for p in percentiles]
