"""The gate in front of every route: generated over the whole OpenAPI document, for every kind of caller."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator

import pytest
from access_house import GOOD, CountingHasher
from http_face import HOST, JSON, Caller, Contract, application, starter_process

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api import create_app, journal_notes
from tandem.faces.api.gate import ANYONE, CUSTOMER, DOORS, SIGNED_IN
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import HOUR, FixedClock, SystemClock
from tandem.prove.access import (
    KEY_PERMISSIONS,
    LOCAL,
    ROLES,
    AccessControl,
    Permission,
    Role,
    SqliteAccessStore,
)

CSRF = b"x-tandem-csrf"


class Deployment:
    """A served workspace with people in it."""

    def __init__(self, process: DecisionProcess) -> None:
        self.process = process
        self.clock = FixedClock(SystemClock().now())
        self.hasher = CountingHasher()
        self.access = AccessControl(
            SqliteAccessStore(None),
            "lender",
            clock=self.clock,
            entropy=SeededEntropy(3),
            tell=journal_notes(process),
            hasher=self.hasher,
        )
        self.call = Caller(create_app(process, self.access))
        self.contract = Contract(self.call("GET", "/openapi.json").json)
        self.admin = self.access.welcome(self.access.first_link() or "", GOOD, name="root").principal
        self._known: dict[str, list[tuple[bytes, bytes]]] = {}

    def person(self, *roles: Role) -> list[tuple[bytes, bytes]]:
        """The headers of a page that somebody with these roles has open."""
        name = "-".join(sorted(roles))
        if name not in self._known:
            _, token = self.access.add_person(name, name, roles, by=self.admin)
            signed = self.access.welcome(token, GOOD)
            cookie = f"{self.access.cookie}={signed.token}".encode()
            self._known[name] = [HOST, JSON, (b"cookie", b"theme=dark; " + cookie), (CSRF, signed.csrf.encode())]
        return self._known[name]

    def key(self, *scopes: Permission) -> list[tuple[bytes, bytes]]:
        """The headers of a program whose key has these scopes."""
        name = "key-" + "-".join(sorted(scopes)).replace("_", "-")
        if name not in self._known:
            _, secret = self.access.make_key(name, scopes, by=self.admin)
            self._known[name] = [HOST, JSON, (b"authorization", b"Bearer " + secret.encode())]
        return self._known[name]

    def ask(self, method, path, body=b"", *, query=b"", headers=None):
        """Ask, and have the answer judged by the contract."""
        reply = self.call(method, path, body, query=query, headers=headers)
        self.contract.judge(method, path, reply)
        return reply


@pytest.fixture(scope="module")
def process(tmp_path_factory) -> Iterator[DecisionProcess]:
    one = starter_process(tmp_path_factory.mktemp("gate"))
    one.decide_now(application("known"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def house(process) -> Iterator[Deployment]:
    one = Deployment(process)
    for role in Role:
        one.person(role)  # coming in is on record too: nobody comes in while a test counts
    yield one
    one.call.close()
    one.access.close()


def routes(house: Deployment) -> list[tuple[str, str]]:
    return [(method.upper(), path) for path, known in house.contract.document["paths"].items() for method in known]


def address(template: str) -> str:
    """An address of the template; what it names need not be there, for nobody gets that far."""
    given = {"digest": "0" * 64, "release": "0" * 64, "member": "0" * 32}
    return re.sub(r"\{(\w+)\}", lambda found: given.get(found[1], "some_1"), template)


def test_every_route_has_a_door_and_every_door_a_route(house):
    assert set(DOORS) == set(routes(house))


def test_what_anyone_may_is_a_short_list():
    assert {door for door, entry in DOORS.items() if entry.admission == ANYONE} == {
        ("GET", "/health/live"),
        ("GET", "/health/ready"),
        ("GET", "/openapi.json"),
        ("GET", "/v1/welcome"),
        ("POST", "/v1/welcome"),
        ("POST", "/v1/welcome/link"),
        ("POST", "/v1/session"),
        ("POST", "/v1/my/session"),
        ("GET", "/v1/my/session"),
    }


def test_nobody_passes_without_a_principal(house):
    for method, template in routes(house):
        if DOORS[method, template].admission == ANYONE:
            continue
        reply = house.ask(method, address(template), {}, headers=[HOST, JSON])
        assert (reply.status, reply.code) == (401, "not_signed_in"), (method, template)
        assert reply.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_doors_and_no_other(house, role):
    for method, template in routes(house):
        admission = DOORS[method, template].admission
        if template == "/v1/stream" or (method, template) == ("DELETE", "/v1/session"):
            continue  # the one does not end, the other ends this very session
        reply = house.ask(method, address(template), {}, headers=house.person(role))
        let_in = admission in {ANYONE, SIGNED_IN} or admission in ROLES[role]
        assert (reply.code == "not_permitted") != let_in, (method, template, reply.body)
        assert reply.status != 401 or reply.code in {"wrong_credentials", "invalid_link", "invalid_pass"}, (
            method,
            template,
        )


@pytest.mark.parametrize("scope", sorted(KEY_PERMISSIONS))
def test_a_scope_opens_its_doors_and_no_other(house, scope):
    for method, template in routes(house):
        admission = DOORS[method, template].admission
        if template == "/v1/stream":
            continue
        reply = house.ask(method, address(template), {}, headers=house.key(scope))
        let_in = admission in {ANYONE, SIGNED_IN} or (DOORS[method, template].key or admission) == scope
        assert (reply.code == "not_permitted") != let_in, (method, template, reply.body)


def test_the_document_says_what_each_route_needs(house):
    for method, template in routes(house):
        operation = house.contract.document["paths"][template][method.lower()]
        admission = DOORS[method, template].admission
        assert {"401", "403"} <= set(operation["responses"])
        assert operation["x-tandem-permission"] == (admission if isinstance(admission, Permission) else None)
        assert bool(operation["security"]) == (admission != ANYONE)


def test_a_page_without_its_proof_changes_nothing(house):
    headers = house.person(Role.STRATEGIST)
    without = [one for one in headers if one[0] != CSRF]
    other = [(CSRF, b"x" * 43) if one[0] == CSRF else one for one in headers]
    stranger = [(CSRF, house.person(Role.ANALYST)[-1][1]) if one[0] == CSRF else one for one in headers]
    for wrong in (without, other, stranger, [*without, (CSRF, b"")], [*without, (CSRF, "ü".encode())]):
        for method, template in routes(house):
            if method == "GET" or DOORS[method, template].admission in {ANYONE, CUSTOMER}:
                continue
            reply = house.ask(method, address(template), {}, headers=wrong)
            assert (reply.status, reply.code) == (403, "csrf"), (method, template)
    assert house.ask("GET", "/v1/session", headers=without).status == 200


def test_a_key_needs_no_proof_and_a_cookie_beside_it_counts_for_nothing(house):
    headers = [*house.key(Permission.READ), *[one for one in house.person(Role.ADMIN) if one[0] == b"cookie"]]
    assert house.ask("GET", "/v1/people", headers=headers).status == 200
    assert house.ask("POST", "/v1/keys", {}, headers=headers).code == "not_permitted"


@pytest.mark.parametrize(
    "value", [b"", b"Bearer", b"Bearer ", b"Basic cm9vdDpyb290", b"tdm_x", b"Bearer tdm_" + b"A" * 43, b"Bearer \xff"]
)
def test_what_is_no_key_is_refused(house, value):
    reply = house.ask("GET", "/v1/status", headers=[HOST, (b"authorization", value)])
    assert (reply.status, reply.code) == (401, "invalid_key")
    assert b"tdm_AAA" not in reply.body


@pytest.mark.parametrize("cookie", [b"", b"=", b";;;", b"tandem_=x", b"\xff", b"a=b; c"])
def test_what_is_no_session_is_nobody(house, cookie):
    reply = house.ask("GET", "/v1/status", headers=[HOST, (b"cookie", cookie)])
    assert (reply.status, reply.code) == (401, "not_signed_in")


def test_a_page_can_ask_whether_it_is_known_without_being_refused(house):
    told = {"mode": "people", "first_start": False}
    assert house.ask("GET", "/v1/welcome", headers=[HOST]).json == {**told, "known": False}
    assert house.ask("GET", "/v1/welcome", headers=house.person(Role.VIEWER)).json == {**told, "known": True}
    assert house.ask("GET", "/v1/welcome", headers=[HOST, (b"authorization", b"Bearer x")]).json["known"] is False


def test_ended_sessions_and_keys_are_told_apart_from_none(house):
    signed = house.access.sign_in("root", GOOD)
    headers = [HOST, (b"cookie", f"{house.access.cookie}={signed.token}".encode())]
    assert house.ask("GET", "/v1/session", headers=headers).status == 200
    house.access.sign_out(signed.principal)
    assert house.ask("GET", "/v1/session", headers=headers).code == "session_expired"
    _, secret = house.access.make_key("short-lived", [Permission.READ], by=house.admin, life=HOUR)
    house.access.revoke_key("short-lived", by=house.admin)
    reply = house.ask("GET", "/v1/status", headers=[HOST, (b"authorization", b"Bearer " + secret.encode())])
    assert reply.code == "key_expired"


def test_signing_in_sets_a_cookie_that_no_script_and_no_other_site_gets(house):
    reply = house.ask("POST", "/v1/session", {"name": "root", "password": GOOD})
    cookie = reply.headers["set-cookie"]
    assert reply.status == 200
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    token = cookie.split(";")[0].partition("=")[2]
    assert token.encode() not in reply.body
    told = reply.json
    assert told["person"] == {"name": "root", "display_name": "root", "roles": ["admin"]}
    assert (told["mode"], told["permissions"]) == ("people", ["manage", "read"])
    assert told["workspace"] == {"name": "lender", "description": "", "kind": "live", "currency": ""}
    headers = [HOST, JSON, (b"cookie", cookie.split(";")[0].encode()), (CSRF, told["csrf"].encode())]
    assert house.ask("GET", "/v1/session", headers=headers).json["csrf"] == told["csrf"]
    again = house.ask("POST", "/v1/session", {"name": "root", "password": GOOD}, headers=headers)
    assert again.headers["set-cookie"] != cookie
    assert house.ask("GET", "/v1/session", headers=headers).code == "session_expired"  # rotated


def test_signing_out_takes_the_cookie_away(house):
    signed = house.access.sign_in("root", GOOD)
    headers = [HOST, (b"cookie", f"{house.access.cookie}={signed.token}".encode()), (CSRF, signed.csrf.encode())]
    reply = house.ask("DELETE", "/v1/session", headers=headers)
    assert reply.json == {"signed_out": True}
    assert "Max-Age=0" in reply.headers["set-cookie"]
    assert house.ask("GET", "/v1/session", headers=headers).code == "session_expired"


def test_a_wrong_password_and_a_growing_pause_over_http(house):
    for _ in range(5):
        reply = house.ask("POST", "/v1/session", {"name": "nobody-here", "password": "x"})
        assert (reply.status, reply.code) == (401, "wrong_credentials")
    reply = house.ask("POST", "/v1/session", {"name": "nobody-here", "password": "x"})
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (429, "too_many_attempts", "30")


def test_the_way_of_a_newcomer_from_link_to_work(house):
    admin = house.person(Role.ADMIN)
    asked = {"name": "li.wei", "display_name": "李伟", "roles": ["strategist"]}
    made = house.ask("POST", "/v1/people", asked, headers=admin).json
    token = made["path"].partition("token=")[2]
    assert made["path"].startswith("/welcome#")
    link = house.ask("POST", "/v1/welcome/link", {"token": token}).json
    assert link == {"purpose": "invitation", "name": "li.wei", "display_name": "李伟", "workspace": "lender"}
    weak = house.ask("POST", "/v1/welcome", {"token": token, "password": "password1234"})
    assert (weak.status, weak.code) == (422, "password_too_common")
    come = house.ask("POST", "/v1/welcome", {"token": token, "password": GOOD})
    assert "draft" in come.json["permissions"]
    assert house.ask("POST", "/v1/welcome", {"token": token, "password": GOOD}).code == "invalid_link"
    assert house.ask("POST", "/v1/welcome/link", {"token": token}).code == "invalid_link"
    changed = house.ask("PATCH", "/v1/people/li.wei", {"disabled": True}, headers=admin).json
    assert changed["state"] == "disabled"
    cookie = come.headers["set-cookie"].split(";")[0].encode()
    assert house.ask("GET", "/v1/session", headers=[HOST, (b"cookie", cookie)]).code == "session_expired"


def test_who_signed_in_when_is_told_to_who_manages_alone(house):
    root = {one["name"]: one for one in house.ask("GET", "/v1/people", headers=house.person(Role.ADMIN)).json["people"]}
    seen = {
        one["name"]: one for one in house.ask("GET", "/v1/people", headers=house.person(Role.VIEWER)).json["people"]
    }
    assert root["root"]["last_sign_in_at"] is not None
    assert {one["last_sign_in_at"] for one in seen.values()} == {None}


def test_one_changes_ones_own_password(house):
    house.access.add_person("pat", "Pat", [Role.VIEWER], by=house.admin)
    signed = house.access.welcome(house.access.reset("pat", by=house.admin), GOOD)
    headers = [HOST, JSON, (b"cookie", f"{house.access.cookie}={signed.token}".encode()), (CSRF, signed.csrf.encode())]
    wrong = house.ask("POST", "/v1/session/password", {"current": "x", "new": "another odd sentence"}, headers=headers)
    assert wrong.code == "wrong_credentials"
    done = house.ask("POST", "/v1/session/password", {"current": GOOD, "new": "another odd sentence"}, headers=headers)
    assert done.status == 200
    assert house.ask("GET", "/v1/session", headers=headers).code == "session_expired"


# -- two people ------------------------------------------------------------------------------------------------------


def draft(note: str) -> dict:
    body = {"kind": "block", "entity": "device", "description": note}
    return {"artefacts": [{"kind": "list", "name": "watched_here", "body": body}]}


def pushed(house, headers, note):
    reply = house.ask("POST", "/v1/artefacts", draft(note), headers=headers)
    assert reply.status == 200, reply.body
    return reply.json["artefacts"][0]


def test_the_author_is_who_asks_whatever_the_body_says(house):
    for headers, author in (
        (house.person(Role.STRATEGIST), "strategist"),
        (house.key(Permission.DRAFT), "key:key-draft"),
    ):
        body = {**draft(f"by {author}"), "author": "somebody-else"}
        assert house.ask("POST", "/v1/artefacts", body, headers=headers).json["artefacts"][0]["author"] == author


def test_nobody_approves_what_they_wrote_by_any_path(house):
    both = house.person(Role.STRATEGIST, Role.APPROVER, Role.ADMIN)
    own = pushed(house, both, "my own")
    for claimed in ({}, {"approver": "bob"}, {"approver": "approver"}):
        reply = house.ask("POST", "/v1/reviews", {"digests": [own["digest"]], **claimed}, headers=both)
        assert (reply.status, reply.code) == (403, "author_is_approver")
    # among others
    other = pushed(house, house.person(Role.STRATEGIST), "another's")
    reply = house.ask("POST", "/v1/reviews", {"digests": [other["digest"], own["digest"]]}, headers=both)
    assert reply.code == "author_is_approver"
    assert house.process.state.register.version(other["digest"]).reviews == ()
    # unreviewed
    assert house.ask("POST", "/v1/releases", {"digests": [own["digest"]]}, headers=both).code == "not_reviewed"
    # by a key of one's own
    secret = house.ask("POST", "/v1/keys", {"name": "mine", "scopes": ["draft", "release"]}, headers=both).json[
        "secret"
    ]
    key = [HOST, JSON, (b"authorization", b"Bearer " + secret.encode())]
    by_key = pushed(house, key, "by my key")
    assert by_key["author"] == "key:mine"
    assert house.ask("POST", "/v1/reviews", {"digests": [by_key["digest"]]}, headers=key).code == "not_permitted"
    assert house.ask("POST", "/v1/reviews", {"digests": [by_key["digest"]]}, headers=both).code == "author_is_approver"
    house.access.revoke_key("mine", by=house.admin)
    assert house.ask("POST", "/v1/reviews", {"digests": [by_key["digest"]]}, headers=both).code == "author_is_approver"
    # pushed again by another, it is still what one wrote
    assert house.ask("POST", "/v1/artefacts", draft("x"), headers=house.person(Role.STRATEGIST)).status == 200
    assert house.ask("POST", "/v1/artefacts", draft("my own"), headers=house.person(Role.STRATEGIST)).status == 200
    assert house.ask("POST", "/v1/reviews", {"digests": [own["digest"]]}, headers=both).code == "author_is_approver"
    # another person may
    assert (
        house.ask("POST", "/v1/reviews", {"digests": [own["digest"]]}, headers=house.person(Role.APPROVER)).status
        == 200
    )


def test_the_operator_speaks_for_whom_it_says_and_not_for_itself_twice(house):
    operator = [HOST, JSON, (b"authorization", b"Bearer " + house.access.operator_key().encode())]
    body = {**draft("by hand"), "author": "ann"}
    made = house.ask("POST", "/v1/artefacts", body, headers=operator).json["artefacts"][0]
    assert made["author"] == "ann"
    own = {"digests": [made["digest"]], "approver": "ann"}
    assert house.ask("POST", "/v1/reviews", own, headers=operator).code == "author_is_approver"


def test_where_access_is_open_everybody_is_the_process(process):
    caller = Caller(create_app(process))
    told = caller("GET", "/v1/session").json
    assert (told["mode"], told["person"]["name"], told["csrf"]) == ("open", LOCAL.name, "")
    assert len(told["permissions"]) == len(Permission)
    assert caller("GET", "/v1/welcome").json == {"mode": "open", "first_start": True, "known": True}
    nonsense = [HOST, (b"authorization", b"Bearer nonsense"), (b"cookie", b"x")]
    assert caller("GET", "/v1/status", headers=nonsense).status == 200
    caller.close()


# -- on record -------------------------------------------------------------------------------------------------------


def notes(house, **filters):
    query = "&".join(f"{name}={value}" for name, value in filters.items()).encode()
    return house.ask("GET", "/v1/audit", query=query, headers=house.person(Role.ADMIN)).json["notes"]


def test_every_change_is_on_record_before_it_is_answered(house):
    strategist, approver, analyst = (house.person(one) for one in (Role.STRATEGIST, Role.APPROVER, Role.ANALYST))
    made = pushed(house, strategist, "for the record")
    house.ask("POST", "/v1/reviews", {"digests": [made["digest"]]}, headers=approver)
    released = house.ask("POST", "/v1/releases", {"digests": [made["digest"]]}, headers=approver).json["release"]
    change = {"change_id": "chg-1", "add": [{"identifier": "d-66", "reason": "seen", "source": "test"}]}
    house.ask("POST", "/v1/lists/watched_here/entries", change, headers=analyst)
    house.ask("POST", "/v1/releases/rollback", {}, headers=approver)
    newest = notes(house, limit=6)
    told = [(one["action"], one["by"], one["kind"], one["object"].partition("/")[0]) for one in newest[:5]]
    assert told == [
        ("rolled_back", "approver", "person", "release"),
        ("list_changed", "analyst", "person", "list"),
        ("released", "approver", "person", "release"),
        ("reviewed", "approver", "person", "artefacts"),
        ("pushed", "strategist", "person", "artefacts"),
    ]
    assert newest[2]["object"] == f"release/{released}"
    assert newest[2]["after"] == released
    assert newest[0]["before"] == released
    assert newest[0]["after"] == newest[2]["before"]
    assert newest[1]["detail"]["change_id"] == "chg-1"
    assert newest[4]["detail"]["artefacts"] == {"list/watched_here": made["digest"]}
    assert "d-66" not in json.dumps(newest)


def test_what_was_refused_or_changed_nothing_is_not_on_record(house):
    viewer, strategist, approver = (house.person(one) for one in (Role.VIEWER, Role.STRATEGIST, Role.APPROVER))
    before = house.process.journal.count
    house.ask("POST", "/v1/artefacts", draft("for the record"), headers=viewer)
    house.ask("POST", "/v1/artefacts", {"artefacts": []}, headers=strategist)
    house.ask("POST", "/v1/releases/rollback", {"to": "0" * 64}, headers=approver)
    assert house.process.journal.count == before


def test_the_record_is_filtered_and_paged(house):
    house.key(Permission.READ)
    everything = []
    query = {"limit": 3}
    while True:
        page = house.ask(
            "GET",
            "/v1/audit",
            query="&".join(f"{name}={value}" for name, value in query.items()).encode(),
            headers=house.person(Role.ADMIN),
        ).json
        everything += page["notes"]
        if page["next_before"] is None:
            break
        query["before"] = page["next_before"]
    places = [one["seq"] for one in everything]
    assert places == sorted(set(places), reverse=True)
    assert len({one["id"] for one in everything}) == len(everything) > 10
    assert {one["action"] for one in notes(house, action="key_made")} == {"key_made"}
    assert {one["by"] for one in notes(house, by="root")} == {"root"}
    assert {one["object"] for one in notes(house, object="person/root")} == {"person/root"}


def test_the_record_is_part_of_the_book_and_the_book_is_sound(house):
    assert house.process.journal.verify().sound


def test_nothing_secret_is_answered_kept_or_logged(house, caplog, capfd):
    admin = house.person(Role.ADMIN)
    secret = house.ask("POST", "/v1/keys", {"name": "told-once", "scopes": ["read"]}, headers=admin).json["secret"]
    path = house.ask("POST", "/v1/people", {"name": "once", "roles": ["viewer"]}, headers=admin).json["path"]
    token = path.partition("token=")[2]
    come = house.ask("POST", "/v1/welcome", {"token": token, "password": "a password to look for"})
    session = come.headers["set-cookie"].split(";")[0].partition("=")[2]
    house.ask("POST", "/v1/session", {"name": "once", "password": "a password to look for too"})
    answers = [
        house.ask("GET", path, headers=admin).body for path in ("/v1/people", "/v1/keys", "/v1/audit", "/metrics")
    ]
    records = [record.clear for record in house.process.journal.read(kinds=["audit"])]
    said = caplog.text + "".join(capfd.readouterr())
    for hidden in (secret, token, session, "a password to look for", "argon2", "hash-"):
        assert not any(hidden.encode() in part for part in (*answers, *records))
        assert hidden not in said


# -- under load ------------------------------------------------------------------------------------------------------


def test_a_thousand_sign_ins_at_once_leave_decisions_alone(process):
    """Bounded: few are hashed at a time, some wait, the rest is told to come back; decisions go on meanwhile."""
    house = Deployment(process)
    decide = house.key(Permission.DECIDE)

    async def everything():
        asked = [
            asyncio.create_task(house.call.ask("POST", "/v1/session", {"name": f"n{number}", "password": "x" * 12}))
            for number in range(1_000)
        ]
        decided = [await house.call.ask("POST", "/v1/decisions", application(f"busy-{number}"), headers=decide)
                   for number in range(20)]  # fmt: skip
        return await asyncio.gather(*asked), decided

    signed, decided = house.call.run(everything())
    assert [reply.status for reply in decided] == [200] * 20
    codes = {reply.code for reply in signed}
    assert codes == {"wrong_credentials", "sign_in_busy"}
    assert house.hasher.verified == sum(reply.code == "wrong_credentials" for reply in signed)
    house.call.close()
    house.access.close()


def test_pages_of_older_browsers_prove_their_origin(house):
    for origin, status in ((b"http://127.0.0.1:8321", 200), (b"http://evil.example", 403), (b"null", 403)):
        headers = [HOST, JSON, (b"origin", origin)]
        reply = house.ask("POST", "/v1/session", {"name": "root", "password": GOOD}, headers=headers)
        assert reply.status == status, origin
