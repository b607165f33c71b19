-- +goose Up

-- The log once more, for the sake of its indexes: most entries answer none, so they need no place
-- among the answers, and the year is a number. SQLite takes a UNIQUE away only with the table. The
-- checks are alternatives: for a list of three SQLite fills a table at each row it checks.
CREATE TABLE updates_kept (
  id           INTEGER PRIMARY KEY, -- entries are never deleted, so no number comes again
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  dated        TEXT NOT NULL CHECK (length(dated) = 10),
  amount       INTEGER NOT NULL,
  prec         TEXT NOT NULL CHECK (prec = 'exact' OR prec = 'at_least' OR prec = 'below' OR prec = 'about'),
  wording      TEXT NOT NULL,
  level        TEXT NOT NULL,
  note         TEXT NOT NULL,
  act          TEXT NOT NULL CHECK (act = 'log' OR act = 'correct' OR act = 'withdraw'),
  answers_id   INTEGER REFERENCES updates_kept (id),
  reason       TEXT NOT NULL,
  origin       TEXT NOT NULL CHECK (origin = 'form' OR origin = 'api' OR origin = 'import'),
  author       TEXT NOT NULL,
  logged_at    INTEGER NOT NULL,
  CHECK ((act = 'log') = (answers_id IS NULL))
) STRICT;
INSERT INTO updates_kept (id, indicator_id, unit_id, dated, amount, prec, wording, level, note, act, answers_id, reason, origin, author, logged_at)
SELECT id, indicator_id, unit_id, dated, amount, prec, wording, level, note, act, answers_id, reason, origin, author, logged_at
FROM updates ORDER BY id;

CREATE TABLE evidence_kept (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id  INTEGER NOT NULL REFERENCES updates_kept (id),
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL CHECK (size > 0),
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  sensitive  INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  added_by   TEXT NOT NULL,
  added_at   INTEGER NOT NULL
) STRICT;
INSERT INTO evidence_kept (id, update_id, name, media_type, size, sha256, sensitive, added_by, added_at)
SELECT id, update_id, name, media_type, size, sha256, sensitive, added_by, added_at FROM evidence ORDER BY id;

DROP TABLE evidence;
DROP TABLE updates;
ALTER TABLE updates_kept RENAME TO updates;
ALTER TABLE evidence_kept RENAME TO evidence;
-- postgres: SELECT setval(pg_get_serial_sequence('updates', 'id'), COALESCE(MAX(id), 1), COUNT(*) > 0) FROM updates;
-- postgres: SELECT setval(pg_get_serial_sequence('evidence', 'id'), COALESCE(MAX(id), 1), COUNT(*) > 0) FROM evidence;

CREATE INDEX evidence_by_update ON evidence (update_id);
CREATE INDEX updates_of_figure ON updates (indicator_id, unit_id, dated);
CREATE UNIQUE INDEX updates_by_answer ON updates (answers_id) WHERE answers_id IS NOT NULL;

-- Every index of SQLite ends with the row's id.
CREATE INDEX updates_by_indicator ON updates (indicator_id, CAST(substr(dated, 1, 4) AS BIGINT)/*, id*/);
CREATE INDEX updates_by_year ON updates (CAST(substr(dated, 1, 4) AS BIGINT)/*, id*/);

-- verify and bulk loads read one indicator of all units.
CREATE INDEX rollups_by_indicator ON rollups (indicator_id, year, unit_id);
