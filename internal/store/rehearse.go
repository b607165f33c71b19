package store

import (
	"errors"
	"slices"

	"dabiao/internal/kpi"
)

// A change to be made in a database elsewhere is rehearsed without one before it waits for its turn: what it would
// ask is noted, and asked for all of a group together with the lock that it needs anyway. It is a guess that saves
// time: what it misses is asked when the change runs.

// wants is what changes will ask.
type wants struct {
	months  []FigureYear
	logs    []FigureYear
	targets []FigureYear
	days    []dayBelow
	answers []answerID
	all     bool // nothing else
}

var errRehearsing = errors.New("this is not asked while a change is rehearsed")

// rehearse runs a change and returns what it would ask. It finds no entries and no answers, and of the structure what
// was remembered last.
func (db *DB) rehearse(c *change) *wants {
	want := &wants{}
	d := &workingSet{rehearsing: want}
	rehearsal := &change{ctx: c.ctx, fn: c.fn}
	err := rehearsal.run(&Writer{Reader{&conn{dialect: &db.dialect, cache: &db.cache, work: d}}})
	want.all = !errors.Is(err, errRehearsing)
	return want
}

// Rehearses reports whether a change is only run to find out what it will ask: what it reads is not what is there.
func (r *Reader) Rehearses() bool { return r.tx.work != nil && r.tx.work.rehearsing != nil }

// questions returns the queries that answer what a group wants and is not known.
func (d *workingSet) questions(group []*change, known *readSet) (out []query) {
	var months, logs, targets map[FigureYear]bool
	var days map[dayBelow]bool
	var answers map[answerID]bool
	for _, c := range group {
		if c.wants != nil {
			old := known.older
			if old == nil {
				old = &readSet{}
			}
			again := func(entries []kpi.Update) { known.rows += len(entries) }
			gather(&months, c.wants.months, known.months, old.months, nil)
			gather(&logs, c.wants.logs, known.logs, old.logs, again)
			gather(&targets, c.wants.targets, known.targets, old.targets, nil)
			gather(&days, c.wants.days, known.days, old.days, again)
			gather(&answers, c.wants.answers, known.answers, nil, nil)
		}
	}
	if len(answers) > 0 {
		out = append(out, d.askAnswers(answers))
	}
	if len(months) > 0 {
		out = append(out, d.askMonths(months))
	}
	if len(targets) > 0 {
		out = append(out, d.askTargets(targets))
	}
	if len(logs) > 0 {
		out = append(out, d.askLogs(logs))
	}
	if len(days) > 0 {
		out = append(out, d.askDays(days))
	}
	return out
}

// gather adds what some want and is not known, and takes back to what is known what nobody wanted lately.
func gather[K comparable, V any](all *map[K]bool, some []K, known, old map[K]V, again func(V)) {
	for _, k := range some {
		if _, ok := known[k]; ok {
			continue
		}
		if v, ok := old[k]; ok {
			known[k] = v
			if delete(old, k); again != nil {
				again(v)
			}
			continue
		}
		put(all, k, true)
	}
}

// unknown makes each of the wanted known, with nothing there until a row says otherwise.
func unknown[K comparable, V any](known map[K]V, wanted map[K]bool) {
	for k := range wanted {
		var none V
		known[k] = none
	}
}

// figureLists returns figures as lists of their units, years and indicators.
func figureLists(of map[FigureYear]bool) []any {
	var units, years, indicators []int64
	for f := range of {
		units, years = append(units, int64(f.Unit)), append(years, int64(f.Year))
		indicators = append(indicators, int64(f.Indicator))
	}
	return []any{units, years, indicators}
}

// Each of these finds few rows by an index for each of few things. The planner knows neither number and is told by
// LATERAL, with LIMIT or OFFSET, which keep it from turning the two sides around.

// figuresIn is a table of the figures of figureLists.
const figuresIn = `unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS f (unit_id, year, indicator_id)`

func (d *workingSet) askAnswers(of map[answerID]bool) query {
	unknown(d.answers, of)
	var accounts, keys []string
	for k := range of {
		accounts, keys = append(accounts, k.account), append(keys, k.key)
	}
	return query{text: `SELECT i.account, i.key, i.fingerprint, i.result FROM unnest($1::text[], $2::text[]) AS a (account, key)
		CROSS JOIN LATERAL (SELECT * FROM idempotency k WHERE k.account = a.account AND k.key = a.key LIMIT 1) AS i`,
		args: []any{accounts, keys}, row: func(s scanner) error {
			var id answerID
			a := answer{used: true}
			err := s.Scan(&id.account, &id.key, &a.fingerprint, &a.result)
			d.answers[id] = a
			return err
		}}
}

func (d *workingSet) askMonths(of map[FigureYear]bool) query {
	unknown(d.months, of)
	return query{text: `SELECT r.unit_id, r.year, r.indicator_id, r.months FROM ` + figuresIn + ` JOIN rollups r
		ON r.unit_id = f.unit_id AND r.year = f.year AND r.indicator_id = f.indicator_id`, args: figureLists(of),
		row: func(s scanner) error {
			var f FigureYear
			var months Months
			err := s.Scan(&f.Unit, &f.Year, &f.Indicator, &months)
			d.months[f] = months
			return err
		}}
}

func (d *workingSet) askTargets(of map[FigureYear]bool) query {
	unknown(d.targets, of)
	return query{text: `SELECT ` + targetColumns + ` FROM (SELECT t.* FROM ` + figuresIn + ` JOIN targets t
		ON t.unit_id = f.unit_id AND t.year = f.year AND t.indicator_id = f.indicator_id) AS found ORDER BY id`,
		args: figureLists(of), row: func(s scanner) error {
			t, err := scanTarget(s)
			f := FigureYear{FigureKey{t.Unit, t.Indicator}, t.Year}
			d.targets[f] = append(d.targets[f], t)
			return err
		}}
}

// askLogs asks for the latest entries of figures. What answers an entry is of the same figure and year and younger, so
// that it is among them, and need not be looked for.
func (d *workingSet) askLogs(of map[FigureYear]bool) query {
	unknown(d.logs, of)
	found := make([]kpi.Update, 0, FigureReach) // of one figure: each one's come together
	keep := func() {
		if len(found) > 0 {
			f := figureOf(&found[0])
			log := slices.Concat(d.logs[f], found)
			slices.SortFunc(log, byDate)
			linkAnswers(log)
			d.logs[f] = log
			d.rows, found = d.rows+len(log), found[:0]
		}
	}
	return query{text: `SELECT ` + entryColumns + ` FROM ` + figuresIn + ` CROSS JOIN LATERAL (SELECT * FROM updates e
			WHERE e.indicator_id = f.indicator_id AND CAST(substr(e.dated, 1, 4) AS BIGINT) = f.year AND e.unit_id = f.unit_id
			ORDER BY e.id DESC LIMIT ` + reachText + `) AS u`, args: figureLists(of),
		row: func(s scanner) error {
			u, err := scanEntry(s)
			if err == nil && len(found) > 0 && figureOf(&u) != figureOf(&found[0]) {
				keep()
			}
			found = append(found, u)
			return err
		},
		end: keep}
}

// figureOf returns the figure that an entry is of.
func figureOf(u *kpi.Update) FigureYear {
	return FigureYear{FigureKey{u.Unit, u.Indicator}, u.Dated.Year()}
}

// linkAnswers says of each entry of a log which of the others answers it.
func linkAnswers(log []kpi.Update) {
	for i := range log {
		if log[i].Answers != 0 {
			answered(log, &log[i])
		}
	}
}

// answered says of the entry that u answers, if it is among those of a log, that u does.
func answered(log []kpi.Update, u *kpi.Update) {
	for i := range log {
		if log[i].ID == u.Answers {
			log[i].AnsweredBy, log[i].AnsweredState = u.ID, u.State
		}
	}
}

func (d *workingSet) askDays(of map[dayBelow]bool) query {
	unknown(d.days, of)
	var days []string
	var indicators, parents []int64
	for k := range of {
		days, indicators = append(days, string(k.Day)), append(indicators, int64(k.Indicator))
		parents = append(parents, int64(k.Parent))
	}
	return query{text: `SELECT ` + updateColumns + `, f.parent_id
		FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS f (dated, indicator_id, parent_id)
		JOIN units below ON below.parent_id = f.parent_id CROSS JOIN LATERAL (SELECT * FROM updates e
			WHERE e.indicator_id = f.indicator_id AND e.unit_id = below.id AND e.dated = f.dated
			AND CAST(substr(e.dated, 1, 4) AS BIGINT) = CAST(substr(f.dated, 1, 4) AS BIGINT) OFFSET 0) AS u
		LEFT JOIN updates later ON later.answers_id = u.id ORDER BY u.id`, args: []any{days, indicators, parents},
		row: func(s scanner) error {
			var parent kpi.UnitID
			u, err := scanUpdate(also{s, &parent})
			k := dayBelow{u.Dated, u.Indicator, parent}
			d.days[k] = append(d.days[k], u)
			d.rows++
			return err
		}}
}

// also scans one column more than it is asked to.
type also struct {
	scanner
	last any
}

func (a also) Scan(into ...any) error { return a.scanner.Scan(append(into, a.last)...) }
