package check

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report/reporttest"
)

// The corpus is reports written for this test, as offices write them. Those named clean hold; in the others
// 〖kind|words〗 is a defect of a kind, and 〖kind+|words〗 the other half of one. What is in tune was read while
// the check was written, what is in held was not.
var planted = regexp.MustCompile(`〖([a-z-]+)(\+?)\|([^〗]*)〗`)

// kinds says by which codes a defect of a kind is told.
var kinds = map[string]string{
	"average": "quotient", "awarded": "two_values", "balance": "totals", "budget-record": "budget_said",
	"claim-met": "claim", "claim-missed": "claim", "claim-rate": "quotient", "claims": "claims_complete",
	"event": "event_name", "execution-record": "budget_said quotient", "growth": "quotient",
	"growth-direction": "quotient",
	"hedge-above":      "two_values", "hedge-near": "two_values", "last-value": "last_year",
	"last-year": "last_year stale_reading",
	"measure":   "measure", "mixed": "mixed", "numeral": "numeral", "over-posts": "staffing staffing_said",
	"own-name": "own_name",
	"part":     "part_larger totals two_values", "quotient": "quotient", "said-twice": "two_values",
	"staff-record": "staffing_said staffing", "stale": "stale_reading", "sum": "totals",
	"target-record": "two_values claim", "two-values": "two_values",
}

// defect is a planted one.
type defect struct {
	kind, words string
	line        int
	other       bool // the other half of one
	found       bool
}

// corpusFile is a report with its defects.
type corpusFile struct {
	name    string
	own     bool     // it is of the office whose year it is held against
	records []string // those of its own office
	lines   []intake.Line
	defects []*defect
}

func readCorpus(t testing.TB, folder string) (files []corpusFile) {
	t.Helper()
	paths, err := filepath.Glob("testdata/corpus/" + folder + "/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(strings.TrimSpace(string(raw)), "\n")
		f := corpusFile{name: folder + "/" + strings.TrimSuffix(filepath.Base(path), ".txt"), own: head == "own"}
		for head == "records" && strings.HasPrefix(body, "@") {
			record, rest, _ := strings.Cut(body, "\n")
			f.records, body = append(f.records, record[1:]), rest
		}
		for i, line := range strings.Split(body, "\n") {
			for _, m := range planted.FindAllStringSubmatch(line, -1) {
				f.defects = append(f.defects, &defect{kind: m[1], words: m[3], line: i + 1, other: m[2] != ""})
			}
			f.lines = append(f.lines, intake.Line{Text: planted.ReplaceAllString(line, "$3")})
		}
		files = append(files, f)
	}
	return files
}

// corpusYear is the year that the office's own texts are held against.
func corpusYear(t testing.TB) Input {
	in := clean(t, counted{code: "courses", name: "举办家政服务等培训期数", measure: "期", value: "20", target: "20"},
		counted{code: "screened", name: "两癌免费检查完成人数", measure: "人", value: "10780", target: "10361"},
		counted{code: "settled", name: "调解成功并达成协议", measure: "起", value: "210", target: "200", partOf: "mediated"},
		counted{code: "booklets", name: "发放维权宣传册", measure: "份", value: "80600", target: "80000"},
		counted{code: "lectures", name: "女童权益保护宣讲", measure: "场", value: "26", target: "30"},
		counted{code: "relief", name: "发放两癌救助金", measure: "元", value: "310000", target: "300000", kind: kpi.Money},
		counted{code: "visits", name: "走访慰问困难妇女儿童", measure: "人", value: "342", target: "300"},
		counted{code: "schools", name: "建立家长学校", measure: "所", value: "28", target: "28"},
		counted{code: "families", name: "评选最美家庭", measure: "户", value: "45", target: "40"})
	line := func(nature kpi.Nature, initial, full, spent int64) kpi.BudgetLine {
		first, all := kpi.Whole(initial), kpi.Whole(full)
		return kpi.BudgetLine{Fund: kpi.GeneralBudget, Nature: nature, Initial: &first, Full: &all, Income: all,
			Spent: kpi.Whole(spent), Closing: kpi.Whole(full - spent)}
	}
	in.Board.Budget = progress.Execute([]kpi.BudgetLine{line(kpi.BasicSpend, 1_512_000, 1_600_000, 1_539_800),
		line(kpi.ProjectSpend, 400_000, 400_000, 386_000)}, in.Board.AsOf, kpi.DefaultRules)
	n := func(n int64) *int64 { return &n }
	basic := progress.Basic([]kpi.StaffCount{{Kind: kpi.Administrative, Posts: n(4), People: n(4)},
		{Kind: kpi.Institution, Posts: n(2), People: n(1)}, {Kind: kpi.Worker, Posts: n(0), People: n(0)},
		{Kind: kpi.Retired, People: n(3)}}, nil, nil, in.Board.Budget)
	in.Basic = &basic
	in.Board = reporttest.Scored(in.Board, nil)
	return in
}

// leastFound is what is found in a folder that was hardly mended for: it says how a new report fares.
var leastFound = map[string]int{"ninth": 57}

// counts are how a kind of defect fared.
type counts struct{ planted, found int }

// checkCorpus checks a file: which of its defects are found, and what is told that is none.
func (f corpusFile) check(t testing.TB) (wrong []string) {
	in := plainYear()
	if f.own {
		in = corpusYear(t)
	}
	if f.records != nil {
		in = recordedYear(t, f.records)
	}
	p := lang.For(lang.Chinese)
	for _, found := range Document(in, f.lines).Findings {
		hit := false
		for _, d := range f.defects {
			if strings.HasSuffix(string(found.Section), fmt.Sprintf("/%d", d.line)) &&
				slices.Contains(strings.Fields(kinds[d.kind]), found.Code) && overlap(d.words, found) {
				d.found, hit = true, true
			}
		}
		if !hit {
			wrong = append(wrong, fmt.Sprintf("%s %s %s: %s", f.name, found.Section, found.Code, p.Text(found.Text)))
		}
	}
	return wrong
}

// overlap reports whether a finding is about the words of a defect.
func overlap(words string, f Finding) bool {
	return strings.Contains(words, f.Quote) || strings.Contains(f.Quote, words)
}

func TestTheCheckReadsReportsAsAPersonDoes(t *testing.T) {
	for _, folder := range corpusFolders() {
		all, wrong := map[string]*counts{}, 0
		total := counts{}
		for _, f := range readCorpus(t, folder) {
			for _, w := range f.check(t) {
				wrong++
				t.Errorf("told of what holds: %s", w)
			}
			for i, d := range f.defects {
				if d.other {
					continue
				}
				found := d.found || slices.ContainsFunc(f.defects[i+1:], func(o *defect) bool {
					return o.other && o.kind == d.kind && o.found
				})
				if all[d.kind] == nil {
					all[d.kind] = &counts{}
				}
				all[d.kind].planted++
				total.planted++
				if found {
					all[d.kind].found++
					total.found++
				} else {
					t.Logf("missed: %s line %d %s: %s", f.name, d.line, d.kind, d.words)
				}
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(all)) {
			t.Logf("%s %-16s %d of %d", folder, kind, all[kind].found, all[kind].planted)
		}
		t.Logf("%s: %d of %d defects of %d kinds found, %d told of what holds", folder, total.found, total.planted,
			len(all), wrong)
		if total.found < leastFound[folder] || leastFound[folder] == 0 && total.found*100 < total.planted*95 {
			t.Errorf("%s: %d of %d found", folder, total.found, total.planted)
		}
	}
}

func corpusFolders() []string {
	if f := os.Getenv("CORPUS"); f != "" {
		return []string{f}
	}
	return []string{"tune", "held", "fresh", "later", "last", "newest", "second", "third", "fourth", "fifth",
		"sixth", "seventh", "eighth",
		"ninth"}
}
