package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getBudget(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showBudget(c, v, fiber.StatusOK, page.BudgetInput{Line: c.Query("line"),
		Sources: c.Query("edit") == "sources"})
}

// showBudget shows the page; with a refusal the form comes back as it was typed.
func (s Pages) showBudget(c *fiber.Ctx, v *middleware.Visit, status int, in page.BudgetInput) error {
	view, err := middleware.Asked(s.Server, c, v, s.App.Budget)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, view.Year, view.Unit, view.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "budget")
	data := page.NewBudget(pc, view, in)
	if err := middleware.Lost(in.Refusal, data.Form != nil); err != nil {
		return err
	}
	return s.Render(c, status, "budget_show", data)
}

// postBudget changes one line, or the sources and the other money: 303 to the page, or 422 or
// 409 with the form as it was typed.
func (s Pages) postBudget(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	in := page.BudgetInput{Line: f.Get("line"), Sources: f.Get("edit") == "sources", Typed: f}
	var change app.BudgetChange
	if in.Sources {
		change, err = readSources(f)
	} else {
		change, err = readBudgetLine(f)
	}
	if err == nil {
		err = s.App.ChangeBudget(c.UserContext(), v.Actor, year, change)
	}
	return middleware.Posted(c, err, doneAt(page.BudgetPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		in.Refusal = refusal
		return s.showBudget(c, v, status, in)
	})
}

func readBudgetLine(values url.Values) (app.BudgetChange, error) {
	var m kpi.Mistakes
	fund, nature, ok := page.BudgetLineOf(values.Get("line"))
	if !ok {
		m.Add("line", "fund_unknown", values.Get("line"))
	}
	l := kpi.BudgetLine{Fund: fund, Nature: nature}
	optional := func(field string) *kpi.Amount {
		if a, ok := input.ReadMoney(&m, field, values.Get(field), kpi.TenThousandY); ok {
			return &a
		}
		return nil
	}
	l.Initial, l.Full = optional("initial"), optional("full")
	// a dash: nothing was carried over
	l.Opening, _ = input.ReadMoney(&m, "opening", values.Get("opening"), kpi.TenThousandY)
	l.Income = input.ReadMoneyOrZero(&m, "income", values.Get("income"), kpi.TenThousandY)
	for i := range l.Months {
		l.Months[i] = input.ReadMoneyOrZero(&m, page.Nth("month", i), values.Get(page.Nth("month", i)), kpi.TenThousandY)
	}
	if l.Spent = l.SpentByMonth(); !l.ByMonth() {
		l.Spent = input.ReadMoneyOrZero(&m, "spent", values.Get("spent"), kpi.TenThousandY)
	} else if spent := optional("spent"); spent != nil {
		l.Spent = *spent
	}
	var given bool
	if l.Closing, given = input.ReadMoney(&m, "closing", values.Get("closing"), kpi.TenThousandY); !given {
		l.Closing = l.Opening + l.Income - l.Spent
	}
	change := app.BudgetChange{Lines: []kpi.BudgetLine{l}, Document: values.Get("document")}
	if day := strings.TrimSpace(values.Get("dated")); day != "" {
		var err error
		change.Dated, err = intake.Date(day)
		m.Check("dated", err)
	}
	var err error
	change.Reason, err = intake.Text(values.Get("reason"), kpi.MaxNote)
	m.Check("reason", err)
	return change, m.Err()
}

func readSources(values url.Values) (app.BudgetChange, error) {
	var m kpi.Mistakes
	change := app.BudgetChange{Sources: []kpi.SourceIncome{}, Others: []kpi.OtherMoney{}}
	for _, s := range kpi.IncomeSources {
		field := "source_" + string(s)
		if a, ok := input.ReadMoney(&m, field, values.Get(field), kpi.TenThousandY); ok {
			change.Sources = append(change.Sources, kpi.SourceIncome{Source: s, Amount: a})
		}
	}
	for i := 0; values.Has(page.Nth("other_name", i)); i++ {
		o := kpi.OtherMoney{Name: strings.TrimSpace(values.Get(page.Nth("other_name", i))),
			Note: strings.TrimSpace(values.Get(page.Nth("other_note", i)))}
		amount := values.Get(page.Nth("other_amount", i))
		if o.Name+o.Note+strings.TrimSpace(amount) == "" {
			continue
		}
		if o.Name == "" {
			m.Add(page.Nth("other_name", i), "name_missing")
		}
		o.Amount = input.ReadStatedMoney(&m, page.Nth("other_amount", i), amount, kpi.TenThousandY)
		change.Others = append(change.Others, o)
	}
	return change, m.Err()
}
