CREATE TABLE IF NOT EXISTS subscription (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    wanted TEXT NOT NULL,
    description TEXT NOT NULL,
    owner TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    rotated_at INTEGER,
    paused TEXT,
    failures INTEGER NOT NULL,
    failing_since INTEGER,
    due_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    subscription TEXT NOT NULL REFERENCES subscription (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER,
    status INTEGER,
    error TEXT,
    took_ms REAL
) STRICT;

CREATE INDEX IF NOT EXISTS delivery_of ON delivery (subscription, number);
CREATE INDEX IF NOT EXISTS delivery_state ON delivery (state, subscription, seq);
