package app

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/report/returned"
	"dabiao/internal/store"
)

// ReturnedFile is a report that came back from its reviewers, and how to read it.
type ReturnedFile struct {
	File     *ImportFile
	Language string // of who asks; the report's own is found out
	Rejected bool   // tracked changes are read as rejected
	Ledger   bool   // figures that differ go on following their records
}

// ReturnedView is what came back, held against the texts of now.
type ReturnedView struct {
	Input    report.Input
	Language string // the report's
	Document intake.ReturnedDocument
	Result   returned.Result
	Versions map[report.SectionKey]kpi.TextVersion // the latest of each section
	MayTake  bool                                  // the actor may write, and the year is open
}

// Returned compares a report that came back (.docx) with the texts of a year, section by section.
// Nothing is stored. Refusals: Forbidden, NotFound; those of [intake.Returned] and [returned.Compare].
func (a *App) Returned(ctx context.Context, actor kpi.Actor, q Query, f ReturnedFile) (ReturnedView, error) {
	if err := actor.MayReport(); err != nil {
		return ReturnedView{}, err
	}
	d, err := f.read(ctx)
	if err != nil {
		return ReturnedView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (ReturnedView, error) { return a.returned(ctx, r, actor, q, f, d) })
}

// languagesFrom are the languages a report can be in, the given one first.
func languagesFrom(first string) []string {
	other := slices.DeleteFunc(slices.Clone(report.Languages), func(l string) bool { return l == first })
	if len(other) == len(report.Languages) {
		return other
	}
	return append([]string{first}, other...)
}

func (f ReturnedFile) read(ctx context.Context) (d intake.ReturnedDocument, err error) {
	done, err := intake.Turn(ctx)
	if err != nil {
		return d, err
	}
	defer done()
	content, err := f.File.Open()
	if err != nil {
		return d, fmt.Errorf("open a returned report: %w", err)
	}
	defer content.Close()
	if d, err = intake.Returned(ctx, f.File.Name, content, f.File.file.Size, f.Rejected); err == nil {
		if !intake.HasText(d.Lines) {
			return d, kpi.Refuse(kpi.Invalid, "document_no_text")
		}
		d.Warning, err = intake.DocumentWarning(content, f.File.file.Size)
	}
	return d, err
}

// returned compares a file in the language in which most of its headings are the report's.
func (a *App) returned(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query, f ReturnedFile,
	d intake.ReturnedDocument) (v ReturnedView, err error) {
	s, err := a.rootScope(ctx, r, actor, q)
	if err != nil {
		return v, err
	}
	var refused error
	for _, language := range languagesFrom(f.Language) {
		in, err := a.report(ctx, r, s, language)
		if err != nil {
			return v, err
		}
		in.Language = report.Printer(language)
		found, err := returned.Compare(in, d.Lines, d.Comments, returned.Options{Ledger: f.Ledger})
		if err != nil && refused == nil {
			refused = err
		}
		if err == nil && found.Found > v.Result.Found { // as much in both: it is in that of who asks
			v = ReturnedView{Input: in, Language: language, Document: d, Result: found}
		}
		if n := len(found.Sections); n > 0 && found.Found == n {
			break
		}
	}
	if v.Result.Found == 0 {
		return v, refused
	}
	v.MayTake = actor.MayPlan() == nil && s.year.State == kpi.YearOpen
	v.Versions = map[report.SectionKey]kpi.TextVersion{}
	for _, section := range v.Result.Sections {
		place := kpi.TextPlace{Year: q.Year, Section: string(section.Key), Language: v.Language}
		latest, err := r.TextVersions(ctx, place, 1)
		if err != nil {
			return v, err
		}
		if len(latest) > 0 {
			v.Versions[section.Key] = latest[0]
		}
	}
	return v, nil
}

// KeepReturned keeps a report that came back for the actor for a day, so that it can be looked at and
// then taken over.
func (a *App) KeepReturned(actor kpi.Actor, f *ImportFile) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if err := a.files.ExpireDrafts(actor.ID, a.now().Add(-draftLife)); err != nil {
		return fmt.Errorf("clear old drafts: %w", err)
	}
	if err := a.files.SaveDraft(actor.ID, f.file, a.now()); err != nil {
		return fmt.Errorf("keep a returned report: %w", err)
	}
	f.keep = true
	return nil
}

// Taking is what to take over of a report that came back.
type Taking struct {
	ReturnedFile
	Sections map[report.SectionKey]kpi.TextVersionID // each with the version it was compared with
	Notes    bool                                    // its remarks become notes
}

// Taken is how much was taken over.
type Taken struct{ Texts, Notes int }

// TakeReturned stores the new texts of the chosen sections and the remarks as notes, all or nothing. A
// remark that is a note already is not added again; drafts stay. Refusals: those of [App.Returned] and
// [App.WriteText]; Conflict returned_changed_since if a section has a newer text than the one it was
// compared with, returned_not_changed if the file changes none of its own words.
func (a *App) TakeReturned(ctx context.Context, actor kpi.Actor, q Query, t Taking) (Taken, error) {
	if err := actor.MayPlan(); err != nil {
		return Taken{}, err
	}
	if len(t.Sections) == 0 && !t.Notes {
		return Taken{}, kpi.Refuse(kpi.Invalid, "returned_nothing_chosen")
	}
	d, err := t.read(ctx)
	if err != nil {
		return Taken{}, err
	}
	return write(ctx, a, func(w *store.Writer) (out Taken, err error) {
		if err := openYear(ctx, &w.Reader, q.Year); err != nil {
			return out, err
		}
		v, err := a.returned(ctx, &w.Reader, actor, q, t.ReturnedFile, d)
		if err != nil {
			return out, err
		}
		for key, base := range t.Sections {
			if err := a.takeSection(ctx, w, actor, v, key, base); err != nil {
				return out, err
			}
			out.Texts++
		}
		if t.Notes {
			out.Notes, err = a.takeNotes(ctx, w, actor, v, t.File.Name)
		}
		if err != nil {
			return out, err
		}
		detail := map[string]any{"name": t.File.Name, "sha256": t.File.SHA256(), "texts": out.Texts, "notes": out.Notes}
		return out, a.audit(ctx, w, actor, "report.take_returned", yearSubject(q.Year), detail)
	})
}

func (a *App) takeSection(ctx context.Context, w *store.Writer, actor kpi.Actor, v ReturnedView,
	key report.SectionKey, base kpi.TextVersionID) error {
	i := slices.IndexFunc(v.Result.Sections, func(s returned.Section) bool { return s.Key == key })
	if i < 0 {
		return kpi.Missing("section_unknown", string(key))
	}
	section, latest := v.Result.Sections[i], v.Versions[key]
	switch {
	case latest.ID != base:
		return kpi.Clash("returned_changed_since", v.Input.SectionName(key), latest.Author)
	case section.State != returned.Changed:
		return kpi.Clash("returned_not_changed", v.Input.SectionName(key))
	}
	text, err := reportText(section.Text)
	if err != nil {
		return err
	}
	kept, err := v.Input.Kept(text)
	if err != nil {
		return err
	}
	_, err = a.storeText(ctx, w, actor, v.Input.Board.Year.Year,
		NewText{Section: key, Language: v.Language, Base: base}, kept, true)
	return err
}

// takeNotes adds the remarks that are no notes yet and were not settled in the file.
func (a *App) takeNotes(ctx context.Context, w *store.Writer, actor kpi.Actor, v ReturnedView,
	file string) (added int, err error) {
	year := v.Input.Board.Year.Year
	had, err := w.ReportNotes(ctx, year)
	if err != nil {
		return 0, err
	}
	add := func(section report.SectionKey, remarks []intake.Comment) error {
		for _, c := range remarks {
			n := kpi.ReportNote{TextPlace: kpi.TextPlace{Year: year, Section: string(section), Language: v.Language},
				Author: cut(c.Author, maxName), Written: cut(c.At, maxName), Quote: c.Quote,
				Body: cut(c.Text, kpi.MaxNote), File: file, AddedBy: actor.Name, AddedAt: a.stamp()}
			if c.Resolved || slices.ContainsFunc(had, n.Same) {
				continue
			}
			if _, err := w.InsertReportNote(ctx, n); err != nil {
				return err
			}
			had, added = append(had, n), added+1
		}
		return nil
	}
	for _, s := range v.Result.Sections {
		if err := add(s.Key, s.Comments); err != nil {
			return added, err
		}
	}
	return added, add("", v.Result.Loose)
}

// cut is the beginning of a text, of at most n characters.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
