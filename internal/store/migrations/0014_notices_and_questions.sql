-- +goose Up

-- What each figure of the whole office was when it was last looked at: a notice is a difference to
-- it (docs/adr/0045). subject is an indicator's ID, 0 for the budget.
CREATE TABLE notice_states (
  year    INTEGER NOT NULL REFERENCES years (year),
  subject INTEGER NOT NULL,
  state   TEXT NOT NULL,
  PRIMARY KEY (year, subject)
) STRICT, WITHOUT ROWID;

-- What happened, with the figures of that moment; one of a kind per indicator and day.
CREATE TABLE notices (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  kind         TEXT NOT NULL CHECK (kind IN ('red', 'reached', 'overdue', 'budget')),
  year         INTEGER NOT NULL REFERENCES years (year),
  subject      INTEGER NOT NULL,
  dated        TEXT NOT NULL CHECK (length(dated) = 10),
  light        TEXT NOT NULL,
  month        INTEGER NOT NULL, -- of a budget alarm; else 0
  amount       INTEGER,
  prec         TEXT NOT NULL,
  wording      TEXT NOT NULL,
  target       INTEGER,
  rate         INTEGER,
  at           INTEGER NOT NULL,
  UNIQUE (year, kind, subject, dated)
) STRICT;
CREATE INDEX notices_by_time ON notices (at);

-- Where notices are sent. Rows are never deleted; secret is never shown again.
CREATE TABLE channels (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL CHECK (kind IN ('mail', 'wecom', 'dingtalk', 'json')),
  name       TEXT NOT NULL,
  address    TEXT NOT NULL, -- host:port of a mail server, else a URL
  security   TEXT NOT NULL, -- of mail: starttls, tls, or none on this machine
  account    TEXT NOT NULL,
  secret     TEXT NOT NULL,
  sender     TEXT NOT NULL,
  recipients TEXT NOT NULL, -- comma-separated
  events     TEXT NOT NULL, -- kinds, comma-separated
  language   TEXT NOT NULL,
  made_by    TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT;

-- What is still to be sent where, and what became of it. A message is handed over once: a row is
-- taken before that, and never again when nobody can tell whether it arrived (unsure).
CREATE TABLE outbox (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  notice_id  INTEGER NOT NULL REFERENCES notices (id),
  channel_id INTEGER NOT NULL REFERENCES channels (id),
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'sent', 'unsure', 'failed')),
  tries      INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  said       TEXT NOT NULL, -- what went wrong last
  UNIQUE (notice_id, channel_id)
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, due_at);
CREATE INDEX outbox_by_channel ON outbox (channel_id, id);

-- Questions about one figure as it stood on a day, and their answers.
CREATE TABLE questions (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  year         INTEGER NOT NULL REFERENCES years (year),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  unit_id      INTEGER NOT NULL REFERENCES units (id),
  as_of        TEXT NOT NULL CHECK (length(as_of) = 10),
  light        TEXT NOT NULL,
  amount       INTEGER,
  prec         TEXT NOT NULL,
  wording      TEXT NOT NULL,
  target       INTEGER,
  rate         INTEGER,
  text         TEXT NOT NULL,
  asked_by     TEXT NOT NULL,
  asked_at     INTEGER NOT NULL,
  answer       TEXT NOT NULL,
  answered_by  TEXT NOT NULL,
  answered_at  INTEGER -- NULL: open
) STRICT;
CREATE INDEX questions_of_figure ON questions (year, indicator_id, unit_id, id);
CREATE INDEX questions_open ON questions (answered_at, id);
