package api

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// YearBudgetJSON is a year's budget and its execution. Money is in 万元.
type YearBudgetJSON struct {
	Year      int               `json:"year"`
	AsOf      string            `json:"as_of"`
	Measure   kpi.Measure       `json:"measure"`
	Items     []budgetJSON      `json:"items"` // as on the board: the lines, then the total
	Months    []budgetMonthJSON `json:"months"`
	Sources   []sourceJSON      `json:"sources"`
	Others    []otherJSON       `json:"others"`
	Revisions []revisionJSON    `json:"revisions"`
	Findings  []findingJSON     `json:"findings"`
}

type budgetMonthJSON struct {
	Month           string    `json:"month"`
	Spent           *string   `json:"spent"`
	SpentReason     string    `json:"spent_reason,omitempty"`
	Cumulative      *string   `json:"cumulative"`
	Execution       *string   `json:"execution"`
	ExecutionReason string    `json:"execution_reason,omitempty"`
	Expected        string    `json:"expected"`
	Light           kpi.Light `json:"light"`
	AlarmBelow      *string   `json:"alarm_below"`
	Raised          bool      `json:"raised"`
}

type sourceJSON struct {
	Source kpi.IncomeSource `json:"source"`
	Amount decimal          `json:"amount"`
}

type otherJSON struct {
	Name   string  `json:"name"`
	Amount decimal `json:"amount"`
	Note   string  `json:"note,omitempty"`
}

type revisionJSON struct {
	Fund     kpi.Fund   `json:"fund"`
	Nature   kpi.Nature `json:"nature"`
	Initial  *string    `json:"initial"`
	Full     *string    `json:"full"`
	Dated    string     `json:"dated,omitempty"`
	Document string     `json:"document,omitempty"`
	Reason   string     `json:"reason,omitempty"`
	SetBy    string     `json:"set_by"`
	SetAt    string     `json:"set_at"`
}

func newYearBudgetJSON(p lang.Printer, v app.BudgetView) YearBudgetJSON {
	out := YearBudgetJSON{Year: int(v.Year.Year), AsOf: v.AsOf.String(), Measure: kpi.TenThousandY, Items: []budgetJSON{},
		Months: []budgetMonthJSON{}, Sources: []sourceJSON{}, Others: []otherJSON{}, Revisions: []revisionJSON{},
		Findings: newFindingsJSON(p, v.Findings)}
	for _, l := range v.Budget.Lines {
		out.Items = append(out.Items, newBudgetJSON(l))
	}
	if len(out.Items) > 0 {
		out.Items = append(out.Items, newBudgetJSON(v.Budget.Total))
	}
	for _, m := range v.Months {
		month := budgetMonthJSON{Month: m.Period.String(), Expected: m.Expected.String(), Light: m.Light, Raised: m.Raised}
		month.Spent, month.SpentReason = optional(m.Spent, page.TenThousand)
		month.Cumulative, _ = optional(m.Cumulative, page.TenThousand)
		month.Execution, month.ExecutionReason = optional(m.Execution, percentText)
		if m.Alarm != nil {
			below := pointsText(m.Alarm.Below)
			month.AlarmBelow = &below
		}
		out.Months = append(out.Months, month)
	}
	for _, s := range v.Sources {
		out.Sources = append(out.Sources, sourceJSON{s.Source, decimal(page.TenThousand(s.Amount))})
	}
	for _, o := range v.Others {
		out.Others = append(out.Others, otherJSON{o.Name, decimal(page.TenThousand(o.Amount)), o.Note})
	}
	for _, r := range v.Revisions {
		out.Revisions = append(out.Revisions, revisionJSON{r.Fund, r.Nature, moneyPointer(r.Initial), moneyPointer(r.Full),
			string(r.Dated), r.Document, r.Reason, r.SetBy, rfc3339(r.SetAt)})
	}
	return out
}

func moneyPointer(a *kpi.Amount) *string {
	if a == nil {
		return nil
	}
	s := page.TenThousand(*a)
	return &s
}

func (s API) getBudget(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Budget)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newYearBudgetJSON(v.Printer, view))
}

// budgetBody changes a part of a year's budget. Each line replaces the one with the same fund and nature;
// sources and other money, if given, replace all there were. Amounts are in 万元 unless measure says 元; a
// line may have its own measure.
type budgetBody struct {
	Measure  kpi.Measure      `json:"measure"`
	Lines    []budgetLineBody `json:"lines"`
	Sources  []sourceJSON     `json:"sources"`
	Others   []otherJSON      `json:"others"`
	Dated    string           `json:"dated"`
	Document string           `json:"document"`
	Reason   string           `json:"reason"`
}

// budgetLineBody is the line of a fund and nature. budget is 全年预算数. Without spent it is the sum of the
// months; without closing it is what is left. Without months (null) the line keeps its months; an empty
// list removes them.
type budgetLineBody struct {
	Fund    kpi.Fund    `json:"fund"`
	Nature  kpi.Nature  `json:"nature"`
	Measure kpi.Measure `json:"measure"`
	Opening decimal     `json:"opening"`
	Initial decimal     `json:"initial"`
	Budget  decimal     `json:"budget"`
	Income  decimal     `json:"income"`
	Spent   decimal     `json:"spent"`
	Closing decimal     `json:"closing"`
	Months  []decimal   `json:"months"`
}

// maxBudgetLines bounds the lines, sources and other items of a request; no year has as many.
const maxBudgetLines = 40

// money reads amounts in one measure as 元.
type money struct {
	measure kpi.Measure
	kpi.Mistakes
}

func moneyIn(measures ...kpi.Measure) *money {
	m := &money{measure: cmp.Or(append(measures, kpi.TenThousandY)...)}
	if m.measure != kpi.Yuan && m.measure != kpi.TenThousandY {
		m.Add("measure", "measure_not_money", string(m.measure))
		m.measure = kpi.Yuan
	}
	return m
}

func (m *money) stated(field string, d decimal) kpi.Amount {
	return input.ReadStatedMoney(&m.Mistakes, field, string(d), m.measure)
}

func (m *money) optional(field string, d decimal) *kpi.Amount {
	yuan, ok := input.ReadMoney(&m.Mistakes, field, string(d), m.measure)
	if !ok {
		return nil
	}
	return &yuan
}

// change returns the budget's lines as the body changes them.
func (b budgetBody) change(before []kpi.BudgetLine) (app.BudgetChange, error) {
	m := moneyIn(b.Measure)
	n := app.BudgetChange{Document: b.Document, Reason: b.Reason}
	if len(b.Lines) > maxBudgetLines || len(b.Lines) == 0 && b.Sources == nil && b.Others == nil {
		m.Add("lines", "budget_lines_count", maxBudgetLines)
	}
	seen := map[string]bool{}
	for i, l := range b.Lines {
		line, err := l.budgetLine(b.Measure, before)
		if key := page.BudgetLineKey(l.Fund, l.Nature); err == nil && seen[key] {
			err = kpi.Refuse(kpi.Invalid, "budget_line_twice")
		} else {
			seen[key] = true
		}
		m.Check(fmt.Sprintf("lines[%d]", i), inLine(i, err))
		n.Lines = append(n.Lines, line)
	}
	if b.Sources != nil {
		n.Sources = []kpi.SourceIncome{}
	}
	for _, s := range b.Sources {
		n.Sources = append(n.Sources, kpi.SourceIncome{Source: s.Source, Amount: m.stated("sources", s.Amount)})
	}
	if b.Others != nil {
		n.Others = []kpi.OtherMoney{}
	}
	for _, o := range b.Others {
		n.Others = append(n.Others, kpi.OtherMoney{Name: o.Name, Amount: m.stated("others", o.Amount), Note: o.Note})
	}
	if b.Dated != "" {
		var err error
		n.Dated, err = kpi.ParseDate(b.Dated)
		m.Check("dated", err)
	}
	return n, m.Err()
}

// inLine puts the number of the line before the name of each field: "lines[0].income".
func inLine(i int, err error) error {
	var e *kpi.Error
	if !errors.As(err, &e) {
		return err
	}
	out := *e
	out.Fields = nil
	for _, f := range e.Fields {
		out.Fields = append(out.Fields, kpi.Field{Name: fmt.Sprintf("lines[%d].%s", i, f.Name), Text: f.Text})
	}
	return &out
}

func (l budgetLineBody) budgetLine(measure kpi.Measure, before []kpi.BudgetLine) (kpi.BudgetLine, error) {
	m := moneyIn(l.Measure, measure)
	out := kpi.BudgetLine{Fund: l.Fund, Nature: l.Nature, Income: m.stated("income", l.Income),
		Initial: m.optional("initial", l.Initial), Full: m.optional("budget", l.Budget)}
	// a dash: nothing was carried over
	out.Opening, _ = input.ReadMoney(&m.Mistakes, "opening", string(l.Opening), m.measure)
	if len(l.Months) != 0 && len(l.Months) != len(out.Months) {
		m.Add("months", "budget_months_length", len(l.Months))
		return out, m.Err()
	}
	for i, d := range l.Months {
		out.Months[i] = input.ReadMoneyOrZero(&m.Mistakes, "months", string(d), m.measure)
	}
	if l.Months == nil {
		out.Months = monthsOf(before, l.Fund, l.Nature)
	}
	out.Spent = out.SpentByMonth()
	if len(l.Months) == 0 && !out.ByMonth() {
		out.Spent = m.stated("spent", l.Spent)
	} else if a := m.optional("spent", l.Spent); a != nil {
		if l.Months == nil && *a != out.Spent {
			kept, _ := kpi.Yuan.In(m.measure, out.Spent)
			m.Add("months", "budget_months_kept", kept, m.measure)
			return out, m.Err()
		}
		out.Spent = *a
	}
	out.Closing = out.Opening + out.Income - out.Spent
	if a := m.optional("closing", l.Closing); a != nil {
		out.Closing = *a
	}
	m.Merge(out.Check())
	return out, m.Err()
}

// monthsOf returns the amounts of a line's months.
func monthsOf(lines []kpi.BudgetLine, fund kpi.Fund, nature kpi.Nature) (months [12]kpi.Amount) {
	for _, l := range lines {
		if l.Fund == fund && l.Nature == nature {
			months = l.Months
		}
	}
	return months
}

// postBudget changes the budget and answers with all of it.
func (s API) postBudget(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	var b budgetBody
	if err := decode(c, &b); err != nil {
		return err
	}
	if err := s.App.ReviseBudget(c.UserContext(), v.Actor, q.Year, b.change); err != nil {
		return err
	}
	view, err := s.App.Budget(c.UserContext(), v.Actor, q)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newYearBudgetJSON(v.Printer, view))
}
