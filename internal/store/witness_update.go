package store

import (
	"context"
	"database/sql"
	"encoding/binary"

	"dabiao/internal/kpi"
)

// witnessUpdates adds entries that came together to what the next audit entry holds. An entry that came alone is
// all of that audit entry's own detail.
func (w *Writer) witnessUpdates(updates []kpi.Update) {
	p := newBatch("updates")
	var text []byte
	for _, u := range updates {
		text = appendUpdate(text[:0], u)
		p.add(int64(u.ID), markOf(text))
	}
	w.tx.packed = append(w.tx.packed, p.lines()...)
}

// appendUpdate writes all of an entry that never changes: all but how far its review has come, and what
// answers it.
func appendUpdate(out []byte, u kpi.Update) []byte {
	for _, n := range [...]int64{int64(u.ID), int64(u.Indicator), int64(u.Unit), int64(u.Quantity.Amount),
		int64(u.Answers), int64(u.LoggedAt)} {
		out = binary.AppendVarint(out, n)
	}
	for _, s := range [...]string{string(u.Dated), string(u.Quantity.Precision), u.Quantity.Wording, string(u.Level),
		u.Note, string(u.Act), u.Reason, string(u.Origin), u.Author} {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	return out
}

// wholeEntry is all of an entry that is marked, and how its review stands and what answers it.
const wholeEntry = `SELECT u.id, u.indicator_id, u.unit_id, u.dated, u.amount, u.prec, u.wording, u.level, u.note,
	u.act, u.answers_id, u.reason, u.origin, u.author, u.logged_at, u.state, later.id
	FROM updates u LEFT JOIN updates later ON later.answers_id = u.id `

// eachEntry calls fn with the number and mark of each entry of the log, in order.
func (r *Reader) eachEntry(ctx context.Context, fn func(id int64, m mark)) error {
	rows, err := r.tx.QueryContext(ctx, wholeEntry+`ORDER BY u.id`)
	if err != nil {
		return err
	}
	return walkMarked(rows, func(u kpi.Update, m mark) { fn(int64(u.ID), m) })
}

func (r *Reader) eachMarked(ctx context.Context, y kpi.Year, id kpi.IndicatorID, marks *Marks,
	fn func(kpi.Update)) error {
	rows, err := r.tx.QueryContext(ctx, wholeEntry+`WHERE u.indicator_id = $1 AND `+yearOfEntry+` = $2
		ORDER BY u.unit_id, u.dated`, id, y)
	if err != nil {
		return err
	}
	return walkMarked(rows, func(u kpi.Update, m mark) {
		marks.set(int64(u.ID), m)
		if u.Quantity.Precision != kpi.AtLeast { // as EachUpdate reads them
			u.Quantity.Wording = ""
		}
		fn(u)
	})
}

func walkMarked(rows *result, fn func(kpi.Update, mark)) error {
	defer rows.Close()
	var text []byte
	var u kpi.Update
	var answers, later sql.NullInt64
	for rows.Next() {
		if err := rows.Scan(&u.ID, &u.Indicator, &u.Unit, &u.Dated, &u.Quantity.Amount, &u.Quantity.Precision,
			&u.Quantity.Wording, &u.Level, &u.Note, &u.Act, &answers, &u.Reason, &u.Origin, &u.Author,
			&u.LoggedAt, &u.State, &later); err != nil {
			return err
		}
		u.Answers, u.AnsweredBy = kpi.UpdateID(answers.Int64), kpi.UpdateID(later.Int64)
		text = appendUpdate(text[:0], u)
		fn(u, markOf(text))
	}
	return rows.Err()
}
