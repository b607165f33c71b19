package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// ownNames are names of the root office as a unit of its own.
var ownNames = []string{"本级", "市本级", "县本级", "区本级", "机关", "市机关", "县机关", "区机关"}

// addsAll records whether a column's own total is the sum of all its rows.
func (t *table) addsAll(column int, does bool) {
	if does {
		t.whole[column] = true
	}
}

// findOwn marks figures of a unit that do not include the units below it in the same column: the row says so (本级),
// it is the unit's office with less than the units below, or the table's total adds it to theirs.
func (t *table) findOwn() {
	byColumn := map[int][]Figure{}
	for _, f := range t.Figures {
		byColumn[f.Column] = append(byColumn[f.Column], f)
	}
	parents := map[string]bool{}
	for _, u := range t.known.Units {
		for _, above := range t.known.Units {
			if u.Parent == above.ID {
				parents[above.Code] = true
				break
			}
		}
	}
	for i := range t.Figures {
		f := &t.Figures[i]
		if !parents[f.Unit] {
			continue
		}
		own, office := t.namedOwn(*f)
		if !own && !office && !t.whole[f.Column] {
			continue
		}
		var below kpi.Amount
		any := false
		for _, o := range byColumn[f.Column] {
			if o.Indicator.Code == f.Indicator.Code && o.Dated == f.Dated && t.isBelow(o.Unit, f.Unit) {
				below, any = below+o.Quantity.Amount, true
			}
		}
		f.Own = any && (own || t.whole[f.Column] || office && f.Quantity.Amount < below)
	}
}

// namedOwn reports whether a figure's row names the unit's own part, or the unit's office.
func (t *table) namedOwn(f Figure) (own, office bool) {
	at, ok := f.at["unit"]
	if !ok {
		return false, false
	}
	i := slices.IndexFunc(t.grid.Rows, func(r GridRow) bool { return r.Number == f.Row })
	if i < 0 {
		return false, false
	}
	name := plainName(t.shown(t.grid.Rows[i], at).Text)
	own = slices.Contains(ownNames, name) || strings.HasSuffix(name, "本级") || strings.HasSuffix(name, "机关")
	return own, strings.HasSuffix(name, "妇联") || strings.HasSuffix(name, "妇女联合会")
}

// isBelow reports whether a unit is below another, by their codes.
func (t *table) isBelow(code, above string) bool {
	if code == above {
		return false
	}
	find := func(code string) (kpi.Unit, bool) {
		i := slices.IndexFunc(t.known.Units, func(u kpi.Unit) bool { return u.Code == code })
		if i < 0 {
			return kpi.Unit{}, false
		}
		return t.known.Units[i], true
	}
	u, ok := find(code)
	a, also := find(above)
	return ok && also && t.below(u, a)
}

// root returns the index of the root unit; -1 if there is not exactly one.
func (v *vocabulary) root() int {
	at := -1
	for i, u := range v.units {
		if u.Parent != 0 {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = i
	}
	return at
}

// byRoot returns the units that a plain name means through the root: 本级 is the root, 武冈市邓家铺镇 is 邓家铺镇.
func (v *vocabulary) byRoot(name string) (places []int) {
	root := v.root()
	if root < 0 {
		return nil
	}
	if slices.Contains(ownNames, name) {
		return []int{root}
	}
	rest, ok := strings.CutPrefix(name, plainName(v.units[root].Name))
	if !ok || len([]rune(rest)) < 2 || slices.Contains(ownNames, rest) {
		return nil
	}
	if f := v.findUnit(rest); f.text.Key == "" {
		return []int{slices.IndexFunc(v.units, func(u kpi.Unit) bool { return u.ID == f.unit.ID })}
	}
	return nil
}
