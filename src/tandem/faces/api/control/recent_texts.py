"""The texts that are being edited now, read: a long one is not read from its first line for each key that is pressed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Final

from tandem.decide.policy import WrittenPolicy, read_policy, rewrite_policy

__all__ = ["CHARACTERS_MAX", "RecentTexts"]

CHARACTERS_MAX: Final = 16 * 1024 * 1024
"""Of all texts kept together; the one that was used longest ago goes first."""


class RecentTexts:
    """Texts with what they hold, the newest ones; safe to share between threads. Without it everything is only slower."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, WrittenPolicy] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def read(self, text: str) -> WrittenPolicy:
        """What ``text`` holds; refuses what ``read_policy`` refuses."""
        return self._keep(self._known(text) or read_policy(text))

    def rewrite(self, before: str, document: Any) -> WrittenPolicy:
        """``document`` in the clothes of ``before``; refuses a ``before`` that ``read_policy`` refuses."""
        return self._keep(rewrite_policy(self.read(before), document))

    def _known(self, text: str) -> WrittenPolicy | None:
        with self._lock:
            return self._kept.get(text)

    def _keep(self, written: WrittenPolicy) -> WrittenPolicy:
        with self._lock:
            if self._kept.pop(written.text, None) is None:
                self._characters += len(written.text)
            self._kept[written.text] = written
            while self._characters > CHARACTERS_MAX and len(self._kept) > 1:
                self._characters -= len(self._kept.popitem(last=False)[0])
        return written
