"""The kernel of a graph: the compiled twin where it was built, the Python reference elsewhere.

Both give the same vectors and keep the same bytes, so that either goes on from what the other kept. The twin needs a quarter
of the memory and a seventh of the time, and the collector of cycles has nothing to walk in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from tandem.kernel.errors import Unavailable
from tandem.observe.graph.definitions import GRAPH_LIMITS, GraphLimits, Link
from tandem.observe.graph.network import Network
from tandem.observe.graph.states import dump_state, load_state

try:
    from tandem.observe.graph import _compiled
except ImportError:  # no compiler where this was installed
    _compiled = None  # type: ignore[assignment]

__all__ = ["COMPILED", "Kernel", "kernel_of", "restored_kernel", "state_of"]

COMPILED: Final = _compiled is not None
"""Whether the compiled twin is there."""

Kernel: TypeAlias = "Network | _compiled.Network"


def kernel_of(links: Sequence[Link], limits: GraphLimits = GRAPH_LIMITS, *, compiled: bool | None = None) -> Kernel:
    """An empty network. ``compiled``: True demands the twin, False the reference; None takes what is there.

    Raises:
        Unavailable: the twin is demanded and not there.
    """
    return _compiled.Network(links, limits) if _takes_twin(compiled=compiled) else Network(links, limits)


def restored_kernel(
    links: Sequence[Link], state: bytes, limits: GraphLimits = GRAPH_LIMITS, *, compiled: bool | None = None
) -> Kernel:
    """The network that ``state`` was taken of, by either twin.

    Raises:
        ValueError: it is damaged.
        Unavailable: the twin is demanded and not there.
    """
    if _takes_twin(compiled=compiled):
        return _compiled.Network.restored(links, state, limits)
    return load_state(links, state, limits)


def state_of(kernel: Kernel) -> bytes:
    """Everything that its reads depend on; ``states`` tells the layout."""
    return dump_state(kernel) if isinstance(kernel, Network) else kernel.state()


def _takes_twin(*, compiled: bool | None) -> bool:
    if compiled and not COMPILED:
        raise Unavailable("The compiled graph kernel is not installed.", hint="install with a C++ compiler")
    return COMPILED and compiled is not False
