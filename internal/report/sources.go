package report

import (
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

var sourcesWidths = []int{14, 26, 84, 14, 30}

// sources builds the figure-source annex (数据来源表): every figure with its number, the section it is in, how it is
// computed, how many entries it rests on and the numbers of their evidence. The entries are in [Draft.sourceLog].
func (b *Draft) sources() []paper.Block {
	t := &paper.Table{Widths: sourcesWidths, Head: 1}
	t.Add(b.heads("number", "section", "formula", "entries", "evidence_numbers")...)
	b.budgetSources(t)
	numbers := b.Board.Numbers()
	for _, a := range b.Board.Areas {
		section := paper.Words(b.placeOf(a.Area.ID))
		for _, f := range b.inOrder(a.Figures) {
			number := numbers[f.Indicator.Code]
			t.Add(paper.Words(number).Anchored(number), section, paper.NewCell(b.formula(f, numbers)...).AtLeft(),
				b.entriesOf(f), b.evidenceNumbers(f))
		}
	}
	if len(t.Rows) == 1 {
		return append([]paper.Block{paper.NewParagraph(phrase(b.p, "report.figures.empty")...)}, b.auditCode()...)
	}
	return append([]paper.Block{{Table: t}, paper.NewNote(phrase(b.p, "report.sources.note")...)}, b.auditCode()...)
}

// auditCode prints the code of the audit log of a signed report, and the same for a telephone: as the page that checks
// it, or alone.
func (b *Draft) auditCode() []paper.Block {
	if b.AuditCode == "" {
		return nil
	}
	out := []paper.Block{paper.NewNote(paper.Run{Text: b.p.T("report.sources.audit", b.AuditCode)})}
	content := b.AuditCode
	if b.AuditPage != "" {
		content = b.AuditPage + "?code=" + b.AuditCode
	}
	if code, err := paper.NewQR(content, b.p.T("report.sources.audit_qr", b.AuditCode)); err == nil {
		out = append(out, paper.Block{QR: &code})
	}
	return out
}

// entriesOf counts the entries that a figure rests on; a computed figure has none of its own.
func (b *Draft) entriesOf(f progress.Figure) paper.Cell {
	if f.Indicator.Computed() || f.Entries == 0 {
		return b.dash()
	}
	return paper.Words(strconv.Itoa(int(f.Entries)))
}

// evidenceNumbers lists the evidence of a figure by number, runs of them as a range: 2-1-1至2-1-4.
func (b *Draft) evidenceNumbers(f progress.Figure) paper.Cell {
	trail := b.Trails[f.Indicator.ID]
	files := slices.Clone(trail.Evidence)
	for _, e := range trail.Entries {
		files = append(files, e.Evidence...)
	}
	if len(files) == 0 {
		return b.dash()
	}
	slices.SortFunc(files, func(x, y progress.NumberedEvidence) int { return x.Number.File - y.Number.File })
	var out []string
	for i := 0; i < len(files); {
		last := i
		for last+1 < len(files) && files[last+1].Number.File <= files[last].Number.File+1 {
			last++
		}
		said := files[i].Number.String()
		if last > i {
			said = b.p.T("report.sources.range", said, files[last].Number.String())
		}
		out, i = append(out, said), last+1
	}
	return paper.Words(strings.Join(out, b.p.T("letter.and")))
}

// budgetSources adds the lines of the budget, whose source is the budget page itself.
func (b *Draft) budgetSources(t *paper.Table) {
	numbers := b.Board.Budget.Numbers()
	for _, l := range b.Board.Budget.Lines {
		r := paper.Ref{Fund: l.Fund, Nature: l.Nature}
		number := numbers[progress.BudgetLineKey{Fund: l.Fund, Nature: l.Nature}]
		formula := phrase(b.p, "report.sources.budget", b.budgetLineName(l.BudgetLine),
			b.money(l, l.Budget(), paper.RefBudget), b.money(l, l.Spent, paper.RefSpent))
		if l.Execution.Ok() {
			formula = join(formula, phrase(b.p, "report.sources.execution", b.rateCell(l.Execution.Value, r).Runs)...)
		}
		t.Add(paper.Words(number).Anchored(number), paper.Words(b.p.T("fund."+string(l.Fund))),
			paper.NewCell(formula...).Over(len(t.Widths)-2, 1).AtLeft())
	}
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
	case f.Entries == 1 && f.Indicator.Kind != kpi.Level && f.Indicator.Kind != kpi.Standard &&
		f.Indicator.Units != kpi.OwnValue: // it adds up with nothing
		out = join(out, phrase(b.p, "report.sources.one", b.achieved(f))...)
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
		key := "report.sources.completion"
		if f.Bound != kpi.ThisExactly {
			key += "_" + string(f.Bound)
		}
		out = join(out, phrase(b.p, key, b.relied(f), paper.Live(b.bare(f.Target.Amount), ref(f, paper.RefTarget)),
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
