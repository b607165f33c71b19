package app

import (
	"context"
	"strings"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
	"dabiao/internal/store"
)

// TextPage is how many versions of a text the editor lists.
const TextPage = 20

// Writing is what the editor shows for one section of a report, in one language. Texts are as people
// read them, with figures by name.
type Writing struct {
	Input    check.Input
	Place    kpi.TextPlace
	Text     string
	Version  kpi.TextVersion   // the latest; zero if there is none
	Versions []kpi.TextVersion // newest first
	Draft    *kpi.TextDraft    // the actor's unsaved text
	Notes    []kpi.ReportNote  // of reviewers, that nobody has settled
	LastYear string            // the previous year's text of the same section
	MayWrite bool              // the actor may write, and the year is open
}

// Writing opens a section of a year's report for editing. Refusals: Forbidden; NotFound.
func (a *App) Writing(ctx context.Context, actor kpi.Actor, q Query, section report.SectionKey,
	language string) (Writing, error) {
	if err := actor.MayReport(); err != nil {
		return Writing{}, err
	}
	place := kpi.TextPlace{Year: q.Year, Section: string(section), Language: language}
	return read(ctx, a, func(r *store.Reader) (v Writing, err error) {
		s, err := a.rootScope(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		if v.Input, err = a.check(ctx, r, s, language); err != nil {
			return v, err
		}
		v.Input.Language = report.Printer(language)
		if v.Place = place; !v.Input.Writes(section) {
			return v, kpi.Missing("section_unknown", string(section))
		}
		if v.Versions, err = r.TextVersions(ctx, place, TextPage); err != nil {
			return v, err
		}
		if len(v.Versions) > 0 {
			v.Version = v.Versions[0]
		}
		v.Text, v.LastYear = v.Input.Readable(v.Input.Texts[section]), v.Input.Readable(v.Input.Before[section])
		draft, ok, err := r.TextDraft(ctx, place, actor.ID)
		if ok {
			v.Draft = &draft
		}
		if err != nil {
			return v, err
		}
		v.Notes, err = openNotes(ctx, r, place)
		v.MayWrite = actor.MayPlan() == nil && s.year.State == kpi.YearOpen
		return v, err
	})
}

// NewText is a text as somebody wrote it, with figures by name or code.
type NewText struct {
	Section  report.SectionKey
	Language string
	Text     string
	Base     kpi.TextVersionID // the version it started from
}

// WriteText stores a text as its newest version and deletes the actor's draft. Nobody overwrites what
// they have not seen: if Base is no longer the latest version, the text is refused. Refusals:
// Forbidden, NotFound, Conflict text_changed_since or for a closed year, Invalid text.
func (a *App) WriteText(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewText) (kpi.TextVersion, error) {
	return a.writeText(ctx, actor, y, n, true)
}

// SetReportText stores the office's own words for one section in one language, whatever was there
// before; a line is a paragraph. Refusals: those of [App.WriteText], without the conflict.
func (a *App) SetReportText(ctx context.Context, actor kpi.Actor, y kpi.Year, section report.SectionKey,
	language, text string) error {
	_, err := a.writeText(ctx, actor, y, NewText{Section: section, Language: language, Text: text}, false)
	return err
}

func (a *App) writeText(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewText,
	held bool) (v kpi.TextVersion, err error) {
	if err := actor.MayPlan(); err != nil {
		return v, err
	}
	if n.Text, err = reportText(n.Text); err != nil {
		return v, err
	}
	return write(ctx, a, func(w *store.Writer) (kpi.TextVersion, error) {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return kpi.TextVersion{}, err
		}
		body, err := a.keptText(ctx, &w.Reader, y, n)
		if err != nil {
			return kpi.TextVersion{}, err
		}
		v, err := a.storeText(ctx, w, actor, y, n, body, held)
		if err != nil {
			return v, err
		}
		return v, w.DropTextDraft(ctx, v.TextPlace, actor.ID)
	})
}

// storeText stores a text, as it is kept, whose Base is held if it must be the latest version.
func (a *App) storeText(ctx context.Context, w *store.Writer, actor kpi.Actor, y kpi.Year, n NewText, kept string,
	held bool) (v kpi.TextVersion, err error) {
	v = kpi.TextVersion{TextPlace: kpi.TextPlace{Year: y, Section: string(n.Section), Language: n.Language},
		Author: actor.Name, At: a.stamp(), Body: kept}
	latest, err := w.TextVersions(ctx, v.TextPlace, 1)
	if err != nil {
		return v, err
	}
	if held && len(latest) > 0 && latest[0].ID != n.Base && latest[0].Body != v.Body {
		return latest[0], kpi.Clash("text_changed_since", latest[0].Author)
	}
	if len(latest) > 0 && latest[0].Body == v.Body {
		return latest[0], nil // unchanged, so there is nothing to store
	}
	if v.ID, err = w.InsertTextVersion(ctx, v); err != nil {
		return v, err
	}
	detail := map[string]any{"section": n.Section, "language": n.Language, "text": v.Body}
	return v, a.audit(ctx, w, actor, "report.set_text", yearSubject(y), detail)
}

// keptText returns a text as it is stored, with figures by code. It refuses sections that do not exist.
func (a *App) keptText(ctx context.Context, r *store.Reader, y kpi.Year, n NewText) (string, error) {
	s, err := a.rootScope(ctx, r, kpi.Operator, Query{Year: y})
	if err != nil {
		return "", err
	}
	in, err := a.report(ctx, r, s, n.Language)
	if err != nil {
		return "", err
	}
	if !in.Writes(n.Section) {
		return "", kpi.Missing("section_unknown", string(n.Section))
	}
	return in.Kept(n.Text)
}

// wordLines replaces the line ends that Word and other programs put into copied text.
var wordLines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\u2028", "\n", "\u2029", "\n")

// reportText cleans a text of the report, which may come from Word. A character that cannot be stored,
// and that nobody sees, is reported with its line.
func reportText(text string) (string, error) {
	text = wordLines.Replace(text)
	read, err := intake.Text(text, MaxReportText)
	var m kpi.Mistakes
	if isRefusal(err, kpi.Invalid) && utf8.RuneCountInString(text) <= MaxReportText {
		for i, line := range strings.Split(text, "\n") {
			if _, err := intake.Text(line, MaxReportText); err != nil {
				m.Add("text", "text_malformed_line", i+1, beginning(line))
			}
		}
	}
	if m.Err() == nil {
		m.Check("text", err)
	}
	return read, m.Err()
}

// beginning returns the visible part of the first words of a line.
func beginning(line string) string {
	seen := strings.Map(func(r rune) rune {
		if _, err := intake.Text("x"+string(r)+"x", 3); err != nil {
			return -1
		}
		return r
	}, strings.ToValidUTF8(line, ""))
	if r := []rune(seen); len(r) > 12 {
		return string(r[:12]) + "…"
	}
	return seen
}

// KeepTextDraft stores what somebody is writing, as it is. Only they see it, and no report contains it.
// Refusals: Forbidden, NotFound, Conflict for a closed year, Invalid text.
func (a *App) KeepTextDraft(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewText) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	if actor.ID == 0 {
		return kpi.Denied("role_may_not_plan") // the console has no drafts
	}
	text, err := reportText(n.Text)
	if err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return err
		}
		return w.SetTextDraft(ctx, kpi.TextDraft{TextPlace: kpi.TextPlace{Year: y,
			Section: string(n.Section), Language: n.Language},
			Account: actor.ID, Body: text, Base: n.Base, At: a.stamp()})
	})
}

// DropTextDraft deletes the actor's draft. Refusal: Forbidden.
func (a *App) DropTextDraft(ctx context.Context, actor kpi.Actor, p kpi.TextPlace) error {
	if err := actor.MayPlan(); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error { return w.DropTextDraft(ctx, p, actor.ID) })
}
