package web

import (
	"errors"
	"io"
	"mime"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/assets"
	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// getEvidence sends a stored file to be saved, never to be run: as an attachment, unsniffed, in a
// sandbox.
func (s *Server) getEvidence(c *fiber.Ctx, v *visit) error {
	id, err := evidenceParam(c)
	if err != nil {
		return err
	}
	e, content, err := s.App.Evidence(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	return attach(c, e.Name, e.MediaType, content, int(e.Size))
}

func evidenceParam(c *fiber.Ctx) (kpi.EvidenceID, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, kpi.Missing("evidence_not_found", c.Params("id"))
	}
	return kpi.EvidenceID(id), nil
}

// getEvidencePreview sends the small picture of a file. It is the program's own JPEG; a browser keeps
// it and asks each time whether it may be shown still.
func (s *Server) getEvidencePreview(c *fiber.Ctx, v *visit) error {
	id, err := evidenceParam(c)
	if err != nil {
		return err
	}
	e, preview, err := s.App.EvidencePreview(c.UserContext(), v.actor, id)
	var none *kpi.Error
	if errors.As(err, &none) && none.Text.Key == "preview_none" && e.Picture() && !e.Sensitive {
		return c.Redirect(assets.URL("picture.svg"), fiber.StatusSeeOther) // damaged, or too large to be made small
	}
	if err != nil {
		return err
	}
	etag := `"` + e.SHA256[:32] + `"`
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderETag, etag)
	if etagMatches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, "image/jpeg")
	return c.Send(preview)
}

func (s *Server) getEntryEvidence(c *fiber.Ctx, v *visit) error {
	return s.showEntryEvidence(c, v, fiber.StatusOK, nil)
}

func (s *Server) showEntryEvidence(c *fiber.Ctx, v *visit, status int, refusal *kpi.Error) error {
	id, err := updateParam(c)
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, id)
	if err != nil {
		return err
	}
	pc, err := s.page(c, v)
	if err != nil {
		return err
	}
	for _, y := range pc.Years {
		if y.Year == entry.Dated.Year() {
			pc.Year = y
		}
	}
	pc.saidSaved(c, "evidence.saved")
	elsewhere, err := s.App.EvidenceElsewhere(c.UserContext(), v.actor, entry.Evidence)
	if err != nil {
		return err
	}
	page := newEntryEvidencePage(pc, entry, s.App.MayMark(c.UserContext(), v.actor, id), refusal)
	page.tellElsewhere(pc.Printer, entry.Evidence, elsewhere)
	return s.render(c, status, "evidence_entry", page)
}

// postEntryEvidence adds files to an entry: 303 to its evidence, or 422 or 409 with what is wrong with each;
// then none is kept.
func (s *Server) postEntryEvidence(c *fiber.Ctx, v *visit) error {
	kept, err := s.addEvidence(c, v)
	if refusal, ok := mistakes(err); ok {
		return s.showEntryEvidence(c, v, statusOf(refusal), refusal)
	}
	if err != nil {
		return err
	}
	return c.Redirect(entryEvidencePath(kept[0].Update)+"?saved=1", fiber.StatusSeeOther)
}

// addEvidence keeps the files that a form brings to an entry, all or none that are refused.
func (s *Server) addEvidence(c *fiber.Ctx, v *visit) ([]kpi.Evidence, error) {
	id, err := updateParam(c)
	if err != nil {
		return nil, err
	}
	if err := s.App.MayAttach(c.UserContext(), v.actor, id); err != nil {
		return nil, err
	}
	f, err := s.form(c, v)
	if err != nil {
		return nil, err
	}
	defer f.discard()
	if len(f.evidence) == 0 && f.mistakes.Err() == nil {
		f.mistakes.Add("evidence", "file_missing")
	}
	if err := f.mistakes.Err(); err != nil {
		return nil, err
	}
	var out []kpi.Evidence
	for _, staged := range f.evidence {
		e, err := s.App.KeepEvidence(c.UserContext(), v.actor, id, staged)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// postSensitive marks a file from its entry's page.
func (s *Server) postSensitive(c *fiber.Ctx, v *visit) error {
	id, err := evidenceParam(c)
	if err != nil {
		return err
	}
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	e, err := s.App.MarkEvidence(c.UserContext(), v.actor, id, f.Get("sensitive") == "yes")
	if err != nil {
		return err
	}
	return c.Redirect(entryEvidencePath(e.Update), fiber.StatusSeeOther)
}

// evidenceQuery reads which of a year's evidence is asked for.
func evidenceQuery(c *fiber.Ctx) (app.EvidenceQuery, error) {
	year, err := yearParam(c)
	return app.EvidenceQuery{Year: year, Unit: c.Query("unit"), Area: c.Query("area"), Indicator: c.Query("indicator")}, err
}

func (s *Server) getYearEvidence(c *fiber.Ctx, v *visit) error {
	q, err := evidenceQuery(c)
	if err != nil {
		return err
	}
	list, err := s.App.YearEvidence(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, list.Year, list.Unit, list.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "evidence_year", newYearEvidencePage(pc, list, q, max(0, c.QueryInt("skip"))))
}

// getEvidencePack streams a year's evidence. Whether all files are there is known before the first
// byte.
func (s *Server) getEvidencePack(c *fiber.Ctx, v *visit) error {
	q, err := evidenceQuery(c)
	if err != nil {
		return err
	}
	pack, err := s.App.EvidencePack(c.UserContext(), v.actor, q, c.Query("sensitive") != "")
	if err != nil {
		return err
	}
	pack.Language = v.printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		pack.Language = lang.For(tag)
	}
	name := pack.Language.T("evidence.pack.file_name", int(pack.Year.Year)) + ".zip"
	return s.stream(c, name, "application/zip", func(w io.Writer) error { return report.WriteEvidencePack(w, pack) })
}

// stream sends a file while it is written. What goes wrong after the first byte breaks the connection
// off, so that nobody takes a part for the whole.
func (s *Server) stream(c *fiber.Ctx, name, mediaType string, write func(io.Writer) error) error {
	from, to := io.Pipe()
	conn, id := c.Context().Conn(), c.Locals(requestKey{})
	go func() {
		err := write(&patientWriter{to, conn})
		if err != nil {
			s.Log.Error("file broken off", "id", id, "file", name, "error", err.Error())
		}
		to.CloseWithError(err) //nolint:errcheck // it never fails
	}()
	return attach(c, name, mediaType, from, -1)
}

// attach streams a file to be saved under its name. It closes content.
func attach(c *fiber.Ctx, name, mediaType string, content io.Reader, size int) error {
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	c.Set(fiber.HeaderContentDisposition, disposition(name))
	return c.SendStream(content, size)
}

// disposition names a file for old and new browsers (RFC 6266).
func disposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/`, r) {
			return '_'
		}
		return r
	}, name)
	plain := mime.FormatMediaType("attachment", map[string]string{"filename": ascii})
	return plain + "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}
