-- +goose Up
-- Indicators can be archived: they keep their history, leave the years that are open at that
-- moment, and take no more targets or updates.
ALTER TABLE indicators ADD COLUMN partners TEXT NOT NULL DEFAULT '';
ALTER TABLE indicators ADD COLUMN archived_at INTEGER; -- NULL: in use
ALTER TABLE year_indicators ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));

-- Where a unit belonged before: from the day since to the day before until it was below parent_id.
-- Today's parent stands in units.parent_id and holds from the last until on. What a unit counted in
-- those days stays with that parent and all above it (docs/adr/0006).
CREATE TABLE unit_parents (
  unit_id   INTEGER NOT NULL REFERENCES units (id),
  parent_id INTEGER NOT NULL REFERENCES units (id),
  since     TEXT NOT NULL, -- first day of a month; empty: ever
  until     TEXT NOT NULL CHECK (length(until) = 10),
  PRIMARY KEY (unit_id, until),
  CHECK (since < until)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_parents_by_parent ON unit_parents (parent_id);
