-- +goose Up

-- What an office hands up to the office above it, and what it takes in from those below (docs/adr/0107).

-- The dictionary of the office above, for each year, as it was taken in, and which of its units this office is.
CREATE TABLE dictionaries (
  year   INTEGER NOT NULL PRIMARY KEY,
  name   TEXT NOT NULL, -- follows from the body
  body   TEXT NOT NULL, -- JSON
  unit   TEXT NOT NULL, -- code above; '' while nobody has said
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) STRICT;

-- Which indicator is handed up as which of a dictionary's: said once, for all years in which the office above has the
-- code under the same name. Another name may be another indicator.
CREATE TABLE dictionary_map (
  office       TEXT NOT NULL, -- the office above, as its dictionary names it
  code         TEXT NOT NULL,
  name         TEXT NOT NULL, -- of the code, as it was when somebody said so
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  set_by       TEXT NOT NULL,
  set_at       INTEGER NOT NULL,
  PRIMARY KEY (office, code, name)
) STRICT;

-- Packages that this office has made, all versions, as files.
CREATE TABLE packages_made (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  year        INTEGER NOT NULL REFERENCES years (year),
  number      INTEGER NOT NULL,
  first_month INTEGER NOT NULL CHECK (first_month BETWEEN 1 AND 12),
  last_month  INTEGER NOT NULL CHECK (last_month BETWEEN 1 AND 12),
  sha256      TEXT NOT NULL, -- of its content
  content     BLOB NOT NULL,
  made_by     TEXT NOT NULL,
  made_at     INTEGER NOT NULL,
  UNIQUE (year, number)
) STRICT;

-- Packages that came from the offices below, all versions, as files.
CREATE TABLE packages_taken (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id     INTEGER NOT NULL REFERENCES units (id),
  year        INTEGER NOT NULL REFERENCES years (year),
  number      INTEGER NOT NULL,
  first_month INTEGER NOT NULL CHECK (first_month BETWEEN 1 AND 12),
  last_month  INTEGER NOT NULL CHECK (last_month BETWEEN 1 AND 12),
  sha256      TEXT NOT NULL UNIQUE, -- of its content: what came twice is one
  key         TEXT NOT NULL, -- the public key that it is signed with
  content     BLOB NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'declined')),
  came_by     TEXT NOT NULL,
  came_at     INTEGER NOT NULL,
  decided_by  TEXT NOT NULL,
  decided_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX packages_taken_by_unit ON packages_taken (year, unit_id);

-- The entries that packages made. Entries are written at the end of a change, so none is referred to.
CREATE TABLE package_entries (
  update_id  INTEGER NOT NULL PRIMARY KEY,
  package_id INTEGER NOT NULL REFERENCES packages_taken (id)
) STRICT;

-- Whose packages are trusted for a unit: the office and key of the first that was taken, until somebody says otherwise.
CREATE TABLE package_keys (
  unit_id    INTEGER NOT NULL PRIMARY KEY REFERENCES units (id),
  office     TEXT NOT NULL,
  key        TEXT NOT NULL,
  trusted_by TEXT NOT NULL,
  trusted_at INTEGER NOT NULL
) STRICT;

-- Where packages are sent: one address at most. The token opens it, so the log does not hold it.
CREATE TABLE upward (
  address TEXT PRIMARY KEY,
  token   TEXT NOT NULL,
  set_by  TEXT NOT NULL,
  set_at  INTEGER NOT NULL
) STRICT;

-- Packages on their way up. state, tries, due_at and said are those of outbox.
CREATE TABLE package_sendings (
  package_id INTEGER NOT NULL PRIMARY KEY REFERENCES packages_made (id),
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'held', 'failed')),
  tries      INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  said       TEXT NOT NULL
) STRICT;
CREATE INDEX package_sendings_by_state ON package_sendings (state, due_at);
