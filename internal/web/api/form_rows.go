package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// formRowsJSON is what the rows of a year's forms come to. Amounts are in the measure of their column.
type formRowsJSON struct {
	Year  int           `json:"year"`
	Forms string        `json:"forms"`
	Rows  []formRowJSON `json:"rows"`
}

type formRowJSON struct {
	Key     string             `json:"key"`
	Name    string             `json:"name"`
	Text    string             `json:"text"`    // its words, or the name that the office gave it
	Amounts map[string]*string `json:"amounts"` // by column; null: not stated
}

// formRowsBody states the rows: amounts by row and column, in the measure of the column.
type formRowsBody struct {
	Amounts map[string]decimal `json:"amounts"`
	Texts   map[string]string  `json:"texts"`
}

func newFormRowsJSON(in report.Input) formRowsJSON {
	draft := report.NewDraft(in)
	forms, sums := draft.Rules().YearForms(), draft.FormSums()
	out := formRowsJSON{Year: int(in.Board.Year.Year), Forms: forms.Name, Rows: []formRowJSON{}}
	for _, b := range forms.Basic {
		for i, row := range b.Rows {
			x := formRowJSON{Key: row.Key, Name: draft.RowName(row), Text: in.Rows.Texts[row.Key],
				Amounts: map[string]*string{}}
			for _, c := range b.Columns {
				if len(c.Of) > 0 {
					x.Amounts[c.Key], _ = optional(sums.Rate(b, i, c), percentText)
					continue
				}
				x.Amounts[c.Key], _ = optional(sums.Amount(b, i, c), func(a kpi.Amount) string { return c.Shown(a).String() })
			}
			out.Rows = append(out.Rows, x)
		}
	}
	return out
}

func (s API) getFormRows(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	return s.sendFormRows(c, v, year)
}

func (s API) sendFormRows(c *fiber.Ctx, v *middleware.Visit, year kpi.Year) error {
	view, err := s.App.Stated(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	view.Input.Language = v.Printer
	return s.JSON(c, fiber.StatusOK, newFormRowsJSON(view.Input))
}

// putFormRows states the rows of a year's forms; what is left out is not stated.
func (s API) putFormRows(c *fiber.Ctx, v *middleware.Visit) error {
	var b formRowsBody
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	rules, err := s.App.Rules(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	n := kpi.FormValues{Amounts: map[string]kpi.Amount{}, Texts: b.Texts}
	columns := map[string]kpi.FormColumn{}
	for _, block := range rules.Rules.YearForms().Basic {
		for _, row := range block.Rows {
			for _, column := range block.Columns {
				columns[row.Key+"."+column.Key] = column
			}
		}
	}
	for key, text := range b.Amounts {
		if a, ok := input.ReadFormAmount(&m, key, string(text), columns[key]); ok {
			n.Amounts[key] = a
		}
	}
	if err := m.Err(); err != nil {
		return err
	}
	if err := s.App.SetFormRows(c.UserContext(), v.Actor, year, n); err != nil {
		return err
	}
	return s.sendFormRows(c, v, year)
}
