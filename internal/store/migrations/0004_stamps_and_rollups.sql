-- +goose Up

-- Each write gives what it changed a new random number, in its own transaction. While the number
-- is the same, so is all that was made from the records (docs/adr/0021).
CREATE TABLE stamps (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  figures INTEGER NOT NULL,
  access  INTEGER NOT NULL
) STRICT;
INSERT INTO stamps (id, figures, access) VALUES (1, 1, 1);

-- The roll-up had a row per month. A board reads all twelve, so a row per year is read faster and
-- takes less space (docs/adr/0022).
CREATE TABLE rollups_by_year (
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  year         INTEGER NOT NULL,
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  -- Twelve months, ';' behind each; an empty one adds nothing. A month is amount, entries,
  -- at_least, below, about, entry_sum and the day of the last entry, comma-separated, 0 left out.
  months       TEXT NOT NULL,
  PRIMARY KEY (unit_id, year, indicator_id)
) STRICT, WITHOUT ROWID;
INSERT INTO rollups_by_year (unit_id, year, indicator_id, months)
SELECT unit_id, year, indicator_id,
  COALESCE(MAX(CASE WHEN month = 1 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 2 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 3 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 4 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 5 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 6 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 7 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 8 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 9 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 10 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 11 THEN said END), '') || ';' ||
  COALESCE(MAX(CASE WHEN month = 12 THEN said END), '') || ';'
FROM (SELECT unit_id, year, indicator_id, month,
  amount || ',' || entries || ',' || at_least || ',' || below || ',' || about ||
  ',' || entry_sum || ',' || substr(last_date, 9, 2) AS said
  FROM rollups) AS months
GROUP BY unit_id, year, indicator_id;
DROP TABLE rollups;
ALTER TABLE rollups_by_year RENAME TO rollups;

-- The log is shown by year, newest entry first: these walk it in that order from the end.
DROP INDEX updates_by_date;
DROP INDEX updates_by_year;
CREATE INDEX updates_by_indicator ON updates (indicator_id, substr(dated, 1, 4), id);
CREATE INDEX updates_by_year ON updates (substr(dated, 1, 4), id);
