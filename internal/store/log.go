package store

import (
	"context"
	"fmt"
	"math"
	"strings"

	"dabiao/internal/kpi"
)

// LogFilter narrows the log of a year.
type LogFilter struct {
	Year      kpi.Year
	Unit      kpi.UnitID      // this unit and all below it; 0: all
	Indicator kpi.IndicatorID // 0: all
	State     kpi.State       // "": all; drafts, submitted and returned entries only if nothing answers them
	Author    string          // for entries not approved: only this author's; "": all
	Month     int             // 1 to 12: this month only, with Unit and Indicator; 0: the whole year
	Before    kpi.UpdateID    // only entries with a smaller ID; 0: from the newest
	Limit     int
}

// span returns the days the entries may be dated.
func (f LogFilter) span() (from, to kpi.Date) {
	if f.Month != 0 {
		month := kpi.Period{Year: f.Year, Month: f.Month}
		return month.Start(), month.End()
	}
	return kpi.Period{Year: f.Year, Month: 1}.Start(), f.Year.End()
}

// Log lists entries in the order they were logged, newest first. Its cost does not grow with the log:
// it walks the year backwards up to a limit, or collects a unit's entries if the unit has few of them.
func (r *Reader) Log(ctx context.Context, f LogFilter) ([]kpi.Update, error) {
	if f.Before == 0 {
		f.Before = math.MaxInt64
	}
	if f.State != "" && f.State != kpi.StateApproved {
		return r.reviewLog(ctx, f)
	}
	if past, err := r.Memberships(ctx); err != nil {
		return nil, err
	} else if len(past) > 0 && f.Unit != 0 {
		return r.movedLog(ctx, f)
	}
	few, err := r.hasFew(ctx, f.Unit)
	if err != nil {
		return nil, err
	}
	if few || f.Month != 0 { // a month of one indicator is found by date
		return r.collectLog(ctx, f)
	}
	if f.Unit == 0 || f.Limit > longPage {
		return r.walkLog(ctx, f, 0)
	}
	return r.largeLog(ctx, f)
}

// walkLog reads the log backwards, down to the given entry.
func (r *Reader) walkLog(ctx context.Context, f LogFilter, down kpi.UpdateID) ([]kpi.Update, error) {
	where, args := `WHERE `+yearOfEntry+` = $1 AND u.id < $2`, []any{f.Year, f.Before}
	narrow := func(condition string, arg any) {
		args = append(args, arg)
		where += fmt.Sprintf(condition, len(args))
	}
	if down > 0 {
		narrow(` AND u.id >= $%d`, down)
	}
	if f.Indicator != 0 {
		narrow(` AND u.indicator_id = $%d`, f.Indicator)
	}
	if f.State != "" {
		narrow(` AND u.state = $%d`, f.State)
	}
	if f.Unit != 0 { // the plus keeps SQLite from collecting by unit
		narrow(` AND +u.unit_id IN `+subtreeOf, f.Unit)
	}
	narrow(` ORDER BY u.id DESC LIMIT $%d`, f.Limit)
	return all(ctx, r, scanUpdate, updateQuery+where, args...)
}

// longPage is more entries than a page shows: callers asking for more read the whole log in pieces.
const longPage = 200

// logWindow is how many of the newest entries are searched for those of a unit: about the cost of
// finding them figure by figure in a county.
const logWindow = 10_000

// largeLog reads the log of a unit that holds many of the entries. Its page is nearly always among the
// newest. For a unit that has long been silent the newest entries are found figure by figure, so that
// nobody walks through everything others have logged since.
func (r *Reader) largeLog(ctx context.Context, f LogFilter) ([]kpi.Update, error) {
	var newest kpi.UpdateID
	err := r.tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(u.id), 0) FROM updates u WHERE `+
		yearOfEntry+` = $1 AND u.id < $2`,
		f.Year, f.Before).Scan(&newest)
	if err != nil {
		return nil, err
	}
	down := newest - logWindow
	page, err := r.walkLog(ctx, f, down)
	if err != nil || len(page) == f.Limit || down <= 0 {
		return page, err
	}
	figures, err := r.newestFigures(ctx, f)
	if err != nil || len(figures) == 0 {
		return nil, err
	}
	return r.figuresLog(ctx, f, figures)
}

// newestFigures lists the figures of a unit and all below it that were logged last, newest first. A
// page of n entries is among the entries of n figures.
func (r *Reader) newestFigures(ctx context.Context, f LogFilter) ([]FigureKey, error) {
	args := []any{f.Unit, f.Year, f.Before, f.Limit}
	entry, of := `u.indicator_id = i.id AND `+yearOfEntry+` = $2 AND u.unit_id = b.id AND u.id < $3`, ``
	if f.State != "" {
		args = append(args, f.State)
		entry += fmt.Sprintf(` AND u.state = $%d`, len(args))
	}
	if f.Indicator != 0 {
		args = append(args, f.Indicator)
		of = fmt.Sprintf(` WHERE i.id = $%d`, len(args))
	}
	type figure struct {
		FigureKey
		newest kpi.UpdateID // 0: never logged
	}
	found, err := all(ctx, r, func(s scanner) (k figure, err error) {
		err = s.Scan(&k.Indicator, &k.Unit, &k.newest)
		return k, err
	}, `SELECT i.id, b.id, COALESCE((SELECT u.id FROM updates u WHERE `+entry+` ORDER BY u.id DESC LIMIT 1), 0) AS newest
		FROM indicators i, `+fmt.Sprintf(subtreeOf, 1)+` AS b`+of+` ORDER BY newest DESC LIMIT $4`, args...)
	var out []FigureKey
	for _, k := range found {
		if k.newest != 0 {
			out = append(out, k.FigureKey)
		}
	}
	return out, err
}

// figuresLog reads the log of some figures, at most as many as a page has entries.
func (r *Reader) figuresLog(ctx context.Context, f LogFilter, figures []FigureKey) ([]kpi.Update, error) {
	args, state := []any{f.Year, f.Before, f.Limit}, ``
	if f.State != "" {
		args, state = append(args, f.State), ` AND u.state = $4`
	}
	parts := make([]string, len(figures))
	for i, k := range figures {
		args = append(args, k.Indicator, k.Unit)
		parts[i] = fmt.Sprintf(`SELECT * FROM (SELECT u.id FROM updates u WHERE u.indicator_id = $%d AND `+yearOfEntry+` = $1
			AND u.unit_id = $%d AND u.id < $2%s ORDER BY u.id DESC LIMIT $3) AS f%d`, len(args)-1, len(args), state, i)
	}
	return all(ctx, r, scanUpdate, updateQuery+
		`WHERE u.id IN (SELECT id FROM (`+strings.Join(parts, ` UNION ALL `)+`) AS entries
		ORDER BY id DESC LIMIT $3) ORDER BY u.id DESC`, args...)
}

// OldestEntry returns the ID of the first entry of a year's log, 0 if there is none.
func (r *Reader) OldestEntry(ctx context.Context, y kpi.Year) (id kpi.UpdateID, err error) {
	err = r.tx.QueryRowContext(ctx, `SELECT COALESCE(MIN(u.id), 0) FROM updates u WHERE `+yearOfEntry+` = $1`, y).Scan(&id)
	return id, err
}

// movedLog reads the log of a unit if any units have moved: the entries of what was below it on the
// days they are dated.
func (r *Reader) movedLog(ctx context.Context, f LogFilter) ([]kpi.Update, error) {
	from, to := f.span()
	return all(ctx, r, scanUpdate, spans+updateQuery+`JOIN below ON below.id = u.unit_id
		AND u.dated >= below.since AND u.dated < below.until
		WHERE `+yearOfEntry+` = $2 AND u.id < $3 AND (CAST($4 AS BIGINT) = 0 OR u.indicator_id = $4)
		AND (CAST($6 AS TEXT) = '' OR u.state = $6) AND u.dated BETWEEN $7 AND $8 ORDER BY u.id DESC LIMIT $5`,
		f.Unit, f.Year, f.Before, f.Indicator, f.Limit, f.State, from, to)
}

// collectLog reads all of a few units' entries of a year and sorts them.
func (r *Reader) collectLog(ctx context.Context, f LogFilter) ([]kpi.Update, error) {
	from, to := f.span()
	indicators, arg := `SELECT id FROM indicators WHERE id > $5`, f.Indicator
	if f.Indicator != 0 {
		indicators = `$5`
	}
	return all(ctx, r, scanUpdate, updateQuery+`WHERE u.unit_id IN `+fmt.Sprintf(subtreeOf, 1)+`
		AND `+yearOfEntry+` = $2 AND u.id + 0 < $3 AND u.indicator_id IN (`+indicators+`)
		AND (CAST($6 AS TEXT) = '' OR u.state = $6) AND u.dated BETWEEN $7 AND $8 ORDER BY u.id + 0 DESC LIMIT $4`,
		f.Unit, f.Year, f.Before, f.Limit, arg, f.State, from, to)
}

// hasFew reports whether a unit and all below it have so small a part of the entries that collecting
// them costs less than walking the log until it yields a page of theirs. With a page of 50, a few
// hundred entries per unit and year and equal shares, that holds for up to a tenth of all units.
func (r *Reader) hasFew(ctx context.Context, unit kpi.UnitID) (bool, error) {
	if unit == 0 {
		return false, nil
	}
	var below, all int64
	err := r.tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM `+fmt.Sprintf(subtreeOf, 1)+
		` AS b), (SELECT COUNT(*) FROM units)`,
		unit).Scan(&below, &all)
	return below*below <= all/10+1, err
}
