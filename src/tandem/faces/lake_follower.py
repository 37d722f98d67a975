"""The lake kept up to date beside the server, in a process of its own.

Copying a record into the lake costs as much interpreter time as deciding a tenth of an event. In the server every
decision would wait for it; here it takes what the decisions leave of the machine, and the numbers of the metric centre
are a few seconds old.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["LakeFollower"]

_LOG = logging.getLogger(__name__)
_AGAIN_S = 5.0
_PATIENCE_S = 10.0


class LakeFollower:
    """Runs ``tandem lake follow`` for a workspace while it is entered.

    Args:
        folder: of the workspace.
        home: where its data lies, if not where the settings say.

    A follower that ends by itself is started again after a pause; the lake is a copy, and takes up where it stands.
    The child ends with this process, however that ends: it reads from a pipe that nobody else holds open.
    """

    def __init__(self, folder: Path, *, home: Path | None = None) -> None:
        self._command = [
            *(sys.executable, "-m", "tandem", "lake", "follow", "--with-parent"),
            *("--workspace", str(folder)),
        ]
        self._environment = None if home is None else {**os.environ, "TANDEM_HOME": str(home)}
        self._closing = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="lake-follower", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        child = self._child
        if child is not None and child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()  # what it is projecting it finishes
        self._thread.join(_PATIENCE_S)
        if child is not None and child.poll() is None:
            child.kill()

    def _watch(self) -> None:
        while not self._closing.is_set():
            with subprocess.Popen(self._command, env=self._environment, stdin=subprocess.PIPE) as child:  # noqa: S603
                self._child = child
                code = child.wait()
            if not self._closing.is_set():
                _LOG.warning("The lake's follower ended with %d; it is started again", code)
                self._closing.wait(_AGAIN_S)
