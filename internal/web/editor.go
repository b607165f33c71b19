package web

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// getSections lists the places of a report that the office writes.
func (s *Server) getSections(c *fiber.Ctx, v *visit) error {
	in, err := s.checkInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "report_sections", newSectionsPage(pc, in))
}

// getFigures is the picker as a page of its own, for searching without scripts.
func (s *Server) getFigures(c *fiber.Ctx, v *visit) error {
	in, err := s.checkInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "report_figures", newFiguresPage(pc, in.Input, c.Query("q")))
}

// sectionParam is the place that a parameter of an address names; it may hold a slash, in the API as %2F.
func sectionParam(c *fiber.Ctx, name string) report.SectionKey {
	key, err := url.PathUnescape(c.Params(name))
	if err != nil {
		key = c.Params(name)
	}
	return report.SectionKey(key)
}

// editing is what the editor was asked to show instead of what is kept.
type editing struct {
	Typed    *string // as it was sent
	Base     kpi.TextVersionID
	Previews bool // the draft was just kept
	Conflict *kpi.TextVersion
	Refusal  *kpi.Error
}

func (s *Server) getEditor(c *fiber.Ctx, v *visit) error {
	return s.showEditor(c, v, fiber.StatusOK, editing{})
}

// showEditor shows a place with its text: what was typed, or else a version the address names, last
// year's text, the draft, or what is kept.
func (s *Server) showEditor(c *fiber.Ctx, v *visit, status int, in editing) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	w, err := s.App.Writing(c.UserContext(), v.actor, q, sectionParam(c, "*"), string(v.printer.Tag()))
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, w.Input.Board.Year, w.Input.Board.Unit, w.Input.Board.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "editor.saved")
	from := c.Query("from")
	if id, err := strconv.ParseInt(c.Query("version"), 10, 64); err == nil {
		from = strconv.FormatInt(id, 10)
	}
	return s.render(c, status, "report_edit", newEditorPage(pc, w, in, from))
}

// postEditor keeps a text (303), keeps and shows a draft, or drops it. A text that cannot be kept
// comes back as it was typed: 422, or 409 beside the one that was written meanwhile.
func (s *Server) postEditor(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	base, err := strconv.ParseInt(f.Get("base"), 10, 64)
	if err != nil {
		base = 0
	}
	text, place := f.Get("text"), sectionParam(c, "*")
	n := app.NewText{Section: place, Language: string(v.printer.Tag()), Text: text, Base: kpi.TextVersionID(base)}
	in := editing{Typed: &text, Base: n.Base}
	ctx := c.UserContext()
	switch f.Get("action") {
	case "discard":
		err = s.App.DropTextDraft(ctx, v.actor, kpi.TextPlace{Year: year, Section: string(place), Language: n.Language})
	case "preview":
		if err = s.App.KeepTextDraft(ctx, v.actor, year, n); err == nil {
			in.Previews = true
			return s.showEditor(c, v, fiber.StatusOK, in)
		}
	default:
		var latest kpi.TextVersion
		latest, err = s.App.WriteText(ctx, v.actor, year, n)
		var refusal *kpi.Error
		if errors.As(err, &refusal) && refusal.Text.Key == "text_changed_since" {
			in.Conflict, in.Base = &latest, latest.ID
			return s.showEditor(c, v, fiber.StatusConflict, in)
		}
	}
	if refusal, ok := mistakes(err); ok {
		in.Refusal = refusal
		return s.showEditor(c, v, statusOf(refusal), in)
	}
	if err != nil {
		return err
	}
	to := editPath(year, place)
	if f.Get("action") == "" || f.Get("action") == "save" {
		to += "?saved=1"
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
