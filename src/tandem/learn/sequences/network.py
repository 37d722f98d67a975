"""The formulas of ``GruDocument`` as a torch module, whole windows at once; torch is handed in by whoever imported it."""

from __future__ import annotations

from typing import Any

import numpy as np

from tandem.learn.training import Encoding, reading_of

__all__ = ["network_of"]


def network_of(torch: Any, encoding: Encoding, width: int, hidden: int, rate: float) -> Any:
    """The module.

    Args:
        torch: the library, seeded.
        encoding: of the values and, last of the numbers, the gap.
        width: numbers of a state; ``hidden``: before the head.
        rate: share of bad rows, which the margin begins at.
    """
    linear, functional = torch.nn.Linear, torch.nn.functional

    class Network(torch.nn.Module):  # type: ignore[misc]  # torch is imported only when asked for
        def __init__(self) -> None:
            super().__init__()
            self.read = reading_of(torch, encoding, width)
            self.bias = torch.nn.Parameter(torch.zeros(width))
            self.keep, self.reset, self.candidate = (linear(2 * width, width) for _ in range(3))
            self.outer, self.head = linear(2 * width, hidden), linear(hidden, 1)
            torch.nn.init.constant_(self.head.bias, float(np.log(rate / (1 - rate))))

        def layers(self) -> dict[str, Any]:
            """What becomes a layer of the document, by its name there."""
            return {name: getattr(self, name) for name in ("keep", "reset", "candidate", "outer")}

        def nothing(self, entities: int) -> Any:
            """The states of so many entities to whom nothing happened."""
            return torch.zeros(entities, width, dtype=self.bias.dtype)

        def forward(
            self, numbers: Any, codes: Any, shape: tuple[int, int], state: Any, *, kept: bool = False
        ) -> tuple[Any, Any]:
            """Margins (entities by steps) and the states after the last step.

            ``numbers`` and ``codes`` stand entity by entity, each with its steps; ``kept``: a state is rounded to binary32 as it
            is between two events.
            """
            rows = torch.relu(self.read(self.bias, numbers, codes)).reshape(*shape, width)
            # What a row adds to each gate does not wait for the state: once for the whole window.
            keep, reset, new = (
                functional.linear(rows, one.weight[:, :width], one.bias)
                for one in (self.keep, self.reset, self.candidate)
            )
            of_state = torch.cat([self.keep.weight[:, width:], self.reset.weight[:, width:]])
            of_left = self.candidate.weight[:, width:]
            before = []
            for step in range(shape[1]):
                before.append(state)
                gates = torch.cat([keep[:, step], reset[:, step]], dim=1) + functional.linear(state, of_state)
                kept_part, reset_part = (0.5 * (1.0 + functional.softsign(gates))).chunk(2, dim=1)
                candidate = functional.softsign(new[:, step] + functional.linear(reset_part * state, of_left))
                state = candidate + kept_part * (state - candidate)
                if kept:
                    state = state.float().to(state.dtype)
            joined = torch.cat([rows, torch.stack(before, dim=1)], dim=2)
            return self.head(torch.relu(self.outer(joined)))[..., 0], state

    return Network()
