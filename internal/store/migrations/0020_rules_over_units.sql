-- +goose Up

-- What a unit shows of the units below it where readings are rates, which do not add up: '' the sum.
ALTER TABLE indicators ADD COLUMN units_rule TEXT NOT NULL DEFAULT '' CHECK (units_rule IN ('', 'own', 'mean', 'highest', 'lowest'));

-- The indicators that one is the sum of: their numbers, comma-separated; empty for what is logged.
ALTER TABLE indicators ADD COLUMN sum_of TEXT NOT NULL DEFAULT '';
