-- +goose Up

-- When what is to be logged came to be (docs/adr/0071): nothing is overdue from before. 0: with the year, or
-- nobody knows. An indicator that comes back after months out of use begins anew.
ALTER TABLE units ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE year_indicators ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;

-- When somebody became responsible: by taking the indicator on, or by being named where nobody was before.
ALTER TABLE owners ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE indicators ADD COLUMN owner_at INTEGER NOT NULL DEFAULT 0;

-- What was there before this column says so in the audit log. The moment is a lower bound: an indicator may have
-- come into a year later than it was made, which nothing but an entry of its own tells. Units that came in a table
-- share one entry. A code is looked for by REPLACE, for in LIKE the _ of a_1 is any letter.
UPDATE units SET added_at = COALESCE(
  (SELECT MIN(a.at) FROM audit a WHERE a.action = 'unit.create' AND a.subject = 'unit ' || units.code),
  (SELECT MIN(a.at) FROM audit a WHERE a.action = 'unit.import'
    AND REPLACE(a.detail, '"Code":"' || units.code || '"', '') <> a.detail), 0);
UPDATE year_indicators SET added_at = COALESCE(
  (SELECT MAX(a.at) FROM audit a JOIN indicators i ON i.id = year_indicators.indicator_id
    WHERE a.action = 'year.add_indicator' AND a.subject = 'year ' || CAST(year_indicators.year AS TEXT)
    AND REPLACE(a.detail, '"' || i.code || '"', '') <> a.detail),
  (SELECT MIN(a.at) FROM audit a JOIN indicators i ON i.id = year_indicators.indicator_id
    WHERE a.action = 'indicator.create' AND a.subject = 'indicator ' || i.code), 0);
