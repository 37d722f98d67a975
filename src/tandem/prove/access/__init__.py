"""Access: who may, by which role, session or key; and the note of every change."""

from tandem.prove.access.audit import Note, Tell, decode_note, encode_note
from tandem.prove.access.control import SESSION_MAX, AccessControl, Mode, SignedIn
from tandem.prove.access.customers import CUSTOMER_IDLE, PASS_LIFE, CameIn, CustomerPasses, checked_merchant
from tandem.prove.access.hashing import Argon2, Hasher, HashingThreads
from tandem.prove.access.opening import ACCESS_FILE, PASSING_TABLES, OperatorFiles, open_access, read_operator
from tandem.prove.access.permissions import (
    ALL_PERMISSIONS,
    KEY_PERMISSIONS,
    MERCHANT_ACTS,
    ROLES,
    Act,
    Permission,
    Role,
    permissions_of,
)
from tandem.prove.access.principals import (
    CUSTOMER_PREFIX,
    KEY_PREFIX,
    LOCAL,
    OPERATOR,
    Customer,
    Principal,
    PrincipalKind,
)
from tandem.prove.access.store import AccessStore, SqliteAccessStore
from tandem.prove.access.tokens import csrf_of, digest_of_token, returns_key
from tandem.prove.access.types import ApiKey, LinkPurpose, Merchant, Person, PersonState, Session

__all__ = [
    "ACCESS_FILE",
    "ALL_PERMISSIONS",
    "CUSTOMER_IDLE",
    "CUSTOMER_PREFIX",
    "KEY_PERMISSIONS",
    "KEY_PREFIX",
    "LOCAL",
    "MERCHANT_ACTS",
    "OPERATOR",
    "PASSING_TABLES",
    "PASS_LIFE",
    "ROLES",
    "SESSION_MAX",
    "AccessControl",
    "AccessStore",
    "Act",
    "ApiKey",
    "Argon2",
    "CameIn",
    "Customer",
    "CustomerPasses",
    "Hasher",
    "HashingThreads",
    "LinkPurpose",
    "Merchant",
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
    "checked_merchant",
    "csrf_of",
    "decode_note",
    "digest_of_token",
    "encode_note",
    "open_access",
    "permissions_of",
    "read_operator",
    "returns_key",
]
