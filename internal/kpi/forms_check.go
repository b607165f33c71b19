package kpi

import (
	"slices"
	"strings"
)

// Check refuses forms that cannot be printed: keys that come twice, rates of columns there are none of, rows from
// records there are none of, parts without a row above them, blocks that would print nothing.
func (f Forms) Check() error {
	var m Mistakes
	checkLength(&m, "forms", f.Name, maxFormName)
	if len(f.Basic) == 0 && (f.Name != "" || f.Lists || f.ByLevel) {
		m.Add("forms", "forms_empty")
	}
	if len(f.Basic) > maxFormBlocks {
		m.Add("forms", "forms_size", maxFormRows)
	}
	rows := map[string]bool{}
	for _, b := range f.Basic {
		b.check(&m, rows)
	}
	return m.Err()
}

// check refuses a block that cannot be printed. rows are the keys of those before it.
func (b FormBlock) check(m *Mistakes, rows map[string]bool) {
	if !contains(BlockKinds, b.Kind) {
		m.Add("forms", "forms_block_unknown", string(b.Kind))
	}
	if len(b.Rows) > maxFormRows || len(b.Columns) > MaxFormColumns {
		m.Add("forms", "forms_size", maxFormRows)
	}
	checkLength(m, "forms", b.Title, maxFormName)
	checkLength(m, "forms", b.TitleEn, 2*maxFormName)
	if b.Kind == BlockRows && (len(b.Columns) == 0 || len(b.Rows) == 0) || b.Kind == BlockText && len(b.Rows) == 0 {
		m.Add("forms", "forms_block_empty", b.Title)
	}
	columns := map[string]bool{}
	for _, c := range b.Columns {
		checkFormKey(m, columns, c.Key, c.Name)
		checkLength(m, "forms", c.NameEn, 2*maxFormName)
		checkLength(m, "forms", string(c.Measure), maxFormMeasure)
	}
	for _, c := range b.Columns {
		of := func(key string) bool {
			return slices.ContainsFunc(b.Columns, func(o FormColumn) bool { return o.Key == key && len(o.Of) == 0 })
		}
		if len(c.Of) != 0 && (len(c.Of) != 2 || !of(c.Of[0]) || !of(c.Of[1])) {
			m.Add("forms", "forms_rate", c.Name)
		}
	}
	above := -1
	for _, row := range b.Rows {
		checkFormKey(m, rows, row.Key, row.Name)
		checkLength(m, "forms", row.NameEn, 2*maxFormName)
		if row.Level < 0 || row.Level > above+1 || row.Level > MaxFormLevel {
			m.Add("forms", "forms_level", row.Name)
		}
		above = row.Level
		if !row.From.Known() {
			m.Add("forms", "forms_source", row.Name, string(row.From))
		}
	}
}

func checkFormKey(m *Mistakes, seen map[string]bool, key, name string) {
	if key == "" || strings.ContainsAny(key, ". \n") || len(key) > maxFormName || seen[key] {
		m.Add("forms", "forms_key", key)
	}
	seen[key] = true
	if name == "" {
		m.Add("forms", "name_missing")
	}
	checkLength(m, "forms", name, maxFormName)
}

// RowSources lists where the amounts of a row can come from, the office's own statement first.
func RowSources() []RowSource {
	out := []RowSource{FromOffice, FromProject, OfficialPrefix + "total", OfficialPrefix + "vehicles"}
	for _, k := range OfficialKinds {
		out = append(out, OfficialPrefix+RowSource(k))
	}
	return out
}

// Known reports whether s is one of [RowSources].
func (s RowSource) Known() bool { return contains(RowSources(), s) }

// Remeasured returns the names of columns that f measures differently than before, of which stated says that amounts
// are kept: in the new measure they would be others.
func (f Forms) Remeasured(before Forms, stated FormValues) (names []string) {
	was := map[string]Measure{}
	for _, b := range before.Basic {
		for _, c := range b.Columns {
			for _, row := range b.Rows {
				was[row.Key+"."+c.Key] = c.Measure
			}
		}
	}
	for _, b := range f.Basic {
		for _, c := range b.Columns {
			for _, row := range b.Rows {
				key := row.Key + "." + c.Key
				_, kept := stated.Amounts[key]
				if old, had := was[key]; had && kept && old != c.Measure && !slices.Contains(names, c.Name) {
					names = append(names, c.Name)
				}
			}
		}
	}
	return names
}
