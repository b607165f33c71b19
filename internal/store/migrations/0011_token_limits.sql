-- +goose Up

-- What an API token may do, for whom and until when, and when it was last used and from where (docs/adr/0082).
-- scope is 'read', 'log' or 'all', what the account may; ends_on is the last day, '' without end, as all tokens
-- from before; unit_id narrows an account of the whole office to a unit. used_at is 0 where nothing is known.
ALTER TABLE tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'all' CHECK (scope IN ('read', 'log', 'all'));
ALTER TABLE tokens ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';
ALTER TABLE tokens ADD COLUMN unit_id INTEGER REFERENCES units (id);
ALTER TABLE tokens ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tokens ADD COLUMN used_from TEXT NOT NULL DEFAULT '';
