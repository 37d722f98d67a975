"""The letter about a decision."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, WrittenDecision, letter_about
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers

__all__ = ["letter_router"]


def letter_router(process: DecisionProcess) -> APIRouter:
    """What a person is told of a decision, written down."""
    router = APIRouter(tags=["decisions"])

    @router.get(
        "/v1/decisions/{decision_id}/letter",
        summary="The letter about a decision",
        description="Of a decision that declines, refers, or approves less than was asked for or at more than the best price. "
        "Derived from the record and the release of then: the same words whenever it is asked for. Holds personal data, as an "
        "explanation does; once the person is erased it can no longer be written.",
        responses=answers(
            WrittenDecision,
            "The letter, as blocks, HTML and plain text, and the reasons in it.",
            problems=[
                {
                    404: ("unknown_decision", "no_letter"),
                    409: ("person_erased", "nothing_adverse"),
                    422: ("invalid_parameter", "letter_lacks_topic"),
                }
            ],
        ),
    )
    async def letter(
        request: Request,
        decision_id: Annotated[str, Path(max_length=255, description="decision id, or the id of its event")],
        language: Annotated[Literal["en", "zh-CN"], Query(description="of the letter")] = "en",
    ) -> Response:
        found = await run_in_threadpool(letter_about, decision_id, process.archive, process.journal, language)
        return json_response(request, found)

    return router
