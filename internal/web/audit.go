package web

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
)

// auditPageSize is how many entries one page shows.
const auditPageSize = 100

func (s *Server) getAudit(c *fiber.Ctx, v *visit) error {
	entries, err := s.App.Audit(c.UserContext(), v.actor, int64(c.QueryInt("before")), auditPageSize)
	if err != nil {
		return err
	}
	pc, err := s.page(c, v)
	if err != nil {
		return err
	}
	var accounts []string
	for _, e := range entries {
		accounts = append(accounts, e.Actor)
	}
	if err := s.nameAll(c, &pc, accounts); err != nil {
		return err
	}
	older := ""
	if len(entries) == auditPageSize {
		older = fmt.Sprintf("/audit?before=%d", entries[len(entries)-1].ID)
	}
	return s.render(c, fiber.StatusOK, "audit", newAuditPage(pc, entries, older))
}
