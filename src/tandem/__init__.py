"""Tandem: a credit and fraud risk platform that runs in one loop with the business it protects.

Rooms, and who may look into whom, from the bottom up:
kernel <- prove <- observe <- decide <- learn, act <- faces (see ARCHITECTURE.md).
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("tandem-risk")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+source"

__all__ = ["__version__"]
