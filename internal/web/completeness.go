package web

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// getCompleteness shows who has logged what was due.
func (s *Server) getCompleteness(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	found, err := s.App.Completeness(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, found.Year, found.Unit, kpi.AsOfToday(q.Year, found.Today))
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "completeness", newCompletenessPage(pc, found, c.Query("sort") == "rate"))
}

// reminders reads what letters are made from, in the visitor's language or the one ?lang= names.
func (s *Server) reminders(c *fiber.Ctx, v *visit) (report.Reminders, error) {
	q, err := s.query(c)
	if err != nil {
		return report.Reminders{}, err
	}
	q.Unit = "" // the letters are the whole office's
	r, err := s.App.Reminders(c.UserContext(), v.actor, q)
	r.Language = v.printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		r.Language = lang.For(tag)
	}
	return r, err
}

// letters are the reminder to the unit that ?unit= names, or to all that are late.
func (s *Server) letters(c *fiber.Ctx, v *visit) ([]paper.Letter, error) {
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

// bulletin ranks the units by the month ?month= names, or by the latest that is due.
func (s *Server) bulletin(c *fiber.Ctx, v *visit) (paper.Letter, error) {
	r, err := s.reminders(c, v)
	if err != nil {
		return paper.Letter{}, err
	}
	month := r.Completeness.LastDue()
	p, err := monthQuery(c)
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

func (s *Server) getLetter(c *fiber.Ctx, v *visit) error {
	letters, err := s.letters(c, v)
	if err != nil {
		return err
	}
	return s.showLetters(c, v, v.printer.T("letter_page.reminder"), letterPath, letters)
}

func (s *Server) getBulletin(c *fiber.Ctx, v *visit) error {
	l, err := s.bulletin(c, v)
	if err != nil {
		return err
	}
	return s.showLetters(c, v, v.printer.T("letter_page.bulletin"), bulletinPath, []paper.Letter{l})
}

func (s *Server) showLetters(c *fiber.Ctx, v *visit, title string, path func(kpi.Year) string, letters []paper.Letter) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	pc, err := s.page(c, v)
	if err != nil {
		return err
	}
	for _, y := range pc.Years {
		if y.Year == year {
			pc.Year = y
		}
	}
	file := path(year) + ".docx"
	if query := c.Context().QueryArgs().String(); query != "" {
		file += "?" + query
	}
	return s.render(c, fiber.StatusOK, "letter_show", newLetterPage(pc, title, file, letters))
}

func (s *Server) getLetterFile(c *fiber.Ctx, v *visit) error {
	letters, err := s.letters(c, v)
	if err != nil {
		return err
	}
	name := letters[0].Name
	if c.Query("unit") == "" {
		name = lang.For(letters[0].Language).T("letter.reminder.file_name_all", len(letters))
	}
	return sendLetters(c, name, letters)
}

func (s *Server) getBulletinFile(c *fiber.Ctx, v *visit) error {
	l, err := s.bulletin(c, v)
	if err != nil {
		return err
	}
	return sendLetters(c, l.Name, []paper.Letter{l})
}

func sendLetters(c *fiber.Ctx, name string, letters []paper.Letter) error {
	var file bytes.Buffer
	if err := paper.WriteLetters(&file, letters); err != nil {
		return fmt.Errorf("write letters: %w", err)
	}
	return attach(c, name+".docx", report.WordMedia, &file, file.Len())
}

// completenessJSON is who has logged what was due; months nothing was asked of have asked 0.
type completenessJSON struct {
	Year   int                    `json:"year"`
	Unit   string                 `json:"unit"`
	Today  kpi.Date               `json:"today"`
	DueDay int                    `json:"due_day"`
	Units  []unitCompletenessJSON `json:"units"`
}

type unitCompletenessJSON struct {
	Code       string                  `json:"code"`
	Name       string                  `json:"name"`
	Asked      int                     `json:"asked"`
	Logged     int                     `json:"logged"`
	Rate       *string                 `json:"rate"`
	RateReason string                  `json:"rate_reason,omitempty"`
	Months     []monthCompletenessJSON `json:"months"`
}

type monthCompletenessJSON struct {
	Month   string   `json:"month"`
	Due     kpi.Date `json:"due"`
	Asked   int      `json:"asked"`
	Logged  int      `json:"logged"`
	Late    bool     `json:"late"`
	Missing []string `json:"missing"`
}

func (s *Server) apiCompleteness(c *fiber.Ctx, v *visit) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	found, err := s.App.Completeness(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	out := completenessJSON{Year: int(found.Year.Year), Unit: found.Unit.Code, Today: found.Today, DueDay: found.DueDay, Units: []unitCompletenessJSON{}}
	for _, u := range found.Units {
		unit := unitCompletenessJSON{Code: u.Unit.Code, Name: v.printer.Name(u.Unit.Name, u.Unit.NameEn)}
		unit.Asked, unit.Logged = u.Sum(0)
		unit.Rate, unit.RateReason = optional(u.Rate(0), percentText)
		for i, m := range u.Months {
			month := monthCompletenessJSON{Month: kpi.Period{Year: q.Year, Month: i + 1}.String(), Due: m.Due, Asked: m.Asked, Logged: m.Logged, Late: m.Late(), Missing: []string{}}
			for _, ind := range m.Missing {
				month.Missing = append(month.Missing, ind.Code)
			}
			unit.Months = append(unit.Months, month)
		}
		out.Units = append(out.Units, unit)
	}
	return s.json(c, fiber.StatusOK, out)
}
