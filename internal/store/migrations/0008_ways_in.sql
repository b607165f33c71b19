-- +goose Up

-- One-time links by which people set the password of an account themselves, known by the hash of their secret
-- only. An account has one at most; it is deleted when it is used, replaced, or the account disabled. An
-- account whose password_hash is '' has never had a password.
CREATE TABLE invitations (
  hash       TEXT NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL UNIQUE REFERENCES accounts (id),
  made_by    TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL
) STRICT;

-- ends_on is the last day on which somebody gets in by an account, '' without end.
ALTER TABLE accounts ADD COLUMN ends_on TEXT NOT NULL DEFAULT '';

-- What people know their own browsers by: the User-Agent header and the address at sign-in.
ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
