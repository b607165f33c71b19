package handler

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// maxTable bounds a table of units, in bytes.
const maxTable = 8 << 20

func (s Pages) getUnits(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showUnits(c, v, fiber.StatusOK, "", page.UnitInput{})
}

func (s Pages) getUnit(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showUnits(c, v, fiber.StatusOK, c.Params("code"), page.UnitInput{})
}

// showUnits shows the whole tree, or one unit.
func (s Pages) showUnits(c *fiber.Ctx, v *middleware.Visit, status int, code string, in page.UnitInput) error {
	var err error
	if in.View, err = s.App.UnitTree(c.UserContext(), v.Actor); err != nil {
		return err
	}
	if code != "" {
		for i, u := range in.View.Units {
			if u.Code == code {
				in.Unit = &in.View.Units[i]
			}
		}
		if in.Unit == nil {
			return kpi.Missing("unit_not_found", code)
		}
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "unit", page.NewUnit(pc, in))
}

// unitContext returns the context of a page about units, which belong to no year.
func (s Pages) unitContext(c *fiber.Ctx, v *middleware.Visit) (page.Context, error) {
	pc, err := s.Page(c, v)
	if err != nil {
		return pc, err
	}
	if year, err := s.App.CurrentYear(c.UserContext()); err == nil {
		pc.Year = kpi.YearInfo{Year: year.Year, State: year.State}
		pc.AsOf = kpi.AsOfToday(year.Year, s.App.Today())
	}
	sayDone(c, &pc, "units")
	return pc, nil
}

func (s Pages) postUnit(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeUnit(c, v, "create", func(f url.Values, m *kpi.Mistakes) (string, error) {
		n := app.NewUnit{Code: readText(m, f, "code"), Name: readText(m, f, "name"), NameEn: readText(m, f, "name_en"),
			Parent: readText(m, f, "parent")}
		if err := m.Err(); err != nil {
			return "", err
		}
		_, err := s.App.CreateUnit(c.UserContext(), v.Actor, n)
		return doneAbove("/units", "created"), err
	})
}

func (s Pages) postUnitName(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeUnit(c, v, "name", func(f url.Values, m *kpi.Mistakes) (string, error) {
		name, nameEn := readText(m, f, "name"), readText(m, f, "name_en")
		if err := m.Err(); err != nil {
			return "", err
		}
		_, err := s.App.RenameUnit(c.UserContext(), v.Actor, c.Params("code"), name, nameEn)
		return doneAt(page.UnitPath(c.Params("code")), "renamed"), err
	})
}

func (s Pages) postUnitMove(c *fiber.Ctx, v *middleware.Visit) error {
	return s.changeUnit(c, v, "move", func(f url.Values, m *kpi.Mistakes) (string, error) {
		n := app.UnitMove{Unit: c.Params("code"), Parent: f.Get("parent"), History: kpi.MoveHistory(f.Get("history"))}
		if since := strings.TrimSpace(f.Get("since")); since != "" && n.History == kpi.HistoryStay {
			p, err := kpi.ParsePeriod(since)
			m.Check("since", err)
			n.Since = &p
		}
		if err := m.Err(); err != nil {
			return "", err
		}
		_, err := s.App.MoveUnit(c.UserContext(), v.Actor, n)
		return doneAt(page.UnitPath(n.Unit), "moved"), err
	})
}

// changeUnit reads a form, calls do and redirects to the address that it returns. A refused form is shown
// as it was typed.
func (s Pages) changeUnit(c *fiber.Ctx, v *middleware.Visit, name string,
	do func(url.Values, *kpi.Mistakes) (string, error)) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	var m kpi.Mistakes
	at, err := do(f.Values, &m)
	return middleware.Posted(c, err, at, func(status int, refusal *kpi.Error) error {
		return s.showUnits(c, v, status, c.Params("code"), page.UnitInput{Form: name, Typed: f.Values, Refusal: refusal})
	})
}

// postUnitImport previews an uploaded table, or imports the one that was previewed.
func (s Pages) postUnitImport(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayAdminister(); err != nil {
		return err
	}
	f, name, content, err := s.table(c, v)
	if err != nil {
		return err
	}
	take := f.Get("table") != ""
	if take {
		name, content = "units.csv", []byte(f.Get("table"))
	}
	var result app.UnitImport
	rows, err := app.ReadUnits(c.UserContext(), name, content)
	if err == nil {
		result, err = s.App.ImportUnits(c.UserContext(), v.Actor, rows, !take)
	}
	if e, status, ok := middleware.Refusal(err); ok {
		return s.showUnits(c, v, status, "", page.UnitInput{Form: "import", Refusal: e})
	}
	switch {
	case err != nil:
		return err
	case take && result.Bad == 0:
		return c.Redirect(doneAt("/units", "imported"), fiber.StatusSeeOther)
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	status := fiber.StatusOK
	if result.Bad > 0 {
		status = fiber.StatusUnprocessableEntity
	}
	return s.Render(c, status, "unit_import", page.NewUnitImport(pc, result))
}

// table reads a form with one table, as a file or in the field "table", of up to maxTable bytes. The CSRF
// token must come first.
func (s Pages) table(c *fiber.Ctx, v *middleware.Visit) (f url.Values, name string, content []byte, err error) {
	media, params, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil || media != fiber.MIMEMultipartForm {
		plain, err := s.Form(c, v)
		if err != nil {
			return nil, "", nil, err
		}
		defer plain.Discard()
		return plain.Values, "", nil, nil
	}
	r := multipart.NewReader(io.LimitReader(middleware.BodyStream(c), maxTable+middleware.MaxField), params["boundary"])
	f = url.Values{}
	defer func() {
		if err != nil {
			c.Context().SetConnectionClose()
		}
	}()
	for range middleware.MaxFields {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			_, err := s.AdmitForm(c, v, f.Get("csrf"))
			return f, name, content, err
		}
		if err != nil {
			return nil, "", nil, middleware.ErrTooLarge
		}
		if part.FormName() != "csrf" {
			if _, err := s.AdmitForm(c, v, f.Get("csrf")); err != nil {
				return nil, "", nil, err
			}
		}
		raw, err := io.ReadAll(io.LimitReader(part, maxTable+1))
		switch {
		case err != nil:
			return nil, "", nil, fmt.Errorf("read a table: %w", middleware.ErrTooLarge)
		case len(raw) > maxTable:
			return nil, "", nil, middleware.ErrTooLarge
		case part.FormName() == "file":
			name, content = middleware.SentName(part), raw
		default:
			f.Set(part.FormName(), string(raw))
		}
	}
	return nil, "", nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
}
