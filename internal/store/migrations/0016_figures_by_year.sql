-- +goose Up

-- A figure's entries are read by the year: a number of two bytes, where the whole day took ten.
DROP INDEX updates_of_figure;
CREATE INDEX updates_of_figure ON updates (indicator_id, CAST(substr(dated, 1, 4) AS BIGINT), unit_id/*, id*/);
