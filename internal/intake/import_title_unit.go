package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

var (
	unitLabel = regexp.MustCompile(`(?i)^(?:填报|报送|上报)?单位(?:名称)?\s*(?:[(（]\s*(?:盖章|公章)\s*[)）])?\s*[:：]?$|^(?:reporting )?unit\s*:?$`)
	// a unit that is named but not meant: 不含龙溪镇, 龙溪镇等12个乡镇
	unitLeftOut = regexp.MustCompile(`(?:不含|不包括|不包含|不计|除|除了|excluding|except|without)\s*$`)
	// the text before and after a unit that a title names without 镇, 乡 or 街道: 荆竹2026年10月, （荆竹）
	shortBefore = regexp.MustCompile(`(?:^|[\s(年月日])$`)
	shortAfter  = regexp.MustCompile(`^(?:$|[\s)\d]|妇联|二〇)`)
	unitAmong   = regexp.MustCompile(`^(?:镇|乡|街道)?\s*(?:等|之外)`)
)

// unitInCells returns the column of the cell with a unit after a label (填报单位 | 龙溪镇); ok is false if there is none,
// or if the row is a heading of several units.
func (t *table) unitInCells(row GridRow) (column int, ok bool) {
	label := -1
	for i, c := range row.Cells {
		switch {
		case c.Kind == CellEmpty:
		case label < 0:
			if unitLabel.MatchString(strings.TrimSpace(c.Text)) {
				label = i
			}
		default:
			_, why := t.words.unit(c.Text)
			if isUnit := why.Key == ""; ok || !isUnit {
				return column, ok && !isUnit
			}
			column, ok = i, true
		}
	}
	return column, ok
}

// titleUnits determines the unit of the table from the lines above the headings and the sheet's name. A unit after
// 填报单位 comes before one that is only named, unless it is the root and a unit below is named. Of several units above
// each other it is the lowest, of others it is asked.
func (t *table) titleUnits(lines []string) {
	var named []kpi.Unit
	for _, line := range lines {
		for _, u := range t.unitsNamed(line) {
			if !slices.ContainsFunc(named, func(o kpi.Unit) bool { return o.ID == u.ID }) {
				named = append(named, u)
			}
		}
	}
	named = slices.DeleteFunc(named, func(u kpi.Unit) bool {
		return slices.ContainsFunc(named, func(o kpi.Unit) bool { return o.ID != u.ID && t.below(o, u) })
	})
	if t.Unit != "" && !slices.ContainsFunc(t.known.Units, func(u kpi.Unit) bool {
		return u.Code == t.Unit &&
			u.Parent == 0
	}) {
		return
	}
	if len(named) == 1 && t.Unit == "" {
		t.Unit = named[0].Code
		return
	}
	if len(named) == 0 {
		named = t.unitsAmid(lines)
		t.title.amid = len(named) > 0
	}
	if len(named) > 0 {
		for _, u := range t.known.Units {
			if u.Code == t.Unit || t.title.amid && t.Unit == "" && u.Parent == 0 {
				named = append([]kpi.Unit{u}, named...)
			}
		}
		t.title.units = named
	}
}

// unitsNamed returns the units below the root that a line names; of names within each other the longest.
func (t *table) unitsNamed(line string) (out []kpi.Unit) {
	if u, why := t.words.unit(line); why.Key == "" {
		if u.Parent == 0 {
			return nil
		}
		return []kpi.Unit{u}
	}
	line = t.lineWithoutNames(line)
	out = t.fullUnits(line)
	if len(out) == 0 {
		return t.shortUnits(t.withoutRoot(line))
	}
	slices.SortFunc(out, func(a, b kpi.Unit) int { return strings.Compare(a.Code, b.Code) })
	return slices.CompactFunc(out, func(a, b kpi.Unit) bool { return a.ID == b.ID })
}

// lineWithoutNames returns a folded line without the names of indicators.
func (t *table) lineWithoutNames(line string) string {
	line = strings.ToLower(width.Fold.String(line))
	for _, ind := range t.known.Indicators {
		for _, name := range []string{ind.Name, ind.NameEn} {
			if name != "" {
				line = strings.ReplaceAll(line, strings.ToLower(width.Fold.String(name)), " ")
			}
		}
	}
	return line
}

// withoutRoot returns a folded line without the root's name: 荆竹妇联 for 云溪县荆竹妇联.
func (t *table) withoutRoot(line string) string {
	for _, u := range t.known.Units {
		if root := strings.ToLower(width.Fold.String(u.Name)); u.Parent == 0 && root != "" {
			line = strings.ReplaceAll(line, root, " ")
		}
	}
	return line
}

// fullUnits returns the units that a folded line names in full.
func (t *table) fullUnits(line string) (out []kpi.Unit) {
	taken := map[int]int{} // index of a name → its length
	whose := map[int]kpi.Unit{}
	for _, u := range t.known.Units {
		for _, name := range []string{u.Name, u.NameEn} {
			if name = strings.ToLower(width.Fold.String(strings.TrimSpace(name))); len(name) < 4 {
				continue
			}
			for at := 0; ; {
				i := strings.Index(line[at:], name)
				if i < 0 {
					break
				}
				i += at
				at = i + len(name)
				if !wordAt(line, i, at) || unitLeftOut.MatchString(line[:i]) || unitAmong.MatchString(line[at:]) {
					continue
				}
				if len(name) > taken[i] {
					taken[i], whose[i] = len(name), u
				}
			}
		}
	}
	for i, u := range whose {
		inside := false
		for j, n := range taken {
			inside = inside || j != i && j <= i && i+taken[i] <= j+n
		}
		if !inside && u.Parent != 0 {
			out = append(out, u)
		}
	}
	return out
}

// shortUnits returns the units that a line certainly names by a short form, without the word for their kind.
func (t *table) shortUnits(line string) []kpi.Unit {
	return t.unitsInShort(line, func(before, after string) bool {
		return shortBefore.MatchString(before) && shortAfter.MatchString(after)
	})
}

// unitsAmid returns the units whose short form is among other words of the title (荆竹工作统计表). Another place of that
// name may be meant.
func (t *table) unitsAmid(lines []string) (out []kpi.Unit) {
	for _, line := range lines {
		for _, u := range t.unitsInShort(t.withoutRoot(t.lineWithoutNames(line)), func(_, after string) bool {
			return !unitAmong.MatchString(after)
		}) {
			if !slices.ContainsFunc(out, func(o kpi.Unit) bool { return o.ID == u.ID }) {
				out = append(out, u)
			}
		}
	}
	return out
}

// unitKinds are the words for kinds of units that titles leave out, in both languages.
var unitKinds = []string{"镇", "乡", "街道", "村", "社区", " town", " township", " subdistrict", " village"}

// unitsInShort returns the units that a folded line names by a short form between words that fit; a name that the
// root's name begins with is not one.
func (t *table) unitsInShort(line string, fits func(before, after string) bool) (out []kpi.Unit) {
	above := func(short string) bool {
		return slices.ContainsFunc(t.known.Units, func(o kpi.Unit) bool {
			return o.Parent == 0 && (strings.HasPrefix(strings.ToLower(width.Fold.String(o.Name)), short) ||
				o.NameEn != "" && strings.HasPrefix(strings.ToLower(o.NameEn), short))
		})
	}
	for _, u := range t.known.Units {
		if u.Parent == 0 || slices.ContainsFunc(out, func(o kpi.Unit) bool { return o.ID == u.ID }) {
			continue
		}
		for _, name := range []string{u.Name, u.NameEn} {
			name = strings.ToLower(width.Fold.String(strings.TrimSpace(name)))
			for _, kind := range unitKinds {
				short, ok := strings.CutSuffix(name, kind)
				at := strings.Index(line, short)
				if !ok || len([]rune(short)) < 2 || at < 0 || above(short) || !wordAt(line, at, at+len(short)) ||
					unitLeftOut.MatchString(line[:at]) || !fits(line[:at], line[at+len(short):]) {
					continue
				}
				out = append(out, u)
			}
		}
	}
	return out
}

// wordAt reports whether a range of a text is not part of a longer Latin word.
func wordAt(s string, from, to int) bool {
	latin := func(b byte) bool { return b >= 'a' && b <= 'z' }
	return !(from > 0 && latin(s[from-1]) && latin(s[from])) && !(to < len(s) && latin(s[to-1]) && latin(s[to]))
}

// askTitleUnit asks whose figures these are if the title names several units; the first until that is answered.
func (t *table) askTitleUnit() string {
	q := Question{ID: "unit", Text: kpi.T("import_ask_title_units")}
	if t.title.amid {
		q.Text = kpi.T("import_ask_title_amid")
	}
	for _, u := range t.title.units {
		q.Options = append(q.Options, Option{u.Code, kpi.T("import_title_unit_option", u.Name)})
	}
	if len(q.Options) == 1 {
		return q.Options[0].Value
	}
	if answer := t.ask(q); answer != "" {
		return answer
	}
	return q.Options[0].Value
}
