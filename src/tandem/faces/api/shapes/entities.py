"""What is known of one entity."""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.faces.api.shapes.common import Instant

__all__ = ["EntityFeatures"]


class EntityFeatures(msgspec.Struct, kw_only=True):
    """What is known of one entity at a moment, by feature; null where nothing is known."""

    kind: str
    at: Instant
    release: str
    features: dict[str, Any]
