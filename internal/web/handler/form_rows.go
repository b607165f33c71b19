package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getFormRows(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showFormRows(c, v, fiber.StatusOK, nil, nil)
}

// showFormRows shows what the rows of a year's forms state. A refused form is shown as it was sent.
func (s Pages) showFormRows(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values,
	refusal *kpi.Error) error {
	pc, view, err := s.statedPage(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "rows")
	return s.Render(c, status, "form_rows", page.NewFormRows(pc, view, typed, refusal))
}

// postFormRows states the rows: 303 to the page, or 422 or 409 as they were typed.
func (s Pages) postFormRows(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	rules, err := s.App.Rules(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	rows, err := readFormRows(rules.Rules.YearForms(), f)
	if err == nil {
		err = s.App.SetFormRows(c.UserContext(), v.Actor, year, rows)
	}
	return middleware.Posted(c, err, doneAt(page.FormRowsPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showFormRows(c, v, status, f, refusal)
	})
}

// readFormRows reads the fields that the page has for the forms' rows. What is empty is not stated.
func readFormRows(forms kpi.Forms, f url.Values) (kpi.FormValues, error) {
	var m kpi.Mistakes
	v := kpi.FormValues{Amounts: map[string]kpi.Amount{}, Texts: map[string]string{}}
	for _, b := range forms.Basic {
		for _, row := range b.Rows {
			if text := strings.TrimSpace(f.Get(row.Key)); text != "" {
				v.Texts[row.Key] = text
			}
			for _, c := range b.Columns {
				key := row.Key + "." + c.Key
				if a, ok := input.ReadFormAmount(&m, key, f.Get(key), c); ok {
					v.Amounts[key] = a
				}
			}
		}
	}
	return v, m.Err()
}

func (s Pages) getForms(c *fiber.Ctx, v *middleware.Visit) error {
	in := page.FormsInput{}
	if shipped, ok := kpi.ShippedForms[c.Query("from")]; ok {
		in = page.FormsInput{Forms: &shipped, Preview: true}
	}
	return s.showForms(c, v, fiber.StatusOK, in)
}

// showForms shows what a year's forms ask. A refused form is shown as it was typed.
func (s Pages) showForms(c *fiber.Ctx, v *middleware.Visit, status int, in page.FormsInput) error {
	pc, view, err := s.statedPage(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "forms")
	return s.Render(c, status, "report_forms", page.NewForms(pc, view, in))
}

// postForms changes what a year's forms ask, or with preview= only shows what they would print: 303 to the page, or
// 200, 422 or 409 as it was typed.
func (s Pages) postForms(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	forms := input.ReadForms(f, page.FormsRecords)
	if f.Get("preview") != "" {
		if err = forms.Check(); err == nil {
			return s.showForms(c, v, fiber.StatusOK, page.FormsInput{Forms: &forms, Preview: true})
		}
	} else {
		err = s.App.SetForms(c.UserContext(), v.Actor, year, forms, f.Get("base"))
	}
	return middleware.Posted(c, err, doneAt(page.FormsPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showForms(c, v, status, page.FormsInput{Forms: &forms, Refusal: refusal})
	})
}
