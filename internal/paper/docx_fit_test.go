package paper

import (
	"slices"
	"strings"
	"testing"

	"dabiao/internal/lang"
)

func TestNumbersKeepTheirMeasuresSignsAndBrackets(t *testing.T) {
	for line, want := range map[string]string{
		"100.00%":            "100.00%",
		"94.17%（210/223）":    "94.17%|（210/223）",
		"≥10361人次":           "≥10361人次",
		"不少于5201份":           "不|少|于|5201份",
		"18个（截至10月25日）":      "18个|（截|至|10月|25日）",
		"1,259 people":       "1,259 |people",
		"1095.96万元":          "1095.96万元",
		"低于目标3.18个百分点":       "低|于|目|标|3.18|个|百|分|点",
		"2023-07-18":         "2023-07-18",
		"":                   "",
		"未填报":                "未|填|报",
		"≥1200人次；偏差：少93人次":   "≥1200人次；|偏|差：|少|93人次",
		"at least ≥15,000":   "at |least |≥15,000",
		"Government-managed": "Government-|managed", "2023-07-18 to 2023-08-01": "2023-07-18 |to |2023-08-01",
	} {
		if got := strings.Join(units(line), "|"); got != want {
			t.Errorf("%s: %s, not %s", line, got, want)
		}
	}
}

func TestNoNumberIsBrokenInACell(t *testing.T) {
	l := lettererOf(lang.Chinese)
	for text, want := range map[string]string{
		"94.17%（210/223）": "94.17%\v（210/223）",
		"不少于5201份":        "不少于\v5201份",
		"2-1-1至2-1-4":     "2-1-1至\v2-1-4",
		"一\n二":            "一\n二",
		"三个百分点":           "三个百分点",
	} {
		if got := l.whole(text, l.width("（210/223）")); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestColumnsAreAsWideAsTheirLongestNumber(t *testing.T) {
	l := lettererOf(lang.Chinese)
	table := Table{Widths: []int{60, 10, 10, 20}}
	table.Add(Words("一般公共预算：基本支出"), Words("1234567.89"), Words("100.00%"), Words("—"))
	table.Add(Words("合计").Over(3, 1), Words("2023年7月18日"))
	const whole = 6000
	widths := l.fit([]Table{table}, whole)
	if sum(widths) != whole {
		t.Errorf("%v adds up to %d", widths, sum(widths))
	}
	for i, c := range table.Rows[0].Cells {
		if i > 0 && widths[i] < l.least(c.Text()) {
			t.Errorf("column %d is %d wide, %s needs %d", i, widths[i], c.Text(), l.least(c.Text()))
		}
	}
	if crowded := l.fit([]Table{table}, 1500); sum(crowded) != 1500 || slices.Min(crowded) <= 0 {
		t.Errorf("a table with no room: %v", crowded)
	}
}

func TestHeadingsBeginAgainOnTheNextPage(t *testing.T) {
	table := Table{Widths: []int{10, 30}, Head: 1}
	table.Add(Label("一级指标"), Label("指标"))
	const rows = 70
	for i := range rows {
		var cells []Cell
		if i == 0 {
			cells = []Cell{Label("产出").Over(1, rows)}
		}
		table.Add(append(cells, Words("召开会议"))...)
	}
	x := Markup{letters: lettererOf(lang.Chinese), height: textHeight}
	x.table(table, x.letters.fit([]Table{table}, TextWidth), 0)
	if n := strings.Count(x.String(), ">产出<"); n != 2 {
		t.Errorf("the heading stands %d times on two pages", n)
	}
	laid := (&Markup{letters: x.letters, height: textHeight}).turns(table, scaled(table.Widths, TextWidth), 0)
	if len(laid.turns) != 1 {
		t.Errorf("pages turn at %v", laid.turns)
	}
}

// Long words are hyphenated in cells that are too narrow for them; numbers and abbreviations never are.
func TestLongWordsAreHyphenatedInNarrowCells(t *testing.T) {
	for word, want := range map[string]string{"Satisfaction": "Satis|fac|tion", "Implementing": "Implement|ing",
		"Timeliness": "Timeli|ness", "expenditure": "expen|diture", "Quantity": "Quan|tity", "Development": "Develop|ment",
		"Output": "Output", "benefit": "benefit"} {
		if got := strings.Join(syllables(word), "|"); got != want {
			t.Errorf("%s: %s, not %s", word, got, want)
		}
	}
	l := lettererOf(lang.English)
	narrow := l.width("Satisfac-")
	for text, want := range map[string]string{"Satisfaction": "Satis\u00adfac\u00adtion", "≥¥150,000,000": "≥¥150,000,000",
		"UNESCOHERITAGE": "UNESCOHERITAGE", "Output": "Output"} {
		if got := l.soft(text, narrow); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	got := strings.Join(l.lines(l.soft("Satisfaction of those", narrow), narrow), "|")
	if got != "Satis\u00adfac\u00ad|tion |of |those" && got != "Satis\u00adfac\u00ad|tion of |those" {
		t.Errorf("lines %q", got)
	}
	if got := l.soft("Satisfaction", l.width("Satisfaction")); got != "Satisfaction" {
		t.Errorf("a word with room is parted: %q", got)
	}
}
