-- Format 1 of the journal. A record is written once and never changed; nothing here updates or deletes one.
CREATE TABLE record (
    seq         INTEGER PRIMARY KEY,   -- from 1, without gaps
    kind        TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,      -- microseconds since 1970, UTC: when we learned it
    key         TEXT,                  -- idempotency key, unique per kind
    digest      TEXT,                  -- of the content under that key
    subject     TEXT,                  -- pseudonym whose key seals the personal part
    clear       BLOB    NOT NULL,      -- canonical JSON, byte for byte as it was submitted
    sealed      BLOB,                  -- personal part, ciphertext
    mac         BLOB    NOT NULL       -- link of the keyed chain, 32 bytes
);
CREATE UNIQUE INDEX record_by_key ON record (kind, key) WHERE key IS NOT NULL;

-- The rare kinds are folded at every start; without these, a start would walk the whole book for each.
CREATE INDEX record_list     ON record (seq) WHERE kind = 'list';
CREATE INDEX record_artefact ON record (seq) WHERE kind = 'artefact';
CREATE INDEX record_erasure  ON record (seq) WHERE kind = 'erasure';
CREATE INDEX record_note     ON record (seq) WHERE kind = 'note';

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
