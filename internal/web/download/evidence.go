package download

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
	"dabiao/internal/report/evidence"
	"dabiao/internal/web/middleware"
)

// GetEvidence sends a stored file to be saved and never run: as an attachment, without sniffing, in a
// sandbox.
func (s Files) GetEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.EvidenceParam(c)
	if err != nil {
		return err
	}
	e, content, err := s.App.Evidence(c.UserContext(), v.Actor, id)
	if err != nil {
		return err
	}
	return middleware.Attach(c, e.Name, e.MediaType, content, int(e.Size))
}

// GetEvidencePack streams a year's evidence as a zip. Missing files are found before the first byte.
func (s Files) GetEvidencePack(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := middleware.EvidenceQuery(c)
	if err != nil {
		return err
	}
	pack, err := s.App.EvidencePack(c.UserContext(), v.Actor, q, c.Query("sensitive") != "")
	if err != nil {
		return err
	}
	pack.Language = v.Printer
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		pack.Language = lang.For(tag)
	}
	name := pack.Language.T("evidence.pack.file_name", int(pack.Year.Year)) + ".zip"
	return s.Stream(c, name, "application/zip", func(w io.Writer) error { return evidence.Write(w, pack) })
}
