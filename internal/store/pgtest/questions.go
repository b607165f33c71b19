package pgtest

import (
	"encoding/binary"
	"sync/atomic"
)

// questions counts what a client of PostgreSQL sends and then waits for: a Sync, which ends any number of statements
// sent together, or a Query (PostgreSQL documentation, Message Formats).
type questions struct {
	count *atomic.Int64
	begun bool   // the first message, which has no type, is over
	head  []byte // of the message that has begun, while it is not complete
	rest  int    // bytes of a message still to come
}

// headLength is a message's type and length.
const headLength = 5

func (q *questions) see(piece []byte) {
	for len(piece) > 0 {
		if q.rest > 0 {
			n := min(q.rest, len(piece))
			q.rest, piece = q.rest-n, piece[n:]
			continue
		}
		if !q.begun && len(q.head) == 0 {
			q.head = append(q.head, 0) // in place of the type
		}
		n := min(headLength-len(q.head), len(piece))
		q.head, piece = append(q.head, piece[:n]...), piece[n:]
		if len(q.head) == headLength {
			if kind := q.head[0]; kind == 'S' || kind == 'Q' {
				q.count.Add(1)
			}
			q.begun, q.rest = true, int(binary.BigEndian.Uint32(q.head[1:]))-4
			q.head = q.head[:0]
		}
	}
}
