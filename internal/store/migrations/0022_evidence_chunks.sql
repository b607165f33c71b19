-- +goose Up

-- Contents of evidence, where an office keeps them in its PostgreSQL (docs/adr/0104): under their hash, in pieces of at
-- most 256 KiB from 0 on, all of a content in one commit. Empty where they lie in a folder or a bucket.
CREATE TABLE evidence_chunks (
  sha256  TEXT NOT NULL,
  n       INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (sha256, n)
) STRICT, WITHOUT ROWID;
