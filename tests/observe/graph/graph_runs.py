"""Networks of either kernel, and names that can be read."""

import pytest

from tandem.kernel.time import DAY, HOUR
from tandem.observe.graph import COMPILED, GraphLimits, Link

KERNELS = [
    pytest.param(False, id="reference"),
    pytest.param(True, id="compiled", marks=[pytest.mark.compiled, pytest.mark.skipif(not COMPILED, reason="not compiled")]),
]  # fmt: skip

LINKS = (
    Link(identifier="device", life=10 * DAY, hub=4),
    Link(identifier="phone", life=30 * DAY, hub=1_000),
    Link(identifier="ip", life=2 * DAY, joins=False, hub=1_000),
)
ENDLESS = GraphLimits(neighbours=10**6, asked=10**6, links=10**6, second=10**6, component=10**6, kept=10**6)
GAPS = (0, 0, HOUR, 5 * HOUR, DAY, 3 * DAY, 11 * DAY, 31 * DAY, -DAY, -4 * DAY)


def name(text):
    """A pseudonym that stands for ``text``."""
    return text.encode().hex().rjust(32, "0")


def names(*texts):
    """A kind for each, in order, and the pseudonym."""
    return [(kind, name(text)) for kind, text in enumerate(texts) if text]
