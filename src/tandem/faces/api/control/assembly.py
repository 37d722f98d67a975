"""The control plane put together: routers of one noun each, and one way to turn a refusal into a problem."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.gate import Gate
from tandem.faces.api.meters import Meters
from tandem.faces.api.problems import (
    PROBLEM_TYPE,
    MethodNotAllowed,
    NoSuchRoute,
    internal_problem,
    problem_headers,
    problem_of,
)
from tandem.faces.api.responses import API_HEADERS
from tandem.kernel.errors import InvalidInput, TandemError

__all__ = ["create_control"]

_HEADERS = {name.decode(): value.decode() for name, value in API_HEADERS}


def create_control(
    routers: Iterable[APIRouter], *, gate: Gate, meters: Meters, hot_paths: dict[str, tuple[str, ...]]
) -> FastAPI:
    """The FastAPI application of ``routers``.

    Args:
        routers: one for each noun.
        gate: asked before anything of a request is looked at.
        meters: where responses and problems are counted.
        hot_paths: methods by path of the hot routes, so that a wrong method there is named as such.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)

    async def admit(request: Request) -> None:
        gate.admit(request.scope, request.method, request.scope["route"].path)

    for router in routers:
        app.include_router(router, dependencies=[Depends(admit)])

    def refused(request: Request, error: Exception) -> Response:
        if isinstance(error, RequestValidationError):
            error = _invalid_parameter(error)
        elif isinstance(error, HTTPException):
            error = _no_route(request, error, hot_paths)
        assert isinstance(error, TandemError)
        meters.refused(error.code)
        headers = {name.decode(): value.decode() for name, value in problem_headers(error)}
        return _problem(request, error.status, problem_of(error, request_id_of(request)), headers)

    def failed(request: Request, _: Exception) -> Response:
        meters.refused("internal")
        return _problem(request, 500, internal_problem(request_id_of(request)), {})

    app.add_exception_handler(TandemError, refused)
    app.add_exception_handler(RequestValidationError, refused)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, failed)
    return app


def request_id_of(request: Request) -> str:
    """The id given to ``request`` at the door."""
    name: bytes = request.scope["tandem.request_id"]
    return name.decode()


def _problem(request: Request, status: int, body: bytes, headers: dict[str, str]) -> Response:
    headers = {**_HEADERS, **headers, "x-request-id": request_id_of(request)}
    return Response(body, status, headers, media_type=PROBLEM_TYPE)


def _invalid_parameter(error: RequestValidationError) -> InvalidInput:
    first = error.errors()[0]
    where, *rest = first["loc"]
    return InvalidInput(
        f"The {where} parameter cannot be taken: {first['msg'][:1].lower()}{first['msg'][1:]}.",
        code="invalid_parameter",
        field=".".join(str(part) for part in rest) or str(where),
        value=first.get("input"),
        hint="see /openapi.json for what this address takes",
    )


def _no_route(request: Request, error: HTTPException, hot_paths: dict[str, tuple[str, ...]]) -> TandemError:
    path = request.scope["path"]
    allowed = set(hot_paths.get(path, ()))
    if error.status_code == 405:
        allowed.update((error.headers or {}).get("Allow", "").replace(" ", "").split(","))
    allowed.discard("")
    if allowed:
        return MethodNotAllowed(request.method, tuple(sorted(allowed)))
    return NoSuchRoute("Nothing lives at this address.", value=path, hint="see /openapi.json for all addresses")
