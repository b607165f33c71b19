package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// readUnit determines the unit of a figure: that of its heading, of its row, of the title. Of several in a row, one
// above the other, it is the lowest. It reports whether the figure is kept: an answer may leave it out.
func (t *table) readUnit(f *Figure, row GridRow, c ImportColumn) bool {
	f.Unit = t.Unit
	if c.Unit != "" {
		f.Unit = c.Unit
		return true
	}
	from, ok := t.beside(c, ColUnit)
	if !ok {
		if len(t.title.units) > 0 {
			f.Unit = t.askTitleUnit()
		}
		return true
	}
	f.at["unit"] = from.Index
	named := t.unitsOf(row, from)
	if len(named) == 0 {
		if t.Unit == "" {
			f.Refuse("unit", kpi.T("import_unit_missing"))
		}
		return true
	}
	var known []namedUnit
	for _, n := range named {
		if n.why.Key == "" {
			known = append(known, n)
		}
	}
	if len(known) == 0 {
		f.at["unit"] = named[0].column.Index
		f.Refuse("unit", named[0].why)
		return true
	}
	lowest, ok := t.lowest(known)
	if !ok {
		lowest = t.askUnit(known)
	}
	f.Unit, f.at["unit"] = lowest.unit.Code, lowest.column.Index
	for _, n := range named {
		switch {
		case n.why.Key == "":
		case n.why.Key != "import_unit_unknown" || t.namesUnits(n.column):
			f.at["unit"] = n.column.Index
			f.Refuse("unit", n.why)
			return true
		case !t.askPart(f, n, lowest):
			return false
		default:
			f.Part = quote(n.text)
		}
	}
	return true
}

// namedUnit is a unit in a cell.
type namedUnit struct {
	column ImportColumn
	text   string
	unit   kpi.Unit
	why    kpi.Text // why it is not a unit
}

// unitsOf returns the units that a row names for a column's figures: in the column found beside it and in others
// like it.
func (t *table) unitsOf(row GridRow, from ImportColumn) (out []namedUnit) {
	for _, o := range t.Columns {
		if o.Role != ColUnit || o.block != from.block || o.Indicator != from.Indicator || o.Unit != from.Unit {
			continue
		}
		text := t.shown(row, o.Index).Text
		if SaysNoValue(text) {
			continue
		}
		u, why := t.words.unit(text)
		out = append(out, namedUnit{o, text, u, why})
	}
	return out
}

// lowest returns the one of several units that is below all others; ok is false if there is none.
func (t *table) lowest(named []namedUnit) (lowest namedUnit, ok bool) {
	for _, n := range named {
		if !slices.ContainsFunc(named, func(o namedUnit) bool { return !t.below(n.unit, o.unit) }) {
			return n, true
		}
	}
	return named[0], false
}

// below reports whether u is the unit above or one below it in the tree.
func (t *table) below(u, above kpi.Unit) bool {
	for range len(t.known.Units) + 1 {
		if u.ID == above.ID {
			return true
		}
		at := slices.IndexFunc(t.known.Units, func(o kpi.Unit) bool { return o.ID == u.Parent })
		if u.Parent == 0 || at < 0 {
			return false
		}
		u = t.known.Units[at]
	}
	return false
}

// askUnit asks which of several columns of units applies; the first until that is answered.
func (t *table) askUnit(named []namedUnit) namedUnit {
	q := Question{ID: "unit:" + named[0].column.Name(), Row: t.Header, Column: named[0].column.Index,
		Text: kpi.T("import_ask_units")}
	for _, n := range named {
		q.Options = append(q.Options, Option{n.column.Name(),
			kpi.T("import_column_option", n.column.Name(), n.column.Heading)})
	}
	answer := t.ask(q)
	for _, n := range named {
		if n.column.Name() == answer {
			return n
		}
	}
	return named[0]
}

// askPart asks whether rows of villages that are not units here count for the unit beside them.
func (t *table) askPart(f *Figure, n, of namedUnit) bool {
	id := "part:" + n.column.Name()
	answer := t.ask(Question{ID: id, Row: f.Row, Column: n.column.Index,
		Text:    kpi.T("import_ask_part", n.column.Heading, quote(n.text), of.column.Heading),
		Options: []Option{{"count", kpi.T("import_part_count", of.column.Heading)}, {leave, kpi.T("import_part_leave")}}})
	if answer == leave {
		t.leaveAsked(id, Skip{f.Row, n.column.Index, kpi.T("import_left_part", n.column.Heading)})
		return false
	}
	return true
}

// namesUnits reports whether any cell of a column is a known unit: an unknown one is then a mistake.
func (t *table) namesUnits(c ImportColumn) bool {
	is, ok := t.places[c.Index]
	if !ok {
		for _, row := range t.grid.Rows[t.body:] {
			if _, why := t.words.unit(t.shown(row, c.Index).Text); why.Key == "" || why.Key == "import_unit_ambiguous" {
				is = true
				break
			}
		}
		t.places[c.Index] = is
	}
	return is
}
