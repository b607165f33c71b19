package api

import (
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// auditJSON is one entry of the audit log.
type auditJSON struct {
	ID      int64  `json:"id"`
	At      string `json:"at"`
	Actor   string `json:"actor"`
	Action  string `json:"action"`
	Subject string `json:"subject"`
	Detail  string `json:"detail"`
	Hash    string `json:"hash"`
}

func (s API) getAudit(c *fiber.Ctx, v *middleware.Visit) error {
	if err := v.Actor.MayAudit(); err != nil {
		return err
	}
	var m kpi.Mistakes
	before := wholeQuery(c, &m, "cursor", 0, math.MaxInt64)
	limit := int(wholeQuery(c, &m, "limit", page.AuditPageSize, page.AuditPageSize))
	if err := m.Err(); err != nil {
		return err
	}
	filter, err := input.AuditFilter(func(name string) string { return c.Query(name) }, s.App.Zone())
	if err != nil {
		return err
	}
	entries, err := s.App.Audit(c.UserContext(), v.Actor, filter, before, limit+1)
	if err != nil {
		return err
	}
	out := ListJSON[auditJSON]{Items: []auditJSON{}}
	for _, e := range entries[:min(limit, len(entries))] {
		out.Items = append(out.Items, auditJSON{e.ID, rfc3339(e.At), e.Actor, e.Action, e.Subject, e.Detail, e.Hash})
	}
	if len(entries) > limit {
		out.NextCursor = strconv.FormatInt(entries[limit-1].ID, 10)
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// codeJSON is what the audit log says of a code.
type codeJSON struct {
	Code    string `json:"code"`
	Entries int64  `json:"entries"`
	At      string `json:"at,omitempty"` // when the last of them was made
	Now     int64  `json:"now"`          // how many entries the log has
	Agrees  bool   `json:"agrees"`
	Proven  bool   `json:"proven"` // none of them is made with a key that is not here
}

func (s API) getAuditCode(c *fiber.Ctx, v *middleware.Visit) error {
	x, err := s.App.CheckCode(c.UserContext(), v.Actor, c.Query("code"))
	if err != nil {
		return err
	}
	out := codeJSON{Code: x.Code, Entries: x.Entries, Now: x.Now, Agrees: x.Agrees, Proven: x.Proven}
	if x.At > 0 {
		out.At = rfc3339(x.At)
	}
	return s.JSON(c, fiber.StatusOK, out)
}
