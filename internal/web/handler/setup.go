package handler

import (
	"crypto/subtle"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// mayNotSetUp refuses all but the holder of the link printed at start, and anyone once it was used.
func (s Pages) mayNotSetUp(c *fiber.Ctx, token string) error {
	isNew, err := s.App.IsNew(c.UserContext())
	switch {
	case err != nil:
		return err
	case !isNew:
		return kpi.Clash("setup_done")
	case s.SetupToken == "" || subtle.ConstantTimeCompare([]byte(token), []byte(s.SetupToken)) != 1:
		return kpi.Denied("setup_link_wrong")
	}
	return nil
}

func (s Pages) getSetup(c *fiber.Ctx, v *middleware.Visit) error {
	if err := s.mayNotSetUp(c, c.Query("token")); err != nil {
		return err
	}
	year := strconv.Itoa(int(s.App.Today().Year()))
	return s.showSetup(c, v, fiber.StatusOK, c.Query("token"), page.SetupTyped{Year: year}, nil)
}

func (s Pages) showSetup(c *fiber.Ctx, v *middleware.Visit, status int, token string, typed page.SetupTyped,
	refusal *kpi.Error) error {
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "setup", page.NewSetup(pc, token, typed, refusal))
}

func (s Pages) postSetup(c *fiber.Ctx, v *middleware.Visit) error {
	form, err := s.Values(c)
	if err != nil {
		return err
	}
	if err := s.mayNotSetUp(c, form.Get("token")); err != nil {
		return err
	}
	typed := page.SetupTyped{Office: form.Get("office"), Name: form.Get("name"), Year: form.Get("year")}
	var m kpi.Mistakes
	year, err := strconv.Atoi(strings.TrimSpace(typed.Year))
	if err != nil {
		m.Add("year", "year_unreadable", typed.Year)
	}
	office, err := intake.Text(typed.Office, 100)
	m.Check("office", err)
	if err = m.Err(); err == nil {
		err = s.App.SetUp(c.UserContext(), app.Setup{Office: app.Office{Name: office}, UnitCode: "office",
			Year: kpi.Year(year), Name: typed.Name, FullName: typed.Name, Password: form.Get("password")})
	}
	return middleware.Posted(c, err, "/login", func(status int, refusal *kpi.Error) error {
		return s.showSetup(c, v, status, form.Get("token"), typed, refusal)
	})
}
