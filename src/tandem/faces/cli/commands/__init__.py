"""The commands, by noun."""

from tandem.faces.cli.commands.assembly import build

__all__ = ["build"]
