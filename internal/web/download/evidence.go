package download

import (
	"io"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/lang"
	"dabiao/internal/report/evidence"
	"dabiao/internal/web/middleware"
)

// GetEvidence sends a stored file to be saved and never run: as an attachment, without sniffing, in a
// sandbox. Query: original (of a picture, with what its camera wrote beside it).
func (s Files) GetEvidence(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.EvidenceParam(c)
	if err != nil {
		return err
	}
	f, err := s.App.OpenEvidence(c.UserContext(), v.Actor, id, c.Query("original") != "")
	if err != nil {
		return err
	}
	return middleware.Attach(c, f.Name, f.MediaType, struct {
		io.Reader
		io.Closer
	}{f.Reader(), f.Closer}, int(f.Content.Size()))
}

// GetEvidencePack streams a year's evidence as a zip. Missing files are found before the first byte. Query: that of
// the list, sensitive, original.
func (s Files) GetEvidencePack(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := middleware.EvidenceQuery(c)
	if err != nil {
		return err
	}
	pack, err := s.App.EvidencePack(c.UserContext(), v.Actor, q,
		evidence.With{Sensitive: c.Query("sensitive") != "", Originals: c.Query("original") != ""})
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
