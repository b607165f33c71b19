-- +goose Up

-- An audit entry's detail and records in few bytes (docs/adr/0098), in place of the texts beside it, which are '' then.
-- NULL: written before this column, to be packed when the server tidies. The index finds those, and is empty once none
-- is left.
ALTER TABLE audit ADD COLUMN packed BLOB;
CREATE INDEX audit_unpacked ON audit (id) WHERE packed IS NULL;

-- A key is looked up by account and key alone: one tree, not a table and an index. The fingerprint tells a key that is
-- used for something else by mistake: 16 of its 64 digits do.
CREATE TABLE keys_kept AS SELECT account, key, SUBSTR(fingerprint, 1, 16) AS fingerprint, result, at FROM idempotency;
DROP TABLE idempotency;
CREATE TABLE idempotency (
  account     TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  result      INTEGER NOT NULL,
  at          INTEGER NOT NULL,
  PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
INSERT INTO idempotency (account, key, fingerprint, result, at) SELECT account, key, fingerprint, result, at FROM keys_kept;
DROP TABLE keys_kept;
