-- +goose Up

-- Whoever attaches a file is told where else it is attached.
CREATE INDEX evidence_by_file ON evidence (sha256);
