package intake

import "testing"

// A row that says that it is a part of the one above is none of its own, unless an indicator has that name.
func TestRowsOfPartsAreSetAside(t *testing.T) {
	for name, c := range map[string]struct{ lines, want []string }{
		"each says so": {[]string{"指标|单位|完成数", "trained|荆竹镇|50", "其中：线上|荆竹镇|20", "其中:家政培训||10", "#女性||5", "含：残疾妇女||2",
			"users|荆竹镇|3"},
			[]string{"C3 trained jingzhu 2026-10-31 50", "C8 users jingzhu 2026-10-31 3", "left A4 import_row_part",
				"left A5 import_row_part", "left A6 import_row_part", "left A7 import_row_part"}},
		"in English": {[]string{"indicator|township|actual", "trained|荆竹镇|50", "of which: online|荆竹镇|20",
			"Of which in person||10", "including: new||10", "users|荆竹镇|3"},
			[]string{"C3 trained jingzhu 2026-10-31 50", "C7 users jingzhu 2026-10-31 3", "left A4 import_row_part",
				"left A5 import_row_part", "left A6 import_row_part"}},
		"those behind the first come to the whole with it": {[]string{"指标|单位|完成数", "trained|荆竹镇|50", "其中：线上||20", "线下||30",
			"users|荆竹镇|3"},
			[]string{"C3 trained jingzhu 2026-10-31 50", "C6 users jingzhu 2026-10-31 3", "left A4 import_row_part",
				"left A5 import_row_part"}},
		"another name behind them does not": {[]string{"指标|单位|完成数", "trained|荆竹镇|50", "其中：线上||20", "走访慰问|荆竹镇|9"},
			[]string{"C3 trained jingzhu 2026-10-31 50", "C5 jingzhu 2026-10-31 0 !A5 import_indicator_unknown",
				"left A4 import_row_part"}},
		"an indicator of that name": {[]string{"指标|单位|完成数", "trained|荆竹镇|50", "其中：注册用户|荆竹镇|20", "其中：线上|荆竹镇|4"},
			[]string{"C3 trained jingzhu 2026-10-31 50", "C4 users jingzhu 2026-10-31 20", "left A5 import_row_part"}},
		"parts of units": {[]string{"单位|培训妇女人数|注册用户", "荆竹镇|50|3", "其中：城东社区|20|1", "文坪镇|7|2", "其中：荆竹镇|1|1"},
			[]string{"B3 trained jingzhu 2026-10-31 50", "C3 users jingzhu 2026-10-31 3", "B5 trained wenping 2026-10-31 7",
				"C5 users wenping 2026-10-31 2",
				"B6 trained jingzhu 2026-10-31 1", "C6 users jingzhu 2026-10-31 1", "left A4 import_row_part"}},
		"the word in a cell of its own": {[]string{"序号|指标|单位|完成数", "1|trained|荆竹镇|50", "其中|线上|荆竹镇|20", "|线下|荆竹镇|30",
			"2|users|荆竹镇|3"},
			[]string{"D3 trained jingzhu 2026-10-31 50", "D6 users jingzhu 2026-10-31 3", "left A4 import_row_part",
				"left B5 import_row_part"}},
		"a total counts the whole once": {[]string{"指标|单位|完成数", "trained|荆竹镇|50", "其中：线上|荆竹镇|20", "trained|文坪镇|7", "合计||57"},
			[]string{"C3 trained jingzhu 2026-10-31 50", "C5 trained wenping 2026-10-31 7", "total C6 57 57",
				"left A4 import_row_part"}},
		"a note may begin so": {[]string{"指标|单位|备注|完成数", "trained|荆竹镇|其中线上20人|50", "users|荆竹镇|其中|3"},
			[]string{"D3 trained jingzhu 2026-10-31 50", "D4 users jingzhu 2026-10-31 3"}},
	} {
		r, err := ReadTable(grid(t, append([]string{"2026年10月"}, c.lines...)...), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wantAsked(t, name, r, c.want...)
	}
}
