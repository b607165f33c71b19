-- +goose Up

-- Basic data of a year beside its budget (基础数据表). NULL: nobody stated it.
CREATE TABLE staffing (
  year   INTEGER NOT NULL REFERENCES years (year),
  kind   TEXT NOT NULL CHECK (kind IN ('administrative', 'institution', 'worker', 'retired')),
  posts  INTEGER, -- 编制人数
  people INTEGER, -- 实有人数
  PRIMARY KEY (year, kind)
) STRICT, WITHOUT ROWID;

-- 三公经费, in 元; what they sum to is computed.
CREATE TABLE official_costs (
  year      INTEGER NOT NULL REFERENCES years (year),
  kind      TEXT NOT NULL CHECK (kind IN ('abroad', 'reception', 'vehicle_purchase', 'vehicle_running')),
  last_year INTEGER, -- 上年决算数
  initial   INTEGER, -- 年初预算数
  full_year INTEGER, -- 全年预算数
  spent     INTEGER, -- 执行数
  PRIMARY KEY (year, kind)
) STRICT, WITHOUT ROWID;
