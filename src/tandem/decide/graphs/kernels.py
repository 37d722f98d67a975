"""The kernel of a network: the compiled twin where it was built, the Python reference elsewhere.

Both give the same bits and keep the same bytes, so that either goes on from what the other kept.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from tandem.decide.graphs.states import THINGS, Network
from tandem.decide.models import SageDocument, number_of
from tandem.kernel.errors import Unavailable

try:
    from tandem.decide.graphs import _compiled
except ImportError:  # no compiler where this was installed
    _compiled = None  # type: ignore[assignment]

__all__ = ["COMPILED", "Kernel", "kernel_of", "restored_kernel"]

COMPILED: Final = _compiled is not None
"""Whether the compiled twin is there."""

Kernel: TypeAlias = "Network | _compiled.Network"


def kernel_of(document: SageDocument, things: int = THINGS, *, compiled: bool | None = None) -> Kernel:
    """A network that remembers nothing yet. ``compiled``: True demands the twin, False the reference; None takes what is there.

    Args:
        document: checked.
        things: how many named things are remembered at most.

    Raises:
        Unavailable: the twin is demanded and not there.
    """
    return _twin(document, things) if _takes_twin(compiled=compiled) else Network(document, things)


def restored_kernel(
    document: SageDocument, state: bytes, things: int = THINGS, *, compiled: bool | None = None
) -> Kernel:
    """The network that ``state`` was taken of, by either twin.

    Raises:
        ValueError: it is damaged.
        Unavailable: the twin is demanded and not there.
    """
    if not _takes_twin(compiled=compiled):
        return Network.restored(document, state, things)
    twin = _twin(document, things)
    twin.load(state)
    return twin


def _twin(document: SageDocument, things: int) -> _compiled.Network:
    layers = (document.first, document.second, document.head)
    first, second, head = (np.ascontiguousarray(np.array(one.weights).T).ravel() for one in layers)
    return _compiled.Network(
        mean=np.array(document.mean),
        scale=np.array(document.scale),
        first_w=first,
        first_b=np.array(document.first.bias),
        second_w=second,
        second_b=np.array(document.second.bias),
        head_w=head,
        head_b=document.head.bias[0],
        links=len(document.links),
        slots=document.slots,
        things=things,
        number_of=number_of,
    )


def _takes_twin(*, compiled: bool | None) -> bool:
    if compiled and not COMPILED:
        raise Unavailable("The compiled network kernel is not installed.", hint="install with a C++ compiler")
    return COMPILED and compiled is not False
