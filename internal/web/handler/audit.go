package handler

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getAudit(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayAudit(); err != nil {
		return err
	}
	in := page.AuditInput{Asked: url.Values{}}
	for _, name := range input.AuditFields {
		in.Asked.Set(name, strings.TrimSpace(c.Query(name)))
	}
	filter, err := input.AuditFilter(in.Asked.Get, s.App.Zone())
	if err == nil {
		in.Entries, err = s.App.Audit(c.UserContext(), v.Actor, filter, int64(c.QueryInt("before")), page.AuditPageSize+1)
	}
	in.Code = strings.TrimSpace(c.Query("code"))
	if err == nil && in.Code != "" {
		in.Checked, err = s.App.CheckCode(c.UserContext(), v.Actor, in.Code)
	}
	status := fiber.StatusOK
	if refusal, refused, ok := middleware.Refusal(err); ok {
		in.Refusal, status, err = refusal, refused, nil
	}
	if err != nil {
		return err
	}
	if len(in.Entries) > page.AuditPageSize {
		in.Entries, in.More = in.Entries[:page.AuditPageSize], true
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	var accounts []string
	for _, e := range in.Entries {
		accounts = append(accounts, e.Actor)
	}
	if err := s.NameAll(c, &pc, accounts); err != nil {
		return err
	}
	return s.Render(c, status, "audit", page.NewAudit(pc, in))
}
