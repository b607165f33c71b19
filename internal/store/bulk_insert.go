package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// query is a statement of several that are sent together, and what becomes of its rows.
type query struct {
	text string
	args []any
	row  func(scanner) error // is called with each; nil: it returns none
	end  func()              // is called after the last; nil: nothing is left to do
}

// bulkInsert is how rows are added to a table, many by one statement.
type bulkInsert struct {
	table    string
	columns  []string
	kinds    []byte   // of the columns: n number, t text, b bytes
	conflict string   // what is said of rows that are there
	texts    sync.Map // of statements, by the number of rows
}

// newBulkInsert reads a list of columns, each with a colon and its kind; of text without.
func newBulkInsert(table, columns, conflict string) *bulkInsert {
	s := &bulkInsert{table: table, conflict: conflict}
	for _, c := range strings.Fields(columns) {
		name, kind, ok := strings.Cut(c, ":")
		if !ok {
			kind = "t"
		}
		s.columns, s.kinds = append(s.columns, name), append(s.kinds, kind[0])
	}
	return s
}

func (s *bulkInsert) head() string {
	return `INSERT INTO ` + s.table + ` (` + strings.Join(s.columns, ", ") + `) `
}

// insert adds to out the statements that add rows. Their texts are few, however many rows there are, so that each is
// prepared once.
func (s *bulkInsert) insert(d *dialect, rows [][]any, out []query) []query {
	if len(rows) == 0 {
		return out
	}
	if d.arrays {
		for some := range slices.Chunk(rows, rowsPerArray) {
			out = append(out, query{text: s.fromArrays(), args: s.arrays(some)})
		}
		return out
	}
	for len(rows) > 0 {
		n := 1
		if len(rows) >= d.rowsPerInsert {
			n = d.rowsPerInsert
		}
		out = append(out, query{text: s.fromValues(d, n), args: slices.Concat(rows[:n]...)})
		rows = rows[n:]
	}
	return out
}

// rowsPerArray bounds the size of one message.
const rowsPerArray = 2000

func (s *bulkInsert) fromValues(d *dialect, rows int) string {
	if text, ok := s.texts.Load(rows); ok {
		return text.(string) // nothing else is stored there
	}
	var b strings.Builder
	b.WriteString(s.head() + `VALUES `)
	for row := range rows {
		if row > 0 {
			b.WriteByte(',')
		}
		for i := range s.columns {
			b.WriteString(string("(,"[min(i, 1)]) + d.mark(row*len(s.columns)+i+1))
		}
		b.WriteByte(')')
	}
	s.texts.Store(rows, b.String()+s.conflict)
	return b.String() + s.conflict
}

func (s *bulkInsert) fromArrays() string {
	if text, ok := s.texts.Load(0); ok {
		return text.(string) // as above
	}
	marks := make([]string, len(s.columns))
	for i, kind := range s.kinds {
		marks[i] = fmt.Sprintf("$%d::%s[]", i+1, map[byte]string{'n': "bigint", 't': "text", 'b': "bytea"}[kind])
	}
	text := s.head() + `SELECT * FROM unnest(` + strings.Join(marks, ", ") + `)` + s.conflict
	s.texts.Store(0, text)
	return text
}

// arrays turns rows into one list for each column.
func (s *bulkInsert) arrays(rows [][]any) []any {
	out := make([]any, len(s.columns))
	for i, kind := range s.kinds {
		switch kind {
		case 'n':
			out[i] = columnOf[int64](rows, i)
		case 't':
			out[i] = columnOf[string](rows, i)
		default:
			bytes := make([][]byte, len(rows))
			for r, row := range rows {
				bytes[r], _ = row[i].([]byte)
			}
			out[i] = bytes
		}
	}
	return out
}

// columnOf returns a column, with nil where there is no value, or as plain values where each has one.
func columnOf[T any](rows [][]any, i int) any {
	plain := make([]T, len(rows))
	for r, row := range rows {
		v, ok := row[i].(T)
		if !ok {
			return columnWithNulls[T](rows, i)
		}
		plain[r] = v
	}
	return plain
}

func columnWithNulls[T any](rows [][]any, i int) any {
	out := make([]*T, len(rows))
	for r, row := range rows {
		if v, ok := row[i].(T); ok {
			out[r] = &v
		}
	}
	return out
}
