"""The effect report: every number before and after."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import Problems, answers
from tandem.faces.api.measuring import Measures, Moment
from tandem.faces.api.shapes.effect_report import EffectReportDocument
from tandem.kernel.errors import InvalidInput, NotFound, Unavailable, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, Micros, format_instant, parse_instant
from tandem.learn.before_after import EffectReport, Side, effect_report, history_of

__all__ = ["effect_report_router"]

_MET: Final[Problems] = {
    404: ("unknown_release",),
    422: ("instant_without_offset", "invalid_comparison", "invalid_instant", "invalid_parameter", "invalid_range"),
    503: ("lake_changed", "no_lake", "no_release", "query_timeout"),
}
ReleaseText = Annotated[
    str | None, Query(pattern="^[0-9a-f]{6,64}$", description="a release, or the beginning of its digest")
]


def effect_report_router(measures: Measures | None) -> APIRouter:
    """The report of the live release's metrics; none without a lake."""
    router = APIRouter(tags=["metrics"])

    @router.get(
        "/v1/effect-report",
        summary="Every metric before and after, with limits",
        description="Either the days before `around` beside the days after it (without it the last days beside those before), "
        "or what two releases decided. Nothing was assigned by lot: the report says what differs, not what caused it.",
        responses=answers(EffectReportDocument, "The report.", problems=[_MET]),
    )
    async def report(
        request: Request,
        days: Annotated[int, Query(ge=1, le=366, description="on each side")] = 28,
        around: Annotated[
            str | None, Query(max_length=40, description="RFC 3339; its day (UTC) is the first after")
        ] = None,
        then_release: ReleaseText = None,
        now_release: ReleaseText = None,
    ) -> Response:
        if measures is None:
            raise Unavailable("There is no lake to measure.", code="no_lake", hint="start the server with tandem serve")
        if around is not None and (then_release or now_release):
            raise InvalidInput(
                "Either around a day, or between two releases.", code="invalid_comparison", field="around", value=around,
                hint="leave one of them away",
            )  # fmt: skip
        boundary = None if around is None else parse_instant(around)
        found = await run_in_threadpool(_report, measures, days, boundary, then_release, now_release)
        return json_response(request, found)

    return router


def _report(
    measures: Measures, days: int, around: Micros | None, then_release: str | None, now_release: str | None
) -> dict[str, Any]:
    register = measures.process.state.register

    def ask(moment: Moment) -> dict[str, Any]:
        if then_release or now_release:
            known = sorted({one.release for one in register.went_live})
            then, now = (_of_release(text, field, known) for text, field in
                         ((then_release, "then_release"), (now_release, "now_release")))  # fmt: skip
        else:
            then, now = _around(moment, days, around)
        question = ("effect_report", then, now)
        return moment.once(
            question, lambda: _told(effect_report(moment.centre, then, now, history_of(register)), moment.as_of)
        )

    return measures.together(ask)


def _of_release(text: str | None, field: str, known: list[Digest]) -> Side:
    if text is None:
        return Side()
    found = [one for one in known if one.startswith(text)]
    if len(found) != 1:
        raise NotFound(
            "No release begins like this." if not found else f"{len(found)} releases begin like this.",
            code="unknown_release", field=field, value=text,
            hint=near_match(text, [one[:12] for one in known]) or "tandem releases lists them",
        )  # fmt: skip
    return Side(release=found[0])


def _around(moment: Moment, days: int, around: Micros | None) -> tuple[Side, Side]:
    tomorrow = moment.as_of - moment.as_of % DAY + DAY
    middle = tomorrow - days * DAY if around is None else around - around % DAY
    end = min(middle + days * DAY, tomorrow)
    if end <= middle:
        raise InvalidInput(
            "Nothing has happened after this day yet.", code="invalid_range", field="around",
            value=format_instant(Micros(middle)), hint="name an earlier day",
        )  # fmt: skip
    return (
        Side(start=Micros(middle - days * DAY), end=Micros(middle)),
        Side(start=Micros(middle), end=Micros(end)),
    )


def _told(report: EffectReport, as_of: Micros) -> dict[str, Any]:
    return {
        **msgspec.to_builtins(report),
        "as_of": format_instant(as_of),
        "then": _side(report.then),
        "now": _side(report.now),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "from": None if side.start is None else format_instant(side.start),
        "to": None if side.end is None else format_instant(side.end),
        "release": side.release,
    }
