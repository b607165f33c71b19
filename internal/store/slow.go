package store

import (
	"context"
	"strings"
	"sync/atomic"
	"time"

	"dabiao/internal/spent"
)

// SlowQuery is a statement that took long: its text, in which no value stands, and how many rows were read of it.
type SlowQuery struct {
	Text string
	Took time.Duration
	Rows int
}

// slowQueries tells of statements that take long.
type slowQueries struct {
	after time.Duration // 0: nobody is told
	tell  func(SlowQuery)
	all   atomic.Int64
}

// mostText is how much of a statement is told.
const mostText = 300

// timing measures one statement; the zero value measures nothing.
type timing struct {
	ctx   context.Context
	conn  *conn
	text  string
	begun time.Time
}

func (c *conn) timing(ctx context.Context, text string) timing {
	return timing{ctx, c, text, now()}
}

// end tells how long it took: the request, unless that counts its whole change, and whoever looks for slow statements.
func (t timing) end(rows int) {
	if t.conn == nil {
		return
	}
	took := now().Sub(t.begun)
	if !t.conn.uninterruptible {
		spent.Add(t.ctx, spent.Database, took)
	}
	slow := t.conn.slow
	if slow == nil || slow.after == 0 || took < slow.after {
		return
	}
	slow.all.Add(1)
	if slow.tell != nil {
		text := strings.Join(strings.Fields(t.text), " ")
		slow.tell(SlowQuery{text[:min(len(text), mostText)], took, rows})
	}
}
