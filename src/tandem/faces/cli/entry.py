"""Where ``tandem`` starts, and where every failure ends: words for people, a number for scripts, never a traceback."""

from __future__ import annotations

import os
import sys

from tandem.faces.cli.commands import build
from tandem.faces.cli.failing import INTERNAL, INTERRUPTED, code_of, say_failure, say_mistake
from tandem.kernel.errors import TandemError

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with one of the codes of ``failing``."""
    as_json = "--json" in sys.argv
    try:
        build()()
    except TandemError as error:
        say_failure(error, as_json=as_json)
        sys.exit(code_of(error))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        say_mistake(error)
        sys.exit(INTERNAL)
