-- +goose Up

-- That the newest backup is late, as it goes out once to each channel that wants it (docs/adr/0095), and what became of
-- it. state, tries, due_at and said are those of outbox.
CREATE TABLE late_backups (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  channel_id INTEGER NOT NULL REFERENCES channels (id),
  newest     INTEGER NOT NULL, -- when the backup was made after which none came; 0: there was none
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'sent', 'unsure', 'failed')),
  tries      INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  said       TEXT NOT NULL,
  UNIQUE (channel_id, newest)
) STRICT;
CREATE INDEX late_backups_by_state ON late_backups (state, due_at);
