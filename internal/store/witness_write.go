package store

import (
	"context"
	"regexp"
	"strings"
	"sync"
)

// A statement that writes a witnessed table returns the rows it wrote.

// writing matches a statement that writes one table.
var writing = regexp.MustCompile(`(?i)^\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)`)

// witnessing is what a statement has to return, if it writes a witnessed table.
type witnessing struct {
	of      *witnessed
	text    string // with what it returns
	deletes bool
}

var witnessingTexts sync.Map // of statement to *witnessing, nil for none

func witnessingOf(text string) *witnessing {
	if known, ok := witnessingTexts.Load(text); ok {
		return known.(*witnessing) // nothing else is stored there
	}
	var out *witnessing
	if m := writing.FindStringSubmatch(text); m != nil {
		if of := byTable[strings.ToLower(m[2])]; of != nil {
			out = &witnessing{of: of, deletes: strings.EqualFold(m[1][:1], "D"),
				text: text + " RETURNING " + strings.Join(of.columns, ", ")}
		}
	}
	witnessingTexts.Store(text, out)
	return out
}

// witness runs a statement and keeps the rows it wrote for the next audit entry. It returns the first column
// of the last of them, if that is a number.
func (w *Writer) witness(ctx context.Context, of *witnessing, args []any) (id int64, err error) {
	rows, err := w.tx.QueryContext(ctx, of.text, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanRow(rows, len(of.of.columns))
		if err != nil {
			return 0, err
		}
		id, _ = row[0].(int64)
		if of.of.ours != nil && !of.of.ours(row) {
			continue
		}
		w.tx.pending = append(w.tx.pending, heldRow{of.of, row, of.deletes})
		w.aboutRow(of.of, row)
	}
	return id, rows.Err()
}

// hold keeps a row that was added for the next audit entry.
func (w *Writer) hold(table string, row []any) {
	of := byTable[table]
	w.tx.pending = append(w.tx.pending, heldRow{of, row, false})
	w.aboutRow(of, row)
}

func scanRow(s scanner, columns int) ([]any, error) {
	row, into := make([]any, columns), make([]any, columns)
	for i := range row {
		into[i] = &row[i]
	}
	return row, s.Scan(into...)
}
