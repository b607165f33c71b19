package intake

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

// Whatever is pasted, reading it ends: a refusal, or rows that hold text.
func FuzzReadIndicators(f *testing.F) {
	for _, s := range []string{"指标名称\t目标\n甲\t≥95%\n", "板块\t指标\t单位\t目标\n一、思想\n甲\t乙\t人\t1,2\n合计\t\t\t3\n", "指标\n\n\n1.\n",
		"name,target\n\"a\nb\",\"<=3\"\n",
		"指标\t2026年目标\n\t单位\n（一）\t人\n", "\ufeff序号;指标;分值\n1;甲;200\n", "指标\t目标\n甲\t控制在以内\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		grids, err := Grids(t.Context(), "pasted.tsv", bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return
		}
		table, err := ReadIndicators(grids, 2026)
		if err != nil {
			return
		}
		for _, r := range table.Rows {
			for column, text := range r.Cells {
				if !utf8.ValidString(text) {
					t.Errorf("%s of row %d is no text: %q", column, r.Number, text)
				}
			}
			g := ReadGoal(r.Cells[IndicatorTarget], "人")
			if g.Sign != "" && !g.Sign.Known() || g.Level != "" && !g.Level.Known() {
				t.Errorf("%q reads as %+v", r.Cells[IndicatorTarget], g)
			}
		}
	})
}
