package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math/bits"
	"strings"
	"time"
)

// tally is how many rows a table has and what they are, whatever their order: the sum of their hashes.
type tally struct {
	rows int64
	sum  [4]uint64
}

// add adds a row. Values that the two databases would give in different types are an error.
func (t *tally) add(row []any) error {
	h := sha256.New()
	for _, v := range row {
		if err := hashValue(h, v); err != nil {
			return err
		}
	}
	var carry uint64
	sum := h.Sum(nil)
	for i := range t.sum {
		t.sum[i], carry = bits.Add64(t.sum[i], binary.LittleEndian.Uint64(sum[8*i:]), carry)
	}
	t.rows++
	return nil
}

// hashValue writes a value such that no two rows are written alike.
func hashValue(h hash.Hash, v any) error {
	head := func(kind byte, n uint64) {
		h.Write(binary.LittleEndian.AppendUint64([]byte{kind}, n))
	}
	switch v := v.(type) {
	case nil:
		head('0', 0)
	case int64:
		head('i', uint64(v)) //nolint:gosec // its bits
	case string:
		head('t', uint64(len(v)))
		h.Write([]byte(v))
	case []byte:
		head('b', uint64(len(v)))
		h.Write(v)
	default:
		return fmt.Errorf("a value of type %T", v) // both databases have these types only
	}
	return nil
}

// sending collects rows of one table and sends them together.
type sending struct {
	to    side
	t     table
	most  int // rows in one statement
	full  string
	args  []any
	bytes int
	rows  int64 // taken so far
}

// sendBytes and sendArgs bound one statement: memory, and what PostgreSQL's protocol and SQLite can number.
const (
	sendBytes = 1 << 20
	sendArgs  = 30_000
)

func (t table) sending(to side) *sending {
	return &sending{to: to, t: t, most: min(to.d.rowsPerInsert, sendArgs/len(t.columns))}
}

func (s *sending) add(ctx context.Context, row []any) error {
	s.args = append(s.args, row...)
	for _, v := range row {
		switch v := v.(type) {
		case string:
			s.bytes += len(v)
		case []byte:
			s.bytes += len(v)
		}
	}
	s.rows++
	if s.waiting() == s.most || s.bytes >= sendBytes {
		return s.flush(ctx)
	}
	return nil
}

// waiting is how many rows are not sent yet.
func (s *sending) waiting() int { return len(s.args) / len(s.t.columns) }

func (s *sending) flush(ctx context.Context) error {
	n := s.waiting()
	if n == 0 {
		return nil
	}
	text := s.full
	if n < s.most || text == "" {
		text = s.statement(n)
	}
	if n == s.most {
		s.full = text
	}
	ctx, cancel := s.to.d.within(ctx, statementTime)
	defer cancel()
	_, err := s.to.tx.ExecContext(ctx, text, s.args...)
	clear(s.args)
	s.args, s.bytes = s.args[:0], 0
	return err
}

// statement inserts n rows.
func (s *sending) statement(n int) string {
	var b strings.Builder
	b.WriteString(`INSERT INTO ` + s.t.quoted() + ` (` + s.t.list() + `) VALUES `)
	for i := range n * len(s.t.columns) {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%len(s.t.columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString(s.to.d.mark(i + 1))
	}
	b.WriteByte(')')
	return b.String()
}

// watch gives a database up that keeps a row waiting for too long.
type watch struct {
	timer *time.Timer // nil: it is no other process
	end   context.CancelFunc
}

func (d *dialect) watch(ctx context.Context) (context.Context, watch) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := watch{end: func() { cancel(nil) }}
	if d.network {
		w.timer = time.AfterFunc(statementTime, func() { cancel(errSilent) })
	}
	return ctx, w
}

var errSilent = fmt.Errorf("the database sent nothing for %s", statementTime)

// told returns err, or that the database fell silent if that is why.
func (w watch) told(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errSilent) {
		return errSilent
	}
	return err
}

// wait begins to count, stop ends it.
func (w watch) wait() {
	if w.timer != nil {
		w.timer.Reset(statementTime)
	}
}

func (w watch) stop() {
	if w.timer != nil {
		w.timer.Stop()
	}
}
