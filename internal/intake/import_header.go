package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// headerRows is how far down the headings are looked for.
const headerRows = 40

// findHeader finds the rows of headings: the row in which most cells are words that head columns,
// and its neighbours that complete it. ok is false for a sheet without.
func (t *table) findHeader() (ok bool) {
	best, most := -1, 2
	for i := range min(headerRows, len(t.grid.Rows)) {
		if score := t.headingScore(i); score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		return false
	}
	t.head, t.body = best, best+1
	for range 3 {
		if t.head > 0 && t.completes(t.head-1) {
			t.head--
		}
	}
	for t.body < len(t.grid.Rows)-1 && t.body-t.head < 3 && !t.isData(t.body) && t.completes(t.body) &&
		t.headingScore(t.body) >= 4 {
		t.body++
	}
	t.mergedHead()
	return true
}

// isData reports whether a row is one of data although it has words that head columns (累计12户): under a
// heading of indicators it names one, and under one of units a unit. A group heading stands above
// several names.
func (t *table) isData(i int) bool {
	row := t.grid.Rows[i]
	for column, c := range row.Cells {
		if c.Kind != CellText || !t.names(c) {
			continue
		}
		for _, head := range t.grid.Rows[t.head:t.body] {
			above := head.Cell(column)
			if above.Kind == CellEmpty || t.spreads(head.Number, column) || t.names(above) {
				continue
			}
			next := row.Cell(column + 1)
			if head.Cell(column+1).Kind == CellEmpty && next.Kind == CellText && t.names(next) {
				continue
			}
			switch roleOfHeading(above.Text) {
			case ColIndicator, ColCode, ColUnit, colEither, colTask:
				return true
			}
		}
	}
	return false
}

// spreads reports whether a cell is merged over several columns.
func (t *table) spreads(row, column int) bool {
	for _, m := range t.grid.merges {
		if m.top <= row && row <= m.bottom && m.left <= column && column <= m.right && m.right > m.left {
			return true
		}
	}
	return false
}

// maxHeaderRows bounds how many rows headings may take.
const maxHeaderRows = 8

// mergedHead takes in the rows that a heading merged downwards reaches over, whatever stands in them
// beside it: who is in charge, a number, nothing.
func (t *table) mergedHead() {
	for grown := true; grown; {
		grown = false
		for _, m := range t.grid.merges {
			top, bottom := t.grid.Rows[t.head].Number, t.grid.Rows[t.body-1].Number
			if m.bottom == m.top || m.bottom < top || m.top > bottom {
				continue
			}
			for t.head > 0 && t.grid.Rows[t.head-1].Number >= m.top && t.body-t.head < maxHeaderRows {
				t.head, grown = t.head-1, true
			}
			for t.body < len(t.grid.Rows)-1 && t.grid.Rows[t.body].Number <= m.bottom && t.body-t.head < maxHeaderRows {
				t.body, grown = t.body+1, true
			}
		}
	}
}

// headingScore counts the different cells of a row that may head a column; figures among them rule
// the row out.
func (t *table) headingScore(i int) (score int) {
	row := t.grid.Rows[i]
	if _, ok := t.unitInCells(row); ok {
		return 0
	}
	seen := map[string]bool{}
	known := 0
	for column := range max(len(row.Cells), t.rightmost(row.Number)) {
		c := t.shown(row, column)
		if c.Kind == CellEmpty || seen[c.Text] || t.acrossAll(row, column) {
			continue
		}
		seen[c.Text] = true
		if titleUnit.FindStringIndex(c.Text) != nil && titleUnit.FindStringIndex(c.Text)[0] == 0 ||
			titleDate.MatchString(foldPeriod(c.Text)) {
			return 0
		}
		month := isMonthHeading(c)
		switch {
		case month:
			score += 2
			known++
		case c.Kind == CellNumber || c.Kind == CellPercent:
			return 0
		case roleOfHeading(c.Text) != "":
			score += 2
			known++
		default:
			if _, why := t.words.indicator(c.Text); why.Key == "" || t.held(c.Text) != nil ||
				t.words.countsMeasure(c.Text) != "" {
				score++
				known++
			} else if _, why := t.words.unit(c.Text); why.Key == "" {
				score++
				known++
			} else if _, err := Quantity(c.Text, ""); err == nil {
				return 0
			}
		}
	}
	if known < 2 || len(seen) < 2 {
		return 0
	}
	return score
}

// rightmost is one more than the last column a merged cell of a row reaches.
func (t *table) rightmost(number int) (n int) {
	for _, m := range t.grid.merges {
		if m.top <= number && number <= m.bottom {
			n = max(n, m.right+1)
		}
	}
	return n
}

// completes reports whether a row stands with the headings beside it: it names columns, too, and
// holds more than one text.
func (t *table) completes(i int) bool {
	row := t.grid.Rows[i]
	seen := map[string]bool{}
	for column := range max(len(row.Cells), t.rightmost(row.Number)) {
		if c := t.shown(row, column); c.Kind != CellEmpty && !t.acrossAll(row, column) {
			seen[c.Text] = true
		}
	}
	return len(seen) > 1 && t.headingScore(i) >= 2
}

// titleWords is what the rows above the headings say.
type titleWords struct {
	span
	any   bool // something stands above the headings
	found bool
	until bool
	doubt string     // a period that cannot be read, or two that do not agree
	dated kpi.Date   // 填报日期：2026年10月31日
	units []kpi.Unit // of which it is to be asked whose the figures are
	amid  bool       // those are named in short, amid other words
}

var (
	titleUnit = regexp.MustCompile(`(填报单位|报送单位|单位名称|单位|乡镇|乡镇（街道）|(?i:\bunit))\s*(?:[(（]\s*(?:盖章|公章)\s*[)）])?\s*[:：]\s*([^\s(（)）:：,，]+)`)
	titleDate = regexp.MustCompile(`(?:填[报表写](?:日期|时间)|(?:报送|上报|制表|编制|打印|印发|审核)(?:日期|时间)|日期|(?:reported|prepared|printed|date)(?: on)?)\s*:\s*`)
	// the day a table was made, on either side of the day; none of its figures' period
	titleMade  = regexp.MustCompile(titleDate.String() + `|(?:填[报表写]|报送|上报|制表|编制|打印|印发|审核)(?:(?:日期|时间)\s*|\s*:\s*)`)
	afterMade  = regexp.MustCompile(`^\s*(?:填[报表写]|报送|上报|制表|编制|打印|印发)`)
	beforeStop = regexp.MustCompile(`截[至止]\s*$`)
	// a line about when to hand in, or about a letter: its days are not those of the figures
	titleLetter = regexp.MustCompile(`报送|印发|请于|会议|文件|号\)|号）|通知要求`)
)

// tableCells is how many cells make a row above the headings one of another table (the funds above
// the indicators of a form): its 全年执行数 says nothing of when these figures are from.
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

// onlyMeasure is a line above the headings that says what figures are measured in, and nothing else.
var onlyMeasure = regexp.MustCompile(`^[(（\[【〔][^)）\]】〕]*[)）\]】〕]$|^(?:本表|数据|金额|表中)*(?:均|都)?以`)

// isTitle reports whether a line above the headings says more than whose the figures are or what they are
// measured in.
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

// titlePeriod reads the period a line is about. Two lines that do not agree are asked about, unless
// one says 截至.
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

// titleDated takes the day a table was filled in out of a folded line.
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

// withoutNames is a line without the names of indicators that speak of periods themselves.
func (t *table) withoutNames(line string) string {
	for _, ind := range t.known.Indicators {
		if strings.Contains(line, ind.Name) && titleName(ind.Name) {
			line = strings.ReplaceAll(line, ind.Name, " ")
		}
	}
	return line
}

// titleIndicator is the one indicator whose name stands in a title; of names within each other the
// longest.
func (t *table) titleIndicator(line string) *kpi.Indicator { return t.nameWithin(line) }

// nameWithin is the one indicator whose name stands in a text; of names within each other the longest.
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
