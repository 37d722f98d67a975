"""Every stage of a policy with its path, in the order a strategist reads them."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.decide.policy.types import Policy, SplitStage, Stage, SwitchStage

__all__ = ["subflows", "walk"]


def walk(policy: Policy, path: str = "") -> Iterator[tuple[str, Stage]]:
    """(path, stage) pairs, depth first."""
    yield from _walk(policy.flow, f"{path}.flow" if path else "flow")


def _walk(flow: tuple[Stage, ...], path: str) -> Iterator[tuple[str, Stage]]:
    for index, stage in enumerate(flow):
        at = f"{path}[{index}]"
        yield at, stage
        for label, inner in subflows(stage):
            yield from _walk(inner, f"{at}.{label}.flow")


def subflows(stage: Stage) -> list[tuple[str, tuple[Stage, ...]]]:
    """(``cases[0]``, flow) of a switch, (``arms[0]``, flow) of a split; nothing for other stages."""
    if isinstance(stage, SwitchStage):
        return [(f"cases[{i}]", case.flow) for i, case in enumerate(stage.cases)]
    if isinstance(stage, SplitStage):
        return [(f"arms[{i}]", arm.flow) for i, arm in enumerate(stage.arms)]
    return []
