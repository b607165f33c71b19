package store

import (
	"errors"
	"testing"
)

// Since when units and a year's indicators are there, as the log of 0.1.0 tells it: what it says nothing of counts as
// there from the beginning.
func TestAnUpgradeReadsFromTheLogSinceWhenThingsAreThere(t *testing.T) {
	const made = `
INSERT INTO units (code, name, name_en, parent_id, sort) VALUES
  ('made', '新镇', '', 1, 3), ('in-table', '表镇', '', 1, 4), ('below', '表村', '', 4, 1);
INSERT INTO indicators (code, area_id, name, name_en, kind, measure, decimals, direction, category, definition, source, owner,
    partners, numerator_id, denominator_id, factor, part_of_id, sum_of, units_rule, starts, note, sort, archived_at) VALUES
  ('a_1', 1, '甲', '', 'flow', '人', 0, 'up', '', '', '', '', '', NULL, NULL, 0, NULL, '', '', 1, '', 3, NULL),
  ('a-1', 1, '乙', '', 'flow', '人', 0, 'up', '', '', '', '', '', NULL, NULL, 0, NULL, '', '', 1, '', 4, NULL),
  ('put-in', 1, '丙', '', 'flow', '人', 0, 'up', '', '', '', '', '', NULL, NULL, 0, NULL, '', '', 1, '', 5, NULL);
INSERT INTO year_indicators (year, indicator_id, archived) VALUES (2026, 3, 0), (2026, 4, 0), (2026, 5, 0), (2025, 5, 0);
INSERT INTO audit (at, actor, action, subject, detail, hash) VALUES
  (500, 'w', 'unit.create', 'unit made', '{"Code":"made","Name":"新镇","NameEn":"","Parent":"county"}', '05'),
  (600, 'w', 'unit.import', 'units', '{"units":[{"Code":"in-table","Name":"表镇","NameEn":"","Parent":"county"},' ||
    '{"Code":"below","Name":"表村","NameEn":"","Parent":"in-table"}]}', '06'),
  (650, 'w', 'indicator.create', 'indicator a_1', '{"Code":"a_1"}', '07'),
  (700, 'w', 'indicator.create', 'indicator put-in', '{"Code":"put-in"}', '08'),
  (800, 'w', 'year.add_indicator', 'year 2026', '{"indicator":"put-in"}', '09'),
  (900, 'w', 'year.add_indicator', 'year 2026', '{"indicator":"a-1"}', '10');`
	for name, e := range engines(t) {
		t.Run(name, func(t *testing.T) {
			e.load(t, "testdata/0.1.0")
			e.exec(t, made)
			db := e.opened(t)
			for query, wants := range map[string]map[string]int64{
				`SELECT code, added_at FROM units`: {"county": 0, "east": 0, "made": 500, "in-table": 600, "below": 600},
				`SELECT i.code, y.added_at FROM year_indicators y JOIN indicators i ON i.id = y.indicator_id WHERE year = 2026`: {
					"insured": 0, "rate": 0, "a_1": 650, "a-1": 900, "put-in": 800},
				`SELECT i.code, y.added_at FROM year_indicators y JOIN indicators i ON i.id = y.indicator_id WHERE year = 2025`: {
					"put-in": 700},
			} {
				rows, err := db.read.QueryContext(t.Context(), query)
				if err != nil {
					t.Fatal(err)
				}
				found := 0
				for rows.Next() {
					var code string
					var at int64
					if err := rows.Scan(&code, &at); err != nil {
						t.Fatal(err)
					}
					found++
					if want, known := wants[code]; !known || at != want {
						t.Errorf("%s is there since %d, want %d", code, at, want)
					}
				}
				if err := errors.Join(rows.Err(), rows.Close()); err != nil || found != len(wants) {
					t.Errorf("%d rows, want %d, %v", found, len(wants), err)
				}
			}
		})
	}
}
