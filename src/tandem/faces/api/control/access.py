"""Sessions, one-time links, people, keys, and the record of who did what."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from msgspec import UNSET
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.auditing import AuditLine, audit_page
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, answers, takes
from tandem.faces.api.gate import Gate, principal_of
from tandem.faces.api.shapes.access import (
    AuditNote,
    AuditPage,
    KeyMade,
    KeyPage,
    KeyRequest,
    KeySummary,
    LinkAnswer,
    LinkMade,
    LinkRequest,
    PasswordRequest,
    PersonChange,
    PersonPage,
    PersonRequest,
    PersonSummary,
    SessionAnswer,
    SessionPerson,
    SignedOut,
    SignInRequest,
    WelcomeAnswer,
    WelcomeRequest,
    WorkspaceSummary,
)
from tandem.faces.api.shapes.vocabulary import PAGE_MAX
from tandem.kernel.time import Clock, Micros, format_instant, parse_duration
from tandem.prove.access import ApiKey, Permission, Person, Principal, Role, SignedIn, checked_merchant

__all__ = ["key_router", "people_router", "session_router", "welcome_router"]

_SHAPE = {**BODY_PROBLEMS, 422: ("wrong_shape",)}
_STORE = {503: ("access_unavailable",)}
_PASSWORD = ("password_not_text", "password_too_common", "password_too_long", "password_too_short")
_HASHING = {
    401: ("wrong_credentials",),
    429: ("too_many_attempts",),
    503: ("access_unavailable", "sign_in_busy"),
}
_NAME = Path(max_length=64, pattern="^[a-z][a-z0-9._-]*$")
_UNKNOWN = {404: ("unknown_person",), 422: ("invalid_parameter", "wrong_shape")}


class _Desk:
    """What every way of coming in ends with: the hash in its own thread, the answer, the cookie."""

    def __init__(self, gate: Gate, workspace: WorkspaceSummary) -> None:
        self._gate = gate
        self._access = gate.access
        self._workspace = workspace

    async def hashed(self, work: Any, *given: Any) -> Any:
        return await asyncio.wrap_future(self._access.threads.submit(work, *given))

    def signed_in(self, request: Request, found: SignedIn) -> Response:
        response = json_response(request, self.told(found.principal, found.csrf))
        response.headers.append("set-cookie", self._gate.cookie(request.scope, found.token))
        return response

    def told(self, principal: Principal, csrf: str) -> SessionAnswer:
        roles = self._access.person(principal.name).roles if principal.kind == "person" else ()
        return SessionAnswer(
            mode=self._access.mode,
            person=SessionPerson(
                name=principal.name,
                display_name=principal.display_name or principal.name,
                roles=[role.value for role in roles],
            ),
            permissions=[one.value for one in sorted(principal.permissions)],
            csrf=csrf,
            workspace=self._workspace,
        )


def welcome_router(gate: Gate, workspace: WorkspaceSummary) -> APIRouter:
    """Coming in by a one-time link."""
    access, desk = gate.access, _Desk(gate, workspace)
    router = APIRouter(tags=["access"])

    @router.get(
        "/v1/welcome",
        summary="Whether anybody can sign in yet, and whether one is signed in",
        responses=answers(WelcomeAnswer, "What a page must know before anybody is signed in."),
    )
    async def before(request: Request) -> Response:
        return json_response(
            request, WelcomeAnswer(mode=access.mode, first_start=access.first_start, known=gate.knows(request.scope))
        )

    @router.post(
        "/v1/welcome/link",
        summary="What a one-time link is for",
        openapi_extra=takes(LinkRequest),
        responses=answers(LinkAnswer, "The link is good.", problems=[_SHAPE, {401: ("invalid_link",)}]),
    )
    async def link(request: Request, body: Annotated[Any, Depends(body_of(LinkRequest))]) -> Response:
        purpose, person = access.link_of(body.token)
        told = LinkAnswer(
            purpose=purpose,
            name="" if person is None else person.name,
            display_name="" if person is None else person.display_name,
            workspace=workspace.name,
        )
        return json_response(request, told)

    @router.post(
        "/v1/welcome",
        summary="Take a one-time link: choose a password and come in",
        openapi_extra=takes(WelcomeRequest),
        responses=answers(
            SessionAnswer,
            "Signed in.",
            problems=[
                _SHAPE,
                _HASHING,
                {401: ("invalid_link",), 422: (*_PASSWORD, "invalid_display_name", "invalid_name")},
            ],
        ),
    )
    async def welcome(request: Request, body: Annotated[Any, Depends(body_of(WelcomeRequest))]) -> Response:
        def take() -> SignedIn:
            return access.welcome(body.token, body.password, name=body.name, display_name=body.display_name)

        return desk.signed_in(request, await desk.hashed(take))

    return router


def session_router(gate: Gate, workspace: WorkspaceSummary) -> APIRouter:
    """Coming in with a password, and going out."""
    access, desk = gate.access, _Desk(gate, workspace)
    router = APIRouter(tags=["access"])

    @router.post(
        "/v1/session",
        summary="Sign in",
        openapi_extra=takes(SignInRequest),
        responses=answers(SessionAnswer, "Signed in; the cookie is set.", problems=[_SHAPE, _HASHING]),
    )
    async def sign_in(request: Request, body: Annotated[Any, Depends(body_of(SignInRequest))]) -> Response:
        def enter() -> SignedIn:
            return access.sign_in(body.name, body.password, ending=gate.session_token(request.scope))

        return desk.signed_in(request, await desk.hashed(enter))

    @router.get(
        "/v1/session", summary="Who asks, and what they may do", responses=answers(SessionAnswer, "Somebody known.")
    )
    async def session(request: Request) -> Response:
        principal = principal_of(request)
        csrf = "" if principal.session is None else gate.csrf(request.scope)
        return json_response(request, desk.told(principal, csrf))

    @router.delete(
        "/v1/session",
        summary="Sign out",
        responses=answers(SignedOut, "Signed out.", problems=[_STORE, {422: ("invalid_parameter",)}]),
    )
    async def sign_out(
        request: Request,
        everywhere: Annotated[bool, Query(description="end all sessions of this person")] = False,  # noqa: FBT002
    ) -> Response:
        principal = principal_of(request)
        if principal.session is not None:
            await run_in_threadpool(access.sign_out, principal, everywhere=everywhere)
        response = json_response(request, SignedOut(signed_out=principal.session is not None))
        response.headers.append("set-cookie", gate.cookie(request.scope, None))
        return response

    @router.post(
        "/v1/session/password",
        summary="Change one's password; all other sessions end",
        openapi_extra=takes(PasswordRequest),
        responses=answers(
            SessionAnswer, "Changed.", problems=[_SHAPE, _HASHING, {404: ("unknown_person",), 422: _PASSWORD}]
        ),
    )
    async def password(request: Request, body: Annotated[Any, Depends(body_of(PasswordRequest))]) -> Response:
        principal = principal_of(request)
        return desk.signed_in(request, await desk.hashed(access.change_password, principal, body.current, body.new))

    return router


def people_router(gate: Gate, process: DecisionProcess) -> APIRouter:
    """People, and what they did."""
    access = gate.access
    router = APIRouter(tags=["access"])

    @router.get("/v1/people", summary="Everybody", responses=answers(PersonPage, "People, by name."))
    async def people(request: Request) -> Response:
        manages = Permission.MANAGE in principal_of(request).permissions
        return json_response(request, PersonPage(people=[_person(one, manages=manages) for one in access.people()]))

    @router.post(
        "/v1/people",
        summary="Add somebody",
        description="They choose a password themselves, by the one-time link in the answer.",
        openapi_extra=takes(PersonRequest),
        responses=answers(
            LinkMade,
            "Added.",
            problems=[
                _SHAPE,
                _STORE,
                {409: ("name_taken", "too_many_people"), 422: ("invalid_display_name", "invalid_name", "no_role")},
            ],
        ),
    )
    async def add(request: Request, body: Annotated[Any, Depends(body_of(PersonRequest))]) -> Response:
        roles = [Role(role) for role in body.roles]
        by = principal_of(request)
        person, token = await run_in_threadpool(access.add_person, body.name, body.display_name, roles, by=by)
        return json_response(request, LinkMade(person=_person(person), path=_path(token)))

    @router.patch(
        "/v1/people/{name}",
        summary="Change roles or name of somebody, disable or enable them",
        description="What is left out stays. Who is disabled has no session any more.",
        openapi_extra=takes(PersonChange),
        responses=answers(
            PersonSummary,
            "As they are now.",
            problems=[_SHAPE, _STORE, _UNKNOWN, {409: ("last_admin",), 422: ("invalid_display_name", "no_role")}],
        ),
    )
    async def change(
        request: Request, name: Annotated[str, _NAME], body: Annotated[Any, Depends(body_of(PersonChange))]
    ) -> Response:
        wanted: dict[str, Any] = {}
        if body.display_name is not UNSET:
            wanted["display_name"] = body.display_name
        if body.roles is not UNSET:
            wanted["roles"] = [Role(role) for role in body.roles]
        if body.disabled is not UNSET:
            wanted["disabled"] = body.disabled
        person = await run_in_threadpool(access.change_person, name, by=principal_of(request), **wanted)
        return json_response(request, _person(person))

    @router.post(
        "/v1/people/{name}/link",
        summary="A one-time link for somebody who cannot sign in",
        responses=answers(
            LinkMade, "The link, told this once.", problems=[_STORE, _UNKNOWN, {409: ("person_disabled",)}]
        ),
    )
    async def reset(request: Request, name: Annotated[str, _NAME]) -> Response:
        token = await run_in_threadpool(access.reset, name, by=principal_of(request))
        return json_response(request, LinkMade(person=_person(access.person(name)), path=_path(token)))

    @router.get(
        "/v1/audit",
        summary="Who did what, newest first",
        responses=answers(AuditPage, "A page of notes.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def audit(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53, description="next_before of the page before")] = None,
        action: Annotated[str | None, Query(max_length=80)] = None,
        by: Annotated[str | None, Query(max_length=255)] = None,
        object: Annotated[str | None, Query(max_length=255, description="objects that begin so")] = None,  # noqa: A002
    ) -> Response:
        found = await run_in_threadpool(
            audit_page, process.journal, limit=limit, before=before, action=action, by=by, on=object
        )
        following = found[-1].seq if len(found) == limit else None
        return json_response(request, AuditPage(notes=[_note(line) for line in found], next_before=following))

    return router


def key_router(gate: Gate, clock: Clock) -> APIRouter:
    """What programs sign in with."""
    access = gate.access
    router = APIRouter(tags=["access"])

    @router.get(
        "/v1/keys", summary="Every API key", responses=answers(KeyPage, "Keys, newest first.", problems=[_STORE])
    )
    async def keys(request: Request) -> Response:
        found = await run_in_threadpool(access.keys)
        return json_response(request, KeyPage(keys=[_key(one, clock.now()) for one in found]))

    @router.post(
        "/v1/keys",
        summary="Make an API key",
        description="The key itself is in this answer and nowhere else. Approvals and settings are no scopes of keys.",
        openapi_extra=takes(KeyRequest),
        responses=answers(
            KeyMade,
            "Made.",
            problems=[
                _SHAPE,
                _STORE,
                {
                    409: ("name_taken", "too_many_keys"),
                    422: (
                        "invalid_display_name",
                        "invalid_duration",
                        "invalid_merchant",
                        "invalid_name",
                        "invalid_origin",
                        "invalid_scope",
                        "key_life",
                    ),
                },
            ],
        ),
    )
    async def make(request: Request, body: Annotated[Any, Depends(body_of(KeyRequest))]) -> Response:
        scopes = [Permission(scope) for scope in body.scopes]
        life = parse_duration(body.expires_after)
        shop = body.merchant
        merchant = (
            None if shop is None else checked_merchant(body.name, shop.id, shop.title_en, shop.title_zh, shop.origins)
        )
        key, secret = await run_in_threadpool(
            access.make_key, body.name, scopes, by=principal_of(request), life=life, merchant=merchant
        )
        return json_response(request, KeyMade(key=_key(key, clock.now()), secret=secret))

    @router.delete(
        "/v1/keys/{name}",
        summary="Revoke an API key",
        responses=answers(
            KeySummary,
            "It opens nothing any more.",
            problems=[_STORE, {404: ("unknown_key",), 422: ("invalid_parameter",)}],
        ),
    )
    async def revoke(request: Request, name: Annotated[str, _NAME]) -> Response:
        key = await run_in_threadpool(access.revoke_key, name, by=principal_of(request))
        return json_response(request, _key(key, clock.now()))

    return router


def _path(token: str) -> str:
    # Behind the hash: browsers keep that to themselves, so the token is in no log of a server or a proxy.
    return f"/welcome#token={token}"


def _person(person: Person, *, manages: bool = True) -> PersonSummary:
    return PersonSummary(
        name=person.name,
        display_name=person.display_name,
        roles=[role.value for role in person.roles],
        state=person.state,
        added_at=format_instant(person.added_at),
        added_by=person.added_by,
        last_sign_in_at=_instant(person.last_sign_in_at) if manages else None,
    )


def _key(key: ApiKey, now: Micros) -> KeySummary:
    state: Literal["active", "expired", "revoked"] = (
        "revoked" if key.revoked_at is not None else "active" if key.in_force(now) else "expired"
    )
    return KeySummary(
        name=key.name,
        shown=key.shown,
        scopes=[scope.value for scope in key.scopes],
        state=state,
        made_at=format_instant(key.made_at),
        made_by=key.made_by,
        expires_at=format_instant(key.expires_at),
        last_used_at=_instant(key.last_used_at),
        revoked_at=_instant(key.revoked_at),
    )


def _note(line: AuditLine) -> AuditNote:
    note = line.note
    return AuditNote(
        seq=line.seq,
        id=note.id,
        at=format_instant(note.at),
        action=note.action,
        by=note.by,
        kind=note.kind,
        speaking_as=note.speaking_as,
        object=note.object,
        before=note.before,
        after=note.after,
        detail=note.detail,
    )


def _instant(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
