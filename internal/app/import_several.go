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
func (p *importPlan) gather(lines []ImportLine) {
	groups := map[severalRows][]*ImportLine{}
	var order []severalRows
	for i := range lines {
		l := &lines[i]
		sums := l.Indicator.Kind.Sums()
		if p.bad[l.Row] || l.Entry != 0 || sums && !l.Cumulative && (!l.Month || l.Part == "") {
			continue
		}
		key := severalRows{FigureKey: store.FigureKey{Unit: l.unit, Indicator: l.Indicator.ID}, dated: l.Dated,
			since: l.Since, parts: l.Part != ""}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], l)
	}
	for _, key := range order {
		if group := groups[key]; len(group) > 1 {
			p.settleSeveral(group)
		}
	}
}

func (p *importPlan) settleSeveral(group []*ImportLine) {
	last := group[len(group)-1]
	sum, adds := addedUp(group)
	adds = adds && last.Indicator.AddsUnits()
	for _, l := range group {
		l.gathered = l != last
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
		for _, l := range group {
			l.Waits, l.gathered = true, true
		}
	case answerAdd:
		last.join(group, sum)
	case answerLast:
		last.join(group[len(group)-1:], last.Quantity)
		for _, l := range group[:len(group)-1] {
			l.Same = true
		}
	case answerLeave:
		for _, l := range group {
			l.Same, l.gathered = true, true
		}
	}
}

// join makes a line hold what several come to, with what their notes say; the others are counted with it.
func (l *ImportLine) join(group []*ImportLine, sum kpi.Quantity) {
	var notes []string
	for _, o := range group {
		note := o.Note
		if o.Part != "" && !strings.HasPrefix(note, o.Part) {
			note = strings.TrimRight(o.Part+" "+o.Quantity.Amount.String()+"："+note, "：")
		}
		if note != "" && (len(notes) == 0 || notes[len(notes)-1] != note) {
			notes = append(notes, note)
		}
		o.Same = o != l
	}
	l.Note = strings.Join(notes, "；")
	for utf8.RuneCountInString(l.Note) > kpi.MaxNote {
		notes = notes[:len(notes)-1]
		l.Note = strings.Join(append(notes[:len(notes):len(notes)], "…"), "；")
	}
	l.Quantity, l.Logged = sum, sum
	l.update.Quantity, l.update.Note = sum, l.Note
}

// addedUp is the sum of figures, as exact as the least exact of them; ok is false where it is too large.
func addedUp(group []*ImportLine) (sum kpi.Quantity, ok bool) {
	sum = kpi.Exactly(0)
	for _, l := range group {
		next := sum.Amount + l.Quantity.Amount
		if (next < sum.Amount) != (l.Quantity.Amount < 0) {
			return sum, false
		}
		sum.Amount = next
		switch precision := l.Quantity.Precision; {
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
func differentParts(group []*ImportLine) bool {
	seen := map[string]bool{}
	for _, l := range group {
		if l.Part == "" || seen[l.Part] {
			return false
		}
		seen[l.Part] = true
	}
	return true
}

// written lists figures of a group as they are written; a judgement by where it stands.
func written(group []*ImportLine) string {
	var out []string
	for _, l := range group {
		at := intake.Mistake{Row: l.Row, Column: l.Column}.Ref()
		if l.Indicator.Kind != kpi.Level {
			at += " " + l.Quantity.Amount.String()
		}
		if out = append(out, at); len(out) == 8 && len(group) > 8 {
			out = append(out, "…")
			break
		}
	}
	return strings.Join(out, "、")
}
