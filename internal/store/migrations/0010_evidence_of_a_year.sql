-- +goose Up

-- A year's evidence is listed, packed and numbered by indicator. What an entry is about never
-- changes, so it is kept beside each of its files and the log need not be walked for it.
ALTER TABLE evidence ADD COLUMN year INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN indicator_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN unit_id INTEGER NOT NULL DEFAULT 0;
UPDATE evidence SET
  year = (SELECT CAST(substr(u.dated, 1, 4) AS INTEGER) FROM updates u WHERE u.id = evidence.update_id),
  indicator_id = (SELECT u.indicator_id FROM updates u WHERE u.id = evidence.update_id),
  unit_id = (SELECT u.unit_id FROM updates u WHERE u.id = evidence.update_id);
CREATE INDEX evidence_by_year ON evidence (year, id);
