package download

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// reminders loads what letters are made from, in the language of ?lang= or else the visitor's, dated ?date= or open.
func (s Files) reminders(c *fiber.Ctx, v *middleware.Visit) (report.Reminders, error) {
	q, err := s.Query(c)
	if err != nil {
		return report.Reminders{}, err
	}
	q.Unit = "" // the letters are the whole office's
	var day kpi.Date
	if typed := c.Query("date"); typed != "" {
		var m kpi.Mistakes
		if day, err = kpi.ParseDate(typed); !m.Check("date", err) {
			return report.Reminders{}, m.Err()
		}
	}
	r, err := s.App.Reminders(c.UserContext(), v.Actor, q)
	r.Date = day
	r.Language = v.Printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		r.Language = lang.For(tag)
	}
	return r, err
}

// Letters returns the reminder to the unit in ?unit=, or those to all units that are late.
func (s Files) Letters(c *fiber.Ctx, v *middleware.Visit) ([]paper.Letter, error) {
	r, err := s.reminders(c, v)
	if err != nil {
		return nil, err
	}
	code := c.Query("unit")
	if code == "" {
		if all := r.All(); len(all) > 0 {
			return all, nil
		}
		return nil, kpi.Missing("letter_nobody_late")
	}
	for _, u := range r.Completeness.Units {
		if u.Unit.Code != code {
			continue
		}
		l, err := r.Reminder(u)
		if errors.Is(err, report.ErrNothingLate) {
			return nil, kpi.Missing("letter_unit_not_late", u.Unit.Names())
		}
		return []paper.Letter{l}, err
	}
	return nil, kpi.Missing("unit_not_found", code)
}

// Bulletin ranks the units for the month in ?month=, or else for the latest that is due.
func (s Files) Bulletin(c *fiber.Ctx, v *middleware.Visit) (paper.Letter, error) {
	r, err := s.reminders(c, v)
	if err != nil {
		return paper.Letter{}, err
	}
	month := r.Completeness.LastDue()
	p, err := middleware.MonthQuery(c)
	if err != nil {
		return paper.Letter{}, err
	}
	if p != nil {
		if month = p.Month; p.Year != r.Completeness.Year.Year {
			var m kpi.Mistakes
			m.Add("month", "as_of_other_year", p.String(), int(r.Completeness.Year.Year))
			return paper.Letter{}, m.Err()
		}
	}
	l, err := r.Bulletin(month)
	if errors.Is(err, report.ErrNothingLate) {
		err = kpi.Missing("bulletin_nothing_due")
	}
	return l, err
}

func (s Files) GetLetterFile(c *fiber.Ctx, v *middleware.Visit) error {
	letters, err := s.Letters(c, v)
	if err != nil {
		return err
	}
	name := letters[0].Name
	if c.Query("unit") == "" {
		name = lang.For(letters[0].Language).T("letter.reminder.file_name_all", len(letters))
	}
	if err := s.letterGiven(c, v, "letter"); err != nil {
		return err
	}
	return sendLetters(c, name, letters)
}

func (s Files) GetBulletinFile(c *fiber.Ctx, v *middleware.Visit) error {
	l, err := s.Bulletin(c, v)
	if err != nil {
		return err
	}
	if err := s.letterGiven(c, v, "bulletin"); err != nil {
		return err
	}
	return sendLetters(c, l.Name, []paper.Letter{l})
}

func (s Files) letterGiven(c *fiber.Ctx, v *middleware.Visit, form string) error {
	return s.Given(c, v, "report.download", "year "+c.Params("year"),
		map[string]any{"form": form, "format": "docx", "unit": c.Query("unit"), "month": c.Query("month")})
}

func sendLetters(c *fiber.Ctx, name string, letters []paper.Letter) error {
	var file bytes.Buffer
	if err := paper.WriteLetters(&file, letters); err != nil {
		return fmt.Errorf("write letters: %w", err)
	}
	return middleware.Attach(c, name+".docx", paper.WordMedia, &file, file.Len())
}
