-- Who may: small tables, read whole at the start and written through. No secret stands here, only hashes.
CREATE TABLE IF NOT EXISTS person (
    name TEXT PRIMARY KEY, display_name TEXT NOT NULL, roles TEXT NOT NULL, state TEXT NOT NULL,
    added_at INTEGER NOT NULL, added_by TEXT NOT NULL, last_sign_in_at INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS credential (
    name TEXT PRIMARY KEY, password_hash TEXT NOT NULL, changed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts (
    name_digest BLOB PRIMARY KEY, failures INTEGER NOT NULL, last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (
    digest BLOB PRIMARY KEY, name TEXT NOT NULL, started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS api_key (
    name TEXT PRIMARY KEY, digest BLOB NOT NULL UNIQUE, shown TEXT NOT NULL, scopes TEXT NOT NULL,
    made_at INTEGER NOT NULL, made_by TEXT NOT NULL, expires_at INTEGER NOT NULL,
    last_used_at INTEGER, revoked_at INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (
    digest BLOB PRIMARY KEY, purpose TEXT NOT NULL, name TEXT NOT NULL, expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS merchant (
    key TEXT PRIMARY KEY, merchant TEXT NOT NULL, title_en TEXT NOT NULL, title_zh TEXT NOT NULL, origins TEXT NOT NULL
) WITHOUT ROWID;
-- Whom they let in stands there as a pseudonym.
CREATE TABLE IF NOT EXISTS customer_pass (
    digest BLOB PRIMARY KEY, kind TEXT NOT NULL, pseudonym TEXT NOT NULL, invitation TEXT NOT NULL, acts TEXT NOT NULL,
    invited_by TEXT NOT NULL, merchant TEXT, expires_at INTEGER NOT NULL, session_life INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS customer_session (
    digest BLOB PRIMARY KEY, kind TEXT NOT NULL, pseudonym TEXT NOT NULL, invitation TEXT NOT NULL, acts TEXT NOT NULL,
    invited_by TEXT NOT NULL, merchant TEXT, started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) WITHOUT ROWID;
-- Changes whose record has not reached the journal yet; written in the same transaction as the change.
CREATE TABLE IF NOT EXISTS untold (id TEXT PRIMARY KEY, note BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS access_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
