package intake

import (
	"fmt"
	"strings"
	"testing"
)

func bareGrid(t *testing.T, text string) []Grid {
	t.Helper()
	grids, err := Grids(t.Context(), "pasted.tsv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return grids
}

// Tables without headings, as they are pasted: what their columns are taken to be, and from which row.
func TestTheColumnsOfABareTableAreGuessed(t *testing.T) {
	for text, want := range map[string]string{
		"培训妇女人数\t人\t1300\n两癌免费检查人数\t人\t10500\n发放宣传单\t份\t6000\n": "0 name measure value",
		"1\t思想引领\t百场宣讲进基层活动\t场\t≥100\t5\t办公室\n2\t思想引领\t新媒体推送\t条\t240\t5\t组宣部\n" +
			"3\t巾帼发展\t培训妇女人数\t人\t不少于1300\t10\t办公室\n4\t巾帼发展\t注册用户\t户\t15,000\t2.5\t办公室\n": "0  area name measure value weight owner",
		"事\t量\n开展宣讲\t12场\n慰问困难妇女\t40人\n": "1 name value",
		"开展宣讲\n慰问困难妇女\n":                 "0 name",
	} {
		l := GuessLayout(BareTable(bareGrid(t, text)))
		var columns []string
		for _, c := range l.Columns {
			columns = append(columns, string(c))
		}
		if got := fmt.Sprint(l.From, " ", strings.Join(columns, " ")); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestATableIsReadAsAPersonSays(t *testing.T) {
	const text = "事\t量\t谁\n1、开展宣讲\t12场\t办公室\n慰问困难妇女\t40人\t组宣部\n合计\t\t\n"
	for want, l := range map[string]IndicatorLayout{
		"开展宣讲 12场 办公室; 慰问困难妇女 40人 组宣部": {[]IndicatorColumn{IndicatorName, IndicatorTarget, IndicatorOwner}, 1},
		"事  ; 开展宣讲  ; 慰问困难妇女  ":        {[]IndicatorColumn{IndicatorName, "", "rubbish"}, 0},
		"indicators_no_name":      {[]IndicatorColumn{"", IndicatorTarget}, 0},
		"indicators_column_twice": {[]IndicatorColumn{IndicatorName, IndicatorName}, 0},
		"":                        {[]IndicatorColumn{IndicatorName}, 99},
	} {
		table, err := ReadIndicatorsAs(bareGrid(t, text)[0], l, 2026)
		var rows []string
		for _, r := range table.Rows {
			cells := []string{r.Cells[IndicatorName], r.Cells[IndicatorTarget], r.Cells[IndicatorOwner]}
			rows = append(rows, strings.Join(cells, " "))
		}
		got := strings.Join(rows, "; ")
		if err != nil {
			got = strings.TrimPrefix(err.Error(), "invalid: ")
		}
		if got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
}
