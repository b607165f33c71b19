-- +goose Up

-- The third stamp: it changes with everything but the log, what is made from it, and who is signed
-- in. While it is the same, an entry is checked against what was read for the one before
-- (docs/adr/0021).
ALTER TABLE stamps ADD COLUMN structure INTEGER NOT NULL DEFAULT 1;
