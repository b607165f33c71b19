-- +goose Up

-- What a person was asked about an entry, or would have been had a program not logged it, when it was
-- saved all the same: reviewers read it beside the entry. question is a sentence's key with its
-- arguments (JSON), so that it is told in the reader's language. Rows are only ever added. They stand
-- apart from the log because few entries have one.
CREATE TABLE doubts (
  update_id INTEGER NOT NULL PRIMARY KEY REFERENCES updates (id),
  question  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
