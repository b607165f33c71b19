package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// ColumnCell is a line of a pasted column: a figure, with the name beside it, if any.
type ColumnCell struct {
	Line  int // counted from 1
	Name  string
	Value kpi.Amount
	Blank bool // there is no figure: an empty line, a dash
}

// Column reads figures pasted from a table, one per line, either alone or after a name or code that is
// separated by a tab, a comma or spaces. They must be exact and convert to measure. Empty lines at the
// end are dropped.
// Refusal: Invalid with every line that cannot be read, by field.
func Column(text, field string, measure kpi.Measure) ([]ColumnCell, error) {
	var out []ColumnCell
	var m kpi.Mistakes
	for i, line := range pastedLines(text) {
		cell := ColumnCell{Line: i + 1}
		written := ""
		if cell.Name, written = cutColumn(line, measure); SaysNoValue(written) {
			cell.Blank = true
			out = append(out, cell)
			continue
		}
		value, err := Exact(written, measure)
		if err == nil && value < 0 {
			err = kpi.Refuse(kpi.Invalid, "number_negative")
		}
		if e, ok := err.(*kpi.Error); ok {
			m.Add(field, "column_line", i+1, e.Text)
		}
		cell.Value = value
		out = append(out, cell)
	}
	if strings.TrimSpace(text) == "" {
		m.Add(field, "column_empty")
	}
	return out, m.Err()
}

// pastedLines returns the rows of a column as a spreadsheet puts it on the clipboard: a cell with a
// line break is quoted and remains one cell. Quotes that are never closed are taken literally.
func pastedLines(text string) (lines []string) {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n \t")
	for r := newCSVReader(csvFile{text, "\t"}); ; {
		record, ok := r.next()
		switch {
		case record.open > 0:
			return strings.Split(text, "\n")
		case !ok && lines == nil:
			return []string{""}
		case !ok:
			return lines
		}
		lines = append(lines, strings.ReplaceAll(strings.Join(record.fields, "\t"), "\n", " "))
	}
}

// cutColumn splits a line into the name and the figure after it. If the figure could begin at several
// spaces, the longest one is meant: 荆竹镇 10 780 is not 780.
func cutColumn(line string, measure kpi.Measure) (name, figure string) {
	line = strings.TrimSpace(seen(line))
	if before, after, ok := cutLast(line, "\t"); ok {
		name, _, _ = strings.Cut(before, "\t")
		return strings.TrimSpace(name), strings.TrimSpace(after)
	}
	if _, err := Exact(line, measure); err == nil || SaysNoValue(line) {
		return "", line
	}
	for at, r := range line {
		if !strings.ContainsRune(" ，：:", r) {
			continue
		}
		after := strings.TrimSpace(line[at+len(string(r)):])
		if _, err := Exact(after, measure); err == nil || SaysNoValue(after) {
			return strings.Trim(line[:at], " ，,：:"), after
		}
	}
	if before, after, ok := strings.Cut(line, ","); ok { // a comma may also be within the figure
		return strings.TrimSpace(before), strings.TrimSpace(after)
	}
	if before, after, ok := cutLast(line, " "); ok {
		return strings.Trim(before, " ，,：:"), after
	}
	return "", line
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
