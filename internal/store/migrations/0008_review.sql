-- +goose Up

-- How far the review of an entry has come. The truth is the latest step in reviews; the column
-- follows it in the same transaction and is checked by verify. What nobody reviewed is approved, so
-- that switching review on hides nothing that was there (docs/adr/0031).
ALTER TABLE updates ADD COLUMN state TEXT NOT NULL DEFAULT 'approved'
  CHECK (state = 'approved' OR state = 'submitted' OR state = 'draft' OR state = 'returned');
CREATE INDEX updates_in_review ON updates (CAST(substr(dated, 1, 4) AS BIGINT), state/*, id*/) WHERE state <> 'approved';

-- The steps of reviews. Rows are only ever added.
CREATE TABLE reviews (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  update_id INTEGER NOT NULL REFERENCES updates (id),
  act       TEXT NOT NULL CHECK (act = 'submit' OR act = 'approve' OR act = 'return' OR act = 'draft'),
  state     TEXT NOT NULL CHECK (state = 'approved' OR state = 'submitted' OR state = 'draft' OR state = 'returned'), -- from then on
  reason    TEXT NOT NULL,
  done_by   TEXT NOT NULL,
  done_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX reviews_by_update ON reviews (update_id, id);

-- When months were closed to further entries and opened again. Rows are only ever added; the latest
-- of a month holds. seen is the newest entry at that moment: what came while a month was open again
-- lies between two of them.
CREATE TABLE locks (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  year    INTEGER NOT NULL REFERENCES years (year),
  month   INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  act     TEXT NOT NULL CHECK (act IN ('lock', 'unlock')),
  reason  TEXT NOT NULL,
  seen    INTEGER NOT NULL,
  done_by TEXT NOT NULL,
  done_at INTEGER NOT NULL
) STRICT;
CREATE INDEX locks_by_year ON locks (year, id);
