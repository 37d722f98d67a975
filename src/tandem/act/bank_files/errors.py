"""What is no bank file, or not one that may be taken."""

from __future__ import annotations

from tandem.kernel.errors import InvalidInput

__all__ = ["BadFile"]


class BadFile(InvalidInput):
    """A file that cannot be read, or whose sums do not hold; nothing of it is taken.

    ``field`` is the place in the document (``Stmt[1]/Ntry[3]/Amt``), ``value`` what stands there.
    """

    default_code = "bad_file"
