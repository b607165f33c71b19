package middleware

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/page"
)

// Page returns the context of a page that is about no year.
func (s *Server) Page(c *fiber.Ctx, v *Visit) (page.Context, error) {
	return s.Framed(c, v, 0, kpi.Unit{})
}

// Framed returns the context of a page with what frames every page: the office, the years, the person
// and, for a year and unit, what there is to do and where else to go.
func (s *Server) Framed(c *fiber.Ctx, v *Visit, y kpi.Year, u kpi.Unit) (page.Context, error) {
	pc := page.Context{Printer: v.Printer, Theme: v.theme, Actor: v.Actor, ActorName: v.Name, CSRF: v.formToken(),
		Today: s.App.Today(), Zone: s.App.Zone(), Back: c.OriginalURL(), Lasting: reads(c)}
	if !pc.Lasting {
		pc.Back = "/"
	}
	if s.Exposed {
		pc.Warnings = append(pc.Warnings, v.Printer.T("page.exposed"))
	}
	pc.Warnings = append(pc.Warnings, s.stateTo(v)...)
	frame, err := s.App.Frame(c.UserContext(), v.Actor, y, u)
	pc.Frame = frame
	return pc, err
}

// NameAll gives the page the names of these accounts, whatever their unit.
func (s *Server) NameAll(c *fiber.Ctx, pc *page.Context, accounts []string) (err error) {
	pc.Names, err = s.App.Names(c.UserContext(), accounts)
	return err
}

// YearPage returns the context of a page about a year and unit.
func (s *Server) YearPage(c *fiber.Ctx, v *Visit, y kpi.YearInfo, u kpi.Unit, at kpi.AsOf) (page.Context, error) {
	pc, err := s.Framed(c, v, y.Year, u)
	pc.Year, pc.Unit, pc.AsOf = y, u, at
	return pc, err
}

// state returns the state of the records as it was when this request first asked.
func (s *Server) state(v *Visit) app.State {
	if v.state == nil {
		now := s.App.State()
		v.state = &now
	}
	return *v.state
}

// stopsTo says why nothing can be saved to somebody who has sent nothing, and what to do: to administrators, and to
// others whom to tell.
func stopsTo(v *Visit, key string) string {
	of := "stops.to_tell"
	if v.Actor.MayAdminister() == nil {
		of = "stops.do_" + key
	}
	return v.Printer.T("stops."+key) + v.Printer.T("stops.then", kpi.T(of))
}

// stateTo says what is the matter with the records to those whom it keeps from working, or who can do something.
func (s *Server) stateTo(v *Visit) (out []string) {
	state := s.state(v)
	if state.Stops != nil && v.known() {
		out = append(out, stopsTo(v, state.Stops.Text.Key))
	}
	if v.Actor.MayAdminister() == nil {
		for _, w := range state.Warns {
			out = append(out, v.Printer.Text(w))
		}
	}
	return out
}
