package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// settleTwins asks which of several columns holds that say the same figures with other numbers: 上报数 and
// 核定数. The first is kept until somebody says; one whose meaning a person chose is not asked about.
func (t *table) settleTwins(places []int) {
	for _, i := range places {
		c := t.Columns[i]
		_, chosen := t.choices.Roles[c.Index]
		if _, remembered := t.choices.Remembered[c.Heading]; chosen || remembered {
			return
		}
	}
	first := t.Columns[places[0]]
	if !slices.ContainsFunc(places[1:], func(i int) bool { return t.differ(first, t.Columns[i]) }) {
		return
	}
	slices.Sort(places)
	q := Question{ID: "twin:" + t.Columns[places[0]].Name(), Row: t.Header, Column: t.Columns[places[0]].Index,
		Text: kpi.T("import_ask_twin")}
	for _, i := range places {
		c := t.Columns[i]
		q.Options = append(q.Options, Option{c.Name(), kpi.T("import_column_option", c.Name(), c.Heading)})
	}
	answer := t.ask(q)
	for _, i := range places {
		if c := &t.Columns[i]; answer != "" && c.Name() != answer {
			c.Role, c.why = ColIgnore, kpi.T("import_column_second")
		} else if answer != "" {
			c.Role, c.why = first.Role, kpi.Text{}
		}
	}
}

// differ reports whether a column says another number than the first, or one where the first says none.
func (t *table) differ(first, c ImportColumn) bool {
	return slices.ContainsFunc(t.grid.Rows[t.body:], func(r GridRow) bool {
		a, b := r.Cell(first.Index), r.Cell(c.Index)
		if b.isNoValue() || a.Text == b.Text {
			return false
		}
		x, ok := plainAmount(a.Text)
		y, also := plainAmount(b.Text)
		return also && !(ok && x == y)
	})
}
