package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/progress"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/lang"
)

func xlsx(t *testing.T, in Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXlsx(&b, in, WholeReport); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWorkbooksAreValid(t *testing.T) {
	for name, in := range inputs(t) {
		papertest.Valid(t, name+".xlsx", xlsx(t, in))
	}
}

func TestSameYearIsTheSameWorkbook(t *testing.T) {
	for name, in := range inputs(t) {
		if !bytes.Equal(xlsx(t, in), xlsx(t, in)) {
			t.Errorf("%s: two exports differ", name)
		}
	}
}

func TestWorkbookParts(t *testing.T) {
	golden(t, "2022-zh-CN.xlsx", xlsx(t, facts(t, lang.Chinese)))
	golden(t, "sample-en.xlsx", xlsx(t, sample(t, lang.English)))
}

func open(t *testing.T, in Input) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, in)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// list reads the indicator sheet's rows, raw, by code.
func list(t *testing.T, f *excelize.File, sheet string) map[string][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, row := range rows[listHead:] {
		out[row[1]] = row
	}
	return out
}

func TestNumbersAreNumbersAndApproximateOnesAreAsWritten(t *testing.T) {
	rows := list(t, open(t, facts(t, lang.Chinese)), "指标")
	if len(rows) != 66 {
		t.Errorf("%d indicators, want 66", len(rows))
	}
	for code, want := range map[string][]string{ // target, achievement, completion
		"two-cancer-screened":           {"10361", "10780", "1.0404"},
		"consultations":                 {"", "200余人次", ""},
		"mediation-success-rate":        {"", "0.9417", ""},
		"two-cancer-relief":             {"", "310000", ""},
		"recorded-questioning-coverage": {"", "全覆盖", ""},
	} {
		if got := rows[code][5:8]; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

func TestTextIsNeverAFormula(t *testing.T) {
	f := open(t, sample(t, lang.Chinese))
	if got := list(t, f, "指标")["unsaid"][2]; got != `=HYPERLINK("http://x")` {
		t.Errorf("the name reads %q", got)
	}
	formula := regexp.MustCompile(`<f>(.*?)</f>`)
	ours := regexp.MustCompile(`^(SUM\([A-Z0-9:,]+\)|ROUND\([A-Z0-9]+/[A-Z0-9]+,4\))$`)
	for part, content := range papertest.Unzip(t, xlsx(t, sample(t, lang.Chinese))) {
		for _, m := range formula.FindAllStringSubmatch(content, -1) {
			if strings.HasPrefix(part, "xl/worksheets/") && !ours.MatchString(m[1]) {
				t.Errorf("%s holds the formula %s", part, m[1])
			}
		}
	}
}

// An area has one chart, as wide as the page: measures do not mix on an axis, and parts of the target do.
func TestTargetsAreChartedByArea(t *testing.T) {
	charts := func(in Input) int {
		n := 0
		for part := range papertest.Unzip(t, xlsx(t, in)) {
			if strings.HasPrefix(part, "xl/charts/chart") {
				n++
			}
		}
		return n
	}
	if n := charts(facts(t, lang.Chinese)); n != 1 {
		t.Errorf("one indicator has a target, %d charts", n)
	}
	if n := charts(sample(t, lang.Chinese)); n != 2 {
		t.Errorf("targets in 人, 场, %%, 万元, 人次 and 户, of two areas: %d charts", n)
	}
	rows, err := open(t, sample(t, lang.Chinese)).GetRows("目标与完成")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if len(row) > 3 && row[0] == "约数" && row[3] != "不足2,000" {
			t.Errorf("an approximate figure is charted as %q", row[3])
		}
	}
}

func TestSheetsAreReadyToPrint(t *testing.T) {
	f := open(t, facts(t, lang.Chinese))
	titles := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles[n.Scope] = n.RefersTo
		}
	}
	if titles["自评表"] != "'自评表'!$15:$15" || titles["指标"] != "'指标'!$2:$2" {
		t.Errorf("heads that repeat: %v", titles)
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
			t.Errorf("%s is not A4 landscape, a page wide: %v", sheet, err)
		}
	}
	if head, err := f.GetCellValue("自评表", "A15"); err != nil || head != "一级指标" {
		t.Errorf("the paper's head reads %q (%v)", head, err)
	}
}

// A row of many lines, such as the files behind one figure, is as high as Excel takes and no higher.
func TestManyFilesBehindAFigureFitIntoTheWorkbook(t *testing.T) {
	in := sample(t, lang.Chinese)
	trail := in.Trails[1]
	for i := range 60 {
		file := progress.NumberedEvidence{Evidence: kpi.Evidence{Name: fmt.Sprintf("现场照片%d.jpg", i),
			SHA256: strings.Repeat("c", 64)},
			Number: progress.EvidenceNumber{Area: 1, Indicator: 1, File: 3 + i}}
		trail.Entries[0].Evidence = append(trail.Entries[0].Evidence, file)
	}
	in.Trails[1] = trail
	papertest.Valid(t, "many.xlsx", xlsx(t, in))
}
