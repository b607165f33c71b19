package store

import (
	"context"
	"database/sql"

	"dabiao/internal/kpi"
)

const questionQuery = `SELECT q.id, q.year, q.indicator_id, q.as_of, q.light, q.amount, q.prec, q.wording, q.target,
	q.rate, q.text, q.asked_by, q.asked_at,
	q.answer, q.answered_by, COALESCE(q.answered_at, 0), ` + unitColumns +
	` FROM questions q JOIN units u ON u.id = q.unit_id `

func scanQuestion(s scanner) (q kpi.Question, err error) {
	var amount, target, rate, parent sql.NullInt64
	err = s.Scan(&q.ID, &q.Year, &q.Indicator.ID, &q.AsOf, &q.Light, &amount, &q.Quantity.Precision,
		&q.Quantity.Wording, &target, &rate,
		&q.Text, &q.AskedBy, &q.AskedAt, &q.Answer, &q.AnsweredBy, &q.AnsweredAt,
		&q.Unit.ID, &q.Unit.Code, &q.Unit.Name, &q.Unit.NameEn, &parent, &q.Unit.Sort, &q.Unit.AddedAt)
	q.Unit.Parent = kpi.UnitID(parent.Int64)
	setFrozen(&q.Frozen, amount, target, rate)
	return q, err
}

// questions reads questions with their indicators and units.
func (r *Reader) questions(ctx context.Context, text string, args ...any) ([]kpi.Question, error) {
	found, err := all(ctx, r, scanQuestion, questionQuery+text, args...)
	if err != nil {
		return nil, err
	}
	names := map[kpi.IndicatorID]kpi.Indicator{}
	for _, q := range found {
		names[q.Indicator.ID] = kpi.Indicator{}
	}
	if err := r.FillIndicators(ctx, names); err != nil {
		return nil, err
	}
	for i := range found {
		found[i].Indicator = names[found[i].Indicator.ID]
	}
	frozen := make([]frozenAt, len(found))
	for i := range found {
		q := &found[i]
		frozen[i] = frozenAt{&q.Frozen, q.Year, FigureKey{q.Unit.ID, q.Indicator.ID}, q.AskedAt}
	}
	return found, r.fillSigns(ctx, frozen)
}

// FigureQuestions lists up to limit questions about one figure, newest first.
func (r *Reader) FigureQuestions(ctx context.Context, y kpi.Year, ind kpi.IndicatorID, unit kpi.UnitID,
	limit int) ([]kpi.Question, error) {
	return r.questions(ctx, `WHERE q.year = $1 AND q.indicator_id = $2 AND q.unit_id = $3 ORDER BY q.id DESC LIMIT $4`,
		y, ind, unit, limit)
}

// OpenQuestions lists up to limit questions without an answer, oldest first.
func (r *Reader) OpenQuestions(ctx context.Context, limit int) ([]kpi.Question, error) {
	return r.questions(ctx, `WHERE q.answered_at IS NULL ORDER BY q.id LIMIT $1`, limit)
}

// CountOpenQuestions returns the number of questions without an answer.
func (r *Reader) CountOpenQuestions(ctx context.Context) (int, error) {
	return one(ctx, r, nil, scanCount, `SELECT COUNT(*) FROM questions WHERE answered_at IS NULL`)
}

// AnsweredQuestions lists up to limit answered questions, newest first.
func (r *Reader) AnsweredQuestions(ctx context.Context, limit int) ([]kpi.Question, error) {
	return r.questions(ctx, `WHERE q.answered_at IS NOT NULL ORDER BY q.id DESC LIMIT $1`, limit)
}

// Question returns the question with an ID.
func (r *Reader) Question(ctx context.Context, id kpi.QuestionID) (kpi.Question, error) {
	found, err := r.questions(ctx, `WHERE q.id = $1`, id)
	if err == nil && len(found) == 0 {
		return kpi.Question{}, kpi.Missing("question_not_found")
	}
	if err != nil {
		return kpi.Question{}, err
	}
	return found[0], nil
}

// InsertQuestion adds a question and returns its ID.
func (w *Writer) InsertQuestion(ctx context.Context, q kpi.Question) (kpi.QuestionID, error) {
	amount, target, rate := frozenColumns(q.Frozen)
	return insert[kpi.QuestionID](ctx, w, `INSERT INTO questions (year, indicator_id, unit_id, as_of, light, amount,
		prec, wording, target, rate, text,
		asked_by, asked_at, answer, answered_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '')`,
		q.Year, q.Indicator.ID, q.Unit.ID, q.AsOf, q.Light, amount, q.Quantity.Precision, q.Quantity.Wording, target, rate,
		q.Text, q.AskedBy, q.AskedAt)
}

// SetAnswer stores the answer to a question.
func (w *Writer) SetAnswer(ctx context.Context, id kpi.QuestionID, answer, by string, at kpi.UnixMilli) error {
	return w.exec(ctx, `UPDATE questions SET answer = $1, answered_by = $2, answered_at = $3 WHERE id = $4`, answer, by,
		at, id)
}
