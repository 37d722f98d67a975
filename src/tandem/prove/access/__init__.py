"""Access: who may, by which role, session or key; and the note of every change."""

from tandem.prove.access.audit import Note, Tell, decode_note, encode_note
from tandem.prove.access.control import SESSION_MAX, AccessControl, Mode, SignedIn
from tandem.prove.access.hashing import Argon2, Hasher, HashingThreads
from tandem.prove.access.opening import ACCESS_FILE, PASSING_TABLES, OperatorFiles, open_access, read_operator
from tandem.prove.access.permissions import ALL_PERMISSIONS, KEY_PERMISSIONS, ROLES, Permission, Role, permissions_of
from tandem.prove.access.principals import KEY_PREFIX, LOCAL, OPERATOR, Principal, PrincipalKind
from tandem.prove.access.store import AccessStore, SqliteAccessStore
from tandem.prove.access.tokens import csrf_of
from tandem.prove.access.types import ApiKey, LinkPurpose, Person, PersonState, Session

__all__ = [
    "ACCESS_FILE",
    "ALL_PERMISSIONS",
    "KEY_PERMISSIONS",
    "KEY_PREFIX",
    "LOCAL",
    "OPERATOR",
    "PASSING_TABLES",
    "ROLES",
    "SESSION_MAX",
    "AccessControl",
    "AccessStore",
    "ApiKey",
    "Argon2",
    "Hasher",
    "HashingThreads",
    "LinkPurpose",
    "Mode",
    "Note",
    "OperatorFiles",
    "Permission",
    "Person",
    "PersonState",
    "Principal",
    "PrincipalKind",
    "Role",
    "Session",
    "SignedIn",
    "SqliteAccessStore",
    "Tell",
    "csrf_of",
    "decode_note",
    "encode_note",
    "open_access",
    "permissions_of",
    "read_operator",
]
