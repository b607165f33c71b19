package web

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/web/api"
)

var printedNumber = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// rounds reports whether a printed number is a decimal, rounded half up to the decimals it shows: at
// least two where there are as many.
func rounds(printed, decimal string) bool {
	printed = strings.ReplaceAll(printed, ",", "")
	_, shown, _ := strings.Cut(printed, ".")
	_, exact, _ := strings.Cut(strings.TrimRight(decimal, "0"), ".")
	return rat(printed).FloatString(len(shown)) == rat(decimal).FloatString(len(shown)) && len(shown) >= min(2, len(exact))
}

// roughly reports whether a text says a number in words for about: 1200余 is 1200 and less than 1300.
func roughly(text, decimal string) bool {
	printed := strings.ReplaceAll(printedNumber.FindString(text), ",", "")
	if printed == "" || !strings.Contains(text, "余") && !strings.HasPrefix(text, "at least ") {
		return false
	}
	step := rat("1" + strings.Repeat("0", len(printed)-len(strings.TrimRight(printed, "0"))))
	return rat(decimal).Cmp(rat(printed)) >= 0 && rat(decimal).Cmp(step.Add(step, rat(printed))) < 0
}

// prints says what is wrong with a printed reference, "" for nothing. What the API has no number for
// prints no digit.
func (y apiYear) prints(r paper.Run, label string) string {
	f, want := y.figures[r.Ref.Indicator], y.number(*r.Ref, label)
	if want == "" && f.AchievementReason != "" && r.Text == y.p.T("reason."+string(f.AchievementReason)) {
		return "" // a reason may speak of a 0
	}
	printed := printedNumber.FindString(r.Text)
	switch r.Ref.Aspect {
	case paper.RefCount:
		if !slices.Contains(y.counts, printed) {
			return "the API counts " + strings.Join(y.counts, ", ")
		}
		return ""
	case paper.RefDate:
		day := strings.TrimLeft(string(*f.LastUpdate)[8:], "0")
		if !slices.Contains(printedNumber.FindAllString(r.Text, -1), day) {
			return "the API has " + string(*f.LastUpdate)
		}
		return ""
	case paper.RefWords:
		want = ""
	case paper.RefValue:
		if f.AchievementText != "" && r.Text != "" && strings.HasPrefix(f.AchievementText, r.Text) &&
			(f.Kind == kpi.Level || f.Precision != kpi.Exact) {
			return ""
		}
		if roughly(r.Text, want) {
			return ""
		}
	case paper.RefRate:
		if !strings.Contains(r.Text, "%") { // a distance from the target, in points
			want = apart(want, "100")
		}
	case paper.RefTarget:
		if f.Kind == kpi.Level {
			want = ""
		}
	}
	switch {
	case strings.Contains(r.Text, "¥") && r.Ref.Fund != "": // budgets are told in 万元
		printed = inMeasure(r.Text, kpi.TenThousandY)
	case strings.Contains(r.Text, "¥"):
		printed = inMeasure(r.Text, f.Measure)
	}
	if strings.Contains(r.Text, string(kpi.TenThousandY)) && f.Measure == kpi.Yuan {
		want = new(big.Rat).Mul(rat(want), big.NewRat(1, 10_000)).FloatString(6)
	}
	if want == "" != (printed == "") || want != "" && !rounds(printed, want) {
		return fmt.Sprintf("the API has %q", want)
	}
	return ""
}

// inMeasure reads money as English writes it, ¥2.017 million, as a decimal in a measure of money.
func inMeasure(text string, measure kpi.Measure) string {
	yuan := rat(strings.ReplaceAll(printedNumber.FindString(text), ",", ""))
	for word, size := range map[string]int64{" million": 1e6, " billion": 1e9, "万元": 1e4} {
		if strings.Contains(text, word) {
			yuan.Mul(yuan, big.NewRat(size, 1))
		}
	}
	if strings.HasPrefix(string(measure), "万") {
		yuan.Quo(yuan, big.NewRat(1e4, 1))
	}
	return strings.TrimSuffix(strings.TrimRight(yuan.FloatString(6), "0"), ".")
}

// checked is a paper whose every number was held against the API: text and tables as they must read
// back, and what each number is exactly.
type checked struct {
	treePaper
	exact   map[[3]int]string // by table, row and column
	shown   map[string]bool   // indicators whose achievement it prints
	figures int
}

// check holds a paper against the API. A number that no reference leads from and that is no money by
// its row's name is a mistake: nobody could say whether it is right.
func (y apiYear) check(t *testing.T, name string, p treePaper) checked {
	t.Helper()
	out := checked{treePaper: p, exact: map[[3]int]string{}, shown: map[string]bool{}}
	run := func(where string, r paper.Run) {
		if r.Ref != nil {
			out.figures++
			out.shown[r.Ref.Indicator] = out.shown[r.Ref.Indicator] || r.Ref.Aspect == paper.RefValue
			if wrong := y.prints(r, where); wrong != "" {
				t.Errorf("%s: %s: %q (%+v): %s", name, where, r.Text, *r.Ref, wrong)
			}
		}
	}
	table, unsaid := -1, 0
	for _, b := range p.blocks {
		switch {
		case b.Paragraph != nil && unsaid > 0 && said(b.Paragraph.Runs) == y.p.T("report.monitoring.unsaid", unsaid):
			out.figures++
		case b.Paragraph != nil:
			for _, r := range b.Paragraph.Runs {
				run("", r)
			}
		case b.Chart != nil:
			y.checkChart(t, name, *b.Chart)
		case b.Table != nil:
			table, unsaid = table+1, unsaid+y.unsaid(b)
			for at, c := range b.placed() {
				label := said(b.Table.Rows[at[0]].Cells[0].Runs)
				for _, r := range c.Runs {
					run(label, r)
				}
				if c.Value == nil {
					continue
				}
				want := y.ownMoney(label)
				if len(c.Runs) == 1 && c.Runs[0].Ref != nil {
					want = y.number(*c.Runs[0].Ref, label)
				} else {
					out.figures++
				}
				if want == "" || rat(want).Cmp(rat(*c.Value)) != 0 || !rounds(strings.Trim(said(c.Runs), "%"), want) {
					t.Errorf("%s: row %q, column %d: %s (%s), the API has %q", name, label, at[1], said(c.Runs), *c.Value, want)
				}
				out.exact[[3]int{table, at[0], at[1]}] = want
			}
		}
	}
	return out
}

// unsaid is how many indicators with a target a table has without a tick for whether the target can be
// reached. Only the monitoring table has such columns, before its last.
func (y apiYear) unsaid(b treeBlock) (n int) {
	for _, row := range b.Table.Rows {
		if len(row.Cells) < 13 || len(row.Cells[2].Runs) == 0 || row.Cells[2].Runs[0].Ref == nil {
			continue
		}
		said := slices.ContainsFunc(row.Cells[10:13], func(c treeCell) bool { return c.Runs[0].Text == "√" })
		if y.figures[row.Cells[2].Runs[0].Ref.Indicator].Sign != "" && !said {
			n++
		}
	}
	return n
}

var figureNumber = regexp.MustCompile(`^\d+-\d+$`)

// checkEntries adds up what the source annex lists under each figure that is a sum, and gives how many figures
// it could hold against the API: those with exact entries alone.
func (y apiYear) checkEntries(t *testing.T, name string, p treePaper) (added int) {
	t.Helper()
	for _, b := range p.blocks {
		if b.Table == nil {
			continue
		}
		code, sum := "", (*big.Rat)(nil)
		end := func() {
			if f := y.figures[code]; sum != nil && f.Achievement != nil {
				if added++; sum.Cmp(rat(*f.Achievement)) != 0 {
					t.Errorf("%s: the entries of %s add up to %s, the API has %s", name, code, sum.FloatString(2), *f.Achievement)
				}
			}
		}
		for _, row := range b.Table.Rows {
			cells := row.Cells
			if figureNumber.MatchString(said(cells[0].Runs)) {
				end()
				code, sum = "", new(big.Rat)
				for _, r := range cells[2].Runs {
					if r.Ref != nil {
						code = r.Ref.Indicator
					}
				}
				cells = cells[3:]
			}
			f := y.figures[code]
			switch {
			case f.Precision != kpi.Exact || f.Kind != kpi.Flow && f.Kind != kpi.Money:
				sum = nil
			case len(cells) > 2 && sum != nil: // not the line of all evidence together
				entry := said(cells[2].Runs)
				amount := strings.ReplaceAll(printedNumber.FindString(entry), ",", "")
				if strings.Contains(entry, "¥") || strings.Contains(entry, "万元") {
					amount = inMeasure(entry, f.Measure)
				}
				sum.Add(sum, rat(amount))
			}
		}
		end()
	}
	return added
}

// silent is whether a paper says no number at all.
func (p treePaper) silent() bool {
	for _, b := range p.blocks {
		if b.Table != nil || b.Chart != nil || b.Paragraph != nil && printedNumber.MatchString(said(b.Paragraph.Runs)) {
			return false
		}
	}
	return true
}

// checkList holds the workbook's list of all indicators, below its title and heads, against the API.
func (y apiYear) checkList(t *testing.T, name string, rows [][]string) {
	t.Helper()
	found := 0
	for _, row := range rows[2:] {
		row = append(row, make([]string, 13)...)
		f, ok := y.figures[row[1]]
		if !ok {
			t.Errorf("%s: the API has no indicator %q", name, row[1])
			continue
		}
		found++
		achievement := f.Achievement
		if f.Precision != kpi.Exact || f.Kind == kpi.Level {
			achievement = nil // in words
		}
		completion := f.Completion
		if f.Sign.Ceiling() { // which people are not shown
			completion = nil
		}
		for column, want := range map[int]*string{5: f.Target, 6: achievement, 7: completion, 8: f.Expected, 9: f.Pace} {
			got := rat(row[column])
			if column == 7 || column == 9 || f.Measure == kpi.PercentSign {
				got.Mul(got, big.NewRat(100, 1)) // kept as a part of one
			}
			if want != nil && (row[column] == "" || got.FloatString(6) != rat(*want).FloatString(6)) || want == nil &&
				column > 6 && row[column] != "" {
				t.Errorf("%s: %s, column %d reads %q, the API has %v", name, f.Code, column, row[column], want)
			}
		}
	}
	if found != len(y.figures) || found == 0 {
		t.Errorf("%s: %d indicators, the API has %d", name, found, len(y.figures))
	}
}

// checkChart holds a chart against the API: one of rates against its completions, that of areas against
// its lights.
func (y apiYear) checkChart(t *testing.T, name string, c paper.Chart) {
	t.Helper()
	if c.Noted != "" {
		y.checkRates(t, name, c)
		return
	}
	if len(c.Names) != len(y.board.Areas) || len(c.Parts) != 4 {
		t.Fatalf("%s: the chart has %d bars of %d parts", name, len(c.Names), len(c.Parts))
	}
	for i, a := range y.board.Areas {
		want := [4]int{}
		for _, f := range a.Indicators {
			switch {
			case f.AchievementText == "":
				want[3]++
			case f.Sign == "":
				want[2]++
			case f.Light == kpi.Done:
				want[0]++
			default:
				want[1]++
			}
		}
		for k, part := range c.Parts {
			if part.Counts[i] != want[k] {
				t.Errorf("%s: %s: %s %d, the API has %d", name, a.Name, part.Name, part.Counts[i], want[k])
			}
		}
	}
}

// checkRates holds a chart of targets against the API: the completion of each indicator, beside its bar in words, and
// what part of its target is expected by now, which a ceiling has not.
func (y apiYear) checkRates(t *testing.T, name string, c paper.Chart) {
	t.Helper()
	codes, drawn := map[string]string{}, 0
	for code, f := range y.figures {
		codes[f.Name] = code
	}
	for i, bar := range c.Names {
		f, ok := y.figures[codes[bar]]
		if !ok {
			t.Errorf("%s: the chart has %q, the API has no such indicator", name, bar)
			continue
		}
		ceiling := f.Sign.Ceiling()
		for _, p := range c.Parts {
			switch rate := p.Rates[i]; {
			case p.Mark:
				if rate != nil && (f.Expected == nil || ceiling) {
					t.Errorf("%s: %s has %s %v", name, f.Code, p.Name, *rate)
				}
			case p.Hatched != ceiling:
				if rate != nil {
					t.Errorf("%s: %s has %s %v", name, f.Code, p.Name, *rate)
				}
			case rate == nil != (f.Completion == nil) || rate != nil && rate.String() != *f.Completion:
				t.Errorf("%s: the chart has %s at %v, the API at %v", name, f.Code, rate, f.Completion)
			case rate != nil && !ceiling && !strings.HasPrefix(c.Notes[i], y.rateNoted(f)+"  "):
				t.Errorf("%s: %s is at %s%%, and noted as %q", name, f.Code, *f.Completion, c.Notes[i])
			case rate != nil:
				drawn++
			}
		}
	}
	if drawn == 0 {
		t.Errorf("%s: the chart has no bar", name)
	}
}

// rateNoted is an indicator's completion as a chart notes it: ≥20.65% of one that is told as 不少于.
func (y apiYear) rateNoted(f api.FigureJSON) string {
	if f.CompletionBound == kpi.ThisExactly {
		return *f.Completion + "%"
	}
	return y.p.T("bound.rate_"+string(f.CompletionBound), *f.Completion+"%")
}

// readsBack holds what was read from a file against a paper that agrees with the API.
func (c checked) readsBack(t *testing.T, name string, got readPaper, exact bool) {
	t.Helper()
	table, cells, line := -1, 0, 0
	for _, b := range c.blocks {
		switch {
		case b.Paragraph != nil && !exact: // spreadsheets hold tables
			at := slices.Index(got.lines[line:], said(b.Paragraph.Runs))
			if at < 0 {
				t.Fatalf("%s: %q is not in the text", name, said(b.Paragraph.Runs))
			}
			line += at + 1
		case b.Table != nil:
			if table++; table >= len(got.tables) {
				t.Fatalf("%s: %d tables, want more", name, len(got.tables))
			}
			for at, cell := range b.placed() {
				cells++
				c.cellReadsBack(t, name, got.tables[table], [3]int{table, at[0], at[1]}, cell, exact)
			}
		}
	}
	if table+1 != len(got.tables) || cells == 0 && line == 0 {
		t.Errorf("%s: %d tables were read, want %d; %d cells and %d lines compared", name, len(got.tables),
			table+1, cells, line)
	}
}

func (c checked) cellReadsBack(t *testing.T, name string, rows [][]string, at [3]int, cell treeCell, exact bool) {
	t.Helper()
	text, want := "", said(cell.Runs)
	if at[1] < len(rows) && at[2] < len(rows[at[1]]) {
		text = rows[at[1]][at[2]]
	}
	number, ok := c.exact[at]
	switch {
	case exact && ok:
		if strings.HasSuffix(want, "%") && strings.HasSuffix(name, "xlsx") { // kept as a part of one
			text = new(big.Rat).Mul(rat(text), big.NewRat(100, 1)).FloatString(6)
		}
		if text == "" || rat(text).FloatString(6) != rat(number).FloatString(6) {
			t.Errorf("%s: %v reads %q, the API has %s", name, at, text, number)
		}
	case text != want && strings.TrimPrefix(text, "'") != want:
		t.Errorf("%s: %v reads %q, want %q", name, at, text, want)
	}
}
