-- +goose Up

-- What a file does when it is opened that its reader may not expect: 'macro', 'remote_template', 'remote_content';
-- '' for nothing that is known, as for all files from before this column.
ALTER TABLE evidence ADD COLUMN warning TEXT NOT NULL DEFAULT '';
