"""The compiled twin of the kernels, or None where no compiler was when this was installed."""

from __future__ import annotations

from typing import Final

try:
    from tandem.decide.models import _compiled as twin
except ImportError:  # no compiler where this was installed
    twin = None  # type: ignore[assignment]

__all__ = ["COMPILED", "takes_twin", "twin"]

COMPILED: Final = twin is not None
"""Whether the compiled twin is there."""


def takes_twin(*, compiled: bool | None) -> bool:
    """Whether the twin is to be used.

    Args:
        compiled: None: where it is there; False: no; True: yes.

    Raises:
        ImportError: ``compiled`` is True and the twin is not there.
    """
    if compiled and not COMPILED:
        raise ImportError("the compiled kernel of tandem.decide.models was not built; run build_native.py")
    return COMPILED if compiled is None else compiled
