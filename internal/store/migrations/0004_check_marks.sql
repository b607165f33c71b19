-- +goose Up

-- Findings of the check that somebody looked at and found to be no fault, with the reason. finding is a
-- hash of what the finding says: its sentence and its figure. When one of them changes, the finding is
-- another one, and the mark no longer applies; it stays here.
CREATE TABLE check_marks (
  year    INTEGER NOT NULL REFERENCES years (year),
  finding TEXT NOT NULL CHECK (length(finding) = 64),
  code    TEXT NOT NULL,
  said    TEXT NOT NULL,
  reason  TEXT NOT NULL,
  author  TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (year, finding)
) STRICT, WITHOUT ROWID;
