"""Waiting for a run that goes on in a process of its own, with a bar for the person who waits."""

from __future__ import annotations

import time
from typing import Any, Final

from tandem.faces.cli.access import Api
from tandem.kernel.errors import Conflict

__all__ = ["finished"]

_EVERY_S: Final = 0.3


def finished(api: Api, path: str, title: str, *, quiet: bool) -> dict[str, Any]:
    """The run at ``path``, with its report, once it is over.

    Raises:
        Conflict: it failed, or was cancelled.
    """
    from tandem.faces.cli.progress import measured

    with measured(title, quiet=quiet) as told:
        while True:
            found: dict[str, Any] = api.get(path)
            run = found["run"]
            told(run["done"], run["total"])
            if run["state"] != "running":
                break
            time.sleep(_EVERY_S)  # the run is another process, and somebody watches a bar
    if run["state"] == "done":
        return found
    error = run["error"] or {"code": "run_cancelled", "detail": "It was cancelled."}
    raise Conflict(
        error["detail"], code=error["code"], field=error.get("field") or None, hint=error.get("hint") or None
    )
