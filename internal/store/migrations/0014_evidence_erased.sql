-- +goose Up

-- Since when the content of a file is erased (docs/adr/0086), by whom and why. Its record stays, with name, size and
-- hash. 0: it is not.
ALTER TABLE evidence ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN erased_by TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN erased_why TEXT NOT NULL DEFAULT '';
