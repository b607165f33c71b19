package middleware

import (
	"net"
	"sync/atomic"
	"time"
)

// An answer may take as long as its reader needs, if he goes on reading: what counts is not when the answer began but
// how long it has waited for him. He has writeTimeout of waiting at the start and gets it back as he reads, at
// slowestReader; who stands still, or takes a byte now and then, is cut off.

// slowestReader is how many bytes a second keep an answer going for ever.
const slowestReader = 4 << 10

// paceEvery is how much is handed to the system at once: little enough for a slow reader to be done with it in time.
const paceEvery = 16 << 10

// Paced returns a listener whose connections take an answer's deadline for how long it may wait for its reader.
func Paced(l net.Listener) net.Listener { return pacedListener{l} }

type pacedListener struct{ net.Listener }

func (l pacedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &pacedConn{Conn: c}, nil
}

// pacedConn is a connection that is written to by one goroutine at a time.
type pacedConn struct {
	net.Conn
	most, left atomic.Int64 // nanoseconds of waiting: at the start, and now; most 0: no deadline
}

// SetWriteDeadline begins an answer: what is written from here on may wait for its reader until then.
func (c *pacedConn) SetWriteDeadline(t time.Time) error {
	var most time.Duration
	if !t.IsZero() {
		most = max(time.Until(t), 1)
	}
	c.most.Store(int64(most))
	c.left.Store(int64(most))
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline sets both.
func (c *pacedConn) SetDeadline(t time.Time) error {
	if err := c.SetWriteDeadline(t); err != nil {
		return err
	}
	return c.Conn.SetReadDeadline(t)
}

func (c *pacedConn) Write(p []byte) (n int, err error) {
	most := c.most.Load()
	if most == 0 {
		return c.Conn.Write(p)
	}
	for n < len(p) && err == nil {
		left, begun := c.left.Load(), time.Now()
		if err = c.Conn.SetWriteDeadline(begun.Add(time.Duration(left))); err != nil {
			return n, err
		}
		var wrote int
		wrote, err = c.Conn.Write(p[n:min(n+paceEvery, len(p))])
		n += wrote
		left += int64(wrote)*int64(time.Second)/slowestReader - int64(time.Since(begun))
		c.left.Store(min(left, most))
	}
	return n, err
}
