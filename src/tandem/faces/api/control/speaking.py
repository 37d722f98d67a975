"""In whose name a request changes something."""

from __future__ import annotations

from starlette.requests import Request

from tandem.prove.access import LOCAL, Principal

__all__ = ["speaker"]


def speaker(request: Request, claimed: str | None = None) -> str:
    """The name for the record: the principal's own; ``claimed`` counts only from a caller trusted like this process."""
    principal: Principal = request.scope.get("tandem.principal", LOCAL)
    return principal.speaking_as(claimed)
