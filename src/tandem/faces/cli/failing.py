"""How the command line fails.

| code | meaning                                                              |
|------|----------------------------------------------------------------------|
| 0    | done                                                                 |
| 1    | done, and the answer is bad: a chain that does not verify, a replay that differs, rows that were rejected |
| 2    | the command was not understood                                       |
| 3    | the input or a definition is wrong                                   |
| 4    | nothing is known under that name                                     |
| 5    | conflict with what is recorded                                       |
| 6    | refused by a rule of review or access                                |
| 7    | not now: the workspace is in use, the database does not answer       |
| 8    | stored data is not what was written                                  |
| 70   | a mistake of ours                                                    |
| 130  | interrupted                                                          |
"""

from __future__ import annotations

import sys
from typing import Final

import msgspec

from tandem.kernel.errors import (
    Conflict,
    IntegrityError,
    InvalidInput,
    NotFound,
    NotSignedIn,
    Refused,
    TandemError,
    TooOften,
    Unavailable,
    shown,
)

__all__ = ["BAD_ANSWER", "INTERNAL", "INTERRUPTED", "code_of", "say_failure", "say_mistake"]

BAD_ANSWER: Final = 1
INTERNAL: Final = 70
INTERRUPTED: Final = 130

_CODES: Final = (
    (NotFound, 4),
    (Conflict, 5),
    (NotSignedIn, 6),
    (Refused, 6),
    (TooOften, 7),
    (Unavailable, 7),
    (IntegrityError, 8),
)


def code_of(error: TandemError) -> int:
    """The exit code for ``error``."""
    for kind, code in _CODES:
        if isinstance(error, kind):
            return code
    return 3


def say_failure(error: TandemError, *, as_json: bool) -> None:
    """``error`` on stderr: what, where, remedy; or its problem document."""
    if as_json:
        print(msgspec.json.encode(error.problem()).decode(), file=sys.stderr)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False)
    faults = error.errors if isinstance(error, InvalidInput) and error.errors else (error,)
    for fault in faults:
        console.print(Text.assemble(("what   ", "bold red"), fault.detail))
        where = [part for part in (fault.field, fault.at) if part]
        if fault.value is not None:
            where.append(f"value {shown(fault.value)}")
        if where:
            console.print(Text.assemble(("where  ", "bold"), ", ".join(where)))
        if fault.hint:
            console.print(Text.assemble(("remedy ", "bold green"), fault.hint))
    console.print(Text(f"({error.code})", style="dim"))


def say_mistake(error: Exception) -> None:
    """An error nobody foresaw, without a traceback."""
    words = f"{type(error).__name__}: {shown(str(error))}"
    print(f"A mistake of ours: {words}\nRun the same command with --debug and report what it prints.", file=sys.stderr)
