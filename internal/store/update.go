package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// The columns of an entry as scanEntry reads them, and with what answers it as scanUpdate does.
const (
	entryColumns = `u.id, u.indicator_id, u.unit_id, u.dated, u.amount, u.prec, u.wording, u.level, u.note,
	u.act, u.answers_id, u.reason, u.origin, u.author, u.logged_at, u.state`
	updateColumns = entryColumns + `, later.id, later.state`
)

const updateQuery = `SELECT ` + updateColumns + `
	FROM updates u LEFT JOIN updates later ON later.answers_id = u.id `

// yearOfEntry is the year an entry is dated in, written as in the log's indexes.
const yearOfEntry = `CAST(substr(u.dated, 1, 4) AS BIGINT)`

// subtreeOf is a list for IN of a unit and all units below it; %d stands for the number of its
// argument.
const subtreeOf = `(WITH RECURSIVE below (id) AS (
	SELECT id FROM units WHERE id = $%d UNION ALL SELECT u.id FROM units u JOIN below b ON u.parent_id = b.id)
	SELECT id FROM below)`

// Update returns the entry with an ID.
func (r *Reader) Update(ctx context.Context, id kpi.UpdateID) (kpi.Update, error) {
	return one(ctx, r, kpi.Missing("update_not_found", int64(id)), scanUpdate, updateQuery+`WHERE u.id = $1`, id)
}

// FigureUpdates lists a year's entries of exactly one unit for one indicator, standing or not.
func (r *Reader) FigureUpdates(ctx context.Context, y kpi.Year, id kpi.IndicatorID,
	unit kpi.UnitID) ([]kpi.Update, error) {
	if d := r.tx.work; d != nil {
		if log, ok, err := r.wholeLog(ctx, d, FigureYear{FigureKey{unit, id}, y}); ok || err != nil {
			return log, err
		}
	}
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.indicator_id = $1 AND u.unit_id = $2 AND `+yearOfEntry+` = $3
		ORDER BY u.dated, u.id`, id, unit, y)
}

// FigureLogs returns the entries of the given units themselves for the given indicators, in a year and
// the previous one, standing or not, by figure and in order of date.
func (r *Reader) FigureLogs(ctx context.Context, y kpi.Year, indicators []kpi.IndicatorID,
	units []kpi.UnitID) (map[FigureKey][]kpi.Update, error) {
	out := map[FigureKey][]kpi.Update{}
	if len(indicators) == 0 || len(units) == 0 {
		return out, nil
	}
	of, args := list(indicators)
	at, unitArgs := listFrom(len(args)+1, units)
	args = append(append(args, unitArgs...), y-1, y)
	updates, err := all(ctx, r, scanUpdate, fmt.Sprintf(updateQuery+`WHERE u.indicator_id IN (%s) AND u.unit_id IN (%s)
		AND `+yearOfEntry+` IN ($%d, $%d) ORDER BY u.dated, u.id`, of, at, len(args)-1, len(args)), args...)
	for _, u := range updates {
		key := FigureKey{Unit: u.Unit, Indicator: u.Indicator}
		out[key] = append(out[key], u)
	}
	return out, err
}

// FigureReach is how many entries of a figure's year LatestLogs reads: two for each week.
const FigureReach = 100

const reachText = "100" // in a query

// FigureYear is a figure of one year.
type FigureYear struct {
	FigureKey
	Year kpi.Year
}

// LatestLogs returns the entries of the given figures' units themselves, standing or not, by figure and in
// order of date: of each figure and year those logged last, at most [FigureReach].
func (r *Reader) LatestLogs(ctx context.Context, figures []FigureYear) (map[FigureKey][]kpi.Update, error) {
	if d := r.wanted(len(figures)); d != nil {
		return r.latestLogs(ctx, d, figures)
	}
	return r.storedLogs(ctx, figures)
}

func (r *Reader) storedLogs(ctx context.Context, figures []FigureYear) (map[FigureKey][]kpi.Update, error) {
	out := map[FigureKey][]kpi.Update{}
	const together = 100 // SQLite allows 500 terms
	for chunk := range slices.Chunk(figures, together) {
		var terms []string
		var args []any
		for _, f := range chunk {
			n := len(args)
			terms = append(terms, fmt.Sprintf(`SELECT id FROM (SELECT id FROM updates WHERE indicator_id = $%d
				AND unit_id = $%d AND CAST(substr(dated, 1, 4) AS BIGINT) = $%d ORDER BY id DESC LIMIT %d) AS f%d`,
				n+1, n+2, n+3, FigureReach, n))
			args = append(args, f.Indicator, f.Unit, f.Year)
		}
		updates, err := all(ctx, r, scanUpdate, updateQuery+`WHERE u.id IN (`+
			strings.Join(terms, " UNION ALL ")+`) ORDER BY u.dated, u.id`, args...)
		if err != nil {
			return nil, err
		}
		for _, u := range updates {
			key := FigureKey{Unit: u.Unit, Indicator: u.Indicator}
			out[key] = append(out[key], u)
		}
	}
	return out, nil
}

// EachUpdate calls fn with each of a year's entries for one indicator, unit by unit, standing or not,
// without holding them in memory. Only the fields that count in a tally are read, and with marks all others, to
// add the entry to them.
func (r *Reader) EachUpdate(ctx context.Context, y kpi.Year, id kpi.IndicatorID, marks *Marks,
	fn func(kpi.Update)) error {
	if marks != nil {
		return r.eachMarked(ctx, y, id, marks, fn)
	}
	rows, err := r.tx.QueryContext(ctx, `SELECT u.id, u.unit_id, u.dated, u.amount, u.prec,
			CASE WHEN u.prec = 'at_least' THEN u.wording ELSE '' END, u.level, u.act, u.answers_id, u.state, later.id
		FROM updates u LEFT JOIN updates later ON later.answers_id = u.id
		WHERE u.indicator_id = $1 AND `+yearOfEntry+` = $2 ORDER BY u.unit_id, u.dated`, id, y)
	if err != nil {
		return err
	}
	defer rows.Close()
	u := kpi.Update{Indicator: id}
	var answers, later sql.NullInt64
	for rows.Next() {
		err := rows.Scan(&u.ID, &u.Unit, &u.Dated, &u.Quantity.Amount, &u.Quantity.Precision,
			&u.Quantity.Wording, &u.Level, &u.Act,
			&answers, &u.State, &later)
		if err != nil {
			return err
		}
		u.Answers, u.AnsweredBy = kpi.UpdateID(answers.Int64), kpi.UpdateID(later.Int64)
		fn(u)
	}
	return rows.Err()
}

// UpdatesByID returns the entries with the given IDs.
func (r *Reader) UpdatesByID(ctx context.Context, ids []kpi.UpdateID) (map[kpi.UpdateID]kpi.Update, error) {
	out := map[kpi.UpdateID]kpi.Update{}
	if len(ids) == 0 {
		return out, nil
	}
	marks, args := list(ids)
	rows, err := all(ctx, r, scanUpdate, updateQuery+`WHERE u.id IN (`+marks+`)`, args...)
	for _, u := range rows {
		out[u.ID] = u
	}
	return out, err
}

// UnitUpdates lists a year's entries of exactly the given units, for all indicators, standing or not.
func (r *Reader) UnitUpdates(ctx context.Context, y kpi.Year, units ...kpi.UnitID) ([]kpi.Update, error) {
	if len(units) == 0 {
		return nil, nil
	}
	marks, args := list(units)
	return all(ctx, r, scanUpdate, fmt.Sprintf(updateQuery+
		`WHERE u.indicator_id IN (SELECT id FROM indicators) AND u.unit_id IN (%s)
		AND u.dated BETWEEN $%d AND $%d ORDER BY u.indicator_id, u.id`, marks, len(args)+1, len(args)+2),
		append(args, kpi.Period{Year: y, Month: 1}.Start(), y.End())...)
}

// LastOfAuthor returns the newest entry somebody logged by form, in any year, or NotFound.
func (r *Reader) LastOfAuthor(ctx context.Context, author string) (kpi.Update, error) {
	return one(ctx, r, kpi.Missing("update_not_found", 0), scanUpdate,
		updateQuery+`WHERE u.author = $1 AND u.origin = 'form' ORDER BY u.id DESC LIMIT 1`, author)
}

func scanUpdate(s scanner) (kpi.Update, error) { return scanInto(s, new(laterEntry)) }

// scanEntry reads an entry without what answers it.
func scanEntry(s scanner) (kpi.Update, error) {
	if raw, ok := s.(rawRow); ok {
		return entryOf(raw)
	}
	return scanInto(s, nil)
}

// laterEntry is what answers an entry.
type laterEntry struct {
	id    *int64
	state *string
}

func scanInto(s scanner, by *laterEntry) (u kpi.Update, err error) {
	// Values of the language's own types, of which drivers make no others by reflection: many are read for each entry.
	var id, indicator, unit, amount, loggedAt int64
	var dated, precision, level, act, origin, state string
	var answers *int64
	into := []any{&id, &indicator, &unit, &dated, &amount, &precision, &u.Quantity.Wording, &level, &u.Note, &act,
		&answers, &u.Reason, &origin, &u.Author, &loggedAt, &state}
	if by != nil {
		into = append(into, &by.id, &by.state)
	}
	err = s.Scan(into...)
	u.ID, u.Indicator, u.Unit, u.Dated = kpi.UpdateID(id), kpi.IndicatorID(indicator), kpi.UnitID(unit), kpi.Date(dated)
	u.Quantity.Amount, u.Quantity.Precision = kpi.Amount(amount), kpi.Precision(precision)
	u.Level, u.Act, u.Origin, u.State = kpi.LevelValue(level), kpi.Act(act), kpi.Origin(origin), kpi.State(state)
	u.LoggedAt = kpi.UnixMilli(loggedAt)
	if answers != nil {
		u.Answers = kpi.UpdateID(*answers)
	}
	if by != nil && by.id != nil && by.state != nil {
		u.AnsweredBy, u.AnsweredState = kpi.UpdateID(*by.id), kpi.State(*by.state)
	}
	return u, err
}

// InsertUpdate adds an entry to the log and returns its ID. lineage is its unit followed by those above.
func (w *Writer) InsertUpdate(ctx context.Context, u kpi.Update, lineage []kpi.UnitID) (kpi.UpdateID, error) {
	n, err := w.number(ctx, func(n *lastIDs) *int64 { return &n.updates })
	if err != nil {
		return 0, err
	}
	u.ID, u.AnsweredBy, u.AnsweredState = kpi.UpdateID(n), 0, ""
	w.tx.work.own.entries = append(w.tx.work.own.entries, u)
	if len(lineage) > 1 {
		put(&w.tx.work.own.parents, u.Unit, lineage[1])
	}
	return u.ID, nil
}

// insertUpdatesText returns a statement that adds the given number of ordinary entries. mark returns
// the placeholder of the nth argument.
func insertUpdatesText(rows int, mark func(n int) string) string {
	var b strings.Builder
	b.WriteString(`INSERT INTO updates (origin, author, logged_at, indicator_id, unit_id, dated, amount, prec, wording,
		level, note, state, act, reason) VALUES `)
	for i := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for column := range 12 {
			b.WriteString(mark(12*i+column+1) + ",")
		}
		b.WriteString("'log','')")
	}
	return b.String()
}

// InsertUpdates adds many ordinary entries of one author, origin and moment, those of the first, to the log and
// sets their IDs and what they share.
func (w *Writer) InsertUpdates(ctx context.Context, updates []kpi.Update) error {
	if len(updates) == 0 {
		return nil
	}
	var last sql.NullInt64
	if err := w.tx.QueryRowContext(ctx, `SELECT MAX(id) FROM updates`).Scan(&last); err != nil {
		return err
	}
	perInsert := w.tx.dialect.rowsPerInsert
	text := insertUpdatesText(perInsert, w.tx.dialect.mark)
	var origin, author, loggedAt any = string(updates[0].Origin), updates[0].Author, int64(updates[0].LoggedAt)
	args := make([]any, 0, 12*perInsert)
	for rest := updates; len(rest) > 0; {
		rows := rest[:min(perInsert, len(rest))]
		rest = rest[len(rows):]
		if len(rows) < perInsert {
			text = insertUpdatesText(len(rows), w.tx.dialect.mark)
		}
		args = args[:0]
		for _, u := range rows {
			args = append(args, origin, author, loggedAt, int64(u.Indicator), int64(u.Unit), string(u.Dated),
				int64(u.Quantity.Amount), string(u.Quantity.Precision),
				u.Quantity.Wording, string(u.Level), u.Note, string(u.State))
		}
		if err := w.exec(ctx, text, args...); err != nil {
			return err
		}
	}
	// There is no other writer, so the new rows are those just added, in the same order.
	ids, err := all(ctx, &w.Reader, func(s scanner) (id kpi.UpdateID, err error) { err = s.Scan(&id); return id, err },
		`SELECT id FROM updates WHERE id > $1 ORDER BY id`, last.Int64)
	if err != nil {
		return err
	}
	if len(ids) != len(updates) {
		return fmt.Errorf("add %d entries: %d are there", len(updates), len(ids))
	}
	for i := range updates {
		u := &updates[i]
		u.ID, u.Origin, u.Author, u.LoggedAt = ids[i], updates[0].Origin, updates[0].Author, updates[0].LoggedAt
		u.Act, u.Answers, u.Reason = kpi.ActLog, 0, ""
	}
	for _, u := range updates {
		w.About(u.Unit)
	}
	w.witnessUpdates(updates)
	return nil
}
