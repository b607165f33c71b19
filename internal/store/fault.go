package store

import (
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// A fault of the database says what the engine thinks and not where: "no such column", "database disk
// image is malformed". So every statement's fault is told with what the statement does to which tables,
// for the log. A text holds no values, those are its arguments, so none get into the log by this.

// statementError is a fault of one statement.
type statementError struct {
	text string
	err  error
}

func (e *statementError) Error() string { return doing(e.text) + ": " + e.err.Error() }
func (e *statementError) Unwrap() error { return e.err }

// failed is err with the statement it is a fault of. What is no fault stays as it is: nothing found, a
// refusal, or what a statement within has told already.
func failed(text string, err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.As(err, new(*kpi.Error)) ||
		errors.As(err, new(*statementError)) {
		return err
	}
	return &statementError{text, err}
}

// named finds the tables of a statement; after DO UPDATE comes SET, which is none.
var named = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)`)

// maxNamed is how many tables of a statement are told.
const maxNamed = 4

// doing is a statement in a few words: its verb and its tables, as "select of updates, units".
func doing(text string) string {
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

// result is the rows of a query, whose faults say which query it was.
type result struct {
	*sql.Rows
	text string
}

func (r *result) Scan(into ...any) error { return failed(r.text, r.Rows.Scan(into...)) }
func (r *result) Err() error             { return failed(r.text, r.Rows.Err()) }

// single is the one row of a query, the same way.
type single struct {
	row  *sql.Row
	text string
}

func (s *single) Scan(into ...any) error { return failed(s.text, s.row.Scan(into...)) }
