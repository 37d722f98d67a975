"""The workspace that ``tandem init`` writes: a small lender, or one made from a table of one's own."""

from tandem.faces.cli.starting.from_table import write_from_table
from tandem.faces.cli.starting.writing import write_starter

__all__ = ["write_from_table", "write_starter"]
