package report

import (
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

var sourcesWidths = []int{11, 24, 50, 25, 22, 22, 20, 20, 62}

// sources is the figure-source annex (数据来源表): every figure with its number, the section it
// stands in, how it is computed, the entries it was added up from and the evidence behind them.
func (b *builder) sources() []Block {
	t := &Table{Widths: sourcesWidths, Head: 1}
	t.row(b.heads("number", "section", "formula", "date", "unit", "value", "author", "approver", "evidence")...)
	b.budgetSources(t)
	numbers := b.Board.Numbers()
	for _, a := range b.Board.Areas {
		section := b.placeOf(a.Area.ID)
		for _, f := range b.inOrder(a.Figures) {
			b.sourceRows(t, numbers, section, f)
		}
	}
	if len(t.Rows) == 1 {
		return []Block{paragraph(phrase(b.p, "report.figures.empty")...)}
	}
	return []Block{{Table: t}, note(phrase(b.p, "report.sources.note")...)}
}

// budgetSources are the lines of the budget, whose source is the budget page itself.
func (b *builder) budgetSources(t *Table) {
	numbers := b.Board.Budget.Numbers()
	for _, l := range b.Board.Budget.Lines {
		r := Ref{Fund: l.Fund, Nature: l.Nature}
		number := numbers[progress.LineKey{Fund: l.Fund, Nature: l.Nature}]
		formula := phrase(b.p, "report.sources.budget", b.lineName(l.BudgetLine), b.moneyCell(l.Budget(), l.Decimals, r, RefBudget).Runs, b.moneyCell(l.Spent, l.Decimals, r, RefSpent).Runs)
		if l.Execution.Ok() {
			formula = join(formula, phrase(b.p, "report.sources.execution", b.rateCell(l.Execution.Value, r, RefExecution).Runs)...)
		}
		t.row(words(number).anchored(number), words(b.p.T("fund."+string(l.Fund))), cell(formula...).over(7, 1).left())
	}
}

// sourceRows are a figure and, beside it, a row for each thing it rests on.
func (b *builder) sourceRows(t *Table, numbers map[string]string, section string, f progress.Figure) {
	rests := b.restsOn(f)
	number := numbers[f.Indicator.Code]
	first := []Cell{words(number).anchored(number).over(1, len(rests)), words(section).over(1, len(rests)),
		cell(b.formula(f, numbers)...).over(1, len(rests)).left()}
	for _, cells := range rests {
		t.row(append(first, cells...)...)
		first = nil
	}
}

// restsOn are the cells from the date on, a list for each entry or unit; at least one.
func (b *builder) restsOn(f progress.Figure) [][]Cell {
	trail := b.Trails[f.Indicator.ID]
	var out [][]Cell
	for _, e := range trail.Entries {
		out = append(out, []Cell{words(string(e.Dated)), words(b.p.Name(e.Unit.Name, e.Unit.NameEn)), words(b.entryValue(f.Indicator, e.Update)),
			words(e.Author), b.orDash(e.Approver), b.evidence(e.Evidence)})
	}
	for _, u := range trail.Units {
		value := kpi.Exactly(u.Tally.Amount)
		out = append(out, []Cell{words(string(u.Tally.LastDate)), words(b.p.Name(u.Unit.Name, u.Unit.NameEn)), words(b.p.Quantity(f.Indicator, value)),
			words(b.p.T("report.sources.entries", u.Tally.Entries)).over(3, 1).left()})
	}
	if len(trail.Evidence) > 0 {
		out = append(out, []Cell{words(b.p.T("report.sources.evidence", len(trail.Evidence))).over(5, 1).left(), b.evidence(trail.Evidence)})
	}
	switch {
	case out != nil:
	case f.Indicator.Computed():
		out = [][]Cell{{words(b.p.T("report.sources.see_inputs")).over(6, 1).left()}}
	default:
		out = [][]Cell{{words(b.p.T("report.no_value")).over(6, 1)}}
	}
	return out
}

func (b *builder) orDash(s string) Cell {
	if s == "" {
		return b.dash()
	}
	return words(s)
}

// entryValue is what an entry says, as it was written where it is approximate.
func (b *builder) entryValue(ind kpi.Indicator, u kpi.Update) string {
	if ind.Kind == kpi.Level {
		return b.p.Quantity(ind, kpi.Quantity{Amount: u.Level.Rank(), Precision: kpi.Exact, Wording: u.Quantity.Wording})
	}
	return b.p.Quantity(ind, u.Quantity)
}

// evidence lists files by number, name and hash. What is sensitive is counted and not named: the annex may
// be published.
func (b *builder) evidence(files []progress.NumberedEvidence) Cell {
	if len(files) == 0 {
		return words(b.p.T("report.sources.no_evidence"))
	}
	var lines []string
	for _, e := range files {
		name := e.Name
		if e.Sensitive {
			name = b.p.T("report.sources.sensitive")
		}
		lines = append(lines, e.Number.String()+" "+name+" "+e.SHA256)
	}
	return words(strings.Join(lines, "\n")).left()
}

// formula says how a figure is computed, with its inputs: 两癌检查 = Σ 1 笔填报 = 10780人；完成率 =
// 10780 ÷ 10361 = 104.04%.
func (b *builder) formula(f progress.Figure, numbers map[string]string) []Run {
	out := phrase(b.p, "report.sources.name", b.name(f))
	switch {
	case !f.Achievement.Ok():
		return join(out, phrase(b.p, "report.sources.absent", b.achieved(f))...)
	case f.Indicator.Kind == kpi.Ratio:
		out = join(out, phrase(b.p, "report.sources.ratio", Run{b.bare(f.Numerator.Value), ref(f, RefNumerator)},
			Run{b.bare(f.Denominator.Value), ref(f, RefDenominator)}, Run{b.achievedText(f), ref(f, RefValue)},
			b.inputNumber(f.Indicator.Numerator, numbers), b.inputNumber(f.Indicator.Denominator, numbers))...)
	case f.Indicator.SumOf != "":
		out = join(out, phrase(b.p, "report.sources.summed", b.summands(f.Indicator, numbers), b.achieved(f))...)
	case f.Indicator.Units != kpi.AddUnits:
		out = join(out, phrase(b.p, "report.sources.units."+string(f.Indicator.Units), strconv.Itoa(int(f.Entries)), b.achieved(f))...)
	case f.Indicator.Kind.Sums():
		out = join(out, phrase(b.p, "report.sources.sum", strconv.Itoa(int(f.Entries)), b.achieved(f))...)
	case f.Indicator.Kind == kpi.Running:
		out = join(out, phrase(b.p, "report.sources.last", strconv.Itoa(int(f.Entries)), b.achieved(f))...)
	default:
		out = join(out, phrase(b.p, "report.sources.judged", b.achieved(f))...)
	}
	if target, ok := b.target(f, true); ok {
		out = join(out, phrase(b.p, "report.sources.target", target)...)
	}
	if f.Completion.Ok() && f.Target != nil && f.Indicator.Kind != kpi.Level {
		out = join(out, phrase(b.p, "report.sources.completion", b.relied(f),
			Run{b.bare(f.Target.Amount), ref(f, RefTarget)}, Run{b.p.Percent(f.Completion.Value), ref(f, RefRate)})...)
	}
	return out
}

// relied is what is divided by the target: the value, or, where that is printed rounded, what it is divided
// from, so that the sentence comes out when it is calculated again.
func (b *builder) relied(f progress.Figure) []Run {
	value := Run{b.bare(f.Relied.Value), ref(f, RefValue)}
	if !f.Rounded() {
		return []Run{value}
	}
	parts := f.Parts()
	n, d := Run{b.bare(parts.Numerator), ref(f, RefNumerator)}, Run{b.bare(parts.Denominator), ref(f, RefDenominator)}
	if f.Indicator.Kind != kpi.Ratio {
		n.Ref, d.Ref = value.Ref, value.Ref
	}
	if factor := f.Indicator.Times(); factor > 1 {
		return phrase(b.p, "report.sources.scaled", n, d, strconv.Itoa(int(factor)))
	}
	return phrase(b.p, "report.sources.quotient", n, d)
}

// summands are the numbers of a sum's parts; the name of one that is on no board.
func (b *builder) summands(ind kpi.Indicator, numbers map[string]string) string {
	var out []string
	for _, id := range ind.SumOf.IDs() {
		out = append(out, b.inputNumber(id, numbers))
	}
	return strings.Join(out, b.p.T("letter.and"))
}

// inputNumber is the figure number of a ratio's part; one that is not on the board has none.
func (b *builder) inputNumber(id kpi.IndicatorID, numbers map[string]string) string {
	for _, f := range b.Board.Figures() {
		if f.Indicator.ID == id {
			return numbers[f.Indicator.Code]
		}
	}
	return b.p.T("report.dash")
}
