"""How often the example's real accounts did not pay in the month after, by how late they were: ``python -m tandem.faces.demo.default_rates``.

The provision rules of the example (``examples/lender/provision_rules/``) take their probabilities of default from here. What the
panel calls a default is a payment that did not come in October 2005, of accounts as they stood in September; it knows no other.
So this is not yet a probability over twelve months of being more than 90 days late, and the rules say so.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from tandem.faces.demo.sources import read_panel

__all__ = ["DefaultRate", "default_rates"]

_BUCKETS: Final = ("not late", "1-30 days", "31-60 days", "61-90 days")
_RATES: Final = """
SELECT greatest(s1, 0) AS bucket, count(*) AS accounts, sum(defaulted) AS defaulted
FROM panel WHERE s1 <= 3 GROUP BY bucket ORDER BY bucket
"""


class DefaultRate(NamedTuple):
    """Accounts of one bucket in their last month, and how many of them defaulted in the next."""

    bucket: str
    accounts: int
    defaulted: int

    @property
    def bps(self) -> int:
        """In basis points, to the nearest."""
        return (20_000 * self.defaulted + self.accounts) // (2 * self.accounts)


def default_rates(data: Path) -> list[DefaultRate]:
    """By bucket of days past due, of all accounts of the panel.

    Raises:
        NotFound: the bundled file is not there.
    """
    with duckdb.connect() as connection:
        connection.register("panel", read_panel(data))
        rows = connection.execute(_RATES).fetchall()
    return [DefaultRate(_BUCKETS[bucket], accounts, int(defaulted)) for bucket, accounts, defaulted in rows]


if __name__ == "__main__":
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("examples/data")
    for one in default_rates(root):
        sys.stdout.write(f"{one.bucket:<10} {one.accounts:>6} accounts {one.defaulted:>6} defaulted {one.bps:>5} bps\n")
