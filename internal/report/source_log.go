package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

var sourceLogWidths = []int{11, 24, 56, 25, 24, 24, 18, 62}

// sourceLog builds 数据来源明细表: beside what [Draft.sources] says of a figure, every entry that it was added up from
// and the evidence for each. It names nobody, as it may be published.
func (b *Draft) sourceLog() []paper.Block {
	t := &paper.Table{Widths: sourceLogWidths, Head: 1}
	t.Add(b.heads("number", "section", "formula", "date", "unit", "value", "approved", "evidence")...)
	b.budgetSources(t)
	numbers := b.Board.Numbers()
	for _, a := range b.Board.Areas {
		section := b.placeOf(a.Area.ID)
		for _, f := range b.inOrder(a.Figures) {
			b.sourceRows(t, numbers, section, f)
		}
	}
	if len(t.Rows) == 1 {
		return []paper.Block{paper.NewParagraph(phrase(b.p, "report.figures.empty")...)}
	}
	return []paper.Block{{Table: t}, paper.NewNote(phrase(b.p, "report.sources.log_note")...)}
}

// sourceRows adds a figure with a row for each entry or unit it is based on.
func (b *Draft) sourceRows(t *paper.Table, numbers map[string]string, section string, f progress.Figure) {
	rests := b.restsOn(f)
	number := numbers[f.Indicator.Code]
	first := []paper.Cell{paper.Words(number).Anchored(number).Over(1, len(rests)),
		paper.Words(section).Over(1, len(rests)),
		paper.NewCell(b.formula(f, numbers)...).Over(1, len(rests)).AtLeft()}
	for _, cells := range rests {
		t.Add(append(first, cells...)...)
		first = nil
	}
}

// restsOn returns the cells from the date on, one list per entry or unit; at least one.
func (b *Draft) restsOn(f progress.Figure) [][]paper.Cell {
	trail := b.Trails[f.Indicator.ID]
	var out [][]paper.Cell
	for _, e := range trail.Entries {
		out = append(out, []paper.Cell{paper.Words(string(e.Dated)), paper.Words(b.p.Name(e.Unit.Name, e.Unit.NameEn)),
			paper.Words(b.entryValue(f.Indicator, e.Update)),
			b.approved(e), b.evidence(e.Evidence)})
	}
	for _, u := range trail.Units {
		value := kpi.Exactly(u.Tally.Amount)
		out = append(out, []paper.Cell{paper.Words(string(u.Tally.LastDate)),
			paper.Words(b.p.Name(u.Unit.Name, u.Unit.NameEn)), paper.Words(b.p.Quantity(f.Indicator, value)),
			paper.Words(b.p.T("report.sources.entries", u.Tally.Entries)).Over(2, 1).AtLeft()})
	}
	if len(trail.Evidence) > 0 {
		out = append(out, []paper.Cell{paper.Words(b.p.T("report.sources.evidence", len(trail.Evidence))).Over(4,
			1).AtLeft(), b.evidence(trail.Evidence)})
	}
	switch {
	case out != nil:
	case f.Indicator.Computed():
		out = [][]paper.Cell{{paper.Words(b.p.T("report.sources.see_inputs")).Over(5, 1).AtLeft()}}
	default:
		out = [][]paper.Cell{{paper.Words(b.p.T("report.no_value")).Over(5, 1)}}
	}
	return out
}

// approved says whether somebody approved an entry, not who.
func (b *Draft) approved(e TrailEntry) paper.Cell {
	if e.Approver == "" {
		return b.dash()
	}
	return paper.Words(b.p.T("report.sources.approved"))
}

// entryValue writes an entry's value, as it was written if it is approximate.
func (b *Draft) entryValue(ind kpi.Indicator, u kpi.Update) string {
	if ind.Kind == kpi.Level {
		return b.p.Quantity(ind, kpi.Quantity{Amount: u.Level.Rank(), Precision: kpi.Exact, Wording: u.Quantity.Wording})
	}
	return b.p.Quantity(ind, u.Quantity)
}

// evidence lists files by number, name and hash. Sensitive files are counted and not named: the annex
// may be published.
func (b *Draft) evidence(files []progress.NumberedEvidence) paper.Cell {
	if len(files) == 0 {
		return paper.Words(b.p.T("report.sources.no_evidence"))
	}
	var named []string
	for _, e := range files {
		name := e.Name
		if e.Sensitive {
			name = b.p.T("report.sources.sensitive")
		}
		named = append(named, e.Number.String()+" "+name+" "+e.SHA256)
	}
	return paper.Words(strings.Join(named, "\n")).AtLeft()
}
