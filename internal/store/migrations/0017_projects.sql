-- +goose Up

-- Projects (项目) of a year, for 项目支出绩效自评表. Money is in 元.
CREATE TABLE projects (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  year        INTEGER NOT NULL REFERENCES years (year),
  code        TEXT NOT NULL,
  name        TEXT NOT NULL,
  name_en     TEXT NOT NULL,
  supervisor  TEXT NOT NULL, -- 主管部门
  implementer TEXT NOT NULL, -- 实施单位
  fund        TEXT NOT NULL,
  expected    TEXT NOT NULL, -- 年度总体目标: 预期目标
  achieved    TEXT NOT NULL, -- 实际完成情况
  set_by      TEXT NOT NULL,
  set_at      INTEGER NOT NULL,
  UNIQUE (year, code)
) STRICT;

CREATE TABLE project_money (
  project_id INTEGER NOT NULL REFERENCES projects (id),
  source     TEXT NOT NULL CHECK (source IN ('appropriation', 'carried_over', 'other')),
  initial    INTEGER, -- 年初预算数; NULL: not known
  full_year  INTEGER NOT NULL,
  spent      INTEGER NOT NULL,
  PRIMARY KEY (project_id, source)
) STRICT;

CREATE TABLE project_indicators (
  project_id   INTEGER NOT NULL REFERENCES projects (id),
  indicator_id INTEGER NOT NULL REFERENCES indicators (id),
  weight       INTEGER NOT NULL, -- hundredths of a point, within the project; 0: not set
  points       INTEGER, -- the scorer's; NULL: what the rules propose
  reason       TEXT NOT NULL,
  PRIMARY KEY (project_id, indicator_id)
) STRICT;
