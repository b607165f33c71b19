-- +goose Up

-- What a ratio's quotient is multiplied by: 100 for %, 1000 for ‰, 1 for 天 or 人/期. Until now it was
-- 100 whatever the measure; that stays, but for ‰, which contradicts it. 0: no ratio.
ALTER TABLE indicators ADD COLUMN factor INTEGER NOT NULL DEFAULT 0 CHECK (factor IN (0, 1, 100, 1000, 10000, 100000, 1000000));
UPDATE indicators SET factor = 100 WHERE kind = 'ratio';
UPDATE indicators SET factor = 1000 WHERE kind = 'ratio' AND measure = '‰';
