package intake

import (
	"slices"
	"testing"
)

// One sheet is read. The others that hold figures are named, with the number that chooses them.
func TestSheetsThatAreNotReadAreSaid(t *testing.T) {
	named := func(name string, lines ...string) Grid {
		g := grid(t, lines...)[0]
		g.Name = name
		return g
	}
	grids := []Grid{
		named("说明", "请按月填写|各乡镇"),
		named("荆竹镇", "指标|本月完成", "trained|5"),
		named("文坪镇", "指标|本月完成", "trained|7"),
		named("10月", "工作|情况", "走访|12"),
		{Name: "空"},
	}
	for _, c := range []struct {
		sheet int
		unit  string
		want  []string
	}{{0, "jingzhu", []string{"文坪镇", "10月"}}, {2, "jingzhu", []string{"文坪镇", "10月"}},
		{3, "wenping", []string{"荆竹镇", "10月"}}} {
		r, err := ReadTable(grids, knownCounty, Choices{Sheet: c.sheet})
		if err != nil || len(r.Figures) != 1 || r.Figures[0].Unit != c.unit {
			t.Errorf("sheet %d: %v %+v", c.sheet, err, r.Figures)
			continue
		}
		var got []string
		for _, m := range r.Left {
			if m.Text.Key == "import_other_sheet" && m.Ref() == "" {
				got = append(got, m.Text.Args[0].(string))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("sheet %d: %v, want %v", c.sheet, got, c.want)
		}
	}
	r, err := ReadTable(grids[:2], knownCounty, Choices{})
	if err != nil || len(r.Left) != 0 {
		t.Errorf("one sheet with figures: %v %+v", err, r.Left)
	}
}
