package intake

import (
	"regexp"
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
	if best > 0 && t.completes(best-1) {
		t.head--
	}
	for t.body < len(t.grid.Rows)-1 && t.body-t.head < 3 && t.completes(t.body) && t.headingScore(t.body) >= 4 {
		t.body++
	}
	return true
}

// headingScore counts the different cells of a row that may head a column; figures among them rule
// the row out.
func (t *table) headingScore(i int) (score int) {
	row := t.grid.Rows[i]
	seen := map[string]bool{}
	known := 0
	for column := range max(len(row.Cells), t.rightmost(row.Number)) {
		c := t.shown(row, column)
		if c.Kind == CellEmpty || seen[c.Text] || t.acrossAll(row, column) {
			continue
		}
		seen[c.Text] = true
		if titleUnit.FindStringIndex(c.Text) != nil && titleUnit.FindStringIndex(c.Text)[0] == 0 || titleDate.MatchString(c.Text) {
			return 0
		}
		_, month := monthHeading(c)
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
			if _, why := t.words.indicator(c.Text); why.Key == "" {
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
	found   bool
	measure kpi.Measure // 单位：万元
	dated   kpi.Date    // 日期：2026年10月31日
}

var (
	titleUnit = regexp.MustCompile(`(填报单位|报送单位|单位名称|单位|乡镇|乡镇（街道）)\s*(?:[(（]\s*(?:盖章|公章)\s*[)）])?\s*[:：]\s*([^\s(（)）:：,，]+)`)
	titleDate = regexp.MustCompile(`(填报日期|填报时间|填表日期|填表时间|统计时间|日期|时间)\s*[:：]\s*([^\s(（)）]+)`)
)

// readTitle reads the rows above the headings, and the sheet's name.
func (t *table) readTitle() {
	lines := []string{}
	for _, row := range t.grid.Rows[:t.head] {
		var parts []string
		for _, c := range row.Cells {
			if c.Kind != CellEmpty {
				parts = append(parts, c.Text)
			}
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	for _, row := range t.grid.Rows[t.head:t.body] {
		for column := range row.Cells {
			if t.acrossAll(row, column) {
				lines = append(lines, row.Cell(column).Text)
			}
		}
	}
	for _, line := range append(lines, t.grid.Name) {
		t.titleLine(line)
	}
	if !t.title.found {
		return
	}
	if t.title.year == 0 {
		t.title.year = t.known.Year
	}
	t.Period = &kpi.Period{Year: t.title.year, Month: t.title.month}
}

func (t *table) titleLine(line string) {
	line = strings.TrimSpace(line)
	for _, m := range titleUnit.FindAllStringSubmatch(line, -1) {
		if measure := t.words.measure(m[2]); measure != "" && m[1] == "单位" {
			t.title.measure = measure
		} else if u, why := t.words.unit(m[2]); why.Key == "" && t.Unit == "" {
			t.Unit = u.Code
		}
	}
	for _, m := range titleDate.FindAllStringSubmatch(line, -1) {
		if d, err := dateCell(Cell{Text: m[2], Kind: CellText}, t.known.Year, t.known.Today); err == nil && t.title.dated == "" {
			t.title.dated = d
		}
	}
	rest := titleDate.ReplaceAllString(line, "")
	if s, ok := readSpan(rest); ok && !t.title.found {
		t.title.span, t.title.found = s, true
	} else if y := periodYear.FindStringSubmatch(width.Fold.String(rest)); y != nil && t.title.year == 0 {
		t.title.year = yearOf(y[1])
	}
	if t.subject == nil {
		t.subject = t.titleIndicator(line)
	}
}

// titleIndicator is the one indicator whose name stands in a title; of names within each other the
// longest.
func (t *table) titleIndicator(line string) (found *kpi.Indicator) {
	name := plainName(line)
	for i, ind := range t.known.Indicators {
		own := plainName(ind.Name)
		if len([]rune(own)) < 3 || !strings.Contains(name, own) {
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
