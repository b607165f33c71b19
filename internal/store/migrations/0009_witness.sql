-- +goose Up

-- What the records that an act changed were afterwards, in JSON (docs/adr/0077): verify holds each record
-- against the last entry that speaks of it. '' where an act changed none, and in entries from before.
ALTER TABLE audit ADD COLUMN records TEXT NOT NULL DEFAULT '';

-- Whether the log speaks of the records that were there before it could; 'no' until the program has written
-- how it found them.
INSERT INTO settings (name, value) VALUES ('records_witnessed', 'no');
