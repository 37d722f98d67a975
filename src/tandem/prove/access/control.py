"""Who may: the one place that knows people, sessions and keys.

All of it is in memory, so that asking costs a hash and a look into a dictionary, and written through to the store, so
that nothing is told before it is durable. Every change carries its note of the audit record in the same transaction;
the notes then go to the journal, and those that a crash kept from it go there at the next start.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

import msgspec

from tandem.kernel.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    NotSignedIn,
    TooOften,
    near_match,
)
from tandem.kernel.identity import Entropy
from tandem.kernel.time import DAY, HOUR, SECOND, Clock, Micros
from tandem.prove.access import passwords
from tandem.prove.access.audit import Note, Tell
from tandem.prove.access.customers import CustomerPasses
from tandem.prove.access.failures import FailureCount
from tandem.prove.access.hashing import Argon2, Hasher, HashingThreads
from tandem.prove.access.keyring import KEY_LIFE, KeyRing
from tandem.prove.access.lockout import FORGOTTEN_AFTER, after_failure, paused_until
from tandem.prove.access.names import checked_display_name, checked_name
from tandem.prove.access.permissions import Permission, Role
from tandem.prove.access.principals import LOCAL, Principal
from tandem.prove.access.register import Register
from tandem.prove.access.store import AccessStore, SqliteAccessStore
from tandem.prove.access.tokens import (
    LINK,
    SESSION,
    csrf_of,
    digest_of_token,
    new_token,
)
from tandem.prove.access.types import ApiKey, Credential, Link, LinkPurpose, Merchant, Person, Row, Session

__all__ = ["SESSION_MAX", "AccessControl", "Mode", "SignedIn"]

Mode: TypeAlias = Literal["people", "open"]

SESSION_MAX: Final = 12 * HOUR
SESSIONS_EACH: Final = 20
"""Of one person; the one used longest ago gives way."""
PEOPLE_MAX: Final = 10_000
ATTEMPTS_KEPT: Final = 10_000
LINK_LIFE: Final[Mapping[LinkPurpose, int]] = {"first_admin": DAY, "invitation": 7 * DAY, "reset": DAY}


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A person who has just signed in. ``token`` goes into the cookie and nowhere else."""

    token: str
    principal: Principal
    csrf: str


class AccessControl:
    """People, sessions, keys and one-time links of one workspace. Safe to call from several threads.

    Args:
        store: where they are kept; closed with this.
        workspace: its name, which is no password.
        tell: where notes of changes go; None where nobody keeps a record (tests, the process's own caller).
        mode: ``open`` lets everybody in as the process itself; people and keys are kept all the same.
        hasher: how passwords are hashed.
        sandbox: it is a sandbox's; its keys look different, so that nobody takes one for the other.
    """

    def __init__(
        self,
        store: AccessStore,
        workspace: str,
        *,
        clock: Clock,
        entropy: Entropy,
        tell: Tell | None = None,
        mode: Mode = "people",
        hasher: Hasher | None = None,
        threads: HashingThreads | None = None,
        sandbox: bool = False,
    ) -> None:
        self.mode: Mode = mode
        self.workspace = workspace
        self.threads = threads or HashingThreads()
        self._clock = clock
        self._entropy = entropy
        self._hasher = hasher or Argon2(entropy)
        self._register = Register(store, self.threads, clock=clock, entropy=entropy, tell=tell)
        self._ring = KeyRing(self._register, clock=clock, entropy=entropy, sandbox=sandbox)
        self.customers = CustomerPasses(self._register, clock=clock, entropy=entropy)
        self._failures = FailureCount()
        self._recorded = tell is not None
        self.cookie = "tandem_" + self._register.realm
        self.customer_cookie = "tandem_my_" + self._register.realm
        # Verified where there is no hash to verify, so that an unknown name takes as long as a wrong password.
        self._nobody = self._hasher.hash(entropy.bytes(24).hex())
        self._register.tell()

    @classmethod
    def in_memory(cls, workspace: str, *, clock: Clock, entropy: Entropy, mode: Mode = "open") -> AccessControl:
        """One that ends with the process: for a trusted caller in it, who needs nobody's leave."""
        hasher = Argon2(entropy, cheap=True)
        return cls(SqliteAccessStore(None), workspace, clock=clock, entropy=entropy, mode=mode, hasher=hasher)

    def close(self) -> None:
        """Save when sessions and keys were last used, put on record what is not yet, release the store."""
        self.threads.close()
        with self._register.lock:
            self._register.write(notes=self._failures.rest(self._register.new_note_id, self._clock.now()))
        self._register.close()

    # -- who asks: these three stand in front of every request -------------------------------------------------------

    def principal_of_bearer(self, token: bytes) -> Principal:
        """Who holds an API key, or the operator's.

        Raises:
            NotSignedIn: no such key (``invalid_key``), or it is expired or revoked (``key_expired``).
        """
        return self._ring.principal_of(token)

    def operator_key(self) -> str:
        """A new key for whoever may read the server's files; the one before opens nothing any more."""
        return self._ring.operator_key()

    def principal_of_session(self, token: bytes) -> Principal:
        """Who is signed in by this token; this is a use of the session.

        Raises:
            NotSignedIn: ``session_expired``: unknown, idle for too long, too old, or ended elsewhere.
        """
        digest = digest_of_token(token)
        session = self._register.sessions.get(digest)
        now = self._clock.now()
        if session is None or self._register.idle(session, now) or now - session.started_at >= SESSION_MAX:
            raise NotSignedIn("The session has ended.", code="session_expired", hint="sign in again")
        person = self._register.people[session.name]
        if person.state != "active":
            raise NotSignedIn("The session has ended.", code="session_expired", hint="sign in again")
        self._register.used(digest, now)
        return _principal(person, digest)

    # -- signing in ----------------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, *, ending: bytes | None = None) -> SignedIn:
        """Sign ``name`` in. Takes one hash, whether there is such a person or not: call it in ``threads``.

        Args:
            ending: token of the session that the browser brought along; it ends, whosever it was.

        Raises:
            NotSignedIn: ``wrong_credentials``, for an unknown name, a wrong password and a disabled person alike.
            TooOften: too many failures in a row under that name.
        """
        person, fresh = self._proven(name, password)
        with self._register.lock:
            ended = self._session_of(ending)
            drop = [] if ended is None else [ended]
            return self._signed_in(person, self._clock.now(), "signed_in", put=fresh, drop=drop)

    def sign_out(self, principal: Principal, *, everywhere: bool = False) -> None:
        """End the session of ``principal``, or with ``everywhere`` all of that person's."""
        with self._register.lock:
            ended = [
                one
                for one in self._register.sessions.values()
                if one.digest == principal.session or (everywhere and one.name == principal.name)
            ]
            self._register.write(
                drop=ended,
                notes=[
                    self._register.note(
                        "signed_out", principal, f"person/{principal.name}", detail={"sessions": len(ended)}
                    )
                ],
            )
        self._register.tell()

    def change_password(self, principal: Principal, current: str, new: str) -> SignedIn:
        """A new password for who knows the present one; all sessions end, and a new one begins.

        Raises:
            NotSignedIn: ``wrong_credentials``.
            InvalidInput: the new one may not be chosen.
            TooOften: too many failures in a row.
        """
        person = self._person(principal.name)
        passwords.checked_password(new, names=self._names_at_hand(person.name, person.display_name))
        self._proven(person.name, current)
        hashed = self._hasher.hash(new)
        with self._register.lock:
            now = self._clock.now()
            credential = Credential(name=person.name, password_hash=hashed, changed_at=now)
            return self._signed_in(
                self._register.people[person.name],
                now,
                "password_changed",
                put=[credential],
                drop=self._all_of(person.name),
            )

    # -- one-time links ------------------------------------------------------------------------------------------

    @property
    def first_start(self) -> bool:
        """Whether nobody can sign in yet."""
        return not any(one.state == "active" for one in self._register.people.values())

    def first_link(self) -> str | None:
        """The token by which the first admin comes in; a new one each time, the one before opens nothing.

        None once somebody can sign in.
        """
        with self._register.lock:
            if not self.first_start:
                return None
            return self._link("first_admin", "")

    def link_of(self, token: str) -> tuple[LinkPurpose, Person | None]:
        """What a link is for, and whose it is (None for the first admin's).

        Raises:
            NotSignedIn: ``invalid_link``: unknown, used, expired, or replaced by a newer one.
        """
        with self._register.lock:
            link = self._register.links.get(digest_of_token(token.encode("utf-8", "surrogatepass")))
            alive = link is not None and self._clock.now() < link.expires_at
            if link is None or not alive or (link.purpose == "first_admin" and not self.first_start):
                raise NotSignedIn(
                    "This link has been used or has expired.",
                    code="invalid_link",
                    field="token",
                    hint="an admin can send a new one; on the server: tandem access reset NAME",
                )
            return link.purpose, self._register.people.get(link.name)

    def welcome(self, token: str, password: str, *, name: str = "", display_name: str = "") -> SignedIn:
        """Take a one-time link: the person gets the password and is signed in. Call it in ``threads``.

        Args:
            name, display_name: of the first admin; for anybody else they are known, and a name must be theirs.

        Raises:
            NotSignedIn: ``invalid_link``.
            InvalidInput: a name or password that cannot be chosen.
        """
        purpose, person = self.link_of(token)
        if person is None:
            now = self._clock.now()
            person = Person(
                name=checked_name(name),
                display_name=checked_display_name(display_name or name),
                roles=(Role.ADMIN,),
                state="invited",
                added_at=now,
                added_by=LOCAL.name,
            )
        elif name and name != person.name:
            raise InvalidInput("This link is for somebody else.", code="invalid_name", field="name", value=name)
        passwords.checked_password(password, names=self._names_at_hand(person.name, person.display_name))
        hashed = self._hasher.hash(password)
        with self._register.lock:
            self.link_of(token)  # still: two who come at once with one link are one who comes in
            now = self._clock.now()
            known = self._register.people.get(person.name, person)
            active = msgspec.structs.replace(known, state="active")
            credential = Credential(name=active.name, password_hash=hashed, changed_at=now)
            paused = self._register.attempts.pop(digest_of_token(active.name.encode()), None)
            gone: list[Row] = [*self._all_of(active.name), *self._links_of(active.name, purpose)]
            if paused is not None:
                gone.append(paused)
            action = {"first_admin": "first_admin_welcomed", "invitation": "invitation_taken"}.get(
                purpose, "password_reset"
            )
            return self._signed_in(active, now, action, put=[credential], drop=gone)

    # -- people --------------------------------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Everybody, by name; also those who may no longer sign in."""
        with self._register.lock:
            return [self._register.people[name] for name in sorted(self._register.people)]

    def person(self, name: str) -> Person:
        """The person of that name.

        Raises:
            NotFound: there is none.
        """
        return self._person(name)

    def add_person(self, name: str, display_name: str, roles: Collection[Role], *, by: Principal) -> tuple[Person, str]:
        """A new person, and the token of the link by which they choose a password.

        Raises:
            InvalidInput: a name that cannot be given, or no role.
            Conflict: the name is taken, also by somebody disabled.
        """
        person = Person(
            name=checked_name(name),
            display_name=checked_display_name(display_name or name),
            roles=_checked_roles(roles),
            state="invited",
            added_at=self._clock.now(),
            added_by=by.name,
        )
        with self._register.lock:
            if name in self._register.people:
                raise Conflict(
                    "That name is taken.",
                    code="name_taken",
                    field="name",
                    value=name,
                    hint="names are never given twice",
                )
            if len(self._register.people) >= PEOPLE_MAX:
                raise Conflict(f"There are {PEOPLE_MAX} people already.", code="too_many_people")
            self._register.people[name] = person
            try:
                given = {"roles": [str(role) for role in person.roles]}
                note = self._register.note("person_added", by, f"person/{name}", after=_told(person), detail=given)
                token = self._link("invitation", name, put=[person], notes=[note])
            except BaseException:
                del self._register.people[name]
                raise
        self._register.tell()
        return person, token

    def change_person(
        self,
        name: str,
        *,
        by: Principal,
        display_name: str | None = None,
        roles: Collection[Role] | None = None,
        disabled: bool | None = None,
    ) -> Person:
        """Other roles, another display name, or no entry any more (all sessions end) and again.

        Raises:
            NotFound: no such person.
            Conflict: nobody would be left who can manage people.
        """
        with self._register.lock:
            before = self._person(name)
            after = before
            if display_name is not None:
                after = msgspec.structs.replace(after, display_name=checked_display_name(display_name))
            if roles is not None:
                after = msgspec.structs.replace(after, roles=_checked_roles(roles))
            if disabled is not None:
                back: Any = "active" if name in self._register.credentials else "invited"
                after = msgspec.structs.replace(after, state="disabled" if disabled else back)
            if after == before:
                return before
            self._refuse_without_admin(before, after)
            gone: list[Row] = []
            if after.state == "disabled":
                gone = [*self._all_of(name), *(one for one in self._register.links.values() if one.name == name)]
            notes = [self._register.note(action, by, f"person/{name}", before=_told(before), after=_told(after), detail=detail)
                     for action, detail in _differences(before, after)]  # fmt: skip
            self._register.write(put=[after], drop=gone, notes=notes)
        self._register.tell()
        return after

    def reset(self, name: str, *, by: Principal) -> str:
        """A one-time link for somebody who cannot sign in; sessions end when it is taken.

        Raises:
            NotFound: no such person.
            Conflict: they are disabled.
        """
        with self._register.lock:
            person = self._person(name)
            if person.state == "disabled":
                raise Conflict(
                    f"{name} is disabled.", code="person_disabled", field="name", value=name, hint="enable them first"
                )
            note = self._register.note("link_made", by, f"person/{name}")
            purpose: LinkPurpose = "reset" if name in self._register.credentials else "invitation"
            token = self._link(purpose, name, notes=[note])
        self._register.tell()
        return token

    # -- keys ----------------------------------------------------------------------------------------------------

    def keys(self) -> list[ApiKey]:
        """Every key there ever was, newest first."""
        return self._ring.all()

    def make_key(
        self,
        name: str,
        scopes: Collection[Permission],
        *,
        by: Principal,
        life: int = KEY_LIFE,
        merchant: Merchant | None = None,
    ) -> tuple[ApiKey, str]:
        """A new key, and the secret itself, which is told this once; see ``KeyRing.make``."""
        return self._ring.make(name, scopes, by=by, life=life, merchant=merchant)

    def revoke_key(self, name: str, *, by: Principal) -> ApiKey:
        """Let the key open nothing from now on; see ``KeyRing.revoke``."""
        return self._ring.revoke(name, by=by)

    def answerable_for(self, author: str) -> str:
        """The person behind an author on record: who made the key, where it was a key."""
        return self._ring.answerable_for(author)

    # -- the record ----------------------------------------------------------------------------------------------

    def note(self, action: str, by: Principal, on: str, *, speaking_as: str = "", **states: Any) -> None:
        """Put on record a change that something else has made; durable on return.

        Args:
            states: ``before``, ``after`` (documents, kept as digests) and ``detail``.
        """
        note = self._register.note(action, by, on, **states)
        if speaking_as and speaking_as != by.name:
            note = msgspec.structs.replace(note, speaking_as=speaking_as)
        if not self._recorded:
            return
        self._register.write(notes=[note])
        self._register.tell()

    # -- inside --------------------------------------------------------------------------------------------------

    def _proven(self, name: str, password: str) -> tuple[Person, list[Row]]:
        """Whose name and password these are, and a newer hash of the password where the kept one is outdated."""
        asked = digest_of_token(name.encode("utf-8", "surrogatepass"))
        now = self._clock.now()
        with self._register.lock:
            self._refuse_paused(asked, now)
            # Counted before the password is looked at: else a thousand guesses at once would all be the first.
            counted = self._register.attempts[asked] = after_failure(self._register.attempts.get(asked), asked, now)
            person, credential = self._register.people.get(name), self._register.credentials.get(name)
        kept = self._nobody if credential is None else credential.password_hash
        right = self._hasher.verify(kept, password)
        newer = self._hasher.hash(password) if right and self._hasher.outdated(kept) else None
        with self._register.lock:
            # Looked up again: disabled or given another password this very moment, they are not let in.
            person, known = self._register.people.get(name), self._register.credentials.get(name)
            if right and person is not None and person.state == "active" and known is not None and known == credential:
                self._register.write(drop=[counted])
                return person, [] if newer is None else [msgspec.structs.replace(known, password_hash=newer)]
        self._failed(None if person is None else name, asked, now)
        raise NotSignedIn(
            "Name or password is wrong.", code="wrong_credentials", hint="an admin can send you a new link"
        )

    def _signed_in(
        self, person: Person, now: Micros, action: str, *, put: Sequence[Row] = (), drop: Sequence[Row] = ()
    ) -> SignedIn:
        token = new_token(SESSION, self._entropy)
        digest = digest_of_token(token.encode())
        seen = msgspec.structs.replace(person, last_sign_in_at=now)
        session = Session(digest=digest, name=person.name, started_at=now, seen_at=now)
        principal = _principal(seen, digest)
        others = sorted((one for one in self._all_of(person.name) if one not in drop), key=lambda one: one.seen_at)
        crowded = others[: max(0, len(others) - SESSIONS_EACH + 1)]
        stale = [
            one for one in self._register.sessions.values() if self._register.idle(one, now) and one not in crowded
        ]
        note = self._register.note(action, principal, f"person/{person.name}")
        self._register.write(put=[*put, seen, session], drop=[*drop, *crowded, *stale], notes=[note])
        self._register.tell()
        return SignedIn(token=token, principal=principal, csrf=csrf_of(token.encode()))

    def _failed(self, name: str | None, asked: bytes, now: Micros) -> None:
        with self._register.lock:
            counted = self._register.attempts.get(asked)
            note = self._failures.count(name, now, self._register.new_note_id)
            # The same writes for a name that nobody has, so that they take the same time.
            self._register.write(
                put=[] if counted is None else [counted],
                drop=self._forgotten(now),
                notes=[] if note is None else [note],
            )
        self._register.tell()

    def _forgotten(self, now: Micros) -> list[Row]:
        gone = [one for one in self._register.attempts.values() if now - one.last_at >= FORGOTTEN_AFTER]
        if len(self._register.attempts) - len(gone) > ATTEMPTS_KEPT:
            rest = sorted(
                (one for one in self._register.attempts.values() if one not in gone), key=lambda one: one.failures
            )
            gone += rest[: len(rest) - ATTEMPTS_KEPT]
        return list(gone)

    def _refuse_paused(self, asked: bytes, now: Micros) -> None:
        until = paused_until(self._register.attempts.get(asked))
        if now < until:
            raise TooOften(
                "Too many failed sign-ins under that name.",
                code="too_many_attempts",
                retry_after_s=-(-(until - now) // SECOND),
                hint="wait, or ask an admin for a new link",
            )

    def _link(self, purpose: LinkPurpose, name: str, *, put: Sequence[Row] = (), notes: Sequence[Note] = ()) -> str:
        token = new_token(LINK, self._entropy)
        expires_at = Micros(self._clock.now() + LINK_LIFE[purpose])
        link = Link(digest=digest_of_token(token.encode()), purpose=purpose, name=name, expires_at=expires_at)
        self._register.write(put=[*put, link], drop=self._links_of(name, purpose), notes=notes)
        return token

    def _links_of(self, name: str, purpose: LinkPurpose) -> list[Row]:
        # The first admin's link has no name, and goes with the first person whoever that is.
        return [
            one for one in self._register.links.values() if one.name == name or one.purpose == purpose == "first_admin"
        ]

    def _session_of(self, token: bytes | None) -> Session | None:
        return None if token is None else self._register.sessions.get(digest_of_token(token))

    def _all_of(self, name: str) -> list[Session]:
        return [one for one in self._register.sessions.values() if one.name == name]

    def _person(self, name: str) -> Person:
        found = self._register.people.get(name)
        if found is None:
            raise NotFound(
                "There is no such person.",
                code="unknown_person",
                field="name",
                value=name,
                hint=near_match(name, self._register.people),
            )
        return found

    def _refuse_without_admin(self, before: Person, after: Person) -> None:
        if Permission.MANAGE not in before.permissions or Permission.MANAGE in after.permissions:
            return
        others = (one for one in self._register.people.values() if one.name != before.name)
        if not any(Permission.MANAGE in one.permissions for one in others):
            raise Conflict(
                "Nobody would be left who can manage people.",
                code="last_admin",
                field="name",
                value=before.name,
                hint="give somebody else the role admin first",
            )

    def _names_at_hand(self, *names: str) -> list[str]:
        parts = [part for name in (*names, self.workspace) for part in name.replace("_", " ").split()]
        return [*names, self.workspace, *parts]


def _principal(person: Person, session: bytes) -> Principal:
    return Principal(
        name=person.name,
        kind="person",
        permissions=person.permissions,
        display_name=person.display_name,
        answers_for=person.name,
        session=session,
    )


def _checked_roles(roles: Collection[Role]) -> tuple[Role, ...]:
    if not roles:
        raise InvalidInput(
            "A person needs a role.", code="no_role", field="roles", hint="one or more of " + ", ".join(Role)
        )
    return tuple(role for role in Role if role in set(roles))


def _told(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "display_name": person.display_name,
        "roles": [str(role) for role in person.roles],
        "state": person.state,
    }


def _differences(before: Person, after: Person) -> list[tuple[str, dict[str, Any]]]:
    """The actions that lead from one to the other, each with what to tell of it."""
    found: list[tuple[str, dict[str, Any]]] = []
    if before.roles != after.roles:
        was, now = [str(role) for role in before.roles], [str(role) for role in after.roles]
        found.append(("roles_changed", {"before": was, "after": now}))
    if before.state != after.state:
        found.append(("person_disabled" if after.state == "disabled" else "person_enabled", {}))
    if before.display_name != after.display_name:
        found.append(("person_renamed", {}))
    return found
