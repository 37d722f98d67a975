"""The command line: ``tandem``."""

from tandem.faces.cli.entry import main

__all__ = ["main"]
