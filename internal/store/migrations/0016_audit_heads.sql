-- +goose Up

-- The end of the audit log as it goes out once a day to each channel that wants it (docs/adr/0092), and what became of
-- it. state, tries, due_at and said are those of outbox.
CREATE TABLE audit_heads (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  channel_id INTEGER NOT NULL REFERENCES channels (id),
  dated      TEXT NOT NULL CHECK (length(dated) = 10),
  entries    INTEGER NOT NULL,
  code       TEXT NOT NULL,
  hash       TEXT NOT NULL, -- of the last entry
  at         INTEGER NOT NULL, -- when that was made
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'sent', 'unsure', 'failed')),
  tries      INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  said       TEXT NOT NULL,
  UNIQUE (channel_id, dated)
) STRICT;
CREATE INDEX audit_heads_by_state ON audit_heads (state, due_at);
