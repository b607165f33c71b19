package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// yearBudgetJSON is a year's budget and its execution. Money is in 万元.
type yearBudgetJSON struct {
	Year      int               `json:"year"`
	AsOf      string            `json:"as_of"`
	Measure   kpi.Measure       `json:"measure"`
	Lines     []budgetJSON      `json:"lines"`
	Total     *budgetJSON       `json:"total"`
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

func newYearBudgetJSON(p lang.Printer, v app.BudgetView) yearBudgetJSON {
	out := yearBudgetJSON{Year: int(v.Year.Year), AsOf: v.AsOf.String(), Measure: kpi.TenThousandY, Lines: []budgetJSON{},
		Months: []budgetMonthJSON{}, Sources: []sourceJSON{}, Others: []otherJSON{}, Revisions: []revisionJSON{}, Findings: newFindingsJSON(p, v.Findings)}
	for _, l := range v.Budget.Lines {
		out.Lines = append(out.Lines, newBudgetJSON(l))
	}
	if len(out.Lines) > 0 {
		total := newBudgetJSON(v.Budget.Total)
		out.Total = &total
	}
	for _, m := range v.Months {
		month := budgetMonthJSON{Month: m.Period.String(), Expected: m.Expected.String(), Light: m.Light, Raised: m.Raised}
		month.Spent, month.SpentReason = optional(m.Spent, tenThousand)
		month.Cumulative, _ = optional(m.Cumulative, tenThousand)
		month.Execution, month.ExecutionReason = optional(m.Execution, percentText)
		if m.Alarm != nil {
			below := pointsText(m.Alarm.Below)
			month.AlarmBelow = &below
		}
		out.Months = append(out.Months, month)
	}
	for _, s := range v.Sources {
		out.Sources = append(out.Sources, sourceJSON{s.Source, decimal(tenThousand(s.Amount))})
	}
	for _, o := range v.Others {
		out.Others = append(out.Others, otherJSON{o.Name, decimal(tenThousand(o.Amount)), o.Note})
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
	s := tenThousand(*a)
	return &s
}

func (s *Server) apiBudget(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Budget(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, newYearBudgetJSON(v.printer, view))
}

// postBudgetJSON changes a part of a year's budget. measure says what the amounts are in, 万元 unless
// it says 元. A line without spent has the sum of its months, without closing what is left.
type postBudgetJSON struct {
	Measure  kpi.Measure    `json:"measure"`
	Lines    []postLineJSON `json:"lines"`
	Sources  []sourceJSON   `json:"sources"`
	Others   []otherJSON    `json:"others"`
	Dated    string         `json:"dated"`
	Document string         `json:"document"`
	Reason   string         `json:"reason"`
}

type postLineJSON struct {
	Fund    kpi.Fund   `json:"fund"`
	Nature  kpi.Nature `json:"nature"`
	Opening decimal    `json:"opening"`
	Initial *decimal   `json:"initial"`
	Full    *decimal   `json:"full"`
	Income  decimal    `json:"income"`
	Spent   *decimal   `json:"spent"`
	Closing *decimal   `json:"closing"`
	Months  []decimal  `json:"months"`
}

// money reads amounts in one measure as 元.
type money struct {
	measure kpi.Measure
	kpi.Mistakes
}

func (m *money) read(field string, d decimal) kpi.Amount {
	if d == "" {
		return 0
	}
	a, err := kpi.ParseAmount(string(d))
	if !m.Check(field, err) {
		return 0
	}
	yuan, ok := m.measure.In(kpi.Yuan, a)
	if !ok {
		m.Add("measure", "measure_not_money", string(m.measure))
	}
	return yuan
}

func (m *money) optional(field string, d *decimal) *kpi.Amount {
	if d == nil || *d == "" {
		return nil
	}
	a := m.read(field, *d)
	return &a
}

func (b postBudgetJSON) change() (app.BudgetChange, error) {
	m := money{measure: b.Measure}
	if m.measure == "" {
		m.measure = kpi.TenThousandY
	}
	n := app.BudgetChange{Document: b.Document, Reason: b.Reason}
	for i, l := range b.Lines {
		n.Lines = append(n.Lines, l.line(&m, fmt.Sprintf("lines.%d.", i)))
	}
	if b.Sources != nil {
		n.Sources = []kpi.SourceIncome{}
	}
	for _, s := range b.Sources {
		n.Sources = append(n.Sources, kpi.SourceIncome{Source: s.Source, Amount: m.read("sources", s.Amount)})
	}
	if b.Others != nil {
		n.Others = []kpi.OtherMoney{}
	}
	for _, o := range b.Others {
		n.Others = append(n.Others, kpi.OtherMoney{Name: o.Name, Amount: m.read("others", o.Amount), Note: o.Note})
	}
	if b.Dated != "" {
		var err error
		n.Dated, err = kpi.ParseDate(b.Dated)
		m.Check("dated", err)
	}
	return n, m.Err()
}

func (l postLineJSON) line(m *money, at string) kpi.BudgetLine {
	out := kpi.BudgetLine{Fund: l.Fund, Nature: l.Nature, Opening: m.read(at+"opening", l.Opening), Income: m.read(at+"income", l.Income),
		Initial: m.optional(at+"initial", l.Initial), Full: m.optional(at+"full", l.Full)}
	if len(l.Months) != 0 && len(l.Months) != len(out.Months) {
		m.Add(at+"months", "budget_months_length", len(l.Months))
		return out
	}
	for i, d := range l.Months {
		out.Months[i] = m.read(at+"months", d)
	}
	out.Spent = out.SpentByMonth()
	if a := m.optional(at+"spent", l.Spent); a != nil {
		out.Spent = *a
	}
	out.Closing = out.Opening + out.Income - out.Spent
	if a := m.optional(at+"closing", l.Closing); a != nil {
		out.Closing = *a
	}
	return out
}

func (s *Server) apiPostBudget(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	var b postBudgetJSON
	if err := decode(c, &b); err != nil {
		return err
	}
	change, err := b.change()
	if err != nil {
		return err
	}
	if err := s.App.ChangeBudget(c.UserContext(), v.actor, q.Year, change); err != nil {
		return err
	}
	view, err := s.App.Budget(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, newYearBudgetJSON(v.printer, view))
}
