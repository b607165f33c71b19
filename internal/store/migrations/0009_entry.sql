-- +goose Up

-- The form for a new entry begins with what the person logged last. Only entries by form say so, and
-- files and programs do not pay for it.
CREATE INDEX updates_by_author ON updates (author/*, id*/) WHERE origin = 'form';

-- Which indicators somebody has taken on, beside those that name them as their owner.
CREATE TABLE owners (
  account_id   INTEGER NOT NULL REFERENCES accounts (id),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  PRIMARY KEY (account_id, indicator_id)
) STRICT, WITHOUT ROWID;
