-- +goose Up

-- A second factor: the secret that an account's authenticator app shares, sealed with a key that is not in the
-- database (docs/adr/0083). used_step is the last time step whose code was taken, so that none is taken twice.
CREATE TABLE second_factors (
  account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id),
  sealed     TEXT NOT NULL,
  set_at     INTEGER NOT NULL,
  used_step  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Codes for who has lost the app, each good once, known by their hash only.
CREATE TABLE recovery_codes (
  hash       TEXT NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id)
) STRICT;

-- What somebody who has proved one thing must still do before they are in: 'code', 'factor', 'password', '' for
-- nothing.
ALTER TABLE sessions ADD COLUMN need TEXT NOT NULL DEFAULT '';

-- When the person last chose the password, 0 if somebody else chose it. What was there before says so in the log.
ALTER TABLE accounts ADD COLUMN password_at INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET password_at = COALESCE(
  (SELECT MAX(a.at) FROM audit a WHERE a.action = 'account.password' AND a.subject = 'account ' || accounts.name),
  created_at);

-- Hashes of the passwords an account had before, the newest last, where they must not be used again.
CREATE TABLE old_passwords (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  hash       TEXT NOT NULL,
  until      INTEGER NOT NULL
) STRICT;
