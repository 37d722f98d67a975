"""What would have changed a decision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, counterfactuals_of
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.shapes.counterfactuals import CounterfactualPage

__all__ = ["counterfactual_router"]


def counterfactual_router(process: DecisionProcess) -> APIRouter:
    """Other facts, and what would have been decided on them."""
    router = APIRouter(tags=["decisions"])

    @router.get(
        "/v1/decisions/{decision_id}/counterfactual",
        summary="What would have changed a decision",
        description="The smallest changes of facts that a person can influence under which the same policy and release "
        "decide better; each was decided anew. Holds personal inputs, as an explanation does.",
        responses=answers(
            CounterfactualPage,
            "What was found, or that nothing was.",
            problems=[{404: ("unknown_decision",), 422: ("invalid_parameter",)}],
        ),
    )
    async def counterfactual(
        request: Request,
        decision_id: Annotated[str, Path(max_length=255, description="decision id, or the id of its event")],
    ) -> Response:
        found = await run_in_threadpool(counterfactuals_of, decision_id, process.archive, process.journal)
        return json_response(request, found)

    return router
