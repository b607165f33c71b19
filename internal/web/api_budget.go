package web

import (
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// budgetLineBody is one fund and nature as it is handed in; money is in 万元 unless measure says 元.
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

// maxBudgetLines is more than there are funds and natures.
const maxBudgetLines = 40

// apiPostBudget keeps lines of a year's budget, each in place of the one with the same fund and
// nature, all or none, and answers with the budget as the board shows it.
func (s *Server) apiPostBudget(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	var b struct {
		Lines []budgetLineBody `json:"lines"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	lines, err := budgetLines(b.Lines)
	if err != nil {
		return err
	}
	if err := s.App.SetBudget(c.UserContext(), v.actor, year, lines); err != nil {
		return err
	}
	board, err := s.App.Board(c.UserContext(), v.actor, app.Query{Year: year})
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, listJSON[budgetJSON]{Items: newBoardJSON(v.printer, board).Budget})
}

// budgetLines reads lines and names every mistake by line: "lines[0].income".
func budgetLines(bodies []budgetLineBody) ([]kpi.BudgetLine, error) {
	var m kpi.Mistakes
	if len(bodies) == 0 || len(bodies) > maxBudgetLines {
		m.Add("lines", "budget_lines_count", maxBudgetLines)
	}
	type key struct {
		kpi.Fund
		kpi.Nature
	}
	seen := map[key]bool{}
	var out []kpi.BudgetLine
	for i, b := range bodies {
		line, err := b.line()
		if err == nil && seen[key{b.Fund, b.Nature}] {
			err = kpi.Refuse(kpi.Invalid, "budget_line_twice")
		}
		seen[key{b.Fund, b.Nature}] = true
		m.Check(fmt.Sprintf("lines[%d]", i), inLine(i, err))
		out = append(out, line)
	}
	return out, m.Err()
}

// inLine puts the number of the line before the name of each field.
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

func (b budgetLineBody) line() (kpi.BudgetLine, error) {
	var m kpi.Mistakes
	if b.Measure == "" {
		b.Measure = kpi.TenThousandY
	}
	if b.Measure != kpi.Yuan && b.Measure != kpi.TenThousandY {
		m.Add("measure", "measure_not_money", string(b.Measure))
		return kpi.BudgetLine{}, m.Err()
	}
	l := kpi.BudgetLine{Fund: b.Fund, Nature: b.Nature, Opening: b.optional(&m, "opening", b.Opening),
		Income: b.money(&m, "income", b.Income), Spent: b.money(&m, "spent", b.Spent)}
	l.Closing = l.Opening + l.Income - l.Spent
	if b.Closing != "" {
		l.Closing = b.money(&m, "closing", b.Closing)
	}
	if b.Initial != "" {
		initial := b.money(&m, "initial", b.Initial)
		l.Initial = &initial
	}
	if b.Budget != "" {
		full := b.money(&m, "budget", b.Budget)
		l.Full = &full
	}
	if len(b.Months) > 0 && len(b.Months) != len(l.Months) {
		m.Add("months", "curve_length", len(b.Months))
	} else {
		for i, month := range b.Months {
			l.Months[i] = b.money(&m, "months", month)
		}
	}
	m.Merge(l.Check())
	return l, m.Err()
}

func (b budgetLineBody) optional(m *kpi.Mistakes, field string, text decimal) kpi.Amount {
	if text == "" {
		return 0
	}
	return b.money(m, field, text)
}

// money is an amount in 元.
func (b budgetLineBody) money(m *kpi.Mistakes, field string, text decimal) kpi.Amount {
	if text == "" {
		m.Add(field, "number_missing")
		return 0
	}
	a, err := kpi.ParseAmount(string(text))
	if !m.Check(field, err) {
		return 0
	}
	if b.Measure == kpi.TenThousandY && (a > kpi.MaxAmount/yuanPer10k || a < -kpi.MaxAmount/yuanPer10k) {
		m.Add(field, "number_too_large", string(text))
		return 0
	}
	if b.Measure == kpi.TenThousandY {
		a *= yuanPer10k
	}
	return a
}

// yuanPer10k are the 元 in one 万元.
const yuanPer10k = 10_000
