package app

import (
	"context"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/store"
)

// ScoreView is a year's score as the page and the API show it.
type ScoreView struct {
	Board    progress.Board // of the whole office, with its Score
	History  map[kpi.IndicatorID][]kpi.ManualScore
	MayScore bool // the actor may score, and the year is open
	MayRule  bool // the actor may change the rules
}

// Score returns the self-evaluation in points. Refusals: NotFound, Forbidden, Invalid as_of.
func (a *App) Score(ctx context.Context, actor kpi.Actor, q Query) (ScoreView, error) {
	if err := actor.MayReport(); err != nil {
		return ScoreView{}, err
	}
	return read(ctx, a, func(r *store.Reader) (v ScoreView, err error) {
		s, board, err := a.rootBoard(ctx, r, actor, q)
		if err != nil {
			return v, err
		}
		v.Board = board
		history, err := r.Scores(ctx, q.Year)
		v.History = map[kpi.IndicatorID][]kpi.ManualScore{}
		for _, m := range history {
			v.History[m.Indicator] = append(v.History[m.Indicator], m)
		}
		open := s.year.State == kpi.YearOpen
		v.MayScore, v.MayRule = open && actor.MayPlan() == nil, open && actor.MayAdminister() == nil
		return v, err
	})
}

// rootScope returns a query's scope for the whole office.
func (a *App) rootScope(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query) (scope, error) {
	root, err := r.Root(ctx)
	if err != nil {
		return scope{}, err
	}
	q.Unit = root.Code
	return a.scope(ctx, r, actor, q)
}

// rootBoard returns that scope and its board.
func (a *App) rootBoard(ctx context.Context, r *store.Reader, actor kpi.Actor, q Query) (s scope,
	b progress.Board, err error) {
	if s, err = a.rootScope(ctx, r, actor, q); err != nil {
		return s, b, err
	}
	b, err = s.board(ctx, r)
	return s, b, err
}

// score scores a board of the whole office; figures are the board's, in its order.
func (s scope) score(ctx context.Context, r *store.Reader, b progress.Board, figures []progress.Figure,
	lines []kpi.BudgetLine) (*progress.Score, error) {
	known, err := cachedScoring(ctx, r, s.year.Year)
	if err != nil {
		return nil, err
	}
	in := progress.ScoreInput{Rules: s.rules, Figures: figures, Budget: b.Budget,
		Manual: known.manual, Reasons: map[kpi.IndicatorID]bool{}}
	for i := range in.Figures {
		f := &in.Figures[i]
		_, said := b.Said[f.Indicator.ID]
		in.Reasons[f.Indicator.ID] = said || slices.Contains(known.explained, string(report.DeviationText(f.Indicator.Code)))
	}
	in.Money = progress.BudgetFindings(lines, known.sources, s.asOf, s.rules)
	score := progress.Rate(in)
	return &score, nil
}

// NewScore is a manual score. Points are nil to explain an over-achievement or to revert an earlier
// manual score; the rules' proposal is then in force.
type NewScore struct {
	Indicator string // code
	Points    *kpi.Percent
	Reason    string
	Key       string // idempotency key; empty: none
}

// ScoreIndicator adds an entry to an indicator's scoring history; it is in force from now on. What the
// rules proposed at that moment is stored with it. Refusals: Forbidden, NotFound, Conflict for a closed
// year, Invalid score (above the weight, outside the band) and reason.
func (a *App) ScoreIndicator(ctx context.Context, actor kpi.Actor, y kpi.Year, n NewScore) (kpi.ManualScore, error) {
	if err := actor.MayPlan(); err != nil {
		return kpi.ManualScore{}, err
	}
	var texts kpi.Mistakes
	readTexts(&texts, longText("reason", &n.Reason))
	return once(ctx, a, answerKey{actor.Name, n.Key, []any{y, n}}, func(w *store.Writer) (kpi.ManualScore, error) {
		m := kpi.ManualScore{Year: y, Points: n.Points, Reason: n.Reason, SetBy: actor.Name, SetAt: a.stamp()}
		if err := openYear(ctx, &w.Reader, y); err != nil {
			return m, err
		}
		row, err := a.scoreRow(ctx, &w.Reader, actor, y, n.Indicator)
		if err != nil {
			return m, err
		}
		mistakes := texts
		if n.Points != nil {
			mistakes.Merge(row.Check(*n.Points))
		}
		mistakes.Merge(kpi.CheckReason(n.Reason))
		if err := mistakes.Err(); err != nil {
			return m, err
		}
		m.Indicator, m.Weight = row.Figure.Indicator.ID, row.Weight
		if row.Proposed.Ok() {
			m.Proposed = &row.Proposed.Value
		}
		if m.ID, err = w.InsertScore(ctx, m); err != nil {
			return m, err
		}
		return m, a.audit(ctx, w, actor, "score.set", yearSubject(y)+" "+n.Indicator, m)
	}, func(m kpi.ManualScore) int64 { return m.ID },
		func(w *store.Writer, id int64) (kpi.ManualScore, error) { return w.Score(ctx, id) })
}

func (a *App) scoreRow(ctx context.Context, r *store.Reader, actor kpi.Actor, y kpi.Year,
	code string) (progress.ScoreRow, error) {
	ind, err := r.Indicator(ctx, code)
	if err != nil {
		return progress.ScoreRow{}, asField("indicator", err)
	}
	_, b, err := a.rootBoard(ctx, r, actor, Query{Year: y})
	if err != nil {
		return progress.ScoreRow{}, err
	}
	row, ok := b.Score.Row(ind.ID)
	if !ok {
		return row, asField("indicator", kpi.Missing("indicator_not_in_year", ind.Name, int(y)))
	}
	return row, nil
}
