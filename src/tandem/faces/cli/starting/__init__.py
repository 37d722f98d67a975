"""The workspace that ``tandem init`` writes."""

from tandem.faces.cli.starting.writing import write_starter

__all__ = ["write_starter"]
