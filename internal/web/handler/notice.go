package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getNotices(c *fiber.Ctx, v *middleware.Visit) error {
	notices, err := s.App.Notices(c.UserContext(), v.Actor, kpi.NoticeID(c.QueryInt("before")), page.NoticePageSize)
	if err != nil {
		return err
	}
	open, _, err := s.App.Questions(c.UserContext(), v.Actor)
	if err != nil {
		return err
	}
	due, day, err := s.App.NextDue(c.UserContext())
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "notice_list", page.NewNotices(pc, notices, open, due, day))
}
