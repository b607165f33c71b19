package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// titleWords are the statements of the rows above the headings.
type titleWords struct {
	span
	any   bool // whether there is a title
	found bool
	until bool
	doubt string     // an unreadable period, or two that differ
	dated kpi.Date   // 填报日期：2026年10月31日
	units []kpi.Unit // units to be asked about, if several are named
	amid  bool       // they are named by a short form among other words
}

var (
	titleUnit = regexp.MustCompile(`(填报单位|报送单位|单位名称|单位|乡镇|乡镇（街道）|(?i:\bunit))\s*(?:[(（]\s*(?:盖章|公章)\s*[)）])?\s*[:：]\s*([^\s(（)）:：,，]+)`)
	titleDate = regexp.MustCompile(`(?:填[报表写](?:日期|时间)|(?:报送|上报|制表|编制|打印|印发|审核)(?:日期|时间)|日期|(?:reported|prepared|printed|date)(?: on)?)\s*:\s*`)
	// the day on which a table was made, before or after the day; it does not date the figures
	titleMade  = regexp.MustCompile(titleDate.String() + `|(?:填[报表写]|报送|上报|制表|编制|打印|印发|审核)(?:(?:日期|时间)\s*|\s*:\s*)`)
	afterMade  = regexp.MustCompile(`^\s*(?:填[报表写]|报送|上报|制表|编制|打印|印发)`)
	beforeStop = regexp.MustCompile(`截[至止]\s*$`)
	// a line about a deadline or a letter; its days do not date the figures
	titleLetter = regexp.MustCompile(`报送|印发|请于|会议|文件|号\)|号）|通知要求`)
)

// tableCells is the number of cells from which a row above the headings belongs to another table (the funds above
// the indicators of a form); its 全年执行数 does not date these figures.
const tableCells = 5

// readTitle reads the rows above the headings, and the sheet's name.
func (t *table) readTitle() {
	var lines []string
	for _, row := range t.grid.Rows[:t.head] {
		if column, ok := t.unitInCells(row); ok && t.Unit == "" {
			u, _ := t.words.unit(row.Cells[column].Text)
			t.Unit = u.Code
		}
		var parts []string
		for _, c := range row.Cells {
			if c.Kind != CellEmpty {
				parts = append(parts, c.Text)
			}
		}
		if len(parts) < tableCells {
			lines = append(lines, strings.Join(parts, " "))
		}
	}
	for _, row := range t.grid.Rows[t.head:t.body] {
		for column := range row.Cells {
			if t.acrossAll(row, column) {
				lines = append(lines, row.Cell(column).Text)
			}
		}
	}
	t.title.any = slices.ContainsFunc(lines, t.isTitle)
	for _, line := range append(lines, t.grid.Name) {
		t.titleLine(line)
	}
	t.titleUnits(append(lines, t.grid.Name))
	t.titleMeasures()
	var letters []string
	for _, line := range lines {
		if titleLetter.MatchString(line) {
			letters = append(letters, line)
			continue
		}
		t.titlePeriod(line)
	}
	for _, line := range append(letters, t.grid.Name) {
		if !t.title.found {
			t.titlePeriod(line)
		}
	}
	if t.title.found && t.title.running(t.known.Year, t.known.Today) {
		t.title.found = false
	}
	if !t.title.found {
		return
	}
	t.title.doubt = ""
	if t.title.year == 0 {
		t.title.year = t.known.Year
	}
	t.Period = &kpi.Period{Year: t.title.year, Month: t.title.month}
}

// onlyMeasure matches a line above the headings that only states a measure.
var onlyMeasure = regexp.MustCompile(`^[(（\[【〔][^)）\]】〕]*[)）\]】〕]$|^(?:本表|数据|金额|表中)*(?:均|都)?以`)

// isTitle reports whether a line above the headings says more than the unit and the measure of the figures.
func (t *table) isTitle(line string) bool {
	line = strings.TrimSpace(line)
	if _, why := t.words.unit(line); why.Key == "" || line == "" {
		return false
	}
	if first, _, _ := strings.Cut(line, " "); unitLabel.MatchString(first) {
		return false
	}
	starts := func(label *regexp.Regexp) bool { at := label.FindStringIndex(line); return at != nil && at[0] == 0 }
	folded := width.Fold.String(line)
	measured := starts(measureLabel) || strings.HasPrefix(folded, "币种") || onlyMeasure.MatchString(folded)
	return !starts(titleUnit) && !(measured && len(t.words.statements(line)) > 0) && !strings.HasPrefix(folded, "货币")
}

func (t *table) titleLine(line string) {
	line = strings.TrimSpace(line)
	for _, m := range titleUnit.FindAllStringSubmatch(line, -1) {
		if u, why := t.words.unit(m[2]); why.Key == "" && t.Unit == "" {
			t.Unit = u.Code
		}
	}
	if t.subject == nil {
		t.subject = t.titleIndicator(line)
	}
}

// titlePeriod reads the period in a line. Two lines that differ are asked about unless one says 截至.
func (t *table) titlePeriod(line string) {
	rest := t.titleDated(foldPeriod(t.withoutNames(line)))
	p := readPeriods(rest, t.known.Year)
	s, found, doubt := p.one()
	until := only(p.marks, func(m periodMark) bool { return m.until }) != nil
	bare := found && !until && len(p.marks) == 1 && p.marks[0].dated && !s.part && s.first == s.month
	if bare && s.month > 1 { // 2026年10月31日: of that month, or up to that day
		s.first, s.sum, s.maybe = 1, true, true
	}
	known := t.title.year
	switch {
	case !found:
		if t.title.doubt == "" {
			t.title.doubt = doubt
		}
		if t.title.year == 0 {
			t.title.year = p.year(t.known.Year)
			if t.title.year == 0 {
				t.title.year = fiscal(line)
			}
		}
		return
	case t.title.found && t.title.until && !until:
		t.title.span = t.title.begunBy(s, false)
	case !t.title.found, until && !t.title.until:
		if t.title.found && only(p.marks, func(m periodMark) bool { return m.open }) != nil {
			s = s.begunBy(t.title.span, false)
		}
		t.title.span, t.title.found, t.title.until = s, true, until
		t.title.doubt = quote(strings.TrimSpace(rest))
	case t.title.month == s.month && t.title.maybe && !t.title.until && !bare:
		t.title.span = s
	case t.title.month != s.month && !t.title.until:
		t.title.span, t.title.found = span{year: t.title.year}, false
		t.title.doubt = quote(strings.TrimSpace(rest))
	}
	if t.title.year == 0 {
		t.title.year = known
	}
}

// titleDated removes the day on which a table was filled in from a folded line.
func (t *table) titleDated(line string) string {
	for _, at := range titleMade.FindAllStringIndex(line, -1) {
		if beforeStop.MatchString(line[:at[0]]) {
			continue
		}
		m, n := readPeriod(line[at[1]:], t.known.Year)
		if n == 0 || m.doubt != "" {
			continue
		}
		if d, ok := m.end(t.known.Year, t.known.Today); ok && m.month != 0 && t.title.dated == "" {
			t.title.dated = d
		}
		return line[:at[0]] + " " + t.titleDated(line[at[1]+n:])
	}
	for _, m := range readPeriods(line, t.known.Year).marks { // 11月5日填报
		if !m.dated || m.doubt != "" || m.until || m.first != m.month || m.to > len(line) {
			continue
		}
		if made := afterMade.FindString(line[m.to:]); made != "" {
			if d, ok := m.end(t.known.Year, t.known.Today); ok && t.title.dated == "" {
				t.title.dated = d
			}
			return line[:m.from] + " " + t.titleDated(line[m.to+len(made):])
		}
	}
	return line
}

// withoutNames removes names of indicators that contain periods themselves from a line.
func (t *table) withoutNames(line string) string {
	for _, ind := range t.known.Indicators {
		if strings.Contains(line, ind.Name) && titleName(ind.Name) {
			line = strings.ReplaceAll(line, ind.Name, " ")
		}
	}
	return line
}

// titleIndicator returns the one indicator whose name is in a title; of names within each other the longest.
func (t *table) titleIndicator(line string) *kpi.Indicator { return t.nameWithin(line) }

// nameWithin returns the one indicator whose name is in a text; of names within each other the longest.
func (t *table) nameWithin(line string) (found *kpi.Indicator) {
	name := plainName(line)
	for i, ind := range t.known.Indicators {
		own := plainName(ind.Name)
		if !strings.Contains(name, own) || !titleName(ind.Name) {
			continue
		}
		switch {
		case found == nil || strings.Contains(own, plainName(found.Name)) && len(own) > len(plainName(found.Name)):
			found = &t.known.Indicators[i]
		case !strings.Contains(plainName(found.Name), own):
			return nil
		}
	}
	return found
}
