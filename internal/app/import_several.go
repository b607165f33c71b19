package app

import (
	"strings"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// answerLast is the answer that the last of several rows holds.
const answerLast = "last"

// severalRows is what makes rows of a table one figure that a single entry holds: a reading of a day, a
// sum up to it, or what the parts of a unit did in a month.
type severalRows struct {
	store.FigureKey
	dated kpi.Date
	since int
	parts bool
}

// gather settles figures that stand in several rows, of which the log can hold only one: the batches of
// a sum so far, the villages of a township. Villages that are all different are added up; else it is
// asked. The last row then holds what comes of them, and the others are counted with it.
func (p *importPlan) gather(figures []ImportFigure) {
	groups := map[severalRows][]*ImportFigure{}
	var order []severalRows
	for i := range figures {
		f := &figures[i]
		sums := f.Indicator.Kind.Sums()
		if p.bad[f.Row] || f.Entry != 0 || sums && !f.Cumulative && (!f.Month || f.Part == "") {
			continue
		}
		key := severalRows{FigureKey: store.FigureKey{Unit: f.unit, Indicator: f.Indicator.ID}, dated: f.Dated,
			since: f.Since, parts: f.Part != ""}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], f)
	}
	for _, key := range order {
		if group := groups[key]; len(group) > 1 {
			p.settleSeveral(group)
		}
	}
}

func (p *importPlan) settleSeveral(group []*ImportFigure) {
	last := group[len(group)-1]
	sum, adds := addedUp(group)
	adds = adds && last.Indicator.AddsUnits()
	for _, f := range group {
		f.gathered = f != last
	}
	if adds && differentParts(group) {
		p.asks = append(p.asks, intake.Mistake{Row: last.Row, Column: last.Column,
			Text: kpi.T("import_rows_joined", last.name(), len(group), sum.Amount, last.Indicator.Measure)})
		last.join(group, sum)
		return
	}
	text := kpi.T("import_ask_several_rows", last.name(), len(group), written(group))
	var options []intake.Option
	if adds {
		options = append(options, intake.Option{Value: answerAdd,
			Text: kpi.T("import_answer_add_up", sum.Amount, last.Indicator.Measure)})
	}
	if last.Part == "" || !adds {
		options = append(options, intake.Option{Value: answerLast,
			Text: kpi.T("import_answer_last", written(group[len(group)-1:]))})
	}
	options = append(options, intake.Option{Value: answerLeave, Text: kpi.T("import_answer_none")})
	switch p.askAbout(last, "several", text, options...) {
	case "":
		for _, f := range group {
			f.Waits, f.gathered = true, true
		}
	case answerAdd:
		last.join(group, sum)
	case answerLast:
		last.join(group[len(group)-1:], last.Quantity)
		for _, f := range group[:len(group)-1] {
			f.Same = true
		}
	case answerLeave:
		for _, f := range group {
			f.Same, f.gathered = true, true
		}
	}
}

// join sets the figure to the sum of a group of rows, with their notes; the others are counted with it.
func (f *ImportFigure) join(group []*ImportFigure, sum kpi.Quantity) {
	var notes []string
	for _, o := range group {
		note := o.Note
		if o.Part != "" && !strings.HasPrefix(note, o.Part) {
			note = strings.TrimRight(o.Part+" "+o.Quantity.Amount.String()+"："+note, "：")
		}
		if note != "" && (len(notes) == 0 || notes[len(notes)-1] != note) {
			notes = append(notes, note)
		}
		o.Same = o != f
	}
	f.Note = strings.Join(notes, "；")
	for utf8.RuneCountInString(f.Note) > kpi.MaxNote {
		notes = notes[:len(notes)-1]
		f.Note = strings.Join(append(notes[:len(notes):len(notes)], "…"), "；")
	}
	f.Quantity, f.Logged = sum, sum
	f.update.Quantity, f.update.Note = sum, f.Note
}

// addedUp returns the sum of figures, as exact as the least exact of them; ok is false where it is too large.
func addedUp(group []*ImportFigure) (sum kpi.Quantity, ok bool) {
	sum = kpi.Exactly(0)
	for _, f := range group {
		next := sum.Amount + f.Quantity.Amount
		if (next < sum.Amount) != (f.Quantity.Amount < 0) {
			return sum, false
		}
		sum.Amount = next
		switch precision := f.Quantity.Precision; {
		case precision == kpi.Exact || precision == "" || precision == sum.Precision:
		case sum.Precision == kpi.Exact:
			sum.Precision = precision
		default:
			sum.Precision = kpi.About
		}
	}
	return sum, true
}

// differentParts reports whether all figures are of parts of their unit, and each of another.
func differentParts(group []*ImportFigure) bool {
	seen := map[string]bool{}
	for _, f := range group {
		if f.Part == "" || seen[f.Part] {
			return false
		}
		seen[f.Part] = true
	}
	return true
}

// written lists figures of a group as they are written; a judgement by where it stands.
func written(group []*ImportFigure) string {
	var out []string
	for _, f := range group {
		at := intake.Mistake{Row: f.Row, Column: f.Column}.Ref()
		if f.Indicator.Kind != kpi.Level {
			at += " " + f.Quantity.Amount.String()
		}
		if out = append(out, at); len(out) == 8 && len(group) > 8 {
			out = append(out, "…")
			break
		}
	}
	return strings.Join(out, "、")
}
