package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

func mustTable(t *testing.T, name string) []row {
	t.Helper()
	rows, err := table(name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestThePublishedYearHasTheKnownFigures(t *testing.T) {
	rows := mustTable(t, "2022/indicators.csv")
	if len(rows) != 66 {
		t.Errorf("%d indicators, want 66", len(rows))
	}
	known := map[string]string{ // code: value precision wording date
		"two-cancer-screened":           "10780 exact 10780人 2022-12-31",
		"two-cancer-relief":             "310000 exact 31万 2022-12-31",
		"consultations":                 "200 at_least 200余人次 2022-03-31",
		"energy-home-users":             "10779 exact 10779户 2022-11-30",
		"disputes-mediated":             "223 exact 223起 2022-12-31",
		"mediations-settled":            "210 exact 210起 2022-12-31",
		"visit-relief":                  "50000 at_least 5余万元 2022-12-31",
		"subsidy-sales":                 "1500000 at_least 150多万 2022-12-31",
		"integrity-letters":             "200 below 近200封 2022-06-30",
		"recorded-questioning-coverage": "100 exact 全覆盖 2022-12-31",
		"mediation-success-rate":        " exact  2022-12-31",
	}
	codes := map[string]bool{}
	for _, r := range rows {
		if codes[r["code"]] {
			t.Errorf("%s stands twice", r["code"])
		}
		codes[r["code"]] = true
		got := strings.Join([]string{r["value"], r["precision"], r["as_written"], r["as_of"]}, " ")
		if want, ok := known[r["code"]]; ok && got != want {
			t.Errorf("%s: %q, want %q", r["code"], got, want)
		}
		delete(known, r["code"])
	}
	if len(known) > 0 {
		t.Errorf("missing: %v", known)
	}
}

// The columns of the source, written out again, equal the source byte for byte: nothing was added,
// dropped or retouched on the way into the demo.
func TestThePublishedYearIsTheFactsUnchanged(t *testing.T) {
	const facts = "2afe9631795ed776634544cf01cb98ae4b0b0683e942d6ec7084e5d1dda7b3e9" // SHA-256 of the source file
	columns := strings.Fields("code area name_zh name_en kind measure value precision as_written as_of target category part_of note")
	sum := sha256.New()
	w := csv.NewWriter(sum)
	w.UseCRLF = true
	lines := [][]string{columns}
	for _, r := range mustTable(t, "2022/indicators.csv") {
		var line []string
		for _, c := range columns {
			line = append(line, r[c])
		}
		lines = append(lines, line)
	}
	if err := w.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != facts {
		t.Errorf("the figures of 2022 hash to %s, the facts to %s", got, facts)
	}
}

// What the source wrote must be read as the value beside it.
func TestIntakeReadsThePublishedWordings(t *testing.T) {
	for _, r := range mustTable(t, "2022/indicators.csv") {
		if r["as_written"] == "" || r["kind"] == string(kpi.Level) {
			continue
		}
		q, err := intake.Quantity(r["as_written"], kpi.Measure(r["measure"]))
		if err != nil {
			t.Errorf("%s: %v", r["code"], err)
			continue
		}
		precision := kpi.Precision(r["precision"])
		if q.Amount.String() != r["value"] || q.Precision != precision || q.Wording != r["as_written"] {
			t.Errorf("%s: %+v, want %s %s", r["code"], q, r["value"], precision)
		}
	}
}

func TestTheBudgetOf2022IsTheFacts(t *testing.T) {
	lines, err := publishedBudget()
	if err != nil {
		t.Fatal(err)
	}
	var income, spent kpi.Amount
	for _, l := range lines {
		if err := l.Check(); err != nil {
			t.Errorf("%s %s: %v", l.Fund, l.Nature, err)
		}
		income, spent = income+l.Income, spent+l.Spent
	}
	if len(lines) != 5 || income != kpi.Whole(1_539_800) || spent != income {
		t.Errorf("%d lines, income %s, spent %s", len(lines), income, spent)
	}
}

func TestTheCountyHasEighteenTownshipsWhoseSharesAreAHundred(t *testing.T) {
	units := mustTable(t, "units.csv")
	all, err := places(units, false)
	if err != nil || len(all) != 18 || all[0].sum != 100 {
		t.Errorf("%d townships, shares %d, %v", len(all), all[0].sum, err)
	}
	for _, r := range units[1:] {
		if r["parent"] != "wugang" || r["name_en"] == "" {
			t.Errorf("unit %s: %v", r["code"], r)
		}
	}
	if !slices.ContainsFunc(units, func(r row) bool { return r["code"] == reportingUnit }) {
		t.Error("the reporter's township is none")
	}
}

// 产出 50, 效益 30, 满意度 10; the budget's execution completes the hundred.
func TestTheSampleWeightsFollowTheForm(t *testing.T) {
	all, err := plans(2026)
	if err != nil {
		t.Fatal(err)
	}
	known, err := knownIndicators()
	if err != nil {
		t.Fatal(err)
	}
	last := map[string]plan{}
	for _, p := range all {
		last[p.indicator] = p
	}
	sums := map[string]kpi.Percent{}
	for code, p := range last {
		switch kpi.Category(known[code]["category"]) {
		case kpi.CatQuantity, kpi.CatQuality, kpi.CatTimeliness, kpi.CatCost:
			sums["output"] += p.target.Weight
		case kpi.CatSatisfaction:
			sums["satisfaction"] += p.target.Weight
		default:
			sums["benefit"] += p.target.Weight
		}
	}
	if sums["output"] != 50_00 || sums["benefit"] != 30_00 || sums["satisfaction"] != 10_00 {
		t.Errorf("weights %v", sums)
	}
}

func TestTheReportTextsHoldNoFigures(t *testing.T) {
	figure := regexp.MustCompile(`[0-9０-９]`)
	for files, want := range map[string]int{"2022/report": 9, "sample/areas": 5} {
		zh, err := passages(files + ".zh-CN.md")
		if err != nil {
			t.Fatal(err)
		}
		en, err := passages(files + ".en.md")
		if err != nil {
			t.Fatal(err)
		}
		for key, text := range zh {
			if text == "" || en[key] == "" || figure.MatchString(text+en[key]) {
				t.Errorf("%s %s: %q / %q", files, key, text, en[key])
			}
		}
		if len(zh) != want || len(en) != want {
			t.Errorf("%s: %d and %d passages, want %d", files, len(zh), len(en), want)
		}
	}
}

func TestLastYearsTextsAreInBothLanguages(t *testing.T) {
	zh, err := passages("sample/report.zh-CN.md")
	if err != nil {
		t.Fatal(err)
	}
	en, err := passages("sample/report.en.md")
	if err != nil {
		t.Fatal(err)
	}
	for key, text := range zh {
		if text == "" || en[key] == "" {
			t.Errorf("%s: %q / %q", key, text, en[key])
		}
	}
	if len(zh) != 5 || len(en) != 5 {
		t.Errorf("%d and %d passages", len(zh), len(en))
	}
}

func TestDocumentsAreValidFiles(t *testing.T) {
	if _, err := png.Decode(bytes.NewReader(document("a.png"))); err != nil {
		t.Error(err)
	}
	if bytes.Equal(document("a.png"), document("b.png")) {
		t.Error("two names give one picture")
	}
	pdf := document("a.pdf")
	if !bytes.HasPrefix(pdf, []byte("%PDF-1.4\n")) || !bytes.HasSuffix(pdf, []byte("%%EOF\n")) {
		t.Error("no PDF")
	}
	start := bytes.Index(pdf, []byte("\nxref\n")) + 1
	if !bytes.Contains(pdf, []byte("startxref\n"+itoa(start)+"\n")) {
		t.Error("startxref does not point at xref")
	}
}

func itoa(n int) string { return kpi.Whole(int64(n)).String() }

func TestSpreadSumsToTheWhole(t *testing.T) {
	shares := []int{7, 7, 6, 6, 7, 6, 5, 6, 5, 6, 5, 5, 4, 5, 6, 5, 4, 5}
	for _, whole := range []int64{0, 1, 17, 1300, 10_361, 99_999} {
		var sum kpi.Amount
		for _, a := range spread(kpi.Whole(whole), shares) {
			sum += a
		}
		if sum != kpi.Whole(whole) {
			t.Errorf("%d became %s", whole, sum)
		}
	}
}
