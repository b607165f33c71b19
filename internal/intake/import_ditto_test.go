package intake

import (
	"strings"
	"testing"
)

// A mark for the cell above is read as that cell where it names what a figure is of, and that is said. Among figures
// it is none.
func TestDittoMarksAreTheCellAbove(t *testing.T) {
	for _, mark := range []string{"〃", "同上", "″", `"`, "do.", "Ditto", "〃〃", "同前", "''", "”", "＂"} {
		r, err := ReadTable(grid(t, "日期|单位|指标|计量单位|完成数|备注", "2026-10-05|荆竹镇|trained|人|50|第一期",
			strings.ReplaceAll("X|X|X|X|20|X", "X", mark),
			strings.ReplaceAll("X|文坪镇|X|X|7|", "X", mark)), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", mark, err)
			continue
		}
		wantAsked(t, mark, r, "E2 trained jingzhu 2026-10-05 50", "E3 trained jingzhu 2026-10-05 20",
			"E4 trained wenping 2026-10-05 7",
			"ask A3 import_ditto_read[日期 2]", "ask B3 import_ditto_read[单位 1]", "ask C3 import_ditto_read[指标 2]",
			"ask D3 import_ditto_read[计量单位 2]", "ask F3 import_ditto_read[备注 1]")
		if r.Figures[1].Note != "第一期" {
			t.Errorf("%s: note %q", mark, r.Figures[1].Note)
		}
	}
	r, err := ReadTable(grid(t, "2026年10月", "单位|指标|完成数", "荆竹镇|trained|50", "〃|users|〃", "|lectures|同上"),
		knownCounty, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantAsked(t, "a figure", r, "C3 trained jingzhu 2026-10-31 50", "C4 users jingzhu 2026-10-31 0 !C4 number_unreadable",
		"C5 lectures 2026-10-31 0 !A5 import_unit_missing !C5 number_unreadable", "ask A4 import_ditto_read[单位 1]")
	r, err = ReadTable(grid(t, "2026年10月", "单位|指标|完成数", "〃|trained|50"), knownCounty, Choices{})
	if err != nil || len(r.Figures[0].Mistakes) == 0 {
		t.Errorf("below the heading: %v %v", err, asked(r))
	}
}
