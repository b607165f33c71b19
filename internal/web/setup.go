package web

import (
	"crypto/subtle"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// mayNotSetUp refuses all but the holder of the link printed at start, and anyone once it was used.
func (s *Server) mayNotSetUp(c *fiber.Ctx, token string) error {
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

func (s *Server) getSetup(c *fiber.Ctx, v *visit) error {
	if err := s.mayNotSetUp(c, c.Query("token")); err != nil {
		return err
	}
	year := strconv.Itoa(int(s.App.Today().Year()))
	return s.showSetup(c, v, fiber.StatusOK, c.Query("token"), setupTyped{Year: year}, nil)
}

func (s *Server) showSetup(c *fiber.Ctx, v *visit, status int, token string, typed setupTyped, refusal *kpi.Error) error {
	pc, err := s.page(c, v)
	if err != nil {
		return err
	}
	return s.render(c, status, "setup", newSetupPage(pc, token, typed, refusal))
}

func (s *Server) postSetup(c *fiber.Ctx, v *visit) error {
	form, err := s.values(c)
	if err != nil {
		return err
	}
	if err := s.mayNotSetUp(c, form.Get("token")); err != nil {
		return err
	}
	typed := setupTyped{Office: form.Get("office"), Name: form.Get("name"), Year: form.Get("year")}
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
	if refusal, ok := mistakes(err); ok {
		return s.showSetup(c, v, statusOf(refusal), form.Get("token"), typed, refusal)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/login", fiber.StatusSeeOther)
}
