"""What collections do not do."""

from __future__ import annotations

from tandem.act.collections.conduct import Block
from tandem.kernel.errors import Conflict

__all__ = ["NotPossible", "RuleForbids"]


class NotPossible(Conflict):
    """An account as it is, or the strategy, does not take this."""

    default_code = "not_possible"


class RuleForbids(Conflict):
    """A conduct rule stands against it. ``block`` is the rule."""

    default_code = "rule_forbids"

    def __init__(self, block: Block, *, field: str | None = None, value: object = None) -> None:
        super().__init__(
            f"{block.title.en}.", field=field, value=value, hint=f"the rule {block.rule}: {block.source.en}"
        )
        self.block = block
