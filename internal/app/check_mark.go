package app

import (
	"context"

	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
	"dabiao/internal/store"
)

// NewMark says that a finding of the check is no fault.
type NewMark struct {
	Finding  string // its ID
	Language string // of the report that was checked
	Reason   string // required
}

// MarkFinding records that a finding of a year's check is no fault. It stays marked until the sentence or the figure it
// is about changes; marking it again changes the reason. Refusals: Forbidden, NotFound check_finding_gone, Invalid
// reason.
func (a *App) MarkFinding(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewMark) (kpi.CheckMark, error) {
	if err := actor.MayCheckReport(); err != nil {
		return kpi.CheckMark{}, err
	}
	var m kpi.Mistakes
	readTexts(&m, longText("reason", &n.Reason))
	if n.Reason == "" {
		m.Add("reason", "check_mark_reason")
	}
	if err := m.Err(); err != nil {
		return kpi.CheckMark{}, err
	}
	return write(ctx, a, func(w *store.Writer) (mark kpi.CheckMark, err error) {
		s, err := a.rootScope(ctx, &w.Reader, actor, Query{Year: y})
		if err != nil {
			return mark, err
		}
		in, err := a.check(ctx, &w.Reader, s, n.Language)
		if err != nil {
			return mark, err
		}
		in.Language = report.Printer(n.Language)
		for _, f := range check.Report(in) {
			if f.ID != n.Finding {
				continue
			}
			mark = kpi.CheckMark{Year: y, Finding: f.ID, Code: f.Code, Said: in.Language.Text(f.Text), Reason: n.Reason,
				Author: actor.Name, At: a.stamp()}
			if err := w.SetCheckMark(ctx, mark); err != nil {
				return mark, err
			}
			return mark, a.audit(ctx, w, actor, "report.mark", yearSubject(y), mark)
		}
		return mark, kpi.Missing("check_finding_gone")
	})
}

// UnmarkFinding takes back that a finding is no fault. Refusals: Forbidden, NotFound check_mark_gone.
func (a *App) UnmarkFinding(ctx context.Context, actor kpi.Actor, y kpi.Year, finding string) error {
	if err := actor.MayCheckReport(); err != nil {
		return err
	}
	_, err := write(ctx, a, func(w *store.Writer) (mark kpi.CheckMark, err error) {
		marks, err := w.CheckMarks(ctx, y)
		if err != nil {
			return mark, err
		}
		mark, ok := marks[finding]
		if !ok {
			return mark, kpi.Missing("check_mark_gone")
		}
		if err := w.DropCheckMark(ctx, y, finding); err != nil {
			return mark, err
		}
		return mark, a.audit(ctx, w, actor, "report.unmark", yearSubject(y), mark)
	})
	return err
}
