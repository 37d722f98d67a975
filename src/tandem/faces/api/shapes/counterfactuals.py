"""What would have changed a decision."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import OutcomeText

__all__ = ["CounterfactualDocument", "CounterfactualPage", "HeldField", "MovedFact"]

FactValue = int | float | str | bool | None


class MovedFact(msgspec.Struct, kw_only=True):
    """One fact, as it was and as it would have had to be."""

    field: str
    then: FactValue
    now: FactValue


class CounterfactualDocument(msgspec.Struct, kw_only=True):
    """Other facts, and what the same policy and release decide on them: decided, not estimated."""

    moves: list[MovedFact]
    outcome: OutcomeText
    reasons: list[str]
    limit_minor: int | None
    cost: Annotated[float, Meta(description="relative changes together, and a quarter for every further fact")]
    takes_days: Annotated[int | None, Meta(description="to bring about, as the statements say; null: they do not")]
    monotone: Annotated[bool, Meta(description="every model that reads what moves is proved to move one way with it")]
    en: str
    zh: str


class HeldField(msgspec.Struct, kw_only=True):
    """A field that the policy looks at and that was held still, and why."""

    field: str
    because: Literal[
        "protected",
        "never",
        "identifier",
        "not_a_number",
        "counted_by_feature",
        "derived",
        "not_given",
        "takes_too_long",
    ]


class CounterfactualPage(msgspec.Struct, kw_only=True):
    """What a search found, smallest first; an empty ``found`` says that nothing was.

    ``complete`` is false where the search ended at its limit of ``tried`` decisions. ``erased``: the facts are gone with
    their person.
    """

    decision_id: str
    outcome: OutcomeText
    found: list[CounterfactualDocument]
    moved: list[str]
    held: list[HeldField]
    tried: int
    complete: bool
    reach: float
    book: Annotated[int, Meta(description="earlier decisions whose values bound the search; 0: too few to say")]
    erased: bool
    en: str
    zh: str
