-- +goose Up
-- A wall hangs in a room whose people read one language, whatever its browser is set to.
ALTER TABLE displays ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- '': as its browser asks
