package intake

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// OldReport is what a report of a year, or any text about its work, says: the figures that become
// indicators, the words of its sections, the staff and the budget.
type OldReport struct {
	Claims []Claim
	Texts  []OldText
	Staff  []kpi.StaffCount
	Budget []kpi.BudgetLine
	Units  []OldUnit // that it lists by name
	Sums   []string  // of posts and staff that it counts without their kinds, as written
	// Concluded says that the income of a budget line is not in the text: it is what was spent. Its full budget is then
	// the initial one, where no other is stated.
	Concluded bool
	Unfunded  []string // spending of which it says neither budget nor income, as written
	English   bool     // the text is English
}

// Claim is a figure that a text states, with what it is about.
type Claim struct {
	Line    int // where the text has it, from 1
	Area    string
	Name    string // cleaned: 发放宣传单, of 共发放宣传单3000余份
	Written string // as an entry can be read from: 近200封
	Mention
	Kind                           kpi.Kind
	Target                         string // with its measure; "" where the text has none
	Rate                           string // of completion, as the text has it
	Dated                          kpi.Date
	PartOf, Numerator, Denominator string // by name
}

// OldText is the text of a section. ⟦#3⟧ stands for the achievement of the third claim, ⟦#3·target⟧ and ⟦#3·rate⟧
// for its target and completion rate, ⟦#3·number⟧ for the number alone, without what it counts.
type OldText struct {
	Title   string
	Section OldSection
	Area    string // of a section of the work done
	Body    string
}

// MaxClaims is how many figures are taken from a text: as many as a table of indicators may hold.
const MaxClaims = MaxIndicators

// ReadOldReport reads the lines of a report or of any other text. Headings say which section a line belongs
// to, in whatever order they come; a text without any is about the work done. Tables beside the text give what it
// does not say; one that says all is for [ReadIndicators]. Figures
// that are plans, that compare with other years, or that stand in sections about money and people are no
// claims. Refusals, both Invalid: old_report_empty, old_report_nothing.
func ReadOldReport(lines []Line, year kpi.Year) (OldReport, error) {
	r := &oldReader{year: year}
	any := false
	r.english = isEnglish(lines)
	r.numbered = r.english && isNumbered(lines)
	for n, l := range lines {
		if l.Table > 0 {
			r.stands(l)
			continue
		}
		for text := range strings.SplitSeq(l.Text, "\n") {
			if text = strings.TrimSpace(text); text != "" {
				any = true
				if r.english {
					r.englishLine(n+1, text)
					continue
				}
				r.units.readLine(text)
				r.line(n+1, text)
			}
		}
	}
	if !any {
		return OldReport{}, kpi.Refuse(kpi.Invalid, "old_report_empty")
	}
	if len(r.claims) > 0 {
		if r.english {
			r.englishTables(lines)
		} else {
			r.readTables(lines)
		}
	}
	for _, g := range TableGrids(lines) {
		r.units.readGrid(g)
	}
	out := r.report()
	if len(out.Claims) == 0 {
		return out, kpi.Refuse(kpi.Invalid, "old_report_nothing")
	}
	return out, nil
}

var ofYear = regexp.MustCompile(`(20\d{2})\s*年`)

// YearOf is the year a text is of: the one its first lines name, or else the one it names most. 0: it names none.
func YearOf(lines []Line) kpi.Year {
	counts, best, read := map[string]int{}, "", 0
	for _, l := range lines {
		plain, _ := foldRunes(l.Text)
		if plain == "" {
			continue
		}
		for _, m := range ofYear.FindAllStringSubmatch(plain, -1) {
			if counts[m[1]]++; best == "" || counts[m[1]] > counts[best] {
				best = m[1]
			}
		}
		if read++; read == 5 && best != "" {
			break
		}
	}
	year, err := strconv.Atoi(best)
	if err != nil {
		return 0
	}
	return kpi.Year(year)
}

// TableGrids are the tables of a document as sheets of a workbook are read.
func TableGrids(lines []Line) (out []Grid) {
	for _, l := range lines {
		if l.Table == 0 {
			continue
		}
		for len(out) < l.Table {
			out = append(out, Grid{Name: strconv.Itoa(len(out) + 1)})
		}
		row := GridRow{Number: l.Row}
		for _, text := range l.Cells {
			cell := Cell{Kind: CellText, Text: text}
			if text == "" {
				cell.Kind = CellEmpty
			}
			row.Cells = append(row.Cells, cell)
		}
		out[l.Table-1].Rows = append(out[l.Table-1].Rows, row)
	}
	return out
}

// oldReader reads a text from its beginning.
type oldReader struct {
	year     kpi.Year
	section  OldSection // of the chapter
	title    string     // of the chapter, or of the part of it
	area     string
	level    int    // of the heading that named the area
	titled   bool   // a chapter was seen
	standing bool   // the list says what there is: 现有教学班54个；教职工221人
	subject  string // of the line: its first sentence, if that says nothing else
	tables   []oldTable
	units    oldUnits
	passages []*oldPassage
	claims   []Claim
	staff    map[kpi.StaffKind]kpi.StaffCount
	english  bool
	numbered bool                  // its headings bear numbers, so that none before them is one
	funded   map[kpi.Nature]bool   // the text says what there was to spend
	spending map[kpi.Nature]string // as written
	sumPosts,
	sumPeople string // counted without their kinds
	budget map[kpi.Nature]kpi.BudgetLine
}

// oldPassage is the text below a heading, as it will stand in the new report.
type oldPassage struct {
	OldText
	lines []string
}

func (r *oldReader) line(n int, text string) {
	text, headed := r.heading(text)
	if headed && text == "" {
		return
	}
	switch r.section {
	case OldWork:
		text = r.work(n, text)
	case OldStaffing, OldOverview, OldDuties:
		r.readStaff(text)
		r.unsorted(text)
	case OldBasic, OldProject, OldGeneral:
		r.readBudget(text)
	}
	r.keep(text)
}

// keep takes a line into the text of its section.
func (r *oldReader) keep(text string) {
	if r.section == OldNone {
		return
	}
	title := r.title
	if r.section == OldWork && r.area != "" {
		title = r.area
	}
	last := len(r.passages) - 1
	if last < 0 || r.passages[last].Section != r.section || r.passages[last].Area != r.area {
		r.passages = append(r.passages, &oldPassage{OldText: OldText{Title: title, Section: r.section, Area: r.area}})
		last++
	}
	r.passages[last].lines = append(r.passages[last].lines, text)
}

func (r *oldReader) report() OldReport {
	out := OldReport{Claims: r.claims, Units: r.units.found, Sums: r.untaken(), English: r.english}
	for _, p := range r.passages {
		p.Body = strings.Join(p.lines, "\n")
		out.Texts = append(out.Texts, p.OldText)
	}
	for _, kind := range kpi.StaffKinds {
		if c, ok := r.staff[kind]; ok {
			out.Staff = append(out.Staff, c)
		}
	}
	for _, nature := range []kpi.Nature{kpi.BasicSpend, kpi.ProjectSpend} {
		l, ok := r.budget[nature]
		switch {
		case !ok:
			continue
		case !r.funded[nature]:
			out.Unfunded = append(out.Unfunded, r.spending[nature])
			continue
		case l.Income == 0 && l.Spent > l.Opening: // what was spent and is left was there
			l.Income, out.Concluded = l.Spent+l.Closing-l.Opening, true
			if l.Full == nil {
				l.Full = l.Initial
			}
		}
		out.Budget = append(out.Budget, l)
	}
	return out
}
