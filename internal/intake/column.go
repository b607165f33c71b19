package intake

import (
	"strings"

	"dabiao/internal/kpi"
)

// ColumnCell is one line of a pasted column: a figure, and the name beside it where there is one.
type ColumnCell struct {
	Line  int // counted from 1
	Name  string
	Value kpi.Amount
	Blank bool // no figure stands there: an empty line, a dash
}

// Column reads figures pasted from a table, one to a line: the figures alone, or each behind a name
// or code, with a tab, a comma or spaces between. Lines at the end without anything are left out.
// Refusal: Invalid with every line that cannot be read, by field.
func Column(text, field string) ([]ColumnCell, error) {
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n \t"), "\n")
	var out []ColumnCell
	var m kpi.Mistakes
	for i, line := range lines {
		cell := ColumnCell{Line: i + 1}
		written := ""
		if cell.Name, written = cutColumn(line); isNoValueText(written) {
			cell.Blank = true
			out = append(out, cell)
			continue
		}
		value, err := Number(written)
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

func isNoValueText(s string) bool {
	folded, ok := fold(s)
	return ok && isNoValue(folded)
}

// cutColumn splits a line into the name and the figure behind it.
func cutColumn(line string) (name, figure string) {
	line = strings.TrimSpace(line)
	if before, after, ok := cutLast(line, "\t"); ok {
		name, _, _ = strings.Cut(before, "\t")
		return strings.TrimSpace(name), strings.TrimSpace(after)
	}
	if _, err := Number(line); err == nil || isNoValueText(line) {
		return "", line
	}
	for _, between := range []string{"，", " ", "　", "：", ":"} {
		if before, after, ok := cutLast(line, between); ok {
			return strings.Trim(before, " 　，,：:"), strings.TrimSpace(after)
		}
	}
	if before, after, ok := strings.Cut(line, ","); ok { // a comma may also stand within the figure
		return strings.TrimSpace(before), strings.TrimSpace(after)
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
