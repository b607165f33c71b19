package api

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// sectionJSON is a section of a year's report that the office writes.
type sectionJSON struct {
	Key     report.SectionKey `json:"key"`
	Title   string            `json:"title"`
	Part    bool              `json:"part"`    // it is part of a section
	Text    string            `json:"text"`    // figures by name
	Stored  string            `json:"stored"`  // as stored: figures by code
	Printed []string          `json:"printed"` // paragraphs, with the figures as they are now
}

func newSectionJSON(in report.Input, key report.SectionKey) sectionJSON {
	stored := in.Texts[key]
	out := sectionJSON{key, in.SectionName(key), in.IsPart(key), in.Readable(stored), stored, []string{}}
	for _, b := range in.Printed(stored) {
		out.Printed = append(out.Printed, b.Paragraph.Text())
	}
	return out
}

// SectionsJSON is every section of a year's report in one language.
type SectionsJSON struct {
	Year     int           `json:"year"`
	Language lang.Tag      `json:"lang"`
	AsOf     string        `json:"as_of"`
	Sections []sectionJSON `json:"sections"`
}

// WrittenJSON is a section with its newest version and the check's findings.
type WrittenJSON struct {
	sectionJSON
	Language lang.Tag           `json:"lang"`
	Version  kpi.TextVersionID  `json:"version"` // 0: never written
	Author   string             `json:"author,omitempty"`
	At       string             `json:"at,omitempty"`
	MayWrite bool               `json:"may_write"`
	LastYear string             `json:"last_year"` // last year's text of the same section
	Findings []checkFindingJSON `json:"findings"`
}

func newWrittenJSON(w app.Writing) WrittenJSON {
	key := report.SectionKey(w.Place.Section)
	out := WrittenJSON{sectionJSON: newSectionJSON(w.Input.Input, key), Language: w.Input.Language.Tag(),
		Version: w.Version.ID, Author: w.Version.Author, MayWrite: w.MayWrite, LastYear: w.LastYear,
		Findings: findingsJSON(w.Input.Language, w.Input.Board.Year.Year, w.Input.Of(key, w.Text))}
	if w.Version.ID != 0 {
		out.At = rfc3339(w.Version.At)
	}
	return out
}

// textLanguage returns the language of the report's texts: that of ?lang= or else the visitor's.
func textLanguage(c *fiber.Ctx, v *middleware.Visit) lang.Tag {
	if tag, ok := lang.ParseTag(c.Query("lang")); ok {
		return tag
	}
	return v.Printer.Tag()
}

func (s API) getSections(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	tag := textLanguage(c, v)
	in, err := s.App.Report(c.UserContext(), v.Actor, q, string(tag))
	if err != nil {
		return err
	}
	in.Language = lang.For(tag)
	out := SectionsJSON{int(in.Board.Year.Year), tag, in.Board.AsOf.String(), []sectionJSON{}}
	for _, key := range in.Places() {
		out.Sections = append(out.Sections, newSectionJSON(in, key))
	}
	return s.JSON(c, fiber.StatusOK, out)
}

func (s API) getSection(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	return s.sendSection(c, v, q)
}

// sendSection sends a section. Its ETag holds its version, which a later text must name, and the state of its
// figures and findings.
func (s API) sendSection(c *fiber.Ctx, v *middleware.Visit, q app.Query) error {
	w, err := s.App.Writing(c.UserContext(), v.Actor, q, middleware.SectionParam(c, "key"), string(textLanguage(c, v)))
	if err != nil {
		return err
	}
	if err := s.JSON(c, fiber.StatusOK, newWrittenJSON(w)); err != nil {
		return err
	}
	c.Set(fiber.HeaderETag, strconv.Quote(strconv.FormatInt(int64(w.Version.ID), 10)+"-"+mark(c)))
	return nil
}

// putSection saves a text that replaces the version named in the body or by If-Match. Without a version
// it only saves a section that was never written.
func (s API) putSection(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Text    *string            `json:"text"`
		Version *kpi.TextVersionID `json:"version"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	var m kpi.Mistakes
	if b.Text == nil {
		m.Add("text", "text_missing")
	}
	base, err := textVersion(c, b.Version)
	m.Check("version", err)
	if err := m.Err(); err != nil {
		return err
	}
	n := app.NewText{Section: middleware.SectionParam(c, "key"), Language: string(textLanguage(c, v)),
		Text: *b.Text, Base: base}
	if _, err := s.App.WriteText(c.UserContext(), v.Actor, year, n); err != nil {
		return err
	}
	return s.sendSection(c, v, app.Query{Year: year})
}

// textVersion returns the version that a text replaces: the one in the body or that of the ETag in
// If-Match.
func textVersion(c *fiber.Ctx, named *kpi.TextVersionID) (kpi.TextVersionID, error) {
	match := matched(c)
	if named != nil || match == "" {
		if named == nil {
			return 0, nil
		}
		return *named, nil
	}
	version, _, _ := strings.Cut(match, "-")
	id, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		return 0, kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	return kpi.TextVersionID(id), nil
}
