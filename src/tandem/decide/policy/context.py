"""What a policy may refer to, and what is found wrong when it does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

import msgspec

from tandem.kernel.expressions import Column

__all__ = ["Finding", "ModelSignature", "PolicyContext"]


class ModelSignature(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy needs to know of a model.

    Attributes:
        name: as policies call it.
        inputs: columns it reads.
        digest: of its document.
        points: whether it gives points beside a probability.
        reasons: the codes its inputs may give; each must stand in the catalogue.
    """

    name: str
    inputs: tuple[str, ...]
    digest: str
    points: bool = True
    reasons: tuple[str, ...] = ()


class PolicyContext(msgspec.Struct, frozen=True, kw_only=True):
    """The names a policy may use.

    Attributes:
        columns: facts: event fields, features, and what connectors answer.
        lists: defined lists, by name.
        models: models of the release, by name.
        reasons: codes of the reason catalogue.
        connectors: those of ``columns`` that a connector answers with, by its name; known only where it was asked.
    """

    columns: Mapping[str, Column]
    lists: Collection[str] = ()
    models: Mapping[str, ModelSignature] = {}
    reasons: Collection[str] = ()
    connectors: Mapping[str, tuple[str, ...]] = {}

    def answers(self) -> dict[str, str]:
        """Every fact that is an answer, to the connector it comes from."""
        return {name: connector for connector, names in self.connectors.items() for name in names}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong (``error``: the policy cannot be published) or looks wrong (``warning``).

    Attributes:
        code: stable identifier; the table is in docs/reference/policy.md.
        where: path in the document.
        hint: what to do about it.
        example: facts that show it, where there are any.
    """

    severity: Literal["error", "warning"]
    code: str
    where: str
    message: str
    hint: str | None = None
    example: dict[str, bool | int | float | str | None] | None = None
