package store

import (
	"cmp"
	"slices"

	"dabiao/internal/kpi"
)

// writeSet is what changes have written and not sent yet: rows to be added, and sums to be set.
type writeSet struct {
	entries []kpi.Update
	parents map[kpi.UnitID]kpi.UnitID // of the entries' units
	reviews [][]any
	doubts  [][]any
	months  map[FigureYear]*kpi.Series // nobody changes them any more
	texts   map[FigureYear]Months      // of those, once they are to be sent
	audits  [][]any
	others  []query // after all of those
	answers map[answerID]answer
	said    map[answerID]kpi.UnixMilli // when each was
}

// clear empties it. What was taken from it before stays as it is.
func (l *writeSet) clear() { *l = writeSet{} }

// put sets what a key stands for in a map that may not have been made yet.
func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}

// add puts another on top.
func (l *writeSet) add(top *writeSet) {
	l.entries = append(l.entries, top.entries...)
	l.reviews = append(l.reviews, top.reviews...)
	l.doubts = append(l.doubts, top.doubts...)
	l.audits = append(l.audits, top.audits...)
	l.others = append(l.others, top.others...)
	for k, v := range top.parents {
		put(&l.parents, k, v)
	}
	for k, v := range top.months {
		put(&l.months, k, v)
		delete(l.texts, k)
	}
	for k, v := range top.answers {
		put(&l.answers, k, v)
		put(&l.said, k, top.said[k])
	}
}

// rows returns how many rows it writes.
func (l *writeSet) rows() int {
	return len(l.entries) + len(l.reviews) + len(l.doubts) + len(l.months) + len(l.audits) + len(l.answers)
}

// changed returns the stamps that it changes.
func (l *writeSet) changed() stampOf {
	if len(l.entries)+len(l.reviews)+len(l.doubts)+len(l.months) > 0 {
		return figures
	}
	return 0
}

// Tables that a write set adds rows to, with the columns in the order of its rows.
var (
	entryInsert = newBulkInsert("updates", `id:n indicator_id:n unit_id:n dated amount:n prec wording level note act answers_id:n
		reason origin author logged_at:n state`, "")
	reviewInsert = newBulkInsert("reviews", "id:n update_id:n act state reason done_by done_at:n", "")
	doubtInsert  = newBulkInsert("doubts", "update_id:n question", "")
	monthsInsert = newBulkInsert("rollups", "unit_id:n year:n indicator_id:n months",
		" ON CONFLICT (unit_id, year, indicator_id) DO UPDATE SET months = excluded.months")
	auditInsert  = newBulkInsert("audit", "id:n at:n actor action subject detail hash records packed:b", "")
	answerInsert = newBulkInsert("idempotency", "account key fingerprint result:n at:n", "")
)

// queries returns the statements that send it.
func (l *writeSet) queries(d *dialect) (out []query) {
	entries := make([][]any, len(l.entries))
	for i, u := range l.entries {
		var answers any
		if u.Answers != 0 {
			answers = int64(u.Answers)
		}
		entries[i] = []any{int64(u.ID), int64(u.Indicator), int64(u.Unit), string(u.Dated), int64(u.Quantity.Amount),
			string(u.Quantity.Precision), u.Quantity.Wording, string(u.Level), u.Note, string(u.Act), answers, u.Reason,
			string(u.Origin), u.Author, int64(u.LoggedAt), string(u.State)}
	}
	out = entryInsert.insert(d, entries, out)
	out = countOn(d, entryInsert, entries, out)
	out = reviewInsert.insert(d, l.reviews, out)
	out = countOn(d, reviewInsert, l.reviews, out)
	out = doubtInsert.insert(d, l.doubts, out)
	figures := make([]FigureYear, 0, len(l.months))
	for k := range l.months {
		figures = append(figures, k)
	}
	slices.SortFunc(figures, FigureYear.compare)
	sums := make([][]any, len(figures))
	for i, k := range figures {
		sums[i] = []any{int64(k.Unit), int64(k.Year), int64(k.Indicator), string(l.textOf(k))}
	}
	out = monthsInsert.insert(d, sums, out)
	out = auditInsert.insert(d, l.audits, out)
	out = countOn(d, auditInsert, l.audits, out)
	out = append(out, l.others...)
	answers := make([][]any, 0, len(l.answers))
	for k, a := range l.answers {
		answers = append(answers, []any{k.account, k.key, a.fingerprint, a.result, int64(l.said[k])})
	}
	return answerInsert.insert(d, answers, out)
}

// textOf returns the months of a figure as they are stored.
func (l *writeSet) textOf(k FigureYear) Months {
	text, ok := l.texts[k]
	if !ok {
		text = Months(formatSeries(l.months[k]))
		put(&l.texts, k, text)
	}
	return text
}

// countOn tells a table that does not see it which number the last of the rows has that were added.
func countOn(d *dialect, s *bulkInsert, rows [][]any, out []query) []query {
	if len(rows) == 0 || !d.arrays {
		return out
	}
	return append(out, query{text: d.setCounter[0], args: []any{s.table, rows[len(rows)-1][0]}})
}

// compare orders figures as the database's table is.
func (f FigureYear) compare(other FigureYear) int {
	return cmp.Or(cmp.Compare(f.Unit, other.Unit), cmp.Compare(f.Year, other.Year),
		cmp.Compare(f.Indicator, other.Indicator))
}

// logWith returns a figure's latest entries, in order of date, once those of the write set are added.
func (l *writeSet) logWith(log []kpi.Update, of FigureYear) []kpi.Update {
	out, changed := l.with(log, func(u *kpi.Update) bool { return u.Unit == of.Unit && u.Indicator == of.Indicator },
		func(u *kpi.Update) bool { return u.Dated.Year() == of.Year })
	if !changed {
		return log
	}
	if over := len(out) - FigureReach; over > 0 {
		slices.SortFunc(out, func(a, b kpi.Update) int { return cmp.Compare(a.ID, b.ID) })
		out = out[over:]
	}
	slices.SortFunc(out, byDate)
	return out
}

// dayWith returns the entries of a day below a unit once those of the write set are added.
func (l *writeSet) dayWith(day []kpi.Update, of dayBelow) []kpi.Update {
	out, _ := l.with(day, func(u *kpi.Update) bool {
		return u.Indicator == of.Indicator && l.parents[u.Unit] == of.Parent
	}, func(u *kpi.Update) bool { return u.Dated == of.Day })
	return out
}

// with returns a copy of a log with what answers its entries, and with those that belong to it; the log itself if none
// is near it.
func (l *writeSet) with(log []kpi.Update, near, belongs func(*kpi.Update) bool) (out []kpi.Update, changed bool) {
	for n := range l.entries {
		u := &l.entries[n]
		if !near(u) {
			continue
		}
		if !changed {
			log, changed = slices.Clone(log), true
		}
		if u.Answers != 0 {
			answered(log, u)
		}
		if belongs(u) {
			log = append(log, *u)
		}
	}
	return log, changed
}

func byDate(a, b kpi.Update) int {
	return cmp.Or(cmp.Compare(a.Dated, b.Dated), cmp.Compare(a.ID, b.ID))
}
