package api

import (
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/report/returned"
	"dabiao/internal/web/middleware"
)

// returnedJSON is a report that came back, held against the texts of now.
type returnedJSON struct {
	Language string                `json:"lang"`
	Tracked  int                   `json:"tracked"`
	Authors  []string              `json:"authors"`
	Read     string                `json:"read"` // accepted, rejected
	Sections []returnedSectionJSON `json:"sections"`
	Remarks  []remarkJSON          `json:"remarks"` // on no section
	Texts    int                   `json:"texts"`
	Notes    int                   `json:"notes"`
	Stored   bool                  `json:"stored"`
	Warning  kpi.FileWarning       `json:"warning,omitempty"`
}

// returnedSectionJSON is a section as it came back.
type returnedSectionJSON struct {
	Key      report.SectionKey    `json:"key"`
	Heading  string               `json:"heading"`
	Renamed  string               `json:"renamed,omitempty"`
	State    returned.State       `json:"state"`
	Version  kpi.TextVersionID    `json:"version"` // the text it was compared with
	Text     string               `json:"text"`    // the new one, figures by name
	Written  bool                 `json:"written_out"`
	Changes  []returnedLineJSON   `json:"changes"`
	Figures  []returnedFigureJSON `json:"figures"`
	Comments []remarkJSON         `json:"remarks"`
}

type returnedLineJSON struct {
	Kind returned.Kind `json:"kind"`
	Was  string        `json:"was"`
	Is   string        `json:"is"`
}

type returnedFigureJSON struct {
	Indicator string `json:"indicator,omitempty"`
	Was       string `json:"was"`
	Is        string `json:"is"`
}

type remarkJSON struct {
	Author   string `json:"author"`
	Written  string `json:"written"`
	Quote    string `json:"quote"`
	Text     string `json:"text"`
	Resolved bool   `json:"resolved"`
	Footnote bool   `json:"footnote"`
}

func remarksJSON(comments []intake.Comment) []remarkJSON {
	out := []remarkJSON{}
	for _, c := range comments {
		out = append(out, remarkJSON{c.Author, c.At, c.Quote, c.Text, c.Resolved, c.Footnote})
	}
	return out
}

func newReturnedJSON(v app.ReturnedView, rejected bool) returnedJSON {
	out := returnedJSON{Language: v.Language, Tracked: v.Document.Tracked,
		Authors: append([]string{}, v.Document.Authors...), Read: "accepted",
		Sections: []returnedSectionJSON{}, Remarks: remarksJSON(v.Result.Loose), Warning: v.Document.Warning}
	if rejected {
		out.Read = "rejected"
	}
	for _, s := range v.Result.Sections {
		row := returnedSectionJSON{Key: s.Key, Heading: s.Heading, Renamed: s.Renamed, State: s.State, Text: s.Text,
			Version: v.Versions[s.Key].ID, Written: s.Written, Changes: []returnedLineJSON{}, Figures: []returnedFigureJSON{},
			Comments: remarksJSON(s.Comments)}
		for _, l := range s.Lines {
			if l.Kind != returned.LineSame {
				row.Changes = append(row.Changes, newReturnedLineJSON(l))
			}
		}
		for _, f := range s.Figures {
			row.Figures = append(row.Figures, returnedFigureJSON(f))
		}
		out.Sections = append(out.Sections, row)
	}
	return out
}

func newReturnedLineJSON(l returned.Line) returnedLineJSON {
	out := returnedLineJSON{Kind: l.Kind}
	for _, s := range l.Spans {
		if s.Mark != returned.Ins {
			out.Was += s.Text
		}
		if s.Mark != returned.Del {
			out.Is += s.Text
		}
	}
	return out
}

// postReturned compares a report that came back and, unless it is a dry run, takes it over: the sections
// that ?take= names, or all that changed, and with ?notes=1 the remarks.
func (s API) postReturned(c *fiber.Ctx, v *middleware.Visit) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	take, err := takings(c.Query("take"))
	if err != nil {
		return err
	}
	if tracked := c.Query("tracked"); !slices.Contains([]string{"", "accept", "reject"}, tracked) {
		return kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	file, err := s.getWord(c, v)
	if err != nil {
		return err
	}
	defer file.Discard()
	f := app.ReturnedFile{File: file, Language: string(textLanguage(c, v)), Rejected: c.Query("tracked") == "reject",
		Ledger: c.QueryBool("ledger")}
	view, err := s.App.Returned(c.UserContext(), v.Actor, q, f)
	if err != nil {
		return err
	}
	out := newReturnedJSON(view, f.Rejected)
	if c.QueryBool("dry_run") {
		return s.JSON(c, fiber.StatusOK, out)
	}
	t := app.Taking{ReturnedFile: f, Notes: c.QueryBool("notes"), Sections: take}
	if take == nil {
		t.Sections = map[report.SectionKey]kpi.TextVersionID{}
		for _, section := range view.Result.Sections {
			if section.State == returned.Changed {
				t.Sections[section.Key] = view.Versions[section.Key].ID
			}
		}
	}
	done, err := s.App.TakeReturned(c.UserContext(), v.Actor, q, t)
	if err != nil {
		return err
	}
	out.Texts, out.Notes, out.Stored = done.Texts, done.Notes, true
	return s.JSON(c, fiber.StatusOK, out)
}

// takings are sections with the versions they were compared with: problems:12,other:0. nil: not said.
func takings(written string) (map[report.SectionKey]kpi.TextVersionID, error) {
	if written == "" {
		return nil, nil
	}
	out := map[report.SectionKey]kpi.TextVersionID{}
	for one := range strings.SplitSeq(written, ",") {
		key, version, _ := strings.Cut(one, ":")
		n, err := strconv.ParseInt(version, 10, 64)
		if err != nil || n < 0 {
			return nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
		}
		out[report.SectionKey(key)] = kpi.TextVersionID(n)
	}
	return out, nil
}

// getWord stages a Word file, sent as the file of a form or as the whole body with its media type.
func (s API) getWord(c *fiber.Ctx, v *middleware.Visit) (*app.ImportFile, error) {
	media, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType))
	if err != nil {
		return nil, middleware.ErrContentType
	}
	if media != paper.WordMedia {
		f, err := s.FormWithTable(c, v)
		if err != nil {
			return nil, err
		}
		file := f.Table
		f.Table = nil
		f.Discard()
		if err := f.Mistakes.Err(); err != nil {
			return nil, err
		}
		if file == nil {
			var m kpi.Mistakes
			m.Add("file", "file_missing")
			return nil, m.Err()
		}
		return file, nil
	}
	content := &middleware.Sent{Reader: middleware.BodyStream(c)}
	f, err := s.App.StageImport("report.docx", content)
	if content.Broken {
		if err == nil {
			f.Discard()
		}
		return nil, kpi.Refuse(kpi.Invalid, "value_unreadable")
	}
	return f, err
}

// reportNoteJSON is a reviewer's note on a section.
type reportNoteJSON struct {
	ID      kpi.ReportNoteID `json:"id"`
	Section string           `json:"section"` // "": on no section
	Lang    string           `json:"lang"`
	Author  string           `json:"author"`
	Written string           `json:"written"`
	Quote   string           `json:"quote"`
	Text    string           `json:"text"`
	File    string           `json:"file"`
	AddedBy string           `json:"added_by"`
	AddedAt string           `json:"added_at"`
	Done    bool             `json:"done"`
	DoneBy  string           `json:"done_by,omitempty"`
	DoneAt  string           `json:"done_at,omitempty"`
}

func newReportNoteJSON(n kpi.ReportNote) reportNoteJSON {
	out := reportNoteJSON{ID: n.ID, Section: n.Section, Lang: n.Language, Author: n.Author, Written: n.Written,
		Quote: n.Quote, Text: n.Body, File: n.File, AddedBy: n.AddedBy, AddedAt: rfc3339(n.AddedAt), Done: !n.Open()}
	if out.Done {
		out.DoneBy, out.DoneAt = n.DoneBy, rfc3339(n.DoneAt)
	}
	return out
}

// getReportNotes lists what reviewers remarked on a year's report.
func (s API) getReportNotes(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	notes, err := s.App.ReportNotes(c.UserContext(), v.Actor, year)
	if err != nil {
		return err
	}
	out := struct {
		Notes []reportNoteJSON `json:"notes"`
	}{[]reportNoteJSON{}}
	for _, n := range notes {
		out.Notes = append(out.Notes, newReportNoteJSON(n))
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// patchReportNote settles a note, or opens it again.
func (s API) patchReportNote(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Done *bool `json:"done"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return kpi.Missing("report_note_not_found", c.Params("id"))
	}
	if b.Done == nil {
		var m kpi.Mistakes
		m.Add("done", "value_unreadable")
		return m.Err()
	}
	n, err := s.App.SettleNote(c.UserContext(), v.Actor, year, kpi.ReportNoteID(id), *b.Done)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newReportNoteJSON(n))
}
