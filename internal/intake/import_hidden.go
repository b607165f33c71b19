package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// leaveHidden leaves out hidden columns. Hidden values are never read; a hidden column of names is asked about
// unless a visible one has them.
func (t *table) leaveHidden() {
	for i := range t.Columns {
		c := &t.Columns[i]
		if !t.grid.hidden[c.Index] || c.Role == ColIgnore {
			continue
		}
		if _, chosen := t.choices.Roles[c.Index]; chosen { // a person chose it
			c.Role = ColIgnore
			continue
		}
		names := c.Role == ColIndicator || c.Role == ColCode || c.Role == ColUnit || c.Role == ColDate || c.Role == ColMeasure
		if names && !t.seen(c.Role) {
			answer := t.ask(Question{ID: "hidden:" + c.Name(), Row: t.Header, Column: c.Index,
				Text:    kpi.T("import_ask_hidden_column", c.Name(), c.Heading),
				Options: []Option{{"use", kpi.T("import_answer_use")}, {"leave", kpi.T("import_answer_not_use")}}})
			if answer != "leave" {
				continue
			}
		}
		c.Role = ColIgnore
		t.Left = append(t.Left, Skip{t.Header, c.Index, kpi.T("import_hidden_column", c.Name(), c.Heading)})
	}
	for _, name := range t.grid.unseen {
		t.Left = append(t.Left, Skip{Text: kpi.T("import_hidden_sheet", name)})
	}
}

// seen reports whether a visible column has a role.
func (t *table) seen(role ColumnRole) bool {
	return slices.ContainsFunc(t.Columns, func(c ImportColumn) bool { return c.Role == role && !t.grid.hidden[c.Index] })
}

// askHidden asks once whether hidden rows with figures were filtered out or are only folded away. It reports
// whether they are read.
func (t *table) askHidden() bool {
	var rows []string
	first := 0
	for _, row := range t.grid.Rows[t.body:] {
		if !row.hidden || !slices.ContainsFunc(t.Columns,
			func(c ImportColumn) bool { return c.Role.value() && !row.Cell(c.Index).isNoValue() }) {
			continue
		}
		if rows = append(rows, itoa(row.Number)); len(rows) == 1 {
			first = row.Number
		}
	}
	if len(rows) == 0 {
		return true
	}
	named := strings.Join(rows[:min(len(rows), 10)], "、")
	if len(rows) > 10 {
		named += "…"
	}
	answer := t.ask(Question{ID: "hidden_rows", Row: first, Text: kpi.T("import_ask_hidden_rows", len(rows), named),
		Options: []Option{{"leave", kpi.T("import_answer_not_read")}, {"read", kpi.T("import_answer_read")}}})
	if answer != "read" {
		t.Left = append(t.Left, Skip{Row: first, Text: kpi.T("import_hidden_rows", len(rows), named)})
	}
	return answer == "read"
}
