package app

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// verifyRecords replays the audit log and words what records are not what it says. The lines are for whoever
// works at the machine: they name tables' records and columns as they are stored.
func (a *App) verifyRecords(ctx context.Context, r *store.Reader, marks *store.Marks,
	heads []store.Head) (out, notes []string, err error) {
	replayed, err := r.Replay(ctx, marks, heads...)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range replayed.Broken {
		out = append(out, fmt.Sprintf("audit entry %d: its link to the one before does not hold", id))
	}
	for _, id := range replayed.Unread {
		out = append(out, fmt.Sprintf("audit entry %d: what it says of records cannot be read", id))
	}
	if n := len(replayed.Keyless); n > 0 {
		out = append(out, fmt.Sprintf("audit entry %d: it is not made with the key of this installation, and neither are %d "+
			"others", replayed.Keyless[0], n-1))
	}
	if replayed.Unkeyed {
		out = append(out, "audit log: no entry is made with the key of this installation: the end was taken off, or nothing "+
			"was logged since the key was made")
	}
	for _, h := range replayed.HeadsBroken {
		why := "its first entries are not those that the code was made of"
		if h.Entries > replayed.Entries {
			why = fmt.Sprintf("it has %d entries: the end was taken off", replayed.Entries)
		}
		out = append(out, fmt.Sprintf("audit log: it does not fit the code %s, %s", h, why))
	}
	if replayed.Strange != 0 {
		notes = append(notes, fmt.Sprintf("not provable: audit entries up to %d, made with the key %s, which is not here",
			replayed.Strange, replayed.StrangeKey))
	}
	w := recordWords{zone: a.zone}
	if len(replayed.Differences)+len(replayed.UnitsAstray) > 0 {
		if err := w.read(ctx, r); err != nil {
			return out, nil, err
		}
	}
	for _, d := range replayed.Differences {
		out = append(out, w.difference(d))
	}
	for _, u := range replayed.UnitsAstray {
		out = append(out, w.astray(u))
	}
	if replayed.UnitsEarlier > 0 {
		notes = append(notes, fmt.Sprintf("not provable: by which units %d audit entries are found, from before the log said so",
			replayed.UnitsEarlier))
	}
	if replayed.Earlier > 0 {
		notes = append(notes, fmt.Sprintf("not provable: what became of %d records before %s, when the log began to hold "+
			"records; since then they are as they were found", replayed.Earlier, w.at(replayed.Since)))
	}
	return out, notes, nil
}

// recordWords words records.
type recordWords struct {
	zone       *time.Location
	units      map[kpi.UnitID]kpi.Unit
	indicators map[kpi.IndicatorID]kpi.Indicator
}

func (w *recordWords) read(ctx context.Context, r *store.Reader) error {
	units, err := r.Units(ctx)
	if err != nil {
		return err
	}
	w.units = map[kpi.UnitID]kpi.Unit{}
	for _, u := range units {
		w.units[u.ID] = u
	}
	w.indicators, err = cachedIndicatorsByID(ctx, r)
	return err
}

func (w recordWords) at(t kpi.UnixMilli) string {
	return time.UnixMilli(int64(t)).In(w.zone).Format("2006-01-02 15:04:05")
}

// difference is one line on a record: what it is, what the log says and what the record says.
func (w recordWords) difference(d store.Difference) string {
	name := recordNoun(d.Table) + " " + strings.Join(w.cells(keyCells(d)), ", ")
	if d.Last != 0 {
		return fmt.Sprintf("%s to %d: several of them are not what the log says (%s)", name, d.Last, w.entry(d.Entry))
	}
	if about := w.about(d); about != "" {
		name += " (" + about + ")"
	}
	switch d.Kind {
	case store.DifferenceGone:
		return fmt.Sprintf("%s: it is not there; the log says%s (%s)", name, w.row(d.Row), w.entry(d.Entry))
	case store.DifferenceUnsaid:
		return fmt.Sprintf("%s: the log does not speak of it; the record says%s", name, w.row(d.Row))
	case store.DifferenceBack:
		return fmt.Sprintf("%s: the log says that it was removed (%s); the record says%s", name, w.entry(d.Entry),
			w.row(d.Row))
	}
	if len(d.Columns) == 0 {
		return fmt.Sprintf("%s: it is not what the log holds by a digest (%s); the record says%s", name, w.entry(d.Entry),
			w.row(d.Row))
	}
	var changed []string
	for _, c := range d.Columns {
		changed = append(changed, fmt.Sprintf("%s: the log says %s, the record says %s", c.Column,
			w.value(c.Column, c.Logged), w.value(c.Column, c.Is)))
	}
	return fmt.Sprintf("%s: %s (%s)", name, strings.Join(changed, "; "), w.entry(d.Entry))
}

// astray is one line on an audit entry that the log's filter finds by other units than the entry says.
func (w recordWords) astray(u store.UnitsAstray) string {
	var told []string
	tell := func(what string, units []kpi.UnitID) {
		if len(units) > 0 {
			told = append(told, fmt.Sprintf("%s %s", what, w.value("unit_id", fmt.Sprint(units[0]))))
		}
		if n := len(units) - 1; n > 0 {
			told[len(told)-1] += fmt.Sprintf(" and %d more", n)
		}
	}
	tell("not found by", u.Missing)
	tell("found by", u.More)
	return fmt.Sprintf("audit entry %d: asked by unit, the log does not give it as it says: it is %s", u.Entry,
		strings.Join(told, ", and "))
}

func keyCells(d store.Difference) (out []store.Cell) {
	for i, k := range d.Key {
		column := ""
		if i < len(d.Row) {
			column = d.Row[i].Column
		}
		if d.Table == "updates" {
			column = "id"
		}
		out = append(out, store.Cell{Column: column, Value: k})
	}
	return out
}

func (w recordWords) cells(cells []store.Cell) (out []string) {
	for _, c := range cells {
		switch c.Column {
		case "unit_id", "indicator_id":
			out = append(out, w.value(c.Column, c.Value))
		default:
			out = append(out, inLine(c.Value))
		}
	}
	return out
}

// about tells which record it is by what people know it by.
func (w recordWords) about(d store.Difference) string {
	var out []string
	for _, column := range []string{"name", "code", "year", "month", "indicator_id", "unit_id", "update_id", "section",
		"dated"} {
		i := slices.IndexFunc(d.Row, func(c store.Cell) bool { return c.Column == column })
		if i < 0 || i < len(d.Key) && d.Table != "updates" {
			continue
		}
		if text := w.value(column, d.Row[i].Value); text != `""` {
			out = append(out, strings.Trim(text, `"`))
		}
	}
	return strings.Join(out, ", ")
}

func (w recordWords) row(row []store.Cell) string {
	var out []string
	for _, c := range row {
		if c.Value != "" && c.Value != "null" {
			out = append(out, c.Column+" "+w.value(c.Column, c.Value))
		}
	}
	if len(out) == 0 {
		return " a digest only"
	}
	return ": " + strings.Join(out, ", ")
}

func (w recordWords) entry(e kpi.AuditEntry) string {
	return fmt.Sprintf("audit entry %d, %s, %s, %s", e.ID, inLine(e.Action), w.at(e.At), inLine(e.Actor))
}

// amountColumns hold millionths, rateColumns hundredths.
var (
	amountColumns = []string{"amount", "target", "initial", "full_year", "opening", "income", "spent", "closing",
		"last_year"}
	rateColumns = []string{"weight", "points", "proposed", "rate"}
)

// digest is how the log holds a long text.
var digest = regexp.MustCompile(`^\{"sha256":"[0-9a-f]{64}","bytes":\d+\}$`)

// inLine returns a text that stays within its line: whoever changed a record chose it.
func inLine(text string) string {
	if quoted := strconv.Quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}

// value words a column's value.
func (w recordWords) value(column, text string) string {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case text == "null":
		return "nothing"
	case digest.MatchString(text):
		return "a text of SHA-256 " + strings.TrimPrefix(text, `{"sha256":"`)[:12] + "…"
	case err != nil:
		return strconv.Quote(text)
	case slices.Contains(amountColumns, column):
		return kpi.Amount(n).String()
	case slices.Contains(rateColumns, column):
		return kpi.Percent(n).String()
	case strings.HasSuffix(column, "_at") && n != 0, column == "at":
		return w.at(kpi.UnixMilli(n))
	case column == "unit_id" && w.units[kpi.UnitID(n)].Code != "":
		u := w.units[kpi.UnitID(n)]
		return "unit " + inLine(u.Code) + " " + inLine(u.Name)
	case column == "indicator_id" && w.indicators[kpi.IndicatorID(n)].Code != "":
		i := w.indicators[kpi.IndicatorID(n)]
		return "indicator " + inLine(i.Code) + " " + inLine(i.Name)
	}
	return text
}

// recordNouns are what rows of tables are called whose names do not say so in the singular.
var recordNouns = map[string]string{"settings": "setting", "rule_sets": "rules of year", "staffing": "staff of year",
	"evidence": "evidence", "unit_parents": "former parent of unit", "year_indicators": "indicator of year",
	"owners": "indicator of account", "official_costs": "official costs of year", "outlines": "outline of year",
	"covers": "cover of year", "form_values": "form values of year", "rekeyed": "typed line of year",
	"public_years": "public year", "report_texts": "text of year", "outlooks": "outlook of year",
	"expectations": "expectation of year", "import_columns": "column of a table", "project_money": "money of project",
	"project_indicators": "indicator of project", "doubts": "doubt about update", "budget_lines": "budget line of year",
	"budget_sources": "income of year", "check_marks": "finding marked in year", "report_templates": "template of year"}

// recordNoun is what a row of a table is called.
func recordNoun(table string) string {
	if noun, ok := recordNouns[table]; ok {
		return noun
	}
	return strings.ReplaceAll(strings.TrimSuffix(table, "s"), "_", " ")
}
