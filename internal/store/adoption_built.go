package store

import (
	"context"

	"dabiao/internal/kpi"
)

// numbered are the tables whose rows only ever come, so that what is newer than some moment has a larger number.
var numbered = []string{"updates", "targets", "explanations", "questions", "scores", "report_notes"}

// Numbers are the largest numbers that rows of each table have; 0: there are none.
func (r *Reader) Numbers(ctx context.Context) (map[string]int64, error) {
	out := map[string]int64{}
	for _, table := range numbered {
		last, err := one(ctx, r, nil, func(s scanner) (n int64, err error) { err = s.Scan(&n); return n, err },
			`SELECT COALESCE(MAX(id), 0) FROM `+table)
		if err != nil {
			return nil, err
		}
		out[table] = last
	}
	return out, nil
}

// Built is how much stands on each of some indicators or units, by their numbers.
type Built map[int64]int

func (r *Reader) built(ctx context.Context, ids []int64, text, group string, args ...any) (Built, error) {
	out := Built{}
	if len(ids) == 0 {
		return out, nil
	}
	type row struct {
		id int64
		n  int
	}
	marks, listed := listFrom(len(args)+1, ids)
	rows, err := all(ctx, r, func(s scanner) (w row, err error) { err = s.Scan(&w.id, &w.n); return w, err },
		text+` IN (`+marks+`) GROUP BY `+group, append(args, listed...)...)
	for _, w := range rows {
		out[w.id] += w.n
	}
	return out, err
}

// BuiltOnIndicators counts, by what it is, what has been said of a year's indicators since rows had the numbers and it
// was the moment: explanation, question, score, outlook, expectation, project (that uses them).
func (r *Reader) BuiltOnIndicators(ctx context.Context, y kpi.Year, ids []kpi.IndicatorID, since map[string]int64,
	at kpi.UnixMilli) (map[string]Built, error) {
	out := map[string]Built{}
	for _, of := range []struct {
		what, text string
		args       []any
	}{
		{"explanation", `SELECT indicator_id, COUNT(*) FROM explanations WHERE year = $1 AND id > $2 AND indicator_id`,
			[]any{y, since["explanations"]}},
		{"question", `SELECT indicator_id, COUNT(*) FROM questions WHERE year = $1 AND id > $2 AND indicator_id`,
			[]any{y, since["questions"]}},
		{"score", `SELECT indicator_id, COUNT(*) FROM scores WHERE year = $1 AND id > $2 AND indicator_id`,
			[]any{y, since["scores"]}},
		{"outlook", `SELECT indicator_id, COUNT(*) FROM outlooks WHERE year = $1 AND set_at >= $2 AND indicator_id`,
			[]any{y, at}},
		{"expectation", `SELECT indicator_id, COUNT(*) FROM expectations WHERE year = $1 AND set_at >= $2 AND indicator_id`,
			[]any{y, at}},
		{"project", `SELECT indicator_id, COUNT(*) FROM project_indicators
			WHERE project_id IN (SELECT id FROM projects WHERE year = $1) AND indicator_id`, []any{y}},
	} {
		built, err := r.built(ctx, numbers(ids), of.text, "indicator_id", of.args...)
		if err != nil {
			return nil, err
		}
		out[of.what] = built
	}
	return out, nil
}

// BuiltOnUnits counts what uses units: units below them, accounts and displays, entries and targets, explanations,
// expectations and questions, and moves.
func (r *Reader) BuiltOnUnits(ctx context.Context, ids []kpi.UnitID) (Built, error) {
	out := Built{}
	for _, of := range [][2]string{{"units", "parent_id"}, {"accounts", "unit_id"}, {"displays", "unit_id"},
		{"updates", "unit_id"}, {"targets", "unit_id"}, {"explanations", "unit_id"}, {"expectations", "unit_id"},
		{"questions", "unit_id"}, {"unit_parents", "unit_id"}, {"unit_parents", "parent_id"}} {
		built, err := r.built(ctx, numbers(ids), `SELECT `+of[1]+`, COUNT(*) FROM `+of[0]+` WHERE `+of[1], of[1])
		if err != nil {
			return nil, err
		}
		for id, n := range built {
			out[id] += n
		}
	}
	return out, nil
}

// DraftsOf counts the drafts that people are writing of a text.
func (r *Reader) DraftsOf(ctx context.Context, p kpi.TextPlace) (int, error) {
	return one(ctx, r, nil, func(s scanner) (n int, err error) { err = s.Scan(&n); return n, err },
		`SELECT COUNT(*) FROM report_drafts WHERE year = $1 AND section = $2 AND language = $3`, p.Year, p.Section,
		p.Language)
}

// DeleteUnit takes back a unit that nothing uses.
func (w *Writer) DeleteUnit(ctx context.Context, id kpi.UnitID) error {
	// the log keeps its entries about the unit; only the way from the unit to them goes
	if err := w.exec(ctx, `DELETE FROM audit_units WHERE unit_id = $1`, id); err != nil {
		return err
	}
	return w.exec(ctx, `DELETE FROM units WHERE id = $1`, id)
}

func numbers[T ~int64](ids []T) []int64 {
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = int64(id)
	}
	return out
}
