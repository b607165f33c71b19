package app

import (
	"context"
	"fmt"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Limits for lists of questions: under a figure, and of all.
const (
	figureQuestions = 20
	allQuestions    = 200
)

// NewQuestion is a question about a figure as a query shows it.
type NewQuestion struct {
	Query
	Indicator string
	Text      string
	Key       string // idempotency key; empty: none
}

// AskQuestion asks about a figure and preserves the figure as it is now. Refusals: NotFound, Forbidden,
// Invalid text.
func (a *App) AskQuestion(ctx context.Context, actor kpi.Actor, n NewQuestion) (kpi.Question, error) {
	if err := readPassage("text", &n.Text); err != nil {
		return kpi.Question{}, err
	}
	return once(ctx, a, answerKey{actor.Name, n.Key, n},
		func(w *store.Writer) (kpi.Question, error) { return a.askQuestion(ctx, w, actor, n) },
		func(q kpi.Question) int64 { return int64(q.ID) },
		func(w *store.Writer, id int64) (kpi.Question, error) { return w.Question(ctx, kpi.QuestionID(id)) })
}

// readPassage cleans a text of several lines that must not be empty.
func readPassage(field string, text *string) error {
	var m kpi.Mistakes
	readTexts(&m, longText(field, text))
	if m.Err() == nil && strings.TrimSpace(*text) == "" {
		m.Add(field, "text_missing")
	}
	return m.Err()
}

func (a *App) askQuestion(ctx context.Context, w *store.Writer, actor kpi.Actor,
	n NewQuestion) (q kpi.Question, err error) {
	s, err := a.scope(ctx, &w.Reader, actor, n.Query)
	if err != nil {
		return q, err
	}
	if err := actor.MayAsk(s.lineage); err != nil {
		return q, err
	}
	ind, err := w.Indicator(ctx, n.Indicator)
	if err != nil {
		return q, err
	}
	if in, err := w.InYear(ctx, n.Year, ind.ID); err != nil {
		return q, err
	} else if !in {
		return q, kpi.Missing("indicator_not_in_year", ind.Name, int(n.Year))
	}
	figures, err := s.figures(ctx, &w.Reader, []kpi.Indicator{ind})
	if err != nil {
		return q, err
	}
	q = kpi.Question{Year: n.Year, Indicator: ind, Unit: s.unit, AsOf: s.asOf.Date(),
		Frozen: freeze(figures[0]), Text: n.Text,
		AskedBy: actor.Name, AskedAt: a.stamp()}
	if q.ID, err = w.InsertQuestion(ctx, q); err != nil {
		return q, err
	}
	return q, a.audit(ctx, w, actor, "question.ask", questionSubject(q.ID),
		map[string]string{"indicator": ind.Code, "unit": s.unit.Code, "text": n.Text})
}

func questionSubject(id kpi.QuestionID) string { return fmt.Sprintf("question %d", id) }

// AnswerQuestion answers a question, once. Refusals: NotFound, Forbidden, Invalid text, Conflict if it
// was answered already.
func (a *App) AnswerQuestion(ctx context.Context, actor kpi.Actor, id kpi.QuestionID, text string) error {
	if err := readPassage("text", &text); err != nil {
		return err
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		q, lineage, err := question(ctx, &w.Reader, actor, id)
		if err != nil {
			return err
		}
		if err := actor.MayAnswer(lineage); err != nil {
			return err
		}
		if !q.Open() {
			return kpi.Clash("question_answered")
		}
		if err := w.SetAnswer(ctx, id, text, actor.Name, a.stamp()); err != nil {
			return err
		}
		return a.audit(ctx, w, actor, "question.answer", questionSubject(id), map[string]string{"text": text})
	})
}

// question returns a question that the actor may read, and the lineage of its unit.
func question(ctx context.Context, r *store.Reader, actor kpi.Actor, id kpi.QuestionID) (q kpi.Question,
	lineage []kpi.UnitID, err error) {
	if q, err = r.Question(ctx, id); err != nil {
		return q, nil, err
	}
	if lineage, err = r.Lineage(ctx, q.Unit.ID); err != nil {
		return q, nil, err
	}
	return q, lineage, actor.MayRead(lineage)
}

// QuestionView is a question with the people's full names.
type QuestionView struct {
	kpi.Question
	MayAnswer bool
}

// Question returns one question. Refusals: NotFound, Forbidden.
func (a *App) Question(ctx context.Context, actor kpi.Actor, id kpi.QuestionID) (QuestionView, error) {
	return read(ctx, a, func(r *store.Reader) (v QuestionView, err error) {
		q, lineage, err := question(ctx, r, actor, id)
		if err != nil {
			return v, err
		}
		named, err := withNames(ctx, r, []kpi.Question{q})
		if err != nil {
			return v, err
		}
		return QuestionView{named[0], q.Open() && actor.MayAnswer(lineage) == nil}, nil
	})
}

// FigureQuestions lists the newest questions about a figure. Refusal: Forbidden.
func (a *App) FigureQuestions(ctx context.Context, actor kpi.Actor, y kpi.Year, ind kpi.IndicatorID,
	unit kpi.UnitID) ([]kpi.Question, error) {
	return read(ctx, a, func(r *store.Reader) ([]kpi.Question, error) {
		lineage, err := r.Lineage(ctx, unit)
		if err != nil {
			return nil, err
		}
		if err := actor.MayRead(lineage); err != nil {
			return nil, err
		}
		found, err := r.FigureQuestions(ctx, y, ind, unit, figureQuestions)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		return withNames(ctx, r, found)
	})
}

// Questions lists the questions about units the actor may read: open ones oldest first, answered ones
// latest first.
func (a *App) Questions(ctx context.Context, actor kpi.Actor) (open, answered []kpi.Question, err error) {
	err = a.db.Read(ctx, func(r *store.Reader) (err error) {
		if open, err = readable(ctx, r, actor, r.OpenQuestions); err != nil {
			return err
		}
		answered, err = readable(ctx, r, actor, r.AnsweredQuestions)
		return err
	})
	return open, answered, err
}

// countOpenQuestions returns the number of open questions about units the actor may read.
func countOpenQuestions(ctx context.Context, r *store.Reader, actor kpi.Actor) (int, error) {
	if n, err := r.CountOpenQuestions(ctx); err != nil || n == 0 || actor.Unit == 0 {
		return n, err
	}
	open, err := readable(ctx, r, actor, r.OpenQuestions)
	return len(open), err
}

// readable filters a list down to what the actor may read, and fills in full names.
func readable(ctx context.Context, r *store.Reader, actor kpi.Actor,
	list func(context.Context, int) ([]kpi.Question, error)) ([]kpi.Question, error) {
	if !actor.Role.Known() {
		return nil, kpi.Denied("sign_in_first")
	}
	found, err := list(ctx, allQuestions)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	if actor.Unit != 0 {
		units, err := r.Units(ctx)
		if err != nil {
			return nil, err
		}
		mine := map[kpi.UnitID]bool{}
		for _, u := range below(units, actor.Unit) {
			mine[u.ID] = true
		}
		var kept []kpi.Question
		for _, q := range found {
			if mine[q.Unit.ID] {
				kept = append(kept, q)
			}
		}
		found = kept
	}
	return withNames(ctx, r, found)
}

// withNames replaces sign-in names with full ones.
func withNames(ctx context.Context, r *store.Reader, found []kpi.Question) ([]kpi.Question, error) {
	names := map[string]string{}
	for _, q := range found {
		names[q.AskedBy] = q.AskedBy
		if !q.Open() {
			names[q.AnsweredBy] = q.AnsweredBy
		}
	}
	if err := r.FillNames(ctx, names); err != nil {
		return nil, err
	}
	for i := range found {
		found[i].AskedBy, found[i].AnsweredBy = names[found[i].AskedBy], names[found[i].AnsweredBy]
	}
	return found, nil
}
