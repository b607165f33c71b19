package handler

import (
	"crypto/subtle"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// holdsSetupLink reports whether the token is the one printed at start. It refuses anyone once the set-up
// is done.
func (s Pages) holdsSetupLink(c *fiber.Ctx, token string) (bool, error) {
	isNew, err := s.App.IsNew(c.UserContext())
	if err == nil && !isNew {
		err = kpi.Clash("setup_done")
	}
	return s.SetupToken != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.SetupToken)) == 1, err
}

func (s Pages) getSetup(c *fiber.Ctx, v *middleware.Visit) error {
	token := c.Query("token")
	if holds, err := s.holdsSetupLink(c, token); err != nil {
		return err
	} else if !holds {
		return s.showUnset(c, v, fiber.StatusForbidden, token != "")
	}
	year := strconv.Itoa(int(s.App.Today().Year()))
	return s.showSetup(c, v, fiber.StatusOK, token, page.SetupTyped{Year: year}, nil)
}

// showUnset says to whoever comes before the set-up, with no link or a wrong one, how it is done.
func (s Pages) showUnset(c *fiber.Ctx, v *middleware.Visit, status int, wrongLink bool) error {
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "setup_unset", page.NewUnset(pc, wrongLink))
}

func (s Pages) showSetup(c *fiber.Ctx, v *middleware.Visit, status int, token string, typed page.SetupTyped,
	refusal *kpi.Error) error {
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, status, "setup", page.NewSetup(pc, token, typed, refusal))
}

// postSetup sets the office up and signs its administrator in.
func (s Pages) postSetup(c *fiber.Ctx, v *middleware.Visit) error {
	form, err := s.Values(c)
	if err != nil {
		return err
	}
	if holds, err := s.holdsSetupLink(c, form.Get("token")); err != nil {
		return err
	} else if !holds {
		return s.showUnset(c, v, fiber.StatusForbidden, true)
	}
	typed := page.SetupTyped{Office: form.Get("office"), Name: form.Get("name"), FullName: form.Get("full_name"),
		Year: form.Get("year"), Password: form.Get("password") != ""}
	setup, err := readSetup(typed, form.Get("password"))
	if err == nil {
		err = s.App.SetUp(c.UserContext(), setup)
	}
	to := "/login"
	if err == nil {
		if entered, err := s.App.SignIn(c.UserContext(), setup.Name, setup.Password, s.browser(c)); err == nil {
			s.enter(c, entered)
			to = onward(entered, page.BoardPath(setup.Year))
		}
	}
	return middleware.Posted(c, err, to, func(status int, refusal *kpi.Error) error {
		return s.showSetup(c, v, status, form.Get("token"), typed, refusal)
	})
}

// readSetup reads what was typed; every mistake is told at once.
func readSetup(typed page.SetupTyped, password string) (app.Setup, error) {
	setup := app.Setup{Office: app.Office{Name: typed.Office}, UnitCode: "office", Name: strings.TrimSpace(typed.Name),
		FullName: strings.TrimSpace(typed.FullName), Password: password}
	if y, err := intake.Exact(typed.Year, "年"); err == nil && y == y.Round(0) {
		setup.Year = kpi.Year(y / kpi.One)
	}
	err := setup.Check()
	var refusal *kpi.Error
	if errors.As(err, &refusal) {
		for i, f := range refusal.Fields {
			if f.Name == "year" {
				refusal.Fields[i].Text = kpi.T("year_unreadable", strings.TrimSpace(typed.Year))
			}
		}
	}
	return setup, err
}

// postStart puts first steps away: one, or all that are shown.
func (s Pages) postStart(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	steps := []string{f.Get("step")}
	if f.Get("step") == "all" {
		steps = app.StartSteps
	}
	if err := s.App.PutAwayStart(c.UserContext(), v.Actor, f.Has("again"), steps...); err != nil {
		return err
	}
	return c.Redirect(middleware.LocalPath(f.Get("back")), fiber.StatusSeeOther)
}

// getSettings shows the settings of the office, and where the server is reached: as the administrator does, where
// that is not this machine itself, and as the server knows.
func (s Pages) getSettings(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayAdminister(); err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	data, err := page.NewSettings(pc, s.reached(c))
	if err != nil {
		return err
	}
	data.Backups = page.NewSettingsBackups(pc, s.App.BackupFolders(), s.App.LastDrill())
	data.Replica = page.NewSettingsReplica(pc, s.App.Replica())
	if data.PutAway, err = s.App.StartPutAway(c.UserContext(), v.Actor); err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "settings", data)
}

func (s Pages) reached(c *fiber.Ctx) page.Reach {
	var reach page.Reach
	if s.Reach != nil {
		reach = s.Reach()
	}
	host, _, err := net.SplitHostPort(c.Hostname())
	if err != nil {
		host = c.Hostname()
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	here := s.Here(c)
	const longest = 200 // of what fits into a QR code that a phone reads
	if len(here) > longest || ip != nil && ip.IsLoopback() || host == "localhost" || slices.Contains(reach.Addresses,
		here) {
		return reach
	}
	reach.Addresses = append([]string{here}, reach.Addresses...)
	return reach
}
