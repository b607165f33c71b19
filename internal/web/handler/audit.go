package handler

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getAudit(c *fiber.Ctx, v *middleware.Visit) error {
	entries, err := s.App.Audit(c.UserContext(), v.Actor, int64(c.QueryInt("before")), page.AuditPageSize)
	if err != nil {
		return err
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	var accounts []string
	for _, e := range entries {
		accounts = append(accounts, e.Actor)
	}
	if err := s.NameAll(c, &pc, accounts); err != nil {
		return err
	}
	older := ""
	if len(entries) == page.AuditPageSize {
		older = fmt.Sprintf("/audit?before=%d", entries[len(entries)-1].ID)
	}
	return s.Render(c, fiber.StatusOK, "audit", page.NewAudit(pc, entries, older))
}
