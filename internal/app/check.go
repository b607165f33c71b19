package app

import (
	"context"
	"fmt"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report/check"
	"dabiao/internal/store"
)

// Check returns a year's report with everything its check examines, in one language; [check.Report]
// lists the findings. Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Check(ctx context.Context, actor kpi.Actor, q Query, language string) (check.Input, error) {
	if err := actor.MayReport(); err != nil {
		return check.Input{}, err
	}
	return read(ctx, a, func(r *store.Reader) (in check.Input, err error) {
		s, err := a.rootScope(ctx, r, actor, q)
		if err != nil {
			return in, err
		}
		return a.check(ctx, r, s, language)
	})
}

func (a *App) check(ctx context.Context, r *store.Reader, s scope, language string) (in check.Input, err error) {
	if in.Input, err = a.report(ctx, r, s, language); err != nil {
		return in, err
	}
	if in.Wordings, err = wordings(ctx, r, s); err != nil {
		return in, err
	}
	if in.Before, err = reportTexts(ctx, r, s.year.Year-1, language); err != nil {
		return in, err
	}
	if in.Marks, err = r.CheckMarks(ctx, s.year.Year); err != nil {
		return in, err
	}
	in.Others, err = r.OtherMoney(ctx, s.year.Year)
	return in, err
}

// wordings returns what people wrote, for figures based on a single entry. There is at most one such
// entry per indicator, however long the log.
func wordings(ctx context.Context, r *store.Reader, s scope) (map[kpi.IndicatorID]string, error) {
	series, err := r.UnitSeries(ctx, s.year.Year, s.unit.ID)
	if err != nil {
		return nil, err
	}
	var ids []kpi.UpdateID
	for _, months := range series {
		if id, ok := progress.SoleEntry(progress.Through(months, s.asOf.Month)); ok {
			ids = append(ids, id)
		}
	}
	entries, err := r.UpdatesByID(ctx, ids)
	out := map[kpi.IndicatorID]string{}
	for _, u := range entries {
		out[u.Indicator] = u.Quantity.Wording
	}
	return out, err
}

// CheckDocument reads a report written elsewhere (.docx) and compares it with itself and with a year's
// figures. Nothing is stored. Refusals: those of [App.Check] and of [intake.Document]; Invalid
// document_no_text for a scan.
func (a *App) CheckDocument(ctx context.Context, actor kpi.Actor, q Query, language string,
	f *ImportFile) (DocumentView, error) {
	in, err := a.Check(ctx, actor, q, language)
	if err != nil {
		return DocumentView{}, err
	}
	file, err := f.Open()
	if err != nil {
		return DocumentView{}, fmt.Errorf("open an uploaded document: %w", err)
	}
	defer file.Close()
	done, err := intake.Turn(ctx)
	if err != nil {
		return DocumentView{}, err
	}
	defer done()
	paragraphs, err := intake.Document(ctx, f.Name, file, f.file.Size)
	if err != nil {
		return DocumentView{}, err
	}
	if !intake.HasText(paragraphs) {
		return DocumentView{}, kpi.Refuse(kpi.Invalid, "document_no_text")
	}
	warning, err := intake.DocumentWarning(file, f.file.Size)
	if err != nil {
		return DocumentView{}, fmt.Errorf("look through an uploaded document: %w", err)
	}
	return DocumentView{Input: in, Name: f.Name, Paragraphs: len(paragraphs), Warning: warning,
		Found: check.Document(in, paragraphs)}, nil
}

// DocumentView is the check of a report written elsewhere.
type DocumentView struct {
	Input      check.Input
	Name       string // of the file
	Paragraphs int
	Warning    kpi.FileWarning // of what it does when it is opened
	Found      check.Found
}
