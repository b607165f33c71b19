package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// A database's errors say what the engine thinks but not where: "no such column", "database disk image
// is malformed". So the log gets every failed statement's verb and tables along with the error.
// Statement texts contain no values, which are passed as arguments, so no values reach the log this
// way.

// statementError is the error of one statement.
type statementError struct {
	text string
	err  error
}

func (e *statementError) Error() string { return describe(e.text) + ": " + e.err.Error() }
func (e *statementError) Unwrap() error { return e.err }

// failed wraps err with the statement it belongs to. Errors that are no faults stay as they are: no
// rows, a refusal, or an error already wrapped.
func failed(text string, err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.As(err, new(*kpi.Error)) ||
		errors.As(err, new(*statementError)) {
		return err
	}
	return &statementError{text, err}
}

// named matches the tables of a statement, and SET after DO UPDATE, which is none.
var named = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)`)

// maxNamed is the limit of tables named in an error.
const maxNamed = 4

// describe describes a statement by its verb and its tables, as in "select of updates, units".
func describe(text string) string {
	verb, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	verb = strings.ToLower(strings.TrimSpace(verb))
	var tables []string
	seen := map[string]bool{"set": true}
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		if table := strings.ToLower(m[1]); !seen[table] && len(tables) < maxNamed {
			seen[table] = true
			tables = append(tables, table)
		}
	}
	if len(tables) == 0 {
		return verb
	}
	return fmt.Sprintf("%s of %s", verb, strings.Join(tables, ", "))
}

// describeAll describes statements that were sent together.
func describeAll(queries []query) string {
	all := make([]string, len(queries))
	for i, q := range queries {
		all[i] = describe(q.text)
	}
	return "together: " + strings.Join(all, "; ")
}

// result holds the rows of a query; its errors name the query.
type result struct {
	*sql.Rows
	text   string
	cancel context.CancelFunc // of the query
	took   timing
	rows   int
}

func (r *result) Next() bool {
	more := r.Rows.Next()
	if more {
		r.rows++
	}
	return more
}

func (r *result) Scan(into ...any) error { return failed(r.text, r.Rows.Scan(into...)) }
func (r *result) Err() error             { return failed(r.text, r.Rows.Err()) }

func (r *result) Close() error {
	defer r.cancel()
	err := r.Rows.Close()
	r.took.end(r.rows)
	r.took = timing{} // once
	return err
}

// single is the one row of a query; its errors name the query.
type single struct {
	row    *sql.Row
	text   string
	cancel context.CancelFunc // of the query
	took   timing
	err    error // set: it was not run
}

func (s *single) Scan(into ...any) error {
	if s.err != nil {
		return s.err
	}
	defer s.cancel()
	err := s.row.Scan(into...)
	s.took.end(1)
	return failed(s.text, err)
}
