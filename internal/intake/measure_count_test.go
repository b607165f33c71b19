package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// Words that count people are one measure, as are words that count households; visits are others.
func TestCountingWordsAreEqual(t *testing.T) {
	for written, c := range map[string]struct {
		measure kpi.Measure
		want    string
	}{
		"3名": {"人", "3"}, "3位": {"人", "3"}, "3个人": {"人", "3"}, "3 人": {"名", "3"}, "3位 ": {"名", "3"}, "1.2万名": {"人",
			"12000"}, "12万人": {"万名", "12"},
		"3 participants": {"人", "3"}, "3家": {"户", "3"}, "3 户": {"家", "3"}, "3个家庭": {"户", "3"}, "3 families": {"户",
			"3"}, "2万家": {"万户", "2"},
		"共3户": {"户", "3"}, "3（户）": {"户", "3"}, "计 12 人": {"人", "12"}, "合计：12": {"人", "12"}, "共计12名": {"人",
			"12"}, "总计 1,200 人": {"人", "1200"},
		"一共十二人": {"人", "12"}, "共约300人": {"人", "300 about"}, "共有12户": {"户", "12"}, "3 (households)": {"户",
			"3"}, "Total: 12": {"人", "12"}, "12（人次）": {"人次", "12"},
		"3人次": {"人", "measure_mismatch"}, "3人": {"人次", "measure_mismatch"}, "3户次": {"户", "measure_mismatch"}, "3个": {"户",
			"measure_mismatch"},
		"3（人次）": {"人", "measure_mismatch"}, "3家 ": {"人", "measure_mismatch"}, "12人（含线上）": {"人",
			"number_unreadable"}, "累计12人": {"人", "number_unreadable"},
		"合计": {"人", "number_unreadable"}, "共": {"人", "number_unreadable"}, "3（）": {"人", "number_unreadable"}, "3（4）": {"人",
			"number_unreadable"},
	} {
		q, err := Quantity(written, c.measure)
		got := q.Amount.String()
		if q.Precision != kpi.Exact {
			got += " " + string(q.Precision)
		}
		if e, ok := err.(*kpi.Error); ok {
			got = e.Text.Key
		}
		if got != c.want {
			t.Errorf("%s over %s: %s, want %s", written, c.measure, got, c.want)
		}
	}
	for _, table := range []string{"指标|单位|计量单位|完成数;trained|荆竹镇|名|3", "指标|单位|完成数（位）;trained|荆竹镇|3",
		"单位：名|;指标|单位|完成数;trained|荆竹镇|3",
		"指标|单位|计量单位|完成数;users|荆竹镇|家|3", "指标|单位|完成数（家）;users|荆竹镇|3", "指标|单位|计量单位|完成数;trained|荆竹镇|persons|3"} {
		r, err := ReadTable(grid(t, append([]string{"2026年10月"}, strings.Split(table, ";")...)...), knownCounty, Choices{})
		if err != nil || len(r.Questions) > 0 || len(r.Asks) > 0 || len(r.Figures) != 1 || len(r.Figures[0].Mistakes) > 0 {
			t.Errorf("%s: %v %v", table, err, asked(r))
		}
	}
	r, err := ReadTable(grid(t, "2026年10月", "指标|单位|完成数（人次）", "trained|荆竹镇|3"), knownCounty, Choices{})
	if err != nil || len(r.Questions) != 1 || r.Questions[0].Kind() != "measure" {
		t.Errorf("visits over people: %v %v", err, asked(r))
	}
}

// Words that say that there is no figure are left out and said once for a column, never refused and never 0.
func TestWordsForNoFigureAreLeftOut(t *testing.T) {
	for _, words := range []string{"未开展", "暂未开展", "未发生", "尚未开展", "没有", "未统计", "未报", "没有开展", "本月未开展", "未开展此项工作",
		"无此项工作", "待报",
		"不涉及", "Not started", "not held yet", "None yet", "Nothing to report", "TBD", "pending"} {
		r, err := ReadTable(grid(t, "2026年10月", "指标|单位|完成数", "trained|荆竹镇|"+words, "trained|文坪镇|"+words, "trained|晏田乡|5"),
			knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", words, err)
			continue
		}
		wantAsked(t, words, r, "C5 trained yantian 2026-10-31 5", "left C3 import_cell_nothing")
		if len(r.Left) == 1 && r.Left[0].Text.Args[1] != 2 || r.Blank != 2 {
			t.Errorf("%s: %v, %d blank", words, r.Left, r.Blank)
		}
	}
	for words, want := range map[string]string{"无": "", "—": "", "N/A": "", "0": "C3 trained jingzhu 2026-10-31 0",
		"未完成":   "C3 trained jingzhu 2026-10-31 0 !C3 number_unreadable",
		"未开展3场": "C3 trained jingzhu 2026-10-31 0 !C3 number_unreadable"} {
		r, err := ReadTable(grid(t, "2026年10月", "指标|单位|完成数", "trained|荆竹镇|"+words), knownCounty, Choices{})
		if got := strings.Join(asked(r), "; "); err != nil || got != want {
			t.Errorf("%s: %s, %v", words, got, err)
		}
	}
	r, err := ReadTable(grid(t, "2026年10月", "指标|单位|完成数", "duty|荆竹镇|未完成", "duty|文坪镇|未开展"), knownCounty, Choices{})
	if err != nil {
		t.Fatal(err)
	}
	wantAsked(t, "judgements", r, "C3 duty jingzhu 2026-10-31 missed", "left C4 import_cell_nothing")
}
