-- +goose Up

-- Whom an identity provider calls what: the issuer's word for somebody, which it gives to nobody else, beside the
-- account that came by it first (docs/adr/0090). An account has one at most.
CREATE TABLE identities (
  account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
  issuer     TEXT NOT NULL,
  subject    TEXT NOT NULL,
  linked_at  INTEGER NOT NULL,
  UNIQUE (issuer, subject)
) STRICT;

-- Whether an identity provider vouched for who is signed in: neither password nor second factor was asked here.
ALTER TABLE sessions ADD COLUMN federated INTEGER NOT NULL DEFAULT 0;

-- The units of an audit entry about many things at once, so that the log can be asked for one of them (docs/adr/0091).
-- It finds entries and proves nothing; nothing in it holds an entry back.
CREATE TABLE audit_units (
  unit_id  INTEGER NOT NULL REFERENCES units (id),
  audit_id INTEGER NOT NULL,
  PRIMARY KEY (unit_id, audit_id)
) STRICT, WITHOUT ROWID;

-- Forms that wait while their writer signs in at an identity provider, for some minutes, known by the hash of what the
-- browser keeps meanwhile.
CREATE TABLE kept_forms (
  hash    TEXT NOT NULL PRIMARY KEY,
  body    TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;
