package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"dabiao/internal/kpi"
)

// By which units an entry is found stands in audit_units, and in the entry itself: verify holds the one against the
// other.

// unitsMark begins the line of an entry's records that says by which units it is found.
const unitsMark = "@units"

// unitRun are units whose numbers follow each other.
type unitRun struct{ first, units int64 }

// unitRuns are the units of one entry, in the order of their numbers.
type unitRuns []unitRun

func (r unitRuns) with(u kpi.UnitID) unitRuns {
	if n := len(r); n > 0 && r[n-1].first+r[n-1].units == int64(u) {
		r[n-1].units++
		return r
	}
	return append(r, unitRun{int64(u), 1})
}

func (r unitRuns) has(u kpi.UnitID) bool {
	return slices.ContainsFunc(r, func(run unitRun) bool {
		place := int64(u) - run.first
		return place >= 0 && place < run.units
	})
}

// unitsLine writes the units of an entry: of each run its first number and how many.
func unitsLine(units []kpi.UnitID) []byte {
	var runs unitRuns
	for _, u := range units {
		runs = runs.with(u)
	}
	out := strconv.AppendQuote([]byte{'['}, unitsMark)
	for _, run := range runs {
		out = strconv.AppendInt(append(out, ','), run.first, 10)
		out = strconv.AppendInt(append(out, ','), run.units, 10)
	}
	return append(out, ']')
}

// UnitsAstray are units by which an audit entry is found and should not be, or the other way round.
type UnitsAstray struct {
	Entry         int64
	Missing, More []kpi.UnitID
}

// unitsReplay holds what audit_units says against what the entries do.
type unitsReplay struct {
	there map[int64]unitRuns // what audit_units says, by entry, until that was replayed
	units []kpi.UnitID       // all there are: of one that was removed nothing is kept
	since int64              // the first entry that says its units; 0: none
}

func (r *Reader) unitsReplay(ctx context.Context) (u unitsReplay, err error) {
	u.there = map[int64]unitRuns{}
	rows, err := r.tx.QueryContext(ctx, `SELECT audit_id, unit_id FROM audit_units ORDER BY audit_id, unit_id`)
	if err != nil {
		return u, err
	}
	defer rows.Close()
	for rows.Next() {
		var entry int64
		var unit kpi.UnitID
		if err := rows.Scan(&entry, &unit); err != nil {
			return u, err
		}
		u.there[entry] = u.there[entry].with(unit)
	}
	if err := rows.Err(); err != nil {
		return u, err
	}
	u.units, err = all(ctx, r, func(s scanner) (id kpi.UnitID, err error) { err = s.Scan(&id); return id, err },
		`SELECT id FROM units ORDER BY id`)
	return u, err
}

// entryUnits replays the line that says by which units an entry is found.
func (p *replay) entryUnits(e kpi.AuditEntry, cells []json.RawMessage) error {
	var numbers []int64
	for _, c := range cells {
		n, err := strconv.ParseInt(string(c), 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("units from %s on", c)
		}
		numbers = append(numbers, n)
	}
	var logged unitRuns
	for pair := range slices.Chunk(numbers, 2) {
		if len(pair) != 2 {
			return fmt.Errorf("units from %d on", pair[0])
		}
		logged = append(logged, unitRun{pair[0], pair[1]})
	}
	if p.units.since == 0 {
		p.units.since = e.ID
	}
	p.unitsOf(e.ID, logged)
	return nil
}

// unitsOf holds what is kept of an entry's units against what it says itself.
func (p *replay) unitsOf(entry int64, logged unitRuns) {
	there := p.units.there[entry]
	delete(p.units.there, entry)
	if slices.Equal(there, logged) {
		return
	}
	astray := UnitsAstray{Entry: entry}
	for _, u := range p.units.units {
		switch is := there.has(u); {
		case is == logged.has(u):
		case is:
			astray.More = append(astray.More, u)
		default:
			astray.Missing = append(astray.Missing, u)
		}
	}
	if len(astray.Missing)+len(astray.More) > 0 {
		p.out.UnitsAstray = append(p.out.UnitsAstray, astray)
	}
}

// restUnits notes the entries that are found by units and say none. Before the log said so, they were not held.
func (p *replay) restUnits() {
	for _, entry := range slices.Sorted(maps.Keys(p.units.there)) {
		if p.units.since == 0 || entry < p.units.since {
			p.out.UnitsEarlier++
			continue
		}
		p.unitsOf(entry, nil)
	}
}
