package check

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// document reads a Word file of testdata.
func document(t *testing.T, name string) []intake.Line {
	t.Helper()
	file, err := os.ReadFile("../testdata/document/" + name)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := intake.Document(t.Context(), name, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// told are the findings of a document, with their places, in Chinese; numbering aside.
func told(in Input, lines []intake.Line) (out []string) {
	p := lang.For(lang.Chinese)
	for _, f := range Document(in, lines).Findings {
		if f.Code != "numeral" {
			out = append(out, in.SectionName(f.Section)+"："+p.Text(f.Text))
		}
	}
	slices.Sort(out)
	return out
}

// plainYear is a year without indicators, so that a document is held against itself alone.
func plainYear() Input {
	return Input{Input: report.Input{Language: lang.For(lang.Chinese), Office: report.Office{Name: "某县妇女联合会"},
		Texts: map[report.SectionKey]string{}}}
}

func TestTheScoresOfPublishedTablesAreChecked(t *testing.T) {
	for name, want := range map[string][]string{
		"f02_selfeval_table.docx": {
			"表1第3行：指标值“≥26”，完成值“12”，没有达到，却得了满分5。",
			"表1第7行：得分5.5超过分值5。",
			"表1第8行：“指标权重（分）”一栏合计写作“30”，各行相加是27。",
		},
		"f02b_mof_table.docx": {
			"表1第3行：指标值“≥24期”，完成值“20”，没有达到，却得了满分8。",
			"表1第4行：指标值“≤90万元”，完成值“95”，没有达到，却得了满分8。",
			"表1第5行：指标值“≥90%”，完成值“85%”，没有达到，却得了满分10。",
			"表1第6行：“得分”一栏合计写作“36”，各行相加是34。",
		},
		"f12c_zongfen.docx": {
			"表1第3行：得分25超过分值20。",
			"表1第4行：“得分”一栏合计写作“36”，各行相加是33。",
		},
	} {
		if got := told(plainYear(), document(t, name)); !slices.Equal(got, want) {
			t.Errorf("%s: told\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// One wrong number in a table of a usual shape is told, once; the same table with the right number says nothing.
func TestTablesOfUsualShapesAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		rows        []string
		right, want string // in the place of …, and what is told of the wrong one (the first row's …)
		wrong       string
	}{
		"points above weight": {[]string{"指标|分值|得分", "甲|10|…", "乙|20|18"}, "10", "第2行：得分10.5超过分值10", "10.5"},
		"score before weight": {[]string{"指标|自评得分|权重", "甲|…|10", "乙|18|20"}, "9", "第2行：得分11超过分值10", "11"},
		"full marks":          {[]string{"考核内容|满分|实得分", "甲|10|…"}, "10", "第2行：得分12超过分值10", "12"},
		"two levels of weight": {[]string{"一级指标|分值|三级指标|分值|得分", "产出|50|甲|10|…", "||乙|40|40"}, "10",
			"第2行：得分30超过分值10", "30"},
		"groups side by side":    {[]string{"指标|分值|得分|指标|分值|得分", "甲|10|9|乙|20|…"}, "20", "第2行：得分25超过分值20", "25"},
		"weights in per cent":    {[]string{"指标|权重（%）|得分", "甲|60|…", "乙|40|40"}, "60", "第2行：得分61超过分值60", "61"},
		"spaces and full width":  {[]string{"指标|分值|得分", "甲|１０|…"}, "１０", "第2行：得分11超过分值10", "１１"},
		"a title over the table": {[]string{"自评表|||", "指标|分值|得分|备注", "甲|10|…|"}, "10", "第3行：得分11超过分值10", "11"},
		"in English":             {[]string{"Indicator|Weight|Score", "A|10|…"}, "10", "第2行：得分11超过分值10", "11"},
		"full points for too little": {[]string{"三级指标|年度指标值|实际完成值|分值|得分", "培训|≥24期|…|8|8"}, "24期",
			"第2行：指标值“≥24期”，完成值“20期”，没有达到", "20期"},
		"full points for too much": {[]string{"三级指标|指标值|完成值|分值|得分", "成本|≤90万元|…|8|8"}, "90万元",
			"第2行：指标值“≤90万元”，完成值“95万元”，没有达到", "95万元"},
		"yuan beside 10,000 yuan":    {[]string{"三级指标|指标值|完成值|分值|得分", "成本|≤90万元|…|8|8"}, "890000元", "没有达到", "910000元"},
		"a rate missed":              {[]string{"三级指标|指标值|完成值|分值|得分", "满意度|≥90%|…|10|10"}, "90.00%", "没有达到", "89.99%"},
		"more than":                  {[]string{"三级指标|指标值|完成值|分值|得分", "培训|＞24|…|8|8"}, "25", "没有达到", "24"},
		"less than":                  {[]string{"三级指标|指标值|完成值|分值|得分", "差错|＜3|…|8|8"}, "2", "没有达到", "3"},
		"exactly":                    {[]string{"三级指标|指标值|完成值|分值|得分", "讲座|＝12场|…|8|8"}, "12场", "没有达到", "11场"},
		"greater or equal, in words": {[]string{"三级指标|指标值|完成值|分值|得分", "满意度|大于等于90%|…|8|8"}, "90%", "没有达到", "89%"},
		"less or equal, in words":    {[]string{"三级指标|指标值|完成值|分值|得分", "投诉|小于或等于3件|…|8|8"}, "3件", "没有达到", "4件"},
		"and above": {[]string{"三级指标|指标值|完成值|分值|得分", "调解|50起以上|…|8|8"}, "50起",
			"指标值“≥50起”，完成值“49起”，没有达到", "49起"},
		"this and above":     {[]string{"三级指标|指标值|完成值|分值|得分", "满意度|95%及以上|…|8|8"}, "95.0%", "没有达到", "94.9%"},
		"reaches":            {[]string{"三级指标|指标值|完成值|分值|得分", "调解|达到50起|…|8|8"}, "50", "没有达到", "49"},
		"at most so many":    {[]string{"三级指标|指标值|完成值|分值|得分", "投诉|3件以内|…|8|8"}, "3件", "没有达到", "4件"},
		"some more than 190": {[]string{"三级指标|指标值|完成值|分值|得分", "培训|≥200|…|8|8"}, "200余", "完成值“190余”，没有达到", "190余"},
		"nearly": {[]string{"三级指标|指标值|完成值|分值|得分", "培训|≥200人|…|8|8"}, "200人",
			"完成值“近200人”，没有达到", "近200人"},
		"about": {[]string{"三级指标|指标值|完成值|分值|得分", "培训|200人以上|…|8|8"}, "约200人",
			"完成值“约190人”，没有达到", "约190人"},
		"10,000s nearly":         {[]string{"三级指标|指标值|完成值|分值|得分", "培训|≥20000人|…|8|8"}, "2万余人", "没有达到", "1万余人"},
		"a floor over a ceiling": {[]string{"三级指标|指标值|完成值|分值|得分", "成本|≤90元|…|8|8"}, "80余元", "没有达到", "100余元"},
		"one heading with its sum": {[]string{"指标|分值|得分", "产出指标|50|45", "甲|20|18", "乙|30|27", "总分|50|…"}, "45",
			"“得分”一栏合计写作“44”", "44"},
		"a first level of its own": {[]string{"一级指标|三级指标|分值|得分", "产出（50分）||50|44", "|甲|20|20", "|乙|30|24", "总分||50|…"},
			"44", "“得分”一栏合计写作“45”，各行相加是44", "45"},
		"a first level beside a row": {[]string{"一级指标|三级指标|分值|得分", "产出||50|44", "|甲|20|20", "|乙|30|24", "效益|丙|10|9",
			"总分||60|…"}, "53", "各行相加是53", "54"},
		"three levels": {[]string{"一级|二级|三级|分值", "产出|||50", "|数量||20", "||甲|15", "||乙|5", "|质量||30",
			"||丙|10", "||丁|20", "总分|||…"}, "50", "各行相加是50", "51"},
		"three levels in one column": {[]string{"指标|分值", "产出|50", "数量|20", "甲|15", "乙|5", "质量|30", "丙|10", "丁|20",
			"总分|…"}, "50", "合计写作“51”", "51"},
		"a heading that is no sum": {[]string{"一级指标|三级指标|分值|得分", "产出||50|…", "|甲|20|20", "|乙|30|24", "总分||50|44"}, "44",
			"“产出”的“得分”写作“45”，其下各行相加是44", "45"},
		"a merged first level": {[]string{"一级指标|三级指标|分值|得分", "产出|甲|20|20", "|乙|30|24", "效益|丙|10|9", "总分||60|…"},
			"53", "各行相加是53", "44"},
		"in words": {[]string{"三级指标|指标值|完成值|分值|得分", "讲座|不少于12场|…|8|8"}, "12场", "没有达到", "11场"},
		"a sign in a column of its own": {[]string{"指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|指标权重（分）|指标得分（分）", "培训|次|≥|26||…|5|5"},
			"26", "指标值“≥26”", "12"},
		"the adjusted target": {[]string{"指标名称|指标性质|年初指标值|调整指标值|全年完成值|权重|得分", "培训|≥|26|12|…|5|5"}, "12",
			"指标值“≥12”", "11"},
		"without a sign":                 {[]string{"指标|目标值|完成值|分值|得分", "培训期数|24|…|8|8"}, "24", "指标值“24”，完成值“20”", "20"},
		"a factor":                       {[]string{"指标|得分系数（%）|权重|得分", "甲|80%|10|…"}, "8", "得分9不等于分值10×80%＝8", "9"},
		"a factor of a head in per cent": {[]string{"指标|得分系数（%）|权重|得分", "甲|80|5|…"}, "4", "得分4.5不等于分值5×80＝4", "4.5"},
		"a total at the end": {[]string{"指标|分值|得分", "甲|10|8", "乙|20|18", "总分|30|…"}, "26",
			"“得分”一栏合计写作“27”，各行相加是26", "27"},
		"a total at the beginning": {[]string{"指标|分值|得分", "合计|30|…", "甲|10|8", "乙|20|18"}, "26",
			"第2行：“得分”一栏合计写作“27”，各行相加是26", "27"},
		"a total with a bracket": {[]string{"指标|分值|得分", "甲|10|8", "乙|20|18", "总分（30分）|30|…"}, "26",
			"“得分”一栏合计写作“26.1”", "26.1"},
		"a total by decimals": {[]string{"指标|分值|得分", "甲|10|8.62", "乙|20|18.55", "丙|10|9.91", "合 计|40|…"}, "37.08",
			"合计写作“37.10”", "37.10"},
		"a total of weights": {[]string{"指标|分值|得分", "甲|10|8", "乙|20|18", "总得分|…|26"}, "30",
			"“分值”一栏合计写作“31”，各行相加是30", "31"},
		"subtotals": {[]string{"指标|分值|得分", "甲|10|8", "乙|20|18", "小计|30|…", "丙|5|5", "总分|35|31"}, "26",
			"第4行：“得分”一栏合计写作“25”，各行相加是26", "25"},
		"measures beside weights": {[]string{"指标|计量单位|分值|得分", "甲|人|10|8", "乙|场|20|18", "合计||30|…"}, "26",
			"各行相加是26", "24"},
		"headings with sums": {[]string{"指标|分值|得分", "产出指标|30|26", "甲|10|8", "乙|20|18", "效益指标|10|9", "丙|10|9",
			"总分|40|…"}, "35", "“得分”一栏合计写作“36”", "36"},
		"heads in the middle": {[]string{"项目资金|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|100|98|10|98%|9.8",
			"一级指标|年度指标值|实际完成值|分值|得分|备注", "产出|≥5场|5|50|50|", "效益|≥9次|9|40|40|", "总分|||100|…|"}, "99.8",
			"第6行：“得分”一栏合计写作“97”", "97"},
		"a rate": {[]string{"指标|年度指标值|完成值|完成率", "甲|200|150|…"}, "75%",
			"“80%”不等于150÷200＝75.00%", "80%"},
		"a rate of a head in per cent": {[]string{"指标|指标值|完成值|完成率（%）", "甲|200|150|…"}, "75.0",
			"“80”不等于150÷200＝75.00%", "80"},
		"rates of groups": {[]string{"指标|目标|完成|完成率|指标|目标|完成|完成率", "甲|200|150|75%|乙|40|30|…"}, "75%",
			"“80%”不等于30÷40＝75.00%", "80%"},
		"a rate of what was adjusted": {[]string{"项目|年初预算|调整预算|全年执行数|执行率", "甲|300|200|150|…"}, "75%",
			"“60%”不等于150÷200＝75.00%", "60%"},
		"a space in a number": {[]string{"指标|目标任务|已完成|完成率", "甲|10 000|7 500|…"}, "75%",
			"“70%”不等于7,500÷10,000＝75.00%", "70%"},
		"money, totals first": {[]string{"项目|预算数|支出数", "合计|300.5|…", "基本|200.5|100.2", "项目|100|100"}, "200.2",
			"第2行：“支出数”一栏合计写作“201.2”", "201.2"},
	} {
		for _, wrong := range []bool{false, true} {
			in := c.right
			if wrong {
				in = c.wrong
			}
			got := told(plainYear(), rows(1, strings.Split(strings.ReplaceAll(strings.Join(c.rows, "\n"), "…", in), "\n")...))
			switch {
			case !wrong && len(got) > 0:
				t.Errorf("%s: nothing is wrong, but told: %q", name, got)
			case wrong && (len(got) != 1 || !strings.Contains(got[0], c.want)):
				t.Errorf("%s: told %q, want %q", name, got, c.want)
			}
		}
	}
}

// What looks wrong and is not, or cannot be judged, is let be.
func TestWhatATableDoesNotSayIsNotJudged(t *testing.T) {
	for name, table := range map[string][]string{
		"a judgement in words":       {"指标|指标性质|指标值|完成值|分值|得分", "资产安全|定性|好|好|5|5"},
		"better than was to be":      {"指标|指标值|完成值|分值|得分", "讲座|＝12场|15场|8|8"},
		"a ceiling without a sign":   {"指标|指标值|完成值|分值|得分", "投诉件数|5|3|8|8", "单位成本|90|80|8|8"},
		"a fraction beside per cent": {"指标|指标值|完成值|分值|得分", "满意度|≥90%|0.95|8|8"},
		"yuan beside 10,000 yuan":    {"指标|指标值|完成值|分值|得分", "成本|≤90万元|855000|8|8"},
		"a date":                     {"指标|指标值|完成值|分值|得分", "完成时间|≤12月|11月|8|8", "完成时限|12月底前|12月|8|8"},
		"two measures":               {"指标|指标值|完成值|分值|得分", "培训|≥20期|500人|8|8"},
		"approximate": {"指标|指标值|完成值|分值|得分", "培训|≥200人|200余人|8|8", "培训|≥195人|190余人|8|8",
			"培训|≥200人|150以上|8|8", "成本|≤200元|190余元|8|8"},
		"a budget is not a target":         {"项目|全年预算数|全年执行数|分值|得分", "总额|100|98|10|10"},
		"rules beside scores":              {"指标|分值|评分标准|得分", "甲|10|20|8"},
		"the share of points":              {"指标|分值|得分率|得分", "甲|10|80%|8"},
		"execution elsewhere":              {"预算执行率见正文|分值|得分", "甲|50|48", "乙|40|39", "总分|100|96.5"},
		"points by halves":                 {"指标|分值|得分", "甲|10|8.5", "乙|20|18.5", "总分|30|27"},
		"parts in their whole":             {"指标|人数", "甲|10", "其中：女|6", "乙|20", "合计|30"},
		"years as heads":                   {"指标|2021年|2022年", "甲|10|20", "乙|1|2", "合计|11|22"},
		"half a year and a year":           {"指标|指标值|上半年完成|全年完成|分值|得分", "培训|≥24|10|24|8|8"},
		"last year beside this":            {"指标|目标|上年完成|完成|分值|得分", "培训|≥24|10|24|8|8"},
		"of 100,000":                       {"指标|目标|完成|每10万人", "甲|200|150|3.2"},
		"a serial number":                  {"序号|指标|分值|得分", "1|甲|10|8", "2|乙|20|20", "|合计|30|28"},
		"no points yet":                    {"指标|分值|得分", "甲|10|", "乙|20|", "总分|30|"},
		"a dash":                           {"指标|分值|得分", "甲|10|—", "乙|20|20", "合计|30|20"},
		"deductions":                       {"指标|分值|扣分|得分", "甲|10|2|8", "乙|20|0|20", "合计|30|2|28"},
		"a word that holds another's name": {"指标得分情况说明|分值|得分", "甲|10|9"},
	} {
		lines := rows(1, table...)
		if got := told(plainYear(), lines); len(got) > 0 {
			t.Errorf("%s: told %q", name, got)
		}
	}
}

// The sign decides on exact numbers, and what is not sure is a warning.
func TestTablesAreCheckedAsFarAsTheyAreUnderstood(t *testing.T) {
	found := Document(plainYear(), rows(1, "指标|目标值|完成值|分值|得分", "培训期数|24|20|8|8", "讲座|≥24|20|8|8")).Findings
	if len(found) != 2 || found[0].Severity != SeverityError || found[1].Severity != SeverityWarning ||
		found[1].Section != report.RowKey(1, 2) {
		t.Errorf("found %+v", found)
	}
	for cell, want := range map[string]tableNumber{
		"≥50个": {"50个", kpi.Whole(50), 0, "个", kpi.AtLeastSign}, "10 678户": {"10 678户", kpi.Whole(10678), 0, "户",
			""}, "10\u202f678": {"10 678", kpi.Whole(10678), 0, "", ""},
		"-5": {"-5", -kpi.Whole(5), 0, "", ""}, "８５％": {"85%", kpi.Whole(85), 0, "%", ""}, "≤ 1,200.5 元": {"1,200.5元",
			kpi.Whole(1200) + kpi.One/2, 1, "元", kpi.AtMostSign},
	} {
		if got, ok := readNumber(cell); !ok || got != want {
			t.Errorf("%s is read as %+v", cell, got)
		}
	}
	for _, cell := range []string{"2022年", "12月", "3日", "1 2", "10 67", "200余", "30以上", "3-5", "10²", "约200人", "", "—",
		"好", "12期500人", "1,20"} {
		if got, ok := readNumber(cell); ok {
			t.Errorf("%q is read as %+v", cell, got)
		}
	}
}

// What ships with the program, and the whole reports that it writes, are found right.
func TestWhatShipsHasNoSumsOrScoresThatAreWrong(t *testing.T) {
	texts, err := filepath.Glob("../../../data/demo/*/report.*.md")
	if err != nil || len(texts) < 4 {
		t.Fatalf("%q: %v", texts, err)
	}
	documents := map[string][]intake.Line{}
	for _, name := range texts {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		documents[name] = textLines(strings.Split(string(text), "\n")...)
	}
	for name, in := range years(t) {
		var file bytes.Buffer
		if err := paper.WriteDocx(&file, report.Build(in)); err != nil {
			t.Fatal(err)
		}
		documents[name], err = intake.Document(t.Context(), "a.docx", bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, lines := range documents {
		in := plainYear()
		for _, f := range Document(in, lines).Findings {
			if slices.Contains([]string{"quotient", "totals", "score_band", "staffing", "part_larger", "hidden_text"}, f.Code) {
				t.Errorf("%s: %s: %s", name, in.SectionName(f.Section), lang.For(lang.Chinese).Text(f.Text))
			}
		}
	}
}
