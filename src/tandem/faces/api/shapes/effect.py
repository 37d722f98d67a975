"""The effect of a draft policy on the last real decisions: what is asked; the answers are the nouns of ``learn.effect``."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Name
from tandem.learn.effect import DECISIONS_MAX, Effect, EffectProgress

__all__ = ["Effect", "EffectCancelled", "EffectProgress", "EffectRequest"]

SessionName = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{1,64}$", description="whose question it is")]


class EffectRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What would this draft have done?

    Attributes:
        policy: the draft, as a document.
        session: a newer question of one session ends the older one.
        last: decisions to look at, the newest; all that are kept by default.
        models: versions that the draft uses instead of the live ones, by name.
        score: make up for scores that were never needed, however many; without it only when there are few.
    """

    policy: dict[str, Any]
    session: SessionName = "only"
    last: Annotated[int, Meta(ge=1, le=DECISIONS_MAX)] | None = None
    models: dict[Name, DigestText] = {}
    score: bool = False


class EffectCancelled(msgspec.Struct, kw_only=True):
    """Whether there was a question to end."""

    cancelled: bool
