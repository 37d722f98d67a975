"""A situation and an action as one row of numbers; the names of the columns say how, so that whoever serves the model can do the same.

``times_late`` is a column of the situation. ``by_sms`` and ``step_firm`` say what the action is, ``usual_hour`` when. ``own_reached_ever``
is ``reached_ever_sms`` where the action goes by sms; ``own_step_paid_soon`` is ``paid_soon_firm`` where it is firm.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tandem.learn.uplift.types import FloatArray, Offered

__all__ = ["action_matrix", "names_of", "situation_matrix"]


def names_of(columns: Sequence[str], offers: Sequence[Offered]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of a situation, in order, and the columns that an action adds."""
    channels = list(dict.fromkeys(one.channel for one in offers))
    steps = list(dict.fromkeys(one.step for one in offers))
    own = _stems(columns, channels)
    own_step = _stems(columns, steps)
    spread = {f"{stem}_{one}" for stem in own for one in channels} | {
        f"{stem}_{one}" for stem in own_step for one in steps
    }
    plain = tuple(sorted(name for name in columns if name not in spread))
    action = (
        *(f"by_{one}" for one in channels), *(f"step_{one}" for one in steps), "usual_hour",
        *(f"own_{one}" for one in own), *(f"own_step_{one}" for one in own_step),
    )  # fmt: skip
    return plain, action


def situation_matrix(columns: dict[str, FloatArray], names: Sequence[str]) -> FloatArray:
    """The situation's columns side by side."""
    return np.column_stack([columns[name] for name in names])


def action_matrix(columns: dict[str, FloatArray], names: Sequence[str], offer: Offered) -> FloatArray:
    """What one action adds to every row."""
    rows = next(iter(columns.values())).size
    found = np.empty((rows, len(names)))
    for place, name in enumerate(names):
        if name == "usual_hour":
            found[:, place] = offer.usual_hour
        elif name.startswith("by_"):
            found[:, place] = name == f"by_{offer.channel}"
        elif name.startswith("step_"):
            found[:, place] = name == f"step_{offer.step}"
        elif name.startswith("own_step_"):
            found[:, place] = columns[f"{name.removeprefix('own_step_')}_{offer.step}"]
        else:
            found[:, place] = columns[f"{name.removeprefix('own_')}_{offer.channel}"]
    return found


def _stems(columns: Sequence[str], suffixes: Sequence[str]) -> list[str]:
    """What stands before ``_sms``, ``_call``, .. in columns that there are for every one of them."""
    first = suffixes[0]
    found = [name.removesuffix(f"_{first}") for name in columns if name.endswith(f"_{first}")]
    return sorted(stem for stem in found if all(f"{stem}_{one}" in columns for one in suffixes))
