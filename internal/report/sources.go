package report

import (
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

var sourcesWidths = []int{11, 24, 50, 25, 22, 22, 20, 20, 62}

// sources builds the figure-source annex (数据来源表): every figure with its number, the section it is
// in, how it is computed, the entries it was added up from and the evidence for them.
func (b *Draft) sources() []paper.Block {
	t := &paper.Table{Widths: sourcesWidths, Head: 1}
	t.Add(b.heads("number", "section", "formula", "date", "unit", "value", "author", "approver", "evidence")...)
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
	return []paper.Block{{Table: t}, paper.NewNote(phrase(b.p, "report.sources.note")...)}
}

// budgetSources adds the lines of the budget, whose source is the budget page itself.
func (b *Draft) budgetSources(t *paper.Table) {
	numbers := b.Board.Budget.Numbers()
	for _, l := range b.Board.Budget.Lines {
		r := paper.Ref{Fund: l.Fund, Nature: l.Nature}
		number := numbers[progress.BudgetLineKey{Fund: l.Fund, Nature: l.Nature}]
		formula := phrase(b.p, "report.sources.budget", b.budgetLineName(l.BudgetLine),
			b.moneyCell(l.Budget(), l.Decimals, r, paper.RefBudget).Runs,
			b.moneyCell(l.Spent, l.Decimals, r, paper.RefSpent).Runs)
		if l.Execution.Ok() {
			formula = join(formula, phrase(b.p, "report.sources.execution", b.rateCell(l.Execution.Value, r).Runs)...)
		}
		t.Add(paper.Words(number).Anchored(number), paper.Words(b.p.T("fund."+string(l.Fund))),
			paper.NewCell(formula...).Over(7, 1).AtLeft())
	}
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
			paper.Words(e.Author), b.orDash(e.Approver), b.evidence(e.Evidence)})
	}
	for _, u := range trail.Units {
		value := kpi.Exactly(u.Tally.Amount)
		out = append(out, []paper.Cell{paper.Words(string(u.Tally.LastDate)),
			paper.Words(b.p.Name(u.Unit.Name, u.Unit.NameEn)), paper.Words(b.p.Quantity(f.Indicator, value)),
			paper.Words(b.p.T("report.sources.entries", u.Tally.Entries)).Over(3, 1).AtLeft()})
	}
	if len(trail.Evidence) > 0 {
		out = append(out, []paper.Cell{paper.Words(b.p.T("report.sources.evidence", len(trail.Evidence))).Over(5,
			1).AtLeft(), b.evidence(trail.Evidence)})
	}
	switch {
	case out != nil:
	case f.Indicator.Computed():
		out = [][]paper.Cell{{paper.Words(b.p.T("report.sources.see_inputs")).Over(6, 1).AtLeft()}}
	default:
		out = [][]paper.Cell{{paper.Words(b.p.T("report.no_value")).Over(6, 1)}}
	}
	return out
}

func (b *Draft) orDash(s string) paper.Cell {
	if s == "" {
		return b.dash()
	}
	return paper.Words(s)
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

// formula writes how a figure is computed, with its inputs: 两癌检查 = Σ 1 笔填报 = 10780人；完成率 =
// 10780 ÷ 10361 = 104.04%.
func (b *Draft) formula(f progress.Figure, numbers map[string]string) []paper.Run {
	out := phrase(b.p, "report.sources.name", b.name(f))
	switch {
	case !f.Achievement.Ok():
		return join(out, phrase(b.p, "report.sources.absent", b.achieved(f))...)
	case f.Indicator.Kind == kpi.Ratio:
		out = join(out, phrase(b.p, "report.sources.ratio", paper.Live(b.bare(f.Numerator.Value), ref(f, paper.RefNumerator)),
			paper.Live(b.bare(f.Denominator.Value), ref(f, paper.RefDenominator)),
			paper.Live(b.Achieved(f), ref(f, paper.RefValue)),
			b.inputNumber(f.Indicator.Numerator, numbers), b.inputNumber(f.Indicator.Denominator, numbers))...)
	case f.Indicator.SumOf != "":
		out = join(out, phrase(b.p, "report.sources.summed", b.summands(f.Indicator, numbers), b.achieved(f))...)
	case f.Indicator.Units != kpi.AddUnits:
		out = join(out, phrase(b.p, "report.sources.units."+string(f.Indicator.Units),
			strconv.Itoa(int(f.Entries)), b.achieved(f))...)
	case f.Indicator.Kind.Sums():
		out = join(out, phrase(b.p, "report.sources.sum", strconv.Itoa(int(f.Entries)), b.achieved(f))...)
	case f.Indicator.Kind == kpi.Running:
		out = join(out, phrase(b.p, "report.sources.last", strconv.Itoa(int(f.Entries)), b.achieved(f))...)
	default:
		out = join(out, phrase(b.p, "report.sources.judged", b.achieved(f))...)
	}
	if target, ok := b.Target(f, true); ok {
		out = join(out, phrase(b.p, "report.sources.target", target)...)
	}
	if d := f.Deviation(); d.Ok() && d.Value.Missed {
		out = join(out, phrase(b.p, "report.sources.deviation", b.deviating(&f, d.Value))...)
	}
	if f.Rate().Ok() && f.Target != nil && f.Indicator.Kind != kpi.Level {
		out = join(out, phrase(b.p, "report.sources.completion", b.relied(f),
			paper.Live(b.bare(f.Target.Amount), ref(f, paper.RefTarget)),
			paper.Live(b.p.Percent(f.Completion.Value), ref(f, paper.RefRate)))...)
	}
	return out
}

// relied writes what is divided by the target: the value or, if that is printed rounded, the quotient
// it comes from, so that readers who calculate again get the same result.
func (b *Draft) relied(f progress.Figure) []paper.Run {
	value := paper.Live(b.bare(f.Relied.Value), ref(f, paper.RefValue))
	if !f.Rounded() {
		return []paper.Run{value}
	}
	parts := f.Parts()
	n, d := paper.Live(b.bare(parts.Numerator), ref(f, paper.RefNumerator)),
		paper.Live(b.bare(parts.Denominator), ref(f, paper.RefDenominator))
	if f.Indicator.Kind != kpi.Ratio {
		n.Ref, d.Ref = value.Ref, value.Ref
	}
	if factor := f.Indicator.Times(); factor > 1 {
		return phrase(b.p, "report.sources.scaled", n, d, strconv.Itoa(int(factor)))
	}
	return phrase(b.p, "report.sources.quotient", n, d)
}

// summands lists the figure numbers of a sum's parts; a part that is not on the board has a dash.
func (b *Draft) summands(ind kpi.Indicator, numbers map[string]string) string {
	var out []string
	for _, id := range ind.SumOf.IDs() {
		out = append(out, b.inputNumber(id, numbers))
	}
	return strings.Join(out, b.p.T("letter.and"))
}

// inputNumber returns the figure number of an indicator, or a dash if it is not on the board.
func (b *Draft) inputNumber(id kpi.IndicatorID, numbers map[string]string) string {
	for _, f := range b.Board.Figures() {
		if f.Indicator.ID == id {
			return numbers[f.Indicator.Code]
		}
	}
	return b.p.T("report.dash")
}
