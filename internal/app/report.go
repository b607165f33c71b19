package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// MaxReportText is the limit for the office's own text of one section, in characters.
const MaxReportText = 20_000

// Report returns everything a year's documents are made from: the board of the whole office and the
// office's own words in one language, "zh-CN" or "en". Callers set the documents' language in the
// Input. The cover has the date that the office has chosen, or none. Refusals: NotFound, Forbidden, Invalid
// as_of.
func (a *App) Report(ctx context.Context, actor kpi.Actor, q Query, language string) (report.Input, error) {
	if err := actor.MayReport(); err != nil {
		return report.Input{}, err
	}
	return read(ctx, a, func(r *store.Reader) (in report.Input, err error) {
		s, err := a.scope(ctx, r, actor, q)
		if err != nil {
			return in, err
		}
		if in, err = a.report(ctx, r, s, language); err != nil {
			return in, err
		}
		err = s.reportRecords(ctx, r, &in)
		return in, err
	})
}

// report collects the report of a scope.
func (a *App) report(ctx context.Context, r *store.Reader, s scope, language string) (in report.Input, err error) {
	if in.Board, err = s.board(ctx, r); err != nil {
		return in, err
	}
	o, err := office(ctx, r)
	if err != nil {
		return in, err
	}
	in.Office = report.Office{Name: o.Name, NameEn: o.NameEn}
	if in.Texts, err = reportTexts(ctx, r, s.year.Year, language); err != nil {
		return in, err
	}
	if in.Gone, err = gone(ctx, r, in.Board); err != nil {
		return in, err
	}
	if in.Outline, err = outlineOf(ctx, r, s.year.Year); err != nil {
		return in, err
	}
	if in.Projects, err = projectsOf(ctx, r, in.Board); err != nil {
		return in, err
	}
	if s.unit.Parent == 0 {
		stated, err := readBasics(ctx, r, s.year.Year)
		if err != nil {
			return in, err
		}
		if basic := stated.beside(in.Board.Budget); basic.Stated() {
			in.Basic = &basic
		}
	}
	if in.Rows, err = formValuesOf(ctx, r, s.year.Year); err != nil {
		return in, err
	}
	in.Cover, err = coverOf(ctx, r, s.year.Year)
	in.Dated = in.Cover.Date
	return in, err
}

// gone returns the indicators that are not on the board: archived, or of other years.
func gone(ctx context.Context, r *store.Reader, b progress.Board) ([]kpi.Indicator, error) {
	has := map[kpi.IndicatorID]bool{}
	for _, f := range b.Figures() {
		has[f.Indicator.ID] = true
	}
	all, err := r.Indicators(ctx)
	return slices.DeleteFunc(all, func(i kpi.Indicator) bool { return has[i.ID] }), err
}

// reportTexts returns a year's own words in one language.
func reportTexts(ctx context.Context, r *store.Reader, y kpi.Year,
	language string) (map[report.SectionKey]string, error) {
	texts, err := r.ReportTexts(ctx, y, language)
	out := map[report.SectionKey]string{}
	for section, body := range texts {
		out[report.SectionKey(section)] = body
	}
	return out, err
}

// PapersView is the year and month of the documents asked for.
type PapersView struct {
	Year kpi.YearInfo
	Unit kpi.Unit // the whole office, or the one asked for
	AsOf kpi.AsOf
}

// ReportPapers returns the year and month of the documents. Refusals: those of [App.Report].
func (a *App) ReportPapers(ctx context.Context, actor kpi.Actor, q Query) (PapersView, error) {
	if err := actor.MayReport(); err != nil {
		return PapersView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (PapersView, error) {
		s, err := a.scope(ctx, r, actor, q)
		return PapersView{Year: s.year, Unit: s.unit, AsOf: s.asOf}, err
	})
}

// reportRecords reads what the tables print beside the board.
func (s scope) reportRecords(ctx context.Context, r *store.Reader, in *report.Input) (err error) {
	if in.Outlooks, err = outlooks(ctx, r, s.asOf.Period); err != nil {
		return err
	}
	if in.Expected, err = s.expected(ctx, r); err != nil {
		return err
	}
	if in.Trails, err = s.trails(ctx, r, in.Board.Figures()); err != nil {
		return err
	}
	if in.Incomes, err = r.BudgetSources(ctx, s.year.Year); err != nil {
		return err
	}
	in.Others, err = r.OtherMoney(ctx, s.year.Year)
	return err
}
